import { isValueList } from "../../value";
import type { RiskRule } from "../risk-rule";
import { isFalse, isTrue, lowered, numberOf, turnsIn, type Turn } from "../turns";

const BACKUPS = /^aws_(db_instance|rds_cluster|docdb_cluster|neptune_cluster)$/;

const TURNS: readonly Turn[] = [
  {
    types: /./,
    path: ["deletion_protection"],
    bad: isFalse,
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
    bad: (after) => numberOf(after) === 0,
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
    bad: (after, before) => lowered(after, before),
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
    bad: (after, before) => lowered(after, before) && numberOf(after) !== 0,
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
    bad: (after, before) => lowered(after, before),
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
const GUARDS: Readonly<Record<string, readonly [title: string, severity: "high" | "medium"]>> = {
  aws_backup_plan: ["Backups are no longer made", "high"],
  aws_backup_selection: ["Something is no longer backed up", "high"],
  aws_s3_bucket_versioning: ["Overwritten and deleted objects are no longer kept", "high"],
  aws_s3_bucket_replication_configuration: ["Objects are no longer copied", "high"],
  aws_cloudtrail: ["Nobody notes down any more who did what", "high"],
  aws_flow_log: ["Traffic is no longer noted down", "medium"],
  aws_cloudwatch_metric_alarm: ["An alarm is removed", "medium"],
  aws_cloudwatch_composite_alarm: ["An alarm is removed", "medium"],
  aws_budgets_budget: ["A budget is removed", "medium"],
  aws_guardduty_detector: ["Attacks are no longer looked for", "high"],
};

export const lostProtection: RiskRule = {
  id: "lost-protection",
  title: "A protection is taken away",
  why: "The next mistake costs more than before: what was held back, kept or reported no longer is.",
  fix: "Keep it, or accept this with a reason and a day on which it comes back.",
  check: (stack) => [
    ...turnsIn(stack, TURNS),
    ...stack.plan.changes.flatMap((change) => {
      const guard = Object.hasOwn(GUARDS, change.type) ? GUARDS[change.type] : undefined;
      if (guard === undefined || stack.kind === "destroy" || change.action !== "delete" || change.deposed !== undefined)
        return [];
      return [{ change, severity: guard[1], title: guard[0], evidence: "actions: delete" }];
    }),
  ],
};
