import type { Context } from "../context";
import { nameOf, nameProblem, type Names } from "../naming";
import { isUnresolved, notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { appRunnerSizeProblem } from "./app-runner-sizes";
import type { Releases } from "./fargate-service-settings";
import { imageProblems, type RepositoryImage } from "./image-settings";
import { environmentProblems, type SecretSettings } from "./secret-settings";

/** What somebody who chooses App Runner has to know; a synth says it as a warning. */
export const APP_RUNNER_WARNING =
  "App Runner is closed to new customers since 2026-04-30: an account that had no service before cannot create one, existing services go on without new features, and AWS points to Amazon ECS Express Mode";

/** How App Runner finds out whether an instance can answer. */
export interface AppRunnerHealthCheckSettings {
  /**
   * Path it asks for by HTTP; it has to answer 200 without a login.
   * @default "/health"
   */
  readonly path?: string;

  /**
   * Seconds between two checks, 1 to 20.
   * @default 10
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds an answer may take, 1 to 20.
   * @default 5
   */
  readonly timeoutSeconds?: number;

  /**
   * Good answers in a row until an instance gets requests, 1 to 20.
   * @default 1
   */
  readonly healthyThreshold?: number;

  /**
   * Bad answers in a row until an instance is replaced, 1 to 20. With the interval it has to cover the slowest start.
   * @default 5
   */
  readonly unhealthyThreshold?: number;
}

/** What an environment chooses about a service on App Runner. */
export interface AppRunnerServiceSettings {
  /** The product's own repository and tag. The image has to be there before the service is created. */
  readonly image: RepositoryImage;

  /** Port the container listens on, 1 to 65535; App Runner tells it as `PORT`. */
  readonly port: number;

  /**
   * Command in place of the image's own.
   * @default - the image's own
   */
  readonly startCommand?: string;

  /**
   * CPU of an instance: 256, 512, 1024, 2048 or 4096; 1024 are one vCPU.
   * @default 256
   */
  readonly cpuUnits?: number;

  /**
   * Memory of an instance; which sizes are legal depends on `cpuUnits`.
   * @default 512
   */
  readonly memoryMiB?: number;

  /**
   * Instances that are always there, 1 to 25. Idle ones are billed for their memory only.
   * @default 1
   */
  readonly minInstances?: number;

  /**
   * Instances there are at most, 1 to 25.
   * @default 4
   */
  readonly maxInstances?: number;

  /**
   * Requests at a time that an instance takes before another is added, 1 to 200.
   * @default 100
   */
  readonly concurrency?: number;

  /**
   * How an instance is checked.
   * @default - `/health` has to answer within 5 seconds, every 10
   */
  readonly healthCheck?: AppRunnerHealthCheckSettings;

  /**
   * Variables anyone may read, beside `PORT`. A name or a value that looks like a secret is refused: it would stand in the plan and
   * in the state.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Variables App Runner fills in from Secrets Manager or the Parameter Store when it deploys; a rotated secret needs a deployment.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, SecretSettings>>;

  /**
   * Who brings a new image into service.
   * @default "pipeline"
   */
  readonly releases?: Releases;
}

/** Names of everything a service on App Runner is made of, so that another stack can write their ARNs without a reference. */
export interface AppRunnerNames {
  /** App Runner service; its ARN goes on with an id of App Runner's. */
  readonly service: string;

  /** Auto scaling configuration. */
  readonly scaling: string;

  /** VPC connector. */
  readonly connector: string;

  /** Security group of the VPC connector. */
  readonly securityGroup: string;

  /** Role App Runner pulls the image with. */
  readonly accessRole: string;

  /** Role the application runs with, which also reads its secrets. */
  readonly instanceRole: string;
}

/** Names of one service of an environment, whether it exists yet or not. */
export function appRunnerNames({ names }: Pick<Context, "names">, name: string): AppRunnerNames {
  return {
    service: names("appRunnerService", name),
    scaling: names("appRunnerScaling", name),
    connector: names("vpcConnector", name),
    securityGroup: names("securityGroup", `${name}-connector`),
    accessRole: names("iamRole", `${name}-access`),
    instanceRole: names("iamRole", `${name}-instance`),
  };
}

/** What is wrong with a service's name: every cloud name made from it has to fit. */
export function appRunnerNameProblems(
  { project, environment }: Pick<Context, "project" | "environment">,
  name: string,
): Array<string | undefined> {
  const problems: Array<string | undefined> = [];
  const names: Names = (kind, thing) => {
    const made = nameOf(project, environment, thing);
    problems.push(nameProblem(kind, made));
    return made;
  };
  appRunnerNames({ names }, name);
  return problems;
}

/** The settings of a service with its defaults. */
export function appRunnerServiceOf(settings: AppRunnerServiceSettings) {
  const { cpuUnits = 256, memoryMiB = 512, minInstances = 1, maxInstances = 4, concurrency = 100 } = settings;
  const { environment = {}, secrets = {}, releases = "pipeline", healthCheck = {} } = settings;
  const { path = "/health", intervalSeconds = 10, timeoutSeconds = 5 } = healthCheck;
  const { healthyThreshold = 1, unhealthyThreshold = 5 } = healthCheck;
  return {
    ...settings,
    ...{ cpuUnits, memoryMiB, minInstances, maxInstances, concurrency, environment, secrets, releases },
    healthCheck: { path, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold },
  };
}

/**
 * Every problem of a service's settings.
 * Source of the ranges: App Runner API reference, CreateAutoScalingConfiguration and HealthCheckConfiguration; of the variables that are
 * taken: developer guide, "Managing your environment variables"; read in 2026-11.
 */
export function appRunnerServiceProblems(settings: AppRunnerServiceSettings): Array<string | undefined> {
  const values = appRunnerServiceOf(settings);
  const { healthCheck } = values;
  return [
    ...within("image", imageProblems(settings.image)),
    settings.port === undefined
      ? "port must be a whole number from 1 to 65535, got undefined"
      : outOfRange("port", settings.port, 1, 65_535),
    notMatching("startCommand", settings.startCommand, /^[^\r\n]+$/, "a command in one line"),
    appRunnerSizeProblem(values.cpuUnits, values.memoryMiB),
    outOfRange("minInstances", values.minInstances, 1, 25),
    outOfRange("maxInstances", values.maxInstances, 1, 25),
    instancesProblem(values.minInstances, values.maxInstances),
    outOfRange("concurrency", values.concurrency, 1, 200),
    ...within("healthCheck", [
      notMatching("path", healthCheck.path, /^\/[!-~]*$/, "a path that begins with a slash"),
      outOfRange("intervalSeconds", healthCheck.intervalSeconds, 1, 20),
      outOfRange("timeoutSeconds", healthCheck.timeoutSeconds, 1, 20),
      outOfRange("healthyThreshold", healthCheck.healthyThreshold, 1, 20),
      outOfRange("unhealthyThreshold", healthCheck.unhealthyThreshold, 1, 20),
    ]),
    ...environmentProblems(values.environment, values.secrets),
    ...within("environment", Object.keys(values.environment).map(takenProblem)),
    ...within("secrets", Object.keys(values.secrets).map(takenProblem)),
    notOneOf<Releases>("releases", values.releases, ["pipeline", "terraform"]),
  ];
}

function instancesProblem(min: number, max: number): string | undefined {
  if (isUnresolved(min) || isUnresolved(max) || !(min > max)) return undefined;
  return `maxInstances must be at least minInstances (${min}), got ${shown(max)}`;
}

function takenProblem(name: string): string | undefined {
  if (name !== "PORT" && !name.startsWith("AWSAPPRUNNER")) return undefined;
  return `${name} must have another name, got one that App Runner sets itself`;
}
