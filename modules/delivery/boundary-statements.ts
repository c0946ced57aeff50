import { DELIVERY_PATH } from "./delivery-names";
import { guardrails } from "./guardrails";
import { actionsOf, allow, deny, type Statement } from "./policy-statement";
import { inRegions, type Reach } from "./reach";
import type { ServiceArea } from "./service-areas";

/**
 * The most a workload of the environment can ever do, whatever its role's own policies say. A boundary grants nothing: a role may do what
 * both its policies and this allow. So kinds of work are named here by service, and the exact resources in each role.
 */
export function workloadBoundary(
  reach: Reach,
  areas: readonly ServiceArea[],
  stateBucket: string | undefined,
): Statement[] {
  const areaActions = areas.flatMap((area) => AREA_WORK[area] ?? []);
  const pipelines = areas.includes("pipelines");
  const roles = [`arn:aws:iam::${reach.accountId}:role/${reach.base}-*`];
  return [
    allow("Work", [...WORK, ...areaActions], ["*"], inRegions(reach)),
    allow("Grant", actionsOf("kms", "CreateGrant"), ["*"], { Bool: { "kms:GrantIsForAWSResource": "true" } }),
    ...(pipelines
      ? [
          allow("PassTaskRoles", actionsOf("iam", "PassRole"), roles, {
            StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
          }),
        ]
      : []),
    deny("NoIdentityChanges", IDENTITY_CHANGES, ["*"]),
    deny("NoDeliveryRoles", actionsOf("iam", "PassRole"), [`arn:aws:iam::${reach.accountId}:role${DELIVERY_PATH}*`]),
    deny(
      "NoAccountChanges",
      [...actionsOf("account", "*"), ...actionsOf("organizations", "*"), ...actionsOf("sts", "AssumeRole")],
      ["*"],
    ),
    deny("NoOpenDoors", OPEN_DOORS, ["*"]),
    ...(stateBucket
      ? [deny("NoState", ["s3:*"], [`arn:aws:s3:::${stateBucket}`, `arn:aws:s3:::${stateBucket}/*`])]
      : []),
  ];
}

/** The most a role of delivery can ever do: the services groundplan uses, less what no pipeline ever does. */
export function deliveryBoundary(reach: Reach, boundaryArn: string, otherRegions: readonly string[]): Statement[] {
  return [
    allow(
      "Deliver",
      DELIVERED.map((service) => `${service}:*`),
      ["*"],
    ),
    ...guardrails(reach, boundaryArn, otherRegions),
  ];
}

const DELIVERED = `acm application-autoscaling apprunner backup backup-storage budgets cloudfront cloudwatch codebuild
  codeconnections codedeploy codepipeline ec2 ecr ecs elasticache elasticloadbalancing iam kms logs rds
  route53 s3 scheduler secretsmanager sns ssm`.split(/\s+/);

/** What any service may be given: logs and traces, images, secrets, objects, messages, a database, a shell where one is switched on. */
const WORK = [
  ...actionsOf("cloudwatch", "PutMetricData"),
  ...actionsOf("ecr", "BatchCheckLayerAvailability BatchGetImage GetAuthorizationToken GetDownloadUrlForLayer"),
  ...actionsOf("elasticache", "Connect"),
  ...actionsOf("events", "PutEvents"),
  ...actionsOf("kms", "Decrypt DescribeKey Encrypt GenerateDataKey* ReEncrypt*"),
  ...actionsOf("logs", "CreateLogGroup CreateLogStream Describe* PutLogEvents"),
  ...actionsOf("rds-db", "connect"),
  ...actionsOf("s3", "AbortMultipartUpload DeleteObject* Get* List* PutObject* Replicate* RestoreObject"),
  ...actionsOf("secretsmanager", "DescribeSecret GetSecretValue"),
  ...actionsOf("ses", "SendEmail SendRawEmail"),
  ...actionsOf("sns", "Publish"),
  ...actionsOf("sqs", "ChangeMessageVisibility DeleteMessage GetQueue* ReceiveMessage SendMessage"),
  ...actionsOf("ssm", "GetParameter*"),
  ...actionsOf("ssmmessages", "*"),
  ...actionsOf("xray", "GetSampling* Put*"),
];

/** What AWS services do in the environment's name, by area. */
const AREA_WORK: Readonly<Partial<Record<ServiceArea, readonly string[]>>> = {
  "app-runner": actionsOf("ecr", "DescribeImages"),
  backup: [
    ...actionsOf(
      "backup",
      `CopyFromBackupVault CopyIntoBackupVault CreateBackupVault Describe* Get* List* TagResource`,
    ),
    ...actionsOf("backup-storage", "*"),
    ...actionsOf("ec2", "CopySnapshot CreateSnapshot* CreateTags DeleteSnapshot Describe*"),
    ...actionsOf("rds", "*Snapshot* AddTagsToResource Describe* ListTagsForResource RestoreDB*"),
    ...actionsOf("tag", "GetResources"),
  ],
  database: actionsOf("logs", "GetLogEvents PutRetentionPolicy"), // of enhanced monitoring
  hosts: [
    ...actionsOf("ec2messages", "*"),
    ...actionsOf(
      "ssm",
      `Describe* GetDeployablePatchSnapshotForInstance GetDocument GetManifest ListAssociations
       ListInstanceAssociations PutComplianceItems PutConfigurePackageResult PutInventory PutParameter UpdateAssociationStatus
       UpdateInstanceAssociationStatus UpdateInstanceInformation`,
    ),
  ],
  schedules: [
    ...actionsOf("ec2", "StartInstances StopInstances"),
    ...actionsOf("rds", "StartDBInstance StopDBInstance"),
  ],
  pipelines: [
    ...actionsOf("cloudwatch", "DescribeAlarms"),
    ...actionsOf("codebuild", "BatchGetBuilds BatchPut* CreateReport* StartBuild UpdateReport"),
    ...actionsOf("codeconnections", "UseConnection"),
    ...actionsOf("codedeploy", "CreateDeployment Get* RegisterApplicationRevision"),
    ...actionsOf("codepipeline", "StartPipelineExecution"),
    ...actionsOf("ec2", "CreateNetworkInterface* DeleteNetworkInterface Describe*"),
    ...actionsOf("ecr", "CompleteLayerUpload DescribeImages InitiateLayerUpload PutImage UploadLayerPart"),
    ...actionsOf(
      "ecs",
      `CreateTaskSet DeleteTaskSet Describe* ListTasks RegisterTaskDefinition TagResource UpdateService
       UpdateServicePrimaryTaskSet`,
    ),
    ...actionsOf("elasticloadbalancing", "Describe* ModifyListener ModifyRule"),
  ],
};

const IDENTITY_CHANGES = actionsOf(
  "iam",
  `Add* Attach* Create* Delete* Detach* Put* Remove* Set* Tag* Untag* Update* Upload*`,
);

/** Changing who else may read something, or opening a shell on it. */
const OPEN_DOORS = [
  ...actionsOf("ecr", "SetRepositoryPolicy"),
  ...actionsOf("ecs", "ExecuteCommand"),
  ...actionsOf("kms", "PutKeyPolicy"),
  ...actionsOf("lambda", "*"),
  ...actionsOf("rds", "Modify*SnapshotAttribute"),
  ...actionsOf("s3", "PutBucket* PutObjectAcl PutObjectVersionAcl"),
  ...actionsOf("secretsmanager", "PutResourcePolicy"),
  ...actionsOf("ssm", "SendCommand StartSession"),
];
