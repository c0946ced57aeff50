import { isObject, listOf, stringOf, type JsonObject } from "../../../../tools/json";
import type { Behaviour } from "../behaviour";
import { document, errors, list, many, one, type Resource } from "../json-api";
import type { Lifecycle } from "../lifecycle";
import { NO_COUNTS, type Run, type Workspace } from "../model";
import { bodyOf, type Answer, type Request, type Router } from "../router";
import { actionsOf } from "../statuses";
import type { Store } from "../store";
import { applyOf, planOf } from "./plans";
import { stageOf } from "./checks";
import { NOT_FOUND } from "./organizations";
import { workspaceOf } from "./workspace-resource";

const CONFLICT: Answer = { status: 409, body: errors(409, "transition not allowed") };
const ACCEPTED: Answer = { status: 202 };

/** Runs: made, read, and what is done to them. */
export function runRoutes(router: Router, store: Store, lifecycle: Lifecycle, behaviour: Behaviour): void {
  const with_ = (request: Request, work: (run: Run) => Answer): Answer => {
    const run = store.runs.get(request.params["id"] ?? "");
    // An organization's token cannot do anything with runs, and is told so like this.
    return run === undefined || request.caller.kind === "organization" ? NOT_FOUND : work(run);
  };

  router.on("POST", "/runs", (request) => {
    const { attributes, related } = bodyOf(request);
    const workspace = store.workspaces.get(related("workspace") ?? "");
    if (workspace === undefined || request.caller.kind === "organization") return NOT_FOUND;
    if (request.caller.denied.includes("can-queue-run")) return { status: 403, body: errors(403, "forbidden") };
    const run = makeRun(store, workspace, attributes, related("configuration-version") ?? "", request.caller.name);
    lifecycle.tick(workspace);
    return { status: 201, body: document(runOf(run)) };
  });

  router.on("GET", "/runs/:id", (request) =>
    with_(request, (run) => {
      lifecycle.step(run);
      return { status: 200, body: runDocument(run, request, store, behaviour) };
    }),
  );

  router.on("GET", "/workspaces/:id/runs", ({ params, query }) => {
    const status = query.get("filter[status]")?.split(",");
    const saved = query.get("filter[operation]") === "save_plan";
    const runs = store
      .runsOf(params["id"] ?? "")
      .filter((run) => (status === undefined || status.includes(run.status)) && (!saved || run.savePlan))
      .reverse();
    return { status: 200, body: list(runs.map((run) => runOf(run))) };
  });

  const act = (action: string, allowed: (run: Run) => boolean, work: (run: Run) => void) =>
    router.on("POST", `/runs/:id/actions/${action}`, (request) =>
      with_(request, (run) => {
        if (request.caller.denied.includes("can-queue-apply") && action === "apply")
          return { status: 403, body: errors(403, "forbidden") };
        if (!allowed(run)) return CONFLICT;
        work(run);
        return ACCEPTED;
      }),
    );
  const actions = (run: Run) => actionsOf(run, Date.now(), behaviour.coolOffMilliseconds);
  const isLocked = (run: Run) => store.workspaces.get(run.workspace)?.lock !== undefined;
  act(
    "apply",
    (run) => actions(run)["is-confirmable"] && !isLocked(run),
    (run) => lifecycle.confirm(run),
  );
  act(
    "discard",
    (run) => actions(run)["is-discardable"],
    (run) => lifecycle.discard(run),
  );
  act(
    "cancel",
    (run) => actions(run)["is-cancelable"],
    (run) => lifecycle.cancel(run),
  );
  act(
    "force-cancel",
    (run) => actions(run)["is-force-cancelable"],
    (run) => lifecycle.forceCancel(run),
  );

  router.on("GET", "/runs/:id/run-events", (request) =>
    with_(request, ({ events }) => ({
      status: 200,
      body: list(
        events.map(({ id, action, at }) => ({ type: "run-events", id, attributes: { action, "created-at": at } })),
      ),
    })),
  );
  router.on("GET", "/runs/:id/comments", (request) =>
    with_(request, ({ comments }) => ({
      status: 200,
      body: list(comments.map(({ id, body }) => ({ type: "comments", id, attributes: { body } }))),
    })),
  );
  router.on("POST", "/runs/:id/comments", (request) =>
    with_(request, ({ comments }) => {
      const comment = { id: store.id("wsc"), body: stringOf(bodyOf(request).attributes["body"]) ?? "" };
      comments.push(comment);
      return { status: 201, body: document({ type: "comments", id: comment.id, attributes: { body: comment.body } }) };
    }),
  );
}

