import { dataGuards, guardrails } from "../../../modules/delivery/guardrails";
import { reachOf } from "../../../modules/delivery/reach";
import { account, boundaryArn, everyRole, everyRolesStatements, prod, state } from "../../support/delivery";
import { type AccessRequest, ADMINISTRATOR, allows, listOf, type PolicyStatement } from "../../support/iam";
import { resources } from "../../support/synth";

const iam = `arn:aws:iam::${account}`;
const here = { "aws:RequestedRegion": "eu-west-3" };
const own = { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "prod" };
const foreign = { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "staging" };
const given = { "aws:RequestTag/Project": "acme", "aws:RequestTag/Environment": "prod" };
const bounded = { "iam:PermissionsBoundary": boundaryArn };
const otherwise = { "iam:PermissionsBoundary": `${iam}:policy/anything` };
const ownRole = `${iam}:role/acme-prod-api-task`;
const deliveryRole = `${iam}:role/delivery/acme-prod-deploy`;
const admin = `${iam}:role/Admin`;
const ec2 = (kind: string) => `arn:aws:ec2:eu-west-3:${account}:${kind}`;
const ssm = (resource: string) => `arn:aws:ssm:eu-west-3:${account}:${resource}`;
const envFile = (environment: string) => `arn:aws:s3:::acme-shared-env-files-${account}/.env-${environment}-v1.0.0`;
const passed = (service: string) => ({ "iam:PassedToService": service });

type Trap = [string, string, string, AccessRequest["context"]?];

