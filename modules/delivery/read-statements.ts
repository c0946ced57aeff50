import { DELIVERY_PATH, gitHubOidcProviderArn } from "./delivery-names";
import {
  appRunnerOf,
  CDN_KINDS,
  deploymentsOf,
  documentsOf,
  logDeliveriesOf,
  logGroupsOf,
  parametersOf,
  plainParametersOf,
  schedulesOf,
  secretsOf,
} from "./own-arns";
import { migrationReads, migrationsParameterOf } from "./migrations-statements";
import { actionsOf, allow, type Statement } from "./policy-statement";
import { anyOf, bucketsOf, globalNamedOf, inRegions, namedOf, type Reach } from "./reach";
import type { ServiceArea } from "./service-areas";

/** What a role reads besides its areas. */
export interface ReadSettings {
  /** Parts of AWS the environment uses. */
  readonly areas: readonly ServiceArea[];

  /** Route 53 zones by id. */
  readonly hostedZoneIds: readonly string[];

  /** ECR repositories by ARN; `*` at the end is understood. */
  readonly repositoryArns: readonly string[];
}

/**
 * Descriptions of AWS that know no single resource, by area: nothing here returns data of a product or its customers. `Describe*` and
 * `List*` stand for themselves; what begins with Get is written out, because some Gets return content.
 */
const DESCRIPTIONS: Readonly<Partial<Record<ServiceArea, readonly string[]>>> = {
  network: actionsOf("ec2", "Describe*"),
  "load-balancing": actionsOf("elasticloadbalancing", "Describe*"),
  containers: [...actionsOf("ecs", "Describe* List*"), ...actionsOf("application-autoscaling", "Describe*")],
  database: [...actionsOf("rds", "Describe*"), ...actionsOf("application-autoscaling", "Describe*")],
  cache: actionsOf("elasticache", "Describe*"),
  secrets: actionsOf("ssm", "DescribeParameters"),
  monitoring: actionsOf("logs", "DescribeLogGroups DescribeResourcePolicies"),
  certificates: actionsOf("acm", "ListCertificates"),
  encryption: actionsOf("kms", "ListAliases"),
  hosts: [...actionsOf("ec2", "Describe*"), ...actionsOf("ssm", "DescribeInstanceInformation")],
  "app-runner": actionsOf("apprunner", "ListAutoScalingConfigurations ListServices ListVpcConnectors"),
};

/** Descriptions of services that have one endpoint for the world, so that no region can be asked for. */
const GLOBAL_DESCRIPTIONS: Readonly<Partial<Record<ServiceArea, readonly string[]>>> = {
  dns: actionsOf("route53", "ListHostedZones"),
  cdn: actionsOf(
    "cloudfront",
    `ListCachePolicies ListOriginRequestPolicies ListResponseHeadersPolicies ListDistributions
       ListOriginAccessControls`,
  ),
};

/** Everything Terraform reads to compare an environment with its state: descriptions and settings, never contents. */
export function readStatements(reach: Reach, settings: ReadSettings): Statement[] {
  const described = inAreas(DESCRIPTIONS, settings.areas);
  const global = inAreas(GLOBAL_DESCRIPTIONS, settings.areas);
  const readable = readableParameters(reach, settings.areas);
  return [
    ...(described.length > 0 ? [allow("Describe", described, ["*"], inRegions(reach))] : []),
    ...(global.length > 0 ? [allow("DescribeGlobal", global, ["*"])] : []),
    ...settings.areas.flatMap((area) => OWN_READS[area]?.(reach, settings) ?? []),
    ...(readable.length > 0 ? [allow("ReadPlainParameters", actionsOf("ssm", "GetParameter"), readable)] : []),
    ...(scales(settings.areas) ? [scalingReads(reach)] : []),
    ...identityReads(reach),
  ];
}

