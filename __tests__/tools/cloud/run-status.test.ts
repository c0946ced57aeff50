import { isOver, KNOWN_STATUSES, OUTCOME_EXIT_CODES, stateOf } from "../../../tools/cloud/run-status";

describe("stateOf", () => {
  test("knows every status of the API", () => {
    expect([...KNOWN_STATUSES].sort()).toEqual([
      "applied",
      "apply_queued",
      "applying",
      "canceled",
      "confirmed",
      "cost_estimated",
      "cost_estimating",
      "discarded",
      "errored",
      "fetching",
      "fetching_completed",
      "force_canceled",
      "pending",
      "plan_queued",
      "planned",
      "planned_and_finished",
      "planned_and_saved",
      "planning",
      "policy_checked",
      "policy_checking",
      "policy_override",
      "policy_soft_failed",
      "post_apply_completed",
      "post_apply_running",
      "post_plan_awaiting_decision",
      "post_plan_completed",
      "post_plan_running",
      "pre_apply_completed",
      "pre_apply_running",
      "pre_plan_completed",
      "pre_plan_running",
      "queuing",
      "queuing_apply",
    ]);
  });

  test.each(["reticulating", "", "toString", "constructor"])("takes %j for one that goes on", (status) => {
    expect([stateOf(status), isOver(status)]).toEqual(["unknown", false]);
  });
});

describe("isOver", () => {
  test("holds for the final statuses, and for no other", () => {
    expect(KNOWN_STATUSES.filter(isOver).sort()).toEqual([
      "applied",
      "canceled",
      "discarded",
      "errored",
      "force_canceled",
      "planned_and_finished",
      "policy_soft_failed",
    ]);
  });
});

describe("OUTCOME_EXIT_CODES", () => {
  test("is the one table of exit codes", () => {
    expect(OUTCOME_EXIT_CODES).toEqual({
      applied: 0,
      "no-changes": 0,
      changes: 2,
      failed: 1,
      discarded: 3,
      canceled: 4,
      policy: 5,
      waiting: 6,
      stale: 7,
      detached: 75,
    });
  });
});
