import { type PipelineBuildSettings, pipelineServiceOf, type PipelineServiceSettings } from "./pipeline-settings";
import { artifactName, type PipelineTarget } from "./pipeline-target";

/** What a build is made from. */
export interface BuildSpecSettings extends Pick<
  Required<PipelineBuildSettings>,
  "architecture" | "commands" | "nodeVersion"
> {
  /** Registry and region of the images, without a repository: `<account>.dkr.ecr.<region>.amazonaws.com`. */
  readonly registry: BuildRegistry;

  /** Region of the services. */
  readonly region: string;

  /** What is built, in this order. */
  readonly services: readonly BuiltService[];
}

/** The registry the images go to. */
export interface BuildRegistry {
  /** The 12 digits of its account. */
  readonly accountId: string;

  /** Its region. */
  readonly region: string;
}

/** One service whose image is built. */
export interface BuiltService
  extends PipelineServiceSettings, Pick<PipelineTarget, "containerName" | "family" | "port"> {
  /** Name of the service. */
  readonly name: string;

  /** Image repository by its full name, `<project>/<repository>`. */
  readonly repositoryName: string;
}

/** A build specification as CodeBuild reads it. */
export interface BuildSpec {
  readonly version: "0.2";
  /** What is installed, and what runs, in this order. */
  readonly phases: {
    readonly install: { readonly "runtime-versions": { readonly nodejs: number } };
    readonly build: { readonly commands: readonly string[] };
  };
  /** What is handed to the next stage: of one service as it is, of several by name. */
  readonly artifacts: Artifact | { readonly "secondary-artifacts": Readonly<Record<string, Artifact>> };
}

/** Files that are handed to the next stage. */
export interface Artifact {
  /** Folder they lie in. */
  readonly "base-directory": string;

  /** Their names below it. */
  readonly files: readonly string[];
}

/** Files CodeDeploy's action reads, from the root of a service's artifact. */
export const RELEASE_FILES = {
  taskDefinition: "taskdef.json",
  appSpec: "appspec.yaml",
  image: "imageDetail.json",
} as const;

/** What stands in the task definition until the action writes the image's address there. */
export const IMAGE_PLACEHOLDER = "IMAGE1_NAME";

/** The commit, which is the tag: what was built once from a commit stays that image. */
const TAG = "$CODEBUILD_RESOLVED_SOURCE_VERSION";
const ROOT = "$CODEBUILD_SRC_DIR";

/**
 * The build of all services in one: the application's own commands, then every image, then what CodeDeploy needs to know of each service.
 * A commit that was built already is not built again, because its tag can be given only once.
 */
export function buildSpec(settings: BuildSpecSettings): BuildSpec {
  const { services, nodeVersion, commands } = settings;
  const artifacts = services.map(({ name }) => [artifactName(name), artifactOf(name)] as const);
  const [only] = artifacts.map(([, artifact]) => artifact);
  return {
    version: "0.2",
    phases: {
      install: { "runtime-versions": { nodejs: nodeVersion } },
      build: {
        commands: [
          ...commands,
          `cd "${ROOT}"`,
          signIn(settings),
          ...services.map((service) => buildImage(settings, service)),
          ...services.flatMap((service) => describeRelease(settings, service)),
        ],
      },
    },
    artifacts:
      only !== undefined && artifacts.length === 1 ? only : { "secondary-artifacts": Object.fromEntries(artifacts) },
  };
}

function artifactOf(service: string): Artifact {
  return { "base-directory": folderOf(service), files: Object.values(RELEASE_FILES) };
}

function folderOf(service: string): string {
  return `.release/${service}`;
}

function hostOf({ registry }: BuildSpecSettings): string {
  return `${registry.accountId}.dkr.ecr.${registry.region}.amazonaws.com`;
}

function signIn(settings: BuildSpecSettings): string {
  const password = `aws ecr get-login-password --region ${settings.registry.region}`;
  return `${password} | docker login --username AWS --password-stdin ${hostOf(settings)}`;
}

function imageOf(settings: BuildSpecSettings, { repositoryName }: BuiltService): string {
  return `"${hostOf(settings)}/${repositoryName}:${TAG}"`;
}

function buildImage(settings: BuildSpecSettings, service: BuiltService): string {
  const { accountId, region } = settings.registry;
  const { dockerfile, context } = pipelineServiceOf(service);
  const image = imageOf(settings, service);
  const platform = settings.architecture === "arm64" ? "linux/arm64" : "linux/amd64";
  return [
    `aws ecr describe-images --registry-id ${accountId} --region ${region}`,
    `--repository-name ${service.repositoryName} --image-ids "imageTag=${TAG}" > /dev/null 2>&1`,
    `|| { docker build --platform ${platform} --file ${dockerfile} --tag ${image} ${context}`,
    `&& docker push ${image}; }`,
  ].join(" ");
}

/** The three files of one service. The newest revision is the base, so that what an apply changed comes along with the release. */
function describeRelease(settings: BuildSpecSettings, service: BuiltService): string[] {
  const folder = folderOf(service.name);
  const described = `${folder}/described.json`;
  return [
    `mkdir -p ${folder}`,
    `aws ecs describe-task-definition --region ${settings.region} --task-definition ${service.family} --query taskDefinition --output json > ${described}`,
    `node -e '${TASK_DEFINITION}' ${service.containerName} < ${described} > ${folder}/${RELEASE_FILES.taskDefinition}`,
    `printf '%s' '${appSpec(service)}' > ${folder}/${RELEASE_FILES.appSpec}`,
    `printf '{"ImageURI":"%s"}' ${imageOf(settings, service)} > ${folder}/${RELEASE_FILES.image}`,
  ];
}

/** What ECS answers beside what it takes. Source: ECS API reference, TaskDefinition and RegisterTaskDefinition, read in 2026-11. */
const ANSWERED_ONLY = [
  "compatibilities",
  "deregisteredAt",
  "registeredAt",
  "registeredBy",
  "requiresAttributes",
  "revision",
  "status",
  "taskDefinitionArn",
];

/** Reads a described revision, writes one to register; without single quotes, because it stands between two. */
const TASK_DEFINITION = [
  `const task = JSON.parse(require("fs").readFileSync(0, "utf8"));`,
  `const main = task.containerDefinitions.find(({ name }) => name === process.argv[1]);`,
  `if (!main) throw new Error("the task definition has no container " + process.argv[1]);`,
  `main.image = "<${IMAGE_PLACEHOLDER}>";`,
  `for (const key of ${JSON.stringify(ANSWERED_ONLY)}) delete task[key];`,
  `console.log(JSON.stringify(task));`,
].join(" ");

/** Which container and port CodeDeploy leads the requests to; the action fills in the revision it registers. */
export function appSpec({ containerName, port }: Pick<PipelineTarget, "containerName" | "port">): string {
  return `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: "${containerName}"
          ContainerPort: ${port}
`;
}
