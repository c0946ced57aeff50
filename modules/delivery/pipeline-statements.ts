import { arn, type Context, iamArn } from "../context";
import type { PipelineTarget } from "./pipeline-target";
import { actionsOf, allow, policyDocument, type Statement } from "./policy-statement";

type Scope = Pick<Context, "accountId" | "region">;

/** What a build reaches. */
export interface BuildReach {
  /** Its log group by name. */
  readonly logGroup: string;

  /** Bucket that holds what one stage hands to the next. */
  readonly bucketArn: string;

  /** Repositories it pushes to. */
  readonly repositoryArns: readonly string[];
}

/** What a pipeline reaches. */
export interface PipelineReach {
  /** Bucket that holds what one stage hands to the next. */
  readonly bucketArn: string;

  /** Connection to GitHub. */
  readonly connectionArn: string;

  /** Its repository there, as `owner/repository`. */
  readonly repository: string;

  /** Its build project by name. */
  readonly projectName: string;

  /** Services it releases. */
  readonly targets: readonly PipelineTarget[];

  /**
   * Topic that hears of releases that wait for approval.
   * @default - none
   */
  readonly approvalTopicArn?: string;
}

/** Lets one AWS service take the role, for this account only; the service as a string, as AWS itself writes it. */
export function serviceTrust({ accountId }: Pick<Context, "accountId">, service: string): string {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  ]);
}

/** What a build does: write its log, take and hand on artifacts, push images, read what runs now. */
export function buildStatements(scope: Scope, reach: BuildReach): Statement[] {
  return [
    allow("WriteLog", actionsOf("logs", "CreateLogStream PutLogEvents"), [
      arn(scope, "logs", `log-group:${reach.logGroup}:*`),
    ]),
    ...artifactStatements(reach.bucketArn),
    allow("SignIn", actionsOf("ecr", "GetAuthorizationToken"), ["*"]), // knows no narrower resource
    allow(
      "PushImages",
      actionsOf(
        "ecr",
        `BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload DescribeImages GetDownloadUrlForLayer
           InitiateLayerUpload PutImage UploadLayerPart`,
      ),
      [...new Set(reach.repositoryArns)],
    ),
    allow("ReadRevisions", actionsOf("ecs", "DescribeTaskDefinition"), ["*"], {
      StringEquals: { "aws:RequestedRegion": scope.region }, // knows no narrower resource
    }),
  ];
}

/** What a pipeline does: fetch the source, start its build, register revisions of its families and have CodeDeploy release them. */
export function pipelineStatements(scope: Scope, reach: PipelineReach): Statement[] {
  const { targets } = reach;
  const applications = targets.map(({ codeDeploy }) =>
    arn(scope, "codedeploy", `application:${codeDeploy.applicationName}`),
  );
  const groups = targets.map(({ codeDeploy }) =>
    arn(scope, "codedeploy", `deploymentgroup:${codeDeploy.applicationName}/${codeDeploy.deploymentGroupName}`),
  );
  const families = targets.map(({ family }) => arn(scope, "ecs", `task-definition/${family}:*`));
  const roles = targets.flatMap(({ roleNames }) => roleNames.map((name) => iamArn(scope, `role/${name}`)));
  return [
    allow("UseConnection", actionsOf("codeconnections", "UseConnection"), [reach.connectionArn], {
      StringEqualsIfExists: { "codeconnections:FullRepositoryId": reach.repository },
    }),
    ...artifactStatements(reach.bucketArn),
    allow("Build", actionsOf("codebuild", "BatchGetBuilds StartBuild"), [
      arn(scope, "codebuild", `project/${reach.projectName}`),
    ]),
    allow("RegisterRevision", actionsOf("ecs", "RegisterTaskDefinition"), families, {
      StringEqualsIfExists: { "ecs:privileged": "false" },
    }),
    allow("TagRevision", actionsOf("ecs", "TagResource"), families, {
      StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" },
    }),
    allow("PassTaskRoles", actionsOf("iam", "PassRole"), [...new Set(roles)], {
      StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    }),
    allow(
      "RegisterDeployment",
      actionsOf("codedeploy", "GetApplication GetApplicationRevision RegisterApplicationRevision"),
      applications,
    ),
    allow("Deploy", actionsOf("codedeploy", "CreateDeployment GetDeployment GetDeploymentGroup"), groups),
    allow("ReadDeploymentConfig", actionsOf("codedeploy", "GetDeploymentConfig"), [
      arn(scope, "codedeploy", "deploymentconfig:*"),
    ]),
    ...(reach.approvalTopicArn === undefined
      ? []
      : [allow("AskForApproval", actionsOf("sns", "Publish"), [reach.approvalTopicArn])]),
  ];
}

function artifactStatements(bucketArn: string): Statement[] {
  return [
    allow("FindArtifacts", actionsOf("s3", "GetBucketAcl GetBucketLocation GetBucketVersioning"), [bucketArn]),
    allow("HandArtifacts", actionsOf("s3", "GetObject GetObjectVersion PutObject"), [`${bucketArn}/*`]),
  ];
}
