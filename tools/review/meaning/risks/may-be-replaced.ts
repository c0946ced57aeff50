import { turn } from "../evidence";
import { attribute, type RiskRule } from "../risk-rule";
import { same } from "../same";
import { statefulType } from "../stateful-types";

/**
 * Attributes that cannot be changed in place, for the types used most. Terraform's schemas do not say so; this is from the documentation of the providers
 * (aws 5.100, cloudflare 5.14, github 6.9), 2026-11, and says "may", never "will".
 */
export const FORCING: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ["cidr_block", "ipv4_ipam_pool_id"],
  aws_subnet: ["cidr_block", "availability_zone", "vpc_id"],
  aws_security_group: ["name", "name_prefix", "description", "vpc_id"],
  aws_db_instance: [
    "engine",
    "storage_encrypted",
    "kms_key_id",
    "username",
    "db_name",
    "availability_zone",
    "character_set_name",
    "snapshot_identifier",
    "timezone",
  ],
  aws_rds_cluster: [
    "cluster_identifier",
    "engine",
    "storage_encrypted",
    "kms_key_id",
    "master_username",
    "database_name",
    "db_subnet_group_name",
    "snapshot_identifier",
    "availability_zones",
  ],
  aws_rds_cluster_instance: ["cluster_identifier", "engine", "db_subnet_group_name", "availability_zone"],
  aws_db_subnet_group: ["name"],
  aws_elasticache_replication_group: [
    "replication_group_id",
    "at_rest_encryption_enabled",
    "kms_key_id",
    "subnet_group_name",
    "port",
  ],
  aws_elasticache_subnet_group: ["name"],
  aws_dynamodb_table: ["name", "hash_key", "range_key"],
  aws_s3_bucket: ["bucket", "object_lock_enabled"],
  aws_kms_key: ["customer_master_key_spec", "key_usage", "multi_region"],
  aws_ecr_repository: ["name", "encryption_configuration"],
  aws_secretsmanager_secret: ["name"],
  aws_sqs_queue: ["name", "fifo_queue"],
  aws_sns_topic: ["name", "fifo_topic"],
  aws_lb: ["name", "internal", "load_balancer_type"],
  aws_lb_target_group: ["name", "port", "protocol", "target_type", "vpc_id"],
  aws_lb_listener: ["load_balancer_arn"],
  aws_ecs_cluster: ["name"],
  aws_ecs_service: ["name", "cluster", "launch_type", "scheduling_strategy"],
  aws_instance: ["ami", "subnet_id", "availability_zone", "key_name"],
  aws_iam_role: ["name", "path"],
  aws_iam_policy: ["name", "path", "description"],
  aws_cloudwatch_log_group: ["name"],
  aws_acm_certificate: ["domain_name", "validation_method"],
  aws_cognito_user_pool: ["username_attributes", "alias_attributes"],
  aws_efs_file_system: ["encrypted", "kms_key_id", "performance_mode", "availability_zone_name"],
  aws_ebs_volume: ["availability_zone", "encrypted", "kms_key_id", "snapshot_id"],
  aws_nat_gateway: ["subnet_id", "allocation_id", "connectivity_type"],
  aws_backup_vault: ["name", "kms_key_arn"],
  aws_apprunner_service: ["service_name"],
  aws_codepipeline: ["name"],
  aws_route53_zone: ["name"],
  cloudflare_zone: ["name"],
  cloudflare_dns_record: ["zone_id"],
  cloudflare_pages_project: ["account_id", "name"],
  cloudflare_r2_bucket: ["account_id", "name", "location"],
  github_repository_environment: ["repository", "environment"],
  upstash_redis_database: ["database_name", "region", "primary_region"],
  vercel_project: ["team_id"],
};

export const mayBeReplaced: RiskRule = {
  id: "may-be-replaced",
  title: "This may be destroyed and made anew",
  why: "An attribute changes that the provider may not be able to change in place.",
  fix: "Look at the plan before you apply it; if it is replaced, move what it holds first.",
  check: ({ plan, kind }) =>
    kind !== "configuration-diff"
      ? []
      : plan.changes.flatMap((change) => {
          if (change.action !== "update" || !Object.hasOwn(FORCING, change.type)) return [];
          const changed = (FORCING[change.type] ?? []).filter(
            (name) => !same(attribute(change.before, name), attribute(change.after, name)),
          );
          if (changed.length === 0) return [];
          const stateful = statefulType(change.type);
          return [
            {
              change,
              severity: stateful === undefined ? ("low" as const) : ("high" as const),
              title: `${stateful?.what ?? "It"} may be destroyed and made anew`,
              evidence: changed
                .map((name) =>
                  turn(name, attribute(change.before, name) ?? null, attribute(change.after, name) ?? null),
                )
                .join("; "),
            },
          ];
        }),
};
