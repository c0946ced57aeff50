import type { ResourceChange } from "../../plan-document";
import type { Severity } from "../../review";
import type { Grant } from "../policy/compare-policies";
import { grantText, isHidden, policyComparison } from "../policy/policy-meaning";
import { turn } from "../evidence";
import { attribute, type Finding, type RiskRule } from "../risk-rule";
import { same } from "../same";

/** Types whose attribute says who may do what with the thing. */
const TYPES =
  /^aws_(s3_bucket_policy|s3_bucket|sqs_queue_policy|sqs_queue|sns_topic_policy|sns_topic|kms_key|kms_key_policy|ecr_repository_policy|secretsmanager_secret_policy|secretsmanager_secret|backup_vault_policy|opensearch_domain|opensearch_domain_policy|cloudwatch_log_resource_policy|efs_file_system_policy|glacier_vault|api_gateway_rest_api_policy|ecr_registry_policy|dynamodb_resource_policy)$/;
const ATTRIBUTES = ["policy", "access_policies", "policy_document", "resource_policy"];

export const resourcePolicyWidening: RiskRule = {
  id: "resource-policy-widening",
  title: "More may use a resource than before",
  why: "Whoever is newly allowed can read or change what the resource holds.",
  fix: "Name the account or the role, or narrow it by aws:SourceArn, aws:PrincipalOrgID or a VPC endpoint.",
  check: ({ plan }) => plan.changes.flatMap(findings),
};

function findings(change: ResourceChange): Finding[] {
  const { type, action, mode, before, after } = change;
  if (mode !== "managed" || after === undefined || action === "no-op" || action === "delete") return [];
  if (type === "aws_lambda_permission") return lambda(change);
  if (!TYPES.test(type)) return [];
  return ATTRIBUTES.flatMap((path): Finding[] => {
    const [old, now] = [attribute(before, path), attribute(after, path)];
    if (same(old, now)) return [];
    if (isHidden(now) && before !== undefined && old !== undefined) {
      return [
        {
          change,
          severity: "low",
          title: "A policy changes and cannot be judged before apply",
          evidence: turn(path, old, now),
        },
      ];
    }
    const comparison = policyComparison(old, now);
    return [...(comparison?.gained ?? []), ...(comparison?.undenied ?? [])].flatMap((grant): Finding[] => {
      const severity = gradeOf(grant, before === undefined);
      const title = severity === "critical" ? "Anybody may use a resource" : resourcePolicyWidening.title;
      return severity === undefined
        ? []
        : [{ change, severity, title, evidence: `${path} newly allows ${grantText(grant)}` }];
    });
  });
}

/** Conditions that keep strangers out. */
const NARROWING =
  /^aws:(sourcearn|sourceaccount|sourceorgid|principalorgid|principalaccount|principalarn|sourcevpc|sourcevpce|sourceip|calledvia|userid)|^kms:(calleraccount|viaservice)/;

function gradeOf({ effect, principals, conditions }: Grant, created: boolean): Severity | undefined {
  if (effect === "Deny") return created ? undefined : "medium";
  const narrowed = conditions.some(
    ({ key, values, operator }) => NARROWING.test(key) && !values.includes("*") && !/Not/.test(operator),
  );
  const anybody = principals.not || principals.patterns.includes("*");
  if (anybody) return narrowed ? (created ? undefined : "low") : "critical";
  if (created) return undefined;
  return principals.patterns.every((one) => one.startsWith("Service:")) ? "low" : "medium";
}

function lambda(change: ResourceChange): Finding[] {
  const principal = attribute(change.after, "principal");
  if (principal !== "*" || same(principal, attribute(change.before, "principal"))) return [];
  return [
    {
      change,
      severity: "critical",
      title: "Anybody may call a function",
      evidence: turn("principal", attribute(change.before, "principal"), principal),
    },
  ];
}
