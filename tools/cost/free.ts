/** Types of resources that cost nothing by themselves. */
export interface Free {
  readonly why: string;
  /** Page that says so. */
  readonly source: string;
  /** Types; one that ends in `*` stands for all that begin so. */
  readonly types: readonly string[];
}

/** The one table of what is free. */
export const FREE: readonly Free[] = [
  {
    why: "IAM costs nothing",
    source: "aws.amazon.com/iam",
    types: ["aws_iam_*"],
  },
  {
    why: "a VPC and what belongs to it costs nothing; its NAT gateways, endpoints and addresses do",
    source: "aws.amazon.com/vpc/pricing",
    types: [
      "aws_subnet",
      "aws_route",
      "aws_route_table",
      "aws_route_table_association",
      "aws_main_route_table_association",
      "aws_internet_gateway",
      "aws_egress_only_internet_gateway",
      "aws_security_group",
      "aws_security_group_rule",
      "aws_default_security_group",
      "aws_default_route_table",
      "aws_default_network_acl",
      "aws_network_acl",
      "aws_network_acl_rule",
      "aws_network_interface",
      "aws_vpc_security_group_*",
      "aws_vpc_dhcp_options*",
      "aws_vpc_peering_connection*",
      "aws_ec2_managed_prefix_list*",
    ],
  },
  {
    why: "billed with the log group or the bucket it writes to",
    source: "aws.amazon.com/cloudwatch/pricing",
    types: ["aws_flow_log", "aws_cloudwatch_log_*", "aws_cloudwatch_query_definition"],
  },
  {
    why: "part of the load balancer, whose hours and capacity units are billed",
    source: "aws.amazon.com/elasticloadbalancing/pricing",
    types: ["aws_lb_*"],
  },
  {
    why: "public certificates cost nothing",
    source: "aws.amazon.com/certificate-manager/pricing",
    types: ["aws_acm_*"],
  },
  {
    why: "settings of a database; its instances and its storage are billed",
    source: "aws.amazon.com/rds/pricing",
    types: [
      "aws_db_subnet_group",
      "aws_db_parameter_group",
      "aws_db_option_group",
      "aws_db_event_subscription",
      "aws_db_proxy_*",
      "aws_db_instance_role_association",
      "aws_rds_cluster_parameter_group",
      "aws_rds_cluster_role_association",
      "aws_rds_cluster_endpoint",
    ],
  },
  {
    why: "settings of a cache; its nodes are billed",
    source: "aws.amazon.com/elasticache/pricing",
    types: [
      "aws_elasticache_subnet_group",
      "aws_elasticache_parameter_group",
      "aws_elasticache_user",
      "aws_elasticache_user_group",
      "aws_elasticache_user_group_association",
    ],
  },
  {
    why: "ECS costs nothing; the tasks are billed",
    source: "aws.amazon.com/ecs/pricing",
    types: ["aws_ecs_cluster", "aws_ecs_cluster_capacity_providers", "aws_ecs_capacity_provider", "aws_ecs_account_*"],
  },
  {
    why: "scaling costs nothing; what it adds is billed",
    source: "aws.amazon.com/autoscaling/pricing",
    types: [
      "aws_appautoscaling_policy",
      "aws_appautoscaling_scheduled_action",
      "aws_autoscaling_policy",
      "aws_autoscaling_schedule",
      "aws_autoscaling_lifecycle_hook",
      "aws_autoscaling_attachment",
    ],
  },
  {
    why: "settings of an App Runner service; its instances are billed",
    source: "aws.amazon.com/apprunner/pricing",
    types: [
      "aws_apprunner_auto_scaling_configuration_version",
      "aws_apprunner_vpc_connector",
      "aws_apprunner_custom_domain_association",
      "aws_apprunner_observability_configuration",
      "aws_apprunner_connection",
    ],
  },
  {
    why: "a template or a setting of a host; the host, its disk and its address are billed",
    source: "aws.amazon.com/ec2/pricing",
    types: [
      "aws_launch_template",
      "aws_eip_association",
      "aws_volume_attachment",
      "aws_key_pair",
      "aws_placement_group",
      "aws_ec2_instance_state",
      "aws_ec2_instance_metadata_defaults",
      "aws_ebs_encryption_by_default",
    ],
  },
  {
    why: "settings of a bucket; what it keeps and is asked is billed",
    source: "aws.amazon.com/s3/pricing",
    types: [
      "aws_s3_bucket_acl",
      "aws_s3_bucket_cors_configuration",
      "aws_s3_bucket_intelligent_tiering_configuration",
      "aws_s3_bucket_lifecycle_configuration",
      "aws_s3_bucket_logging",
      "aws_s3_bucket_notification",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "aws_s3_bucket_website_configuration",
      "aws_s3_object",
      "aws_s3_account_public_access_block",
    ],
  },
  {
    why: "settings of a repository; the images are billed",
    source: "aws.amazon.com/ecr/pricing",
    types: [
      "aws_ecr_lifecycle_policy",
      "aws_ecr_repository_policy",
      "aws_ecr_registry_policy",
      "aws_ecr_registry_scanning_configuration",
      "aws_ecr_replication_configuration",
      "aws_ecr_pull_through_cache_rule",
    ],
  },
  {
    why: "settings of a distribution; requests and data are billed",
    source: "aws.amazon.com/cloudfront/pricing",
    types: [
      "aws_cloudfront_origin_access_control",
      "aws_cloudfront_response_headers_policy",
      "aws_cloudfront_cache_policy",
      "aws_cloudfront_origin_request_policy",
      "aws_cloudfront_key_value_store",
      "aws_cloudfront_public_key",
      "aws_cloudfront_key_group",
      "aws_cloudfront_vpc_origin",
    ],
  },
  {
    why: "part of the secret, which is billed",
    source: "aws.amazon.com/secrets-manager/pricing",
    types: [
      "aws_secretsmanager_secret_version",
      "aws_secretsmanager_secret_policy",
      "aws_secretsmanager_secret_rotation",
    ],
  },
  {
    why: "a name or a grant of a key, which is billed",
    source: "aws.amazon.com/kms/pricing",
    types: ["aws_kms_alias", "aws_kms_grant", "aws_kms_key_policy"],
  },
  {
    why: "records cost nothing; the zone and its queries are billed",
    source: "aws.amazon.com/route53/pricing",
    types: ["aws_route53_record", "aws_route53_zone_association"],
  },
  {
    why: "Session Manager, Run Command and standard parameters cost nothing",
    source: "aws.amazon.com/systems-manager/pricing",
    types: ["aws_ssm_document", "aws_ssm_parameter", "aws_ssm_association", "aws_ssm_maintenance_window*"],
  },
  {
    why: "a schedule that fires a few times a day stays below the 14 million free calls a month",
    source: "aws.amazon.com/eventbridge/pricing",
    types: ["aws_scheduler_schedule", "aws_scheduler_schedule_group"],
  },
  {
    why: "events of AWS's own services cost nothing",
    source: "aws.amazon.com/eventbridge/pricing",
    types: ["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_cloudwatch_event_bus*"],
  },
  {
    why: "budgets that only report cost nothing",
    source: "aws.amazon.com/aws-cost-management/aws-budgets/pricing",
    types: ["aws_budgets_budget", "aws_ce_anomaly_*"],
  },
  {
    why: "deployments to ECS and EC2 cost nothing",
    source: "aws.amazon.com/codedeploy/pricing",
    types: ["aws_codedeploy_app", "aws_codedeploy_deployment_group", "aws_codedeploy_deployment_config"],
  },
  {
    why: "a connection, a webhook or a notice of a pipeline costs nothing",
    source: "aws.amazon.com/codepipeline/pricing",
    types: [
      "aws_codestarconnections_*",
      "aws_codeconnections_*",
      "aws_codestarnotifications_*",
      "aws_codebuild_source_credential",
      "aws_codebuild_webhook",
      "aws_codepipeline_webhook",
    ],
  },
  {
    why: "a plan or a lock of backups; the recovery points are billed",
    source: "aws.amazon.com/backup/pricing",
    types: [
      "aws_backup_plan",
      "aws_backup_selection",
      "aws_backup_vault_lock_configuration",
      "aws_backup_vault_notifications",
      "aws_backup_vault_policy",
      "aws_backup_region_settings",
    ],
  },
  {
    why: "part of the topic, the queue or the function, which is billed",
    source: "aws.amazon.com/sns/pricing",
    types: [
      "aws_sns_topic_policy",
      "aws_sns_topic_subscription",
      "aws_sqs_queue_policy",
      "aws_sqs_queue_redrive_*",
      "aws_lambda_permission",
      "aws_lambda_alias",
      "aws_chatbot_slack_channel_configuration",
      "aws_chatbot_teams_channel_configuration",
    ],
  },
  {
    why: "settings of the firewall, whose list is billed",
    source: "aws.amazon.com/waf/pricing",
    types: ["aws_wafv2_web_acl_association", "aws_wafv2_web_acl_logging_configuration", "aws_wafv2_ip_set"],
  },
  {
    why: "settings at GitHub are part of the account",
    source: "github.com/pricing",
    types: ["github_*"],
  },
  {
    why: "records and settings at Cloudflare are part of the account",
    source: "cloudflare.com/plans",
    types: ["cloudflare_*"],
  },
  {
    why: "settings at Vercel are part of the project",
    source: "vercel.com/pricing",
    types: ["vercel_*"],
  },
  {
    why: "settings are part of the project at Neon",
    source: "neon.com/pricing",
    types: ["neon_*"],
  },
  {
    why: "settings are part of the project at Render",
    source: "render.com/pricing",
    types: ["render_project", "render_env_group", "render_env_group_link", "render_registry_credential"],
  },
  {
    why: "settings at Terraform Cloud, which bills by the resources in the states it keeps",
    source: "hashicorp.com/products/terraform/pricing",
    types: ["tfe_*"],
  },
  {
    why: "exists in Terraform only",
    source: "developer.hashicorp.com/terraform",
    types: ["terraform_data", "null_resource", "random_*", "time_*", "tls_*"],
  },
];

/** Why a type costs nothing, or undefined if the table does not name it. */
export function freeOf(type: string): Free | undefined {
  return FREE.find(({ types }) =>
    types.some((known) => (known.endsWith("*") ? type.startsWith(known.slice(0, -1)) : known === type)),
  );
}
