import { ExitCode } from "../exit-code";

/** What a status of a run means for whoever waits for it. */
export type RunState =
  /** It plans, or is about to. */
  | "planning"
  /** It is checked after its plan: tasks, cost, policies. */
  | "checking"
  /** It may wait for somebody to confirm it; whether it does, `can.confirm` says. */
  | "planned"
  /** A policy or a task denied it, and a person may decide otherwise. */
  | "undecided"
  /** Confirmed: it applies, or is about to. */
  | "applying"
  | "applied"
  /** Over, with nothing to apply or nothing that may be applied. */
  | "finished"
  | "denied"
  | "discarded"
  | "canceled"
  | "errored"
  /** Not known here: it counts as going on. */
  | "unknown";

const STATES: ReadonlyMap<string, RunState> = new Map(
  Object.entries<RunState>({
    pending: "planning",
    fetching: "planning",
    fetching_completed: "planning",
    pre_plan_running: "planning",
    pre_plan_completed: "planning",
    queuing: "planning",
    plan_queued: "planning",
    planning: "planning",
    planned: "planned",
    post_plan_running: "checking",
    post_plan_awaiting_decision: "undecided",
    post_plan_completed: "planned",
    cost_estimating: "checking",
    cost_estimated: "planned",
    policy_checking: "checking",
    policy_checked: "planned",
    policy_override: "undecided",
    policy_soft_failed: "denied",
    planned_and_saved: "planned",
    planned_and_finished: "finished",
    confirmed: "applying",
    queuing_apply: "applying",
    apply_queued: "applying",
    pre_apply_running: "applying",
    pre_apply_completed: "applying",
    applying: "applying",
    post_apply_running: "applying",
    post_apply_completed: "applying",
    applied: "applied",
    discarded: "discarded",
    canceled: "canceled",
    force_canceled: "canceled",
    errored: "errored",
  }),
);

/** Every status that is known here, in no order that matters. */
export const KNOWN_STATUSES: readonly string[] = [...STATES.keys()];

/** What a status means. */
export function stateOf(status: string): RunState {
  return STATES.get(status) ?? "unknown";
}

/** Whether nothing happens to a run any more, whatever anybody does. */
export function isOver(status: string): boolean {
  return OVER.has(stateOf(status));
}

const OVER: ReadonlySet<RunState> = new Set(["applied", "finished", "denied", "discarded", "canceled", "errored"]);

/** How a run came out. */
export type OutcomeKind =
  | "applied"
  | "no-changes"
  | "changes"
  | "failed"
  | "discarded"
  | "canceled"
  | "policy"
  | "waiting"
  | "stale"
  | "detached";

/** The exit code of an outcome: the one table of exit codes, as far as it is about runs. */
export const OUTCOME_EXIT_CODES: Readonly<Record<OutcomeKind, ExitCode>> = {
  applied: ExitCode.fine,
  "no-changes": ExitCode.fine,
  changes: ExitCode.changes,
  failed: ExitCode.failed,
  discarded: ExitCode.discarded,
  canceled: ExitCode.canceled,
  policy: ExitCode.blockedByPolicy,
  waiting: ExitCode.waiting,
  stale: ExitCode.stale,
  detached: ExitCode.detached,
};
