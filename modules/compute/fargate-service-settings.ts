import { logRetentionProblem } from "../monitoring/log-retention";
import { isUnresolved, notOneOf, outOfRange, shown, within } from "../validation";
import {
  containerProblems,
  type ContainerSettings,
  DEFAULT_USER,
  DEFAULT_WRITABLE_MIB,
  writablePathsOf,
} from "./container-settings";
import { deploymentProblems, type DeploymentSettings } from "./deployment-settings";
import { fargateSizeProblem } from "./fargate-sizes";
import {
  type HealthCheckSettings,
  healthCheckProblems,
  routingProblems,
  type RoutingSettings,
} from "./routing-settings";
import {
  capacityOf,
  capacityProblems,
  type CapacitySettings,
  type OffHoursSettings,
  scalingProblems,
  type ScalingSettings,
} from "./scaling-settings";
import { sidecarProblems, type SidecarSettings, type Sidecars } from "./sidecar-settings";

/** Instruction set of an image. */
export type Architecture = "x86_64" | "arm64";

/** Who brings a new image into service: the application's pipeline, or an apply of this stack. */
export type Releases = "pipeline" | "terraform";

/** What an environment chooses about a service on Fargate; the main container's settings stand beside the service's own. */
export interface FargateServiceSettings extends ContainerSettings, CapacitySettings {
  /**
   * CPU of a task, 256 to 16384; 1024 are one vCPU.
   * @default 256
   */
  readonly cpuUnits?: number;

  /**
   * Memory of a task, for all its containers; which sizes are legal depends on `cpuUnits`.
   * @default 512
   */
  readonly memoryMiB?: number;

  /**
   * Instruction set the images are built for. `arm64` costs about 20 % less, but an image built on an ordinary runner is
   * `x86_64`, and the wrong one ends at the first start.
   * @default "x86_64"
   */
  readonly architecture?: Architecture;

  /**
   * User the main container runs as, never root.
   * @default "1000:1000"
   */
  readonly user?: string;

  /**
   * Further containers of every task, by name.
   * @default - none
   */
  readonly sidecars?: Sidecars;

  /**
   * Sidecars the main container waits for, and how far each has to be.
   * @default - it waits for none
   */
  readonly dependsOn?: SidecarSettings["dependsOn"];

  /**
   * Requests of the load balancer it answers.
   * @default - none: a worker that nothing connects to
   */
  readonly routing?: RoutingSettings;

  /**
   * How the load balancer checks a task; needs `routing`.
   * @default - `/health` has to answer 200 within 5 seconds, every 15
   */
  readonly healthCheck?: HealthCheckSettings;

  /**
   * Seconds a task that goes may take to finish its requests, 0 to 3600; needs `routing`. Every release waits that long.
   * @default 30
   */
  readonly deregistrationDelaySeconds?: number;

  /**
   * Seconds a browser stays with the same task, 1 to 604800; needs `routing`.
   * @default - it does not
   */
  readonly stickySeconds?: number;

  /**
   * Seconds over which a new task gets its full share of requests, 30 to 900; needs `routing`.
   * @default - it gets it at once
   */
  readonly slowStartSeconds?: number;

  /**
   * What tasks are added and removed for.
   * @default - 60 % CPU
   */
  readonly scaling?: ScalingSettings;

  /**
   * Hours in which it does not run at all.
   * @default - it always runs
   */
  readonly offHours?: OffHoursSettings;

  /**
   * Whether people with the permission may open a shell in a task. The cluster needs `exec` too, so that sessions are recorded.
   * @default false
   */
  readonly exec?: boolean;

  /**
   * How long its logs are kept.
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * Disk of a task, 21 to 200, for images and whatever containers with a writable root file system write.
   * @default - the 20 that Fargate includes
   */
  readonly ephemeralStorageGiB?: number;

  /**
   * Who brings a new image into service.
   * @default "pipeline"
   */
  readonly releases?: Releases;

  /**
   * How a new revision comes into service: task by task, or `blue-green` by CodeDeploy, which needs a test listener. Choose once: another
   * kind later replaces the service.
   * @default - rolling
   */
  readonly deployment?: DeploymentSettings;
}

