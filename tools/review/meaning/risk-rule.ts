import type { PlanDocument, ResourceChange } from "../plan-document";
import type { Review, Severity } from "../review";
import { isRecord, isValueList, Masked, Unknown, type Value } from "../value";
import { own } from "./same";

/** What a rule looks at: one stack's plan, and what is known about whose it is. */
export interface JudgedStack {
  readonly name: string;
  readonly kind: Review["kind"];
  /**
   * Tier of the environment: `staging` or `prod`.
   * @default - not known, so judged as prod
   */
  readonly tier?: string;
  readonly plan: PlanDocument;
  /** `lifecycle.prevent_destroy` and the like as the configuration has it, by address without indexes. */
  readonly lifecycleOf: (address: string) => {
    readonly preventDestroy?: boolean;
    readonly createBeforeDestroy?: boolean;
  };
}

/** What a rule found at one object. */
export interface Finding {
  readonly change: ResourceChange;
  readonly severity: Severity;
  /** The attribute it is seen by, and its values, such as `cidr_ipv4: "10.0.0.0/8" → "0.0.0.0/0"`. */
  readonly evidence: string;
  /**
   * A title for this finding alone.
   * @default - the rule's
   */
  readonly title?: string;
  /**
   * What happens, for this finding alone.
   * @default - the rule's
   */
  readonly why?: string;
  /**
   * What would make it safe, for this finding alone.
   * @default - the rule's
   */
  readonly fix?: string;
}

/** A rule that looks for one kind of risk. It never throws: what it cannot read it calls unknown in the evidence, or leaves alone. */
export interface RiskRule {
  /** Stable id, equal to the file name. */
  readonly id: string;
  /** What is at risk, such as `The database is destroyed and made anew`. */
  readonly title: string;
  /** What happens, in a sentence. */
  readonly why: string;
  /** What would make it safe, in a sentence. */
  readonly fix: string;
  readonly check: (stack: JudgedStack) => readonly Finding[];
}

/** Whether an object is replaced. */
export function replaces({ action }: Pick<ResourceChange, "action">): boolean {
  return action === "replace" || action === "replace-create-first";
}

/**
 * An attribute of a side of a change; undefined where there is none. A list of one block is seen through: `a.b` finds `a[0].b`. What is in something that is
 * known only after apply, or masked, is so too.
 */
export function attribute(side: Value | undefined, ...path: readonly string[]): Value | undefined {
  let current: Value | undefined = side;
  for (const step of path) {
    const seen: Value | undefined = isValueList(current) && current.length === 1 ? current[0] : current;
    if (seen instanceof Unknown || seen instanceof Masked) return seen;
    current = isRecord(seen) ? own(seen, step) : undefined;
  }
  return current;
}