/** Ways from a role that may do a little to one that may do everything, each as the request it comes down to. */
const TRAPS: readonly Trap[] = [
  ["an access key for somebody", "iam:CreateAccessKey", `${iam}:user/alice`],
  ["a password for somebody", "iam:CreateLoginProfile", `${iam}:user/alice`],
  ["another password for somebody", "iam:UpdateLoginProfile", `${iam}:user/alice`],
  ["a new user", "iam:CreateUser", `${iam}:user/acme-prod-user`, bounded],
  ["a user in a group", "iam:AddUserToGroup", `${iam}:group/admins`],
  ["a policy on a user", "iam:AttachUserPolicy", `${iam}:user/alice`],
  ["an inline policy on a user", "iam:PutUserPolicy", `${iam}:user/alice`],
  ["a policy on a group", "iam:AttachGroupPolicy", `${iam}:group/admins`],
  ["an inline policy on a group", "iam:PutGroupPolicy", `${iam}:group/admins`],
  ["a second factor switched off", "iam:DeactivateMFADevice", `${iam}:user/alice`],

  [
    "AdministratorAccess on an own role",
    "iam:AttachRolePolicy",
    ownRole,
    { ...bounded, "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" },
  ],
  [
    "an own policy on a role without the boundary",
    "iam:AttachRolePolicy",
    ownRole,
    { "iam:PolicyARN": `${iam}:policy/acme-prod-x` },
  ],
  [
    "an own policy on a role of delivery",
    "iam:AttachRolePolicy",
    deliveryRole,
    { ...bounded, "iam:PolicyARN": `${iam}:policy/acme-prod-x` },
  ],
  ["an inline policy on a role without the boundary", "iam:PutRolePolicy", ownRole],
  ["an inline policy on a role with another boundary", "iam:PutRolePolicy", ownRole, otherwise],
  ["an inline policy on a role of delivery", "iam:PutRolePolicy", deliveryRole, bounded],
  ["an inline policy on any other role", "iam:PutRolePolicy", admin, bounded],
  ["the trust of any other role", "iam:UpdateAssumeRolePolicy", admin, bounded],
  ["the trust of a role of delivery", "iam:UpdateAssumeRolePolicy", deliveryRole, bounded],
  ["the trust of a role without the boundary", "iam:UpdateAssumeRolePolicy", ownRole],
  ["a new role without a boundary", "iam:CreateRole", `${iam}:role/acme-prod-new`],
  ["a new role with another boundary", "iam:CreateRole", `${iam}:role/acme-prod-new`, otherwise],
  ["a new role of delivery", "iam:CreateRole", `${iam}:role/delivery/acme-prod-new`, bounded],
  ["a boundary taken away", "iam:DeleteRolePermissionsBoundary", ownRole, bounded],
  ["another boundary put on", "iam:PutRolePermissionsBoundary", ownRole, otherwise],
  ["a new version of the boundary", "iam:CreatePolicyVersion", boundaryArn],
  ["an old version of the boundary", "iam:SetDefaultPolicyVersion", boundaryArn],
  ["an old version of an own policy", "iam:SetDefaultPolicyVersion", `${iam}:policy/acme-prod-x`],
  ["the boundary deleted", "iam:DeletePolicy", boundaryArn],
  ["a new version of a policy of delivery", "iam:CreatePolicyVersion", `${iam}:policy/delivery/acme-prod-deploy-1`],
  ["a new version of any other policy", "iam:CreatePolicyVersion", `${iam}:policy/admins`],

  ["another identity provider", "iam:CreateOpenIDConnectProvider", `${iam}:oidc-provider/example.com`],
  [
    "another key of the identity provider",
    "iam:UpdateOpenIDConnectProviderThumbprint",
    `${iam}:oidc-provider/token.actions.githubusercontent.com`,
  ],
  [
    "another audience of the identity provider",
    "iam:AddClientIDToOpenIDConnectProvider",
    `${iam}:oidc-provider/token.actions.githubusercontent.com`,
  ],
  ["a SAML provider", "iam:CreateSAMLProvider", `${iam}:saml-provider/example`],
  ["any role taken", "sts:AssumeRole", admin],
  ["an own role taken", "sts:AssumeRole", ownRole],

  ["any role passed to a task", "iam:PassRole", admin, passed("ecs-tasks.amazonaws.com")],
  ["any role passed to an instance", "iam:PassRole", admin, passed("ec2.amazonaws.com")],
  ["a role of delivery passed to a task", "iam:PassRole", deliveryRole, passed("ecs-tasks.amazonaws.com")],
  ["an own role passed to Lambda", "iam:PassRole", ownRole, passed("lambda.amazonaws.com")],
  ["an own role passed to CloudFormation", "iam:PassRole", ownRole, passed("cloudformation.amazonaws.com")],
  ["an own role passed to Glue", "iam:PassRole", ownRole, passed("glue.amazonaws.com")],
  ["an own role passed to SageMaker", "iam:PassRole", ownRole, passed("sagemaker.amazonaws.com")],
  ["an own role passed to Data Pipeline", "iam:PassRole", ownRole, passed("datapipeline.amazonaws.com")],
  ["an own role passed to nobody in particular", "iam:PassRole", ownRole],

  ["a function", "lambda:CreateFunction", `arn:aws:lambda:eu-west-3:${account}:function:acme-prod-x`],
  ["the code of a function", "lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-3:${account}:function:acme-prod-x`],
  ["a function called", "lambda:InvokeFunction", `arn:aws:lambda:eu-west-3:${account}:function:acme-prod-x`],
  ["a function opened", "lambda:AddPermission", `arn:aws:lambda:eu-west-3:${account}:function:acme-prod-x`],
  ["a function fed", "lambda:CreateEventSourceMapping", "*"],
  ["a stack", "cloudformation:CreateStack", `arn:aws:cloudformation:eu-west-3:${account}:stack/acme-prod-x/1`],
  [
    "a change set",
    "cloudformation:ExecuteChangeSet",
    `arn:aws:cloudformation:eu-west-3:${account}:stack/acme-prod-x/1`,
  ],
  [
    "a build started with another script",
    "codebuild:StartBuild",
    `arn:aws:codebuild:eu-west-3:${account}:project/acme-prod-x`,
  ],
  ["somebody else's build", "codebuild:UpdateProject", `arn:aws:codebuild:eu-west-3:${account}:project/other`],
  ["a Glue endpoint", "glue:CreateDevEndpoint", "*"],
  ["the key of a Glue endpoint", "glue:UpdateDevEndpoint", "*"],
  ["a notebook", "sagemaker:CreateNotebookInstance", "*"],
  ["the address of a notebook", "sagemaker:CreatePresignedNotebookInstanceUrl", "*"],
  ["a data pipeline", "datapipeline:PutPipelineDefinition", "*"],
  [
    "somebody else's App Runner service",
    "apprunner:UpdateService",
    `arn:aws:apprunner:eu-west-3:${account}:service/other/1`,
  ],
  ["a foreign App Runner service", "apprunner:CreateService", `arn:aws:apprunner:eu-west-3:${account}:service/other/1`],

  ["a command on an instance", "ssm:SendCommand", ec2("instance/i-1"), own],
  ["a session on an instance", "ssm:StartSession", ec2("instance/i-1"), own],
  ["an automation", "ssm:StartAutomationExecution", "*"],
  ["a command of AWS's own", "ssm:SendCommand", "arn:aws:ssm:eu-west-3::document/AWS-RunShellScript"],
  ["another environment's document", "ssm:UpdateDocument", ssm("document/acme-staging-api-deploy")],
  ["the bastion's document", "ssm:UpdateDocument", ssm("document/acme-shared-migrate-prod")],
  ["the bastion's document of another environment", "ssm:SendCommand", ssm("document/acme-shared-migrate-staging")],
  ["an association on somebody else's instance", "ssm:CreateAssociation", ec2("instance/i-1"), foreign],
  [
    "an association of AWS's own document",
    "ssm:CreateAssociation",
    "arn:aws:ssm:eu-west-3::document/AWS-RunShellScript",
  ],
  ["somebody else's association", "ssm:UpdateAssociation", ssm("association/1"), foreign],
  ["somebody else's association claimed", "ssm:AddTagsToResource", ssm("association/1"), { ...foreign, ...given }],
  [
    "another environment's schedule",
    "scheduler:UpdateSchedule",
    `arn:aws:scheduler:eu-west-3:${account}:schedule/default/acme-staging-api-stop`,
  ],
  [
    "an own role passed to a schedule's other target",
    "iam:PassRole",
    `${iam}:role/acme-shared-migrations-host`,
    passed("scheduler.amazonaws.com"),
  ],
  ["the bastion's target of another environment", "ssm:PutParameter", ssm("parameter/acme-shared/migrations/staging")],
  ["the bastion's policies without its boundary", "iam:PutRolePolicy", `${iam}:role/acme-shared-migrations-host`],
  [
    "the bastion's policies with another boundary",
    "iam:PutRolePolicy",
    `${iam}:role/acme-shared-migrations-host`,
    bounded,
  ],
  ["the bastion's trust", "iam:UpdateAssumeRolePolicy", `${iam}:role/acme-shared-migrations-host`, bounded],
  ["an env file of another environment", "s3:PutObject", envFile("staging"), { "s3:if-none-match": "*" }],
  ["an env file over the one there is", "s3:PutObject", envFile("prod")],
  ["what is in an env file", "s3:GetObject", envFile("prod")],
  ["a key pushed to an instance", "ec2-instance-connect:SendSSHPublicKey", ec2("instance/i-1"), own],
  ["another start-up script", "ec2:ModifyInstanceAttribute", ec2("instance/i-1"), own],
  [
    "another start-up script, said so",
    "ec2:ModifyInstanceAttribute",
    ec2("instance/i-1"),
    { ...own, "ec2:Attribute": "UserData" },
  ],
  ["an instance with somebody else's interface", "ec2:RunInstances", ec2("network-interface/eni-1"), foreign],
  ["a peering of somebody else's", "ec2:DeleteVpcPeeringConnection", ec2("vpc-peering-connection/pcx-1"), foreign],
  [
    "a version of somebody else's launch template",
    "ec2:CreateLaunchTemplateVersion",
    ec2("launch-template/lt-1"),
    foreign,
  ],
  ["a spot request", "ec2:RequestSpotInstances", "*", given],
  ["a spot fleet", "ec2:RequestSpotFleet", "*", given],
  [
    "an instance without metadata tokens",
    "ec2:RunInstances",
    ec2("instance/*"),
    { ...given, "ec2:MetadataHttpTokens": "optional" },
  ],
  ["an instance in somebody else's subnet", "ec2:RunInstances", ec2("subnet/subnet-1"), foreign],
  ["the tags of somebody else's instance", "ec2:CreateTags", ec2("instance/i-1"), { ...foreign, ...given }],
  ["the tags of an untagged instance", "ec2:CreateTags", ec2("instance/i-1"), given],
  ["somebody else's security group", "ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-1"), foreign],

  ["a shell in a task", "ecs:ExecuteCommand", `arn:aws:ecs:eu-west-3:${account}:task/acme-prod/1`, own],
  ["a task on a machine", "ecs:StartTask", `arn:aws:ecs:eu-west-3:${account}:task-definition/acme-prod-api:1`],
  [
    "any task run",
    "ecs:RunTask",
    `arn:aws:ecs:eu-west-3:${account}:task-definition/other:1`,
    { "ecs:cluster": `arn:aws:ecs:eu-west-3:${account}:cluster/acme-prod` },
  ],
  [
    "a privileged task",
    "ecs:RegisterTaskDefinition",
    `arn:aws:ecs:eu-west-3:${account}:task-definition/acme-prod-api:*`,
    { "ecs:privileged": "true" },
  ],
  ["somebody else's service", "ecs:UpdateService", `arn:aws:ecs:eu-west-3:${account}:service/other/other`],

  [
    "a grant on somebody else's key",
    "kms:CreateGrant",
    `arn:aws:kms:eu-west-3:${account}:key/1`,
    { ...foreign, "kms:GrantIsForAWSResource": "true" },
  ],
  [
    "a grant on an own key to a person",
    "kms:CreateGrant",
    `arn:aws:kms:eu-west-3:${account}:key/1`,
    { ...own, "kms:GrantIsForAWSResource": "false" },
  ],
  ["the policy of somebody else's key", "kms:PutKeyPolicy", `arn:aws:kms:eu-west-3:${account}:key/1`, foreign],
  ["the policy of the state's key", "kms:PutKeyPolicy", state.kmsKeyArn ?? "", own],
  ["decryption with somebody else's key", "kms:Decrypt", `arn:aws:kms:eu-west-3:${account}:key/1`, foreign],
  ["decryption with an own key, by itself", "kms:Decrypt", `arn:aws:kms:eu-west-3:${account}:key/1`, own],
  [
    "a secret of another environment",
    "secretsmanager:GetSecretValue",
    `arn:aws:secretsmanager:eu-west-3:${account}:secret:acme-staging-cache-abcdef`,
  ],
  [
    "a secret that is not its to write",
    "secretsmanager:GetSecretValue",
    `arn:aws:secretsmanager:eu-west-3:${account}:secret:acme-prod-stripe-abcdef`,
  ],
  [
    "the master password",
    "secretsmanager:GetSecretValue",
    `arn:aws:secretsmanager:eu-west-3:${account}:secret:rds!db-1-abcdef`,
  ],
  ["another environment's parameter", "ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-staging-x`],

  ["the state of another environment", "s3:PutObject", "arn:aws:s3:::acme-state/staging/staging-app.tfstate"],
  ["the state of the shared stacks", "s3:PutObject", "arn:aws:s3:::acme-state/shared/shared.tfstate"],
  ["the state of the roles themselves", "s3:PutObject", "arn:aws:s3:::acme-state/prod/prod-delivery.tfstate"],
  ["a state deleted", "s3:DeleteObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate"],
  ["a version of a state deleted", "s3:DeleteObjectVersion", "arn:aws:s3:::acme-state/prod/prod-app.tfstate"],
  ["the policy of the state's bucket", "s3:PutBucketPolicy", "arn:aws:s3:::acme-state"],
  ["what customers uploaded", "s3:GetObject", "arn:aws:s3:::acme-prod-uploads/a"],
  ["the artifacts of a pipeline", "s3:PutObject", "arn:aws:s3:::acme-prod-artifacts/a"],

  [
    "the policy of somebody else's images",
    "ecr:SetRepositoryPolicy",
    `arn:aws:ecr:eu-west-3:${account}:repository/other/api`,
  ],
  ["an image over somebody else's", "ecr:PutImage", `arn:aws:ecr:eu-west-3:${account}:repository/other/api`],
  ["another environment's database", "rds:ModifyDBInstance", `arn:aws:rds:eu-west-3:${account}:db:acme-staging-db`],
  ["the database of a namesake", "rds:ModifyDBInstance", `arn:aws:rds:eu-west-3:${account}:db:acme-prod2-db`],
  [
    "a public database",
    "rds:CreateDBInstance",
    `arn:aws:rds:eu-west-3:${account}:db:acme-prod-db`,
    { "rds:PubliclyAccessible": "true" },
  ],
  [
    "a snapshot given away",
    "rds:ModifyDBSnapshotAttribute",
    `arn:aws:rds:eu-west-3:${account}:snapshot:acme-prod-db-1`,
  ],
  [
    "what services log",
    "logs:GetLogEvents",
    `arn:aws:logs:eu-west-3:${account}:log-group:/ecs/acme-prod-api:log-stream:a`,
  ],
  [
    "a search of what services log",
    "logs:FilterLogEvents",
    `arn:aws:logs:eu-west-3:${account}:log-group:/ecs/acme-prod-api`,
  ],
  ["what a database logs", "rds:DownloadDBLogFilePortion", `arn:aws:rds:eu-west-3:${account}:db:acme-prod-db`],
  ["the console of an instance", "ec2:GetConsoleOutput", ec2("instance/i-1"), own],
  ["what is in an image", "ecr:GetDownloadUrlForLayer", `arn:aws:ecr:eu-west-3:${account}:repository/acme/api`],
  ["the organization", "organizations:LeaveOrganization", "*"],
  ["the audit trail", "cloudtrail:StopLogging", `arn:aws:cloudtrail:eu-west-3:${account}:trail/all`],
  ["the threat detection", "guardduty:DeleteDetector", "*"],
  ["the recorder of settings", "config:StopConfigurationRecorder", "*"],
  [
    "a region nobody looks at",
    "ecs:CreateCluster",
    `arn:aws:ecs:ap-south-1:${account}:cluster/acme-prod`,
    { "aws:RequestedRegion": "ap-south-1" },
  ],
];

describe.each(everyRolesStatements)("the %s role", (_name, statements) => {
  test.each<Trap>(TRAPS)("is denied %s", (_trap, action, resource, context = {}) => {
    expect(allows(statements, { action, resource, context: { ...here, ...context } })).toBe(false);
  });

  test("has statements, each under its own name", () => {
    const sids = statements.map(({ Sid }) => Sid);
    expect(sids.length).toBeGreaterThan(0);
    expect(new Set(sids).size).toBe(sids.length);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid ?? ""))).toEqual([]);
  });

  test("grants no whole service, and wildcards of reads only", () => {
    const granted = statements.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => listOf(Action));
    const wildcards = [...new Set(granted.filter((action) => action.includes("*")))];
    expect(
      wildcards.filter((action) => !/^[a-z0-9-]+:(Describe|List)\*$/.test(action) && action !== "s3:GetBucket*"),
    ).toEqual([]);
  });

  test("grants by what it names, and excepts only where it forbids", () => {
    const excepting = statements.filter(
      ({ NotAction, NotResource }) => NotAction !== undefined || NotResource !== undefined,
    );
    expect(excepting.filter(({ Effect }) => Effect === "Allow")).toEqual([]);
  });

  test("uses no operator that a missing key would pass", () => {
    const operators = statements.flatMap(({ Condition = {} }) => Object.keys(Condition));
    expect(operators.filter((operator) => operator.startsWith("ForAllValues"))).toEqual([]);
  });

  test("passes roles only to services that are named", () => {
    const passing = statements.filter(
      ({ Effect, Action }) => Effect === "Allow" && listOf(Action).includes("iam:PassRole"),
    );
    for (const { Condition = {}, Resource } of passing) {
      expect(listOf(Condition["StringEquals"]?.["iam:PassedToService"])).not.toEqual([]);
      expect(listOf(Resource).every((arn) => arn.startsWith(`${iam}:role/acme-prod-`))).toBe(true);
    }
  });
});

