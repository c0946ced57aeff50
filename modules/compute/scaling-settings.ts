import { isUnresolved, notMatching, outOfRange, shown, within } from "../validation";

/** What tasks are added and removed for. Each target adds tasks by itself; tasks go only when all targets allow it. */
export interface ScalingSettings {
  /**
   * Average CPU of all tasks to hold, 1 to 100.
   * @default 60
   */
  readonly cpuPercent?: number;

  /**
   * Average memory of all tasks to hold, 1 to 100; of use only where memory is given back.
   * @default - memory does not scale
   */
  readonly memoryPercent?: number;

  /**
   * Requests per task and minute to hold, 1 to 1000000; needs `routing`.
   * @default - requests do not scale
   */
  readonly requestsPerTarget?: number;

  /**
   * Seconds after tasks were added in which no more are, 0 to 3600.
   * @default 60
   */
  readonly scaleOutCooldownSeconds?: number;

  /**
   * Seconds after tasks were removed in which no more are, 0 to 3600.
   * @default 300
   */
  readonly scaleInCooldownSeconds?: number;
}

/** Hours without any task. Each time is a cron expression of AWS: minute, hour, day of month, month, day of week, year. */
export interface OffHoursSettings {
  /** When the last task stops, such as `0 20 ? * MON-FRI *`. */
  readonly stop: string;

  /** When tasks start again, such as `0 7 ? * MON-FRI *`. */
  readonly start: string;

  /** Time zone of both, such as `Europe/Paris`; summer time is followed. */
  readonly timezone: string;
}

/** How many tasks there are, and on which capacity. */
export interface CapacitySettings {
  /**
   * Fewest tasks, 0 up to `maxTasks`. Two survive the loss of a zone.
   * @default 2
   */
  readonly minTasks?: number;

  /**
   * Most tasks, 1 to 5000.
   * @default 4
   */
  readonly maxTasks?: number;

  /**
   * Percent of the tasks above `onDemandBase` that run on Fargate Spot, 0 to 100: about 70 % cheaper, stopped with two minutes of notice, and not always to be had.
   * @default 0
   */
  readonly spotShare?: number;

  /**
   * Tasks that run on Fargate whatever the Spot share, 0 to `maxTasks`.
   * @default - 1, and 0 with a Spot share of 100
   */
  readonly onDemandBase?: number;
}

/** Source of the fields and their characters: Application Auto Scaling user guide, cron expressions, read in 2026-11. */
const CRON = /^[\d*,/-]+ [\d*,/-]+ [\dLW*?,/-]+ [\dA-Z*,/-]+ [\dA-Z*?,/#-]+ [\d*,/-]+$/;

/** Scaling with the defaults of all that always has a value. */
export function scalingOf(settings: ScalingSettings = {}) {
  const {
    cpuPercent = 60,
    memoryPercent,
    requestsPerTarget,
    scaleOutCooldownSeconds = 60,
    scaleInCooldownSeconds = 300,
  } = settings;
  return { cpuPercent, memoryPercent, requestsPerTarget, scaleOutCooldownSeconds, scaleInCooldownSeconds };
}

/** Capacity with every default filled in. */
export function capacityOf(settings: CapacitySettings): Required<CapacitySettings> {
  const { minTasks = 2, maxTasks = 4, spotShare = 0, onDemandBase = spotShare === 100 ? 0 : 1 } = settings;
  return { minTasks, maxTasks, spotShare, onDemandBase };
}

/** One capacity provider's part of a service, in the provider's own words. */
export interface CapacityProviderPart {
  /** `FARGATE` or `FARGATE_SPOT`. */
  readonly capacityProvider: string;

  /** Its share of the tasks above the base. */
  readonly weight: number;

  /**
   * Tasks it runs before shares count.
   * @default - none
   */
  readonly base?: number;
}

/**
 * The capacity providers of a service. There is always at least one, so that a changed share updates the service in place.
 * A share of 0 or 100 names one provider only, unless tasks have to stay on demand.
 */
export function capacityProviderStrategy(settings: CapacitySettings): CapacityProviderPart[] {
  const { spotShare, onDemandBase } = capacityOf(settings);
  const onDemand = { capacityProvider: "FARGATE", weight: 100 - spotShare, base: onDemandBase };
  const spot = { capacityProvider: "FARGATE_SPOT", weight: spotShare };
  if (spotShare === 0) return [{ capacityProvider: "FARGATE", weight: 100 }];
  return spotShare === 100 && onDemandBase === 0 ? [spot] : [onDemand, spot];
}

/** Every problem of the number of tasks. Source of 5000: ECS quotas, tasks per service, read in 2026-11. */
export function capacityProblems(settings: CapacitySettings): Array<string | undefined> {
  const { minTasks, maxTasks, spotShare, onDemandBase } = capacityOf(settings);
  return [
    outOfRange("minTasks", minTasks, 0, 5000),
    outOfRange("maxTasks", maxTasks, 1, 5000),
    isUnresolved(minTasks) || isUnresolved(maxTasks) || minTasks <= maxTasks
      ? undefined
      : `minTasks must be at most maxTasks (${maxTasks}), got ${shown(minTasks)}`,
    outOfRange("spotShare", spotShare, 0, 100),
    outOfRange("onDemandBase", onDemandBase, 0, isUnresolved(maxTasks) ? 5000 : maxTasks),
  ];
}

/** Every problem of the targets and the off hours. */
export function scalingProblems(
  settings: ScalingSettings = {},
  offHours?: OffHoursSettings,
): Array<string | undefined> {
  const { cpuPercent, memoryPercent, requestsPerTarget, scaleOutCooldownSeconds, scaleInCooldownSeconds } =
    scalingOf(settings);
  return [
    ...within("scaling", [
      outOfRange("cpuPercent", cpuPercent, 1, 100),
      outOfRange("memoryPercent", memoryPercent, 1, 100),
      outOfRange("requestsPerTarget", requestsPerTarget, 1, 1_000_000),
      outOfRange("scaleOutCooldownSeconds", scaleOutCooldownSeconds, 0, 3600),
      outOfRange("scaleInCooldownSeconds", scaleInCooldownSeconds, 0, 3600),
    ]),
    ...within("offHours", offHours === undefined ? [] : offHoursProblems(offHours)),
  ];
}

function offHoursProblems({ stop, start, timezone }: OffHoursSettings): Array<string | undefined> {
  return [
    cronProblem("stop", stop),
    cronProblem("start", start),
    stop === start ? `start must be another time than stop, got ${shown(start)}` : undefined,
    notMatching("timezone", timezone, /^(UTC|[A-Z]\w+(\/[A-Z][\w+-]*)+)$/, "a time zone such as Europe/Paris, or UTC"),
  ];
}

function cronProblem(name: string, expression: string): string | undefined {
  const problem = notMatching(name, expression, CRON, 'six cron fields such as "0 20 ? * MON-FRI *"');
  if (problem !== undefined || isUnresolved(expression)) return problem;
  const [, , dayOfMonth, , dayOfWeek] = expression.split(" ");
  if ((dayOfMonth === "?") !== (dayOfWeek === "?")) return undefined;
  return `${name} must have ? as exactly one of day of month and day of week, got ${shown(expression)}`;
}
