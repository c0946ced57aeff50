import { document, list, many, one, type Resource } from "../json-api";
import type { Lifecycle } from "../lifecycle";
import type { Caller, CostEstimate, PolicyCheck, Run, TaskStage } from "../model";
import type { Router } from "../router";
import type { Store } from "../store";
import { NOT_FOUND } from "./organizations";

/** Policy checks, task stages and cost estimates; and the two addresses at which a person overrides what was denied. */
export function checkRoutes(router: Router, store: Store, lifecycle: Lifecycle): void {
  const policyOf = (id: string | undefined) => store.runWhere(({ policy }) => policy?.id === id);
  const tasksOf = (id: string | undefined) => store.runWhere(({ tasks }) => tasks?.id === id);

  router.on("GET", "/runs/:id/policy-checks", ({ params, caller }) => {
    const run = store.runs.get(params["id"] ?? "");
    if (run === undefined) return NOT_FOUND;
    return { status: 200, body: list(run.policy === undefined ? [] : [checkOf(run, run.policy, caller)]) };
  });
  router.on("GET", "/policy-checks/:id", ({ params, caller }) => {
    const run = policyOf(params["id"]);
    return run?.policy === undefined ? NOT_FOUND : { status: 200, body: document(checkOf(run, run.policy, caller)) };
  });
  router.on("GET", "/policy-checks/:id/output", ({ params }) => {
    const run = policyOf(params["id"]);
    if (run?.policy === undefined) return NOT_FOUND;
    const passed = run.policy.status === "passed";
    const text = `Sentinel Result: ${passed}\n\n1 policies evaluated.\n\n## Policy 1: no-open-ports (soft-mandatory)\n\nResult: ${passed}\n`;
    return { status: 200, headers: { "content-type": "text/plain" }, body: text };
  });
  router.on("POST", "/policy-checks/:id/actions/override", ({ params, caller }) => {
    const run = policyOf(params["id"]);
    if (run?.policy === undefined) return NOT_FOUND;
    lifecycle.override(run);
    return { status: 200, body: document(checkOf(run, run.policy, caller)) };
  });

  router.on("GET", "/runs/:id/task-stages", ({ params }) => {
    const run = store.runs.get(params["id"] ?? "");
    if (run === undefined) return NOT_FOUND;
    return { status: 200, body: list(run.tasks === undefined ? [] : [stageOf(run, run.tasks)]) };
  });
  router.on("GET", "/task-stages/:id", ({ params, query }) => {
    const run = tasksOf(params["id"]);
    if (run?.tasks === undefined) return NOT_FOUND;
    const include = query.get("include") ?? "";
    const included = [
      ...(include.includes("policy_evaluations") && run.policies ? [evaluationOf(run.tasks)] : []),
      ...(include.includes("task_results") && !run.policies ? [resultOf(run.tasks)] : []),
    ];
    return { status: 200, body: document(stageOf(run, run.tasks), included) };
  });
  router.on("GET", "/task-stages/:id/policy-evaluations", ({ params }) => {
    const run = tasksOf(params["id"]);
    return { status: 200, body: list(run?.tasks === undefined || !run.policies ? [] : [evaluationOf(run.tasks)]) };
  });
  router.on("GET", "/policy-evaluations/:id/policy-set-outcomes", () => ({ status: 200, body: list([]) }));
  router.on("POST", "/task-stages/:id/actions/override", ({ params }) => {
    const run = tasksOf(params["id"]);
    if (run?.tasks === undefined) return NOT_FOUND;
    lifecycle.override(run);
    return { status: 200, body: document(stageOf(run, run.tasks)) };
  });

  router.on("GET", "/cost-estimates/:id", ({ params }) => {
    const cost = store.runWhere((run) => run.cost?.id === params["id"])?.cost;
    return cost === undefined ? NOT_FOUND : { status: 200, body: document(costOf(cost)) };
  });
}

function checkOf(run: Run, { id, status }: PolicyCheck, caller: Caller): Resource {
  const [soft, hard] = [status === "soft_failed" ? 1 : 0, status === "hard_failed" ? 1 : 0];
  return {
    type: "policy-checks",
    id,
    attributes: {
      actions: { "is-overridable": soft === 1 },
      permissions: { "can-override": !caller.denied.includes("can-override") },
      result: {
        passed: 1 - soft - hard,
        "soft-failed": soft,
        "hard-failed": hard,
        "total-failed": soft + hard,
        result: soft + hard === 0,
      },
      scope: "organization",
      status,
    },
    relationships: { run: one("runs", run.id) },
  };
}

/** A stage of tasks as the API shows it. */
export function stageOf(run: Run, { id, stage, status }: TaskStage): Resource {
  return {
    type: "task-stages",
    id,
    attributes: {
      stage,
      status,
      actions: { "is-overridable": status === "awaiting_override" },
      permissions: { "can-override-policy": true, "can-override-tasks": true, "can-override": true },
    },
    relationships: {
      run: one("runs", run.id),
      "task-results": many("task-results", run.policies ? [] : [`taskrs-${id}`]),
      "policy-evaluations": many("policy-evaluations", run.policies ? [`poleval-${id}`] : []),
    },
  };
}

function evaluationOf({ id, status }: TaskStage): Resource {
  const failed = status === "awaiting_override" || status === "failed";
  return {
    type: "policy-evaluations",
    id: `poleval-${id}`,
    attributes: {
      status: failed ? "failed" : "passed",
      "policy-kind": "opa",
      "result-count": { "advisory-failed": 0, "mandatory-failed": failed ? 1 : 0, passed: failed ? 0 : 1, errored: 0 },
    },
    relationships: { "policy-attachable": { data: { type: "task-stages", id } } },
  };
}

function resultOf({ id, status }: TaskStage): Resource {
  return {
    type: "task-results",
    id: `taskrs-${id}`,
    attributes: {
      status: status === "passed" ? "passed" : "failed",
      message: "costs more than it may",
      "task-name": "budget",
      "workspace-task-enforcement-level": "mandatory",
    },
    relationships: { "task-stage": one("task-stages", id) },
  };
}

function costOf({ id, status }: CostEstimate): Resource {
  return {
    type: "cost-estimates",
    id,
    attributes: {
      status,
      "prior-monthly-cost": "0.0",
      "proposed-monthly-cost": "25.48",
      "delta-monthly-cost": "25.48",
      "matched-resources-count": 1,
      "resources-count": 1,
      "unmatched-resources-count": 0,
    },
  };
}
