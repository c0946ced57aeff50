import { buildReview } from "../../tools/review/meaning/build-review";
import { NO_ALLOW_LIST, type AllowList } from "../../tools/review/meaning/allow-list";
import type { RiskRule } from "../../tools/review/meaning/risk-rule";
import { readPlans } from "../../tools/review/read/read-plans";
import type { PlanDocument } from "../../tools/review/plan-document";
import type { Review } from "../../tools/review/review";

/** A change as a test writes it: what `terraform show -json` would have, with the usual parts filled in. */
export interface ChangeSketch {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: unknown;
  readonly importing?: unknown;
  /** Further keys beside the change, such as `action_reason`. */
  readonly entry?: Readonly<Record<string, unknown>>;
}

type Body = Readonly<Record<string, unknown>>;
type More = Partial<Omit<ChangeSketch, "address" | "actions" | "before" | "after">>;

/** An object that is changed in place. */
export function updated(address: string, before: Body, after: Body, more: More = {}): ChangeSketch {
  return { address, actions: ["update"], before, after, ...more };
}

/** An object that is made. */
export function created(address: string, after: Body, more: More = {}): ChangeSketch {
  return { address, actions: ["create"], after, ...more };
}

/** An object that is destroyed. */
export function destroyed(address: string, before: Body = {}, more: More = {}): ChangeSketch {
  return { address, actions: ["delete"], before, ...more };
}

/** An object that is destroyed and made anew. */
export function replaced(address: string, before: Body, after: Body, more: More = {}): ChangeSketch {
  return { address, actions: ["delete", "create"], before, after, ...more };
}

/** An object that stays as it is. */
export function kept(address: string, body: Body, more: More = {}): ChangeSketch {
  return { address, actions: ["no-op"], before: body, after: body, ...more };
}

/** An entry of `resource_changes`. */
export function changeJson({ address, entry, ...change }: ChangeSketch): Record<string, unknown> {
  const [type = "", name = ""] = address
    .replaceAll(/\[[^\]]*\]/g, "")
    .split(".")
    .slice(-2);
  return {
    address,
    mode: address.startsWith("data.") ? "data" : "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    ...entry,
    change: { before: null, after: null, after_unknown: {}, ...change },
  };
}

/** A plan's JSON with some changes and whatever else a test gives it. */
export function planJson(
  changes: readonly ChangeSketch[],
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    applyable: true,
    complete: true,
    errored: false,
    resource_changes: changes.map(changeJson),
    ...more,
  };
}

/** The same, read. */
export function planOf(changes: readonly ChangeSketch[], more: Readonly<Record<string, unknown>> = {}): PlanDocument {
  const [plan] = readPlans(Buffer.from(JSON.stringify(planJson(changes, more))), "plan.json");
  if (plan === undefined) throw new Error("no plan was read");
  return plan;
}

/** The review of a plan. */
export function reviewOf(
  plan: PlanDocument,
  more: { readonly tier?: string; readonly allowList?: AllowList; readonly kind?: Review["kind"] } = {},
): Review {
  const { tier, allowList = NO_ALLOW_LIST, kind = "plan" } = more;
  return buildReview({
    kind,
    title: "test",
    subject: tier === undefined ? {} : { tier },
    allowList,
    today: "2026-11-26",
    stacks: [
      {
        name: "stack",
        wave: 1,
        status: "changes",
        dependencies: [],
        placeholders: [],
        problems: [],
        warnings: [],
        plan,
      },
    ],
  });
}

/** Rule, severity and evidence of every risk in some changes. */
export function risksIn(changes: readonly ChangeSketch[], more: Parameters<typeof reviewOf>[1] = {}): string[] {
  return reviewOf(planOf(changes), more).risks.map(
    ({ rule, severity, evidence }) => `${severity} ${rule}: ${evidence}`,
  );
}

/** What one rule finds in some changes: severity, title and evidence. */
export function findingsOf(
  rule: RiskRule,
  changes: readonly ChangeSketch[],
  more: {
    readonly tier?: string;
    readonly kind?: Review["kind"];
    readonly createBeforeDestroy?: boolean;
    readonly plan?: Readonly<Record<string, unknown>>;
  } = {},
): string[] {
  const { tier = "prod", kind = "plan", createBeforeDestroy } = more;
  const lifecycle = createBeforeDestroy === undefined ? {} : { createBeforeDestroy };
  const stack = { name: "stack", kind, tier, plan: planOf(changes, more.plan), lifecycleOf: () => lifecycle };
  return rule.check(stack).map(({ severity, title = rule.title, evidence }) => `${severity}: ${title} (${evidence})`);
}
