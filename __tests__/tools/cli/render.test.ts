import { countsText, renderObstacles, renderPlans, renderProblems } from "../../../tools/cli/render";
import type { StackPlan } from "../../../tools/plan/preview";
import { recordingTerminal } from "../support/terminal";

const { paint } = recordingTerminal().terminal;
const plan = (overrides: Partial<StackPlan>): StackPlan => ({
  stack: "network",
  status: "changes",
  problems: [],
  warnings: [],
  placeholders: [],
  seconds: 1,
  ...overrides,
});

describe("renderProblems", () => {
  test("says where, what, why and what to do, a block for each", () => {
    const lines = renderProblems(
      [
        {
          stack: "network",
          severity: "error",
          address: "aws_vpc.main",
          summary: "creating VPC",
          detail: "\nPost: refused\n\nsecond line  \n",
          hint: "Start it.",
        },
        { stack: "app", severity: "error", summary: "No", detail: "" },
      ],
      paint,
    );
    expect(lines).toEqual([
      "Error in network, aws_vpc.main: creating VPC",
      "    Post: refused",
      "    second line",
      "  Try this: Start it.",
      "",
      "Error in app: No",
      "",
    ]);
  });
});

describe("countsText", () => {
  test.each([
    [{ add: 3, change: 0, remove: 0, import: 0 }, "3 to add"],
    [{ add: 1, change: 2, remove: 3, import: 4 }, "4 to import, 1 to add, 2 to change, 3 to destroy"],
    [{ add: 0, change: 0, remove: 0, import: 0 }, "no changes"],
    [undefined, ""],
  ])("of %j is %j", (counts, text) => {
    expect(countsText(counts)).toBe(text);
  });
});

describe("renderPlans", () => {
  test("marks what is a preview, what failed and what could not be planned here", () => {
    const counts = { add: 2, change: 0, remove: 0, import: 0 };
    expect(
      renderPlans([
        plan({ counts }),
        plan({ stack: "data", counts, placeholders: ["network"] }),
        plan({ stack: "edge", status: "skipped" }),
        plan({ stack: "app", status: "failed" }),
        plan({ stack: "late", status: "canceled" }),
      ]),
    ).toEqual([
      "  network  2 to add",
      "  data     2 to add     preview, values of network are placeholders",
      "  edge     not planned  its provider cannot be had here",
      "  app      failed",
      "  late     interrupted",
    ]);
  });
});

describe("renderObstacles", () => {
  test("has a row per stack", () => {
    expect(renderObstacles([{ stack: "edge", reason: "needs Cloudflare" }])).toEqual(["  edge  needs Cloudflare"]);
  });
});
