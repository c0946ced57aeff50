import { resourcePolicyWidening as rule } from "../../../../../tools/review/meaning/risks/resource-policy-widening";
import { argumentsOf } from "../../../../support/provider-classes";
import {
  created,
  destroyed,
  findingsOf,
  kept,
  planOf,
  replaced,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../../support/plan-json";

type Body = Readonly<Record<string, unknown>>;

const QUEUE = "arn:aws:sqs:eu-west-3:123456789012:jobs";
const ACCOUNT = { Principal: { AWS: "123456789012" } };
const policy = (...statements: readonly Body[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: QUEUE,
      ...statement,
    })),
  });
const TYPE = "aws_sqs_queue_policy.p";
const of = (...statements: readonly Body[]) => ({ queue_url: "https://sqs/jobs", policy: policy(...statements) });
const when = (operator: string, key: string, value: unknown) => ({
  Principal: "*",
  Condition: { [operator]: { [key]: value } },
});

describe(rule.id, () => {
  test("says who is newly allowed what, and what would make it safe", () => {
    expect(reviewOf(planOf([updated(TYPE, of(ACCOUNT), of(ACCOUNT, { Principal: "*" }))])).risks).toEqual([
      {
        rule: "resource-policy-widening",
        severity: "critical",
        title: "Anybody may use a resource",
        stack: "stack",
        address: TYPE,
        construct: "",
        evidence: `policy newly allows sqs:sendmessage on ${QUEUE} for everybody`,
        why: "Whoever is newly allowed can read or change what the resource holds.",
        fix: "Name the account or the role, or narrow it by aws:SourceArn, aws:PrincipalOrgID or a VPC endpoint.",
      },
    ]);
  });

  /** Who is newly allowed; how grave that is of a policy that exists, and of a new one. */
  test.each<[string, Body, string | undefined, string | undefined]>([
    ["everybody", { Principal: "*" }, "critical", "critical"],
    ["everybody, in long", { Principal: { AWS: ["*"] } }, "critical", "critical"],
    ["everybody but one", { NotPrincipal: { AWS: "123456789012" } }, "critical", "critical"],
    [
      "everybody by way of one topic",
      when("ArnEquals", "aws:SourceArn", "arn:aws:sns:eu-west-3:123456789012:t"),
      "low",
      undefined,
    ],
    [
      "everybody by way of the owner, as SNS writes it",
      when("StringEquals", "AWS:SourceOwner", "123456789012"),
      "low",
      undefined,
    ],
    ["everybody of the organization", when("StringEquals", "aws:PrincipalOrgID", "o-1"), "low", undefined],
    [
      "everybody below a part of the organization",
      when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-1/r-1/*"),
      "low",
      undefined,
    ],
    [
      "everybody by way of a mount target",
      when("Bool", "elasticfilesystem:AccessedViaMountTarget", "true"),
      "low",
      undefined,
    ],
    ["everybody from an office", when("IpAddress", "aws:SourceIp", "203.0.113.0/24"), "low", undefined],
    [
      "everybody from everywhere",
      when("IpAddress", "aws:SourceIp", ["203.0.113.0/24", "0.0.0.0/0"]),
      "critical",
      "critical",
    ],
    ["everybody outside of an endpoint", when("StringNotEquals", "aws:SourceVpce", "vpce-1"), "critical", "critical"],
    [
      "everybody, if they say which organization",
      when("StringEqualsIfExists", "aws:PrincipalOrgID", "o-1"),
      "critical",
      "critical",
    ],
    ["everybody of any organization", when("StringLike", "aws:PrincipalOrgID", "*"), "critical", "critical"],
    [
      "everybody whose organizations are all in a list",
      when("ForAllValues:StringEquals", "aws:PrincipalOrgPaths", "o-1/"),
      "critical",
      "critical",
    ],
    ["everybody who uses TLS", when("Bool", "aws:SecureTransport", "true"), "critical", "critical"],
    ["everybody with a referer", when("StringLike", "aws:Referer", "https://example.com/*"), "critical", "critical"],
    ["another account", { Principal: { AWS: "210987654321" } }, "medium", undefined],
    ["another service", { Principal: { Service: "s3.amazonaws.com" } }, "low", undefined],
    [
      "a service and an account",
      { Principal: { Service: "s3.amazonaws.com", AWS: "210987654321" } },
      "medium",
      undefined,
    ],
  ])("judges that it allows %s", (_, statement, changed, first) => {
    const severities = (change: ChangeSketch) => findingsOf(rule, [change]).map((finding) => finding.split(":")[0]);
    expect(severities(updated(TYPE, of(ACCOUNT), of(ACCOUNT, statement)))).toEqual(
      changed === undefined ? [] : [changed],
    );
    expect(severities(created(TYPE, of(statement)))).toEqual(first === undefined ? [] : [first]);
    expect(severities(updated(TYPE, of(ACCOUNT, statement), of(ACCOUNT)))).toEqual([]);
  });

  test("finds a denial that is taken away, with the policy or within it", () => {
    const denied = of(ACCOUNT, {
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    const expected = [
      `medium: A resource no longer denies something (policy no longer denies sqs:* on ${QUEUE} for everybody, if aws:securetransport Bool false)`,
    ];
    expect(findingsOf(rule, [updated(TYPE, denied, of(ACCOUNT))])).toEqual(expected);
    expect(findingsOf(rule, [updated("aws_sqs_queue.q", denied, { policy: null })])).toEqual(expected);
    expect(findingsOf(rule, [updated(TYPE, of(ACCOUNT), denied)])).toEqual([]);
    expect(findingsOf(rule, [created(TYPE, denied)])).toEqual([]);
  });

  test.each([
    ["aws_s3_bucket_policy", "policy"],
    ["aws_kms_key", "policy"],
    ["aws_sns_topic", "policy"],
    ["aws_secretsmanager_secret_policy", "policy"],
    ["aws_ecr_repository_policy", "policy"],
    ["aws_backup_vault_policy", "policy"],
    ["aws_efs_file_system_policy", "policy"],
    ["aws_cloudwatch_log_resource_policy", "policy_document"],
    ["aws_opensearch_domain", "access_policies"],
    ["aws_glacier_vault", "access_policy"],
    ["aws_dynamodb_resource_policy", "policy"],
    ["aws_cloudwatch_event_bus_policy", "policy"],
  ])("looks into %s.%s", (type, path) => {
    expect(argumentsOf(type)).toContain(path);
    expect(
      findingsOf(rule, [updated(`${type}.a`, { [path]: policy(ACCOUNT) }, { [path]: policy({ Principal: "*" }) })]),
    ).toEqual([
      `critical: Anybody may use a resource (${path} newly allows sqs:sendmessage on ${QUEUE} for everybody)`,
    ]);
  });

  test.each<[string, Body, Body]>([
    ["a policy", of(ACCOUNT), {}],
    ["a first policy", { queue_url: "https://sqs/jobs" }, {}],
  ])("says that it does not know %s that is known only after apply", (_, before, after) => {
    const change = updated(TYPE, before, after, { after_unknown: { policy: true } });
    expect(findingsOf(rule, [change])).toEqual([
      expect.stringMatching(
        /^low: A policy changes and cannot be judged before apply \(policy: .*\(known after apply\)\)$/,
      ),
    ]);
  });

  test.each<[string, ChangeSketch]>([
    ["a new policy known only after apply", created(TYPE, {}, { after_unknown: { policy: true } })],
    [
      "the same, written otherwise",
      updated(TYPE, of(ACCOUNT), of({ Principal: { AWS: ["arn:aws:iam::123456789012:root"] }, Sid: "a" })),
    ],
    ["a policy that goes", destroyed(TYPE, of({ Principal: "*" }))],
    ["a policy that stays", kept(TYPE, of({ Principal: "*" }))],
    [
      "a policy that is let go of",
      { ...destroyed(TYPE, of({ Principal: "*" })), actions: ["forget"], after: of({ Principal: "*" }) },
    ],
    [
      "a policy of an identity, which is another rule's",
      created("aws_iam_policy.p", { policy: policy({ Principal: "*" }) }),
    ],
    [
      "what is only read",
      { ...created("data.aws_sqs_queue.q", of({ Principal: "*" })), entry: { type: "aws_sqs_queue" } },
    ],
  ])("finds nothing in %s", (_, change) => {
    expect(findingsOf(rule, [change])).toEqual([]);
  });

  const CALL = "aws_lambda_permission.p";
  const call = (principal: string, more: Body = {}) => ({ action: "lambda:InvokeFunction", principal, ...more });

  test.each<[string, ChangeSketch, readonly string[]]>([
    ["anybody", created(CALL, call("*")), ['critical: Anybody may call a function (principal: "*")']],
    [
      "anybody, where it was a service",
      replaced(CALL, call("s3.amazonaws.com"), call("*")),
      ['critical: Anybody may call a function (principal: "s3.amazonaws.com" → "*")'],
    ],
    ["anybody of an organization", created(CALL, call("*", { principal_org_id: "o-1" })), []],
    ["anybody by way of something known later", created(CALL, call("*"), { after_unknown: { source_arn: true } }), []],
    [
      "anybody, no longer of the organization only",
      replaced(CALL, call("*", { principal_org_id: "o-1" }), call("*", { principal_org_id: null })),
      ['critical: Anybody may call a function (principal_org_id: "o-1" → null)'],
    ],
    ["anybody, as before", replaced(CALL, call("*", { statement_id: "a" }), call("*", { statement_id: "b" })), []],
    ["a service", created(CALL, call("s3.amazonaws.com")), []],
    [
      "anybody, a layer",
      created("aws_lambda_layer_version_permission.p", call("*")),
      ['critical: Anybody may call a function (principal: "*")'],
    ],
    [
      "an organization, a layer",
      created("aws_lambda_layer_version_permission.p", call("*", { organization_id: "o-1" })),
      [],
    ],
  ])("judges whom a function lets call it: %s", (_, change, expected) => {
    expect(findingsOf(rule, [change])).toEqual(expected);
  });

  test("sees what is gained beside a part that is masked", () => {
    const bucket = (...statements: readonly object[]) => ({
      bucket: "b",
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { AWS: "(masked)" }, Action: "s3:*", Resource: "*" }, ...statements],
      }),
    });
    const open = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
    expect(findingsOf(rule, [updated("aws_s3_bucket_policy.p", bucket(), bucket(open))])).toEqual([
      expect.stringMatching(/^critical: Anybody may use a resource/),
    ]);
  });
});
