import type { PipelineProps } from "../../../modules/delivery/pipeline";
import { type AccessRequest, allows } from "../../support/iam";
import { context, policyOf, resources } from "../../support/synth";
import { pipeline } from "./example-pipeline";

const projects = (props: Partial<PipelineProps> = {}) => resources(pipeline(props), "aws_codebuild_project");

describe("BuildProject", () => {
  test("builds what the pipeline hands to it, on a machine that builds images", () => {
    expect(projects()).toEqual([
      expect.objectContaining({
        name: "acme-test-release-build",
        description: "Builds the images of acme-test-release",
        service_role: expect.stringMatching(/^\$\{aws_iam_role\.release_build_role_\w+\.arn\}$/),
        build_timeout: 30,
        source: { type: "CODEPIPELINE", buildspec: expect.stringContaining('"version":"0.2"') },
        artifacts: { type: "CODEPIPELINE" },
        environment: {
          type: "LINUX_CONTAINER",
          image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
          compute_type: "BUILD_GENERAL1_SMALL",
          privileged_mode: true,
        },
        logs_config: {
          cloudwatch_logs: {
            status: "ENABLED",
            group_name: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.name\}$/),
          },
        },
        depends_on: [expect.stringMatching(/^aws_iam_role_policy\.release_build_policy_/)],
      }),
    ]);
    expect(projects()[0]).not.toHaveProperty("vpc_config");
  });

  test("takes every choice", () => {
    const build = { computeType: "BUILD_GENERAL1_LARGE", architecture: "arm64", timeoutMinutes: 60 } as const;
    expect(projects({ build })).toEqual([
      expect.objectContaining({
        build_timeout: 60,
        environment: {
          type: "ARM_CONTAINER",
          image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
          compute_type: "BUILD_GENERAL1_LARGE",
          privileged_mode: true,
        },
      }),
    ]);
  });

  test("keeps its log a year, and after its own end where nothing may be destroyed", () => {
    const groups = (props: Partial<PipelineProps> = {}) => resources(pipeline(props), "aws_cloudwatch_log_group");
    const name = "/aws/codebuild/acme-test-release-build";
    expect(groups()).toEqual([expect.objectContaining({ name, retention_in_days: 365, skip_destroy: true })]);
    expect(groups({ build: { logRetentionDays: 14 }, context: context({ destroyable: true }) })).toEqual([
      expect.objectContaining({ name, retention_in_days: 14, skip_destroy: false }),
    ]);
  });

  test("leaves nothing of its commands for Terraform to read", () => {
    const [project] = projects({ build: { commands: ["echo ${HOME} 100%{x}"] } });
    const { buildspec } = project?.["source"] as { buildspec: string };
    expect(buildspec).toContain("echo $${HOME} 100%%{x}");
    expect(buildspec.replaceAll("$${", "").replaceAll("%%{", "")).not.toMatch(/[$%]\{/);
  });

  const statements = resources(pipeline(), "aws_iam_role_policy")
    .filter(({ name }) => name === "build")
    .flatMap((policy) => policyOf(policy).Statement);
  const log = (name: string) => `arn:aws:logs:eu-west-3:123456789012:log-group:${name}:log-stream:1`;
  const image = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/acme/${name}`;
  const here = { "aws:RequestedRegion": "eu-west-3" };

  test.each([
    ["logs:PutLogEvents", log("/aws/codebuild/acme-test-release-build")],
    ["s3:GetObject", "arn:aws:s3:::acme-test-release-artifacts-123456789012/a"],
    ["s3:PutObject", "arn:aws:s3:::acme-test-release-artifacts-123456789012/a"],
    ["s3:GetBucketLocation", "arn:aws:s3:::acme-test-release-artifacts-123456789012"],
    ["ecr:GetAuthorizationToken", "*"],
    ["ecr:DescribeImages", image("api")],
    ["ecr:PutImage", image("api")],
    ["ecr:PutImage", image("web-app")],
    ["ecs:DescribeTaskDefinition", "*"],
  ])("may %s on %s", (action, resource) => {
    expect(allows(statements, { action, resource, context: here })).toBe(true);
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["logs:PutLogEvents", log("/ecs/acme-test-api")],
    ["s3:GetObject", "arn:aws:s3:::acme-test-uploads/a"],
    ["s3:DeleteObject", "arn:aws:s3:::acme-test-release-artifacts-123456789012/a"],
    ["ecr:PutImage", image("admin")],
    ["ecr:BatchDeleteImage", image("api")],
    ["ecs:RegisterTaskDefinition", "arn:aws:ecs:eu-west-3:123456789012:task-definition/acme-test-api:*"],
    ["ecs:DescribeTaskDefinition", "*", { "aws:RequestedRegion": "us-east-1" }],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/acme-test-api-task"],
    ["secretsmanager:GetSecretValue", "*"],
  ])("may not %s on %s", (action, resource, extra = {}) => {
    expect(allows(statements, { action, resource, context: { ...here, ...extra } })).toBe(false);
  });
});
