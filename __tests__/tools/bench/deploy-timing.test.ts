import { criticalPath, deployTiming } from "../../../tools/bench/deploy-timing";

const stack = (name: string, seconds: number, dependencies: string[] = []) => ({ name, seconds, dependencies });

describe("criticalPath", () => {
  test("is the longest chain of stacks that wait for each other", () => {
    const stacks = [
      stack("app", 5, ["data", "edge"]),
      stack("edge", 1, ["network"]),
      stack("data", 7, ["network"]),
      stack("network", 10),
    ];
    expect(criticalPath(stacks)).toBe(22);
  });

  test("counts a stack that was there before as ready", () => {
    expect(criticalPath([stack("app", 5, ["shared"])])).toBe(5);
  });
});

describe("deployTiming", () => {
  test("reads what a deploy recorded", () => {
    const record = { wallSeconds: 12, stacks: [stack("app", 4, ["data"]), stack("data", 6)] };
    expect(deployTiming(record)).toEqual({ wallSeconds: 12, criticalPathSeconds: 10 });
  });

  test.each([
    ["no record", undefined],
    ["no stacks", { wallSeconds: 12, stacks: [] }],
    ["no wall time", { stacks: [stack("app", 4)] }],
    ["a stack without a time", { wallSeconds: 12, stacks: [stack("app", 4), { name: "data", dependencies: [] }] }],
    ["a dependency that is no name", { wallSeconds: 12, stacks: [{ name: "app", seconds: 4, dependencies: [1] }] }],
  ])("makes up nothing from %s", (_name, record) => {
    expect(deployTiming(record)).toBeUndefined();
  });
});
