import { isValueList, type Value } from "../../value";
import { lostGuards, type Guard } from "../guards";
import type { RiskRule } from "../risk-rule";
import { isFalse, isTrue, lowered, numberOf, turnsIn, type Turn } from "../turns";

const BACKUPS = /^aws_(db_instance|rds_cluster|docdb_cluster|neptune_cluster)$/;

/** Zero days, or no number of days at all. What is known later is neither. */
const isNone = (days: Value | undefined) => days === null || days === undefined || numberOf(days) === 0;

const TURNS: readonly Turn[] = [
  {
    types: /./,
    path: ["lifecycle", "prevent_destroy"], // a plan does not have it; a diff of configurations does
    bad: (after, before) => isFalse(after) && isTrue(before ?? null),
    severity: "high",
    title: "Terraform no longer refuses to destroy it",
  },
  {
    types: /./,
    path: ["deletion_protection"],
    bad: isFalse,
    severity: "high",
    title: "Protection from deletion is taken away",
  },
  {
    types: /^aws_cognito_user_pool$/,
    path: ["deletion_protection"],
    bad: (after) => after === "INACTIVE",
    severity: "high",
    title: "Protection from deletion is taken away",
  },
  {
    types: /./,
    path: ["enable_deletion_protection"],
    bad: isFalse,
    severity: "high",
    title: "Protection from deletion is taken away",
  },
  {
    types: /./,
    path: ["deletion_protection_enabled"],
    bad: isFalse,
    severity: "high",
    title: "Protection from deletion is taken away",
  },
  {
    types: /./,
    path: ["disable_api_termination"],
    bad: isFalse,
    severity: "medium",
    title: "Protection from termination is taken away",
  },
  {
    types: /./,
    path: ["skip_final_snapshot"],
    bad: isTrue,
    severity: "high",
    title: "A deletion leaves no last snapshot",
  },
  {
    types: /./,
    path: ["force_destroy"],
    bad: isTrue,
    severity: "high",
    title: "A deletion takes the contents with it",
  },
  {
    types: /^aws_ecr_repository$/,
    path: ["force_delete"],
    bad: isTrue,
    severity: "high",
    title: "A deletion takes the images with it",
  },
  {
    types: BACKUPS,
    path: ["backup_retention_period"],
    bad: (after, before) => numberOf(after) === 0 && numberOf(before) !== 0,
    severity: "critical",
    title: "Backups are switched off",
  },
  {
    types: BACKUPS,
    path: ["backup_retention_period"],
    bad: (after, before) => numberOf(after) !== 0 && lowered(after, before),
    severity: "medium",
    title: "Backups are kept for less time",
  },
  {
    types: BACKUPS,
    path: ["delete_automated_backups"],
    bad: isTrue,
    severity: "medium",
    title: "A deletion takes the backups with it",
  },
  {
    types: /^aws_elasticache_/,
    path: ["snapshot_retention_limit"],
    bad: (after, before) => isNone(after) && !isNone(before),
    severity: "high",
    title: "Snapshots are switched off",
  },
  {
    types: /^aws_elasticache_/,
    path: ["snapshot_retention_limit"],
    bad: (after, before) => !isNone(after) && lowered(after, before),
    severity: "medium",
    title: "Snapshots are kept for less time",
  },
  {
    types: /^aws_dynamodb_table$/,
    path: ["point_in_time_recovery", "enabled"],
    bad: isFalse,
    severity: "high",
    title: "A table can no longer be restored to a point in time",
  },
  {
    types: /^aws_s3_bucket_versioning$/,
    path: ["versioning_configuration", "status"],
    bad: (after) => after === "Suspended" || after === "Disabled",
    severity: "high",
    title: "Overwritten and deleted objects are no longer kept",
  },
  {
    types: /^aws_s3_bucket$/,
    path: ["versioning", "enabled"],
    bad: isFalse,
    severity: "high",
    title: "Overwritten and deleted objects are no longer kept",
  },
  {
    types: /^aws_(db_instance|dms_replication_instance)$/,
    path: ["multi_az"],
    bad: isFalse,
    severity: "medium",
    title: "A failure of one zone stops the database",
  },
  {
    types: /^aws_elasticache_replication_group$/,
    path: ["automatic_failover_enabled"],
    bad: isFalse,
    severity: "medium",
    title: "A failure of one node stops the cache",
  },
  {
    types: /^aws_cloudwatch_log_group$/,
    path: ["retention_in_days"],
    // Zero, as nothing at all, keeps them for ever.
    bad: (after, before) => !isNone(after) && (isNone(before) || lowered(after, before)),
    severity: "low",
    title: "Logs are kept for less time",
  },
  {
    types: /^aws_ecs_service$/,
    path: ["deployment_circuit_breaker", "rollback"],
    bad: isFalse,
    severity: "medium",
    title: "A failed deployment is no longer rolled back",
  },
  {
    types: /^aws_cloudwatch_(metric|composite)_alarm$/,
    path: ["alarm_actions"],
    bad: (after) => after === null || (isValueList(after) && after.length === 0),
    severity: "medium",
    title: "An alarm tells nobody any more",
  },
  {
    types: /^aws_cloudwatch_(metric|composite)_alarm$/,
    path: ["actions_enabled"],
    bad: isFalse,
    severity: "medium",
    title: "An alarm tells nobody any more",
  },
  {
    types: /^aws_kms_key$/,
    path: ["deletion_window_in_days"],
    bad: (after, before) => lowered(after, before),
    severity: "low",
    title: "A deleted key can be had back for less time",
  },
  {
    types: /^aws_secretsmanager_secret$/,
    path: ["recovery_window_in_days"],
    bad: (after, before) => numberOf(after) === 0 && lowered(after, before),
    severity: "medium",
    title: "A deleted secret can no longer be had back",
  },
  {
    types: /^aws_secretsmanager_secret$/,
    path: ["recovery_window_in_days"],
    bad: (after, before) => numberOf(after) !== 0 && lowered(after, before),
    severity: "low",
    title: "A deleted secret can be had back for less time",
  },
  {
    types: /^aws_cloudtrail$/,
    path: ["enable_logging"],
    bad: isFalse,
    severity: "high",
    title: "Nobody notes down any more who did what",
  },
];

