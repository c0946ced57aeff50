import { isValueList } from "../../value";
import { lostGuards, type Guard } from "../guards";
import { attribute, type RiskRule } from "../risk-rule";
import { isFalse, isTrue, turnsIn, type Turn } from "../turns";

/** Settings of a zone that protect it; to turn down another one, such as `development_mode`, exposes nothing. */
const PROTECTING: ReadonlySet<unknown> = new Set([
  ...["ssl", "always_use_https", "automatic_https_rewrites", "opportunistic_encryption", "tls_1_3", "tls_client_auth"],
  ...["browser_check", "email_obfuscation", "hotlink_protection", "security_level", "server_side_exclude", "waf"],
]);
const WEAK: ReadonlySet<unknown> = new Set(["off", "flexible", "essentially_off"]);

const TURNS: readonly Turn[] = [
  {
    types:
      /^aws_(db_instance|rds_cluster_instance|redshift_cluster|dms_replication_instance|mq_broker|docdb_cluster_instance)$/,
    path: ["publicly_accessible"],
    bad: isTrue,
    severity: "critical",
    title: "A database can be reached from the internet",
    onCreate: true,
  },
  {
    types: /^aws_(lb|alb|elb)$/,
    path: ["internal"],
    bad: isFalse,
    severity: "high",
    title: "A load balancer becomes public",
  },
  {
    types: /^aws_subnet$/,
    path: ["map_public_ip_on_launch"],
    bad: isTrue,
    severity: "medium",
    title: "What is started in a subnet gets a public address",
  },
  {
    types: /^aws_instance$/,
    path: ["associate_public_ip_address"],
    bad: isTrue,
    severity: "medium",
    title: "A host gets a public address",
  },
  {
    types: /^aws_s3_(bucket|account)_public_access_block$/,
    path: ["block_public_acls"],
    bad: isFalse,
    severity: "high",
    title: "A bucket may become public",
    onCreate: true,
  },
  {
    types: /^aws_s3_(bucket|account)_public_access_block$/,
    path: ["block_public_policy"],
    bad: isFalse,
    severity: "high",
    title: "A bucket may become public",
    onCreate: true,
  },
  {
    types: /^aws_s3_(bucket|account)_public_access_block$/,
    path: ["restrict_public_buckets"],
    bad: isFalse,
    severity: "high",
    title: "A bucket may become public",
    onCreate: true,
  },
  {
    types: /^aws_s3_(bucket|account)_public_access_block$/,
    path: ["ignore_public_acls"],
    bad: isFalse,
    severity: "high",
    title: "A bucket may become public",
    onCreate: true,
  },
  {
    types: /^aws_s3_bucket(_acl)?$/,
    path: ["acl"],
    bad: (value) => value === "public-read" || value === "public-read-write" || value === "website",
    severity: "critical",
    title: "A bucket is public",
    onCreate: true,
  },
  {
    types: /^aws_eks_cluster$/,
    path: ["vpc_config", "endpoint_public_access"],
    bad: isTrue,
    severity: "high",
    title: "The cluster's API can be reached from the internet",
  },
  {
    types: /^aws_lambda_function_url$/,
    path: ["authorization_type"],
    bad: (value) => value === "NONE",
    severity: "high",
    title: "Anybody may call a function",
    onCreate: true,
  },
  {
    types: /^aws_api_gateway_method$/,
    path: ["authorization"],
    bad: (value) => value === "NONE",
    severity: "high",
    title: "A route asks for no authorization any more",
  },
  {
    types: /^aws_api_gateway_method$/,
    path: ["authorizer_id"],
    bad: (value) => (value ?? null) === null || value === "",
    severity: "high",
    title: "A route asks for no authorization any more",
  },
  {
    types: /^aws_apigatewayv2_route$/,
    path: ["authorization_type"],
    bad: (value) => value === "NONE" || (value ?? null) === null,
    severity: "high",
    title: "A route asks for no authorization any more",
  },
  {
    types: /^aws_ami_launch_permission$/,
    path: ["group"],
    bad: (value) => value === "all",
    severity: "critical",
    title: "An image is public",
    onCreate: true,
  },
  {
    types: /^github_repository$/,
    path: ["visibility"],
    bad: (value) => value === "public",
    severity: "critical",
    title: "A repository becomes public",
  },
  {
    types: /^github_repository$/,
    path: ["private"],
    bad: isFalse,
    severity: "critical",
    title: "A repository becomes public",
  },
  {
    types: /^github_repository_environment$/,
    path: ["reviewers"],
    bad: (value) => value === null || (isValueList(value) && value.length === 0),
    severity: "high",
    title: "A deployment needs nobody's approval any more",
  },
  {
    types: /^github_repository_environment$/,
    path: ["can_admins_bypass"],
    bad: isTrue,
    severity: "medium",
    title: "Administrators may deploy without approval",
  },
  {
    types: /^github_repository_environment$/,
    path: ["deployment_branch_policy"],
    bad: (value) => value === null || (isValueList(value) && value.length === 0),
    severity: "high",
    title: "Any branch may deploy",
  },
  {
    types: /^cloudflare_(dns_record|record)$/,
    path: ["proxied"],
    bad: isFalse,
    severity: "medium",
    title: "A name no longer passes through Cloudflare, so its origin can be seen",
  },
  {
    types: /^cloudflare_zone_setting$/,
    path: ["value"],
    bad: (value, _, { after }) => WEAK.has(value) && PROTECTING.has(attribute(after, "setting_id")),
    severity: "medium",
    title: "A protection of the zone is turned down",
  },
  {
    types: /^vercel_project$/,
    path: ["password_protection"],
    bad: (value) => value === null,
    severity: "high",
    title: "Deployments are no longer protected by a password",
  },
  {
    types: /^vercel_project$/,
    path: ["vercel_authentication"],
    bad: (value) => value === null || attribute(value, "deployment_type") === "none",
    severity: "high",
    title: "Deployments are no longer protected by a sign-in",
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: ["web_acl_id"],
    bad: (value) => value === null || value === "",
    severity: "high",
    title: "A distribution loses its firewall",
  },
];

/** Types whose mere absence exposes something. */
const GUARDS: Readonly<Record<string, Guard>> = {
  aws_s3_bucket_public_access_block: {
    title: "A bucket loses what keeps it from becoming public",
    severity: "high",
    of: { attribute: "bucket", type: /^aws_s3_bucket$/ },
  },
  aws_s3_account_public_access_block: {
    title: "The account loses what keeps buckets from becoming public",
    severity: "high",
  },
  aws_wafv2_web_acl_association: {
    title: "A resource loses its firewall",
    severity: "high",
    of: { attribute: "resource_arn", type: /./ },
  },
  github_branch_protection: {
    title: "A branch is no longer protected",
    severity: "high",
    of: { attribute: "repository_id", type: /^github_repository$/ },
  },
  github_repository_ruleset: {
    title: "A rule set of a repository is removed",
    severity: "high",
    of: { attribute: "repository", type: /^github_repository$/ },
  },
};

export const publicExposure: RiskRule = {
  id: "public-exposure",
  title: "Something can be reached by anybody",
  why: "What anybody on the internet can reach is tried by somebody within minutes.",
  fix: "Keep it private, and put what must be public behind a load balancer, a distribution, or a sign-in.",
  check: (stack) => [...turnsIn(stack, TURNS), ...lostGuards(stack, GUARDS)],
};
