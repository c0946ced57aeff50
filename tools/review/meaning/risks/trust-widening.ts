import type { ResourceChange } from "../../plan-document";
import type { Severity } from "../../review";
import type { Grant } from "../policy/compare-policies";
import { grantText, policyComparison, isHidden } from "../policy/policy-meaning";
import { turn } from "../evidence";
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
  if (isHidden(now) && before !== undefined) {
    return [
      {
        change,
        severity: "low",
        title: "Who may take a role changes and cannot be judged before apply",
        evidence: turn("assume_role_policy", old, now),
      },
    ];
  }
  const comparison = policyComparison(old, now);
  const gained = [...(comparison?.gained ?? []), ...(comparison?.undenied ?? [])];
  return gained.flatMap((grant): Finding[] => {
    const severity = gradeOf(grant, before === undefined);
    return severity === undefined
      ? []
      : [{ change, severity, evidence: `assume_role_policy newly allows ${grantText(grant)}` }];
  });
}

/** Conditions that bind somebody from outside to one of theirs. */
const BINDING = /(:sub|externalid|principalorgid|principalarn|sourcearn|sourceaccount|:aud|saml:aud|repository)/;

function gradeOf({ principals, conditions, actions }: Grant, created: boolean): Severity | undefined {
  const bound = conditions.some(
    ({ key, values, operator }) => BINDING.test(key) && !values.includes("*") && !operator.startsWith("ForAllValues"),
  );
  const subject = conditions.filter(({ key }) => key.endsWith(":sub"));
  const loose = subject.some(({ values }) =>
    values.some((value) => /\*/.test(value.split(":").slice(0, 2).join(":")) || value === "*"),
  );
  if (principals.not || principals.patterns.some((one) => one === "*")) return bound ? "medium" : "critical";
  const federated = principals.patterns.some((one) => one.startsWith("Federated:"));
  if (federated && (loose || subject.length === 0)) return "critical";
  if (actions.patterns.every((one) => one === "sts:tagsession" || one === "sts:setsourceidentity")) return undefined;
  if (created) return undefined;
  if (principals.patterns.every((one) => one.startsWith("Service:"))) return "low";
  return federated ? "medium" : "high";
}
