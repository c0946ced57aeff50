import { listOf, objectOf } from "../json";
import type { Resource, Synthesized } from "../plan/synthesized";

/** What a thing is about; it decides its colour. */
export type Kind = "edge" | "network" | "compute" | "data" | "storage" | "delivery" | "operations" | "security";

/** How a construct is shown that has a resource of some type. */
export interface What {
  /** Type of the resource; a construct is what the first type of the table among its resources says. */
  readonly type: string;
  readonly kind: Kind;
  /** What it is, in parts that may stand on lines of their own. */
  readonly parts: (
    resource: Resource,
    system: Synthesized,
    all: readonly Resource[],
  ) => ReadonlyArray<string | undefined>;
}

const ENGINES: Readonly<Record<string, string>> = {
  postgres: "PostgreSQL",
  mysql: "MySQL",
  "aurora-postgresql": "Aurora PostgreSQL",
  "aurora-mysql": "Aurora MySQL",
  redis: "Redis",
  valkey: "Valkey",
};

const named =
  (...parts: readonly string[]) =>
  () =>
    parts;

const counted =
  (type: string, one: string, many = `${one}s`) =>
  (_: Resource, _system: Synthesized, all: readonly Resource[]) => {
    const count = all.filter((resource) => resource.type === type).length;
    return [count === 1 ? one : `${count} ${many}`];
  };

