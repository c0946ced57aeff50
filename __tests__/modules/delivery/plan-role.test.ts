import { Token } from "cdktf";
import { PlanRole, type PlanRoleProps } from "../../../modules/delivery/plan-role";
import { account, connections, destroyableProd, planRole, state } from "../../support/delivery";
import { ADMINISTRATOR, allows, listOf, statementsOf, type AccessRequest } from "../../support/iam";
import { resources, synth, type Synthesized } from "../../support/synth";

const here = { "aws:RequestedRegion": "eu-west-3" };
const sub = "token.actions.githubusercontent.com:sub";
const ref = "token.actions.githubusercontent.com:ref";
const workflowRef = "token.actions.githubusercontent.com:job_workflow_ref";

function trusted(synthesized: Synthesized): Record<string, string | string[]> | undefined {
  const [role] = resources(synthesized, "aws_iam_role");
  const { Statement } = JSON.parse(String(role?.["assume_role_policy"])) as {
    Statement: Array<{ Condition: { StringEquals: Record<string, string | string[]> } }>;
  };
  return Statement[0]?.Condition.StringEquals;
}

const usual = planRole();

function can(
  synthesized: Synthesized,
  action: string,
  resource: string,
  context: AccessRequest["context"] = {},
): boolean {
  return allows(statementsOf(synthesized), { action, resource, context: { ...here, ...context } });
}

