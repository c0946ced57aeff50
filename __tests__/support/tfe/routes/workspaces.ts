import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../../../../tools/json";
import { document, errors, list } from "../json-api";
import type { Lifecycle } from "../lifecycle";
import type { Caller, Workspace } from "../model";
import { bodyOf, type Answer, type Request, type Router } from "../router";
import type { Store } from "../store";
import { NOT_FOUND } from "./organizations";
import { runOf } from "./runs";
import { lockedBy, workspaceOf } from "./workspace-resource";

/** Workspaces: made, read, changed and locked. */
export function workspaceRoutes(router: Router, store: Store, lifecycle: Lifecycle): void {
  const with_ = (request: Request, work: (workspace: Workspace) => Answer): Answer => {
    const { id = "", organization, name = "" } = request.params;
    const workspace = organization === undefined ? store.workspaces.get(id) : store.workspaceNamed(organization, name);
    return workspace === undefined || !maySee(request.caller, workspace, store) ? NOT_FOUND : work(workspace);
  };
  const shown = (request: Request, status = 200) =>
    with_(request, (workspace) => ({ status, body: workspaceDocument(workspace, request, store) }));

  router.on("GET", "/organizations/:organization/workspaces", (request) => {
    const found = [...store.workspaces.values()].filter(
      ({ organization }) => organization === request.params["organization"],
    );
    return { status: 200, body: list(found.map((workspace) => workspaceOf(workspace, request.caller, store))) };
  });
  router.on("POST", "/organizations/:organization/workspaces", (request) => {
    const { attributes, related } = bodyOf(request);
    const workspace = store.addWorkspace(request.params["organization"] ?? "", stringOf(attributes["name"]) ?? "", {
      terraformVersion: "1.10.0", // the newest version that the server knows
      ...settingsIn(attributes),
    });
    workspace.projectId = related("project") ?? workspace.projectId;
    return { status: 201, body: document(workspaceOf(workspace, request.caller, store)) };
  });
  router.on("GET", "/organizations/:organization/workspaces/:name", (request) => shown(request));
  router.on("GET", "/workspaces/:id", (request) => shown(request));
  router.on("PATCH", "/workspaces/:id", (request) =>
    with_(request, (workspace) => {
      Object.assign(workspace, settingsIn(bodyOf(request).attributes));
      return shown(request);
    }),
  );

  router.on("GET", "/workspaces/:id/tag-bindings", (request) =>
    with_(request, ({ id, tags }) => ({
      status: 200,
      body: list(
        [...tags].map(([key, value]) => ({ type: "tag-bindings", id: `tb-${id}-${key}`, attributes: { key, value } })),
      ),
    })),
  );
  router.on("PATCH", "/workspaces/:id/tag-bindings", (request) =>
    with_(request, (workspace) => {
      const data = listOf(objectOf(JSON.parse(request.body.toString()))["data"]).filter(isObject);
      for (const { attributes } of data) {
        const { key, value } = objectOf(attributes);
        workspace.tags.set(String(key), stringOf(value) ?? "");
      }
      return { status: 200, body: list([]) };
    }),
  );

  router.on("GET", "/workspaces/:id/relationships/remote-state-consumers", (request) =>
    with_(request, ({ consumers }) => ({
      status: 200,
      body: list([...consumers].map((id) => ({ type: "workspaces", id, attributes: {} }))),
    })),
  );

  router.on("POST", "/workspaces/:id/actions/lock", (request) =>
    with_(request, (workspace) => {
      if (workspace.lock !== undefined || workspace.currentRun !== undefined) {
        return {
          status: 409,
          body: errors(409, "conflict", "Unable to lock workspace. The workspace is already locked."),
        };
      }
      const { name, kind } = request.caller;
      const reason = request.body.length === 0 ? "" : stringOf(objectOf(JSON.parse(request.body.toString()))["reason"]);
      const type = kind === "team" ? "teams" : "users";
      workspace.lock = { type, id: `user-${name}`, name, reason: reason ?? "", at: new Date().toISOString() };
      return shown(request);
    }),
  );
  for (const action of ["unlock", "force-unlock"]) {
    router.on("POST", `/workspaces/:id/actions/${action}`, (request) =>
      with_(request, (workspace) => {
        const mine = workspace.lock?.name === request.caller.name;
        if (workspace.lock === undefined || (action === "unlock" && !mine)) {
          return {
            status: 409,
            body: errors(409, "conflict", "Unable to unlock workspace. Workspace is not locked by you."),
          };
        }
        workspace.lock = undefined;
        lifecycle.tick(workspace);
        return shown(request);
      }),
    );
  }
}

/** A run sees its own workspace, and those that show their state to it. */
export function maySee(caller: Caller, workspace: Workspace, store: Store): boolean {
  if (caller.run === undefined) return true;
  const own = store.runs.get(caller.run)?.workspace;
  return own === workspace.id || workspace.globalRemoteState || (own !== undefined && workspace.consumers.has(own));
}

function workspaceDocument(workspace: Workspace, { query, caller }: Request, store: Store) {
  const include = query.get("include")?.split(",") ?? [];
  const current = store.runs.get(workspace.currentRun ?? workspace.latestRun ?? "");
  const holder = lockedBy(workspace);
  return document(workspaceOf(workspace, caller, store), [
    ...(include.includes("current_run") && current !== undefined ? [runOf(current)] : []),
    ...(include.includes("locked_by") && holder !== undefined
      ? holder.type === "runs" && current !== undefined
        ? [runOf(current)]
        : [{ type: holder.type, id: holder.id, attributes: { username: holder.name, name: holder.name } }]
      : []),
    ...(include.includes("organization")
      ? [{ type: "organizations", id: workspace.organization, attributes: { name: workspace.organization } }]
      : []),
  ]);
}

function settingsIn(attributes: JsonObject): Partial<Workspace> {
  const version = stringOf(attributes["terraform-version"]);
  const mode = stringOf(attributes["execution-mode"]) as Workspace["executionMode"] | undefined;
  const autoApply = attributes["auto-apply"];
  return {
    ...(version === undefined ? {} : { terraformVersion: version }),
    ...(mode === undefined ? {} : { executionMode: mode }),
    ...(typeof autoApply === "boolean" ? { autoApply } : {}),
  };
}
