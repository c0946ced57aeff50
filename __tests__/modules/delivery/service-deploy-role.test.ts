import { ServiceDeployRole, type ServiceDeployRoleProps } from "../../../modules/delivery/service-deploy-role";
import { account, api, connections, hook, serviceDeployRole } from "../../support/delivery";
import { type AccessRequest, ADMINISTRATOR, allows, statementsOf } from "../../support/iam";
import { policyOf, resources, synth } from "../../support/synth";

const ecs = (resource: string) => `arn:aws:ecs:eu-west-3:${account}:${resource}`;
const deploy = (resource: string) => `arn:aws:codedeploy:eu-west-3:${account}:${resource}`;
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const runner = (resource: string) => `arn:aws:apprunner:eu-west-3:${account}:${resource}`;
const here = { "aws:RequestedRegion": "eu-west-3" };
const onCluster = { "ecs:cluster": ecs("cluster/acme-prod") };
const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
const toBuilds = { "iam:PassedToService": "build.apprunner.amazonaws.com" };
const toInstances = { "iam:PassedToService": "tasks.apprunner.amazonaws.com" };

const statements = statementsOf(serviceDeployRole());

const can = (action: string, resource: string, context: AccessRequest["context"] = {}) =>
  allows(statements, { action, resource, context: { ...here, ...context } });

const build = (props: Partial<ServiceDeployRoleProps>) =>
  synth((scope) => {
    new ServiceDeployRole(scope, "release", {
      ...connections(),
      application: "api",
      environmentName: "prod",
      services: [api],
      ...props,
    });
  });

