import type { Activity, Phase } from "../sandbox/deploy";
import { columns, cut, duration, plural } from "./text";

/** Where one stack stands. */
export interface StackView {
  readonly stack: string;
  readonly phase: Phase;
  /** The last phase in which Terraform worked: what `done` means depends on it. */
  readonly work: Phase;
  /** When it began to work, in milliseconds since 1970. */
  readonly since: number;
  /** Addresses Terraform plans to change. */
  readonly planned: ReadonlySet<string>;
  readonly finished: ReadonlySet<string>;
  /** Addresses that are being changed, with the time that began. */
  readonly pending: ReadonlyMap<string, number>;
  readonly note: string;
}

/** All stacks of a run, in the order they appeared. */
export type Board = ReadonlyMap<string, StackView>;

const AT_WORK: ReadonlySet<Phase> = new Set(["planning", "applying", "destroying", "checking"]);
const ENDED: ReadonlySet<Phase> = new Set(["done", "failed", "blocked", "canceled"]);
const DONE_WORDS: Readonly<Partial<Record<Phase, string>>> = {
  applying: "deployed",
  destroying: "destroyed",
  checking: "planned again",
};
const ACTION_WORDS: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "destroyed",
};

/** A resource that took this long gets a line of its own where lines stay. */
const SLOW_SECONDS = 10;

/** The board after an activity. */
export function advance(board: Board, activity: Activity): Board {
  const view = board.get(activity.stack) ?? fresh(activity.stack, activity.at);
  return new Map([...board, [activity.stack, next(view, activity)]]);
}

/** What to write about an activity where lines stay for ever; undefined if it is not worth a line. */
export function plainLine(board: Board, activity: Activity): string | undefined {
  const before = board.get(activity.stack) ?? fresh(activity.stack, activity.at);
  const after = next(before, activity);
  if (activity.kind === "phase") {
    // What was planned is listed as a whole afterwards.
    if (!ENDED.has(activity.phase) || after.work === "planning") return undefined;
    return `${activity.stack}  ${ending(after, activity.at)}`;
  }
  const { event } = activity;
  const isPlanned = event.kind === "summary" && event.operation === "plan" && after.planned.size > 0;
  if (isPlanned && after.phase !== "planning") {
    return `${activity.stack}  ${after.phase}, ${plural(after.planned.size, "resource")}`;
  }
  if (event.kind !== "completed" && event.kind !== "errored") return undefined;
  const seconds = (event.at - (before.pending.get(event.address) ?? event.at)) / 1000;
  if (event.kind === "completed" && seconds < SLOW_SECONDS) return undefined;
  const word = event.kind === "errored" ? "failed" : (ACTION_WORDS[event.action] ?? event.action);
  return `${activity.stack}  ${event.address} ${word} after ${duration(seconds)} (${after.finished.size} of ${after.planned.size})`;
}

/** A line per stack that works, and one for those that wait: what a window shows at one moment. */
export function block(board: Board, now: number, width: number): string[] {
  const views = [...board.values()];
  const rows = views
    .filter((view) => AT_WORK.has(view.phase) || view.phase === "preparing")
    .map((view) => {
      const progress = view.planned.size > 0 ? `${view.finished.size} of ${view.planned.size}` : view.phase;
      return [view.stack, duration((now - view.since) / 1000), progress, slowest(view, now)];
    });
  const waiting = views.filter((view) => view.phase === "waiting").map((view) => view.stack);
  const lines = [...columns(rows), ...(waiting.length > 0 ? [`  waiting: ${waiting.join(", ")}`] : [])];
  return lines.map((line) => cut(line, width - 1));
}

/** How a stack ended, in words. */
function ending(view: StackView, now: number): string {
  const took = duration((now - view.since) / 1000);
  const count = view.work === "checking" ? "" : `, ${plural(view.finished.size, "resource")} changed`;
  const note = view.note === "" ? "" : `: ${view.note}`;
  switch (view.phase) {
    case "done":
      return `${DONE_WORDS[view.work] ?? "done"} in ${took}${count}${note}`;
    case "failed":
      return `failed after ${took}${note}`;
    default:
      return `${view.phase}${note}`;
  }
}

function next(view: StackView, activity: Activity): StackView {
  if (activity.kind === "phase") {
    const { phase, at, note = "" } = activity;
    const begins =
      phase === "preparing" || (AT_WORK.has(phase) && !AT_WORK.has(view.phase) && view.phase !== "preparing");
    const start = begins ? { ...fresh(view.stack, at) } : view;
    return { ...start, phase, note, work: AT_WORK.has(phase) ? phase : start.work };
  }
  const { event } = activity;
  if (!("address" in event) || ("action" in event && event.action === "read")) return view;
  const { address } = event;
  switch (event.kind) {
    case "planned":
      return { ...view, planned: new Set([...view.planned, address]) };
    case "started":
      return {
        ...view,
        pending: new Map([...view.pending, [address, event.at]]),
        finished: less(view.finished, address),
      };
    case "completed":
      return { ...view, pending: dropped(view.pending, address), finished: new Set([...view.finished, address]) };
    case "errored":
      return { ...view, pending: dropped(view.pending, address) };
    default:
      return view;
  }
}

function fresh(stack: string, at: number): StackView {
  return {
    stack,
    phase: "waiting",
    work: "waiting",
    since: at,
    planned: new Set(),
    finished: new Set(),
    pending: new Map(),
    note: "",
  };
}

function slowest({ pending }: StackView, now: number): string {
  const [oldest] = [...pending].sort(([, a], [, b]) => a - b);
  return oldest === undefined ? "" : `${oldest[0]} ${duration((now - oldest[1]) / 1000)}`;
}

function less(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  return new Set([...set].filter((other) => other !== item));
}

function dropped(map: ReadonlyMap<string, number>, key: string): ReadonlyMap<string, number> {
  return new Map([...map].filter(([other]) => other !== key));
}
