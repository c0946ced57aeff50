import { logRetentionProblem } from "../monitoring/log-retention";
import { isUnresolved, notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { dailyWindowProblem, overlapProblem, weeklyWindowProblem } from "./windows";

// Pure on purpose: what RDS asks of a single instance and of an Aurora cluster alike.

/** One database parameter. */
export interface DatabaseParameter {
  /** As the database spells it. */
  readonly name: string;

  /** As the database takes it, numbers included. */
  readonly value: string;

  /**
   * `pending-reboot` for those the database reads only when it starts.
   * @default "immediate"
   */
  readonly applyMethod?: "immediate" | "pending-reboot";
}

/** What an environment chooses about backups, maintenance, monitoring and logs of a database. */
export interface OperationSettings {
  /**
   * How long automated backups are kept, 1 to 35: any second in that time can be restored. Zero would switch them off, so it is refused.
   * @default 7
   */
  readonly backupRetentionDays?: number;

  /**
   * When the daily backup runs, `hh:mm-hh:mm` in UTC, at least 30 minutes, outside `maintenanceWindow`.
   * @default "02:00-03:00"
   */
  readonly backupWindow?: string;

  /**
   * When AWS may restart the database to update it, `ddd:hh:mm-ddd:hh:mm` in UTC, at least 30 minutes.
   * @default "sun:03:30-sun:04:30"
   */
  readonly maintenanceWindow?: string;

  /**
   * Whether Performance Insights records which statements the database waits for.
   * @default true
   */
  readonly performanceInsights?: boolean;

  /**
   * How long Performance Insights keeps its samples: 7 (free of charge), a multiple of 31 up to 713, or 731.
   * @default 7
   */
  readonly performanceInsightsRetentionDays?: number;

  /**
   * How often enhanced monitoring samples the operating system: 1, 5, 10, 15, 30 or 60; 0 switches it off. The samples are billed as CloudWatch logs.
   * @default 60
   */
  readonly monitoringIntervalSeconds?: number;

  /**
   * How long CloudWatch keeps the logs of `logExports`.
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * Whether a new major `version` may be installed. Set it for the one deployment that upgrades; the database is down meanwhile.
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;

  /**
   * Whether changes are made at once, restarts included, rather than in `maintenanceWindow`.
   * @default false
   */
  readonly applyImmediately?: boolean;
}

/** A pattern, and in words what matches it. */
export interface Spelling {
  /** What RDS accepts, whole. */
  readonly pattern: RegExp;

  /** The pattern in words, for the error. */
  readonly allowed: string;
}

/** A full instance class. */
export const INSTANCE_CLASS: Spelling = {
  pattern: /^db\.[a-z][a-z0-9]*\.(?:micro|small|medium|large|\d*xlarge)$/,
  allowed: "an RDS instance class such as db.t4g.micro",
};

/** Seconds between two samples of enhanced monitoring that RDS accepts; 0 is off. */
const MONITORING_INTERVALS_SECONDS = [0, 1, 5, 10, 15, 30, 60] as const;

const SECOND = /^(?:latest|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)$/;

/** What is wrong with retention and windows. */
export function backupProblems(settings: OperationSettings): Array<string | undefined> {
  const { backupWindow = "02:00-03:00", maintenanceWindow = "sun:03:30-sun:04:30" } = settings;
  return [
    outOfRange("backupRetentionDays", settings.backupRetentionDays, 1, 35),
    dailyWindowProblem("backupWindow", backupWindow, 30),
    weeklyWindowProblem("maintenanceWindow", maintenanceWindow, 30),
    overlapProblem("backupWindow", backupWindow, "maintenanceWindow", maintenanceWindow),
  ];
}

/** What is wrong with Performance Insights, enhanced monitoring and logs. */
export function monitoringProblems(
  settings: OperationSettings,
  logExports: readonly string[],
  logs: readonly string[],
): Array<string | undefined> {
  return [
    performanceInsightsProblem(settings.performanceInsightsRetentionDays),
    notOneOf("monitoringIntervalSeconds", settings.monitoringIntervalSeconds, MONITORING_INTERVALS_SECONDS),
    ...logExports.map((log) => notOneOf("logExports", log, logs)),
    repeated("logExports", logExports),
    logRetentionProblem("logRetentionDays", settings.logRetentionDays),
  ];
}

/** What is wrong with a list of parameters; `forced` is the one that nobody may set, `example` how they look. */
export function parameterProblems(
  path: string,
  parameters: readonly DatabaseParameter[],
  forced: DatabaseParameter,
  example: string,
): Array<string | undefined> {
  const check = ({ name, applyMethod }: DatabaseParameter): Array<string | undefined> => {
    if (name === forced.name)
      return [`name must be other than ${name}, which is always ${forced.value}, got ${shown(name)}`];
    return [
      notMatching("name", name, /^[a-z][a-z0-9_.]*$/, example),
      notOneOf("applyMethod", applyMethod, ["immediate", "pending-reboot"]),
    ];
  };
  return [
    ...parameters.flatMap((parameter, index) => within(`${path}[${index}]`, check(parameter))),
    repeated(
      path,
      parameters.map(({ name }) => name),
    ),
  ];
}

/** The parameters of a group: the forced ones, then the defaults that nobody chose otherwise, then the chosen ones. */
export function mergedParameters(
  forced: readonly DatabaseParameter[],
  defaults: readonly DatabaseParameter[],
  chosen: readonly DatabaseParameter[],
): Array<Required<DatabaseParameter>> {
  const names = new Set(chosen.map(({ name }) => name));
  return [...forced, ...defaults.filter(({ name }) => !names.has(name)), ...chosen].map(
    ({ name, value, applyMethod = "immediate" }) => ({ name, value, applyMethod }),
  );
}

/** The problem with a moment to restore to. */
export function momentProblem(time: string): string | undefined {
  return notMatching("time", time, SECOND, 'a second in UTC such as 2026-11-20T13:45:00Z, or "latest"');
}

/** The problem with subnets of which no two could be in different zones. */
export function subnetProblem(subnetIds: readonly string[]): string | undefined {
  if (isUnresolved(subnetIds) || subnetIds.length >= 2) return undefined;
  return `subnetIds must be two or more subnets in different zones, got ${shown(subnetIds)}`;
}

/**
 * What is wrong with names that a backup decides. Where Terraform gives the password, the secret has to name its user, so the name is needed.
 */
export function namesInBackup(
  names: { readonly databaseName?: string; readonly masterUsername?: string },
  givenPassword: { readonly because: string } | undefined,
): Array<string | undefined> {
  const { databaseName, masterUsername } = names;
  const leftOut = Object.entries({ databaseName, ...(givenPassword ? {} : { masterUsername }) }).map(([name, value]) =>
    value === undefined
      ? undefined
      : `${name} must be left out with restore, which takes it from the backup, got ${shown(value)}`,
  );
  if (givenPassword === undefined || masterUsername !== undefined) return leftOut;
  return [
    ...leftOut,
    `masterUsername must be the one in the backup with restore and ${givenPassword.because}, got none; the secret of the administrator names it`,
  ];
}

function performanceInsightsProblem(days: number | undefined): string | undefined {
  if (days === undefined || isUnresolved(days) || [7, 731].includes(days)) return undefined;
  if (Number.isInteger(days / 31) && days > 0 && days < 731) return undefined;
  return `performanceInsightsRetentionDays must be 7, a multiple of 31 up to 713, or 731, got ${shown(days)}`;
}

function repeated(name: string, values: readonly string[]): string | undefined {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? undefined : `${name} must be without repetition, got ${shown(twice)} twice`;
}
