import { Live } from "../../../tools/cli/live";
import { advance, block, plainLine, type Board } from "../../../tools/cli/progress";
import type { Activity, Phase } from "../../../tools/sandbox/deploy";
import type { UiEvent } from "../../../tools/terraform/events";
import { recordingTerminal } from "../support/terminal";

const phase = (stack: string, at: number, name: Phase, note?: string): Activity => ({
  stack,
  at: at * 1000,
  kind: "phase",
  phase: name,
  note,
});
type Step = "planned" | "started" | "completed" | "errored";
const resource = (stack: string, at: number, kind: Step, address: string, action = "create"): Activity => ({
  stack,
  at: at * 1000,
  kind: "terraform",
  event: { kind, at: at * 1000, address, action },
});
const summary = (stack: string, at: number): Activity => {
  const event: UiEvent = {
    kind: "summary",
    at,
    operation: "plan",
    counts: { add: 2, change: 0, remove: 0, import: 0 },
  };
  return { stack, at: at * 1000, kind: "terraform", event };
};

/** The lines and the board that come of some activities. */
function played(...activities: Activity[]): { lines: string[]; board: Board } {
  let board: Board = new Map();
  const lines: string[] = [];
  for (const activity of activities) {
    const line = plainLine(board, activity);
    if (line !== undefined) lines.push(line);
    board = advance(board, activity);
  }
  return { lines, board };
}

const network = [
  phase("network", 0, "waiting"),
  phase("network", 5, "preparing"),
  phase("network", 6, "applying"),
  resource("network", 8, "planned", "aws_vpc.main"),
  resource("network", 8, "planned", "aws_lb.main"),
  resource("network", 8, "planned", "data.x.y", "read"),
  summary("network", 8),
  resource("network", 9, "started", "aws_vpc.main"),
  resource("network", 10, "completed", "aws_vpc.main"),
  resource("network", 10, "started", "aws_lb.main"),
];

describe("plain progress", () => {
  test("is a line for what begins, what took long and how it ended", () => {
    const { lines } = played(
      ...network,
      resource("network", 70, "completed", "aws_lb.main"),
      phase("network", 72, "done"),
    );
    expect(lines).toEqual([
      "network  applying, 2 resources",
      "network  aws_lb.main created after 1 min 0 s (2 of 2)",
      "network  deployed in 1 min 7 s, 2 resources changed",
    ]);
  });

  test("names a resource that failed, and the stacks behind it", () => {
    const { lines } = played(
      ...network,
      resource("network", 11, "errored", "aws_lb.main"),
      phase("network", 12, "failed"),
      phase("data", 12, "blocked", "waits for network, which failed"),
      phase("app", 12, "canceled"),
    );
    expect(lines.slice(1)).toEqual([
      "network  aws_lb.main failed after 1.0 s (1 of 2)",
      "network  failed after 7.0 s",
      "data  blocked: waits for network, which failed",
      "app  canceled",
    ]);
  });

  test.each<[Phase, string]>([
    ["applying", "deployed in 2.0 s, 0 resources changed"],
    ["destroying", "destroyed in 2.0 s, 0 resources changed"],
    ["checking", "planned again in 2.0 s"],
  ])("says what it means that %s is done", (work, text) => {
    expect(played(phase("network", 1, work), phase("network", 3, "done")).lines).toEqual([`network  ${text}`]);
  });

  test("leaves plans to the list that follows", () => {
    expect(played(phase("network", 0, "planning"), phase("network", 5, "done")).lines).toEqual([]);
    expect(block(played(phase("network", 0, "planning")).board, 5_000, 80)).toEqual(["  network  5.0 s  planning"]);
  });

  test("counts a replaced resource once", () => {
    const { board } = played(
      resource("network", 1, "planned", "aws_lb.main", "replace"),
      resource("network", 2, "started", "aws_lb.main", "delete"),
      resource("network", 3, "completed", "aws_lb.main", "delete"),
      resource("network", 3, "started", "aws_lb.main", "create"),
    );
    expect(board.get("network")).toMatchObject({ finished: new Set(), pending: new Map([["aws_lb.main", 3_000]]) });
  });
});

describe("block", () => {
  test("has a line per stack at work, with its slowest resource, and one for those that wait", () => {
    const { board } = played(
      ...network,
      phase("shared", 0, "preparing"),
      phase("data", 0, "waiting"),
      phase("app", 0, "waiting"),
    );
    expect(block(board, 40_000, 80)).toEqual([
      "  network  35 s  1 of 2     aws_lb.main 30 s",
      "  shared   40 s  preparing",
      "  waiting: data, app",
    ]);
  });

  test("never wraps", () => {
    const { board } = played(...network, phase("data", 0, "waiting"), phase("another-stack-with-a-name", 0, "waiting"));
    expect(block(board, 40_000, 30).map((line) => line.length)).toEqual([29, 29]);
  });

  test("is empty when nothing works or waits", () => {
    expect(block(played(phase("network", 0, "applying"), phase("network", 1, "done")).board, 2_000, 80)).toEqual([]);
  });
});

describe("Live", () => {
  test("writes no control character where output is piped", () => {
    const { terminal, written } = recordingTerminal();
    const live = new Live(terminal);
    [...network, phase("network", 20, "done")].forEach(live.show);
    live.stop();
    expect(written.out).toBe("  network  applying, 2 resources\n  network  deployed in 15 s, 1 resource changed\n");
  });

  test("draws over its block in a window, and takes it away at the end", () => {
    const { terminal, written } = recordingTerminal({ interactive: true });
    const live = new Live(terminal);
    live.show(phase("network", 0, "waiting"));
    live.line("a line that stays");
    live.line("another");
    live.stop();
    expect(written.out).toBe(
      "  a line that stays\n  waiting: network\n" +
        "\u001b[1A\u001b[0J  another\n  waiting: network\n" +
        "\u001b[1A\u001b[0J",
    );
  });
});