describe("PlanRole", () => {
  test("is called after the environment", () => {
    expect(resources(planRole(), "aws_iam_role")).toEqual([
      expect.objectContaining({
        name: "acme-prod-plan",
        description: "Plans prod from GitHub Actions: reads settings, changes nothing",
      }),
    ]);
  });

  test("is for what was merged, in an environment of its own, where data is protected", () => {
    expect(trusted(planRole())).toMatchObject({
      [sub]: ["repo:acme/platform:environment:prod-plan", "repo:acme@1001/platform@2001:environment:prod-plan"],
      [ref]: "refs/heads/main",
    });
  });

  test("is for every pull request where everything may be destroyed", () => {
    const condition = trusted(planRole({ context: destroyableProd }));
    expect(condition).toMatchObject({
      [sub]: ["repo:acme/platform:pull_request", "repo:acme@1001/platform@2001:pull_request"],
    });
    expect(condition).not.toHaveProperty([ref]);
  });

  test("leaves the branch to the reviewers of the environment for reviewed pull requests", () => {
    const condition = trusted(planRole({ trigger: "reviewed-pull-request" }));
    expect(condition).toMatchObject({
      [sub]: expect.arrayContaining(["repo:acme/platform:environment:prod-plan"]) as unknown,
    });
    expect(condition).not.toHaveProperty([ref]);
  });

  test("asks for the workflow where that has a name, and not on pull requests", () => {
    const workflow = ".github/workflows/plan.yml";
    expect(trusted(planRole({ workflow }))).toMatchObject({
      [workflowRef]: "acme/platform/.github/workflows/plan.yml@refs/heads/main",
    });
    expect(trusted(planRole({ workflow, trigger: "pull-request" }))).not.toHaveProperty([workflowRef]);
  });

  test.each([
    ["ec2:DescribeVpcs", "*"],
    ["elasticloadbalancing:DescribeTags", "*"],
    ["ecs:DescribeServices", "*"],
    ["rds:DescribeDBInstances", "*"],
    ["rds:ListTagsForResource", `arn:aws:rds:eu-west-3:${account}:db:acme-prod-db`],
    ["elasticache:DescribeReplicationGroups", "*"],
    ["application-autoscaling:DescribeScalableTargets", "*"],
    ["secretsmanager:DescribeSecret", `arn:aws:secretsmanager:eu-west-3:${account}:secret:acme-prod-cache-abcdef`],
    ["s3:GetBucketPolicy", "arn:aws:s3:::acme-prod-uploads"],
    ["logs:ListTagsForResource", `arn:aws:logs:eu-west-3:${account}:log-group:/ecs/acme-prod-api`],
    ["logs:ListTagsForResource", `arn:aws:logs:eu-west-3:${account}:log-group:/ecs/acme-prod/exec`],
    ["sns:GetTopicAttributes", `arn:aws:sns:eu-west-3:${account}:acme-prod-alarms`],
    ["budgets:ViewBudget", `arn:aws:budgets::${account}:budget/acme-prod`],
    ["iam:GetRole", `arn:aws:iam::${account}:role/acme-prod-api-task`],
    ["iam:GetPolicy", "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"],
    ["acm:DescribeCertificate", `arn:aws:acm:eu-west-3:${account}:certificate/1`],
    ["route53:GetHostedZone", "arn:aws:route53:::hostedzone/Z0123456789ABC"],
    ["kms:DescribeKey", `arn:aws:kms:eu-west-3:${account}:key/1`],
    ["ecr:DescribeRepositories", `arn:aws:ecr:eu-west-3:${account}:repository/acme/api`],
    ["s3:GetObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate"],
    ["s3:GetObject", "arn:aws:s3:::acme-state/shared/shared.tfstate"],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-prod/api/image-tag`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-prod/migrate-once/network`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-shared/migrations/prod`],
    ["ssm:GetDocument", `arn:aws:ssm:eu-west-3:${account}:document/acme-prod-api-deploy`],
    ["ssm:DescribeAssociation", `arn:aws:ssm:eu-west-3:${account}:association/1`],
    ["scheduler:GetSchedule", `arn:aws:scheduler:eu-west-3:${account}:schedule/default/acme-prod-api-stop`],
    ["rds:ListTagsForResource", `arn:aws:rds::${account}:global-cluster:acme-prod-db`],
    ["iam:GetRolePolicy", `arn:aws:iam::${account}:role/acme-shared-migrations-host`],
    ["kms:Decrypt", state.kmsKeyArn ?? ""],
  ])("reads by %s on %s", (action, resource) => {
    expect(can(usual, action, resource)).toBe(true);
  });

  test("changes nothing: what it may do reads, but for the lock when it takes one", () => {
    const granted = (props: Partial<PlanRoleProps>) =>
      statementsOf(planRole(props))
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => listOf(Action))
        .filter((action) => !/:(BatchGet|Describe|Get|List)/.test(action));
    expect(granted({})).toEqual(["budgets:ViewBudget", "kms:Decrypt"]);
    expect(granted({ locksState: true })).toEqual([
      "budgets:ViewBudget",
      "kms:Decrypt",
      "s3:PutObject",
      "s3:DeleteObject",
      "kms:GenerateDataKey",
    ]);
  });

  test("writes the lock and not the state when it takes a lock", () => {
    const locking = planRole({ locksState: true });
    const app = "arn:aws:s3:::acme-state/prod/prod-app.tfstate";
    expect(can(locking, "s3:PutObject", `${app}.tflock`)).toBe(true);
    expect(can(locking, "s3:DeleteObject", `${app}.tflock`)).toBe(true);
    expect(can(locking, "s3:PutObject", app)).toBe(false);
    expect(can(usual, "s3:PutObject", `${app}.tflock`)).toBe(false);
  });

  test("lists the state below its own prefixes only", () => {
    const list = (prefix: string) => can(usual, "s3:ListBucket", "arn:aws:s3:::acme-state", { "s3:prefix": prefix });
    expect(list("prod/prod-app.tfstate")).toBe(true);
    expect(list("staging/staging-app.tfstate")).toBe(false);
    expect(list("")).toBe(false);
  });

  test.each([
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:eu-west-3:${account}:secret:acme-prod-cache-abcdef`],
    ["secretsmanager:BatchGetSecretValue", "*"],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-prod-x`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-prod/api/stripe-key`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-staging/api/image-tag`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-shared/migrations/staging`],
    ["ssm:GetParametersByPath", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-prod-x`],
    ["kms:Decrypt", `arn:aws:kms:eu-west-3:${account}:key/other`],
    ["s3:GetObject", "arn:aws:s3:::acme-prod-uploads/a"],
    ["s3:GetObjectVersion", "arn:aws:s3:::acme-state/staging/staging-app.tfstate"],
    ["ecr:BatchGetImage", `arn:aws:ecr:eu-west-3:${account}:repository/acme/api`],
    ["ecr:GetDownloadUrlForLayer", `arn:aws:ecr:eu-west-3:${account}:repository/acme/api`],
    ["rds:DownloadDBLogFilePortion", `arn:aws:rds:eu-west-3:${account}:db:acme-prod-db`],
    ["logs:GetLogEvents", `arn:aws:logs:eu-west-3:${account}:log-group:/ecs/acme-prod-api:log-stream:a`],
    ["lambda:GetFunction", `arn:aws:lambda:eu-west-3:${account}:function:a`],
    ["ec2:GetPasswordData", `arn:aws:ec2:eu-west-3:${account}:instance/i-1`],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/acme-prod-api-task`],
  ])("is held back from %s on %s even as an administrator", (action, resource) => {
    expect(allows([...ADMINISTRATOR, ...statementsOf(usual)], { action, resource, context: here })).toBe(false);
  });

  test("needs nothing of S3 for a state that is elsewhere, and reads no object at all", () => {
    const cloud = planRole({ state: undefined });
    expect(can(cloud, "s3:GetObject", "arn:aws:s3:::acme-state/prod/prod-app.tfstate")).toBe(false);
    expect(
      allows([...ADMINISTRATOR, ...statementsOf(cloud)], { action: "s3:GetObject", resource: "arn:aws:s3:::a/b" }),
    ).toBe(false);
    expect(allows([...ADMINISTRATOR, ...statementsOf(cloud)], { action: "kms:Decrypt", resource: "*" })).toBe(false);
  });

  test("reads only the areas it is given, and IAM", () => {
    const narrow = planRole({ areas: ["network"] });
    expect(can(narrow, "ec2:DescribeVpcs", "*")).toBe(true);
    expect(can(narrow, "rds:DescribeDBInstances", "*")).toBe(false);
    expect(can(narrow, "iam:GetRole", `arn:aws:iam::${account}:role/acme-prod-nat`)).toBe(true);
  });

  test("reads no hosts, pipelines or distributions unless asked, even for an explicit undefined", () => {
    const unset = planRole({
      areas: undefined,
      otherRegions: undefined,
      trigger: undefined,
      locksState: undefined,
      deployBranch: undefined,
    });
    expect(can(unset, "ecs:DescribeServices", "*")).toBe(true);
    expect(can(unset, "codepipeline:GetPipeline", `arn:aws:codepipeline:eu-west-3:${account}:acme-prod-x`)).toBe(false);
    expect(can(unset, "cloudfront:ListDistributions", "*")).toBe(false);
  });

  test("reads no parameter at all where neither hosts, tasks nor migrations keep one", () => {
    const narrow = statementsOf(planRole({ areas: ["network", "secrets"] }));
    const resource = `arn:aws:ssm:eu-west-3:${account}:parameter/acme-prod/api/image-tag`;
    expect(allows([...ADMINISTRATOR, ...narrow], { action: "ssm:GetParameter", resource, context: here })).toBe(false);
  });

  test("reads in its own regions", () => {
    const action = "ecs:DescribeServices";
    const inRegion = (synthesized: Synthesized, region: string) =>
      allows(statementsOf(synthesized), { action, resource: "*", context: { "aws:RequestedRegion": region } });
    expect(inRegion(planRole({ otherRegions: ["eu-central-1"] }), "eu-central-1")).toBe(true);
    expect(inRegion(planRole({ otherRegions: [] }), "eu-central-1")).toBe(false);
  });

  test("takes values only Terraform knows", () => {
    const kmsKeyArn = Token.asString({ resolve: () => "arn:aws:kms:eu-west-3:123456789012:key/late" });
    expect(() => planRole({ state: { ...state, kmsKeyArn } })).not.toThrow();
  });

  test.each<[Partial<PlanRoleProps>, string]>([
    [
      { hostedZoneIds: ["example.com"] },
      'test/plan: hostedZoneIds must be the id of a Route 53 zone, such as Z0123456789ABC, got "example.com"',
    ],
    [{ otherRegions: ["paris"] }, 'test/plan: otherRegions must be an AWS region, got "paris"'],
    [
      { state: { ...state, prefix: "prod" } },
      'test/plan: state.prefix must be the beginning of a key that ends in a slash, without wildcards, got "prod"',
    ],
    [
      { trigger: "deploy-branch", deployBranch: "release/*" },
      'test/plan/role: subject must be one whole value without wildcards, got "release/*"',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => planRole(props)).toThrow(new Error(message));
  });

  test("gives its ARN and its name", () => {
    synth((scope) => {
      const role = new PlanRole(scope, "plan", { ...connections(), environmentName: "prod" });
      expect(role.roleName).toBe("acme-prod-plan");
      expect(Token.isUnresolved(role.arn)).toBe(true);
    });
  });
});