/** Every Allow on `*` there is, and why it cannot name a resource. */
const ON_EVERYTHING: Readonly<Record<string, string>> = {
  CreateConnections: "a connection has no ARN before it exists; needs the environment's tags",
  CreateDistributionParts: "CloudFront gives ids on creation, and these cannot be tagged; created only, changed by ARN",
  CreateDistributions: "CloudFront gives ids on creation; needs the environment's tags",
  CreateKeys: "a key has no ARN before it exists; needs the environment's tags and a region",
  DeliverCacheLogs: "log deliveries know no resource; needs a region",
  DeregisterTasks: "ECS knows no resource for it; what runs goes on running",
  Describe: "descriptions that know no resource; needs a region",
  DescribeGlobal: "lists that know no resource",
  FindAppRunner: "a list that knows no resource; needs a region",
  FindHosts: "lists that know no resource; needs a region",
  FindSites: "a list that knows no resource",
  FollowCommands: "Systems Manager knows neither a command nor an instance for it; needs a region",
  ListTasks: "ECS knows a cluster only as a condition; needs the cluster",
  MakePasswords: "random passwords, of which there is no resource; needs a region",
  MountBackupStorage: "storage of AWS Backup knows no resource; needs a region",
  ReadRevisions: "ECS knows no resource for it; needs a region",
  RequestCertificates: "a certificate has no ARN before it exists; needs the environment's tags and a region",
  SignIn: "signing in to ECR knows no resource; needs a region",
};

