import { Token } from "cdktf";
import { permissionsBoundaryArn } from "../../../modules/delivery/delivery-names";
import { PermissionsBoundary, type PermissionsBoundaryProps } from "../../../modules/delivery/permissions-boundary";
import { SERVICE_AREAS } from "../../../modules/delivery/service-areas";
import { account, prod } from "../../support/delivery";
import {
  type AccessRequest,
  ADMINISTRATOR,
  allows,
  allowsWithin,
  type PolicyStatement,
  statementsOf,
} from "../../support/iam";
import { context, resources, synth } from "../../support/synth";

const here = { "aws:RequestedRegion": "eu-west-3" };
const iam = `arn:aws:iam::${account}`;

const build = (props: Partial<PermissionsBoundaryProps> = {}) =>
  synth((scope) => {
    new PermissionsBoundary(scope, "boundary", { context: prod, stateBucket: "acme-state", ...props });
  });

const usual = statementsOf(build());

/** Whether a role with AdministratorAccess may do it under the boundary. */
const allowed = (
  boundary: readonly PolicyStatement[],
  action: string,
  resource: string,
  extra: AccessRequest["context"] = {},
) => allowsWithin(boundary, ADMINISTRATOR, { action, resource, context: { ...here, ...extra } });

const within = (props: Partial<PermissionsBoundaryProps>, ...request: [string, string, AccessRequest["context"]?]) =>
  allowed(statementsOf(build(props)), ...request);

