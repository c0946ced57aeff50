import { patternsIn, selected } from "../../../tools/plan/selection";

const nodes = [
  { name: "shared", dependencies: [] },
  { name: "staging-network", dependencies: ["shared"] },
  { name: "staging-data", dependencies: ["staging-network"] },
  { name: "staging-app", dependencies: ["staging-data"] },
];
const names = (only: string[], except: string[] = []) =>
  selected(nodes, { only, except }).map(({ name, dependencies }) => `${name}: ${dependencies.join()}`);

describe("selected", () => {
  test.each<[string[], string[], string[]]>([
    [[], [], ["shared: ", "staging-network: shared", "staging-data: staging-network", "staging-app: staging-data"]],
    [["staging-app", "shared"], [], ["shared: ", "staging-app: shared"]],
    [["staging-*"], ["*-data"], ["staging-network: ", "staging-app: staging-network"]],
    [
      [],
      ["nothing-like-this", "shared*"],
      ["staging-network: ", "staging-data: staging-network", "staging-app: staging-data"],
    ],
  ])("%j without %j", (only, except, expected) => {
    expect(names(only, except)).toEqual(expected);
  });

  test("refuses a name that is none, and a selection of nothing", () => {
    expect(() => names(["staging-ap"])).toThrow('no stack is called "staging-ap"');
    expect(() => names(["staging.app"])).toThrow('no stack is called "staging.app"');
    expect(() => names([], ["*"])).toThrow("no stack is left to work on");
  });
});

test.each([
  [undefined, []],
  [true as const, []],
  ["a, b,,c ", ["a", "b", "c"]],
])("patternsIn(%j)", (value, expected) => {
  expect(patternsIn(value)).toEqual(expected);
});