describe("grants on everything", () => {
  test("are exactly those that were looked at", () => {
    const sids = everyRolesStatements
      .flatMap(([, statements]) => statements)
      .filter(({ Effect, Resource }) => Effect === "Allow" && listOf(Resource).includes("*"))
      .map(({ Sid = "" }) => Sid.replace(/\d+$/, ""));
    expect([...new Set(sids)].sort()).toEqual(Object.keys(ON_EVERYTHING));
  });
});

/** Every Allow of a change on resources that are neither named after the environment nor asked for its tags, and why. */
const ON_NEITHER_NAME_NOR_TAG: Readonly<Record<string, string>> = {
  ChangeRecords: "exactly the zones that are given",
  CreateMasterPassword: "only RDS names a secret so, and it cannot be read",
  CreateServiceRoles: "roles AWS makes for its own services, for listed services only",
  EncryptState: "exactly the key of the state",
  JoinLogDelivery: "a delivery has an id; the two ends it joins go by name",
  LetBastionRead: "exactly the role of the shared bastion, which has to carry its own boundary",
  ManageCaches: "the parameter groups AWS keeps for every account, named default, which nobody can change",
  ManageDatabases: "the groups AWS keeps for every account, named default, which nobody can change",
  ManageDeployments: "configurations AWS keeps for every account; an own one could not be told apart",
  ManageDistributionParts: "policies and functions of CloudFront have ids and no tags",
  ReachPrivateZones: "the private zones of AWS's own endpoints have ids and no tags; needs a VPC of an own region",
  RunDocuments: "exactly the documents that are given",
  ScaleReaders: "scaling targets have ids; needs the service they scale",
  ScaleServices: "scaling targets have ids; needs the service they scale",
  TagScaling: "scaling targets have ids",
  TellBastion: "exactly the parameter in which the environment tells the bastion of its database",
  UploadEnvFile: "exactly the env files that are given, and never over one that exists",
};

