import { shown } from "../validation";

/** A threshold; `false` is no alarm. */
export type Threshold = number | false;

/** When something is no longer fine. Each may be `false`: then there is no such alarm, and no graph of it. */
export interface ThresholdSettings {
  /**
   * Slowest answer that 99 of 100 requests to a service get, in seconds, above which there is an alarm.
   * @default 2
   */
  readonly p99Seconds?: Threshold;

  /**
   * Share of a service's requests that fail with 5xx.
   * @default 1
   */
  readonly errorPercent?: Threshold;

  /**
   * CPU of a service, of what its tasks have.
   * @default 85
   */
  readonly serviceCpuPercent?: Threshold;

  /**
   * Memory of a service, of what its tasks have. A task that reaches 100 is killed.
   * @default 85
   */
  readonly serviceMemoryPercent?: Threshold;

  /**
   * Tasks of a service that fail their health check.
   * @default 0
   */
  readonly unhealthyTargets?: Threshold;

  /**
   * Requests a minute that the load balancer answers with 5xx itself, because no service did.
   * @default 10
   */
  readonly loadBalancerErrors?: Threshold;

  /**
   * CPU of a database.
   * @default 80
   */
  readonly databaseCpuPercent?: Threshold;

  /**
   * Connections to a database, of those it accepts.
   * @default 80
   */
  readonly databaseConnectionsPercent?: Threshold;

  /**
   * Free storage of an RDS instance, of the disk it was made with; the alarm is below it. RDS enlarges a disk that has a tenth left,
   * where it may.
   * @default 10
   */
  readonly databaseFreeStoragePercent?: Threshold;

  /**
   * Capacity units of Aurora serverless, of the most it may take.
   * @default 90
   */
  readonly databaseCapacityPercent?: Threshold;

  /**
   * Seconds a read replica is behind.
   * @default 30
   */
  readonly replicaLagSeconds?: Threshold;

  /**
   * CPU credits of a database, cache or host of a t class; the alarm is below it. Without credits it costs more, or slows down.
   * @default 20
   */
  readonly cpuCredits?: Threshold;

  /**
   * CPU of the engine of a cache, which has one core to itself.
   * @default 80
   */
  readonly cacheCpuPercent?: Threshold;

  /**
   * Memory of a cache.
   * @default 80
   */
  readonly cacheMemoryPercent?: Threshold;

  /**
   * Keys a minute that a cache removes to make room.
   * @default 100
   */
  readonly cacheEvictions?: Threshold;

  /**
   * Commands a minute that a serverless cache refuses.
   * @default 0
   */
  readonly cacheThrottledCommands?: Threshold;

  /**
   * CPU of a host.
   * @default 85
   */
  readonly hostCpuPercent?: Threshold;

  /**
   * Status checks of a host that fail: its hardware, its system, its disk.
   * @default 0
   */
  readonly hostFailedChecks?: Threshold;

  /**
   * Backups, and copies of them, that fail within an hour.
   * @default 0
   */
  readonly failedBackups?: Threshold;
}

/** All thresholds, with their defaults. */
export type Thresholds = Readonly<Record<keyof ThresholdSettings, Threshold>>;

const DEFAULTS: Thresholds = {
  p99Seconds: 2,
  errorPercent: 1,
  serviceCpuPercent: 85,
  serviceMemoryPercent: 85,
  unhealthyTargets: 0,
  loadBalancerErrors: 10,
  databaseCpuPercent: 80,
  databaseConnectionsPercent: 80,
  databaseFreeStoragePercent: 10,
  databaseCapacityPercent: 90,
  replicaLagSeconds: 30,
  cpuCredits: 20,
  cacheCpuPercent: 80,
  cacheMemoryPercent: 80,
  cacheEvictions: 100,
  cacheThrottledCommands: 0,
  hostCpuPercent: 85,
  hostFailedChecks: 0,
  failedBackups: 0,
};

/** The settings with their defaults. */
export function thresholdsOf(settings: ThresholdSettings = {}): Thresholds {
  const chosen = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...(Object.fromEntries(chosen) as ThresholdSettings) };
}

/** Everything wrong with thresholds. */
export function thresholdProblems(settings: ThresholdSettings): Array<string | undefined> {
  return Object.entries(settings).map(([name, value]: [string, unknown]) => {
    if (value === undefined || value === false) return undefined;
    const max = name.endsWith("Percent") ? 100 : Number.MAX_SAFE_INTEGER;
    if (typeof value === "number" && value >= 0 && value <= max) return undefined; // NaN is in no range
    const range = max === 100 ? "from 0 to 100" : "of 0 or more";
    return `${name} must be a number ${range}, or false for no alarm, got ${shown(value)}`;
  });
}
