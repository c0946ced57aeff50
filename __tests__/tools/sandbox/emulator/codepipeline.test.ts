import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";
import { ACCOUNT, EmulatorCalls, REGION } from "../../../support/emulator-calls";

let emulator: TestEmulator;

beforeAll(async () => {
  emulator = await startTestEmulator();
}, 60_000);

afterAll(() => stopTestEmulator(emulator));

const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

test("codepipeline answers times as numbers", async () => {
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "codepipeline.amazonaws.com" }, Action: "sts:AssumeRole" }],
  };
  await new EmulatorCalls(emulator.url, "iam").send({
    body: `Action=CreateRole&Version=2010-05-08&RoleName=pipeline&AssumeRolePolicyDocument=${encodeURIComponent(JSON.stringify(trust))}`,
  });
  const pipelines = new EmulatorCalls(emulator.url, "codepipeline", "CodePipeline_20150709");
  const action = (name: string, category: string, provider: string) => ({
    name,
    actions: [{ name, actionTypeId: { category, owner: "AWS", provider, version: "1" } }],
  });
  const pipeline = {
    name: "main",
    roleArn: role("pipeline"),
    pipelineType: "V2",
    executionMode: "SUPERSEDED",
    artifactStore: { type: "S3", location: "artifacts" },
    stages: [action("Source", "Source", "CodeStarSourceConnection"), action("Build", "Build", "CodeBuild")],
  };
  await pipelines.action("CreatePipeline", { pipeline });
  expect(await pipelines.action("GetPipeline", { name: "main" })).toMatchObject({
    pipeline,
    metadata: { created: expect.any(Number), updated: expect.any(Number) },
  });
});

test("codebuild keeps a project of a pipeline, which has no location, and changes it", async () => {
  const builds = new EmulatorCalls(emulator.url, "codebuild", "CodeBuild_20161006");
  const project = {
    name: "build",
    source: { type: "CODEPIPELINE", buildspec: "version: 0.2" },
    artifacts: { type: "CODEPIPELINE" },
    environment: {
      type: "ARM_CONTAINER",
      computeType: "BUILD_GENERAL1_SMALL",
      image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
      privilegedMode: true,
    },
    serviceRole: role("build"),
    encryptionKey: "key",
  };
  await builds.action("CreateProject", project);
  await builds.action("UpdateProject", { name: "build", timeoutInMinutes: 20 });
  expect(await builds.action("BatchGetProjects", { names: ["build"] })).toMatchObject({
    projects: [{ ...project, timeoutInMinutes: 20, queuedTimeoutInMinutes: 480, projectVisibility: "PRIVATE" }],
  });
  await expect(
    builds.action("CreateProject", { ...project, name: "other", source: { type: "GITHUB" } }),
  ).rejects.toThrow("Project source location is required");
  await expect(builds.action("UpdateProject", { name: "gone" })).rejects.toThrow("ResourceNotFoundException");
});

test.each([
  ["codeconnections", "com.amazonaws.codeconnections.CodeConnections_20231201"],
  ["codestar-connections", "com.amazonaws.codestar.connections.CodeStar_connections_20191201"],
])("%s keeps a connection that waits for a person", async (service, prefix) => {
  const connections = new EmulatorCalls(emulator.url, service, prefix);
  const request = { ConnectionName: "github", ProviderType: "GitHub", Tags: [{ Key: "a", Value: "1" }] };
  const { ConnectionArn } = (await connections.action("CreateConnection", request)) as { ConnectionArn: string };
  expect(ConnectionArn).toContain(`arn:aws:${service}:${REGION}:${ACCOUNT}:connection/`);
  expect(await connections.action("GetConnection", { ConnectionArn })).toMatchObject({
    Connection: { ConnectionName: "github", ProviderType: "GitHub", ConnectionStatus: "PENDING" },
  });
  await expect(connections.action("CreateConnection", request)).rejects.toThrow("already exists");
  expect(await connections.action("ListTagsForResource", { ResourceArn: ConnectionArn })).toEqual({
    Tags: request.Tags,
  });
  await connections.action("DeleteConnection", { ConnectionArn });
  await expect(connections.action("GetConnection", { ConnectionArn })).rejects.toThrow("ResourceNotFoundException");
});

test("codestar-notifications keeps a rule with its targets", async () => {
  const notifications = new EmulatorCalls(emulator.url, "codestar-notifications");
  const target = { TargetType: "SNS", TargetAddress: `arn:aws:sns:${REGION}:${ACCOUNT}:alerts` };
  const rule = { Name: "failed", Resource: `arn:aws:codepipeline:${REGION}:${ACCOUNT}:main`, DetailType: "BASIC" };
  const { Arn } = (await notifications.document("POST", "/createNotificationRule", {
    ...rule,
    EventTypeIds: ["codepipeline-pipeline-pipeline-execution-failed"],
    Targets: [target],
  })) as { Arn: string };
  await notifications.document("POST", "/updateNotificationRule", { Arn, DetailType: "FULL" });
  expect(await notifications.document("POST", "/describeNotificationRule", { Arn })).toMatchObject({
    ...rule,
    DetailType: "FULL",
    Status: "ENABLED",
    EventTypes: [{ EventTypeId: "codepipeline-pipeline-pipeline-execution-failed" }],
    Targets: [{ ...target, TargetStatus: "ACTIVE" }],
  });
  await notifications.document("POST", "/deleteNotificationRule", { Arn });
  await expect(notifications.document("POST", "/describeNotificationRule", { Arn })).rejects.toThrow(
    "ResourceNotFoundException",
  );
});