describe("changes of what has no name of the environment", () => {
  const reads = /:(BatchCheck|BatchGet|Describe|Get|List|View)|^kms:Decrypt$/;
  const named = /acme-prod|acme\/prod|acme-state\/prod|:repository\/acme\/api$/;

  test("ask for its tags, but for exactly those that were looked at", () => {
    const sids = everyRolesStatements
      .flatMap(([, statements]) => statements)
      .filter(({ Effect, Action }) => Effect === "Allow" && listOf(Action).some((action) => !reads.test(action)))
      .filter(({ Resource }) => listOf(Resource).some((arn) => arn !== "*" && !named.test(arn)))
      .filter(({ Condition = {} }) => !/aws:(Resource|Request)Tag\/Environment/.test(JSON.stringify(Condition)))
      .map(({ Sid = "" }) => Sid.replace(/\d+$/, ""));
    expect([...new Set(sids)].sort()).toEqual(Object.keys(ON_NEITHER_NAME_NOR_TAG));
  });
});

describe("every role", () => {
  const roles = everyRole.flatMap(([name, synthesized]) =>
    resources(synthesized, "aws_iam_role").map((role) => [name, role] as const),
  );

  test.each(roles)("of %s lasts an hour, carries the boundary of delivery and lies under its path", (_name, role) => {
    expect(role).toMatchObject({
      max_session_duration: 3_600,
      path: "/delivery/",
      permissions_boundary: `${iam}:policy/delivery/acme-prod-delivery-boundary`,
    });
  });

  test.each(roles)("of %s trusts whole values only", (_name, role) => {
    const { Statement } = JSON.parse(String(role["assume_role_policy"])) as { Statement: PolicyStatement[] };
    for (const { Condition = {} } of Statement) {
      expect(Object.keys(Condition)).toEqual(["StringEquals"]);
      const claims = Object.values(Condition["StringEquals"] ?? {}).flatMap(listOf);
      expect(claims.filter((claim) => /[*?]/.test(claim))).toEqual([]);
      expect(Object.keys(Condition["StringEquals"] ?? {})).toEqual(
        expect.arrayContaining(
          ["aud", "sub", "repository_id", "repository_owner_id"].map(
            (claim) => `token.actions.githubusercontent.com:${claim}`,
          ),
        ),
      );
    }
  });
});

