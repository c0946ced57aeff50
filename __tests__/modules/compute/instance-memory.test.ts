import { instanceMemoryMiB, instanceMemoryProblem } from "../../../modules/compute/instance-memory";

describe("instanceMemoryMiB", () => {
  test.each([
    ["t4g.nano", 512],
    ["t4g.micro", 1024],
    ["t3.small", 2048],
    ["t3a.2xlarge", 32_768],
    ["c7g.large", 4096],
    ["m7g.xlarge", 16_384],
    ["m6i.4xlarge", 65_536],
    ["r6g.large", 16_384],
  ])("of %s is %d", (instanceType, memory) => {
    expect(instanceMemoryMiB(instanceType)).toBe(memory);
  });

  test.each(["t2.micro", "c5n.large", "x2gd.large", "t4g.huge", "m7g.medium", "m7g.metal", "nothing", ""])(
    "of %j is not known",
    (instanceType) => {
      expect(instanceMemoryMiB(instanceType)).toBeUndefined();
    },
  );
});

describe("instanceMemoryProblem", () => {
  test("finds none up to what is left beside the system, and says how much is needed for more", () => {
    expect(instanceMemoryProblem("t4g.micro", 724, "Redis")).toBeUndefined();
    expect(instanceMemoryProblem("t4g.micro", 725, "Redis")).toBe(
      'instanceType must have at least 1025 MiB of memory, 300 for the system and 725 for Redis, got "t4g.micro" with 1024',
    );
  });

  test("lets a type pass that is not known", () => {
    expect(instanceMemoryProblem("x2gd.large", 1_000_000, "Redis")).toBeUndefined();
  });
});
