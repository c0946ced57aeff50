import { PermissionsBoundary } from "../../../modules/delivery/permissions-boundary";
import type { PipelineProps } from "../../../modules/delivery/pipeline";
import {
  type AccessRequest,
  allows,
  allowsWithin,
  listOf,
  type PolicyStatement,
  statementsOf,
} from "../../support/iam";
import { context, policyOf, resources, synth } from "../../support/synth";
import { connectionArn, pipeline, release, releaseTargets } from "./example-pipeline";

interface Action {
  readonly name: string;
  readonly configuration: Readonly<Record<string, string>>;
}
interface Stage {
  readonly name: string;
  readonly action: readonly Action[];
}

const pipelines = (props: Partial<PipelineProps> = {}) => resources(pipeline(props), "aws_codepipeline");
const stages = (props: Partial<PipelineProps> = {}) => pipelines(props).flatMap(({ stage }) => stage as Stage[]);

describe("Pipeline", () => {
  test("fetches, builds, and releases both services at the same time", () => {
    const aws = { owner: "AWS", version: "1" };
    const deploys = (name: string, artifact: string) => ({
      ...aws,
      name,
      category: "Deploy",
      provider: "CodeDeployToECS",
      input_artifacts: [artifact],
      configuration: {
        ApplicationName: `acme-test-${name}`,
        DeploymentGroupName: `acme-test-${name}`,
        TaskDefinitionTemplateArtifact: artifact,
        TaskDefinitionTemplatePath: "taskdef.json",
        AppSpecTemplateArtifact: artifact,
        AppSpecTemplatePath: "appspec.yaml",
        Image1ArtifactName: artifact,
        Image1ContainerName: "IMAGE1_NAME",
      },
    });
    expect(stages()).toEqual([
      {
        name: "Source",
        action: [
          {
            ...aws,
            name: "Source",
            category: "Source",
            provider: "CodeStarSourceConnection",
            output_artifacts: ["Source"],
            configuration: {
              ConnectionArn: connectionArn,
              FullRepositoryId: "acme/shop",
              BranchName: "main",
              OutputArtifactFormat: "CODE_ZIP",
              DetectChanges: "true",
            },
          },
        ],
      },
      {
        name: "Build",
        action: [
          {
            ...aws,
            name: "Build",
            category: "Build",
            provider: "CodeBuild",
            input_artifacts: ["Source"],
            output_artifacts: ["api", "web_app"],
            configuration: { ProjectName: expect.stringMatching(/^\$\{aws_codebuild_project\..*\.name\}$/) },
          },
        ],
      },
      { name: "Deploy", action: [deploys("api", "api"), deploys("web-app", "web_app")] },
    ]);
  });

  test("lets a newer push overtake an older one, and runs once its role may do what it has to", () => {
    expect(pipelines()).toEqual([
      expect.objectContaining({
        name: "acme-test-release",
        pipeline_type: "V2",
        execution_mode: "SUPERSEDED",
        role_arn: expect.stringMatching(/^\$\{aws_iam_role\.release_role_\w+\.arn\}$/),
        artifact_store: [{ type: "S3", location: expect.stringMatching(/^\$\{aws_s3_bucket_policy\..*\.bucket\}$/) }],
        depends_on: [expect.stringMatching(/^aws_iam_role_policy\.release_policy_/)],
      }),
    ]);
    expect(pipelines()[0]).not.toHaveProperty("trigger");
  });

  test("keeps what its stages hand on in a private bucket, for 30 days", () => {
    const synthesized = pipeline();
    expect(resources(synthesized, "aws_s3_bucket")).toEqual([
      expect.objectContaining({ bucket: "acme-test-release-artifacts-123456789012", force_destroy: false }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_public_access_block")).toHaveLength(1);
    expect(resources(synthesized, "aws_s3_bucket_versioning")).toEqual([]);
    expect(JSON.stringify(resources(synthesized, "aws_s3_bucket_lifecycle_configuration"))).toContain(
      '"expiration":[{"days":30}]',
    );
  });

  test("asks a person first, if it has to", () => {
    const asks = (props: Partial<PipelineProps>) => stages(props).find(({ name }) => name === "Approval");
    expect(asks({})).toBeUndefined();
    expect(stages({ approval: {} }).map(({ name }) => name)).toEqual(["Source", "Build", "Approval", "Deploy"]);
    const approve = { name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" };
    expect(asks({ approval: {} })?.action).toEqual([
      { ...approve, configuration: { CustomData: "Release this build?" } },
    ]);
    expect(asks({ approval: { message: "Now?" }, approvalTopicArn: "arn:topic" })?.action).toEqual([
      { ...approve, configuration: { CustomData: "Now?", NotificationArn: "arn:topic" } },
    ]);
  });

  test.each<[PipelineProps["trigger"], string, unknown]>([
    [undefined, "true", undefined],
    [{ kind: "push" }, "true", undefined],
    [{ kind: "manual" }, "false", undefined],
    [
      { kind: "paths", paths: ["backend/**"] },
      "false",
      [
        {
          provider_type: "CodeStarSourceConnection",
          git_configuration: {
            source_action_name: "Source",
            push: [{ branches: { includes: ["main"] }, file_paths: { includes: ["backend/**"] } }],
          },
        },
      ],
    ],
  ])("is started by %j", (trigger, detects, synthesized) => {
    expect(stages({ trigger })[0]?.action[0]?.configuration["DetectChanges"]).toBe(detects);
    expect(pipelines({ trigger })[0]?.["trigger"]).toEqual(synthesized);
  });

  test("takes another branch", () => {
    const source = { ...release.source, branch: "release/1" };
    expect(stages({ source })[0]?.action[0]?.configuration["BranchName"]).toBe("release/1");
  });

  test("releases only what it builds", () => {
    const [, , deploy] = stages({ services: { api: {} } });
    expect(deploy?.action.map(({ name }) => name)).toEqual(["api"]);
    expect(JSON.stringify(pipeline({ services: { api: {} } }))).not.toContain("web-app");
  });

  test("is the same for an explicit undefined", () => {
    const nothing = { build: undefined, approval: undefined, trigger: undefined, approvalTopicArn: undefined };
    expect(pipeline(nothing)).toEqual(pipeline());
  });

  test("trusts each service by its exact name, for this account, within the boundary", () => {
    const synthesized = pipeline({ context: context({ permissionsBoundaryArn: "arn:boundary" }) });
    const trusted = (service: string) => ({
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
    const roles = resources(synthesized, "aws_iam_role");
    expect(roles).toHaveLength(2);
    for (const role of roles) expect(role).toMatchObject({ permissions_boundary: "arn:boundary" });
    expect(
      Object.fromEntries(roles.map((role) => [role["name"], policyOf(role, "assume_role_policy").Statement])),
    ).toEqual({
      "acme-test-release-build": [trusted("codebuild.amazonaws.com")],
      "acme-test-release-pipeline": [trusted("codepipeline.amazonaws.com")],
    });
  });

  const regional = (service: string, resource: string) => `arn:aws:${service}:eu-west-3:123456789012:${resource}`;
  const bucket = "arn:aws:s3:::acme-test-release-artifacts-123456789012";
  const here = { "aws:RequestedRegion": "eu-west-3" };
  const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
  const roleStatements = (name: string) =>
    resources(pipeline({ approvalTopicArn: regional("sns", "acme-test-releases") }), "aws_iam_role_policy")
      .filter((policy) => policy["name"] === name)
      .flatMap((policy) => policyOf(policy).Statement);
  const runs = roleStatements("run");
  const builds = roleStatements("build");

  test.each<[string, string, AccessRequest["context"]?]>([
    ["codeconnections:UseConnection", connectionArn],
    ["codeconnections:UseConnection", connectionArn, { "codeconnections:FullRepositoryId": "acme/shop" }],
    ["s3:GetBucketVersioning", bucket],
    ["s3:GetObject", `${bucket}/release/Source/1`],
    ["s3:PutObject", `${bucket}/release/Source/1`],
    ["codebuild:StartBuild", regional("codebuild", "project/acme-test-release-build")],
    ["codebuild:BatchGetBuilds", regional("codebuild", "project/acme-test-release-build")],
    ["ecs:RegisterTaskDefinition", regional("ecs", "task-definition/acme-test-api:*")],
    [
      "ecs:TagResource",
      regional("ecs", "task-definition/acme-test-api:7"),
      { "ecs:CreateAction": "RegisterTaskDefinition" },
    ],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/acme-test-web-app-task", toTasks],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/acme-test-web-app-execution", toTasks],
    ["codedeploy:GetApplication", regional("codedeploy", "application:acme-test-api")],
    ["codedeploy:RegisterApplicationRevision", regional("codedeploy", "application:acme-test-api")],
    ["codedeploy:CreateDeployment", regional("codedeploy", "deploymentgroup:acme-test-api/acme-test-api")],
    ["codedeploy:GetDeployment", regional("codedeploy", "deploymentgroup:acme-test-api/acme-test-api")],
    ["codedeploy:GetDeploymentConfig", regional("codedeploy", "deploymentconfig:CodeDeployDefault.ECSAllAtOnce")],
    ["sns:Publish", regional("sns", "acme-test-releases")],
  ])("may %s on %s", (action, resource, extra = {}) => {
    expect(allows(runs, { action, resource, context: { ...here, ...extra } })).toBe(true);
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["codeconnections:UseConnection", connectionArn, { "codeconnections:FullRepositoryId": "acme/other" }],
    ["codeconnections:UseConnection", connectionArn.replace(/1$/, "2")],
    ["s3:GetObject", "arn:aws:s3:::acme-test-uploads/a"],
    ["codebuild:StartBuild", regional("codebuild", "project/acme-test-other")],
    ["ecs:RegisterTaskDefinition", regional("ecs", "task-definition/acme-test-admin:*")],
    ["ecs:RegisterTaskDefinition", regional("ecs", "task-definition/acme-test-api:*"), { "ecs:privileged": "true" }],
    ["ecs:UpdateService", regional("ecs", "service/acme-test/acme-test-api")],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/acme-test-admin-task", toTasks],
    [
      "iam:PassRole",
      "arn:aws:iam::123456789012:role/acme-test-api-task",
      { "iam:PassedToService": "ec2.amazonaws.com" },
    ],
    ["codedeploy:CreateDeployment", regional("codedeploy", "deploymentgroup:acme-test-admin/acme-test-admin")],
    ["ecr:PutImage", "arn:aws:ecr:eu-west-1:111122223333:repository/acme/api"],
  ])("may not %s on %s", (action, resource, extra = {}) => {
    expect(allows(runs, { action, resource, context: { ...here, ...extra } })).toBe(false);
  });

  test("tells nobody of approvals without a topic", () => {
    expect(JSON.stringify(pipeline())).not.toContain("sns:");
  });

  test.each([
    ["pipeline", runs],
    ["build", builds],
  ])("has a %s role whose work lies all inside the boundary of an environment with pipelines", (_name, statements) => {
    const boundary = statementsOf(
      synth((scope) => new PermissionsBoundary(scope, "boundary", { context: context(), areas: ["pipelines"] })),
    );
    const asked = { ...here, ...toTasks, "ecs:CreateAction": "RegisterTaskDefinition" };
    const held = (statements as PolicyStatement[]).flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) =>
        listOf(Resource)
          .filter((resource) => !allowsWithin(boundary, statements, { action, resource, context: asked }))
          .map((resource) => `${action} on ${resource}`),
      ),
    );
    expect(held).toEqual([]);
  });

  test("fails on names, settings and services nobody connected, all at once", () => {
    expect(() => pipeline({ name: "Release", services: { api: { context: ".." } }, targets: {} })).toThrow(
      /^test\/release: name of codePipeline must be .*; services\.api\.context must be a path .*, got "\.\."; targets\.api must be given for the service it builds, got none$/,
    );
    expect(() => pipeline({ targets: { api: releaseTargets.api } })).toThrow(
      new Error("test/release: targets.web-app must be given for the service it builds, got none"),
    );
  });
});