describe("PermissionsBoundary", () => {
  test("is a managed policy that everybody knows by name", () => {
    expect(resources(build(), "aws_iam_policy")).toEqual([
      expect.objectContaining({
        name: "acme-prod-boundary",
        path: "/delivery/",
        description: "The most any workload of prod can do",
      }),
    ]);
    expect(permissionsBoundaryArn(prod)).toBe(`${iam}:policy/delivery/acme-prod-boundary`);
  });

  test.each([
    ["logs:PutLogEvents", "*"],
    ["cloudwatch:PutMetricData", "*"],
    ["ecr:GetAuthorizationToken", "*"],
    ["ecr:BatchGetImage", `arn:aws:ecr:eu-west-3:${account}:repository/acme/api`],
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:eu-west-3:${account}:secret:acme-prod-cache-abcdef`],
    ["ssm:GetParameters", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-prod-x`],
    ["kms:Decrypt", `arn:aws:kms:eu-west-3:${account}:key/1`],
    ["s3:PutObject", "arn:aws:s3:::acme-prod-uploads/a"],
    ["s3:ReplicateObject", "arn:aws:s3:::acme-prod-uploads/a"],
    ["rds-db:connect", `arn:aws:rds-db:eu-west-3:${account}:dbuser:db-1/app`],
    ["ssmmessages:OpenDataChannel", "*"],
    ["logs:PutRetentionPolicy", `arn:aws:logs:eu-west-3:${account}:log-group:RDSOSMetrics`],
    ["rds:CreateDBSnapshot", `arn:aws:rds:eu-west-3:${account}:snapshot:acme-prod-db`],
  ])("leaves a workload %s", (action, resource) => {
    expect(allowed(usual, action, resource)).toBe(true);
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["iam:CreateAccessKey", `${iam}:user/alice`],
    ["iam:CreateRole", `${iam}:role/acme-prod-x`],
    ["iam:PutRolePolicy", `${iam}:role/acme-prod-api-task`],
    ["iam:CreatePolicyVersion", `${iam}:policy/delivery/acme-prod-boundary`],
    ["iam:DeleteRolePermissionsBoundary", `${iam}:role/acme-prod-api-task`],
    ["iam:PassRole", `${iam}:role/acme-prod-api-task`, { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
    ["sts:AssumeRole", `${iam}:role/acme-prod-deploy`],
    ["organizations:LeaveOrganization", "*"],
    ["s3:GetObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate"],
    ["s3:PutObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate"],
    ["s3:ListBucket", "arn:aws:s3:::acme-state"],
    ["s3:PutBucketPolicy", "arn:aws:s3:::acme-prod-uploads"],
    ["s3:PutObjectAcl", "arn:aws:s3:::acme-prod-uploads/a"],
    ["kms:PutKeyPolicy", `arn:aws:kms:eu-west-3:${account}:key/1`],
    ["kms:CreateGrant", `arn:aws:kms:eu-west-3:${account}:key/1`, { "kms:GrantIsForAWSResource": "false" }],
    ["secretsmanager:PutResourcePolicy", `arn:aws:secretsmanager:eu-west-3:${account}:secret:acme-prod-x`],
    ["ecr:SetRepositoryPolicy", `arn:aws:ecr:eu-west-3:${account}:repository/acme/api`],
    ["rds:ModifyDBSnapshotAttribute", `arn:aws:rds:eu-west-3:${account}:snapshot:acme-prod-db`],
    ["rds:ModifyDBInstance", `arn:aws:rds:eu-west-3:${account}:db:acme-prod-db`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-3:${account}:function:x`],
    ["ssm:SendCommand", `arn:aws:ec2:eu-west-3:${account}:instance/i-1`],
    ["ec2:RunInstances", "*"],
    ["ecs:UpdateService", `arn:aws:ecs:eu-west-3:${account}:service/acme-prod/acme-prod-api`],
  ])("holds an administrator back from %s on %s", (action, resource, extra = {}) => {
    expect(allowed(usual, action, resource, extra)).toBe(false);
  });

  test.each([
    ["iam:PutRolePolicy", `${iam}:role/acme-prod-api-task`],
    ["iam:CreateAccessKey", `${iam}:user/alice`],
    ["sts:AssumeRole", `${iam}:role/acme-prod-deploy`],
    ["s3:GetObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate"],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-3:${account}:function:x`],
  ])("denies %s on %s outright, so that no resource's own policy gives it either", (action, resource) => {
    expect(allows([...ADMINISTRATOR, ...usual], { action, resource, context: here })).toBe(false);
  });

  test("keeps a workload in its regions", () => {
    const elsewhere = { "aws:RequestedRegion": "eu-central-1" };
    expect(within({}, "s3:PutObject", "arn:aws:s3:::acme-prod-copy/a", elsewhere)).toBe(false);
    expect(within({ otherRegions: ["eu-central-1"] }, "s3:PutObject", "arn:aws:s3:::acme-prod-copy/a", elsewhere)).toBe(
      true,
    );
    expect(within({ otherRegions: undefined }, "s3:PutObject", "arn:aws:s3:::acme-prod-copy/a", elsewhere)).toBe(false);
  });

  test("lets pipelines deploy and pass the roles of tasks, hosts be managed, and schedules stop what rests, only where they are asked for", () => {
    const passing = [
      "iam:PassRole",
      `${iam}:role/acme-prod-api-task`,
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    ] as const;
    const delivery = ["iam:PassRole", `${iam}:role/delivery/acme-prod-deploy`, passing[2]] as const;
    expect(within({ areas: ["pipelines"] }, ...passing)).toBe(true);
    expect(within({ areas: ["pipelines"] }, ...delivery)).toBe(false);
    expect(within({ areas: ["pipelines"] }, "ecs:UpdateService", "*")).toBe(true);
    expect(within({ areas: ["app-runner"] }, "ecr:DescribeImages", "*")).toBe(true);
    expect(within({ areas: ["hosts"] }, "ssm:UpdateInstanceInformation", "*")).toBe(true);
    expect(within({ areas: undefined }, "ssm:UpdateInstanceInformation", "*")).toBe(false);
    expect(within({ areas: ["schedules"] }, "rds:StopDBInstance", "*")).toBe(true);
    expect(within({ areas: ["schedules"] }, "ec2:StartInstances", "*")).toBe(true);
    expect(within({ areas: ["schedules"] }, "ec2:TerminateInstances", "*")).toBe(false);
    expect(within({ areas: ["hosts", "database"] }, "ec2:StartInstances", "*")).toBe(false);
    expect(within({ areas: ["hosts", "database"] }, "rds:StopDBInstance", "*")).toBe(false);
    expect(within({ areas: [] }, "rds:CreateDBSnapshot", "*")).toBe(false);
  });

  test("knows no state where the state is not in S3", () => {
    expect(statementsOf(build({ stateBucket: undefined })).map(({ Sid }) => Sid)).not.toContain("NoState");
  });

  test("fits into one policy at its widest, with long names", () => {
    const long = context({ project: "a-product-with-a-name", environment: "production-eu" });
    const otherRegions = ["us-east-1", "eu-central-1", "ap-southeast-3"];
    const [policy] = resources(build({ context: long, areas: SERVICE_AREAS, otherRegions }), "aws_iam_policy");
    expect(String(policy?.["policy"]).length).toBeLessThanOrEqual(6_144);
  });

  test("fails on a region that is none", () => {
    expect(() => build({ otherRegions: ["paris"] })).toThrow(
      new Error('test/boundary: otherRegions must be an AWS region, got "paris"'),
    );
  });

  test("gives its ARN", () => {
    synth((scope) => {
      expect(Token.isUnresolved(new PermissionsBoundary(scope, "boundary", { context: prod }).arn)).toBe(true);
    });
  });
});
