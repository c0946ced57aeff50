import { publicExposure as rule } from "../../../../../tools/review/meaning/risks/public-exposure";
import { created, destroyed, findingsOf, planOf, reviewOf, updated } from "../../../../support/plan-json";

type Body = Readonly<Record<string, unknown>>;

describe(rule.id, () => {
  test("says what is exposed, by what it is seen, and what would make it safe", () => {
    const change = updated("aws_db_instance.db", { publicly_accessible: false }, { publicly_accessible: true });
    expect(reviewOf(planOf([change])).risks).toEqual([
      {
        rule: "public-exposure",
        severity: "critical",
        title: "A database can be reached from the internet",
        stack: "stack",
        address: "aws_db_instance.db",
        construct: "",
        evidence: "publicly_accessible: false → true",
        why: "What anybody on the internet can reach is tried by somebody within minutes.",
        fix: "Keep it private, and put what must be public behind a load balancer, a distribution, or a sign-in.",
      },
    ]);
  });

  test.each<[string, Body, Body, string]>([
    [
      "aws_rds_cluster_instance",
      { publicly_accessible: null },
      { publicly_accessible: true },
      "critical: A database can be reached from the internet (publicly_accessible: null → true)",
    ],
    [
      "aws_lb",
      { internal: true },
      { internal: false },
      "high: A load balancer becomes public (internal: true → false)",
    ],
    [
      "aws_subnet",
      { map_public_ip_on_launch: false },
      { map_public_ip_on_launch: true },
      "medium: What is started in a subnet gets a public address (map_public_ip_on_launch: false → true)",
    ],
    [
      "aws_instance",
      { associate_public_ip_address: false },
      { associate_public_ip_address: true },
      "medium: A host gets a public address (associate_public_ip_address: false → true)",
    ],
    ...["block_public_acls", "block_public_policy", "restrict_public_buckets", "ignore_public_acls"].map(
      (name): [string, Body, Body, string] => [
        "aws_s3_bucket_public_access_block",
        { [name]: true },
        { [name]: false },
        `high: A bucket may become public (${name}: true → false)`,
      ],
    ),
    [
      "aws_s3_account_public_access_block",
      { block_public_acls: true },
      { block_public_acls: null },
      "high: A bucket may become public (block_public_acls: true → null)",
    ],
    [
      "aws_s3_bucket_acl",
      { acl: "private" },
      { acl: "public-read" },
      'critical: A bucket is public (acl: "private" → "public-read")',
    ],
    [
      "aws_eks_cluster",
      { vpc_config: [{ endpoint_public_access: false }] },
      { vpc_config: [{ endpoint_public_access: true }] },
      "high: The cluster's API can be reached from the internet (vpc_config.endpoint_public_access: false → true)",
    ],
    [
      "aws_lambda_function_url",
      { authorization_type: "AWS_IAM" },
      { authorization_type: "NONE" },
      'high: Anybody may call a function (authorization_type: "AWS_IAM" → "NONE")',
    ],
    [
      "aws_api_gateway_method",
      { authorizer_id: "abc123" },
      { authorizer_id: null },
      'high: A route asks for no authorization any more (authorizer_id: "abc123" → null)',
    ],
    [
      "aws_apigatewayv2_route",
      { authorization_type: "JWT" },
      { authorization_type: "NONE" },
      'high: A route asks for no authorization any more (authorization_type: "JWT" → "NONE")',
    ],
    [
      "aws_apigatewayv2_route",
      { authorization_type: "JWT" },
      { authorization_type: null },
      'high: A route asks for no authorization any more (authorization_type: "JWT" → null)',
    ],
    [
      "aws_ami_launch_permission",
      { group: null },
      { group: "all" },
      'critical: An image is public (group: null → "all")',
    ],
    [
      "github_repository",
      { visibility: "private" },
      { visibility: "public" },
      'critical: A repository becomes public (visibility: "private" → "public")',
    ],
    [
      "github_repository",
      { private: true },
      { private: false },
      "critical: A repository becomes public (private: true → false)",
    ],
    [
      "github_repository_environment",
      { reviewers: [{ teams: [1] }] },
      { reviewers: [] },
      "high: A deployment needs nobody's approval any more (reviewers: [{ teams: [1] }] → [])",
    ],
    [
      "github_repository_environment",
      { can_admins_bypass: false },
      { can_admins_bypass: true },
      "medium: Administrators may deploy without approval (can_admins_bypass: false → true)",
    ],
    [
      "github_repository_environment",
      { deployment_branch_policy: [{ protected_branches: true }] },
      { deployment_branch_policy: null },
      "high: Any branch may deploy (deployment_branch_policy: [{ protected_branches: true }] → null)",
    ],
    [
      "cloudflare_dns_record",
      { proxied: true },
      { proxied: false },
      "medium: A name no longer passes through Cloudflare, so its origin can be seen (proxied: true → false)",
    ],
    [
      "cloudflare_zone_setting",
      { setting_id: "ssl", value: "strict" },
      { setting_id: "ssl", value: "flexible" },
      'medium: A protection of the zone is turned down (value: "strict" → "flexible")',
    ],
    [
      "cloudflare_zone_setting",
      { setting_id: "always_use_https", value: "on" },
      { setting_id: "always_use_https", value: "off" },
      'medium: A protection of the zone is turned down (value: "on" → "off")',
    ],
    [
      "vercel_project",
      { password_protection: { deployment_type: "all_deployments" } },
      { password_protection: null },
      'high: Deployments are no longer protected by a password (password_protection: { deployment_type: "all_deployments" } → null)',
    ],
    [
      "vercel_project",
      { vercel_authentication: { deployment_type: "standard_protection" } },
      { vercel_authentication: { deployment_type: "none" } },
      'high: Deployments are no longer protected by a sign-in (vercel_authentication: { deployment_type: "standard_protection" } → { deployment_type: "none" })',
    ],
    [
      "aws_cloudfront_distribution",
      { web_acl_id: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1" },
      { web_acl_id: "" },
      'high: A distribution loses its firewall (web_acl_id: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1" → "")',
    ],
  ])("finds in %s %j → %j, and nothing in the way back", (type, before, after, expected) => {
    expect(findingsOf(rule, [updated(`${type}.a`, before, after)])).toEqual([expected]);
    expect(findingsOf(rule, [updated(`${type}.a`, after, before)])).toEqual([]);
  });

  test.each<[string, string, Body, Body, Body?]>([
    [
      "a setting of a zone that protects nothing",
      "cloudflare_zone_setting",
      { setting_id: "development_mode", value: "on" },
      { setting_id: "development_mode", value: "off" },
    ],
    ["a firewall that there never was", "aws_cloudfront_distribution", { web_acl_id: null }, { web_acl_id: "" }],
    [
      "a route that never asked",
      "aws_apigatewayv2_route",
      { authorization_type: "NONE", a: 1 },
      { authorization_type: "NONE", a: 2 },
    ],
    [
      "a value known only after apply",
      "aws_db_instance",
      { publicly_accessible: false },
      {},
      { publicly_accessible: true },
    ],
  ])("finds nothing in %s", (_, type, before, after, unknown = {}) => {
    expect(findingsOf(rule, [updated(`${type}.a`, before, after, { after_unknown: unknown })])).toEqual([]);
  });

  test.each<[string, Body, readonly string[]]>([
    [
      "aws_db_instance",
      { publicly_accessible: true },
      ["critical: A database can be reached from the internet (publicly_accessible: true)"],
    ],
    ["aws_db_instance", { publicly_accessible: false }, []],
    ["aws_s3_bucket_acl", { acl: "public-read-write" }, ['critical: A bucket is public (acl: "public-read-write")']],
    [
      "aws_lambda_function_url",
      { authorization_type: "NONE" },
      ['high: Anybody may call a function (authorization_type: "NONE")'],
    ],
    [
      "aws_s3_bucket_public_access_block",
      { block_public_acls: true, block_public_policy: true, ignore_public_acls: true },
      ["high: A bucket may become public (restrict_public_buckets: null)"],
    ],
    // What is public on purpose from its first day is for policies to judge.
    ["aws_lb", { internal: false }, []],
    ["github_repository", { visibility: "public" }, []],
    ["aws_cloudfront_distribution", { web_acl_id: null }, []],
  ])("judges a new %s with %j", (type, after, expected) => {
    expect(findingsOf(rule, [created(`${type}.a`, after)])).toEqual(expected);
  });

  test.each<[string, Body, string]>([
    [
      "aws_s3_bucket_public_access_block",
      { id: "uploads", bucket: "uploads" },
      "A bucket loses what keeps it from becoming public",
    ],
    [
      "aws_s3_account_public_access_block",
      { id: "123456789012" },
      "The account loses what keeps buckets from becoming public",
    ],
    ["aws_wafv2_web_acl_association", { id: "a,b", resource_arn: "arn:aws:lb" }, "A resource loses its firewall"],
    ["github_branch_protection", { id: "BPR_1", repository_id: "app" }, "A branch is no longer protected"],
    ["github_repository_ruleset", { id: "1", repository: "app" }, "A rule set of a repository is removed"],
  ])("finds that %s goes", (type, before, title) => {
    const change = destroyed(`${type}.a`, before);
    expect(findingsOf(rule, [change])).toEqual([`high: ${title} (actions: delete)`]);
    expect(findingsOf(rule, [change], { kind: "destroy" })).toEqual([]);
    expect(findingsOf(rule, [{ ...change, actions: ["forget"] }])).toEqual([]);
  });

  test.each<[string, Body, string, Body]>([
    ["aws_s3_bucket_public_access_block", { id: "uploads", bucket: "uploads" }, "aws_s3_bucket", { bucket: "uploads" }],
    ["aws_wafv2_web_acl_association", { id: "a,b", resource_arn: "arn:aws:lb" }, "aws_lb", { arn: "arn:aws:lb" }],
    ["github_branch_protection", { id: "BPR_1", repository_id: "R_1" }, "github_repository", { node_id: "R_1" }],
    ["github_repository_ruleset", { id: "1", repository: "app" }, "github_repository", { name: "app" }],
  ])("finds nothing in %s that goes together with what it guards", (type, before, guarded, body) => {
    expect(findingsOf(rule, [destroyed(`${type}.a`, before), destroyed(`${guarded}.b`, body)])).toEqual([]);
  });
});
