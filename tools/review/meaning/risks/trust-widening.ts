import type { ResourceChange } from "../../plan-document";
import type { Severity } from "../../review";
import type { Grant } from "../policy/compare-policies";
import { narrows } from "../policy/narrowing";
import type { Condition } from "../policy/policy-document";
import { gainText, isUnreadable, policyComparison } from "../policy/policy-meaning";
import { unjudged } from "../evidence";
import { attribute, type Finding, type RiskRule } from "../risk-rule";
import { same } from "../same";

export const trustWidening: RiskRule = {
  id: "trust-widening",
  title: "More may take a role than before",
  why: "Whoever is newly trusted can act as the role.",
  fix: "Name exactly who may take it: one service, one role of the account, or one subject of an identity provider by StringEquals.",
  check: ({ plan }) => plan.changes.flatMap(findings),
};

function findings(change: ResourceChange): Finding[] {
  const { type, action, mode, before, after } = change;
  if (type !== "aws_iam_role" || mode !== "managed" || after === undefined || action === "no-op" || action === "delete")
    return [];
  const [old, now] = [attribute(before, "assume_role_policy"), attribute(after, "assume_role_policy")];
  if (same(old, now)) return [];
  const comparison = policyComparison(old, now);
  const gained = [...(comparison?.gained ?? []), ...(comparison?.undenied ?? [])].flatMap((grant): Finding[] => {
    const severity = gradeOf(grant, before === undefined);
    return severity === undefined ? [] : [{ change, severity, evidence: gainText("assume_role_policy", grant) }];
  });
  if (gained.length > 0 || before === undefined || !isUnreadable(now)) return gained;
  const title = "Who may take a role changes and cannot be judged before apply";
  return [{ change, severity: "low", title, evidence: unjudged("assume_role_policy", old, now) }];
}

/** Conditions that bind somebody from outside to one of theirs. */
const BINDING =
  /(:sub|externalid|principalorgid|principalorgpaths|principalarn|principalaccount|sourcearn|sourceaccount|:aud)$/;
/** What only goes along with a role that is taken otherwise. */
const ALONG: ReadonlySet<string> = new Set(["sts:tagsession", "sts:setsourceidentity"]);

function gradeOf({ effect, principals, conditions, actions }: Grant, created: boolean): Severity | undefined {
  // Whom a denial kept out is let in only if something else allows it.
  if (effect === "Deny") return created ? undefined : "medium";
  if (!actions.not && actions.patterns.every((one) => ALONG.has(one))) return undefined;
  const binding = conditions.filter((condition) => BINDING.test(condition.key) && narrows(condition));
  if (principals.not || principals.patterns.some((one) => /^(AWS:)?\*$/.test(one)))
    return binding.length > 0 ? "medium" : "critical";
  const federated = principals.patterns.filter((one) => one.startsWith("Federated:"));
  if (federated.some((one) => !isBound(one, binding))) return "critical";
  if (created) return undefined;
  if (principals.patterns.every((one) => one.startsWith("Service:"))) return "low";
  return federated.length > 0 ? "medium" : "high";
}

/** Whether who comes from an identity provider is bound to one subject; of those that know no subjects, to one audience. */
function isBound(provider: string, binding: readonly Condition[]): boolean {
  const key = /:saml-provider\/|cognito-identity\.amazonaws\.com$/.test(provider) ? ":aud" : ":sub";
  return binding.some((condition) => condition.key.endsWith(key));
}