/** Settings with every default filled in; what has none stays optional. */
export type FargateServiceValues = ReturnType<typeof fargateServiceOf>;

/** The settings of a service with its defaults; the defaults of a container, a health check and scaling are theirs. */
export function fargateServiceOf(settings: FargateServiceSettings) {
  const {
    cpuUnits = 256,
    memoryMiB = 512,
    architecture = "x86_64",
    user = DEFAULT_USER,
    sidecars = {},
    deregistrationDelaySeconds = 30,
    exec = false,
    logRetentionDays = 365,
    releases = "pipeline",
  } = settings;
  const filled = {
    cpuUnits,
    memoryMiB,
    architecture,
    user,
    sidecars,
    deregistrationDelaySeconds,
    exec,
    logRetentionDays,
    releases,
  };
  return { ...settings, ...filled, ...capacityOf(settings) };
}

/** Every problem of a service's settings. */
export function fargateServiceProblems(settings: FargateServiceSettings): Array<string | undefined> {
  const values = fargateServiceOf(settings);
  const { routing } = settings;
  return [
    fargateSizeProblem(values.cpuUnits, values.memoryMiB),
    notOneOf<Architecture>("architecture", values.architecture, ["x86_64", "arm64"]),
    ...containerProblems({ ...settings, user: values.user }),
    ...sidecarProblems(values.sidecars, settings.dependsOn, values),
    writableProblem(values),
    execProblem(settings),
    ...capacityProblems(settings),
    ...within("routing", routing === undefined ? [] : routingProblems(routing)),
    routing !== undefined && settings.port === undefined ? "port must be given with routing, got none" : undefined,
    ...(routing === undefined ? strayProblems(settings) : []),
    ...within("healthCheck", healthCheckProblems(settings.healthCheck)),
    outOfRange("deregistrationDelaySeconds", values.deregistrationDelaySeconds, 0, 3600),
    outOfRange("stickySeconds", settings.stickySeconds, 1, 604_800),
    outOfRange("slowStartSeconds", settings.slowStartSeconds, 30, 900),
    ...scalingProblems(settings.scaling, settings.offHours),
    logRetentionProblem("logRetentionDays", values.logRetentionDays),
    outOfRange("ephemeralStorageGiB", settings.ephemeralStorageGiB, 21, 200),
    notOneOf<Releases>("releases", values.releases, ["pipeline", "terraform"]),
    ...deploymentProblems(settings.deployment, settings),
  ];
}

/** Settings that would be without effect, which is never what was meant. */
function strayProblems(settings: FargateServiceSettings): Array<string | undefined> {
  const needRouting = {
    healthCheck: settings.healthCheck,
    deregistrationDelaySeconds: settings.deregistrationDelaySeconds,
    stickySeconds: settings.stickySeconds,
    slowStartSeconds: settings.slowStartSeconds,
    "scaling.requestsPerTarget": settings.scaling?.requestsPerTarget,
  };
  return Object.entries(needRouting).map(([name, value]) =>
    value === undefined ? undefined : `${name} must be left out without routing, got ${shown(value)}`,
  );
}

/** Writable paths are memory: full ones must leave some to the containers. */
function writableProblem(values: FargateServiceValues): string | undefined {
  const { memoryMiB, exec, sidecars } = values;
  const sizes = [values, ...Object.values(sidecars)].map(
    (container) => writablePathsOf(container, exec).length * (container.writableMiB ?? DEFAULT_WRITABLE_MIB),
  );
  const sum = sizes.reduce((total, size) => total + size, 0);
  if (isUnresolved(memoryMiB) || sizes.some(isUnresolved) || sum <= memoryMiB / 2) return undefined;
  return `writableMiB of all writablePaths together must be at most half of memoryMiB (${memoryMiB}), got ${sum}`;
}

function execProblem({ exec, readOnlyRootFilesystem }: FargateServiceSettings): string | undefined {
  return exec === true && readOnlyRootFilesystem === true
    ? "readOnlyRootFilesystem must be false with exec, got true; the agent of ECS Exec has to write there"
    : undefined;
}