describe("guardrails", () => {
  const guarded = [...ADMINISTRATOR, ...guardrails(reachOf(prod), boundaryArn, ["eu-central-1"])];
  const allowed = (action: string, resource: string, context: AccessRequest["context"] = {}) =>
    allows(guarded, { action, resource, context: { ...here, ...context } });

  test.each(["eu-west-3", "eu-central-1"])("let an administrator work in %s", (region) => {
    expect(allowed("s3:GetObject", "arn:aws:s3:::acme-prod-uploads/a", { "aws:RequestedRegion": region })).toBe(true);
  });

  test("hold an administrator back from every other region, but for services without one", () => {
    const elsewhere = { "aws:RequestedRegion": "us-east-1" };
    expect(allowed("ecs:CreateCluster", "*", elsewhere)).toBe(false);
    expect(allowed("iam:GetRole", ownRole, elsewhere)).toBe(true);
    expect(allowed("route53:GetHostedZone", "arn:aws:route53:::hostedzone/Z1", elsewhere)).toBe(true);
  });

  test("let roles be made under the boundary, and under no other", () => {
    expect(allowed("iam:CreateRole", ownRole, bounded)).toBe(true);
    expect(allowed("iam:CreateRole", ownRole, otherwise)).toBe(false);
    expect(allowed("iam:CreateRole", ownRole)).toBe(false);
  });

  test("let nothing be tagged as another environment's, or away from it", () => {
    const tag = { "aws:RequestTag/Environment": "staging" };
    expect(allowed("ec2:CreateTags", ec2("vpc/vpc-1"), tag)).toBe(false);
    expect(allowed("ec2:CreateTags", ec2("vpc/vpc-1"), { ...foreign, ...given })).toBe(false);
    expect(allowed("ec2:DeleteTags", ec2("vpc/vpc-1"), foreign)).toBe(false);
    expect(allowed("ec2:CreateTags", ec2("vpc/vpc-1"), { ...own, ...given })).toBe(true);
    expect(allowed("ec2:CreateTags", ec2("vpc/vpc-1"), given)).toBe(true);
    expect(allowed("ssm:AddTagsToResource", ssm("association/1"), { ...foreign, ...given })).toBe(false);
    expect(allowed("codeconnections:TagResource", "*", tag)).toBe(false);
  });
});

