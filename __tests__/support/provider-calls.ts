import type { AccessRequest } from "./iam";

// What the AWS provider asks of AWS for one resource, from its first apply to its destruction: IAM checks each call for each resource it
// touches. Source: the provider's own code, 5.100, and AWS's service authorization reference, read in 2026-11.

/** Where a resource is, and whose it is. */
export interface Place {
  readonly project: string;
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;

  /** The name of what a reference leads to. */
  readonly nameOf: (reference: string) => string;
}

/** The calls for one resource. */
export interface ProviderCalls {
  /** What a plan asks for. */
  readonly reads: readonly AccessRequest[];

  /** What an apply asks for besides. */
  readonly writes: readonly AccessRequest[];

  /** What its destruction asks for besides. */
  readonly deletes: readonly AccessRequest[];
}

type Attributes = Readonly<Record<string, unknown>>;
type Context = NonNullable<AccessRequest["context"]>;

/** Actions of one service on one resource; a `?` before an action marks a read, a `-` a deletion. */
interface Calls {
  readonly service: string;
  readonly actions: string;
  readonly resource: string;
  readonly context?: (place: Place) => Context;
  readonly scope?: "region" | "world" | "bare";
  readonly arnService?: string;
}

/** Every call of one resource of a type. */
export function providerCalls(type: string, attributes: Attributes, place: Place): ProviderCalls {
  const calls = CALLS[type];
  if (calls === undefined) throw new Error(`the calls of ${type} must be written down in provider-calls.ts, got none`);
  const requests = calls(attributes, place).flatMap((call) => requestsOf(call, place));
  const marked = (mark: string) => requests.filter((request) => request.mark === mark).map(({ request }) => request);
  return { reads: marked("?"), writes: marked(""), deletes: marked("-") };
}

function requestsOf(
  { service, actions, resource, context = () => ({}), scope = "region", arnService = service }: Calls,
  place: Place,
) {
  const region = GLOBAL.includes(service) ? "us-east-1" : place.region;
  return actions
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [, mark = "", name = ""] = /^([?-]?)(\w+)$/.exec(word) ?? [];
      const request: AccessRequest = {
        action: `${service}:${name}`,
        resource: resource === "*" ? "*" : arnOf(arnService, resource, scope, place),
        context: { "aws:RequestedRegion": region, ...context(place) },
      };
      return { mark, request };
    });
}

const GLOBAL = ["iam", "budgets", "cloudfront", "route53"];

function arnOf(service: string, resource: string, scope: Calls["scope"], { region, accountId }: Place): string {
  switch (scope) {
    case "bare":
      return `arn:aws:${service}:::${resource}`;
    case "world":
      return `arn:aws:${service}::${accountId}:${resource}`;
    default:
      return `arn:aws:${service}:${region}:${accountId}:${resource}`;
  }
}

const tags = (key: string, environment: string, { project }: Place, more: Context = {}): Context => ({
  [`aws:${key}/Project`]: project,
  [`aws:${key}/Environment`]: environment,
  ...more,
});

/** Known by name. */
const named = (service: string, resource: string, actions: string, scope?: Calls["scope"]): Calls => ({
  service,
  resource,
  actions,
  scope,
});

/** Made now, with the tags every resource is given. */
const made = (service: string, resource: string, actions: string, more: Context = {}): Calls => ({
  ...named(service, resource, actions),
  context: (place) => tags("RequestTag", place.environment, place, more),
});

/** There already, with these tags. */
const own = (service: string, resource: string, actions: string): Calls => ({
  ...named(service, resource, actions),
  context: (place) => tags("ResourceTag", place.environment, place),
});

/** Of the shared scope, with the tags of that. */
const shared = (service: string, resource: string, actions: string, name?: string): Calls => ({
  ...named(service, resource, actions),
  context: (place) => tags("ResourceTag", "shared", place, name === undefined ? {} : { "aws:ResourceTag/Name": name }),
});

/** Knows no resource. */
const any = (service: string, actions: string): Calls => named(service, "*", actions);

/** A thing of EC2: made with its tags, changed and deleted by its tags. */
const ec2 = (kind: string, create: string, actions: string): Calls[] => [
  made("ec2", `${kind}/*`, create),
  made("ec2", `${kind}/new`, "CreateTags", { "ec2:CreateAction": create }),
  own("ec2", `${kind}/1`, `CreateTags DeleteTags ${actions}`),
  any("ec2", "?DescribeTags"),
];

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const ofBastion = (value: unknown): boolean => text(value).includes("shared-bastion");
const passed = (role: string, service: string): Calls => ({
  ...named("iam", `role/${role}`, "PassRole", "world"),
  context: () => ({ "iam:PassedToService": service }),
});

