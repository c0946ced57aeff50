import { join } from "node:path";
import { longestChain, planRow } from "../../../tools/bench/plan-timing";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();
const link = (name: string, seconds: number, ...dependencies: string[]) => ({ name, seconds, dependencies });

describe("longestChain", () => {
  test.each([
    ["nothing", [], 0],
    ["stacks that wait for nobody", [link("a", 3), link("b", 5)], 5],
    ["a chain", [link("a", 3), link("b", 5, "a"), link("c", 2, "b")], 10],
    ["two ways to one end, the longer", [link("a", 3), link("b", 5), link("c", 2, "a", "b")], 7],
    ["a stack whose upstream is not planned here", [link("a", 3, "elsewhere")], 3],
  ])("of %s", (_, links, expected) => {
    expect(longestChain(links)).toBe(expected);
  });
});

describe("planRow", () => {
  test("measures nothing where no sandbox runs, and says what to do", async () => {
    expect(await planRow(folder, join(folder, "plan"))).toMatchObject({
      id: "plan",
      measured: undefined,
      limit: { atMost: 1.3 },
      detail: "the sandbox does not run: run npm start first",
    });
  });
});
