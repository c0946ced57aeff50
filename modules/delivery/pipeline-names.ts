import type { Context } from "../context";
import { nameOf, nameProblem, type NameKind } from "../naming";
import { bucketName, bucketNameProblem } from "../storage/bucket-settings";

/** Names of everything a pipeline is made of, so that another stack can write their ARNs without a reference. */
export interface PipelineNames {
  /** The pipeline. */
  readonly pipeline: string;

  /** Its build project. */
  readonly buildProject: string;

  /** Role the pipeline runs with. */
  readonly pipelineRole: string;

  /** Role the build runs with. */
  readonly buildRole: string;

  /** Log group of the build. */
  readonly logGroup: string;

  /** Bucket that holds what one stage hands to the next. */
  readonly artifactBucket: string;
}

type Place = Pick<Context, "project" | "environment" | "accountId">;

const BUILD = "build";
const ARTIFACTS = "artifacts";

/** What the artifact bucket of a pipeline holds, as part of its name. */
export function artifactsThing(name: string): string {
  return `${name}-${ARTIFACTS}`;
}

/** Names of one pipeline of an environment, whether it exists yet or not. */
export function pipelineNames(context: Place & Pick<Context, "names">, name: string): PipelineNames {
  const buildProject = context.names("codeBuildProject", `${name}-${BUILD}`);
  return {
    pipeline: context.names("codePipeline", name),
    buildProject,
    pipelineRole: context.names("iamRole", `${name}-pipeline`),
    buildRole: context.names("iamRole", `${name}-${BUILD}`),
    logGroup: `/aws/codebuild/${buildProject}`,
    artifactBucket: bucketName(context.project, context.environment, artifactsThing(name), context.accountId),
  };
}

/** What is wrong with a pipeline's name: every cloud name made from it has to fit. */
export function pipelineNameProblems(context: Place, name: string): Array<string | undefined> {
  const { project, environment, accountId } = context;
  const kinds: ReadonlyArray<readonly [NameKind, string]> = [
    ["codePipeline", name],
    ["codeBuildProject", `${name}-${BUILD}`],
    ["iamRole", `${name}-pipeline`],
  ];
  return [
    ...kinds.map(([kind, thing]) => nameProblem(kind, nameOf(project, environment, thing))),
    bucketNameProblem(project, environment, artifactsThing(name), accountId),
  ];
}
