import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { repositoryArn, type Registry } from "../compute/image-settings";
import type { Context } from "../context";
import { bucketArn } from "../storage/bucket-access";
import { imageRepositoryName } from "../storage/image-repository-settings";
import { buildSpec } from "./build-project-spec";
import { pipelineNames } from "./pipeline-names";
import { pipelineBuildOf, type PipelineBuildSettings, type PipelineServiceSettings } from "./pipeline-settings";
import { buildStatements, serviceTrust } from "./pipeline-statements";
import type { PipelineTargets } from "./pipeline-target";
import { policyDocument } from "./policy-statement";

/** What is built, where, and where the images go. */
export interface BuildProjectProps extends PipelineBuildSettings {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the pipeline it belongs to. */
  readonly name: string;

  /** Where the product's own images are. */
  readonly registry: Registry;

  /** How the image of each service is built, by the service's name. */
  readonly services: Readonly<Record<string, PipelineServiceSettings>>;

  /** Names of each service's parts, by the service's name. */
  readonly targets: PipelineTargets;
}

/**
 * The build of a pipeline in CodeBuild: it tests the application, builds and pushes one image for each service, and describes each release
 * to CodeDeploy. It runs outside the VPC, so it reaches the internet and none of the environment's data. Its role pushes to these
 * repositories, reads task definitions, and writes its log and its artifacts; it releases nothing.
 */
export class BuildProject extends Construct {
  /** Name of the project. */
  readonly projectName: string;

  /** Its log group. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: BuildProjectProps) {
    super(scope, id);
    const { context, name, registry, services, targets } = props;
    const build = pipelineBuildOf(props);
    const names = pipelineNames(context, name);
    const built = Object.entries(services).flatMap(([service, settings]) => {
      const target = targets[service];
      if (target === undefined) return []; // the pipeline refuses it
      const { repository, containerName, family, port } = target;
      const repositoryName = imageRepositoryName(context.project, repository);
      return [{ ...settings, name: service, repositoryName, containerName, family, port }];
    });

    const logs = new CloudwatchLogGroup(this, "logs", {
      name: names.logGroup,
      retentionInDays: build.logRetentionDays,
      skipDestroy: !context.destroyable,
    });
    const role = new IamRole(this, "role", {
      name: names.buildRole,
      description: `Builds the images of ${names.pipeline}`,
      assumeRolePolicy: serviceTrust(context, "codebuild.amazonaws.com"),
      permissionsBoundary: context.permissionsBoundaryArn,
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "build",
      role: role.name,
      policy: policyDocument(
        buildStatements(context, {
          logGroup: names.logGroup,
          bucketArn: bucketArn(names.artifactBucket),
          repositoryArns: Object.values(targets).map(({ repository }) => repositoryArn(context, registry, repository)),
        }),
      ),
    });
    const project = new CodebuildProject(this, "project", {
      name: names.buildProject,
      description: `Builds the images of ${names.pipeline}`,
      serviceRole: role.arn,
      buildTimeout: build.timeoutMinutes,
      source: {
        type: "CODEPIPELINE",
        buildspec: literal(JSON.stringify(buildSpec({ ...build, registry, region: context.region, services: built }))),
      },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        ...MACHINES[build.architecture],
        computeType: build.computeType,
        privilegedMode: true, // docker builds images only so; the machine is the build's own and ends with it
      },
      logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: logs.name } },
      dependsOn: [policy],
    });

    this.projectName = project.name;
    this.logGroupName = logs.name;
  }
}

/** CodeBuild's own images. Source: CodeBuild user guide, Docker images provided by CodeBuild, read in 2026-11. */
const MACHINES = {
  x86_64: { type: "LINUX_CONTAINER", image: "aws/codebuild/amazonlinux-x86_64-standard:5.0" },
  arm64: { type: "ARM_CONTAINER", image: "aws/codebuild/amazonlinux-aarch64-standard:3.0" },
} as const;

/** Text that Terraform does not read anything into. */
function literal(text: string): string {
  return text.replace(/[$%]\{/g, (opening) => `${opening[0] ?? ""}${opening}`);
}