const OWN_READS: Readonly<Partial<Record<ServiceArea, (reach: Reach, settings: ReadSettings) => Statement[]>>> = {
  images: (_reach, { repositoryArns }) => {
    if (repositoryArns.length === 0) return [];
    const actions = "DescribeImages DescribeRepositories GetLifecyclePolicy GetRepositoryPolicy ListTagsForResource";
    return [allow("ReadImages", actionsOf("ecr", actions), repositoryArns)];
  },
  database: (reach) => [allow("ReadDatabaseTags", actionsOf("rds", "ListTagsForResource"), [anyOf(reach, "rds", "*")])],
  cache: (reach) => [
    allow("ReadCacheTags", actionsOf("elasticache", "ListTagsForResource"), [anyOf(reach, "elasticache", "*")]),
  ],
  secrets: (reach) => [
    allow("ReadSecretSettings", actionsOf("secretsmanager", "DescribeSecret GetResourcePolicy ListSecretVersionIds"), [
      ...secretsOf(reach),
    ]),
    allow("ReadParameterSettings", actionsOf("ssm", "ListTagsForResource"), parametersOf(reach)),
  ],
  storage: (reach) => [
    allow(
      "ReadBuckets",
      actionsOf(
        "s3",
        `GetAccelerateConfiguration GetBucket* GetEncryptionConfiguration GetInventoryConfiguration
           GetIntelligentTieringConfiguration GetLifecycleConfiguration GetMetricsConfiguration
           GetReplicationConfiguration ListBucket ListTagsForResource`,
      ),
      bucketsOf(reach),
    ),
  ],
  monitoring: (reach) => [
    allow("ReadAlarms", actionsOf("cloudwatch", "DescribeAlarms ListTagsForResource"), [
      anyOf(reach, "cloudwatch", "alarm:*"),
    ]),
    allow("ReadDashboards", actionsOf("cloudwatch", "GetDashboard"), globalNamedOf(reach, "cloudwatch", "dashboard/")),
    allow(
      "ReadLogGroups",
      actionsOf("logs", "DescribeMetricFilters DescribeSubscriptionFilters ListTagsForResource"),
      logGroupsOf(reach),
    ),
    allow(
      "ReadTopics",
      actionsOf("sns", `GetSubscriptionAttributes GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource`),
      namedOf(reach, "sns", ""),
    ),
    allow(
      "ReadBudgets",
      actionsOf("budgets", "ListTagsForResource ViewBudget"),
      globalNamedOf(reach, "budgets", "budget/"),
    ),
  ],
  certificates: (reach) => [
    allow("ReadCertificates", actionsOf("acm", "DescribeCertificate GetCertificate ListTagsForCertificate"), [
      anyOf(reach, "acm", "certificate/*"),
    ]),
  ],
  dns: (_reach, { hostedZoneIds }) => {
    const zones = hostedZoneIds.map((id) => `arn:aws:route53:::hostedzone/${id}`);
    const actions = actionsOf("route53", "GetHostedZone ListResourceRecordSets ListTagsForResource");
    return [
      ...(zones.length > 0 ? [allow("ReadZones", actions, zones)] : []),
      allow("ReadZoneChanges", actionsOf("route53", "GetChange"), ["arn:aws:route53:::change/*"]),
    ];
  },
  encryption: (reach) => [
    allow("ReadKeys", actionsOf("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags"), [
      anyOf(reach, "kms", "key/*"),
    ]),
  ],
  backup: (reach) => [
    allow(
      "ReadBackupVaults",
      actionsOf(
        "backup",
        `DescribeBackupVault GetBackupVaultAccessPolicy GetBackupVaultNotifications
           ListRecoveryPointsByBackupVault ListTags`,
      ),
      namedOf(reach, "backup", "backup-vault:"),
    ),
    allow("ReadBackupPlans", actionsOf("backup", "GetBackupPlan GetBackupSelection ListTags"), [
      anyOf(reach, "backup", "backup-plan:*"),
    ]),
  ],
  hosts: (reach) => [
    allow(
      "ReadDocuments",
      actionsOf("ssm", "DescribeDocument DescribeDocumentPermission GetDocument ListTagsForResource"),
      documentsOf(reach),
    ),
    allow("ReadAssociations", actionsOf("ssm", "DescribeAssociation ListTagsForResource"), [
      anyOf(reach, "ssm", "association/*"),
    ]),
  ],
  schedules: (reach) => [allow("ReadSchedules", actionsOf("scheduler", "GetSchedule"), schedulesOf(reach))],
  migrations: migrationReads,
  "app-runner": (reach) => [
    allow(
      "ReadAppRunner",
      actionsOf(
        "apprunner",
        `DescribeAutoScalingConfiguration DescribeOperation DescribeService DescribeVpcConnector ListOperations
           ListTagsForResource`,
      ),
      appRunnerOf(reach),
    ),
  ],
  pipelines: (reach) => [
    allow(
      "ReadPipelines",
      actionsOf("codepipeline", "GetPipeline ListTagsForResource"),
      namedOf(reach, "codepipeline", ""),
    ),
    allow("ReadBuilds", actionsOf("codebuild", "BatchGetProjects"), namedOf(reach, "codebuild", "project/")),
    allow(
      "ReadDeployments",
      actionsOf("codedeploy", "GetApplication GetDeploymentConfig GetDeploymentGroup ListTagsForResource"),
      deploymentsOf(reach),
    ),
    allow("ReadConnections", actionsOf("codeconnections", "GetConnection ListTagsForResource"), [
      anyOf(reach, "codeconnections", "connection/*"),
    ]),
  ],
  cdn: (reach) => [
    allow(
      "ReadDistributions",
      actionsOf(
        "cloudfront",
        `DescribeFunction GetCachePolicy GetDistribution GetFunction GetOriginAccessControl GetOriginRequestPolicy
           GetResponseHeadersPolicy ListTagsForResource`,
      ),
      CDN_KINDS.map((kind) => `arn:aws:cloudfront::${reach.accountId}:${kind}/*`),
    ),
    allow(
      "ReadLogDelivery",
      actionsOf("logs", "GetDelivery GetDeliveryDestination GetDeliverySource ListTagsForResource"),
      [...logDeliveriesOf(reach), anyOf(reach, "logs", "delivery:*")],
    ),
  ],
};

