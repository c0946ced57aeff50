import { variableNameProblem, variableProblems } from "../edge/pages-site-variables";
import { isUnresolved, notMatching, notOneOf, outOfRange, shown, within } from "../validation";

/** What an environment chooses about a web service at Render. */
export interface RenderServiceSettings {
  /** What it runs. */
  readonly source: RenderImage | RenderRepository;

  /**
   * Where it runs. Changing it replaces the service.
   * @default "frankfurt"
   */
  readonly region?: (typeof RENDER_REGIONS)[number];

  /**
   * Size of an instance, at a monthly price of its own.
   * @default "starter"
   */
  readonly plan?: (typeof RENDER_PLANS)[number];

  /**
   * How many instances run, 1 to 100; with a range Render adds and removes them by CPU and memory, which no personal workspace can have.
   * @default 1
   */
  readonly instances?: number | RenderScaling;

  /**
   * Path that answers 200 when the service is well; a release takes over only then.
   * @default "/health"
   */
  readonly healthCheckPath?: string;

  /**
   * Command that replaces the image's own.
   * @default - the image's own
   */
  readonly startCommand?: string;

  /**
   * Command that runs before each release, such as migrations of the database; a release whose command fails is not made.
   * @default - none
   */
  readonly preDeployCommand?: string;

  /**
   * How long a stopping instance has to finish its requests, 1 to 300.
   * @default 30
   */
  readonly shutdownSeconds?: number;

  /**
   * Variables in the clear. Secrets go into an environment group made in Render's dashboard and linked to the service there.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * Hosts it is served under besides Render's own.
   * @default - only the address below `onrender.com`
   */
  readonly hosts?: readonly string[];
}

/** An image of a registry. */
export interface RenderImage {
  readonly kind: "image";

  /** Registry and repository, without a tag, such as `ghcr.io/acme/api`. */
  readonly url: string;

  /** Tag to start with; releases set others, which Terraform leaves alone. */
  readonly tag: string;

  /**
   * Render's id of the credential for a private registry, `rgc-…`, made in Render's dashboard so that Terraform never sees it.
   * @default - none, for a public image
   */
  readonly registryCredentialId?: string;
}

/** A Dockerfile of a repository, which Render builds. */
export interface RenderRepository {
  readonly kind: "repository";

  /** Address of the repository, such as `https://github.com/acme/platform`. Render must have been let into it before, in the browser, once. */
  readonly url: string;

  /**
   * Branch whose commits are built and released.
   * @default "main"
   */
  readonly branch?: string;

  /**
   * Path of the Dockerfile, from the root of the repository.
   * @default "./Dockerfile"
   */
  readonly dockerfile?: string;

  /**
   * Folder that the build sees, from the root of the repository.
   * @default "."
   */
  readonly context?: string;

  /**
   * Paths of a monorepo that a commit has to touch to start a build, `*` and `**` for any text.
   * @default - any
   */
  readonly watchPaths?: readonly string[];
}

/** A range of instances. */
export interface RenderScaling {
  /** Fewest instances, 1 to 100. */
  readonly min: number;

  /** Most instances, 1 to 100. */
  readonly max: number;

  /**
   * Percentage of CPU to keep to, 1 to 90.
   * @default 70
   */
  readonly cpuPercentage?: number;

  /**
   * Percentage of memory to keep to, 1 to 90.
   * @default 80
   */
  readonly memoryPercentage?: number;
}

/** Source of both: `render_web_service` in provider 1.9.1. */
const RENDER_REGIONS = ["frankfurt", "ohio", "oregon", "singapore", "virginia"] as const;
const RENDER_PLANS = ["starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra"] as const;
/** Source: Render's documentation, scaling, read in 2026-11. */
const MOST_INSTANCES = 100;
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+${LABEL}$`);
const FOLDER = /^(?!.*\.\.)[\w@.][\w@./-]*$/;
const WAY_OUT = "put it into an environment group in Render's dashboard and link that to the service";

/** Everything wrong with a service's settings. */
export function renderServiceProblems(settings: RenderServiceSettings): Array<string | undefined> {
  const { source, region, plan, instances, hosts = [] } = settings;
  return [
    ...within("source", sourceProblems(source)),
    notOneOf("region", region, RENDER_REGIONS),
    notOneOf("plan", plan, RENDER_PLANS),
    ...(typeof instances === "object"
      ? within("instances", scalingProblems(instances))
      : [outOfRange("instances", instances, 1, MOST_INSTANCES)]),
    notMatching("healthCheckPath", settings.healthCheckPath, /^\/[\w./~-]*$/, "a path that begins with a slash"),
    ...(["startCommand", "preDeployCommand"] as const).map((name) =>
      notMatching(name, settings[name], /\S/, "a command"),
    ),
    outOfRange("shutdownSeconds", settings.shutdownSeconds, 1, 300),
    ...variableProblems("variables", settings.variables, WAY_OUT),
    ...hosts.map((host, index) =>
      hosts.indexOf(host) === index
        ? notMatching(`hosts[${index}]`, host, HOST, "a host name in lower case")
        : `hosts[${index}] must be another host, got ${shown(host)} twice`,
    ),
  ];
}

/** What is wrong with secrets handed to a service; their values are no part of a message. */
export function renderSecretProblems(
  secretVariables: Readonly<Record<string, string>>,
  { variables = {} }: Pick<RenderServiceSettings, "variables">,
): Array<string | undefined> {
  return Object.entries(secretVariables).flatMap(([name, value]) => [
    variableNameProblem("secretVariables", name),
    isUnresolved(value)
      ? undefined
      : `secretVariables.${name} must be a value only Terraform knows, got one that the synthesized JSON would hold; ${WAY_OUT}`,
    name in variables ? `secretVariables must not name a variable, got ${shown(name)}` : undefined,
  ]);
}

function sourceProblems(source: RenderImage | RenderRepository): Array<string | undefined> {
  switch (source.kind) {
    case "image":
      return [
        notMatching(
          "url",
          source.url,
          /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9._-]+)+$/,
          "an image with its registry, without a tag",
        ),
        source.tag === "latest"
          ? `tag must be a fixed version, got "latest"; two releases could run two different images`
          : notMatching("tag", source.tag, /^\w[\w.-]{0,127}$/, "an image tag of at most 128 characters"),
        notMatching("registryCredentialId", source.registryCredentialId, /^rgc-[a-z0-9]+$/, "an id such as rgc-abc123"),
      ];
    case "repository":
      return [
        notMatching("url", source.url, /^https:\/\/[a-z0-9.-]+(\/[\w.-]+){2,}$/, "the https address of a repository"),
        notMatching("branch", source.branch, /^[A-Za-z0-9._/-]{1,250}$/, "the name of a branch"),
        notMatching("dockerfile", source.dockerfile, FOLDER, "a path inside the repository"),
        notMatching("context", source.context, FOLDER, "a folder inside the repository"),
        source.watchPaths?.length === 0 ? "watchPaths must be one or more paths, got []" : undefined,
      ];
    default:
      return [notOneOf("kind", (source as { kind: string }).kind, ["image", "repository"])];
  }
}

function scalingProblems({ min, max, cpuPercentage, memoryPercentage }: RenderScaling): Array<string | undefined> {
  return [
    outOfRange("min", min, 1, MOST_INSTANCES),
    outOfRange("max", max, 1, MOST_INSTANCES),
    min > max ? `max must be at least min, got ${max} below ${min}` : undefined,
    outOfRange("cpuPercentage", cpuPercentage, 1, 90),
    outOfRange("memoryPercentage", memoryPercentage, 1, 90),
  ];
}
