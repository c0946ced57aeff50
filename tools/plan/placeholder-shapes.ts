/**
 * What the values of one resource type look like. `{hex}` is 17 hex digits, `{uuid}` a UUID, `{name}` the resource's name, `{region}`
 * and `{account}` those of its provider; `{<attribute>}` is another attribute of the resource.
 */
export interface Shape {
  /**
   * The `id`.
   * @default - the name
   */
  readonly id?: string;

  /**
   * What follows `arn:aws:` in the `arn`; a service without region or account leaves them empty.
   * @default - the generic ARN
   */
  readonly arn?: string;

  /**
   * Other attributes whose shape their name does not tell.
   * @default - by their names
   */
  readonly attributes?: Readonly<Record<string, string | number>>;
}

const regional = (service: string, resource: string) => `${service}:{region}:{account}:${resource}`;
const ec2 = (prefix: string, resource: string): Shape => ({
  id: `${prefix}-{hex}`,
  arn: regional("ec2", `${resource}/{id}`),
});
const byArn = (service: string, resource: string, attributes?: Shape["attributes"]): Shape => ({
  id: "{arn}",
  arn: regional(service, resource),
  attributes,
});
const named = (service: string, resource: string, attributes?: Shape["attributes"]): Shape => ({
  arn: regional(service, resource),
  attributes,
});

const LOAD_BALANCER = "loadbalancer/app/{name}/{hex16}";
const RDS_HOST = "{name}.c{hex10}.{region}.rds.amazonaws.com";
const CACHE_HOST = "{name}.{hex6}.ng.0001.cache.amazonaws.com";