describe("ServiceDeployRole", () => {
  test("is called after the application, for jobs in the environment on the branch it is released from", () => {
    const [first] = resources(serviceDeployRole(), "aws_iam_role");
    expect(first).toMatchObject({
      name: "acme-prod-release-api",
      description: "Releases api to prod from GitHub Actions",
    });
    expect(policyOf(first ?? {}, "assume_role_policy").Statement[0]?.Condition?.["StringEquals"]).toMatchObject({
      "token.actions.githubusercontent.com:sub": [
        "repo:acme/platform:environment:prod",
        "repo:acme@1001/platform@2001:environment:prod",
      ],
      "token.actions.githubusercontent.com:ref": "refs/heads/main",
    });
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["ecs:RegisterTaskDefinition", ecs("task-definition/acme-prod-api:*")],
    ["ecs:RegisterTaskDefinition", ecs("task-definition/acme-prod-api:*"), { "ecs:privileged": "false" }],
    ["ecs:TagResource", ecs("task-definition/acme-prod-api:1"), { "ecs:CreateAction": "RegisterTaskDefinition" }],
    ["ecs:DescribeTaskDefinition", "*"],
    ["ecs:DeregisterTaskDefinition", "*"],
    ["ecs:DescribeServices", ecs("service/acme-prod/acme-prod-api")],
    [
      "ecs:UpdateService",
      ecs("service/acme-prod/acme-prod-api"),
      { "ecs:task-definition": ecs("task-definition/acme-prod-api:7") },
    ],
    ["ecs:UpdateService", ecs("service/acme-prod/acme-prod-api"), { "ecs:enable-execute-command": "false" }],
    ["ecs:UpdateService", ecs("service/acme-prod/acme-prod-api")],
    ["ecs:RunTask", ecs("task-definition/acme-prod-api-migrate:3"), onCluster],
    ["ecs:DescribeTasks", ecs("task/acme-prod/1")],
    ["ecs:ListTasks", "*", onCluster],
    ["iam:PassRole", role("acme-prod-api-task"), toTasks],
    ["iam:PassRole", role("acme-prod-api-execution"), toTasks],
    ["codedeploy:RegisterApplicationRevision", deploy("application:acme-prod-web")],
    ["codedeploy:CreateDeployment", deploy("deploymentgroup:acme-prod-web/acme-prod-web")],
    ["codedeploy:GetDeploymentConfig", deploy("deploymentconfig:CodeDeployDefault.ECSAllAtOnce")],
    ["apprunner:UpdateService", runner("service/acme-prod-hook/8fe1")],
    ["apprunner:StartDeployment", runner("service/acme-prod-hook/8fe1")],
    ["apprunner:DescribeService", runner("service/acme-prod-hook/8fe1")],
    ["apprunner:ListOperations", runner("service/acme-prod-hook/8fe1")],
    ["apprunner:ListServices", "*"],
    ["iam:PassRole", role("acme-prod-hook-access"), toBuilds],
    ["iam:PassRole", role("acme-prod-hook-instance"), toInstances],
  ])("may %s on %s", (action, resource, context = {}) => {
    expect(can(action, resource, context)).toBe(true);
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["ecs:RegisterTaskDefinition", ecs("task-definition/acme-prod-admin:*")],
    ["ecs:RegisterTaskDefinition", ecs("task-definition/acme-prod-api:*"), { "ecs:privileged": "true" }],
    ["ecs:TagResource", ecs("service/acme-prod/acme-prod-api"), { "ecs:CreateAction": "CreateService" }],
    ["ecs:UpdateService", ecs("service/acme-prod/acme-prod-admin")],
    ["ecs:UpdateService", ecs("service/acme-prod/acme-prod-web")],
    [
      "ecs:UpdateService",
      ecs("service/acme-prod/acme-prod-api"),
      { "ecs:task-definition": ecs("task-definition/acme-prod-admin:1") },
    ],
    ["ecs:UpdateService", ecs("service/acme-prod/acme-prod-api"), { "ecs:enable-execute-command": "true" }],
    ["ecs:UpdateService", ecs("service/acme-prod/acme-prod-api"), { "ecs:auto-assign-public-ip": "true" }],
    ["ecs:DeleteService", ecs("service/acme-prod/acme-prod-api")],
    ["ecs:RunTask", ecs("task-definition/acme-prod-api:3"), onCluster],
    ["ecs:RunTask", ecs("task-definition/acme-prod-api-migrate:3"), { "ecs:cluster": ecs("cluster/acme-staging") }],
    [
      "ecs:RunTask",
      ecs("task-definition/acme-prod-api-migrate:3"),
      { ...onCluster, "ecs:enable-execute-command": "true" },
    ],
    ["ecs:ExecuteCommand", ecs("task/acme-prod/1")],
    ["iam:PassRole", role("acme-prod-admin-task"), toTasks],
    ["iam:PassRole", role("acme-prod-api-task"), { "iam:PassedToService": "ec2.amazonaws.com" }],
    ["codedeploy:CreateDeployment", deploy("deploymentgroup:acme-prod-admin/acme-prod-admin")],
    ["ecr:PutImage", `arn:aws:ecr:eu-west-3:${account}:repository/acme/api`],
    ["apprunner:UpdateService", runner("service/acme-prod-hook2/8fe1")],
    ["apprunner:UpdateService", runner("vpcconnector/acme-prod-hook/1/8fe1")],
    ["apprunner:UpdateService", runner("autoscalingconfiguration/acme-prod-hook/1/8fe1")],
    ["apprunner:DeleteService", runner("service/acme-prod-hook/8fe1")],
    ["apprunner:PauseService", runner("service/acme-prod-hook/8fe1")],
    ["iam:PassRole", role("acme-prod-hook-access"), toInstances],
    ["iam:PassRole", role("acme-prod-hook-instance"), toBuilds],
    ["iam:PassRole", role("acme-prod-hook-instance"), toTasks],
    ["iam:PassRole", role("acme-prod-api-task"), toInstances],
  ])("may not %s on %s", (action, resource, context = {}) => {
    expect(can(action, resource, context)).toBe(false);
  });

  test.each(["ecs:ExecuteCommand"])("is held back from %s even as an administrator", (action) => {
    expect(allows([...ADMINISTRATOR, ...statements], { action, resource: ecs("task/acme-prod/1") })).toBe(false);
  });

  test("knows nothing of CodeDeploy, App Runner or tasks where there is none", () => {
    const sids = statementsOf(build({ tasks: undefined })).map(({ Sid }) => Sid);
    expect(sids).toEqual([
      "RegisterRevision",
      "TagRevision",
      "ReadRevisions",
      "WatchServices",
      "UpdateService1",
      "ReadTasks",
      "ListTasks",
      "PassTaskRoles",
      "NoShell",
      "NoShellLater",
      "NoPublicAddress",
    ]);
  });

  test("is for services on App Runner alone, with nothing of ECS but what it forbids", () => {
    const sids = statementsOf(build({ services: [], appRunnerServices: [hook] })).map(({ Sid }) => Sid);
    expect(sids).toEqual([
      "ReleaseAppRunner",
      "FindAppRunner",
      "PassAccessRoles",
      "PassInstanceRoles",
      "NoShell",
      "NoShellLater",
      "NoPublicAddress",
    ]);
  });

  const host = { documentName: "acme-prod-api-deploy", instanceName: "acme-prod-api" };
  const onHosts = statementsOf(build({ services: [], hosts: [host] }));
  const document = (name: string) => `arn:aws:ssm:eu-west-3:${account}:document/${name}`;
  const instance = `arn:aws:ec2:eu-west-3:${account}:instance/i-1`;
  const named = (Name: string, Environment = "prod") => ({
    "aws:ResourceTag/Project": "acme",
    "aws:ResourceTag/Environment": Environment,
    "aws:ResourceTag/Name": Name,
  });

  test("is for services on hosts of their own alone, with nothing of ECS but what it forbids", () => {
    expect(onHosts.map(({ Sid }) => Sid)).toEqual([
      "RunDocuments",
      "RunOnHosts1",
      "FollowCommands",
      "FindHosts",
      "NoShell",
      "NoShellLater",
      "NoPublicAddress",
    ]);
  });

  test.each<[boolean, string, string, AccessRequest["context"]?]>([
    [true, "ssm:SendCommand", document("acme-prod-api-deploy")],
    [true, "ssm:SendCommand", instance, named("acme-prod-api")],
    [true, "ssm:GetCommandInvocation", "*"],
    [true, "ec2:DescribeInstances", "*"],
    [false, "ssm:SendCommand", document("acme-prod-worker-deploy")],
    [false, "ssm:SendCommand", "arn:aws:ssm:eu-west-3::document/AWS-RunShellScript"],
    [false, "ssm:SendCommand", instance, named("acme-prod-worker")],
    [false, "ssm:SendCommand", instance, named("acme-prod-api", "staging")],
    [false, "ssm:StartSession", instance, named("acme-prod-api")],
    [false, "ec2:StartInstances", instance, named("acme-prod-api")],
    [false, "ssm:PutParameter", `arn:aws:ssm:eu-west-3:${account}:parameter/acme-prod/api/image-tag`],
  ])("on hosts: %s, it may %s on %s", (allowed, action, resource, context = {}) => {
    expect(allows(onHosts, { action, resource, context: { ...here, ...context } })).toBe(allowed);
  });

  test("is for tasks alone, without a service to watch", () => {
    const sids = statementsOf(build({ services: [], tasks: [api] })).map(({ Sid }) => Sid);
    expect(sids).toContain("RunTask1");
    expect(sids).not.toContain("WatchServices");
  });

  test.each<[Partial<ServiceDeployRoleProps>, string]>([
    [
      { services: [] },
      "test/release: services must be at least one, got none; or name tasks, appRunnerServices, hosts or sites",
    ],
    [
      { services: [{ ...api, serviceName: "*", roleNames: [] }] },
      'test/release: services[0].serviceName must be a whole name without wildcards, got "*"; services[0].roleNames must be at least the execution role, got none',
    ],
    [
      { tasks: [{ ...api, clusterName: "acme/prod", roleNames: ["a*"] }] },
      'test/release: tasks[0].clusterName must be a whole name without wildcards, got "acme/prod"; tasks[0].roleNames must be a whole name without wildcards, got "a*"',
    ],
    [
      { services: [{ ...api, codeDeploy: { applicationName: "*", deploymentGroupName: "a b" } }] },
      'test/release: services[0].codeDeploy.applicationName must be a whole name without wildcards, got "*"; services[0].codeDeploy.deploymentGroupName must be a whole name without wildcards, got "a b"',
    ],
    [
      { appRunnerServices: [{ ...hook, serviceName: "*", instanceRoleName: "a*" }] },
      'test/release: appRunnerServices[0].serviceName must be a whole name without wildcards, got "*"; appRunnerServices[0].instanceRoleName must be a whole name without wildcards, got "a*"',
    ],
    [
      { hosts: [host, { documentName: "*", instanceName: "a b" }] },
      'test/release: hosts[1].documentName must be a whole name without wildcards, got "*"; hosts[1].instanceName must be a whole name without wildcards, got "a b"',
    ],
    [{ deployBranch: "" }, 'test/release: deployBranch must be one branch, written out without wildcards, got ""'],
  ])("fails on %j", (props, message) => {
    expect(() => build(props)).toThrow(new Error(message));
  });
});
