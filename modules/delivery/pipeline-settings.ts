import { logRetentionProblem } from "../monitoring/log-retention";
import { notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { branchProblem } from "./github-settings";

/** What an environment chooses about the pipeline that builds the application's images and releases its services. */
export interface PipelineSettings {
  /** The application's repository on GitHub. */
  readonly source: PipelineSource;

  /** How the image of each service is built, by the service's name; 1 to 5, each with a blue-green deployment. */
  readonly services: Readonly<Record<string, PipelineServiceSettings>>;

  /**
   * The machine that builds, and what runs before the images are built.
   * @default - two virtual CPUs, `npm ci` and `npm test`
   */
  readonly build?: PipelineBuildSettings;

  /**
   * A person who says yes before anything is released.
   * @default - none; every build that succeeds is released
   */
  readonly approval?: PipelineApprovalSettings;

  /**
   * What starts it.
   * @default - every push to the branch
   */
  readonly trigger?: PipelineTrigger;
}

/** The application's repository on GitHub, and the branch that is released. */
export interface PipelineSource {
  /** Organization or user. */
  readonly owner: string;

  /** Name without the owner. */
  readonly repository: string;

  /**
   * Branch that is built and released.
   * @default "main"
   */
  readonly branch?: string;
}

/** How the image of one service is built. */
export interface PipelineServiceSettings {
  /**
   * Dockerfile, from the root of the repository.
   * @default - `Dockerfile` in `context`
   */
  readonly dockerfile?: string;

  /**
   * Folder that is sent to the build, from the root of the repository.
   * @default "."
   */
  readonly context?: string;
}

/** The machine that builds, and what runs on it. */
export interface PipelineBuildSettings {
  /**
   * CodeBuild's size, 2, 4 or 8 virtual CPUs; billed by the minute.
   * @default "BUILD_GENERAL1_SMALL"
   */
  readonly computeType?: ComputeType;

  /**
   * Instruction set of the images, the same as that of the services.
   * @default "x86_64"
   */
  readonly architecture?: "x86_64" | "arm64";

  /**
   * Version of Node.js.
   * @default 22
   */
  readonly nodeVersion?: 20 | 22;

  /**
   * What runs in the root of the repository before the images are built; the first that fails ends the build.
   * @default ["npm ci", "npm test --if-present"]
   */
  readonly commands?: readonly string[];

  /**
   * Minutes after which a build is stopped, 5 to 2160.
   * @default 30
   */
  readonly timeoutMinutes?: number;

  /**
   * How long the build's log is kept.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

/** A person who says yes before anything is released. */
export interface PipelineApprovalSettings {
  /**
   * What that person reads, at most 1000 characters.
   * @default "Release this build?"
   */
  readonly message?: string;
}

/** What starts a pipeline. */
export type PipelineTrigger =
  | { readonly kind: "push" }
  | {
      readonly kind: "paths";

      /** Files whose change starts it, as patterns such as `backend/**`; 1 to 8. */
      readonly paths: readonly string[];
    }
  | { readonly kind: "manual" };

/** CodeBuild's sizes that pipelines use. */
export const COMPUTE_TYPES = ["BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE"] as const;

/** CodeBuild's size of a machine. */
export type ComputeType = (typeof COMPUTE_TYPES)[number];

/** One artifact each. Source: CodePipeline user guide, number of output artifacts of CodeBuild actions, read in 2026-11. */
const MOST_SERVICES = 5;

/** Source: CodePipeline API reference, GitFilePathFilterCriteria, read in 2026-11. */
const MOST_PATHS = 8;

const NAME = /^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/;
const PATH = /^(?!.*(^|\/)\.\.(\/|$))[\w.@-]+(\/[\w.@-]+)*$/;
const PATH_IN_WORDS = "a path below the root of the repository, without spaces";

/** The build's settings with every default filled in. */
export function pipelineBuildOf(build: PipelineBuildSettings = {}): Required<PipelineBuildSettings> {
  const {
    computeType = "BUILD_GENERAL1_SMALL",
    architecture = "x86_64",
    nodeVersion = 22,
    commands = ["npm ci", "npm test --if-present"],
    timeoutMinutes = 30,
    logRetentionDays = 365,
  } = build;
  return { computeType, architecture, nodeVersion, commands, timeoutMinutes, logRetentionDays };
}

/** How the image of one service is built, with every default filled in. */
export function pipelineServiceOf(service: PipelineServiceSettings): Required<PipelineServiceSettings> {
  const { context = "." } = service;
  const { dockerfile = context === "." ? "Dockerfile" : `${context}/Dockerfile` } = service;
  return { dockerfile, context };
}

/** Every problem of a pipeline. Source of the ranges: CodeBuild and CodePipeline API references, read in 2026-11. */
export function pipelineProblems(settings: PipelineSettings): Array<string | undefined> {
  const { source, services, approval, trigger } = settings;
  const { computeType, architecture, nodeVersion, commands, timeoutMinutes, logRetentionDays } = pipelineBuildOf(
    settings.build,
  );
  const names = Object.keys(services);
  return [
    ...within("source", [
      notMatching("owner", source.owner, /^[A-Za-z0-9](-?[A-Za-z0-9])*$/, "an organization or user of GitHub"),
      notMatching("repository", source.repository, /^[\w.-]+$/, "the name of a repository, without its owner"),
      branchProblem("branch", source.branch ?? "main"),
    ]),
    names.length >= 1 && names.length <= MOST_SERVICES
      ? undefined
      : `services must be 1 to ${MOST_SERVICES}, got ${names.length}`,
    ...names.map((name) => notMatching("services", name, NAME, "named by lower-case letters, digits and hyphens")),
    ...Object.entries(services).flatMap(([name, { dockerfile, context }]) =>
      within(`services.${name}`, [
        notMatching("dockerfile", dockerfile, PATH, PATH_IN_WORDS),
        notMatching("context", context, PATH, PATH_IN_WORDS),
      ]),
    ),
    ...within("build", [
      notOneOf<string>("computeType", computeType, COMPUTE_TYPES),
      notOneOf<string>("architecture", architecture, ["x86_64", "arm64"]),
      notOneOf<number>("nodeVersion", nodeVersion, [20, 22]),
      ...commands.map((command, index) =>
        notMatching(`commands[${index}]`, command, /^[^\n]*\S[^\n]*$/, "one line to run"),
      ),
      outOfRange("timeoutMinutes", timeoutMinutes, 5, 2160),
      logRetentionProblem("logRetentionDays", logRetentionDays),
    ]),
    ...within("approval", [
      notMatching("message", approval?.message, /^[^]{1,1000}$/, "a message of 1 to 1000 characters"),
    ]),
    ...within("trigger", trigger === undefined ? [] : triggerProblems(trigger)),
  ];
}

function triggerProblems(trigger: PipelineTrigger): Array<string | undefined> {
  if (trigger.kind !== "paths") return [notOneOf<string>("kind", trigger.kind, ["push", "paths", "manual"])];
  const { paths } = trigger;
  return [
    paths.length >= 1 && paths.length <= MOST_PATHS
      ? undefined
      : `paths must be 1 to ${MOST_PATHS} patterns, got ${paths.length}`,
    ...paths.map((path) =>
      path.length >= 1 && path.length <= 255 && !path.startsWith("/")
        ? undefined
        : `paths must be patterns of 1 to 255 characters from the root of the repository, got ${shown(path)}`,
    ),
  ];
}
