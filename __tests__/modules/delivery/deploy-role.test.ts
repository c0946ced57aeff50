import type { DeployRoleProps } from "../../../modules/delivery/deploy-role";
import { DEFAULT_AREAS, SERVICE_AREAS } from "../../../modules/delivery/service-areas";
import { account, boundaryArn, deployRole, destroyableProd, state } from "../../support/delivery";
import { allows, type AccessRequest, type PolicyStatement, statementsOf } from "../../support/iam";
import { context, policyOf, resources } from "../../support/synth";

const iam = `arn:aws:iam::${account}`;
const regional = (service: string, resource: string) => `arn:aws:${service}:eu-west-3:${account}:${resource}`;
const here = { "aws:RequestedRegion": "eu-west-3" };
const own = { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "prod" };
const given = { "aws:RequestTag/Project": "acme", "aws:RequestTag/Environment": "prod" };
const bounded = { "iam:PermissionsBoundary": boundaryArn };

type Request = [string, string, AccessRequest["context"]?];

const allowed = (statements: readonly PolicyStatement[], [action, resource, extra = {}]: Request) =>
  allows(statements, { action, resource, context: { ...here, ...extra } });

const can = (props: Partial<DeployRoleProps>, ...request: Request) => allowed(statementsOf(deployRole(props)), request);

