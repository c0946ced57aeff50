import type { Path, Value } from "./value";

/** One plan as read and redacted: nothing in it needs to be kept from a reader. */
export interface PlanDocument {
  /** Where it came from, such as a file's name; with `#2` behind it for the second document in one file. */
  readonly source: string;
  /** @default - the plan does not say */
  readonly formatVersion?: string;
  /** @default - the plan does not say */
  readonly terraformVersion?: string;
  /** Planning failed half-way: what is here is partial. */
  readonly errored: boolean;
  /** False means that further rounds of plan and apply are needed. */
  readonly complete: boolean;
  /** False means that there is nothing to apply, or that it must not be. */
  readonly applyable: boolean;
  /** In the order of the plan, no-ops included. */
  readonly changes: readonly ResourceChange[];
  /** What changed outside of Terraform. */
  readonly drift: readonly ResourceDrift[];
  readonly outputs: readonly OutputChange[];
  readonly deferred: readonly DeferredChange[];
  readonly checks: readonly CheckResult[];
  readonly invocations: readonly ActionInvocation[];
  /** What each resource (address without indexes, `module.x.aws_lb.y`) refers to, likewise; from `configuration`, through modules. */
  readonly references: ReadonlyMap<string, readonly string[]>;
  /** Attributes and blocks that the configuration sets, by resource without indexes. */
  readonly configured: ReadonlyMap<string, ReadonlySet<string>>;
  /** Objects of the state that are a part of another one, such as the rules of a security group. */
  readonly parts: readonly Part[];
  /** What the reader did not know or had to guess, in sentences: shown to the reader, never a reason to stop. */
  readonly remarks: readonly string[];
}

/** An object that is a part of another one and has a resource of its own. Providers show it as an attribute of the other one too. */
export interface Part {
  readonly type: string;
  /** The attributes by which it is known, those that are not set left out. */
  readonly values: ReadonlyMap<string, string>;
}

/** What happens to an object. `unknown` is a combination that this reader does not know; its words are in `rawActions`. */
export type Action =
  | "no-op"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "replace" // destroyed first, then created
  | "replace-create-first"
  | "forget"
  | "create-forget" // the old object is forgotten, a new one created
  | "open" // an ephemeral resource
  | "unknown";

/** The change of one object. (address, deposed) is its key. */
export interface ResourceChange {
  readonly address: string;
  /** @default - it is the current object */
  readonly deposed?: string;
  readonly mode: "managed" | "data" | "ephemeral";
  readonly type: string;
  readonly name: string;
  /** Address of its module, such as `module.network`; empty for the root. */
  readonly module: string;
  /** Provider source such as `hashicorp/aws`, the public registry's host left out. */
  readonly provider: string;
  readonly action: Action;
  /** As the plan has them. */
  readonly rawActions: readonly string[];
  /**
   * Terraform's word for why, such as `replace_because_cannot_update`.
   * @default - it gives none
   */
  readonly reason?: string;
  /** Absent where there is no object. */
  readonly before?: Value;
  /** With `UNKNOWN` where the value is known only after apply. Absent where there will be no object. */
  readonly after?: Value;
  /** Attributes whose change forces the replacement. An index into a set is not stable and is given as `-1`. */
  readonly replacePaths: readonly Path[];
  /** Paths that become sensitive, or no longer are, while the value stays. */
  readonly sensitivityChanges: readonly Path[];
  /** @default - it keeps its address */
  readonly previousAddress?: string;
  /** @default - nothing is imported */
  readonly importing?: Importing;
  /** Whether Terraform wrote configuration for it that somebody has to keep. */
  readonly generatedConfig: boolean;
}

/** An import: by id, by identity, or by something known only after apply. */
export interface Importing {
  /** @default - it is imported by its identity, or not known yet */
  readonly id?: Value;
  /** @default - it is imported by its id */
  readonly identity?: Value;
  readonly unknown: boolean;
}

/** A change outside of Terraform. */
export interface ResourceDrift extends ResourceChange {
  /** Whether this plan was made because of it: one of its attributes is among the relevant ones. */
  readonly relevant: boolean;
}

/** The change of an output. */
export interface OutputChange {
  readonly name: string;
  readonly action: Action;
  readonly rawActions: readonly string[];
  readonly sensitive: boolean;
  readonly before?: Value;
  readonly after?: Value;
}

/** A change that Terraform puts off. */
export interface DeferredChange {
  /** Terraform's word, such as `resource_config_unknown`. */
  readonly reason: string;
  readonly change: ResourceChange;
}

/** What a check, precondition or postcondition said. */
export interface CheckResult {
  /** What was checked: a resource, an output, or a check block, such as `check.health`. */
  readonly address: string;
  readonly kind: string;
  readonly status: "pass" | "fail" | "error" | "unknown";
  readonly problems: readonly string[];
}

/** A provider's action that runs during apply, or is put off. */
export interface ActionInvocation {
  readonly address: string;
  readonly type: string;
  /** What triggers it, such as `after_create of aws_instance.web`; empty if it was asked for by itself. */
  readonly trigger: string;
  readonly deferred: boolean;
}
