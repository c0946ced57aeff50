import { lostProtection as rule } from "../../../../../tools/review/meaning/risks/lost-protection";
import {
  created,
  destroyed,
  findingsOf,
  planOf,
  replaced,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../../support/plan-json";

type Body = Readonly<Record<string, unknown>>;

describe(rule.id, () => {
  test("says what is taken away, by what it is seen, and what would make it safe", () => {
    const change = updated("aws_db_instance.db", { deletion_protection: true }, { deletion_protection: false });
    expect(reviewOf(planOf([change])).risks).toEqual([
      {
        rule: "lost-protection",
        severity: "high",
        title: "Protection from deletion is taken away",
        stack: "stack",
        address: "aws_db_instance.db",
        construct: "",
        evidence: "deletion_protection: true → false",
        why: "The next mistake costs more than before: what was held back, kept or reported no longer is.",
        fix: "Keep it, or accept this with a reason and a day on which it comes back.",
      },
    ]);
  });

  test.each<[string, Body, Body, string]>([
    [
      "aws_db_instance",
      { lifecycle: { prevent_destroy: true } },
      { lifecycle: null },
      "high: Terraform no longer refuses to destroy it (lifecycle.prevent_destroy: true → null)",
    ],
    [
      "aws_rds_cluster",
      { deletion_protection: true },
      { deletion_protection: null },
      "high: Protection from deletion is taken away (deletion_protection: true → null)",
    ],
    [
      "aws_cognito_user_pool",
      { deletion_protection: "ACTIVE" },
      { deletion_protection: "INACTIVE" },
      'high: Protection from deletion is taken away (deletion_protection: "ACTIVE" → "INACTIVE")',
    ],
    [
      "aws_lb",
      { enable_deletion_protection: true },
      { enable_deletion_protection: false },
      "high: Protection from deletion is taken away (enable_deletion_protection: true → false)",
    ],
    [
      "aws_dynamodb_table",
      { deletion_protection_enabled: true },
      { deletion_protection_enabled: false },
      "high: Protection from deletion is taken away (deletion_protection_enabled: true → false)",
    ],
    [
      "aws_instance",
      { disable_api_termination: true },
      { disable_api_termination: false },
      "medium: Protection from termination is taken away (disable_api_termination: true → false)",
    ],
    [
      "aws_db_instance",
      { skip_final_snapshot: false },
      { skip_final_snapshot: true },
      "high: A deletion leaves no last snapshot (skip_final_snapshot: false → true)",
    ],
    [
      "aws_s3_bucket",
      { force_destroy: null },
      { force_destroy: true },
      "high: A deletion takes the contents with it (force_destroy: null → true)",
    ],
    [
      "aws_ecr_repository",
      { force_delete: false },
      { force_delete: true },
      "high: A deletion takes the images with it (force_delete: false → true)",
    ],
    [
      "aws_rds_cluster",
      { backup_retention_period: 7 },
      { backup_retention_period: 0 },
      "critical: Backups are switched off (backup_retention_period: 7 → 0)",
    ],
    [
      "aws_db_instance",
      { backup_retention_period: 7 },
      { backup_retention_period: 6 },
      "medium: Backups are kept for less time (backup_retention_period: 7 → 6)",
    ],
    [
      "aws_db_instance",
      { delete_automated_backups: false },
      { delete_automated_backups: true },
      "medium: A deletion takes the backups with it (delete_automated_backups: false → true)",
    ],
    [
      "aws_elasticache_replication_group",
      { snapshot_retention_limit: 7 },
      { snapshot_retention_limit: 1 },
      "medium: Snapshots are kept for less time (snapshot_retention_limit: 7 → 1)",
    ],
    [
      "aws_elasticache_serverless_cache",
      { snapshot_retention_limit: 7 },
      { snapshot_retention_limit: 0 },
      "high: Snapshots are switched off (snapshot_retention_limit: 7 → 0)",
    ],
    [
      "aws_elasticache_replication_group",
      { snapshot_retention_limit: 7 },
      { snapshot_retention_limit: null },
      "high: Snapshots are switched off (snapshot_retention_limit: 7 → null)",
    ],
    [
      "aws_dynamodb_table",
      { point_in_time_recovery: [{ enabled: true }] },
      { point_in_time_recovery: [] },
      "high: A table can no longer be restored to a point in time (point_in_time_recovery.enabled: true → null)",
    ],
    [
      "aws_s3_bucket_versioning",
      { versioning_configuration: [{ status: "Enabled" }] },
      { versioning_configuration: [{ status: "Suspended" }] },
      'high: Overwritten and deleted objects are no longer kept (versioning_configuration.status: "Enabled" → "Suspended")',
    ],
    [
      "aws_s3_bucket",
      { versioning: [{ enabled: true }] },
      { versioning: [{ enabled: false }] },
      "high: Overwritten and deleted objects are no longer kept (versioning.enabled: true → false)",
    ],
    [
      "aws_db_instance",
      { multi_az: true },
      { multi_az: false },
      "medium: A failure of one zone stops the database (multi_az: true → false)",
    ],
    [
      "aws_elasticache_replication_group",
      { automatic_failover_enabled: true },
      { automatic_failover_enabled: false },
      "medium: A failure of one node stops the cache (automatic_failover_enabled: true → false)",
    ],
    [
      "aws_cloudwatch_log_group",
      { retention_in_days: 365 },
      { retention_in_days: 30 },
      "low: Logs are kept for less time (retention_in_days: 365 → 30)",
    ],
    [
      "aws_cloudwatch_log_group",
      { retention_in_days: 0 },
      { retention_in_days: 3653 },
      "low: Logs are kept for less time (retention_in_days: 0 → 3653)",
    ],
    [
      "aws_ecs_service",
      { deployment_circuit_breaker: [{ rollback: true }] },
      { deployment_circuit_breaker: [{ rollback: false }] },
      "medium: A failed deployment is no longer rolled back (deployment_circuit_breaker.rollback: true → false)",
    ],
    [
      "aws_cloudwatch_metric_alarm",
      { alarm_actions: ["arn:aws:sns:eu-west-3:123456789012:alarms"] },
      { alarm_actions: [] },
      'medium: An alarm tells nobody any more (alarm_actions: ["arn:aws:sns:eu-west-3:123456789012:alarms"] → [])',
    ],
    [
      "aws_cloudwatch_composite_alarm",
      { actions_enabled: true },
      { actions_enabled: false },
      "medium: An alarm tells nobody any more (actions_enabled: true → false)",
    ],
    [
      "aws_kms_key",
      { deletion_window_in_days: 30 },
      { deletion_window_in_days: 7 },
      "low: A deleted key can be had back for less time (deletion_window_in_days: 30 → 7)",
    ],
    [
      "aws_secretsmanager_secret",
      { recovery_window_in_days: 30 },
      { recovery_window_in_days: 7 },
      "low: A deleted secret can be had back for less time (recovery_window_in_days: 30 → 7)",
    ],
    [
      "aws_secretsmanager_secret",
      { recovery_window_in_days: 30 },
      { recovery_window_in_days: 0 },
      "medium: A deleted secret can no longer be had back (recovery_window_in_days: 30 → 0)",
    ],
    [
      "aws_cloudtrail",
      { enable_logging: true },
      { enable_logging: false },
      "high: Nobody notes down any more who did what (enable_logging: true → false)",
    ],
  ])("finds in %s %j → %j, and nothing in the way back", (type, before, after, expected) => {
    expect(findingsOf(rule, [updated(`${type}.a`, before, after)])).toEqual([expected]);
    expect(findingsOf(rule, [updated(`${type}.a`, after, before)])).toEqual([]);
  });

  test.each<[string, string, Body, Body, Body?]>([
    ["as many days of backups", "aws_db_instance", { backup_retention_period: 7 }, { backup_retention_period: "7" }],
    ["one day of backups more", "aws_db_instance", { backup_retention_period: 7 }, { backup_retention_period: 8 }],
    [
      "backups that were off already",
      "aws_db_instance",
      { backup_retention_period: 0 },
      { backup_retention_period: "0" },
    ],
    [
      "logs that are kept for ever from now on",
      "aws_cloudwatch_log_group",
      { retention_in_days: 30 },
      { retention_in_days: 0 },
    ],
    [
      "logs whose time is no longer set: they are kept for ever",
      "aws_cloudwatch_log_group",
      { retention_in_days: 30 },
      { retention_in_days: null },
    ],
    [
      "no protection, written otherwise",
      "aws_db_instance",
      { deletion_protection: null },
      { deletion_protection: false },
    ],
    [
      "no alarm actions, written otherwise",
      "aws_cloudwatch_metric_alarm",
      { alarm_actions: null },
      { alarm_actions: [] },
    ],
    ["backups of what has none of this kind", "aws_lb", { backup_retention_period: 7 }, { backup_retention_period: 1 }],
    [
      "a value known only after apply",
      "aws_db_instance",
      { deletion_protection: true },
      {},
      { deletion_protection: true },
    ],
    [
      "a number known only after apply",
      "aws_db_instance",
      { backup_retention_period: 7 },
      {},
      { backup_retention_period: true },
    ],
    [
      "a block known only after apply",
      "aws_dynamodb_table",
      { point_in_time_recovery: [{ enabled: true }] },
      {},
      { point_in_time_recovery: true },
    ],
  ])("finds nothing in %s", (_, type, before, after, unknown = {}) => {
    expect(findingsOf(rule, [updated(`${type}.a`, before, after, { after_unknown: unknown })])).toEqual([]);
  });

  test("finds what a new one in the place of the old one lacks", () => {
    expect(
      findingsOf(rule, [replaced("aws_db_instance.db", { deletion_protection: true }, { deletion_protection: false })]),
    ).toEqual(["high: Protection from deletion is taken away (deletion_protection: true → false)"]);
  });

  test("leaves to policies what a new object lacks", () => {
    expect(
      findingsOf(rule, [created("aws_db_instance.db", { deletion_protection: false, backup_retention_period: 0 })]),
    ).toEqual([]);
  });

  const bucket = destroyed("aws_s3_bucket.b", { id: "uploads", bucket: "uploads" });

  test.each<[string, string]>([
    ["aws_backup_plan", "high: Backups are no longer made"],
    ["aws_backup_selection", "high: Something is no longer backed up"],
    ["aws_s3_bucket_versioning", "high: Overwritten and deleted objects are no longer kept"],
    ["aws_s3_bucket_object_lock_configuration", "high: Objects can be deleted before their time"],
    ["aws_s3_bucket_replication_configuration", "high: Objects are no longer copied"],
    ["aws_cloudtrail", "high: Nobody notes down any more who did what"],
    ["aws_flow_log", "medium: Traffic is no longer noted down"],
    ["aws_cloudwatch_metric_alarm", "medium: An alarm is removed"],
    ["aws_cloudwatch_composite_alarm", "medium: An alarm is removed"],
    ["aws_budgets_budget", "medium: A budget is removed"],
    ["aws_guardduty_detector", "high: Attacks are no longer looked for"],
  ])("finds that %s goes", (type, expected) => {
    const change = destroyed(`${type}.a`, { id: "a", bucket: "uploads", vpc_id: "vpc-1" });
    expect(findingsOf(rule, [change])).toEqual([`${expected} (actions: delete)`]);
    expect(findingsOf(rule, [change], { kind: "destroy" })).toEqual([]);
    expect(findingsOf(rule, [{ ...change, entry: { deposed: "00aa11bb" } }])).toEqual([]);
    expect(findingsOf(rule, [{ ...change, actions: ["delete", "create"], after: {} }])).toEqual([]);
  });

  test.each<[string, readonly ChangeSketch[]]>([
    [
      "versioning together with its bucket",
      [bucket, destroyed("aws_s3_bucket_versioning.v", { id: "uploads", bucket: "uploads" })],
    ],
    [
      "the flow log together with its network",
      [destroyed("aws_vpc.v", { id: "vpc-1" }), destroyed("aws_flow_log.f", { id: "fl-1", vpc_id: "vpc-1" })],
    ],
  ])("finds nothing in %s", (_, changes) => {
    expect(findingsOf(rule, changes)).toEqual([]);
  });

  test.each<[string, readonly ChangeSketch[]]>([
    ["of another bucket", [bucket, destroyed("aws_s3_bucket_versioning.v", { id: "photos", bucket: "photos" })]],
    [
      "of a bucket that only loses another part",
      [
        destroyed("aws_s3_bucket_policy.p", { id: "uploads", bucket: "uploads" }),
        destroyed("aws_s3_bucket_versioning.v", { id: "uploads", bucket: "uploads" }),
      ],
    ],
  ])("finds the versioning %s", (_, changes) => {
    expect(findingsOf(rule, changes)).toEqual([
      "high: Overwritten and deleted objects are no longer kept (actions: delete)",
    ]);
  });
});