/** What Terraform asks for to build and change the default system, one request for each resource that AWS checks. */
const WORK: readonly Request[] = [
  ["ec2:CreateVpc", regional("ec2", "vpc/*"), given],
  ["ec2:CreateTags", regional("ec2", "vpc/*"), { ...given, "ec2:CreateAction": "CreateVpc" }],
  ["ec2:CreateSubnet", regional("ec2", "subnet/*"), given],
  ["ec2:CreateSubnet", regional("ec2", "vpc/vpc-1"), own],
  ["ec2:ModifyVpcAttribute", regional("ec2", "vpc/vpc-1"), own],
  ["ec2:CreateTags", regional("ec2", "security-group/sg-default"), given],
  ["ec2:RevokeSecurityGroupIngress", regional("ec2", "security-group/sg-1"), own],
  ["ec2:AuthorizeSecurityGroupIngress", regional("ec2", "security-group/sg-1"), own],
  ["ec2:AuthorizeSecurityGroupIngress", regional("ec2", "security-group-rule/*"), given],
  ["ec2:CreateNatGateway", regional("ec2", "natgateway/*"), given],
  ["ec2:CreateNatGateway", regional("ec2", "elastic-ip/eipalloc-1"), own],
  ["ec2:CreateRoute", regional("ec2", "route-table/rtb-1"), own],
  ["ec2:CreateVpcEndpoint", regional("ec2", "vpc-endpoint/*"), given],
  ["ec2:CreateFlowLogs", regional("ec2", "vpc/vpc-1"), own],
  ["ec2:DescribeAvailabilityZones", "*"],
  ["elasticloadbalancing:CreateLoadBalancer", regional("elasticloadbalancing", "loadbalancer/app/acme-prod/1")],
  ["elasticloadbalancing:CreateListener", regional("elasticloadbalancing", "loadbalancer/app/acme-prod/1")],
  ["elasticloadbalancing:ModifyRule", regional("elasticloadbalancing", "listener-rule/app/acme-prod/1/2/3")],
  ["elasticloadbalancing:CreateTargetGroup", regional("elasticloadbalancing", "targetgroup/acme-prod-api/1")],
  ["ecs:CreateCluster", regional("ecs", "cluster/acme-prod")],
  ["ecs:CreateService", regional("ecs", "service/acme-prod/acme-prod-api")],
  ["ecs:RegisterTaskDefinition", regional("ecs", "task-definition/acme-prod-api:*")],
  ["ecs:RegisterTaskDefinition", regional("ecs", "task-definition/acme-prod-api:*"), { "ecs:privileged": "false" }],
  ["ecs:DeregisterTaskDefinition", "*"],
  [
    "application-autoscaling:RegisterScalableTarget",
    regional("application-autoscaling", "scalable-target/1"),
    { "application-autoscaling:service-namespace": "ecs" },
  ],
  ["rds:CreateDBInstance", regional("rds", "db:acme-prod-db"), { "rds:PubliclyAccessible": "false" }],
  ["rds:CreateDBInstance", regional("rds", "subgrp:acme-prod-db")],
  ["rds:CreateDBInstance", regional("rds", "pg:acme-prod-db-postgres17")],
  ["rds:CreateDBInstance", regional("rds", "og:default:postgres-17")],
  ["secretsmanager:CreateSecret", regional("secretsmanager", "secret:rds!db-1")],
  ["elasticache:CreateReplicationGroup", regional("elasticache", "replicationgroup:acme-prod-cache")],
  ["elasticache:CreateUser", regional("elasticache", "user:acme-prod-cache-app")],
  ["logs:PutResourcePolicy", "*"],
  ["secretsmanager:CreateSecret", regional("secretsmanager", "secret:acme-prod-cache")],
  ["s3:CreateBucket", "arn:aws:s3:::acme-prod-uploads"],
  ["s3:PutBucketPolicy", "arn:aws:s3:::acme-prod-uploads"],
  ["logs:CreateLogGroup", regional("logs", "log-group:/ecs/acme-prod-api")],
  ["logs:PutRetentionPolicy", regional("logs", "log-group:acme-prod-flow-logs")],
  ["cloudwatch:PutMetricAlarm", regional("cloudwatch", "alarm:acme-prod-api-5xx")],
  ["sns:CreateTopic", regional("sns", "acme-prod-alarms")],
  ["sns:SetTopicAttributes", regional("sns", "acme-prod-alarms")],
  ["sns:Subscribe", regional("sns", "acme-prod-alarms")],
  ["sns:GetSubscriptionAttributes", regional("sns", "acme-prod-alarms:0123")],
  ["cloudwatch:PutDashboard", `arn:aws:cloudwatch::${account}:dashboard/acme-prod`],
  ["cloudwatch:GetDashboard", `arn:aws:cloudwatch::${account}:dashboard/acme-prod`],
  ["budgets:ViewBudget", `arn:aws:budgets::${account}:budget/acme-prod`, { "aws:RequestedRegion": "us-east-1" }],
  ["budgets:ModifyBudget", `arn:aws:budgets::${account}:budget/acme-prod`, { "aws:RequestedRegion": "us-east-1" }],
  ["acm:RequestCertificate", "*", given],
  ["acm:DeleteCertificate", regional("acm", "certificate/1"), own],
  [
    "route53:ChangeResourceRecordSets",
    "arn:aws:route53:::hostedzone/Z0123456789ABC",
    { "aws:RequestedRegion": "us-east-1" },
  ],
  ["kms:CreateKey", "*", given],
  ["kms:PutKeyPolicy", regional("kms", "key/1"), own],
  ["kms:CreateGrant", regional("kms", "key/1"), { ...own, "kms:GrantIsForAWSResource": "true" }],
  ["backup:CreateBackupVault", regional("backup", "backup-vault:acme-prod")],
  ["backup-storage:MountCapsule", "*"],
  ["kms:RetireGrant", regional("kms", "key/1"), own],
  ["backup:PutBackupVaultAccessPolicy", regional("backup", "backup-vault:acme-prod")],
  ["backup:PutBackupVaultLockConfiguration", regional("backup", "backup-vault:acme-prod")],
  ["backup:ListRecoveryPointsByBackupVault", regional("backup", "backup-vault:acme-prod")],
  ["backup:CreateBackupPlan", regional("backup", "backup-plan:*"), given],
  ["backup:CreateBackupSelection", regional("backup", "backup-plan:1"), own],
  ["backup:GetBackupSelection", regional("backup", "backup-plan:1"), own],
  ["iam:PassRole", `${iam}:role/acme-prod-backup`, { "iam:PassedToService": "backup.amazonaws.com" }],
  ["s3:PutReplicationConfiguration", "arn:aws:s3:::acme-prod-uploads-123456789012"],
  ["s3:GetReplicationConfiguration", "arn:aws:s3:::acme-prod-uploads-123456789012"],
  ["iam:PassRole", `${iam}:role/acme-prod-uploads-replication`, { "iam:PassedToService": "s3.amazonaws.com" }],
  [
    "iam:AttachRolePolicy",
    `${iam}:role/acme-prod-backup`,
    {
      ...bounded,
      "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    },
  ],
  ["iam:CreateRole", `${iam}:role/acme-prod-api-task`, { ...bounded, "aws:RequestedRegion": "us-east-1" }],
  ["iam:PutRolePolicy", `${iam}:role/acme-prod-api-task`, bounded],
  ["iam:UpdateAssumeRolePolicy", `${iam}:role/acme-prod-api-task`, bounded],
  ["iam:DeleteRole", `${iam}:role/acme-prod-api-task`, bounded],
  [
    "iam:AttachRolePolicy",
    `${iam}:role/acme-prod-db-monitoring`,
    { ...bounded, "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
  ],
  ["iam:PassRole", `${iam}:role/acme-prod-api-task`, { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
  [
    "iam:CreateServiceLinkedRole",
    `${iam}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    { "iam:AWSServiceName": "ecs.amazonaws.com" },
  ],
  ["s3:PutObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate"],
  ["s3:DeleteObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate.tflock"],
  ["kms:GenerateDataKey", state.kmsKeyArn ?? ""],
];

describe("DeployRole", () => {
  test("is for jobs in the environment, on the branch it is deployed from", () => {
    const [role] = resources(deployRole(), "aws_iam_role");
    expect(role).toMatchObject({ name: "acme-prod-deploy", description: "Deploys prod from GitHub Actions" });
    expect(policyOf(role ?? {}, "assume_role_policy").Statement[0]?.Condition).toEqual({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": [
          "repo:acme/platform:environment:prod",
          "repo:acme@1001/platform@2001:environment:prod",
        ],
        "token.actions.githubusercontent.com:repository_id": "2001",
        "token.actions.githubusercontent.com:repository_owner_id": "1001",
        "token.actions.githubusercontent.com:ref": "refs/heads/main",
      },
    });
  });

  const inOneRegion = statementsOf(deployRole({ otherRegions: [] }));

  test.each<Request>(WORK)("may %s on %s", (action, resource, extra = {}) => {
    expect(allowed(inOneRegion, [action, resource, extra])).toBe(true);
  });

  test("works in a second region as in the first", () => {
    const elsewhere = { "aws:RequestedRegion": "us-east-1" };
    expect(can({}, "rds:ModifyDBInstance", `arn:aws:rds:us-east-1:${account}:db:acme-prod-db`, elsewhere)).toBe(true);
    expect(
      can({ otherRegions: [] }, "rds:ModifyDBInstance", `arn:aws:rds:us-east-1:${account}:db:acme-prod-db`, elsewhere),
    ).toBe(false);
  });

  const deletions: ReadonlyArray<readonly [string, string]> = [
    ["rds:DeleteDBInstance", regional("rds", "db:acme-prod-db")],
    ["s3:DeleteBucket", "arn:aws:s3:::acme-prod-uploads"],
    ["s3:DeleteObjectVersion", "arn:aws:s3:::acme-prod-uploads/a"],
    ["kms:ScheduleKeyDeletion", regional("kms", "key/1")],
    ["ecr:DeleteRepository", regional("ecr", "repository/acme/api")],
    ["backup:DeleteBackupVault", regional("backup", "backup-vault:acme-prod")],
    ["backup:DeleteBackupVaultLockConfiguration", regional("backup", "backup-vault:acme-prod")],
    ["backup:DeleteRecoveryPoint", regional("rds", "snapshot:awsbackup:job-1")],
    ["secretsmanager:DeleteSecret", regional("secretsmanager", "secret:acme-prod-cache-abcdef")],
    ["rds:DeleteDBCluster", regional("rds", "cluster:acme-prod-db")],
    ["rds:DeleteGlobalCluster", `arn:aws:rds::${account}:global-cluster:acme-prod-db`],
  ];

  test.each(deletions)("may %s only where everything may be destroyed", (action, resource) => {
    expect(can({}, action, resource, own)).toBe(false);
    expect(can({ context: destroyableProd }, action, resource, own)).toBe(true);
    expect(can({ context: destroyableProd, protectData: true }, action, resource, own)).toBe(false);
  });

  test("keeps the default of protecting data for an explicit undefined", () => {
    expect(can({ protectData: undefined }, "rds:DeleteDBInstance", regional("rds", "db:acme-prod-db"))).toBe(false);
  });

  test("reads and writes the values of the secrets it is told to, and of no other", () => {
    const written = { writtenSecrets: ["acme-prod-cache"] };
    const secret = (name: string) => regional("secretsmanager", `secret:${name}`);
    expect(can(written, "secretsmanager:PutSecretValue", secret("acme-prod-cache-abcdef"))).toBe(true);
    expect(can(written, "secretsmanager:GetSecretValue", secret("acme-prod-cache-abcdef"))).toBe(true);
    expect(can(written, "secretsmanager:GetSecretValue", secret("acme-prod-cache-two-abcdef"))).toBe(false);
    expect(can({}, "secretsmanager:PutSecretValue", secret("acme-prod-cache-abcdef"))).toBe(false);
    const elsewhere = `arn:aws:secretsmanager:us-east-1:${account}:secret:acme-prod-cache-abcdef`;
    expect(can(written, "secretsmanager:GetSecretValue", elsewhere, { "aws:RequestedRegion": "us-east-1" })).toBe(
      false,
    );
  });

  test("passes exactly the roles it is told to, if it is told", () => {
    const props = { passedRoles: ["acme-prod-api-task"] };
    const service = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
    expect(can(props, "iam:PassRole", `${iam}:role/acme-prod-api-task`, service)).toBe(true);
    expect(can(props, "iam:PassRole", `${iam}:role/acme-prod-web-task`, service)).toBe(false);
  });

  test.each<[string, string]>([
    ["ec2:RunInstances", regional("ec2", "instance/*")],
    ["codepipeline:CreatePipeline", regional("codepipeline", "acme-prod-x")],
    ["apprunner:CreateService", regional("apprunner", "service/acme-prod-x/1")],
    ["cloudfront:CreateDistribution", "*"],
  ])("may %s only when its area is asked for", (action, resource) => {
    const extra = { ...given, "ec2:MetadataHttpTokens": "required" };
    expect(can({ areas: DEFAULT_AREAS }, action, resource, extra)).toBe(false);
    expect(can({ areas: undefined }, action, resource, extra)).toBe(false);
    expect(can({ areas: SERVICE_AREAS }, action, resource, extra)).toBe(true);
  });

  const onHosts = statementsOf(
    deployRole({ areas: [...DEFAULT_AREAS, "hosts", "schedules", "migrations"], otherRegions: [] }),
  );
  const association = regional("ssm", "association/1");
  const document = regional("ssm", "document/acme-prod-api-deploy");
  const schedule = regional("scheduler", "schedule/default/acme-prod-api-instances-stop");
  const ofBastion = (name: string) => ({
    "aws:ResourceTag/Project": "acme",
    "aws:ResourceTag/Environment": "shared",
    "aws:ResourceTag/Name": name,
  });
  const bastionLimit = { "iam:PermissionsBoundary": `${iam}:policy/delivery/acme-shared-boundary` };

  test.each<Request>([
    ["ec2:RunInstances", regional("ec2", "instance/*"), { ...given, "ec2:MetadataHttpTokens": "required" }],
    ["ec2:RunInstances", regional("ec2", "network-interface/*")],
    ["ec2:RunInstances", regional("ec2", "network-interface/eni-1"), own],
    ["ec2:RunInstances", "arn:aws:ec2:eu-west-3::image/ami-1"],
    ["ec2:CreateTags", regional("ec2", "volume/*"), { ...given, "ec2:CreateAction": "RunInstances" }],
    ["ec2:ModifyNetworkInterfaceAttribute", regional("ec2", "network-interface/eni-1"), own],
    ["ec2:DeleteNetworkInterface", regional("ec2", "network-interface/eni-1"), own],
    ["ec2:ModifyInstanceAttribute", regional("ec2", "instance/i-1"), { ...own, "ec2:Attribute": "InstanceType" }],
    ["ec2:StartInstances", regional("ec2", "instance/i-1"), own],
    ["ec2:AssociateAddress", regional("ec2", "elastic-ip/eipalloc-1"), own],
    ["ec2:AssociateAddress", regional("ec2", "network-interface/eni-1"), own],
    ["ec2:CreateLaunchTemplateVersion", regional("ec2", "launch-template/lt-1"), own],
    ["ssm:CreateDocument", document],
    ["ssm:DescribeDocumentPermission", document],
    ["ssm:UpdateDocumentDefaultVersion", document],
    ["ssm:DeleteDocument", document],
    ["ssm:CreateAssociation", regional("ssm", "association/*"), given],
    ["ssm:CreateAssociation", document],
    ["ssm:CreateAssociation", regional("ec2", "instance/i-1"), own],
    ["ssm:AddTagsToResource", association, given],
    ["ssm:DescribeAssociation", association],
    ["ssm:ListTagsForResource", association],
    ["ssm:UpdateAssociation", association, own],
    ["ssm:UpdateAssociation", document],
    ["ssm:DeleteAssociation", association, own],
    ["ssm:PutParameter", regional("ssm", "parameter/acme-prod/api/image-tag")],
    ["ssm:GetParameter", regional("ssm", "parameter/acme-prod/api/image-tag")],
    ["scheduler:CreateSchedule", schedule],
    ["scheduler:GetSchedule", schedule],
    ["scheduler:UpdateSchedule", schedule],
    ["scheduler:DeleteSchedule", schedule],
    ["iam:PassRole", `${iam}:role/acme-prod-api-off-hours`, { "iam:PassedToService": "scheduler.amazonaws.com" }],
    ["iam:PassRole", `${iam}:role/acme-prod-api-host`, { "iam:PassedToService": "ec2.amazonaws.com" }],
    ["ec2:CreateVpcPeeringConnection", regional("ec2", "vpc-peering-connection/*"), given],
    [
      "ec2:CreateTags",
      regional("ec2", "vpc-peering-connection/pcx-1"),
      { ...given, "ec2:CreateAction": "CreateVpcPeeringConnection" },
    ],
    ["ec2:AcceptVpcPeeringConnection", regional("ec2", "vpc/vpc-2"), ofBastion("acme-shared")],
    ["ec2:CreateRoute", regional("ec2", "route-table/rtb-2"), ofBastion("acme-shared-public")],
    [
      "ec2:AuthorizeSecurityGroupEgress",
      regional("ec2", "security-group/sg-2"),
      ofBastion("acme-shared-migrations-host"),
    ],
    ["ec2:AuthorizeSecurityGroupEgress", regional("ec2", "security-group-rule/*"), given],
    ["ssm:PutParameter", regional("ssm", "parameter/acme-shared/migrations/prod")],
    ["ssm:GetParameter", regional("ssm", "parameter/acme-shared/migrations/prod")],
    ["iam:PutRolePolicy", `${iam}:role/acme-shared-migrations-host`, bastionLimit],
    ["iam:GetRolePolicy", `${iam}:role/acme-shared-migrations-host`],
  ])("may %s on %s for hosts, schedules and migrations", (action, resource, extra = {}) => {
    expect(allowed(onHosts, [action, resource, extra])).toBe(true);
    const without = statementsOf(deployRole({ areas: DEFAULT_AREAS, otherRegions: [] }));
    const everywhere = new Set(["ec2:AssociateAddress", "ec2:AuthorizeSecurityGroupEgress", "ec2:CreateTags"]);
    const named = /parameter\/acme-prod\//.test(resource);
    if (!everywhere.has(action) && !named) expect(allowed(without, [action, resource, extra])).toBe(false);
  });

  const world = (resource: string) => `arn:aws:rds::${account}:${resource}`;
  test.each<Request>([
    ["rds:CreateGlobalCluster", world("global-cluster:acme-prod-db")],
    ["rds:CreateGlobalCluster", regional("rds", "cluster:acme-prod-db")],
    ["rds:ModifyGlobalCluster", world("global-cluster:acme-prod-db")],
    ["rds:AddTagsToResource", world("global-cluster:acme-prod-db")],
    ["rds:RemoveFromGlobalCluster", world("global-cluster:acme-prod-db")],
    ["rds:CreateDBCluster", world("global-cluster:acme-prod-db")],
    ["rds:CreateDBCluster", regional("rds", "cluster-pg:acme-prod-db-aurora-postgresql17")],
    ["rds:CreateDBInstance", regional("rds", "cluster:acme-prod-db")],
    ["rds:DeleteDBClusterParameterGroup", regional("rds", "cluster-pg:acme-prod-db-aurora-postgresql16")],
    ["rds:DeleteDBParameterGroup", regional("rds", "pg:acme-prod-db-postgres16")],
    [
      "application-autoscaling:PutScalingPolicy",
      regional("application-autoscaling", "scalable-target/1"),
      { "application-autoscaling:service-namespace": "rds" },
    ],
    [
      "iam:CreateServiceLinkedRole",
      `${iam}:role/aws-service-role/rds.application-autoscaling.amazonaws.com/AWSServiceRoleForIt`,
      { "iam:AWSServiceName": "rds.application-autoscaling.amazonaws.com" },
    ],
  ])("may %s on %s for Aurora", (action, resource, extra = {}) => {
    expect(allowed(inOneRegion, [action, resource, extra])).toBe(true);
  });

  test("makes random passwords only where it writes a secret", () => {
    const action = "secretsmanager:GetRandomPassword";
    expect(can({ writtenSecrets: ["acme-prod-cache"] }, action, "*")).toBe(true);
    expect(can({ writtenSecrets: [] }, action, "*")).toBe(false);
  });

  const inPipelines = statementsOf(deployRole({ areas: [...DEFAULT_AREAS, "pipelines"], otherRegions: [] }));
  const connection = regional("codeconnections", "connection/1");

  test.each<Request>([
    ["codepipeline:CreatePipeline", regional("codepipeline", "acme-prod-release")],
    ["codepipeline:UpdatePipeline", regional("codepipeline", "acme-prod-release")],
    ["codepipeline:DeletePipeline", regional("codepipeline", "acme-prod-release")],
    ["codepipeline:TagResource", regional("codepipeline", "acme-prod-release"), given],
    ["codepipeline:GetPipeline", regional("codepipeline", "acme-prod-release")],
    ["codepipeline:ListTagsForResource", regional("codepipeline", "acme-prod-release")],
    ["codebuild:CreateProject", regional("codebuild", "project/acme-prod-release-build"), given],
    ["codebuild:BatchGetProjects", regional("codebuild", "project/acme-prod-release-build")],
    ["codebuild:UpdateProject", regional("codebuild", "project/acme-prod-release-build")],
    ["codebuild:DeleteProject", regional("codebuild", "project/acme-prod-release-build")],
    ["codedeploy:CreateApplication", regional("codedeploy", "application:acme-prod-api"), given],
    ["codedeploy:CreateDeploymentGroup", regional("codedeploy", "deploymentgroup:acme-prod-api/acme-prod-api"), given],
    ["codedeploy:GetDeploymentGroup", regional("codedeploy", "deploymentgroup:acme-prod-api/acme-prod-api")],
    ["codedeploy:UpdateDeploymentGroup", regional("codedeploy", "deploymentgroup:acme-prod-api/acme-prod-api")],
    ["codedeploy:DeleteDeploymentGroup", regional("codedeploy", "deploymentgroup:acme-prod-api/acme-prod-api")],
    ["codedeploy:TagResource", regional("codedeploy", "application:acme-prod-api"), given],
    ["codedeploy:ListTagsForResource", regional("codedeploy", "application:acme-prod-api")],
    ["codeconnections:CreateConnection", "*", given],
    ["codeconnections:TagResource", connection, given],
    ["codeconnections:TagResource", connection, { ...given, ...own }],
    ["codeconnections:GetConnection", connection],
    ["codeconnections:ListTagsForResource", connection],
    ["codeconnections:PassConnection", connection, own],
    ["codeconnections:UntagResource", connection, own],
    ["codeconnections:DeleteConnection", connection, own],
    ["cloudwatch:PutMetricAlarm", regional("cloudwatch", "alarm:acme-prod-api-release-errors")],
    ["logs:CreateLogGroup", regional("logs", "log-group:/aws/codebuild/acme-prod-release-build")],
    ["iam:CreateRole", `${iam}:role/acme-prod-api-codedeploy`, bounded],
    ["iam:PassRole", `${iam}:role/acme-prod-api-codedeploy`, { "iam:PassedToService": "codedeploy.amazonaws.com" }],
    ["iam:PassRole", `${iam}:role/acme-prod-release-build`, { "iam:PassedToService": "codebuild.amazonaws.com" }],
    ["iam:PassRole", `${iam}:role/acme-prod-release-pipeline`, { "iam:PassedToService": "codepipeline.amazonaws.com" }],
  ])("may %s on %s for a pipeline", (action, resource, extra = {}) => {
    expect(allowed(inPipelines, [action, resource, extra])).toBe(true);
  });

  const foreign = { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "staging" };

  test.each<Request>([
    ["codeconnections:CreateConnection", "*"],
    ["codeconnections:TagResource", connection, { ...given, ...foreign }],
    ["codeconnections:TagResource", connection],
    ["codeconnections:PassConnection", connection, foreign],
    ["codeconnections:DeleteConnection", connection],
    ["codeconnections:UseConnection", connection, own],
    ["codepipeline:StartPipelineExecution", regional("codepipeline", "acme-prod-release")],
    ["codebuild:StartBuild", regional("codebuild", "project/acme-prod-release-build")],
    ["codedeploy:CreateDeployment", regional("codedeploy", "deploymentgroup:acme-prod-api/acme-prod-api")],
  ])("may not %s on %s, even with pipelines", (action, resource, extra = {}) => {
    expect(allowed(inPipelines, [action, resource, extra])).toBe(false);
  });

  /** What Terraform asks for to build, change, read and destroy a site on CloudFront with its access logs. */
  const cdn = (resource: string) => `arn:aws:cloudfront::${account}:${resource}`;
  const delivery = (resource: string) => `arn:aws:logs:us-east-1:${account}:${resource}`;
  test.each<Request>([
    ["cloudfront:CreateDistribution", "*", given],
    ["cloudfront:TagResource", cdn("distribution/E1"), given],
    ["cloudfront:GetDistribution", cdn("distribution/E1")],
    ["cloudfront:ListTagsForResource", cdn("distribution/E1")],
    ["cloudfront:UpdateDistribution", cdn("distribution/E1"), own],
    ["cloudfront:DeleteDistribution", cdn("distribution/E1"), own],
    ["cloudfront:CreateOriginAccessControl", "*"],
    ["cloudfront:GetOriginAccessControl", cdn("origin-access-control/E1")],
    ["cloudfront:UpdateOriginAccessControl", cdn("origin-access-control/E1")],
    ["cloudfront:DeleteOriginAccessControl", cdn("origin-access-control/E1")],
    ["cloudfront:CreateResponseHeadersPolicy", "*"],
    ["cloudfront:GetResponseHeadersPolicy", cdn("response-headers-policy/1")],
    ["cloudfront:UpdateResponseHeadersPolicy", cdn("response-headers-policy/1")],
    ["cloudfront:DeleteResponseHeadersPolicy", cdn("response-headers-policy/1")],
    ["cloudfront:CreateFunction", "*"],
    ["cloudfront:PublishFunction", cdn("function/acme-prod-web-routing")],
    ["cloudfront:DescribeFunction", cdn("function/acme-prod-web-routing")],
    ["cloudfront:GetFunction", cdn("function/acme-prod-web-routing")],
    ["cloudfront:UpdateFunction", cdn("function/acme-prod-web-routing")],
    ["cloudfront:DeleteFunction", cdn("function/acme-prod-web-routing")],
    ["cloudfront:AllowVendedLogDeliveryForResource", cdn("distribution/E1"), own],
    ["logs:PutDeliverySource", delivery("delivery-source:acme-prod-web-access")],
    ["logs:TagResource", delivery("delivery-source:acme-prod-web-access"), given],
    ["logs:GetDeliverySource", delivery("delivery-source:acme-prod-web-access")],
    ["logs:PutDeliveryDestination", delivery("delivery-destination:acme-prod-web-access")],
    ["logs:GetDeliveryDestination", delivery("delivery-destination:acme-prod-web-access")],
    ["logs:CreateDelivery", delivery("delivery-source:acme-prod-web-access"), given],
    ["logs:CreateDelivery", delivery("delivery-destination:acme-prod-web-access"), given],
    ["logs:CreateDelivery", delivery("delivery:1"), given],
    ["logs:TagResource", delivery("delivery:1"), given],
    ["logs:GetDelivery", delivery("delivery:1")],
    ["logs:ListTagsForResource", delivery("delivery:1")],
    ["logs:DeleteDelivery", delivery("delivery:1"), own],
    ["logs:DeleteDeliverySource", delivery("delivery-source:acme-prod-web-access")],
    ["logs:DeleteDeliveryDestination", delivery("delivery-destination:acme-prod-web-access")],
  ])("with CloudFront may %s on %s", (action, resource, extra = {}) => {
    const role = { areas: SERVICE_AREAS, otherRegions: ["us-east-1"] };
    expect(can(role, action, resource, { "aws:RequestedRegion": "us-east-1", ...extra })).toBe(true);
  });

  test.each<Request>([
    ["cloudfront:CreateDistribution", "*"],
    ["cloudfront:UpdateDistribution", cdn("distribution/E1"), { "aws:ResourceTag/Project": "acme" }],
    ["cloudfront:AllowVendedLogDeliveryForResource", cdn("distribution/E1")],
    ["cloudfront:UpdateFunction", cdn("function/acme-staging-web-routing")],
    ["cloudfront:DeleteFunction", cdn("function/acme-prod2-web")],
    ["logs:PutDeliverySource", delivery("delivery-source:acme-staging-web-access")],
    ["logs:DeleteDelivery", delivery("delivery:1")],
    ["logs:TagResource", delivery("delivery:1"), { ...given, "aws:ResourceTag/Environment": "staging" }],
  ])("with CloudFront may not %s on %s of somebody else", (action, resource, extra = {}) => {
    const role = { areas: SERVICE_AREAS, otherRegions: ["us-east-1"] };
    expect(can(role, action, resource, { "aws:RequestedRegion": "us-east-1", ...extra })).toBe(false);
  });

  test("needs neither repositories nor zones nor a state", () => {
    const bare = { repositoryArns: [], hostedZoneIds: [], state: undefined };
    expect(can(bare, "ecr:CreateRepository", regional("ecr", "repository/acme/api"))).toBe(false);
    expect(can(bare, "route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z0123456789ABC")).toBe(false);
    expect(can(bare, "s3:PutObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate")).toBe(false);
  });

  test("reaches a state in another region, and nothing else there", () => {
    const props = { otherRegions: [], state: { ...state, region: "eu-central-1" } };
    const there = { "aws:RequestedRegion": "eu-central-1" };
    expect(can(props, "s3:GetObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate", there)).toBe(true);
    expect(can(props, "ecs:CreateCluster", `arn:aws:ecs:eu-central-1:${account}:cluster/acme-prod`, there)).toBe(false);
  });

  test("asks for the boundary it is given, or the one its environment has by name", () => {
    const permissionsBoundaryArn = `${iam}:policy/other-boundary`;
    const other = context({ environment: "prod", permissionsBoundaryArn });
    const role = `${iam}:role/acme-prod-api-task`;
    expect(can({ context: other }, "iam:CreateRole", role, { "iam:PermissionsBoundary": permissionsBoundaryArn })).toBe(
      true,
    );
    expect(can({ context: other }, "iam:CreateRole", role, bounded)).toBe(false);
  });

  test("fits into ten policies of AWS's size at its widest, with long names", () => {
    const long = context({ project: "a-product-with-a-name", environment: "production-eu", region: "ap-southeast-3" });
    const synthesized = deployRole({ context: long, otherRegions: ["us-east-1"] });
    const policies = resources(synthesized, "aws_iam_policy");
    expect(policies.length).toBeLessThanOrEqual(10);
    expect(policies.filter(({ policy }) => String(policy).length > 6_144)).toEqual([]);
    expect(resources(synthesized, "aws_iam_role_policy_attachment")).toHaveLength(policies.length);
  });

  test.each<[Partial<DeployRoleProps>, string]>([
    [
      { deployBranch: "release/*" },
      'test/deploy: deployBranch must be one branch, written out without wildcards, got "release/*"',
    ],
    [
      { writtenSecrets: ["acme-*"] },
      'test/deploy: writtenSecrets must be a whole name without wildcards, got "acme-*"',
    ],
    [{ passedRoles: ["*"] }, 'test/deploy: passedRoles must be a whole name without wildcards, got "*"'],
    [
      { repositoryArns: ["acme/api"], otherRegions: ["x"] },
      'test/deploy: otherRegions must be an AWS region, got "x"; repositoryArns must be the ARN of an ECR repository, got "acme/api"',
    ],
    [{ workflow: "deploy.yml" }, 'test/deploy/role: workflow must be a file of .github/workflows, got "deploy.yml"'],
  ])("fails on %j", (props, message) => {
    expect(() => deployRole(props)).toThrow(new Error(message));
  });
});