const bucketCalls = (actions: string) => (attributes: Attributes, place: Place) => [
  named(
    "s3",
    text(attributes["bucket"]).startsWith("$") ? `${base(place)}-x` : text(attributes["bucket"]),
    actions,
    "bare",
  ),
];
const base = ({ project, environment }: Place) => `${project}-${environment}`;
const slashed = (value: unknown) => text(value).replace(/^\//, "");

/** Rules of a security group, which may be that of the bastion. */
const rule = (direction: "Egress" | "Ingress") => (attributes: Attributes, place: Place) => {
  const change = `AuthorizeSecurityGroup${direction} ModifySecurityGroupRules -RevokeSecurityGroup${direction}`;
  return [
    ofBastion(attributes["security_group_id"])
      ? shared("ec2", "security-group/1", change, `${place.project}-shared-migrations-host`)
      : own("ec2", "security-group/1", change),
    ...ec2("security-group-rule", `AuthorizeSecurityGroup${direction}`, "ModifySecurityGroupRules"),
    any("ec2", "?DescribeSecurityGroupRules"),
  ];
};

const instance = (attributes: Attributes): Calls[] => [
  named(
    "rds",
    `db:${text(attributes["identifier"])}`,
    "?ListTagsForResource AddTagsToResource CreateDBInstance ModifyDBInstance RebootDBInstance -DeleteDBInstance",
  ),
  named("rds", "og:default:any", "CreateDBInstance"),
  any("rds", "?DescribeDBInstances"),
];

const logGroup = (name: string) => `log-group:${name}`;

const CALLS: Readonly<Record<string, (attributes: Attributes, place: Place) => readonly Calls[]>> = {
  aws_acm_certificate: () => [
    made("acm", "*", "RequestCertificate"),
    made("acm", "certificate/1", "AddTagsToCertificate"),
    named("acm", "certificate/1", "?DescribeCertificate ?ListTagsForCertificate"),
    own("acm", "certificate/1", "UpdateCertificateOptions RemoveTagsFromCertificate -DeleteCertificate"),
  ],
  aws_acm_certificate_validation: () => [named("acm", "certificate/1", "?DescribeCertificate")],
  aws_appautoscaling_policy: (a) => [
    ...scaling(a, "PutScalingPolicy -DeleteScalingPolicy", "?DescribeScalingPolicies"),
  ],
  aws_appautoscaling_scheduled_action: (a) => [
    ...scaling(a, "PutScheduledAction -DeleteScheduledAction", "?DescribeScheduledActions"),
  ],
  aws_appautoscaling_target: (a) => [
    ...scaling(a, "RegisterScalableTarget -DeregisterScalableTarget", "?DescribeScalableTargets"),
    named("application-autoscaling", "scalable-target/1", "?ListTagsForResource TagResource UntagResource"),
  ],
  aws_apprunner_auto_scaling_configuration_version: (a) => [
    named(
      "apprunner",
      `autoscalingconfiguration/${text(a["auto_scaling_configuration_name"])}/1/8fe1`,
      `CreateAutoScalingConfiguration ?DescribeAutoScalingConfiguration ?ListTagsForResource TagResource -DeleteAutoScalingConfiguration`,
    ),
  ],
  aws_apprunner_service: (a, place) => [
    named(
      "apprunner",
      `service/${text(a["service_name"])}/8fe1`,
      "CreateService ?DescribeService ?ListTagsForResource TagResource UpdateService -DeleteService",
    ),
    named("apprunner", `vpcconnector/${text(a["service_name"])}/1/8fe1`, "CreateService UpdateService"),
    named("apprunner", `autoscalingconfiguration/${text(a["service_name"])}/1/8fe1`, "CreateService UpdateService"),
    passed(`${base(place)}-x-access`, "build.apprunner.amazonaws.com"),
    passed(`${base(place)}-x-instance`, "tasks.apprunner.amazonaws.com"),
    linked("apprunner.amazonaws.com"),
  ],
  aws_apprunner_vpc_connector: (a) => [
    named(
      "apprunner",
      `vpcconnector/${text(a["vpc_connector_name"])}/1/8fe1`,
      "CreateVpcConnector ?DescribeVpcConnector ?ListTagsForResource TagResource -DeleteVpcConnector",
    ),
    linked("networking.apprunner.amazonaws.com"),
  ],
  aws_backup_plan: () => [
    made("backup", "backup-plan:1", "CreateBackupPlan TagResource"),
    named("backup", "backup-plan:1", "?GetBackupPlan ?ListTags"),
    own("backup", "backup-plan:1", "UpdateBackupPlan UntagResource -DeleteBackupPlan"),
  ],
  aws_backup_selection: (_, place) => [
    own("backup", "backup-plan:1", "CreateBackupSelection -DeleteBackupSelection"),
    named("backup", "backup-plan:1", "?GetBackupSelection"),
    passed(`${base(place)}-backup`, "backup.amazonaws.com"),
    linked("backup.amazonaws.com"),
  ],
  aws_backup_vault: (a) => [
    named(
      "backup",
      `backup-vault:${text(a["name"])}`,
      "CreateBackupVault ?DescribeBackupVault ?ListTags TagResource UntagResource ?ListRecoveryPointsByBackupVault -DeleteBackupVault",
    ),
    any("backup-storage", "MountCapsule"),
    {
      ...own("kms", "key/1", "CreateGrant"),
      context: (place) => tags("ResourceTag", place.environment, place, { "kms:GrantIsForAWSResource": "true" }),
    },
    own("kms", "key/1", "RetireGrant"),
  ],
  aws_backup_vault_policy: (_, place) => [
    named(
      "backup",
      `backup-vault:${base(place)}`,
      "PutBackupVaultAccessPolicy ?GetBackupVaultAccessPolicy -DeleteBackupVaultAccessPolicy",
    ),
  ],
  aws_budgets_budget: (a) => [
    named(
      "budgets",
      `budget/${text(a["name"])}`,
      "ModifyBudget ?ViewBudget ?ListTagsForResource TagResource UntagResource",
      "world",
    ),
  ],
  aws_cloudfront_distribution: () => [
    made("cloudfront", "*", "CreateDistribution"),
    { ...made("cloudfront", "distribution/E1", "TagResource"), scope: "world" },
    named("cloudfront", "distribution/E1", "?GetDistribution ?ListTagsForResource", "world"),
    { ...own("cloudfront", "distribution/E1", "UpdateDistribution UntagResource -DeleteDistribution"), scope: "world" },
  ],
  aws_cloudfront_function: (a) => [
    any("cloudfront", "CreateFunction"),
    named(
      "cloudfront",
      `function/${text(a["name"])}`,
      "?DescribeFunction ?GetFunction PublishFunction UpdateFunction -DeleteFunction",
      "world",
    ),
  ],
  aws_cloudfront_origin_access_control: () => [
    any("cloudfront", "CreateOriginAccessControl"),
    named(
      "cloudfront",
      "origin-access-control/E1",
      "?GetOriginAccessControl UpdateOriginAccessControl -DeleteOriginAccessControl",
      "world",
    ),
  ],
  aws_cloudfront_response_headers_policy: () => [
    any("cloudfront", "CreateResponseHeadersPolicy"),
    named(
      "cloudfront",
      "response-headers-policy/1",
      "?GetResponseHeadersPolicy UpdateResponseHeadersPolicy -DeleteResponseHeadersPolicy",
      "world",
    ),
  ],
  aws_cloudwatch_dashboard: (a) => [
    named(
      "cloudwatch",
      `dashboard/${text(a["dashboard_name"])}`,
      "PutDashboard ?GetDashboard -DeleteDashboards",
      "world",
    ),
  ],
  aws_cloudwatch_log_delivery: () => [
    made("logs", "delivery:1", "CreateDelivery TagResource"),
    named("logs", "delivery:1", "?GetDelivery ?ListTagsForResource"),
    own("logs", "delivery:1", "UpdateDeliveryConfiguration UntagResource -DeleteDelivery"),
  ],
  aws_cloudwatch_log_delivery_destination: (a) => [
    named(
      "logs",
      `delivery-destination:${text(a["name"])}`,
      "PutDeliveryDestination ?GetDeliveryDestination ?ListTagsForResource TagResource CreateDelivery -DeleteDeliveryDestination",
    ),
  ],
  aws_cloudwatch_log_delivery_source: (a) => [
    named(
      "logs",
      `delivery-source:${text(a["name"])}`,
      "PutDeliverySource ?GetDeliverySource ?ListTagsForResource TagResource CreateDelivery -DeleteDeliverySource",
    ),
    { ...own("cloudfront", "distribution/E1", "AllowVendedLogDeliveryForResource"), scope: "world" },
  ],
  aws_cloudwatch_log_group: (a) => [
    named(
      "logs",
      logGroup(text(a["name"])),
      "CreateLogGroup PutRetentionPolicy TagResource UntagResource ?ListTagsForResource -DeleteLogGroup",
    ),
    any("logs", "?DescribeLogGroups"),
  ],
  aws_cloudwatch_metric_alarm: (a) => [
    named(
      "cloudwatch",
      `alarm:${text(a["alarm_name"])}`,
      "PutMetricAlarm ?DescribeAlarms ?ListTagsForResource TagResource UntagResource -DeleteAlarms",
    ),
  ],
  aws_codebuild_project: (a, place) => [
    named("codebuild", `project/${text(a["name"])}`, "?BatchGetProjects CreateProject UpdateProject -DeleteProject"),
    passed(`${base(place)}-x-build`, "codebuild.amazonaws.com"),
  ],
  aws_codeconnections_connection: () => [
    made("codeconnections", "*", "CreateConnection"),
    made("codeconnections", "connection/*", "TagResource"),
    named("codeconnections", "connection/1", "?GetConnection ?ListTagsForResource"),
    own("codeconnections", "connection/1", "UntagResource -DeleteConnection"),
  ],
  aws_codepipeline: (a, place) => [
    named(
      "codepipeline",
      text(a["name"]),
      "?GetPipeline ?ListTagsForResource CreatePipeline UpdatePipeline TagResource UntagResource -DeletePipeline",
    ),
    passed(`${base(place)}-x-pipeline`, "codepipeline.amazonaws.com"),
    own("codeconnections", "connection/1", "PassConnection"),
  ],
  aws_codedeploy_app: (a) => [
    named(
      "codedeploy",
      `application:${text(a["name"])}`,
      "CreateApplication ?GetApplication ?ListTagsForResource TagResource UpdateApplication -DeleteApplication",
    ),
  ],
  aws_codedeploy_deployment_group: (a, place) => [
    named(
      "codedeploy",
      `deploymentgroup:${base(place)}-x/${text(a["deployment_group_name"])}`,
      "CreateDeploymentGroup ?GetDeploymentGroup ?ListTagsForResource TagResource UpdateDeploymentGroup -DeleteDeploymentGroup",
    ),
    passed(`${base(place)}-x-codedeploy`, "codedeploy.amazonaws.com"),
  ],
  aws_db_instance: (a, place) => [
    ...instance(a),
    named("rds", `snapshot:${text(a["final_snapshot_identifier"]) || `${base(place)}-x`}`, "-DeleteDBInstance"),
    ...databaseParts(place, "CreateDBInstance"),
    named("secretsmanager", "secret:rds!db-1", "CreateSecret TagResource"),
    named("kms", "key/1", "?DescribeKey"),
    passed(`${base(place)}-db-monitoring`, "monitoring.rds.amazonaws.com"),
    linked("rds.amazonaws.com"),
  ],
  aws_db_parameter_group: (a) => [
    named(
      "rds",
      `pg:${text(a["name"])}`,
      "CreateDBParameterGroup ModifyDBParameterGroup ResetDBParameterGroup AddTagsToResource ?ListTagsForResource DeleteDBParameterGroup",
    ),
    any("rds", "?DescribeDBParameterGroups ?DescribeDBParameters"),
  ],
  aws_db_subnet_group: (a) => [
    named(
      "rds",
      `subgrp:${text(a["name"])}`,
      "CreateDBSubnetGroup ModifyDBSubnetGroup AddTagsToResource ?ListTagsForResource -DeleteDBSubnetGroup",
    ),
    any("rds", "?DescribeDBSubnetGroups"),
  ],
  aws_default_security_group: () => [
    made("ec2", "security-group/default", "CreateTags"),
    own("ec2", "security-group/default", "RevokeSecurityGroupIngress RevokeSecurityGroupEgress"),
    any("ec2", "?DescribeSecurityGroups"),
  ],
  aws_ecs_cluster: (a) => [
    named(
      "ecs",
      `cluster/${text(a["name"])}`,
      "CreateCluster ?DescribeClusters ?ListTagsForResource TagResource UntagResource UpdateCluster -DeleteCluster",
    ),
    linked("ecs.amazonaws.com"),
  ],
  aws_ecs_cluster_capacity_providers: (_, place) => [
    named("ecs", `cluster/${base(place)}`, "PutClusterCapacityProviders ?DescribeClusters"),
  ],
  aws_ecs_service: (a, place) => [
    named(
      "ecs",
      `service/${base(place)}/${text(a["name"])}`,
      "CreateService ?DescribeServices TagResource UntagResource UpdateService -DeleteService",
    ),
    linked("ecs.application-autoscaling.amazonaws.com"),
  ],
  aws_ecs_task_definition: (a, place) => [
    named(
      "ecs",
      `task-definition/${text(a["family"])}:1`,
      "RegisterTaskDefinition TagResource ?DescribeTaskDefinition",
    ),
    any("ecs", "DeregisterTaskDefinition"),
    passed(`${base(place)}-x-task`, "ecs-tasks.amazonaws.com"),
    passed(`${base(place)}-x-execution`, "ecs-tasks.amazonaws.com"),
  ],
  aws_eip: () => [
    ...ec2("elastic-ip", "AllocateAddress", "AssociateAddress DisassociateAddress -ReleaseAddress"),
    own("ec2", "network-interface/1", "AssociateAddress DisassociateAddress"),
    any("ec2", "?DescribeAddresses ?DescribeAddressesAttribute"),
  ],
  aws_eip_association: () => [
    own("ec2", "elastic-ip/1", "AssociateAddress -DisassociateAddress"),
    own("ec2", "network-interface/1", "AssociateAddress -DisassociateAddress"),
    any("ec2", "?DescribeAddresses"),
  ],
  aws_elasticache_parameter_group: (a) => cachePart("parametergroup", a["name"], "CacheParameterGroup"),
  aws_elasticache_replication_group: (a, place) => [
    ...cachePart("replicationgroup", a["replication_group_id"], "ReplicationGroup"),
    named("elasticache", `subnetgroup:${base(place)}-cache`, "CreateReplicationGroup"),
    named("elasticache", `usergroup:${base(place)}-cache`, "CreateReplicationGroup ModifyReplicationGroup"),
    any("logs", "CreateLogDelivery"),
    linked("elasticache.amazonaws.com"),
  ],
  aws_elasticache_subnet_group: (a) => cachePart("subnetgroup", a["name"], "CacheSubnetGroup"),
  aws_elasticache_user: (a) => cachePart("user", a["user_id"], "User"),
  aws_elasticache_user_group: (a) => cachePart("usergroup", a["user_group_id"], "UserGroup"),
  aws_flow_log: (_, place) => [
    ...ec2("vpc-flow-log", "CreateFlowLogs", "-DeleteFlowLogs"),
    own("ec2", "vpc/1", "CreateFlowLogs"),
    any("ec2", "?DescribeFlowLogs"),
    passed(`${base(place)}-flow-logs`, "vpc-flow-logs.amazonaws.com"),
  ],
  aws_iam_instance_profile: (a, place) => [
    named(
      "iam",
      `instance-profile/${text(a["name"])}`,
      "CreateInstanceProfile AddRoleToInstanceProfile ?GetInstanceProfile TagInstanceProfile UntagInstanceProfile RemoveRoleFromInstanceProfile -DeleteInstanceProfile",
      "world",
    ),
    passed(`${base(place)}-x-host`, "ec2.amazonaws.com"),
  ],
  aws_iam_role: (a, place) => [
    bounded(
      text(a["name"]),
      place.environment,
      "CreateRole UpdateAssumeRolePolicy UpdateRole PutRolePermissionsBoundary -DeleteRole",
    ),
    named(
      "iam",
      `role/${text(a["name"])}`,
      "?GetRole ?ListRolePolicies ?ListAttachedRolePolicies TagRole UntagRole ?ListInstanceProfilesForRole",
      "world",
    ),
  ],
  aws_iam_role_policy: (a, place) => {
    const bastion = `${place.project}-shared-migrations-host`;
    const [role, environment] = a["role"] === bastion ? [bastion, "shared"] : [`${base(place)}-x`, place.environment];
    return [
      bounded(role, environment, "PutRolePolicy -DeleteRolePolicy"),
      named("iam", `role/${role}`, "?GetRolePolicy", "world"),
    ];
  },
  aws_iam_role_policy_attachment: (a, place) => [
    {
      ...bounded(`${base(place)}-x`, place.environment, "AttachRolePolicy -DetachRolePolicy"),
      context: () => ({ ...boundary(place, place.environment), "iam:PolicyARN": text(a["policy_arn"]) }),
    },
    named("iam", `role/${base(place)}-x`, "?ListAttachedRolePolicies", "world"),
  ],
  aws_instance: (_, place) => [
    made("ec2", "instance/*", "RunInstances", { "ec2:MetadataHttpTokens": "required" }),
    made("ec2", "instance/*", "CreateTags", { "ec2:CreateAction": "RunInstances" }),
    made("ec2", "volume/*", "CreateTags", { "ec2:CreateAction": "RunInstances" }),
    named("ec2", "volume/*", "RunInstances"),
    named("ec2", "network-interface/*", "RunInstances"),
    own("ec2", "network-interface/1", "RunInstances"),
    own("ec2", "subnet/1", "RunInstances"),
    own("ec2", "security-group/1", "RunInstances"),
    own("ec2", "launch-template/1", "RunInstances"),
    own("ec2", "volume/1", "ModifyVolume"),
    {
      ...own("ec2", "instance/1", "ModifyInstanceAttribute"),
      context: (it) => tags("ResourceTag", it.environment, it, { "ec2:Attribute": "InstanceType" }),
    },
    own(
      "ec2",
      "instance/1",
      `CreateTags DeleteTags ModifyInstanceMetadataOptions StartInstances StopInstances -TerminateInstances`,
    ),
    any(
      "ec2",
      `?DescribeInstances ?DescribeInstanceAttribute ?DescribeInstanceTypes ?DescribeVolumes ?DescribeInstanceCreditSpecifications
      ?DescribeIamInstanceProfileAssociations ?DescribeLaunchTemplates ?DescribeLaunchTemplateVersions`,
    ),
    passed(`${base(place)}-x-host`, "ec2.amazonaws.com"),
  ],
  aws_internet_gateway: () => [
    ...ec2(
      "internet-gateway",
      "CreateInternetGateway",
      "AttachInternetGateway -DetachInternetGateway -DeleteInternetGateway",
    ),
    own("ec2", "vpc/1", "AttachInternetGateway -DetachInternetGateway"),
    any("ec2", "?DescribeInternetGateways"),
  ],
  aws_kms_alias: (a) => [
    named("kms", text(a["name"]), "CreateAlias UpdateAlias -DeleteAlias"),
    own("kms", "key/1", "CreateAlias UpdateAlias -DeleteAlias"),
    any("kms", "?ListAliases"),
  ],
  aws_kms_key: () => [
    made("kms", "*", "CreateKey"),
    made("kms", "key/1", "TagResource"),
    named("kms", "key/1", "?DescribeKey ?GetKeyPolicy ?GetKeyRotationStatus ?ListResourceTags"),
    own("kms", "key/1", "EnableKeyRotation PutKeyPolicy UpdateKeyDescription UntagResource -ScheduleKeyDeletion"),
  ],
  aws_launch_template: () => [
    ...ec2(
      "launch-template",
      "CreateLaunchTemplate",
      "CreateLaunchTemplateVersion ModifyLaunchTemplate -DeleteLaunchTemplate",
    ),
    any("ec2", "?DescribeLaunchTemplates ?DescribeLaunchTemplateVersions"),
  ],
  aws_lb: (a) =>
    loadBalancing(
      `loadbalancer/app/${text(a["name"])}/1`,
      `CreateLoadBalancer ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets -DeleteLoadBalancer`,
    ),
  aws_lb_listener: (_, place) => [
    ...loadBalancing(`loadbalancer/app/${base(place)}/1`, "CreateListener"),
    ...loadBalancing(`listener/app/${base(place)}/1/2`, "ModifyListener ModifyListenerAttributes -DeleteListener"),
  ],
  aws_lb_listener_rule: (_, place) => [
    ...loadBalancing(`listener/app/${base(place)}/1/2`, "CreateRule"),
    ...loadBalancing(`listener-rule/app/${base(place)}/1/2/3`, "ModifyRule SetRulePriorities -DeleteRule"),
  ],
  aws_lb_target_group: (a) =>
    loadBalancing(
      `targetgroup/${text(a["name"])}/1`,
      "CreateTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes -DeleteTargetGroup",
    ),
  aws_nat_gateway: () => [
    ...ec2("natgateway", "CreateNatGateway", "-DeleteNatGateway"),
    own("ec2", "subnet/1", "CreateNatGateway"),
    own("ec2", "elastic-ip/1", "CreateNatGateway"),
    any("ec2", "?DescribeNatGateways"),
  ],
  aws_network_interface: () => [
    ...ec2(
      "network-interface",
      "CreateNetworkInterface",
      `ModifyNetworkInterfaceAttribute -DetachNetworkInterface -DeleteNetworkInterface`,
    ),
    own("ec2", "subnet/1", "CreateNetworkInterface"),
    own("ec2", "security-group/1", "CreateNetworkInterface ModifyNetworkInterfaceAttribute"),
    any("ec2", "?DescribeNetworkInterfaces"),
  ],
  aws_rds_cluster: (a, place) => [
    named(
      "rds",
      `cluster:${text(a["cluster_identifier"])}`,
      "CreateDBCluster ModifyDBCluster AddTagsToResource RemoveTagsFromResource ?ListTagsForResource -DeleteDBCluster -RemoveFromGlobalCluster",
    ),
    named("rds", `global-cluster:${base(place)}-db`, "CreateDBCluster -RemoveFromGlobalCluster", "world"),
    named("rds", `cluster-snapshot:${base(place)}-x`, "-DeleteDBCluster"),
    ...databaseParts(place, "CreateDBCluster"),
    any("rds", "?DescribeDBClusters ?DescribeGlobalClusters"),
    named("secretsmanager", "secret:rds!cluster-1", "CreateSecret TagResource"),
    named("kms", "key/1", "?DescribeKey"),
    {
      ...own("kms", "key/1", "CreateGrant"),
      context: (it) => tags("ResourceTag", it.environment, it, { "kms:GrantIsForAWSResource": "true" }),
    },
  ],
  aws_rds_cluster_instance: (a, place) => [
    ...instance(a),
    named("rds", `cluster:${base(place)}-db`, "CreateDBInstance"),
    ...databaseParts(place, "CreateDBInstance"),
    passed(`${base(place)}-db-monitoring`, "monitoring.rds.amazonaws.com"),
  ],
  aws_rds_cluster_parameter_group: (a) => [
    named(
      "rds",
      `cluster-pg:${text(a["name"])}`,
      "CreateDBClusterParameterGroup ModifyDBClusterParameterGroup ResetDBClusterParameterGroup AddTagsToResource ?ListTagsForResource DeleteDBClusterParameterGroup",
    ),
    any("rds", "?DescribeDBClusterParameterGroups ?DescribeDBClusterParameters"),
  ],
  aws_rds_global_cluster: (a, place) => [
    named(
      "rds",
      `global-cluster:${text(a["global_cluster_identifier"])}`,
      "CreateGlobalCluster ModifyGlobalCluster AddTagsToResource RemoveTagsFromResource ?ListTagsForResource -RemoveFromGlobalCluster -DeleteGlobalCluster",
      "world",
    ),
    named("rds", `cluster:${base(place)}-db`, "CreateGlobalCluster ModifyDBCluster -RemoveFromGlobalCluster"),
    any("rds", "?DescribeGlobalClusters"),
  ],
  aws_route: (a, place) => [
    ofBastion(a["route_table_id"])
      ? shared("ec2", "route-table/1", "CreateRoute ReplaceRoute -DeleteRoute", `${place.project}-shared-public`)
      : own("ec2", "route-table/1", "CreateRoute ReplaceRoute -DeleteRoute"),
    any("ec2", "?DescribeRouteTables"),
  ],
  aws_route53_record: (a) => [
    named(
      "route53",
      `hostedzone/${text(a["zone_id"])}`,
      "ChangeResourceRecordSets ?ListResourceRecordSets ?GetHostedZone",
      "bare",
    ),
    named("route53", "change/1", "?GetChange", "bare"),
  ],
  aws_route_table: () => [
    ...ec2("route-table", "CreateRouteTable", "-DeleteRouteTable"),
    own("ec2", "vpc/1", "CreateRouteTable"),
    any("ec2", "?DescribeRouteTables"),
  ],
  aws_route_table_association: () => [
    own("ec2", "route-table/1", "AssociateRouteTable ReplaceRouteTableAssociation -DisassociateRouteTable"),
    own("ec2", "subnet/1", "AssociateRouteTable -DisassociateRouteTable"),
  ],
  aws_s3_bucket: bucketCalls(
    `CreateBucket PutBucketTagging ?ListBucket ?GetBucketAcl ?GetBucketCORS ?GetBucketLocation ?GetBucketLogging
     ?GetBucketObjectLockConfiguration ?GetBucketPolicy ?GetBucketRequestPayment ?GetBucketTagging ?GetBucketVersioning ?GetBucketWebsite
     ?GetAccelerateConfiguration ?GetEncryptionConfiguration ?GetLifecycleConfiguration ?GetReplicationConfiguration -DeleteBucket`,
  ),
  aws_s3_bucket_lifecycle_configuration: bucketCalls("PutLifecycleConfiguration ?GetLifecycleConfiguration"),
  aws_s3_bucket_logging: bucketCalls("PutBucketLogging ?GetBucketLogging"),
  aws_s3_bucket_ownership_controls: bucketCalls("PutBucketOwnershipControls ?GetBucketOwnershipControls"),
  aws_s3_bucket_policy: bucketCalls("PutBucketPolicy ?GetBucketPolicy -DeleteBucketPolicy"),
  aws_s3_bucket_public_access_block: bucketCalls("PutBucketPublicAccessBlock ?GetBucketPublicAccessBlock"),
  aws_s3_bucket_replication_configuration: (a, place) => [
    ...bucketCalls("PutReplicationConfiguration ?GetReplicationConfiguration")(a, place),
    passed(`${base(place)}-x-replication`, "s3.amazonaws.com"),
  ],
  aws_s3_bucket_server_side_encryption_configuration: bucketCalls(
    "PutEncryptionConfiguration ?GetEncryptionConfiguration",
  ),
  aws_s3_bucket_versioning: bucketCalls("PutBucketVersioning ?GetBucketVersioning"),
  aws_scheduler_schedule: (a, place) => [
    named(
      "scheduler",
      `schedule/default/${text(a["name"])}`,
      "CreateSchedule ?GetSchedule UpdateSchedule -DeleteSchedule",
    ),
    passed(`${base(place)}-x-off-hours`, "scheduler.amazonaws.com"),
  ],
  aws_secretsmanager_secret: (a) => [
    named(
      "secretsmanager",
      `secret:${text(a["name"])}-abcdef`,
      "CreateSecret ?DescribeSecret ?GetResourcePolicy TagResource UntagResource UpdateSecret -DeleteSecret",
    ),
  ],
  aws_secretsmanager_secret_version: (a, place) => [
    named(
      "secretsmanager",
      `secret:${place.nameOf(text(a["secret_id"]))}-abcdef`,
      "PutSecretValue GetSecretValue UpdateSecretVersionStage",
    ),
    any("secretsmanager", "GetRandomPassword"),
  ],
  aws_security_group: () => [
    ...ec2("security-group", "CreateSecurityGroup", "RevokeSecurityGroupEgress -DeleteSecurityGroup"),
    own("ec2", "vpc/1", "CreateSecurityGroup"),
    any("ec2", "?DescribeSecurityGroups ?DescribeNetworkInterfaces"),
  ],
  aws_sns_topic: (a) => [
    named(
      "sns",
      text(a["name"]),
      "CreateTopic ?GetTopicAttributes ?ListTagsForResource SetTopicAttributes TagResource UntagResource -DeleteTopic",
    ),
  ],
  aws_sns_topic_policy: (_, place) => [named("sns", `${base(place)}-alarms`, "SetTopicAttributes ?GetTopicAttributes")],
  aws_sns_topic_subscription: (_, place) => [
    named("sns", `${base(place)}-alarms`, "Subscribe"),
    named("sns", `${base(place)}-alarms:1`, "?GetSubscriptionAttributes SetSubscriptionAttributes -Unsubscribe"),
  ],
  aws_ssm_association: (a) => [
    made("ssm", "association/*", "CreateAssociation AddTagsToResource"),
    named("ssm", `document/${text(a["association_name"])}`, "CreateAssociation UpdateAssociation -DeleteAssociation"),
    onInstance("CreateAssociation UpdateAssociation -DeleteAssociation"),
    named("ssm", "association/1", "?DescribeAssociation ?ListTagsForResource"),
    own("ssm", "association/1", "UpdateAssociation RemoveTagsFromResource -DeleteAssociation"),
  ],
  aws_ssm_document: (a) => [
    named(
      "ssm",
      `document/${text(a["name"])}`,
      "CreateDocument AddTagsToResource ?DescribeDocument ?GetDocument ?DescribeDocumentPermission ?ListTagsForResource UpdateDocument UpdateDocumentDefaultVersion -DeleteDocument",
    ),
  ],
  aws_ssm_parameter: (a) => [
    named(
      "ssm",
      `parameter/${slashed(a["name"])}`,
      "PutParameter AddTagsToResource RemoveTagsFromResource ?GetParameter ?ListTagsForResource -DeleteParameter",
    ),
    any("ssm", "?DescribeParameters"),
  ],
  aws_subnet: () => [
    ...ec2("subnet", "CreateSubnet", "ModifySubnetAttribute -DeleteSubnet"),
    own("ec2", "vpc/1", "CreateSubnet"),
    any("ec2", "?DescribeSubnets"),
  ],
  aws_vpc: () => [
    ...ec2("vpc", "CreateVpc", "ModifyVpcAttribute -DeleteVpc"),
    any("ec2", "?DescribeVpcs ?DescribeVpcAttribute ?DescribeNetworkAcls ?DescribeRouteTables ?DescribeSecurityGroups"),
  ],
  aws_vpc_endpoint: () => [
    ...ec2("vpc-endpoint", "CreateVpcEndpoint", "ModifyVpcEndpoint -DeleteVpcEndpoints"),
    own("ec2", "vpc/1", "CreateVpcEndpoint"),
    own("ec2", "route-table/1", "CreateVpcEndpoint ModifyVpcEndpoint"),
    any("ec2", "?DescribeVpcEndpoints ?DescribePrefixLists"),
  ],
  aws_vpc_peering_connection: () => [
    ...ec2(
      "vpc-peering-connection",
      "CreateVpcPeeringConnection",
      "AcceptVpcPeeringConnection ModifyVpcPeeringConnectionOptions -DeleteVpcPeeringConnection",
    ),
    own("ec2", "vpc/1", "CreateVpcPeeringConnection"),
    shared("ec2", "vpc/2", "CreateVpcPeeringConnection AcceptVpcPeeringConnection"),
    any("ec2", "?DescribeVpcPeeringConnections"),
  ],
  aws_vpc_security_group_egress_rule: rule("Egress"),
  aws_vpc_security_group_ingress_rule: rule("Ingress"),
};

function linked(service: string): Calls {
  return {
    ...named("iam", `role/aws-service-role/${service}/AWSServiceRoleForIt`, "CreateServiceLinkedRole", "world"),
    context: () => ({ "iam:AWSServiceName": service }),
  };
}

/** A call of Systems Manager about an instance, whose ARN is one of EC2. */
function onInstance(actions: string): Calls {
  return { ...own("ssm", "instance/1", actions), arnService: "ec2" };
}

function boundary({ project, accountId }: Place, environment: string): Context {
  return { "iam:PermissionsBoundary": `arn:aws:iam::${accountId}:policy/delivery/${project}-${environment}-boundary` };
}

function bounded(role: string, environment: string, actions: string): Calls {
  return { ...named("iam", `role/${role}`, actions, "world"), context: (place) => boundary(place, environment) };
}

function scaling(a: Attributes, actions: string, reads: string): Calls[] {
  const namespace = /^\$|ecs/.test(text(a["service_namespace"])) ? "ecs" : text(a["service_namespace"]);
  return [
    {
      ...named("application-autoscaling", "scalable-target/1", actions),
      context: () => ({ "application-autoscaling:service-namespace": namespace }),
    },
    any("application-autoscaling", reads),
    linked(`${namespace}.application-autoscaling.amazonaws.com`),
  ];
}

function databaseParts(place: Place, action: string): Calls[] {
  return ["subgrp", "pg", "cluster-pg"].map((kind) => named("rds", `${kind}:${base(place)}-db-x`, action));
}

function cachePart(kind: string, name: unknown, thing: string): Calls[] {
  return [
    named(
      "elasticache",
      `${kind}:${text(name)}`,
      `Create${thing} Modify${thing} AddTagsToResource ?ListTagsForResource -Delete${thing}`,
    ),
    any("elasticache", `?Describe${thing}s`),
  ];
}

function loadBalancing(resource: string, actions: string): Calls[] {
  return [
    named("elasticloadbalancing", resource, `${actions} AddTags RemoveTags`),
    any("elasticloadbalancing", "?DescribeLoadBalancers ?DescribeTags"),
  ];
}
