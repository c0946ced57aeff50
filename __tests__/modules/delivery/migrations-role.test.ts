import { Token } from "cdktf";
import { migrationsBastionNames } from "../../../modules/compute/migrations-bastion-names";
import { MigrationsRole, type MigrationsRoleProps } from "../../../modules/delivery/migrations-role";
import { account, connections } from "../../support/delivery";
import { type AccessRequest, allows, statementsOf } from "../../support/iam";
import { policyOf, resources, synth } from "../../support/synth";

const names = migrationsBastionNames("acme");
const bastion = { documentName: names.document("prod"), instanceName: names.instance };

const build = (props: Partial<MigrationsRoleProps> = {}) =>
  synth((scope) => {
    new MigrationsRole(scope, "migrate", {
      ...connections(),
      application: "backend",
      environmentName: "prod",
      bastion,
      ...props,
    });
  });

const claims = (props: Partial<MigrationsRoleProps>) => {
  const [role] = resources(build(props), "aws_iam_role");
  return policyOf(role ?? {}, "assume_role_policy").Statement[0]?.Condition?.["StringEquals"];
};

const here = { "aws:RequestedRegion": "eu-west-3" };
const document = (name: string) => `arn:aws:ssm:eu-west-3:${account}:document/${name}`;
const instance = `arn:aws:ec2:eu-west-3:${account}:instance/i-1`;
const host = (name: string, environment: string) => ({
  "aws:ResourceTag/Project": "acme",
  "aws:ResourceTag/Environment": environment,
  "aws:ResourceTag/Name": name,
});
const theBastion = host("acme-shared-migrations", "shared");
const statements = statementsOf(build());

describe("MigrationsRole", () => {
  test("is called after the application, for jobs in the environment on the branch it migrates from", () => {
    expect(resources(build(), "aws_iam_role")).toEqual([
      expect.objectContaining({
        name: "acme-prod-migrate-backend",
        path: "/delivery/",
        description: "Migrates the database of prod from GitHub Actions",
      }),
    ]);
    expect(claims({})).toMatchObject({
      "token.actions.githubusercontent.com:sub": [
        "repo:acme/platform:environment:prod",
        "repo:acme@1001/platform@2001:environment:prod",
      ],
      "token.actions.githubusercontent.com:ref": "refs/heads/main",
    });
    expect(claims({ deployBranch: undefined })).toEqual(claims({}));
  });

  test("is for another branch and one workflow", () => {
    expect(claims({ deployBranch: "release", workflow: ".github/workflows/migrate.yml" })).toMatchObject({
      "token.actions.githubusercontent.com:ref": "refs/heads/release",
      "token.actions.githubusercontent.com:job_workflow_ref":
        "acme/platform/.github/workflows/migrate.yml@refs/heads/release",
    });
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["ssm:SendCommand", document("acme-shared-migrate-prod")],
    ["ssm:SendCommand", instance, theBastion],
    ["ssm:GetCommandInvocation", "*"],
    ["ssm:DescribeInstanceInformation", "*"],
    ["ec2:DescribeInstances", "*"],
    ["ec2:StartInstances", instance, theBastion],
  ])("may %s on %s", (action, resource, context = {}) => {
    expect(allows(statements, { action, resource, context: { ...here, ...context } })).toBe(true);
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["ssm:SendCommand", document("acme-shared-migrate-staging")],
    ["ssm:SendCommand", document("acme-prod-api-deploy")],
    ["ssm:SendCommand", "arn:aws:ssm:eu-west-3::document/AWS-RunShellScript"],
    ["ssm:SendCommand", instance, host("acme-prod-api", "prod")],
    ["ssm:SendCommand", instance, host("acme-shared-migrations", "staging")],
    ["ssm:StartSession", instance, theBastion],
    ["ec2:StartInstances", instance, host("acme-prod-api", "prod")],
    ["ec2:StopInstances", instance, theBastion],
    ["ec2:TerminateInstances", instance, theBastion],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-shared/migrations/prod`],
    ["ssm:PutParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-shared/migrations/prod`],
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:eu-west-3:${account}:secret:rds!db-1-abcdef`],
  ])("may not %s on %s", (action, resource, context = {}) => {
    expect(allows(statements, { action, resource, context: { ...here, ...context } })).toBe(false);
  });

  test.each<[Partial<MigrationsRoleProps>, string]>([
    [
      { deployBranch: "release/*" },
      'test/migrate: deployBranch must be one branch, written out without wildcards, got "release/*"',
    ],
    [
      { bastion: { documentName: "acme-shared-migrate-*", instanceName: "*" } },
      'test/migrate: bastion.documentName must be a whole name without wildcards, got "acme-shared-migrate-*"; bastion.instanceName must be a whole name without wildcards, got "*"',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => build(props)).toThrow(new Error(message));
  });

  test("gives its ARN and its name", () => {
    synth((scope) => {
      const props = { ...connections(), application: "backend", environmentName: "prod", bastion };
      const role = new MigrationsRole(scope, "migrate", props);
      expect(role.roleName).toBe("acme-prod-migrate-backend");
      expect(Token.isUnresolved(role.arn)).toBe(true);
    });
  });
});
