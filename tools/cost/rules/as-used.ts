import { usage, type Rule } from "../charge";

type Use = readonly [what: string, item: string, unit: string];

/** What is billed only as it is used: nothing while nobody uses it. */
const AS_USED: Readonly<Record<string, readonly Use[]>> = {
  aws_s3_bucket: [
    ["objects kept", "S3 Standard first tier", "GB-month"],
    ["writes to buckets", "S3 PUT", "1000 requests"],
    ["reads from buckets", "S3 GET", "1000 requests"],
  ],
  aws_ecr_repository: [["images kept", "ECR storage", "GB-month"]],
  aws_cloudwatch_log_group: [
    ["logs written", "CloudWatch Logs ingestion", "GB"],
    ["logs kept", "CloudWatch Logs storage", "GB-month"],
  ],
  aws_cloudfront_distribution: [
    ["data to visitors", "CloudFront transfer out (US and EU edges)", "GB"],
    ["requests of visitors", "CloudFront HTTPS requests", "10000 requests"],
  ],
  aws_cloudfront_function: [["calls of the function", "CloudFront Functions", "1000000 calls"]],
  aws_secretsmanager_secret: [["secrets read", "Secrets Manager", "10000 calls"]],
  aws_kms_key: [["uses of the key", "KMS", "10000 requests"]],
  aws_route53_zone: [["DNS queries", "Route 53", "1000000 queries"]],
  aws_vpc: [["data to the internet", "Data transfer out to the internet after 100 GB free", "GB"]],
  aws_codepipeline: [["a month in which the pipeline ran, or its minutes", "CodePipeline", "pipeline-month"]],
  aws_codebuild_project: [["builds", "CodeBuild", "minute"]],
  aws_backup_vault: [["recovery points kept", "AWS Backup storage", "GB-month"]],
  aws_lambda_function: [["time the function runs", "Lambda", "GB-second"]],
  aws_sns_topic: [["messages sent", "SNS", "1000000 requests"]],
  aws_sqs_queue: [["messages", "SQS", "1000000 requests"]],
  aws_dynamodb_table: [["reads and writes", "DynamoDB", "1000000 requests"]],
  aws_efs_file_system: [["files kept", "EFS", "GB-month"]],
  aws_db_snapshot: [["the snapshot", "RDS backup storage beyond the free size", "GB-month"]],
  aws_db_instance_automated_backups_replication: [
    ["backups in the second region", "RDS backup storage beyond the free size", "GB-month"],
  ],
  aws_rds_global_cluster: [["writes copied to the second region", "Aurora replicated writes", "1000000 requests"]],
  aws_s3_bucket_replication_configuration: [
    ["objects copied to another region", "Data transfer between regions", "GB"],
  ],
  upstash_redis_database: [["billed by Upstash", "Upstash Redis", "plan"]],
  cloudflare_pages_project: [["billed by Cloudflare, by the account's plan", "Cloudflare Pages", "plan"]],
  vercel_project: [["billed by Vercel, by the team's plan", "Vercel", "plan"]],
  neon_project: [["billed by Neon", "Neon", "plan"]],
  render_web_service: [["billed by Render, by the service's plan", "Render", "plan"]],
  render_postgres: [["billed by Render, by the database's plan", "Render", "plan"]],
  render_keyvalue: [["billed by Render, by the instance's plan", "Render", "plan"]],
};

/** Everything of that table. */
export const asUsed: Rule = {
  types: Object.keys(AS_USED),
  charges: ({ type }) => (AS_USED[type] ?? []).map((use) => usage(...use)),
};