/** Shapes by resource type. Source: the ARN formats of the AWS service authorization reference, read in 2026-11. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  aws_acm_certificate: byArn("acm", "certificate/{uuid}"),
  aws_acm_certificate_validation: {
    id: "{now}",
    attributes: { certificate_arn: "arn:aws:acm:{region}:{account}:certificate/{uuid}" },
  },
  aws_apprunner_service: byArn("apprunner", "service/{name}/{hex32}", {
    service_url: "{hex10}.{region}.awsapprunner.com",
    service_id: "{hex32}",
  }),
  aws_apprunner_vpc_connector: byArn("apprunner", "vpcconnector/{name}/1/{hex32}"),
  aws_autoscaling_group: named("autoscaling", "autoScalingGroup:{uuid}:autoScalingGroupName/{name}"),
  aws_backup_plan: { id: "{uuid}", arn: regional("backup", "backup-plan:{id}") },
  aws_backup_vault: named("backup", "backup-vault:{name}"),
  aws_cloudfront_distribution: {
    id: "E{HEX13}",
    arn: "cloudfront::{account}:distribution/{id}",
    attributes: { domain_name: "d{hex13}.cloudfront.net", hosted_zone_id: "Z2FDTNDATAQYW2" },
  },
  aws_cloudfront_function: { arn: "cloudfront::{account}:function/{name}" },
  aws_cloudwatch_log_group: named("logs", "log-group:{name}"),
  aws_cloudwatch_metric_alarm: named("cloudwatch", "alarm:{name}"),
  aws_cloudwatch_composite_alarm: named("cloudwatch", "alarm:{name}"),
  aws_codebuild_project: byArn("codebuild", "project/{name}"),
  aws_codedeploy_app: named("codedeploy", "application:{name}"),
  aws_codepipeline: named("codepipeline", "{name}"),
  aws_codestarconnections_connection: byArn("codestar-connections", "connection/{uuid}"),
  aws_db_instance: {
    id: "db-{HEX26}",
    arn: regional("rds", "db:{name}"),
    attributes: { address: RDS_HOST, endpoint: `${RDS_HOST}:{port}`, identifier: "{name}", resource_id: "db-{HEX26}" },
  },
  aws_db_parameter_group: named("rds", "pg:{name}"),
  aws_db_proxy: named("rds", "db-proxy:prx-{hex}", { endpoint: "{name}.proxy-c{hex10}.{region}.rds.amazonaws.com" }),
  aws_db_subnet_group: named("rds", "subgrp:{name}"),
  aws_dynamodb_table: named("dynamodb", "table/{name}"),
  aws_ecr_repository: named("ecr", "repository/{name}", {
    registry_id: "{account}",
    repository_url: "{account}.dkr.ecr.{region}.amazonaws.com/{name}",
  }),
  aws_ecs_cluster: byArn("ecs", "cluster/{name}"),
  aws_ecs_service: {
    id: "arn:aws:ecs:{region}:{account}:service/placeholder/{name}",
    arn: regional("ecs", "service/placeholder/{name}"),
  },
  aws_ecs_task_definition: {
    id: "{name}",
    arn: regional("ecs", "task-definition/{name}:1"),
    attributes: { arn_without_revision: "arn:aws:ecs:{region}:{account}:task-definition/{name}", revision: 1 },
  },
  aws_efs_file_system: { id: "fs-{hex}", arn: regional("elasticfilesystem", "file-system/{id}") },
  aws_eip: {
    id: "eipalloc-{hex}",
    arn: regional("ec2", "elastic-ip/{id}"),
    attributes: { allocation_id: "eipalloc-{hex}", public_ip: "192.0.2.10" },
  },
  aws_elasticache_parameter_group: named("elasticache", "parametergroup:{name}"),
  aws_elasticache_replication_group: named("elasticache", "replicationgroup:{name}", {
    primary_endpoint_address: `master.${CACHE_HOST}`,
    reader_endpoint_address: `replica.${CACHE_HOST}`,
    configuration_endpoint_address: `clustercfg.${CACHE_HOST}`,
  }),
  aws_elasticache_serverless_cache: named("elasticache", "serverlesscache:{name}"),
  aws_elasticache_subnet_group: named("elasticache", "subnetgroup:{name}"),
  aws_elasticache_user_group: named("elasticache", "usergroup:{name}"),
  aws_flow_log: ec2("fl", "vpc-flow-log"),
  aws_iam_instance_profile: { arn: "iam::{account}:instance-profile/{name}" },
  aws_iam_openid_connect_provider: { id: "{arn}", arn: "iam::{account}:oidc-provider/{name}" },
  aws_iam_policy: { id: "{arn}", arn: "iam::{account}:policy/{name}" },
  aws_iam_role: { arn: "iam::{account}:role/{name}", attributes: { unique_id: "AROA{HEX17}" } },
  aws_instance: {
    ...ec2("i", "instance"),
    attributes: {
      private_ip: "10.0.0.10",
      public_ip: "192.0.2.10",
      private_dns: "ip-10-0-0-10.{region}.compute.internal",
    },
  },
  aws_internet_gateway: ec2("igw", "internet-gateway"),
  aws_kms_alias: {
    id: "alias/{name}",
    arn: regional("kms", "alias/{name}"),
    attributes: { target_key_arn: "arn:aws:kms:{region}:{account}:key/{uuid}" },
  },
  aws_kms_key: { id: "{uuid}", arn: regional("kms", "key/{uuid}"), attributes: { key_id: "{uuid}" } },
  aws_lambda_function: named("lambda", "function:{name}"),
  aws_launch_template: ec2("lt", "launch-template"),
  aws_lb: byArn("elasticloadbalancing", LOAD_BALANCER, {
    arn_suffix: "app/{name}/{hex16}",
    dns_name: "{name}-{digits}.{region}.elb.amazonaws.com",
    zone_id: "Z3Q77PNBQS71R4",
  }),
  aws_lb_listener: byArn("elasticloadbalancing", "listener/app/{name}/{hex16}/{hex16}"),
  aws_lb_listener_rule: byArn("elasticloadbalancing", "listener-rule/app/{name}/{hex16}/{hex16}/{hex16}"),
  aws_lb_target_group: byArn("elasticloadbalancing", "targetgroup/{name}/{hex16}", {
    arn_suffix: "targetgroup/{name}/{hex16}",
  }),
  aws_nat_gateway: { id: "nat-{hex}", attributes: { public_ip: "192.0.2.10", private_ip: "10.0.0.10" } },
  aws_network_acl: ec2("acl", "network-acl"),
  aws_network_interface: ec2("eni", "network-interface"),
  aws_rds_cluster: named("rds", "cluster:{name}", {
    cluster_identifier: "{name}",
    cluster_resource_id: "cluster-{HEX26}",
    endpoint: "{name}.cluster-c{hex10}.{region}.rds.amazonaws.com",
    reader_endpoint: "{name}.cluster-ro-c{hex10}.{region}.rds.amazonaws.com",
  }),
  aws_rds_cluster_instance: named("rds", "db:{name}", { endpoint: RDS_HOST }),
  aws_route53_zone: { id: "Z{HEX20}", arn: "route53:::hostedzone/{id}", attributes: { zone_id: "Z{HEX20}" } },
  aws_route_table: ec2("rtb", "route-table"),
  aws_s3_bucket: {
    arn: "s3:::{name}",
    attributes: {
      bucket_domain_name: "{name}.s3.amazonaws.com",
      bucket_regional_domain_name: "{name}.s3.{region}.amazonaws.com",
      hosted_zone_id: "Z3R1K369G5AVDG",
    },
  },
  aws_secretsmanager_secret: byArn("secretsmanager", "secret:{name}-{hex6}"),
  aws_secretsmanager_secret_version: byArn("secretsmanager", "secret:{name}-{hex6}", { secret_arn: "{arn}" }),
  aws_security_group: ec2("sg", "security-group"),
  aws_service_discovery_private_dns_namespace: {
    id: "ns-{hex16}",
    arn: regional("servicediscovery", "namespace/{id}"),
  },
  aws_service_discovery_service: { id: "srv-{hex16}", arn: regional("servicediscovery", "service/{id}") },
  aws_sns_topic: byArn("sns", "{name}"),
  aws_sqs_queue: {
    id: "https://sqs.{region}.amazonaws.com/{account}/{name}",
    arn: regional("sqs", "{name}"),
    attributes: { url: "{id}" },
  },
  aws_ssm_parameter: named("ssm", "parameter/{name}"),
  aws_subnet: ec2("subnet", "subnet"),
  aws_vpc: {
    ...ec2("vpc", "vpc"),
    attributes: {
      default_security_group_id: "sg-{hex}",
      main_route_table_id: "rtb-{hex}",
      default_route_table_id: "rtb-{hex}",
    },
  },
  aws_vpc_endpoint: { ...ec2("vpce", "vpc-endpoint"), attributes: { prefix_list_id: "pl-{hex8}" } },
  aws_wafv2_web_acl: { id: "{uuid}", arn: regional("wafv2", "regional/webacl/{name}/{uuid}") },
  cloudflare_pages_project: { attributes: { subdomain: "{name}.pages.dev" } },
  cloudflare_zone: { id: "{hex32}" },
  upstash_redis_database: { id: "{uuid}", attributes: { endpoint: "{name}.upstash.io", port: 6379 } },
};

/** Attributes that mean the same whatever resource they are of, tried in this order where no table knows better. */
export const GENERIC: ReadonlyArray<readonly [RegExp, string | number | boolean]> = [
  [/^(vpc)_ids?$/, "vpc-{hex}"],
  [/(^|_)subnet_ids?$|^subnets$/, "subnet-{hex}"],
  [/(^|_)security_group_ids?$|^security_groups$/, "sg-{hex}"],
  [/(^|_)route_table_ids?$/, "rtb-{hex}"],
  [/(^|_)allocation_ids?$/, "eipalloc-{hex}"],
  [/(^|_)network_interface_ids?$/, "eni-{hex}"],
  [/(^|_)account_ids?$|^owner_id$|^registry_id$/, "{account}"],
  [/(^|_)zone_ids?$/, "Z{HEX20}"],
  [/(^|_)kms_key_(id|arn)$|^kms_key$/, "arn:aws:kms:{region}:{account}:key/{uuid}"],
  [/(^|_)secret_arn$/, "arn:aws:secretsmanager:{region}:{account}:secret:{name}-{hex6}"],
  [/(^|_)role_arn$/, "arn:aws:iam::{account}:role/{name}"],
  [/(^|_)certificate_arn$/, "arn:aws:acm:{region}:{account}:certificate/{uuid}"],
  [/(^|_)target_group_arns?$/, "arn:aws:elasticloadbalancing:{region}:{account}:targetgroup/{name}/{hex16}"],
  [/(^|_)arns?$/, "arn:aws:{service}:{region}:{account}:{name}"],
  [/(^|_)ports?$/, "{port}"],
  [/(^|_)(region)$/, "{region}"],
  [/(^|_)availability_zones?$/, "{region}a"],
  [/(^|_)cidr(_block)?s?$/, "10.0.0.0/16"],
  [/(^|_)(ip|ip_address|public_ip|private_ip)$/, "10.0.0.10"],
  [/(^|_)(url|uri)$/, "https://{name}.example.com"],
  [/(^|_)(endpoint|address|host|hostname|dns_name|domain|domain_name|fqdn)$/, "{name}.example.com"],
  [/(^|_)(count|size|capacity|revision|version_number|ttl)$/, 1],
  [/(^|_)(enabled|encrypted|public|deletion_protection)$/, false],
];

/** Attributes which are lists even where the synthesized resource does not set them. */
export const PLURAL =
  /(_ids|_arns|^subnets|^security_groups|_blocks|_zones|^name_servers|^aliases|_ips|_ports|_addresses)$/;
