import type { Review } from "../../tools/review/review";
import { planOf, reviewOf, type ChangeSketch } from "./plan-json";

/** Text that tries to become markup, to ping somebody, or to turn the direction of writing. */
export const HOSTILE =
  "</details></code>`@everyone` #123 | <script>alert(1)</script> ![x](http://e.x/y.png) --> \u202e ```` ~~~ [a](b)";

const policy = (...actions: readonly string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: "arn:aws:s3:::acme-uploads/*" }],
  });

/** Changes of every kind, three of them dangerous, among forty that are harmless. */
export const RISKY: readonly ChangeSketch[] = [
  {
    address: "aws_db_instance.database_instance_D7FC2283",
    actions: ["delete", "create"],
    before: {
      identifier: "acme-prod-database",
      engine: "postgres",
      engine_version: "16.4",
      storage_encrypted: true,
      kms_key_id: "arn:aws:kms:eu-west-3:123456789012:key/1",
      arn: "arn:aws:rds:eu-west-3:123456789012:db:acme-prod-database",
    },
    after: {
      identifier: "acme-prod-database",
      engine: "postgres",
      engine_version: "16.4",
      storage_encrypted: true,
      kms_key_id: "arn:aws:kms:eu-west-3:123456789012:key/2",
    },
    after_unknown: { arn: true },
    replace_paths: [["kms_key_id"]],
    entry: { action_reason: "replace_because_cannot_update" },
  },
  {
    address: "aws_vpc_security_group_ingress_rule.database_access_from-office",
    actions: ["update"],
    before: {
      security_group_id: "sg-0abc1234def567890",
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
      cidr_ipv4: "10.20.0.0/16",
    },
    after: {
      security_group_id: "sg-0abc1234def567890",
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
      cidr_ipv4: "0.0.0.0/0",
    },
  },
  {
    address: "aws_iam_role_policy.service-api_roles_task-policy",
    actions: ["update"],
    before: { name: "own", policy: policy("s3:GetObject", "s3:PutObject") },
    after: { name: "own", policy: policy("s3:*") },
  },
  ...Array.from({ length: 25 }, (_, index): ChangeSketch => ({
    address: `aws_cloudwatch_metric_alarm.alarm_${index}`,
    actions: ["update"],
    before: { alarm_name: `alarm-${index}`, threshold: 70, tags: { Stack: "old" } },
    after: { alarm_name: `alarm-${index}`, threshold: 75, tags: { Stack: "new" } },
  })),
  ...Array.from({ length: 15 }, (_, index): ChangeSketch => ({
    address: `aws_ssm_parameter.setting["${index}"]`,
    actions: ["create"],
    after: { name: `/acme/prod/setting/${index}`, type: "String", tier: "Standard" },
    after_unknown: { arn: true, version: true },
  })),
];

/** The review of those. */
export const riskyReview = (): Review =>
  reviewOf(
    planOf(RISKY, {
      configuration: {
        root_module: {
          resources: [
            {
              address: "aws_ecs_service.service-api",
              expressions: {
                x: {
                  references: [
                    "aws_db_instance.database_instance_D7FC2283.address",
                    "aws_db_instance.database_instance_D7FC2283",
                  ],
                },
              },
            },
            { address: "aws_db_instance.database_instance_D7FC2283", expressions: {} },
          ],
        },
      },
    }),
    { tier: "prod" },
  );

/** A review with something in every part of it, and hostile text wherever text comes from a plan. */
export function fullReview(): Review {
  const change = { before: { note: "a" }, after: { note: HOSTILE } };
  const plan = planOf(
    [
      { address: `aws_a.update["${HOSTILE}"]`, actions: ["update"], ...change },
      { address: "aws_db_instance.replaced", actions: ["delete", "create"], ...change, replace_paths: [["note"]] },
      { address: "aws_lb.first", actions: ["create", "delete"], ...change },
      { address: "aws_a.gone", actions: ["delete"], before: { name: HOSTILE } },
      { address: "aws_a.made", actions: ["create"], after: { text: "x".repeat(10_000), lines: "a\nb", emoji: "🙂" } },
      { address: "aws_a.script", actions: ["update"], before: { s: "a\nb\nc\nd" }, after: { s: "a\nB\nc\nd\ne" } },
      { address: "aws_a.forgotten", actions: ["forget"], before: {} },
      { address: "aws_a.strange", actions: ["create", HOSTILE], after: {} },
      {
        address: "aws_a.moved",
        actions: ["no-op"],
        before: {},
        after: {},
        entry: { previous_address: "aws_a.before" },
      },
      { address: "aws_a.taken", actions: ["no-op"], before: {}, after: {}, importing: { id: HOSTILE } },
      {
        address: "data.aws_a.read",
        actions: ["read"],
        after: {},
        entry: { action_reason: "read_because_config_unknown" },
      },
      { address: "aws_a.old", actions: ["delete"], before: {}, entry: { deposed: "00aa11bb" } },
      {
        address: "aws_iam_role_policy.wide",
        actions: ["update"],
        before: { policy: policy("s3:GetObject") },
        after: { policy: policy("s3:*") },
      },
      {
        address: "aws_a.secret",
        actions: ["update"],
        before: { v: "one secret" },
        after: { v: "two secrets" },
        before_sensitive: { v: true },
        after_sensitive: { v: true },
      },
    ],
    {
      output_changes: {
        url: { actions: ["update"], before: "a", after: HOSTILE },
        gone: { actions: ["delete"], before: "b" },
      },
      resource_drift: [
        {
          address: "aws_a.drift",
          mode: "managed",
          type: "aws_a",
          name: "drift",
          change: { actions: ["update"], ...change },
        },
      ],
      deferred_changes: [
        {
          reason: "resource_config_unknown",
          resource_change: {
            address: "aws_a.later",
            mode: "managed",
            type: "aws_a",
            name: "later",
            change: { actions: ["create"], before: null, after: {} },
          },
        },
      ],
      checks: [
        { address: { to_display: "check.up" }, status: "fail", instances: [{ problems: [{ message: HOSTILE }] }] },
      ],
      action_invocations: [{ address: "action.a", type: "a" }],
      surprises: {},
      errored: true,
      configuration: {
        root_module: {
          resources: [
            { address: "aws_a.reader", expressions: { x: { references: ["aws_db_instance.replaced.arn"] } } },
          ],
        },
      },
    },
  );
  const allowList = {
    failAt: {},
    accept: [
      {
        rule: "iam-widening",
        address: "aws_iam_role_policy.wide",
        reason: "Meant, while the import of old uploads runs",
        owner: "ada",
        expires: "2026-12-31",
      },
    ],
  };
  const review = reviewOf(plan, { allowList });
  return {
    ...review,
    subject: {
      system: "default",
      environment: "prod",
      tier: "prod",
      revision: "0123456789abcdef",
      dirty: true,
      plannedAt: "2026-11-26T10:00:00Z",
      terraformVersion: "1.11.4",
    },
    banners: [...review.banners, { level: "warning", text: HOSTILE }],
    allowListProblems: ["the acceptance of x by y expired on 2026-01-01"],
    policy: {
      tool: "own",
      passed: 3,
      failed: 1,
      unknown: 1,
      suppressed: 1,
      findings: [{ rule: "r", level: "error", stack: "stack", address: "aws_a.made", message: HOSTILE }],
    },
    cost: { before: 10, after: 12.5, unpriced: 2, lines: [{ stack: "stack", address: "aws_a.made", text: HOSTILE }] },
  };
}
