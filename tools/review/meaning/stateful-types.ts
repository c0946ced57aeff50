import type { Severity } from "../review";

/** What is lost when an object of a type is destroyed. */
export interface StatefulType {
  /** What it is, as it begins a sentence: `The database`. */
  readonly what: string;
  readonly severity: Severity;
}

const of = (what: string, severity: Severity = "critical"): StatefulType => ({ what, severity });

/**
 * Types of resources whose deletion loses data, keys or names that cannot be had back, with how grave that is in prod. Made from the vendors' documentation of
 * their resources, 2026-11; a copy of data that stands elsewhere too is high, what is only history is medium.
 */
const TYPES: Readonly<Record<string, StatefulType>> = {
  aws_db_instance: of("The database"),
  aws_rds_cluster: of("The database cluster"),
  aws_rds_global_cluster: of("The global database"),
  aws_rds_cluster_instance: of("An instance of the database cluster", "high"),
  aws_docdb_cluster: of("The document database"),
  aws_neptune_cluster: of("The graph database"),
  aws_redshift_cluster: of("The data warehouse"),
  aws_redshiftserverless_namespace: of("The data warehouse"),
  aws_keyspaces_table: of("The table"),
  aws_timestreamwrite_table: of("The table"),
  aws_dynamodb_table: of("The table"),
  aws_dsql_cluster: of("The database cluster"),
  aws_elasticache_replication_group: of("The cache with its data", "high"),
  aws_elasticache_cluster: of("The cache with its data", "high"),
  aws_elasticache_serverless_cache: of("The cache with its data", "high"),
  aws_memorydb_cluster: of("The in-memory database"),
  aws_s3_bucket: of("The bucket"),
  aws_s3_directory_bucket: of("The bucket"),
  aws_s3_object: of("The object", "medium"),
  aws_efs_file_system: of("The file system"),
  aws_fsx_lustre_file_system: of("The file system"),
  aws_fsx_ontap_file_system: of("The file system"),
  aws_fsx_openzfs_file_system: of("The file system"),
  aws_fsx_windows_file_system: of("The file system"),
  aws_ebs_volume: of("The volume"),
  aws_kms_external_key: of("The key, and with it whatever it encrypts"),
  aws_kms_key: of("The key, and with it whatever it encrypts"),
  aws_ecr_repository: of("The image repository"),
  aws_ecrpublic_repository: of("The image repository"),
  aws_secretsmanager_secret: of("The secret"),
  aws_secretsmanager_secret_version: of("A version of the secret", "high"),
  aws_ssm_parameter: of("The parameter", "medium"),
  aws_cognito_user_pool: of("The user pool with its users"),
  aws_backup_vault: of("The backup vault"),
  aws_db_snapshot: of("The snapshot", "high"),
  aws_db_cluster_snapshot: of("The snapshot", "high"),
  aws_ebs_snapshot: of("The snapshot", "high"),
  aws_opensearch_domain: of("The search domain"),
  aws_opensearchserverless_collection: of("The search collection"),
  aws_elasticsearch_domain: of("The search domain"),
  aws_msk_cluster: of("The Kafka cluster"),
  aws_kinesis_stream: of("The stream", "high"),
  aws_sqs_queue: of("The queue with its messages", "high"),
  aws_cloudwatch_log_group: of("The log group", "medium"),
  aws_route53_zone: of("The DNS zone"),
  aws_codecommit_repository: of("The repository"),
  github_repository: of("The repository"),
  cloudflare_zone: of("The DNS zone"),
  cloudflare_dns_record: of("The DNS record", "high"),
  cloudflare_record: of("The DNS record", "high"),
  cloudflare_r2_bucket: of("The bucket"),
  cloudflare_workers_kv_namespace: of("The key-value store"),
  cloudflare_d1_database: of("The database"),
  cloudflare_pages_project: of("The Pages project with its deployments", "high"),
  upstash_redis_database: of("The Redis database"),
  vercel_project: of("The Vercel project with its deployments", "high"),
  neon_project: of("The database project"),
  neon_branch: of("The database branch", "high"),
  neon_database: of("The database"),
  render_postgres: of("The database"),
  render_keyvalue: of("The key-value store", "high"),
  tfe_workspace: of("The workspace with its states"),
  random_password: of("The password", "high"),
  tls_private_key: of("The private key", "high"),
};

/** Every type that holds something. */
export const STATEFUL_TYPES: readonly string[] = Object.keys(TYPES);

/** What is lost when an object of a type goes; undefined if nothing is. */
export function statefulType(type: string): StatefulType | undefined {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}

/** One step less grave. */
export function milder(severity: Severity): Severity {
  const steps: Readonly<Record<Severity, Severity>> = { critical: "high", high: "medium", medium: "low", low: "low" };
  return steps[severity];
}