/** In order of importance: what a reader should see of a construct that has several. */
export const WHATS: readonly What[] = [
  { type: "aws_cloudfront_distribution", kind: "edge", parts: named("CloudFront") },
  { type: "cloudflare_pages_project", kind: "edge", parts: named("Cloudflare Pages") },
  { type: "vercel_project", kind: "edge", parts: named("Vercel project") },
  { type: "render_web_service", kind: "compute", parts: named("Render service") },
  { type: "aws_codepipeline", kind: "delivery", parts: named("CodePipeline") },
  { type: "aws_codedeploy_deployment_group", kind: "delivery", parts: named("CodeDeploy") },
  { type: "aws_codebuild_project", kind: "delivery", parts: named("CodeBuild") },
  { type: "aws_ecs_service", kind: "compute", parts: serviceParts },
  {
    type: "aws_apprunner_service",
    kind: "compute",
    parts: (service, system) => {
      const size = (name: string) =>
        system.text(service, "instance_configuration", name) ?? system.text(service, "instance_configuration", 0, name);
      const cpu = size("cpu");
      const memory = size("memory");
      return [
        "App Runner",
        cpu === undefined ? undefined : /\D/.test(cpu) ? cpu : `${cpu} CPU`,
        memory === undefined ? undefined : /\D/.test(memory) ? memory : `${memory} MiB`,
      ];
    },
  },
  {
    type: "aws_autoscaling_group",
    kind: "compute",
    parts: (group, system) => [
      "EC2 instances",
      range(system.number(group, "min_size"), system.number(group, "max_size"), ""),
    ],
  },
  { type: "aws_vpc", kind: "network", parts: vpcParts },
  { type: "aws_instance", kind: "compute", parts: (host, system) => ["EC2", system.text(host, "instance_type")] },
  {
    type: "aws_ecs_task_definition",
    kind: "compute",
    parts: (task, system) => ["Fargate task", ...sizeParts(task, system)],
  },
  { type: "aws_rds_cluster", kind: "data", parts: auroraParts },
  {
    type: "aws_db_instance",
    kind: "data",
    parts: (instance, system) => [
      [
        instance.config["replicate_source_db"] === undefined ? "RDS" : "RDS replica",
        engineOf(instance, system),
        system.text(instance, "engine_version")?.split(".")[0],
      ]
        .filter(Boolean)
        .join(" "),
      system.text(instance, "instance_class"),
      system.flag(instance, "multi_az") ? "Multi-AZ" : undefined,
    ],
  },
  { type: "aws_db_proxy", kind: "data", parts: named("RDS Proxy") },
  {
    type: "aws_elasticache_replication_group",
    kind: "data",
    parts: (group, system) => [
      ["ElastiCache", engineOf(group, system), system.text(group, "engine_version")].filter(Boolean).join(" "),
      system.text(group, "node_type"),
      nodes(system.number(group, "num_cache_clusters")),
    ],
  },
  {
    type: "aws_elasticache_serverless_cache",
    kind: "data",
    parts: (cache, system) => [`ElastiCache ${engineOf(cache, system)}`, "serverless"],
  },
  { type: "upstash_redis_database", kind: "data", parts: named("Upstash Redis") },
  { type: "neon_project", kind: "data", parts: named("Neon PostgreSQL") },
  { type: "render_postgres", kind: "data", parts: named("Render PostgreSQL") },
  { type: "render_keyvalue", kind: "data", parts: named("Render Key Value") },
  {
    type: "aws_lb",
    kind: "network",
    parts: (balancer, system) => [
      "Application Load Balancer",
      system.flag(balancer, "internal") ? "internal" : undefined,
    ],
  },
  {
    type: "aws_lb_listener",
    kind: "network",
    parts: (listener, system) => [
      [system.text(listener, "protocol"), "listener"].filter(Boolean).join(" "),
      system.text(listener, "port") === undefined ? undefined : `port ${system.text(listener, "port")}`,
    ],
  },
  { type: "aws_efs_file_system", kind: "storage", parts: named("EFS") },
  { type: "aws_dynamodb_table", kind: "data", parts: named("DynamoDB table") },
  { type: "aws_lambda_function", kind: "compute", parts: named("Lambda") },
  { type: "aws_s3_bucket", kind: "storage", parts: named("S3 bucket") },
  { type: "aws_s3_bucket_replication_configuration", kind: "storage", parts: named("S3 replication") },
  { type: "aws_ecr_repository", kind: "delivery", parts: named("ECR repository") },
  { type: "aws_backup_plan", kind: "operations", parts: named("AWS Backup plan") },
  { type: "aws_backup_vault", kind: "operations", parts: named("Backup vault") },
  { type: "aws_scheduler_schedule", kind: "operations", parts: counted("aws_scheduler_schedule", "schedule") },
  { type: "aws_cloudwatch_dashboard", kind: "operations", parts: named("CloudWatch dashboard") },
  { type: "aws_cloudwatch_metric_alarm", kind: "operations", parts: counted("aws_cloudwatch_metric_alarm", "alarm") },
  { type: "aws_sns_topic", kind: "operations", parts: named("SNS topic") },
  { type: "aws_budgets_budget", kind: "operations", parts: named("budget") },
  { type: "aws_ecs_cluster", kind: "operations", parts: named("ECS cluster") },
  { type: "cloudflare_dns_record", kind: "edge", parts: counted("cloudflare_dns_record", "DNS record") },
  { type: "aws_route53_zone", kind: "edge", parts: named("Route 53 zone") },
  { type: "aws_route53_record", kind: "edge", parts: counted("aws_route53_record", "DNS record") },
  { type: "aws_acm_certificate", kind: "security", parts: named("TLS certificate") },
  { type: "github_repository_environment", kind: "delivery", parts: named("GitHub environment") },
  {
    type: "github_repository_file",
    kind: "delivery",
    parts: counted("github_repository_file", "file in GitHub", "files in GitHub"),
  },
  { type: "aws_codestarconnections_connection", kind: "delivery", parts: named("connection to GitHub") },
  { type: "aws_codeconnections_connection", kind: "delivery", parts: named("connection to GitHub") },
  { type: "aws_iam_openid_connect_provider", kind: "security", parts: named("OIDC provider") },
  { type: "aws_secretsmanager_secret", kind: "security", parts: named("secret") },
  { type: "aws_kms_key", kind: "security", parts: named("KMS key") },
  { type: "aws_ssm_document", kind: "operations", parts: named("SSM document") },
  { type: "aws_iam_role", kind: "security", parts: named("IAM role") },
  { type: "aws_iam_policy", kind: "security", parts: named("IAM policy") },
  { type: "aws_ecr_lifecycle_policy", kind: "delivery", parts: named("image retention") },
  { type: "aws_eip", kind: "network", parts: named("Elastic IP") },
  { type: "aws_vpc_peering_connection", kind: "network", parts: named("VPC peering") },
  { type: "aws_vpc_security_group_ingress_rule", kind: "network", parts: wayParts },
  { type: "aws_ssm_parameter", kind: "operations", parts: counted("aws_ssm_parameter", "SSM parameter") },
  { type: "aws_iam_role_policy", kind: "security", parts: named("IAM policy") },
  { type: "aws_route", kind: "network", parts: counted("aws_route", "route") },
];

