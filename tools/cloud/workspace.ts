import { isObject, objectOf, stringOf } from "../json";
import type { Resource } from "./json-api";
import { runOf, type Run } from "./run";

/** A workspace, as far as it is used here. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** `remote`, `local`, `agent`, or one that is not known here. */
  readonly executionMode: string;
  readonly autoApply: boolean;
  readonly allowsDestroy: boolean;
  readonly terraformVersion: string;
  readonly workingDirectory: string;
  /** @default - it is connected to no repository */
  readonly repository?: string;
  readonly locked: boolean;
  /**
   * Who or what holds the lock: a name, or a run's id.
   * @default - it is not told
   */
  readonly lockedBy?: { readonly kind: "run" | "person" | "team"; readonly name: string };
  /** @default - none was given */
  readonly lockReason?: string;
  /**
   * The latest run that occupied it; it may be over.
   * @default - there was none
   */
  readonly currentRun?: Run;
  /** What the token may do there, such as `can-queue-run`. */
  readonly permissions: ReadonlySet<string>;
}

/** Reads a workspace. */
export function workspaceOf(resource: Resource): Workspace {
  const { id, attributes } = resource;
  const current = resource.related("current-run");
  const repository = attributes["vcs-repo"];
  return {
    id,
    name: stringOf(attributes["name"]) ?? "",
    executionMode: stringOf(attributes["execution-mode"]) ?? "",
    autoApply: attributes["auto-apply"] === true,
    allowsDestroy: attributes["allow-destroy-plan"] !== false,
    terraformVersion: stringOf(attributes["terraform-version"]) ?? "",
    workingDirectory: stringOf(attributes["working-directory"]) ?? "",
    repository: isObject(repository) ? (stringOf(repository["identifier"]) ?? "a repository") : undefined,
    locked: attributes["locked"] === true,
    lockedBy: holderOf(resource.related("locked-by")),
    lockReason: stringOf(attributes["locked-reason"]) || undefined,
    currentRun: current && runOf(current),
    permissions: new Set(
      Object.entries(objectOf(attributes["permissions"])).flatMap(([name, allowed]) =>
        allowed === true ? [name] : [],
      ),
    ),
  };
}

function holderOf(resource: Resource | undefined): Workspace["lockedBy"] {
  if (resource === undefined) return undefined;
  const { type, id, attributes } = resource;
  if (type === "runs") return { kind: "run", name: id };
  const name = stringOf(attributes["username"]) ?? stringOf(attributes["name"]) ?? id;
  return { kind: type === "teams" ? "team" : "person", name };
}
