import { redisMemoryMiB, type RedisSidecarSettings, redisSidecarProblems } from "../cache/redis-sidecar-settings";
import { logRetentionProblem } from "../monitoring/log-retention";
import { envFileEnvironmentProblem, envFileVersionProblem } from "../storage/env-file";
import { isUnresolved, notMatching, outOfRange, shown, within } from "../validation";
import { containerProblems, DEFAULT_USER, DEFAULT_WRITABLE_MIB } from "./container-settings";
import type { RepositoryImage } from "./image-settings";
import { instanceMemoryProblem } from "./instance-memory";
import { type OffHoursSettings, scalingProblems } from "./scaling-settings";
import type { SecretSettings } from "./secret-settings";
import { sessionHostOf, sessionHostProblems, type SessionHostSettings } from "./session-host-settings";

/** How a deploy finds out whether the new container can answer. */
export interface HostHealthCheckSettings {
  /**
   * Path it asks for; it has to answer without a login.
   * @default "/health"
   */
  readonly path?: string;

  /**
   * Seconds between two tries, 1 to 60.
   * @default 3
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds an answer may take, 1 to 60.
   * @default 5
   */
  readonly timeoutSeconds?: number;

  /**
   * Tries until the new container is given up, 1 to 200.
   * @default 20
   */
  readonly retries?: number;
}

/** The env file a host runs with: one version, pinned. */
export interface EnvFileSettings {
  /** Its version, such as `v1.2.0`. Another one is a deploy: the apply that changes it brings it into service. */
  readonly version: string;

  /**
   * Whom it is for, as in its key `.env-<name>-<version>`.
   * @default - the environment's name
   */
  readonly name?: string;
}

/** What an environment chooses about a service that runs as a container on an EC2 instance of its own. */
export interface DockerHostSettings extends SessionHostSettings {
  /** Repository of the product's own, and the tag it starts with. Releases come from the application's pipeline. */
  readonly image: RepositoryImage;

  /**
   * Arguments in place of the image's own command.
   * @default - the image's own
   */
  readonly command?: readonly string[];

  /**
   * Port the container listens on, 1 to 65535; below 1024 only an image prepared for it gets as a user that is not root.
   * @default - none: a worker that nothing connects to, well if it still runs after ten seconds
   */
  readonly port?: number;

  /**
   * Public host names. Caddy then answers for them with certificates it gets and renews by itself, and forwards to `port`. Each name has to lead
   * to the host's address.
   * @default - none, and nothing comes in
   */
  readonly hosts?: readonly string[];

  /**
   * How a deploy checks the new container.
   * @default - `/health` has to answer within a minute
   */
  readonly healthCheck?: HostHealthCheckSettings;

  /**
   * Variables anyone may read. A name or a value that looks like a secret is refused: it would stand in the plan and in the state.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Variables filled in from Secrets Manager or the Parameter Store when the container starts; a rotated secret arrives within half an hour.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, SecretSettings>>;

  /**
   * Env file from the project's bucket. `environment` and `secrets` win over it.
   * @default - none
   */
  readonly envFile?: EnvFileSettings;

  /**
   * A Redis beside the container, at `DOCKER_HOST_REDIS_URL`. It keeps its data through deploys and loses it with the instance.
   * @default - none
   */
  readonly redis?: RedisSidecarSettings;

  /**
   * User the container runs as, never root.
   * @default "1000:1000"
   */
  readonly user?: string;

  /**
   * Whether the image's own files are protected from change. Only `writablePaths` can be written to then.
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Absolute paths kept in memory and writable, of a container whose root file system is read-only.
   * @default ["/tmp"]
   */
  readonly writablePaths?: readonly string[];

  /**
   * Most that each writable path may hold, 1 to 8192; it is memory of the host.
   * @default 64
   */
  readonly writableMiB?: number;

  /**
   * Seconds the old container may take to finish its requests, 2 to 120.
   * @default 30
   */
  readonly stopTimeoutSeconds?: number;

  /**
   * How long its logs are kept.
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * Hours in which the instance is stopped, and costs no more than its disk.
   * @default - it always runs
   */
  readonly offHours?: OffHoursSettings;
}

/** Where the container reaches the Redis beside it. There is no TLS: the bytes never leave the host. */
export const DOCKER_HOST_REDIS_URL = "redis://redis:6379";

