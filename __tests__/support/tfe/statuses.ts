import type { Run } from "./model";

/** Statuses in which a run is over. */
export const FINAL: ReadonlySet<string> = new Set([
  "planned_and_finished",
  "policy_soft_failed",
  "applied",
  "discarded",
  "errored",
  "canceled",
  "force_canceled",
]);

const DISCARDABLE: ReadonlySet<string> = new Set([
  "pending",
  "planned",
  "cost_estimated",
  "policy_checked",
  "policy_override",
  "post_plan_awaiting_decision",
  "post_plan_completed",
  "planned_and_saved",
]);

const CANCELABLE: ReadonlySet<string> = new Set([
  "pending",
  "fetching",
  "fetching_completed",
  "queuing",
  "plan_queued",
  "planning",
  "post_plan_running",
  "cost_estimating",
  "policy_checking",
  "confirmed",
  "queuing_apply",
  "apply_queued",
  "applying",
]);

/** What may be done to a run now. */
export function actionsOf(run: Run, now = Date.now(), coolOffMilliseconds = 0) {
  const asked = run.cancelAskedAt;
  return {
    "is-cancelable": CANCELABLE.has(run.status),
    "is-confirmable": run.settled && run.plan.hasChanges && !run.planOnly,
    "is-discardable": DISCARDABLE.has(run.status),
    "is-force-cancelable": asked !== undefined && now - asked >= coolOffMilliseconds && !FINAL.has(run.status),
  };
}
