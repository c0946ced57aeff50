import type { ResourceChange } from "../../plan-document";
import type { Severity } from "../../review";
import type { Grant } from "../policy/compare-policies";
import { narrows } from "../policy/narrowing";
import { gainText, isUnreadable, policyComparison } from "../policy/policy-meaning";
import { turn, unjudged } from "../evidence";
import { attribute, type Finding, type RiskRule } from "../risk-rule";
import { same } from "../same";

/** Attributes that say who may do what with the thing, and the types that have them. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    policy: [
      ...["aws_s3_bucket_policy", "aws_s3_bucket", "aws_s3_access_point", "aws_s3control_access_point_policy"],
      ...["aws_sqs_queue_policy", "aws_sqs_queue", "aws_sns_topic_policy", "aws_sns_topic"],
      ...["aws_kms_key", "aws_kms_key_policy", "aws_kms_external_key", "aws_kms_replica_key"],
      ...["aws_ecr_repository_policy", "aws_ecr_registry_policy", "aws_ecrpublic_repository_policy"],
      ...["aws_secretsmanager_secret_policy", "aws_secretsmanager_secret", "aws_backup_vault_policy"],
      ...["aws_efs_file_system_policy", "aws_api_gateway_rest_api_policy", "aws_api_gateway_rest_api"],
      ...["aws_cloudwatch_event_bus_policy", "aws_glue_resource_policy", "aws_dynamodb_resource_policy"],
      ...["aws_kinesis_resource_policy", "aws_media_store_container_policy"],
    ],
    policy_document: ["aws_cloudwatch_log_resource_policy", "aws_codeartifact_domain_permissions_policy"],
    access_policies: [
      ...["aws_opensearch_domain", "aws_opensearch_domain_policy"],
      ...["aws_elasticsearch_domain", "aws_elasticsearch_domain_policy"],
    ],
    access_policy: ["aws_glacier_vault"],
  }).flatMap(([path, types]) => types.map((type) => [type, path] as const)),
);

export const resourcePolicyWidening: RiskRule = {
  id: "resource-policy-widening",
  title: "More may use a resource than before",
  why: "Whoever is newly allowed can read or change what the resource holds.",
  fix: "Name the account or the role, or narrow it by aws:SourceArn, aws:PrincipalOrgID or a VPC endpoint.",
  check: ({ plan }) => plan.changes.flatMap(findings),
};

function findings(change: ResourceChange): Finding[] {
  const { type, action, mode, before, after } = change;
  if (mode !== "managed" || after === undefined || action === "no-op" || action === "delete" || action === "forget")
    return [];
  if (type === "aws_lambda_permission" || type === "aws_lambda_layer_version_permission") return permission(change);
  const path = ATTRIBUTES.get(type);
  if (path === undefined) return [];
  const [old, now] = [attribute(before, path), attribute(after, path)];
  if (same(old, now)) return [];
  const comparison = policyComparison(old, now);
  const gained = [...(comparison?.gained ?? []), ...(comparison?.undenied ?? [])].flatMap((grant): Finding[] => {
    const severity = gradeOf(grant, before === undefined);
    const title =
      grant.effect === "Deny"
        ? "A resource no longer denies something"
        : severity === "critical"
          ? "Anybody may use a resource"
          : resourcePolicyWidening.title;
    return severity === undefined ? [] : [{ change, severity, title, evidence: gainText(path, grant) }];
  });
  if (gained.length > 0 || before === undefined || !isUnreadable(now)) return gained;
  const title = "A policy changes and cannot be judged before apply";
  return [{ change, severity: "low", title, evidence: unjudged(path, old, now) }];
}

/** Conditions that keep strangers out. */
const NARROWING =
  /^aws:(source(arn|account|owner|orgid|orgpaths|vpc|vpce|vpcarn|ip)|vpcsourceip|principal(orgid|orgpaths|account|arn|isawsservice|servicename)|calledvia|userid|viaawsservice)$|^kms:(calleraccount|viaservice)$|^elasticfilesystem:accessedviamounttarget$|^s3:dataaccesspointaccount$/;

function gradeOf({ effect, principals, conditions }: Grant, created: boolean): Severity | undefined {
  if (effect === "Deny") return created ? undefined : "medium";
  const narrowed = conditions.some((condition) => NARROWING.test(condition.key) && narrows(condition));
  const anybody = principals.not || principals.patterns.includes("*");
  if (anybody) return narrowed ? (created ? undefined : "low") : "critical";
  if (created) return undefined;
  return principals.patterns.every((one) => one.startsWith("Service:")) ? "low" : "medium";
}

/** What keeps a permission for everybody to somebody. */
const KEEPERS = ["principal_org_id", "organization_id", "source_account", "source_arn"];

function permission(change: ResourceChange): Finding[] {
  const [old, now] = [change.before, change.after].map((side) => {
    const principal = attribute(side, "principal");
    const keeper = KEEPERS.find((key) => !["", null, undefined].includes(attribute(side, key) as string | null));
    return { principal, keeper, open: principal === "*" && keeper === undefined };
  });
  if (now?.open !== true || old?.open === true) return [];
  const keeper = old?.principal === "*" ? old.keeper : undefined;
  return [
    {
      change,
      severity: "critical",
      title: "Anybody may call a function",
      evidence:
        keeper === undefined
          ? turn("principal", change.before === undefined ? undefined : old?.principal, "*")
          : turn(keeper, attribute(change.before, keeper), attribute(change.after, keeper) ?? null),
    },
  ];
}
