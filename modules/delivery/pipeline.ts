import { Codepipeline, type CodepipelineStage, type CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { Registry } from "../compute/image-settings";
import type { Context } from "../context";
import { Bucket } from "../storage/bucket";
import { bucketArn } from "../storage/bucket-access";
import { assertValid } from "../validation";
import { BuildProject } from "./build-project";
import { IMAGE_PLACEHOLDER, RELEASE_FILES } from "./build-project-spec";
import { artifactsThing, pipelineNameProblems, pipelineNames } from "./pipeline-names";
import { pipelineProblems, type PipelineSettings } from "./pipeline-settings";
import { pipelineStatements, serviceTrust } from "./pipeline-statements";
import { artifactName, pipelineTargetProblems, type PipelineTargets } from "./pipeline-target";
import { policyDocument } from "./policy-statement";

/** Settings of the pipeline, and what it is connected to. */
export interface PipelineProps extends PipelineSettings {
  /** For whom and where. */
  readonly context: Context;

  /** What it is called after `<project>-<environment>-`. */
  readonly name: string;

  /** Where the product's own images are. */
  readonly registry: Registry;

  /** Connection to GitHub. */
  readonly connectionArn: string;

  /** Names of each service's parts, by the service's name. */
  readonly targets: PipelineTargets;

  /**
   * SNS topic that hears of releases that wait for approval.
   * @default - nobody is told; it waits in the console
   */
  readonly approvalTopicArn?: string;
}

const SOURCE = "Source";

/** Artifacts are read by the next stage and never again. */
const ARTIFACT_DAYS = 30;

/**
 * A pipeline of CodePipeline: a push to the branch is built once, waits for approval if there is one, and then CodeDeploy releases all
 * services at the same time. A newer push overtakes one that still waits. Images carry the commit as their tag. Its role starts this build
 * and these releases, and hands over the roles of these tasks; the artifacts lie in a private bucket and are deleted after 30 days.
 */
export class Pipeline extends Construct {
  /** Name of the pipeline. */
  readonly pipelineName: string;

  /** ARN of the pipeline. */
  readonly pipelineArn: string;

  /** Build project by name. */
  readonly projectName: string;

  /** Log group of the build. */
  readonly buildLogGroupName: string;

  /** Bucket of the artifacts. */
  readonly artifactBucketName: string;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    const { context, name, registry, connectionArn, targets, source, services, approvalTopicArn } = props;
    const { branch = "main" } = source;
    assertValid(this, [
      ...pipelineNameProblems(context, name),
      ...pipelineProblems(props),
      ...pipelineTargetProblems(Object.keys(services), targets),
    ]);
    const names = pipelineNames(context, name);
    const repository = `${source.owner}/${source.repository}`;
    const released = Object.entries(targets).filter(([service]) => Object.hasOwn(services, service));

    const artifacts = new Bucket(this, "artifacts", {
      context,
      name: artifactsThing(name),
      versioning: false,
      expireDays: ARTIFACT_DAYS,
    });
    const build = new BuildProject(this, "build", {
      ...props.build,
      context,
      name,
      registry,
      services,
      targets: Object.fromEntries(released),
    });
    const role = new IamRole(this, "role", {
      name: names.pipelineRole,
      description: `Runs the pipeline ${names.pipeline}`,
      assumeRolePolicy: serviceTrust(context, "codepipeline.amazonaws.com"),
      permissionsBoundary: context.permissionsBoundaryArn,
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "run",
      role: role.name,
      policy: policyDocument(
        pipelineStatements(context, {
          bucketArn: bucketArn(names.artifactBucket),
          connectionArn,
          repository,
          projectName: names.buildProject,
          targets: released.map(([, target]) => target),
          approvalTopicArn,
        }),
      ),
    });
    const pipeline = new Codepipeline(this, "pipeline", {
      name: names.pipeline,
      pipelineType: "V2",
      executionMode: "SUPERSEDED",
      roleArn: role.arn,
      artifactStore: [{ type: "S3", location: artifacts.bucketName }],
      trigger: triggersOf(props, branch),
      stage: [
        sourceStage(props, repository, branch),
        buildStage(props, build.projectName),
        ...approvalStages(props),
        deployStage(released),
      ],
      dependsOn: [policy],
    });

    this.pipelineName = pipeline.name;
    this.pipelineArn = pipeline.arn;
    this.projectName = build.projectName;
    this.buildLogGroupName = build.logGroupName;
    this.artifactBucketName = artifacts.bucketName;
  }
}

function sourceStage({ connectionArn, trigger }: PipelineProps, repository: string, branch: string): CodepipelineStage {
  const configuration = {
    ConnectionArn: connectionArn,
    FullRepositoryId: repository,
    BranchName: branch,
    OutputArtifactFormat: "CODE_ZIP",
    DetectChanges: String((trigger?.kind ?? "push") === "push"), // a trigger of its own takes its place
  };
  const does = { category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" };
  return { name: SOURCE, action: [{ name: SOURCE, ...does, outputArtifacts: [SOURCE], configuration }] };
}

function buildStage({ services }: PipelineProps, projectName: string): CodepipelineStage {
  const does = { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" };
  const outputArtifacts = Object.keys(services).map(artifactName);
  return {
    name: "Build",
    action: [
      {
        name: "Build",
        ...does,
        inputArtifacts: [SOURCE],
        outputArtifacts,
        configuration: { ProjectName: projectName },
      },
    ],
  };
}

function approvalStages({ approval, approvalTopicArn }: PipelineProps): CodepipelineStage[] {
  if (approval === undefined) return [];
  const { message = "Release this build?" } = approval;
  const configuration: Record<string, string> = { CustomData: message };
  if (approvalTopicArn !== undefined) configuration["NotificationArn"] = approvalTopicArn;
  const does = { category: "Approval", owner: "AWS", provider: "Manual", version: "1" };
  return [{ name: "Approval", action: [{ name: "Approve", ...does, configuration }] }];
}

function deployStage(released: ReadonlyArray<readonly [string, PipelineTargets[string]]>): CodepipelineStage {
  const does = { category: "Deploy", owner: "AWS", provider: "CodeDeployToECS", version: "1" };
  return {
    name: "Deploy",
    action: released.map(([service, { codeDeploy }]) => {
      const artifact = artifactName(service);
      return {
        name: service,
        ...does,
        inputArtifacts: [artifact],
        configuration: {
          ApplicationName: codeDeploy.applicationName,
          DeploymentGroupName: codeDeploy.deploymentGroupName,
          TaskDefinitionTemplateArtifact: artifact,
          TaskDefinitionTemplatePath: RELEASE_FILES.taskDefinition,
          AppSpecTemplateArtifact: artifact,
          AppSpecTemplatePath: RELEASE_FILES.appSpec,
          Image1ArtifactName: artifact,
          Image1ContainerName: IMAGE_PLACEHOLDER,
        },
      };
    }),
  };
}

function triggersOf({ trigger }: PipelineProps, branch: string): CodepipelineTrigger[] | undefined {
  if (trigger?.kind !== "paths") return undefined;
  return [
    {
      providerType: "CodeStarSourceConnection",
      gitConfiguration: {
        sourceActionName: SOURCE,
        push: [{ branches: { includes: [branch] }, filePaths: { includes: [...trigger.paths] } }],
      },
    },
  ];
}