/** Makes a run as it is when somebody has just asked for it. */
export function makeRun(
  store: Store,
  workspace: Workspace,
  attributes: JsonObject,
  configurationVersion: string,
  createdBy: string,
): Run {
  const id = store.id("run");
  const token = `run-token-${id}`;
  const texts = (name: string) => listOf(attributes[name]).filter((one) => typeof one === "string");
  const speculative = store.configurationVersions.get(configurationVersion)?.speculative === true;
  const { policy, tasks, cost, tasksArePolicies = true } = workspace.checks;
  const at = new Date().toISOString();
  const run: Run = {
    id,
    token,
    workspace: workspace.id,
    configurationVersion,
    message: stringOf(attributes["message"]) ?? "Queued manually using Terraform",
    createdBy,
    createdAt: at,
    planOnly: attributes["plan-only"] === true || speculative,
    savePlan: attributes["save-plan"] === true,
    refreshOnly: attributes["refresh-only"] === true,
    refresh: attributes["refresh"] !== false,
    destroy: attributes["is-destroy"] === true,
    autoApply: attributes["auto-apply"] === true || (attributes["auto-apply"] === undefined && workspace.autoApply),
    targets: texts("target-addrs"),
    replace: texts("replace-addrs"),
    variables: listOf(attributes["variables"])
      .filter(isObject)
      .map(({ key, value }) => ({ key: String(key), value: stringOf(value) ?? "" })),
    status: "pending",
    settled: false,
    script: [],
    history: [{ status: "pending", at }],
    plan: {
      id: store.id("plan"),
      status: "pending",
      hasChanges: false,
      counts: NO_COUNTS,
      log: { bytes: Buffer.alloc(0) },
      json: undefined,
      redacted: undefined,
    },
    apply: { id: store.id("apply"), status: "pending", counts: NO_COUNTS, log: { bytes: Buffer.alloc(0) } },
    policy: policy === undefined ? undefined : { id: store.id("polchk"), status: "pending" },
    tasks: tasks === undefined ? undefined : { id: store.id("ts"), stage: "post_plan", status: "pending" },
    policies: tasksArePolicies,
    cost: cost === true ? { id: store.id("ce"), status: "pending" } : undefined,
    comments: [],
    events: [],
    cancelAskedAt: undefined,
  };
  store.runs.set(id, run);
  store.addCaller({ token, kind: "run", name: id, denied: [], run: id });
  return run;
}

function runDocument(run: Run, { query, caller }: Request, store: Store, behaviour: Behaviour) {
  const include = query.get("include")?.split(",") ?? [];
  const workspace = store.workspaces.get(run.workspace);
  return document(runOf(run, behaviour.coolOffMilliseconds), [
    ...(include.includes("plan") ? [planOf(run, store)] : []),
    ...(include.includes("apply") ? [applyOf(run, store)] : []),
    ...(include.includes("workspace") && workspace !== undefined ? [workspaceOf(workspace, caller, store)] : []),
    ...(include.includes("task_stages") && run.tasks !== undefined ? [stageOf(run, run.tasks)] : []),
  ]);
}

/** A run as the API shows it. */
export function runOf(run: Run, coolOffMilliseconds = 0): Resource {
  return {
    type: "runs",
    id: run.id,
    attributes: {
      actions: actionsOf(run, Date.now(), coolOffMilliseconds),
      "auto-apply": run.autoApply,
      "created-at": run.createdAt,
      "has-changes": run.plan.hasChanges,
      "is-destroy": run.destroy,
      message: run.message,
      permissions: { "can-apply": true, "can-cancel": true, "can-discard": true, "can-force-cancel": true },
      "plan-only": run.planOnly,
      refresh: run.refresh,
      "refresh-only": run.refreshOnly,
      "save-plan": run.savePlan,
      source: "tfe-api",
      status: run.status,
      "status-timestamps": Object.fromEntries(
        run.history.map(({ status, at }) => [`${status.replaceAll("_", "-")}-at`, at]),
      ),
      "target-addrs": run.targets,
      "terraform-version": "1.11.4",
      variables: run.variables,
    },
    relationships: {
      workspace: one("workspaces", run.workspace),
      plan: one("plans", run.plan.id),
      apply: one("applies", run.apply.id),
      "configuration-version": one("configuration-versions", run.configurationVersion),
      "cost-estimate": one("cost-estimates", run.cost?.id),
      "created-by": one("users", `user-${run.createdBy}`),
      "policy-checks": many("policy-checks", run.policy === undefined ? [] : [run.policy.id]),
      "task-stages": many("task-stages", run.tasks === undefined ? [] : [run.tasks.id]),
      comments: many(
        "comments",
        run.comments.map(({ id }) => id),
      ),
    },
  };
}