/** Types that protect others: without them nobody is warned, or nothing is copied. */
const GUARDS: Readonly<Record<string, Guard>> = {
  aws_backup_plan: { title: "Backups are no longer made", severity: "high" },
  aws_backup_selection: { title: "Something is no longer backed up", severity: "high" },
  aws_s3_bucket_versioning: {
    title: "Overwritten and deleted objects are no longer kept",
    severity: "high",
    of: { attribute: "bucket", type: /^aws_s3_bucket$/ },
  },
  aws_s3_bucket_object_lock_configuration: {
    title: "Objects can be deleted before their time",
    severity: "high",
    of: { attribute: "bucket", type: /^aws_s3_bucket$/ },
  },
  aws_s3_bucket_replication_configuration: {
    title: "Objects are no longer copied",
    severity: "high",
    of: { attribute: "bucket", type: /^aws_s3_bucket$/ },
  },
  aws_cloudtrail: { title: "Nobody notes down any more who did what", severity: "high" },
  aws_flow_log: {
    title: "Traffic is no longer noted down",
    severity: "medium",
    of: { attribute: "vpc_id", type: /^aws_vpc$/ },
  },
  aws_cloudwatch_metric_alarm: { title: "An alarm is removed", severity: "medium" },
  aws_cloudwatch_composite_alarm: { title: "An alarm is removed", severity: "medium" },
  aws_budgets_budget: { title: "A budget is removed", severity: "medium" },
  aws_guardduty_detector: { title: "Attacks are no longer looked for", severity: "high" },
};

export const lostProtection: RiskRule = {
  id: "lost-protection",
  title: "A protection is taken away",
  why: "The next mistake costs more than before: what was held back, kept or reported no longer is.",
  fix: "Keep it, or accept this with a reason and a day on which it comes back.",
  check: (stack) => [...turnsIn(stack, TURNS), ...lostGuards(stack, GUARDS)],
};