/** Names Docker's own client would take for its settings. */
const CLIENT_VARIABLE = /^(DOCKER_\w+|PATH|HOME|LD_\w+|HTTPS?_PROXY|NO_PROXY)$/i;

const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Settings with every default filled in; what has none stays optional. */
export function dockerHostOf(settings: DockerHostSettings) {
  const {
    hosts = [],
    environment = {},
    secrets = {},
    user = DEFAULT_USER,
    readOnlyRootFilesystem = true,
    writablePaths = ["/tmp"],
    writableMiB = DEFAULT_WRITABLE_MIB,
    stopTimeoutSeconds = 30,
    logRetentionDays = 365,
  } = settings;
  return {
    ...settings,
    ...sessionHostOf(settings),
    ...{ hosts, environment, secrets, user, readOnlyRootFilesystem, writablePaths, writableMiB },
    ...{ stopTimeoutSeconds, logRetentionDays, healthCheck: hostHealthCheckOf(settings.healthCheck) },
  };
}

/** Settings of a Docker host with every default filled in. */
export type DockerHostValues = ReturnType<typeof dockerHostOf>;

/** Every problem of a Docker host's settings. */
export function dockerHostProblems(settings: DockerHostSettings): Array<string | undefined> {
  const values = dockerHostOf(settings);
  const { envFile, redis, hosts, port, healthCheck } = settings;
  const ofRedis = within("redis", redis === undefined ? [] : redisSidecarProblems(redis));
  return [
    ...sessionHostProblems(settings),
    ofRedis.length > 0
      ? undefined
      : instanceMemoryProblem(values.instanceType, reservedMiB(values), "redis and writablePaths"),
    ...containerProblems({ ...settings, user: values.user }),
    "uri" in settings.image
      ? `image must be a repository and a tag, got ${shown(settings.image)}; a release is another tag`
      : undefined,
    hosts !== undefined && port === undefined ? "port must be given with hosts, got none" : undefined,
    healthCheck !== undefined && port === undefined ? "healthCheck must be left out without port" : undefined,
    hosts?.length === 0 ? "hosts must be at least one name, got []; leave it out to let nothing in" : undefined,
    ...values.hosts.map((host) => notMatching("hosts", host, HOST, "host names, without scheme, port or wildcard")),
    ...within("healthCheck", healthCheckProblems(values.healthCheck)),
    ...Object.keys(values.secrets).map((name) =>
      CLIENT_VARIABLE.test(name) ? `secrets.${name} must have another name; Docker's own client reads it` : undefined,
    ),
    ...Object.entries({ ...values.environment, command: settings.command?.join(" ") ?? "" }).map(([name, value]) =>
      !isUnresolved(value) && value.includes("{{")
        ? `${name} must not contain {{, got ${shown(value)}; Systems Manager would take it for a parameter`
        : undefined,
    ),
    ...(envFile === undefined
      ? []
      : within("envFile", [
          envFileVersionProblem("version", envFile.version),
          envFileEnvironmentProblem("name", envFile.name),
        ])),
    ...ofRedis,
    logRetentionProblem("logRetentionDays", values.logRetentionDays),
    ...scalingProblems(undefined, settings.offHours),
  ];
}

/** Memory that is taken before the container has any. */
function reservedMiB({ redis, readOnlyRootFilesystem, writablePaths, writableMiB }: DockerHostValues): number {
  const { dataMiB = 64 } = redis ?? {};
  return (redis ? redisMemoryMiB(dataMiB) : 0) + (readOnlyRootFilesystem ? writablePaths.length * writableMiB : 0);
}

function hostHealthCheckOf(settings: HostHealthCheckSettings = {}): Required<HostHealthCheckSettings> {
  const { path = "/health", intervalSeconds = 3, timeoutSeconds = 5, retries = 20 } = settings;
  return { path, intervalSeconds, timeoutSeconds, retries };
}

function healthCheckProblems(check: Required<HostHealthCheckSettings>): Array<string | undefined> {
  return [
    notMatching(
      "path",
      check.path,
      /^\/[\w./~%-]{0,1023}$/,
      "a path of at most 1024 characters that starts with a slash",
    ),
    outOfRange("intervalSeconds", check.intervalSeconds, 1, 60),
    outOfRange("timeoutSeconds", check.timeoutSeconds, 1, 60),
    outOfRange("retries", check.retries, 1, 200),
  ];
}
