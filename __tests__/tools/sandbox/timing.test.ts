import {
  criticalPath,
  ResourceClock,
  span,
  type ResourceTiming,
  type StackTiming,
} from "../../../tools/sandbox/timing";

const resource = (address: string, seconds: number, dependencies: string[] = []): ResourceTiming => ({
  address,
  action: "create",
  start: 0,
  seconds,
  dependencies,
});
const stack = (name: string, dependencies: string[], ...resources: ResourceTiming[]): StackTiming => ({
  name,
  dependencies,
  seconds: 1,
  resources,
});

describe("criticalPath", () => {
  test("follows the slowest resources inside a stack and the slowest stacks across them", () => {
    const stacks = [
      stack("network", [], resource("vpc", 10), resource("lb", 60, ["vpc"]), resource("subnet", 1, ["vpc"])),
      stack("data", ["network"], resource("db", 80)),
      stack("edge", ["network"], resource("cdn", 30)),
      stack(
        "app",
        ["data", "edge"],
        resource("cluster", 10),
        resource("service[0]", 2, ["cluster"]),
        resource("alarm", 1, ["service"]),
      ),
    ];
    expect(criticalPath({ stacks })).toEqual({
      seconds: 163,
      stacks: [
        { stack: "network", seconds: 70, resources: ["vpc", "lb"] },
        { stack: "data", seconds: 80, resources: ["db"] },
        { stack: "app", seconds: 13, resources: ["cluster", "service[0]", "alarm"] },
      ],
    });
  });

  test("takes another graph than the recorded one", () => {
    const stacks = [stack("a", [], resource("x", 2)), stack("b", ["a"], resource("y", 3))];
    expect(criticalPath({ stacks }, { a: [], b: [] }).seconds).toBe(3);
  });

  test("is nothing for a deployment that changed nothing, and passes through stacks that are not recorded", () => {
    expect(criticalPath({ stacks: [stack("a", ["gone"])] })).toEqual({ seconds: 0, stacks: [] });
    expect(criticalPath({ stacks: [] })).toEqual({ seconds: 0, stacks: [] });
  });
});

describe("ResourceClock", () => {
  test("times resources from their start to their end, failures too", () => {
    const clock = new ResourceClock(1_000);
    clock.observe({
      kind: "summary",
      at: 2_000,
      operation: "plan",
      counts: { add: 2, change: 0, remove: 0, import: 0 },
    });
    clock.observe({ kind: "started", at: 2_500, address: "a", action: "create" });
    clock.observe({ kind: "started", at: 2_500, address: "b", action: "create" });
    clock.observe({ kind: "completed", at: 3_750, address: "a", action: "create" });
    clock.observe({ kind: "errored", at: 4_000, address: "b", action: "create" });
    expect(clock.plannedAt).toBe(2_000);
    expect(clock.resources(new Map([["a", ["x"]]]))).toEqual([
      { address: "a", action: "create", start: 1.5, seconds: 1.25, dependencies: ["x"] },
      { address: "b", action: "create", start: 1.5, seconds: 1.5, dependencies: [] },
    ]);
  });
});

describe("span", () => {
  test("counts seconds from the origin, to the millisecond", () => {
    expect(span(1_000, 1_500, 3_501)).toEqual({ start: 0.5, seconds: 2.001 });
  });
});