/** A type that the table does not name, in words. */
export function wordsOf(type: string): string {
  const [provider, ...words] = type.split("_");
  return provider === "aws" ? words.join(" ") : [provider, ...words].join(" ");
}

function engineOf(resource: Resource, system: Synthesized): string {
  const engine = system.text(resource, "engine") ?? "redis";
  return resource.config["replicate_source_db"] === undefined || resource.config["engine"] !== undefined
    ? (ENGINES[engine] ?? engine)
    : "";
}

function range(least: number | undefined, most: number | undefined, noun: string): string | undefined {
  if (least === undefined) return undefined;
  const many = most === undefined || most === least ? String(least) : `${least}–${most}`;
  return `${many} ${many === "1" ? noun.replace(/s$/, "") : noun}`.trim();
}

function nodes(count: number | undefined): string | undefined {
  return count === undefined || count === 1 ? undefined : `${count} nodes`;
}

function sizeParts(task: Resource | undefined, system: Synthesized): Array<string | undefined> {
  if (task === undefined) return [];
  const [cpu, memory] = [system.text(task, "cpu"), system.text(task, "memory")];
  return [cpu === undefined ? undefined : `${cpu} CPU`, memory === undefined ? undefined : `${memory} MiB`];
}

function serviceParts(service: Resource, system: Synthesized, all: readonly Resource[]): Array<string | undefined> {
  const task = all.find(({ type }) => type === "aws_ecs_task_definition");
  const target = all.find(({ type }) => type === "aws_appautoscaling_target");
  const strategy = listOf(system.read(service, "capacity_provider_strategy")).map(objectOf);
  const spot = strategy.length > 0 && strategy.every(({ capacity_provider }) => capacity_provider === "FARGATE_SPOT");
  const declared = system.number(service, "desired_count");
  return [
    spot ? "Fargate Spot" : "Fargate",
    ...sizeParts(task, system),
    target === undefined
      ? range(declared, declared, "tasks")
      : range(system.number(target, "min_capacity"), system.number(target, "max_capacity"), "tasks"),
  ];
}

function auroraParts(cluster: Resource, system: Synthesized, all: readonly Resource[]): Array<string | undefined> {
  const instances = all.filter(({ type }) => type === "aws_rds_cluster_instance");
  const [first] = instances;
  const target = all.find(({ type }) => type === "aws_appautoscaling_target");
  const instanceClass = first === undefined ? undefined : system.text(first, "instance_class");
  const readers = Math.max(instances.length - 1, 0);
  const scaled =
    target === undefined
      ? range(readers, readers, "readers")
      : range(system.number(target, "min_capacity"), system.number(target, "max_capacity"), "readers");
  return [
    [engineOf(cluster, system), system.text(cluster, "engine_version")?.split(".")[0]].filter(Boolean).join(" "),
    instanceClass === "db.serverless" ? "serverless v2" : instanceClass,
    scaled === "0 readers" ? undefined : scaled,
  ];
}

function vpcParts(vpc: Resource, system: Synthesized, all: readonly Resource[]): Array<string | undefined> {
  const count = (type: string) => all.filter((resource) => resource.type === type).length;
  const gateways = count("aws_nat_gateway");
  const zones = new Set(
    all
      .filter(({ type }) => type === "aws_subnet")
      .map((subnet) => String(subnet.config["availability_zone"] ?? subnet.config["availability_zone_id"])),
  ).size;
  const nat =
    gateways > 0 ? range(gateways, gateways, "NAT gateways") : count("aws_instance") > 0 ? "NAT instance" : undefined;
  return ["VPC", system.text(vpc, "cidr_block"), range(zones, zones, "zones"), nat];
}

/** What a rule opens that stands by itself, outside the construct whose security group it belongs to. */
function wayParts(rule: Resource, system: Synthesized): string[] {
  const [group] = system.references(rule, rule.config["security_group_id"]);
  return [group === undefined ? "security group rule" : `way to the ${group.construct}`];
}
