import { notMatching, outOfRange, shown, within } from "../validation";
import { type ImageSettings, imageProblems } from "./image-settings";
import { environmentProblems, type SecretSettings } from "./secret-settings";

/** A command ECS runs inside a container to see whether it is well. */
export interface ContainerHealthCheckSettings {
  /** What to run: a string goes to the container's shell, a list runs as it is and needs no shell. Exit 0 is well. */
  readonly command: string | readonly string[];

  /**
   * Seconds between two runs, 5 to 300.
   * @default 30
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds a run may take, 2 to 60.
   * @default 5
   */
  readonly timeoutSeconds?: number;

  /**
   * Failed runs in a row that make it unwell, 1 to 10.
   * @default 3
   */
  readonly retries?: number;

  /**
   * Seconds after the start in which failures do not count, 0 to 300.
   * @default 0
   */
  readonly startPeriodSeconds?: number;
}

/** What the main container and every sidecar have in common. */
export interface ContainerSettings {
  /** The product's own repository and tag, or a public image. */
  readonly image: ImageSettings;

  /**
   * Arguments in place of the image's own command.
   * @default - the image's own
   */
  readonly command?: readonly string[];

  /**
   * Variables anyone may read. A name or a value that looks like a secret is refused: it would stand in the plan and in the state.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Variables ECS fills in from Secrets Manager or the Parameter Store when a task starts; a rotated secret needs new tasks.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, SecretSettings>>;

  /**
   * Port it listens on, 1 to 65535; one below 1024 needs no root. Containers of a task reach each other on localhost, so no two may
   * share one.
   * @default - none, nothing can connect to it
   */
  readonly port?: number;

  /**
   * A check inside the container, beside the load balancer's.
   * @default - none
   */
  readonly containerHealthCheck?: ContainerHealthCheckSettings;

  /**
   * Whether the image's own files are protected from change. Only `writablePaths` can be written to then.
   * @default - true, and false with `exec`, whose agent has to write there
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Absolute paths kept in memory and writable by every user of a container whose root file system is read-only.
   * @default ["/tmp"]
   */
  readonly writablePaths?: readonly string[];

  /**
   * Most that each writable path may hold, 1 to 8192; what is written counts as memory of the task.
   * @default 64
   */
  readonly writableMiB?: number;

  /**
   * Seconds between the request to stop and the kill, 2 to 120. Fargate Spot gives two minutes of notice.
   * @default 30
   */
  readonly stopTimeoutSeconds?: number;
}

/** Size of each writable path, unless a container says otherwise. */
export const DEFAULT_WRITABLE_MIB = 64;

/** The user a container runs as when its image cannot be trusted to say: no root, no name to look up. */
export const DEFAULT_USER = "1000:1000";

/**
 * Every problem of one container by itself.
 * Source of the ranges: ECS API reference, ContainerDefinition and HealthCheck, and its Fargate parameters, read in 2026-11.
 */
export function containerProblems(settings: ContainerSettings & { readonly user?: string }): Array<string | undefined> {
  const check = settings.containerHealthCheck;
  return [
    ...within("image", imageProblems(settings.image)),
    settings.command?.length === 0 ? `command must be at least one argument, got []` : undefined,
    ...environmentProblems(settings.environment, settings.secrets),
    outOfRange("port", settings.port, 1, 65_535),
    ...within("containerHealthCheck", check === undefined ? [] : healthCheckProblems(check)),
    userProblem(settings.user),
    ...writablePathProblems(settings.writablePaths ?? []),
    outOfRange("writableMiB", settings.writableMiB, 1, 8192),
    outOfRange("stopTimeoutSeconds", settings.stopTimeoutSeconds, 2, 120),
  ];
}

/** Paths of a container that are kept in memory; `exec` is that of its service. */
export function writablePathsOf(settings: ContainerSettings, exec: boolean): readonly string[] {
  const { readOnlyRootFilesystem = !exec, writablePaths = ["/tmp"] } = settings;
  return readOnlyRootFilesystem ? writablePaths : [];
}

function healthCheckProblems(check: ContainerHealthCheckSettings): Array<string | undefined> {
  return [
    check.command.length === 0 ? `command must be something to run, got ${shown(check.command)}` : undefined,
    outOfRange("intervalSeconds", check.intervalSeconds, 5, 300),
    outOfRange("timeoutSeconds", check.timeoutSeconds, 2, 60),
    outOfRange("retries", check.retries, 1, 10),
    outOfRange("startPeriodSeconds", check.startPeriodSeconds, 0, 300),
  ];
}

function userProblem(user: string | undefined): string | undefined {
  if (user !== undefined && /^(root|0+)(:|$)/.test(user)) {
    return `user must not be root, got ${shown(user)}; give the image a user of its own`;
  }
  return notMatching("user", user, /^[a-z_0-9][\w-]*(:[a-z_0-9][\w-]*)?$/, "a user or user:group, by name or number");
}

function writablePathProblems(paths: readonly string[]): Array<string | undefined> {
  return [
    ...paths.map((path) => notMatching("writablePaths", path, /^(\/[\w.@-]+)+$/, "absolute paths below the root")),
    new Set(paths).size < paths.length ? `writablePaths must be given once each, got ${shown(paths)}` : undefined,
  ];
}
