import {
  commandStatements,
  type CommandTarget,
  commandTargetProblems,
} from "../../../modules/delivery/command-statements";
import { account, prod } from "../../support/delivery";
import { type AccessRequest, allows } from "../../support/iam";

const here = { "aws:RequestedRegion": "eu-west-3" };
const document = (name: string) => `arn:aws:ssm:eu-west-3:${account}:document/${name}`;
const instance = `arn:aws:ec2:eu-west-3:${account}:instance/i-1`;
const tagged = (name: string, environment = "prod", project = "acme") => ({
  "aws:ResourceTag/Project": project,
  "aws:ResourceTag/Environment": environment,
  "aws:ResourceTag/Name": name,
});

const api: CommandTarget = { documentName: "acme-prod-api-deploy", instanceName: "acme-prod-api" };
const worker: CommandTarget = { documentName: "acme-prod-worker-deploy", instanceName: "acme-prod-worker" };
const bastion: CommandTarget = {
  documentName: "acme-shared-migrate-prod",
  instanceName: "acme-shared-migrations",
  environment: "shared",
  startable: true,
};

const can = (
  targets: readonly CommandTarget[],
  action: string,
  resource: string,
  context: AccessRequest["context"] = {},
) => allows(commandStatements(prod, targets), { action, resource, context: { ...here, ...context } });

describe("commandStatements", () => {
  test("are none where there is nothing to run", () => {
    expect(commandStatements(prod, [])).toEqual([]);
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["ssm:SendCommand", document("acme-prod-api-deploy")],
    ["ssm:SendCommand", instance, tagged("acme-prod-api")],
    ["ssm:GetCommandInvocation", "*"],
    ["ssm:ListCommandInvocations", "*"],
    ["ssm:DescribeInstanceInformation", "*"],
    ["ec2:DescribeInstances", "*"],
  ])("allow %s on %s", (action, resource, context = {}) => {
    expect(can([api], action, resource, context)).toBe(true);
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["ssm:SendCommand", document("acme-prod-worker-deploy")],
    ["ssm:SendCommand", "arn:aws:ssm:eu-west-3::document/AWS-RunShellScript"],
    ["ssm:SendCommand", instance],
    ["ssm:SendCommand", instance, tagged("acme-prod-worker")],
    ["ssm:SendCommand", instance, tagged("acme-prod-api", "staging")],
    ["ssm:SendCommand", instance, tagged("acme-prod-api", "prod", "other")],
    ["ssm:StartSession", instance, tagged("acme-prod-api")],
    ["ssm:StartAutomationExecution", "*"],
    ["ssm:GetCommandInvocation", "*", { "aws:RequestedRegion": "us-east-1" }],
    ["ec2:StartInstances", instance, tagged("acme-prod-api")],
    ["ec2:StopInstances", instance, tagged("acme-prod-api")],
  ])("do not allow %s on %s", (action, resource, context = {}) => {
    expect(can([api], action, resource, context)).toBe(false);
  });

  test("start only what has to be started", () => {
    const both = [api, bastion];
    expect(can(both, "ec2:StartInstances", instance, tagged("acme-shared-migrations", "shared"))).toBe(true);
    expect(can(both, "ec2:StartInstances", instance, tagged("acme-prod-api"))).toBe(false);
    expect(can(both, "ec2:StopInstances", instance, tagged("acme-shared-migrations", "shared"))).toBe(false);
  });

  test("keep the instances of two environments apart", () => {
    const both = [api, bastion];
    expect(can(both, "ssm:SendCommand", instance, tagged("acme-shared-migrations", "shared"))).toBe(true);
    expect(can(both, "ssm:SendCommand", instance, tagged("acme-shared-migrations", "prod"))).toBe(false);
    expect(can(both, "ssm:SendCommand", instance, tagged("acme-prod-api", "shared"))).toBe(false);
  });

  test("name each document and instance once, and every statement differently", () => {
    const statements = commandStatements(prod, [api, api, worker, bastion]);
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      "RunDocuments",
      "RunOnHosts1",
      "RunOnHosts2",
      "FollowCommands",
      "FindHosts",
      "StartHosts1",
    ]);
    expect(statements[0]?.Resource).toEqual([
      document("acme-prod-api-deploy"),
      document("acme-prod-worker-deploy"),
      document("acme-shared-migrate-prod"),
    ]);
    expect(statements[1]?.Condition?.["StringEquals"]?.["aws:ResourceTag/Name"]).toEqual([
      "acme-prod-api",
      "acme-prod-worker",
    ]);
  });
});

describe("commandTargetProblems", () => {
  const problems = (target: CommandTarget) => commandTargetProblems(target).filter(Boolean);

  test.each([api, bastion, { ...api, environment: undefined }])("has none for %j", (target) => {
    expect(problems(target)).toEqual([]);
  });

  test.each<[Partial<CommandTarget>, string]>([
    [{ documentName: "*" }, 'documentName must be a whole name without wildcards, got "*"'],
    [{ documentName: "other/x" }, 'documentName must be a whole name without wildcards, got "other/x"'],
    [{ instanceName: "acme-prod-?" }, 'instanceName must be a whole name without wildcards, got "acme-prod-?"'],
    [{ environment: "" }, 'environment must be a whole name without wildcards, got ""'],
  ])("names what is wrong with %j", (overrides, message) => {
    expect(problems({ ...api, ...overrides })).toEqual([message]);
  });
});