/** Parameters whose values are read to plan; none of them holds a secret. */
export function readableParameters(reach: Reach, areas: readonly ServiceArea[]): string[] {
  return [...plainParametersOf(reach, areas), ...(areas.includes("migrations") ? [migrationsParameterOf(reach)] : [])];
}

/** Whether any area adds and removes capacity by itself. */
export function scales(areas: readonly ServiceArea[]): boolean {
  return areas.includes("containers") || areas.includes("database");
}

function scalingReads(reach: Reach): Statement {
  const targets = [anyOf(reach, "application-autoscaling", "scalable-target/*")];
  return allow("ReadScalingTags", actionsOf("application-autoscaling", "ListTagsForResource"), targets);
}

/** Roles, policies and profiles of the environment and of delivery, the policies AWS keeps, and the roles AWS services make. */
function identityReads(reach: Reach): Statement[] {
  const iam = `arn:aws:iam::${reach.accountId}`;
  const path = DELIVERY_PATH.slice(1);
  return [
    allow(
      "ReadRoles",
      actionsOf(
        "iam",
        `GetRole GetRolePolicy ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies ListRoleTags`,
      ),
      [`${iam}:role/${reach.base}-*`, `${iam}:role/${path}${reach.base}-*`, `${iam}:role/aws-service-role/*`],
    ),
    allow("ReadPolicies", actionsOf("iam", "GetPolicy GetPolicyVersion ListPolicyTags ListPolicyVersions"), [
      `${iam}:policy/${reach.base}-*`,
      `${iam}:policy/${path}${reach.base}-*`,
      "arn:aws:iam::aws:policy/*",
    ]),
    allow("ReadProfiles", actionsOf("iam", "GetInstanceProfile ListInstanceProfileTags"), [
      `${iam}:instance-profile/${reach.base}-*`,
    ]),
    allow("ReadIdentityProvider", actionsOf("iam", "GetOpenIDConnectProvider"), [
      gitHubOidcProviderArn(reach.accountId),
    ]),
  ];
}

function inAreas(
  table: Readonly<Partial<Record<ServiceArea, readonly string[]>>>,
  areas: readonly ServiceArea[],
): string[] {
  return [...new Set(areas.flatMap((area) => table[area] ?? []))].sort();
}
