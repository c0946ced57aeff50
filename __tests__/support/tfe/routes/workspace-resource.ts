import { many, one, type Resource } from "../json-api";
import type { Caller, Workspace } from "../model";
import type { Store } from "../store";

const PERMISSIONS = [
  "can-destroy",
  "can-force-unlock",
  "can-lock",
  "can-queue-apply",
  "can-queue-destroy",
  "can-queue-run",
  "can-read-settings",
  "can-read-state-versions",
  "can-read-state-outputs",
  "can-unlock",
  "can-update",
  "can-update-variable",
];

/** A workspace as the API writes it. */
export function workspaceOf(workspace: Workspace, caller: Caller, store: Store): Resource {
  const holder = lockedBy(workspace);
  const project = store.organizations
    .get(workspace.organization)
    ?.projects.find(({ id }) => id === workspace.projectId);
  return {
    type: "workspaces",
    id: workspace.id,
    attributes: {
      name: workspace.name,
      actions: { "is-destroyable": true },
      "allow-destroy-plan": true,
      "auto-apply": workspace.autoApply,
      "execution-mode": workspace.executionMode,
      "global-remote-state": workspace.globalRemoteState,
      locked: holder !== undefined,
      "locked-reason": workspace.lock?.reason ?? null,
      operations: workspace.executionMode !== "local",
      permissions: Object.fromEntries(PERMISSIONS.map((name) => [name, !caller.denied.includes(name)])),
      "queue-all-runs": false,
      "speculative-enabled": true,
      "structured-run-output-enabled": workspace.structured,
      "terraform-version": workspace.terraformVersion,
      "working-directory": workspace.workingDirectory,
      "vcs-repo": workspace.vcs === undefined ? null : { identifier: workspace.vcs, branch: "main" },
      "tag-names": [...workspace.tags.keys()],
      "created-at": "2026-01-01T00:00:00.000Z",
    },
    relationships: {
      organization: one("organizations", workspace.organization),
      project: one("projects", project?.id),
      "current-run": one("runs", workspace.currentRun ?? workspace.latestRun),
      "current-state-version": one("state-versions", workspace.states.at(-1)?.id),
      "locked-by": one(holder?.type ?? "users", holder?.id),
      "remote-state-consumers": many("workspaces", [...workspace.consumers]),
    },
  };
}

export function lockedBy({ lock, currentRun }: Workspace) {
  return (
    lock ??
    (currentRun === undefined
      ? undefined
      : { type: "runs" as const, id: currentRun, name: currentRun, reason: "", at: "" })
  );
}
