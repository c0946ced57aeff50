import type { Action } from "./plan-document";

// What every renderer is given: plain JSON, redacted, and in the order in which it is to be read.

/** A review of one or several plans, or of two configurations. */
export interface Review {
  /** Version of this format. */
  readonly version: 1;
  readonly kind: "plan" | "drift" | "destroy" | "configuration-diff";
  /** What it is about, such as `prod of default`, or the names of the files. */
  readonly title: string;
  readonly subject: Subject;
  readonly verdict: Verdict;
  /** What a reader must know before any count: errored, incomplete, previews, what could not be planned. */
  readonly banners: readonly Banner[];
  /** Of all stacks together. */
  readonly counts: Counts;
  /** In the order in which they are applied. */
  readonly stacks: readonly StackReview[];
  /** The gravest first. */
  readonly risks: readonly Risk[];
  /** Risks that an entry of the allow-list accepts. */
  readonly accepted: readonly AcceptedRisk[];
  /** Entries of the allow-list that are expired or match nothing, in sentences. */
  readonly allowListProblems: readonly string[];
  /** What reads a thing that is replaced or destroyed, across stacks. */
  readonly blastRadius: readonly Reach[];
  /** @default - no policy tool ran */
  readonly policy?: PolicyResults;
  /** @default - no cost tool ran */
  readonly cost?: CostDelta;
  /**
   * What stands and who asks whom, with the changes marked.
   * @default - there is nothing to draw
   */
  readonly picture?: Picture;
}

/** What was reviewed, as far as it is known. */
export interface Subject {
  readonly system?: string;
  readonly environment?: string;
  readonly tier?: string;
  /** Full git revision. */
  readonly revision?: string;
  /** Whether the working tree had changes that are not committed. */
  readonly dirty?: boolean;
  /** When it was planned, as ISO 8601 in UTC. Comes from the bundle, never from a clock. */
  readonly plannedAt?: string;
  readonly terraformVersion?: string;
  /** For a configuration diff: the two revisions. */
  readonly from?: string;
  readonly to?: string;
}

/** How it comes out, in one line. */
export interface Verdict {
  readonly outcome: "no-changes" | "changes" | "risk" | "blocked" | "failed";
  /** Such as `2 critical risks in 43 changes: read them before you apply`. */
  readonly text: string;
}

/** A warning above everything else. */
export interface Banner {
  readonly level: "error" | "warning" | "note";
  readonly text: string;
}

/** How many objects, by what happens to them. A replaced one counts as `replace` only. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly forget: number;
  readonly import: number;
  readonly move: number;
  readonly read: number;
  readonly unknown: number;
  readonly noop: number;
}

/** Severities, the gravest first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** How grave a risk is. */
export type Severity = (typeof SEVERITIES)[number];

/** One stack, or one plan file. */
export interface StackReview {
  readonly name: string;
  /** Which wave it is applied in, from 1. */
  readonly wave: number;
  /** `preview` has placeholders for values of others and can never be applied as it is. */
  readonly status: "changes" | "no-changes" | "preview" | "failed" | "skipped";
  /** Stacks it waits for. */
  readonly dependencies: readonly string[];
  /** Stacks whose outputs are placeholders in it. */
  readonly placeholders: readonly string[];
  readonly counts: Counts;
  /** Everything but no-ops, the most important first: risks, destroys, replacements, updates, creates, … */
  readonly changes: readonly Change[];
  readonly outputs: readonly OutputReview[];
  readonly drift: readonly Change[];
  /** Drift that this plan does not follow from. */
  readonly otherDrift: readonly Change[];
  /** How many objects differ from the state in nothing that anybody changed, such as what a service keeps count of. */
  readonly settledDrift: number;
  readonly deferred: readonly DeferredReview[];
  readonly checks: readonly CheckReview[];
  readonly invocations: readonly InvocationReview[];
  /** Why it could not be planned. */
  readonly problems: readonly ProblemReview[];
  readonly warnings: readonly string[];
  /** What the reader of the plan did not know. */
  readonly remarks: readonly string[];
}

/** What one object goes through. */
export interface Change {
  readonly stack: string;
  readonly address: string;
  /** @default - it is the current object */
  readonly deposed?: string;
  readonly mode: "managed" | "data" | "ephemeral";
  readonly type: string;
  /** Construct path below the stack, such as `db/instance`; empty if it is not known. */
  readonly construct: string;
  readonly provider: string;
  readonly action: Action;
  readonly rawActions: readonly string[];
  /**
   * Why, in words, such as `engine_version cannot be changed in place`.
   * @default - nothing to say
   */
  readonly why?: string;
  /** Paths that force the replacement. */
  readonly replacePaths: readonly string[];
  /** @default - it keeps its address */
  readonly previousAddress?: string;
  /**
   * What is imported, in words.
   * @default - nothing
   */
  readonly importing?: string;
  readonly generatedConfig: boolean;
  /** Those that change; for a create, those that are set. */
  readonly attributes: readonly AttributeChange[];
  /** How many more attributes stay as they are. */
  readonly unchanged: number;
  /**
   * The gravest risk it carries.
   * @default - none
   */
  readonly severity?: Severity;
}

