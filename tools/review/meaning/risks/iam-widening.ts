import type { Severity } from "../../review";
import type { ResourceChange } from "../../plan-document";
import { isRecord, Masked, Unknown, type Value } from "../../value";
import { grantText, isHidden, policyComparison } from "../policy/policy-meaning";
import type { Grant } from "../policy/compare-policies";
import { turn } from "../evidence";
import { attribute, type Finding, type RiskRule } from "../risk-rule";
import { own, same } from "../same";

/** Attributes that hold a policy of an identity. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ["policy"],
  aws_iam_role_policy: ["policy"],
  aws_iam_user_policy: ["policy"],
  aws_iam_group_policy: ["policy"],
  aws_ssoadmin_permission_set_inline_policy: ["inline_policy"],
};
const ATTACHMENTS = /^aws_iam_(role|user|group)_policy_attachment$|^aws_iam_policy_attachment$/;
const ADMINISTRATOR =
  /policy\/(AdministratorAccess|IAMFullAccess|job-function\/SystemAdministrator)$|policy\/PowerUserAccess$/;

/** Actions by which who has them can have everything. Source: the escalation set of cloudsplaining 0.9.1 in short, 2026-11. */
const ESCALATING =
  /^(\*|iam:\*|iam:(passrole|create(accesskey|policyversion|loginprofile)|(attach|put)\w*policy|setdefaultpolicyversion|updateassumerolepolicy|adduserto\w+)|sts:\*|sts:assumerole|organizations:\*)$/;
const READING = /^[a-z0-9-]+:(get|list|describe|batchget|head|lookup|search|view|select)[a-z*]*$/;

export const iamWidening: RiskRule = {
  id: "iam-widening",
  title: "A role may do more than before",
  why: "Whoever uses the role, or gets hold of it, may do what it newly allows.",
  fix: "Allow only the actions and resources that are needed, each by name; for a whole service, add a condition or a permissions boundary.",
  check: ({ plan }) => plan.changes.flatMap(findings),
};

function findings(change: ResourceChange): Finding[] {
  const { type, mode, action, before, after } = change;
  if (mode !== "managed" || action === "delete" || action === "forget" || action === "no-op" || after === undefined)
    return [];
  if (ATTACHMENTS.test(type)) return attached(change);
  const sides: Array<readonly [string, Value | undefined, Value | undefined]> = (POLICIES[type] ?? []).map((path) => [
    path,
    attribute(before, path),
    attribute(after, path),
  ]);
  if (/^aws_iam_(role|user|group)$/.test(type)) sides.push(...inlinePolicies(before, after));
  return [...sides.flatMap(([path, old, now]) => widened(change, path, old, now)), ...boundary(change)];
}

function widened(change: ResourceChange, path: string, old: Value | undefined, now: Value | undefined): Finding[] {
  if (same(old, now)) return [];
  const comparison = policyComparison(old, now);
  const unknown: Finding[] =
    isHidden(now) && change.before !== undefined
      ? [
          {
            change,
            severity: "low",
            title: "A policy changes and cannot be judged before apply",
            evidence: turn(path, old, now),
          },
        ]
      : [];
  if (comparison === undefined) return unknown;
  const gained = [...comparison.gained, ...comparison.undenied];
  const graded = gained.map((grant) => ({ grant, severity: gradeOf(grant, change.before === undefined) }));
  const grave = graded.filter((one): one is { grant: Grant; severity: Severity } => one.severity !== undefined);
  if (grave.length === 0) return unknown;
  if (isBoundary(change)) {
    // A boundary grants nothing: it says how far what is granted elsewhere may reach.
    if (change.before === undefined) return unknown;
    const [first] = gained;
    return first === undefined
      ? unknown
      : [
          {
            change,
            severity: "medium",
            title: "A permissions boundary reaches further",
            evidence: `${path} newly allows ${grantText(first)}`,
          },
        ];
  }
  const [worst] = grave.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  if (worst === undefined) return unknown;
  const more = gained.length > 1 ? ` and ${gained.length - 1} more` : "";
  const title =
    worst.severity === "critical"
      ? "A role may do nearly anything"
      : change.before === undefined
        ? "A new role may do much"
        : iamWidening.title;
  return [
    { change, severity: worst.severity, title, evidence: `${path} newly allows ${grantText(worst.grant)}${more}` },
  ];
}

/** Whether a policy is a permissions boundary, by its name: what it is used as is in no plan of the policy itself. */
function isBoundary({ type, address, after }: ResourceChange): boolean {
  const name = attribute(after, "name");
  return type === "aws_iam_policy" && /boundary/i.test(typeof name === "string" ? name : address);
}

const ORDER: readonly Severity[] = ["critical", "high", "medium", "low"];

/** How grave it is that something is newly allowed; undefined for what a new role needs as a rule. */
function gradeOf({ actions, resources, conditions }: Grant, created: boolean): Severity | undefined {
  const all = !resources.not && resources.patterns.includes("*") && conditions.length === 0;
  const everything = resources.not || all;
  if (actions.not) return everything ? "critical" : "high";
  if (actions.patterns.includes("*")) return everything ? "critical" : "high";
  if (everything && actions.patterns.some((one) => ESCALATING.test(one))) return "critical";
  const reading = actions.patterns.every((one) => READING.test(one));
  const wildcard = actions.patterns.some((one) => /:\*$/.test(one));
  if (everything && wildcard) return "high";
  if (created) return undefined;
  if (everything) return reading ? "low" : "medium";
  return wildcard ? "high" : reading ? "low" : "medium";
}

function inlinePolicies(
  before: Value | undefined,
  after: Value | undefined,
): Array<readonly [string, Value | undefined, Value | undefined]> {
  const [old, now] = [before, after].map((side) => {
    const list = attribute(side, "inline_policy");
    const items: readonly Value[] = Array.isArray(list) ? (list as readonly Value[]) : isRecord(list) ? [list] : [];
    return new Map(
      items.flatMap((item) => (isRecord(item) ? [[nameOf(own(item, "name")), own(item, "policy")] as const] : [])),
    );
  });
  return [...(now ?? [])].map(([name, policy]) => [`inline_policy ${name}`.trim(), old?.get(name), policy]);
}

function attached(change: ResourceChange): Finding[] {
  const arn = attribute(change.after, "policy_arn");
  if (same(arn, attribute(change.before, "policy_arn")) || typeof arn !== "string") return [];
  const administrator = ADMINISTRATOR.test(arn);
  if (!administrator && change.before === undefined) return [];
  return [
    {
      change,
      severity: administrator ? "critical" : "medium",
      title: administrator ? "A role may do nearly anything" : "Another policy is attached to a role",
      evidence: turn("policy_arn", attribute(change.before, "policy_arn"), arn),
    },
  ];
}

function boundary(change: ResourceChange): Finding[] {
  if (change.before === undefined) return [];
  const [old, now] = [
    attribute(change.before, "permissions_boundary") ?? null,
    attribute(change.after, "permissions_boundary") ?? null,
  ];
  if (old === null || old === "" || now instanceof Unknown || now instanceof Masked || (now !== null && now !== ""))
    return [];
  return [
    {
      change,
      severity: "high",
      title: "A role loses its permissions boundary",
      evidence: turn("permissions_boundary", old, now),
    },
  ];
}

function nameOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
