import { objectOf, stringOf, numberOf, type JsonObject } from "../json";
import type { Resource } from "./json-api";

/** A plan or an apply of a run. */
export interface Operation {
  readonly id: string;
  /** `pending`, `queued`, `running`, `finished`, `errored`, `canceled`, `unreachable` or one that is not known here. */
  readonly status: string;
  /**
   * Where its log is, open to whoever knows the address.
   * @default - there is none yet
   */
  readonly logUrl?: string;
  readonly counts: { readonly add: number; readonly change: number; readonly remove: number; readonly import: number };
}

/** A run, as far as it is used here. */
export interface Run {
  readonly id: string;
  /** One of those of run-status.ts, or one that is not known there. */
  readonly status: string;
  readonly message: string;
  readonly hasChanges: boolean;
  /** Whether it only looks, and can never be confirmed. */
  readonly planOnly: boolean;
  /** Whether its plan was saved, so that it does not hinder other runs. */
  readonly savePlan: boolean;
  readonly autoApply: boolean;
  /** What may be done to it now. */
  readonly can: { readonly confirm: boolean; readonly discard: boolean; readonly cancel: boolean };
  /** When it came to each status, as ISO 8601, by name such as `planned`. */
  readonly at: Readonly<Record<string, string>>;
  readonly plan?: Operation;
  readonly apply?: Operation;
  /**
   * Its workspace, with the organization.
   * @default - it was not told
   */
  readonly workspace?: {
    readonly id: string;
    readonly name?: string;
    readonly organization?: string;
    readonly locked: boolean;
  };
}

/** Reads a run. */
export function runOf(resource: Resource): Run {
  const { id, attributes } = resource;
  const actions = objectOf(attributes["actions"]);
  const workspace = resource.related("workspace");
  return {
    id,
    status: stringOf(attributes["status"]) ?? "",
    message: stringOf(attributes["message"]) ?? "",
    hasChanges: attributes["has-changes"] === true,
    planOnly: attributes["plan-only"] === true,
    savePlan: attributes["save-plan"] === true,
    autoApply: attributes["auto-apply"] === true,
    can: {
      confirm: actions["is-confirmable"] === true,
      discard: actions["is-discardable"] === true,
      cancel: actions["is-cancelable"] === true,
    },
    at: timesIn(objectOf(attributes["status-timestamps"])),
    plan: operationOf(resource.related("plan")),
    apply: operationOf(resource.related("apply")),
    workspace: workspace && {
      id: workspace.id,
      name: stringOf(workspace.attributes["name"]),
      organization: workspace.related("organization")?.id,
      locked: workspace.attributes["locked"] === true,
    },
  };
}

function operationOf(resource: Resource | undefined): Operation | undefined {
  if (resource === undefined) return undefined;
  const { id, attributes } = resource;
  const count = (name: string) => numberOf(attributes[`resource-${name}`]) ?? 0;
  return {
    id,
    status: stringOf(attributes["status"]) ?? "",
    logUrl: stringOf(attributes["log-read-url"]),
    counts: {
      add: count("additions"),
      change: count("changes"),
      remove: count("destructions"),
      import: count("imports"),
    },
  };
}

/** `planned-and-saved-at` becomes `planned_and_saved`, as the status is called. */
function timesIn(timestamps: JsonObject): Record<string, string> {
  const times = Object.entries(timestamps).filter(([, at]) => typeof at === "string") as Array<[string, string]>;
  return Object.fromEntries(times.map(([name, at]) => [name.replace(/-at$/, "").replaceAll("-", "_"), at]));
}