/** What happens to one attribute. */
export interface AttributeChange {
  /** Such as `ingress[0].cidr_blocks`; a path inside JSON text goes on after ` › `. */
  readonly path: string;
  readonly kind: "add" | "remove" | "change" | "sensitivity";
  /** Absent for `add`. */
  readonly before?: Shown;
  /** Absent for `remove`. */
  readonly after?: Shown;
  readonly forcesReplacement: boolean;
  /**
   * Lines of text that has several, with what surrounds them.
   * @default - before and after say it
   */
  readonly hunk?: readonly HunkLine[];
  /**
   * What a change of a policy comes to, such as `allows s3:PutObject on arn:aws:s3:::a/*, which it did not`.
   * @default - it is no policy
   */
  readonly meaning?: readonly string[];
}

/** A value as it is shown. */
export interface Shown {
  readonly kind: "value" | "unknown" | "masked" | "null";
  /** One line; for `unknown` and `masked` what stands in its place, such as `(known after apply)`. */
  readonly text: string;
}

/** A line of a text that changes. */
export interface HunkLine {
  readonly op: " " | "+" | "-" | "…";
  readonly text: string;
}

/** The change of an output. */
export interface OutputReview {
  readonly name: string;
  readonly action: Action;
  readonly before?: Shown;
  readonly after?: Shown;
}

/** A change that is put off, and why in words. */
export interface DeferredReview {
  readonly why: string;
  readonly change: Change;
}

/** A check that did not pass, or could not be decided; those that passed are only counted. */
export interface CheckReview {
  readonly address: string;
  readonly status: "pass" | "fail" | "error" | "unknown";
  readonly problems: readonly string[];
}

/** A provider's action that will run. */
export interface InvocationReview {
  readonly address: string;
  readonly trigger: string;
  readonly deferred: boolean;
}

/** Why a stack could not be planned. */
export interface ProblemReview {
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly hint?: string;
}

/** Something that may go wrong when this is applied, or that it opens. */
export interface Risk {
  /** Id of its rule, such as `stateful-replace`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Such as `The database is destroyed and made anew`. */
  readonly title: string;
  readonly stack: string;
  readonly address: string;
  readonly construct: string;
  /** The attribute it is seen by, and its values, such as `cidr_ipv4: "10.0.0.0/8" → "0.0.0.0/0"`. */
  readonly evidence: string;
  /** What happens, in a sentence. */
  readonly why: string;
  /** What would make it safe, in a sentence. */
  readonly fix: string;
}

/** A risk that somebody accepted. */
export interface AcceptedRisk {
  readonly risk: Risk;
  readonly reason: string;
  readonly owner: string;
  /** Day, as `2026-12-31`. */
  readonly expires: string;
}

/** What reads a thing that is replaced or destroyed. */
export interface Reach {
  readonly stack: string;
  readonly address: string;
  readonly construct: string;
  readonly action: Action;
  /** Those that refer to it, directly or through others, the nearest first. */
  readonly affected: ReadonlyArray<{
    readonly stack: string;
    readonly address: string;
    readonly construct: string;
    /** What happens to it in this plan. */
    readonly action: Action;
    /** How many references away, from 1. */
    readonly distance: number;
  }>;
}

/** Results of policy tools. */
export interface PolicyResults {
  readonly tool: string;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly suppressed: number;
  readonly findings: ReadonlyArray<{
    readonly rule: string;
    readonly level: "error" | "warning";
    readonly stack: string;
    readonly address: string;
    readonly message: string;
  }>;
}

/** What the change does to the bill, in USD a month. */
export interface CostDelta {
  /** @default - what stands now has no estimate */
  readonly before?: number;
  readonly after: number;
  /** Things whose price is missing or depends on usage. */
  readonly unpriced: number;
  readonly lines: ReadonlyArray<{ readonly stack: string; readonly address: string; readonly text: string }>;
}

/** A picture as data: who draws it decides how. */
export interface Picture {
  /** One per stack, in order. */
  readonly clusters: ReadonlyArray<{
    readonly name: string;
    readonly where: string;
    readonly nodes: readonly PictureThing[];
  }>;
  readonly outside: readonly PictureThing[];
  readonly edges: ReadonlyArray<{ readonly from: string; readonly to: string; readonly kind: "request" | "delivery" }>;
}

/** A construct, a resource, or somebody outside. */
export interface PictureThing {
  readonly id: string;
  readonly name: string;
  readonly parts: readonly string[];
  readonly kind:
    "edge" | "network" | "compute" | "data" | "storage" | "delivery" | "operations" | "security" | "outside";
  readonly inVpc: boolean;
  /**
   * The gravest action among its resources: replace and delete before update before create.
   * @default - nothing in it changes
   */
  readonly action?: Action;
  /** The gravest risk among its resources. */
  readonly severity?: Severity;
  /** How many of its resources change. */
  readonly changes: number;
}