describe("dataGuards", () => {
  const lock = "arn:aws:s3:::acme-state/prod/*.tflock";
  const guarded = [...ADMINISTRATOR, ...dataGuards([lock])];

  test.each([
    ["rds:DeleteDBInstance", "*"],
    ["rds:DeleteDBSnapshot", "*"],
    ["rds:DeleteDBCluster", "*"],
    ["rds:DeleteDBClusterSnapshot", "*"],
    ["rds:DeleteGlobalCluster", "*"],
    ["elasticache:DeleteSnapshot", "*"],
    ["s3:DeleteBucket", "arn:aws:s3:::acme-prod-uploads"],
    ["s3:DeleteObject", "arn:aws:s3:::acme-prod-uploads/a"],
    ["s3:DeleteObjectVersion", "arn:aws:s3:::acme-prod-uploads/a"],
    ["backup:DeleteRecoveryPoint", "*"],
    ["secretsmanager:DeleteSecret", "*"],
    ["kms:ScheduleKeyDeletion", "*"],
    ["ecr:DeleteRepository", "*"],
    ["ecr:BatchDeleteImage", "*"],
  ])("hold an administrator back from %s", (action, resource) => {
    expect(allows(guarded, { action, resource })).toBe(false);
  });

  test.each(["rds:DeleteDBParameterGroup", "rds:DeleteDBClusterParameterGroup", "rds:DeleteDBSubnetGroup"])(
    "let %s happen, which every upgrade needs and which holds no data",
    (action) => {
      expect(allows(guarded, { action, resource: "*" })).toBe(true);
    },
  );

  test("let the lock of a state go", () => {
    const action = "s3:DeleteObject";
    expect(allows(guarded, { action, resource: "arn:aws:s3:::acme-state/prod/prod-app.tfstate.tflock" })).toBe(true);
    expect(allows([...ADMINISTRATOR, ...dataGuards([])], { action, resource: lock })).toBe(false);
  });
});
