import type { Behaviour } from "../behaviour";
import { document, errors, type Resource } from "../json-api";
import type { Log, Run } from "../model";
import type { Answer, Router } from "../router";
import type { Store } from "../store";
import { NOT_FOUND } from "./organizations";

/** Plans, applies, their logs and the plans' JSON, which is at an address that wants no token. */
export function planRoutes(api: Router, blobs: Router, store: Store, behaviour: Behaviour): void {
  const notReady = new Map<string, number>();

  api.on("GET", "/plans/:id", ({ params }) => {
    const run = store.runOfPlan(params["id"] ?? "");
    return run === undefined ? NOT_FOUND : { status: 200, body: document(planOf(run, store)) };
  });
  api.on("GET", "/applies/:id", ({ params }) => {
    const run = store.runOfApply(params["id"] ?? "");
    return run === undefined ? NOT_FOUND : { status: 200, body: document(applyOf(run, store)) };
  });
  api.on("GET", "/plans/:id/json-output", ({ params, caller }) => {
    const id = params["id"] ?? "";
    const run = store.runOfPlan(id);
    if (run === undefined || caller.kind === "organization" || caller.denied.includes("can-update")) return NOT_FOUND;
    const asked = notReady.get(id) ?? 0;
    notReady.set(id, asked + 1);
    if (run.plan.json === undefined || asked < behaviour.planJsonNotReady) return { status: 204 };
    return { status: 307, headers: { location: `${store.blobUrl}/json/${id}` } };
  });
  api.on("GET", "/plans/:id/json-output-redacted", ({ params }) => {
    const json = store.runOfPlan(params["id"] ?? "")?.plan.redacted;
    return json === undefined
      ? NOT_FOUND
      : { status: 200, headers: { "content-type": "application/json" }, body: json };
  });

  blobs.on("GET", "/json/:id", ({ params }) => {
    const json = store.runOfPlan(params["id"] ?? "")?.plan.json;
    return json === undefined
      ? NOT_FOUND
      : { status: 200, headers: { "content-type": "application/json" }, body: json };
  });
  blobs.on("GET", "/logs/plans/:id", ({ params, query }) =>
    chunk(store.runOfPlan(params["id"] ?? "")?.plan.log, query, behaviour),
  );
  blobs.on("GET", "/logs/applies/:id", ({ params, query }) =>
    chunk(store.runOfApply(params["id"] ?? "")?.apply.log, query, behaviour),
  );
}

function chunk(log: Log | undefined, query: URLSearchParams, { chunkBytes }: Behaviour): Answer {
  if (log === undefined) return { status: 404, body: errors(404, "not found") };
  const offset = Number(query.get("offset") ?? 0);
  const limit = Math.min(Number(query.get("limit") ?? 65_536), chunkBytes);
  return { status: 200, headers: { "content-type": "text/plain" }, body: log.bytes.subarray(offset, offset + limit) };
}

export function planOf({ plan }: Run, { blobUrl }: Store): Resource {
  return {
    type: "plans",
    id: plan.id,
    attributes: {
      "has-changes": plan.hasChanges,
      "log-read-url": `${blobUrl}/logs/plans/${plan.id}`,
      "resource-additions": plan.counts.additions,
      "resource-changes": plan.counts.changes,
      "resource-destructions": plan.counts.destructions,
      "resource-imports": plan.counts.imports,
      status: plan.status,
    },
  };
}

export function applyOf({ apply }: Run, { blobUrl }: Store): Resource {
  return {
    type: "applies",
    id: apply.id,
    attributes: {
      "log-read-url": `${blobUrl}/logs/applies/${apply.id}`,
      "resource-additions": apply.counts.additions,
      "resource-changes": apply.counts.changes,
      "resource-destructions": apply.counts.destructions,
      "resource-imports": apply.counts.imports,
      status: apply.status,
    },
  };
}
