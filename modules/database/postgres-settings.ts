import { logRetentionProblem } from "../monitoring/log-retention";
import { isUnresolved, notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { dailyWindowProblem, overlapProblem, weeklyWindowProblem } from "./windows";

/** The logs RDS PostgreSQL can send to CloudWatch. */
export const POSTGRES_LOGS = ["postgresql", "upgrade"] as const;

/** Major versions in standard support at RDS; older ones are billed as extended support. Source: RDS release calendar, read in 2026-11. */
const POSTGRES_MAJOR_VERSIONS = ["14", "15", "16", "17", "18"] as const;

/** Seconds between two samples of enhanced monitoring that RDS accepts; 0 is off. */
const MONITORING_INTERVALS_SECONDS = [0, 1, 5, 10, 15, 30, 60] as const;

/** What an environment chooses about its PostgreSQL database. */
export interface PostgresSettings {
  /**
   * Major version, 14 to 18, or a full one such as `16.4`. RDS installs minor versions by itself, so a full version has to be
   * raised here afterwards; give the major alone unless a restore needs the exact one.
   * @default "16"
   */
  readonly version?: string;

  /**
   * RDS instance class. Changing it restarts the database.
   * @default "db.t4g.micro"
   */
  readonly instanceClass?: string;

  /**
   * Disk size, 20 to 65536. It can only grow.
   * @default 20
   */
  readonly storageGiB?: number;

  /**
   * The size up to which RDS may grow the disk by itself, at least 10 % above `storageGiB`; 0 switches that off, and a full disk stops the database.
   * @default - twice `storageGiB`, at most 65536
   */
  readonly maxStorageGiB?: number;

  /**
   * Whether a standby in a second zone takes over when the first fails. It doubles the price of instance and disk.
   * @default true
   */
  readonly multiAz?: boolean;

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
   * Which logs go to CloudWatch; an empty list keeps them in the instance, for three days.
   * @default ["postgresql", "upgrade"]
   */
  readonly logExports?: ReadonlyArray<(typeof POSTGRES_LOGS)[number]>;

  /**
   * How long CloudWatch keeps those logs.
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * Database parameters beside `rds.force_ssl = 1`, which is always set.
   * @default - `log_statement = ddl` and `log_min_duration_statement = 1000` (milliseconds), unless set here by the same name
   */
  readonly parameters?: readonly PostgresParameter[];

  /**
   * How many read replicas, 0 to 15, each priced as a database without standby.
   * @default 0
   */
  readonly readReplicas?: number;

  /**
   * Instance class of the read replicas.
   * @default - that of the database
   */
  readonly readReplicaInstanceClass?: string;

  /**
   * Whether database users may sign in with IAM tokens too. It needs 300 MiB of memory or more, which the smallest classes lack.
   * @default false
   */
  readonly iamAuthentication?: boolean;

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

  /**
   * Name of the first database. Changing it replaces the instance.
   * @default "app", or that of the backup with `restore`
   */
  readonly databaseName?: string;

  /**
   * Name of the administrator, whose password RDS makes, keeps in Secrets Manager and rotates. Changing it replaces the instance.
   * @default "postgres", or that of the backup with `restore`
   */
  readonly masterUsername?: string;

  /**
   * Starts from a backup instead of empty. Decided when the instance is made: leave it in place afterwards, for adding, changing
   * or removing it replaces the instance. The backup has to be encrypted, as RDS does not encrypt while it restores.
   * @default - an empty database
   */
  readonly restore?: PostgresRestore;
}

/** One database parameter. */
export interface PostgresParameter {
  /** As PostgreSQL spells it, for example `log_min_duration_statement`. */
  readonly name: string;

  /** As PostgreSQL takes it, numbers included. */
  readonly value: string;

  /**
   * `pending-reboot` for those PostgreSQL reads only when it starts.
   * @default "immediate"
   */
  readonly applyMethod?: "immediate" | "pending-reboot";
}

/** Where a database starts from. */
export type PostgresRestore =
  | {
      readonly kind: "snapshot";
      /** Name of a snapshot in this account and region, or the ARN of a shared one. */
      readonly snapshotIdentifier: string;
    }
  | {
      readonly kind: "point-in-time";
      /** Name of the instance whose backups are read. */
      readonly sourceInstanceIdentifier: string;
      /** A second within its backup retention, such as `2026-11-20T13:45:00Z`, or the last one possible. */
      readonly time: string;
    };

const MAX_STORAGE_GIB = 65_536; // gp3 on RDS for PostgreSQL
const INSTANCE_CLASS = /^db\.[a-z][a-z0-9]*\.(?:micro|small|medium|large|\d*xlarge)$/;
const IDENTIFIER = /^[a-z](?:-?[a-z0-9]){0,62}$/;
const SNAPSHOT = /^(?:arn:aws:rds:[a-z0-9-]+:\d{12}:snapshot:)?(?:rds:)?[a-zA-Z](?:-?[a-zA-Z0-9]){0,254}$/;
const SECOND = /^(?:latest|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)$/;
const FORCED_PARAMETER = "rds.force_ssl";
const DEFAULT_PARAMETERS: readonly PostgresParameter[] = [
  { name: "log_statement", value: "ddl" },
  { name: "log_min_duration_statement", value: "1000" },
];

/** What is wrong with the settings, one sentence each. */
export function postgresProblems(settings: PostgresSettings): Array<string | undefined> {
  const { backupWindow = "02:00-03:00", maintenanceWindow = "sun:03:30-sun:04:30", restore } = settings;
  return [
    versionProblem(settings.version),
    notMatching("instanceClass", settings.instanceClass, INSTANCE_CLASS, "an RDS instance class such as db.t4g.micro"),
    outOfRange("storageGiB", settings.storageGiB, 20, MAX_STORAGE_GIB),
    maxStorageProblem(settings),
    outOfRange("backupRetentionDays", settings.backupRetentionDays, 1, 35),
    dailyWindowProblem("backupWindow", backupWindow, 30),
    weeklyWindowProblem("maintenanceWindow", maintenanceWindow, 30),
    overlapProblem("backupWindow", backupWindow, "maintenanceWindow", maintenanceWindow),
    performanceInsightsProblem(settings.performanceInsightsRetentionDays),
    notOneOf("monitoringIntervalSeconds", settings.monitoringIntervalSeconds, MONITORING_INTERVALS_SECONDS),
    ...(settings.logExports ?? []).map((log) => notOneOf("logExports", log, POSTGRES_LOGS)),
    repeated("logExports", settings.logExports ?? []),
    logRetentionProblem("logRetentionDays", settings.logRetentionDays),
    ...(settings.parameters ?? []).flatMap((parameter, index) =>
      within(`parameters[${index}]`, parameterProblems(parameter)),
    ),
    repeated(
      "parameters",
      (settings.parameters ?? []).map(({ name }) => name),
    ),
    outOfRange("readReplicas", settings.readReplicas, 0, 15),
    notMatching(
      "readReplicaInstanceClass",
      settings.readReplicaInstanceClass,
      INSTANCE_CLASS,
      "an RDS instance class such as db.t4g.micro",
    ),
    notMatching(
      "databaseName",
      settings.databaseName,
      /^[a-zA-Z_]\w{0,62}$/,
      "1 to 63 letters, digits and underscores, not led by a digit",
    ),
    notMatching(
      "masterUsername",
      settings.masterUsername,
      /^(?!rdsadmin$)[a-zA-Z_]\w{0,62}$/,
      "1 to 63 letters, digits and underscores, not led by a digit, and not rdsadmin",
    ),
    ...(restore === undefined ? [] : [...within("restore", restoreProblems(restore)), ...decidedByBackup(settings)]),
  ];
}

/** The major part of a version. */
export function majorVersionOf(version: string): string {
  return isUnresolved(version) ? version : (version.split(".")[0] ?? version);
}

/** The size up to which the disk may grow, 0 for never. */
export function maxStorageOf({ storageGiB = 20, maxStorageGiB }: PostgresSettings): number {
  if (maxStorageGiB !== undefined) return maxStorageGiB;
  if (isUnresolved(storageGiB) || leastMaxStorage(storageGiB) > MAX_STORAGE_GIB) return 0;
  return Math.min(2 * storageGiB, MAX_STORAGE_GIB);
}

/** Every parameter of the database's parameter group: the forced one, the defaults and the chosen ones, which win over defaults. */
export function parametersOf({ parameters = [] }: PostgresSettings): Array<Required<PostgresParameter>> {
  const chosen = new Set(parameters.map(({ name }) => name));
  const defaults = DEFAULT_PARAMETERS.filter(({ name }) => !chosen.has(name));
  return [{ name: FORCED_PARAMETER, value: "1" }, ...defaults, ...parameters].map(
    ({ name, value, applyMethod = "immediate" }) => ({
      name,
      value,
      applyMethod,
    }),
  );
}

function versionProblem(version: string | undefined): string | undefined {
  const allowed = `PostgreSQL ${POSTGRES_MAJOR_VERSIONS.join(", ")}, or a full version of these such as 16.4`;
  return notMatching(
    "version",
    version,
    new RegExp(`^(?:${POSTGRES_MAJOR_VERSIONS.join("|")})(?:\\.\\d{1,2})?$`),
    allowed,
  );
}

/** RDS wants the limit at least 10 % above the allocated size; in whole numbers, since 20 * 1.1 is more than 22 to a computer. */
function leastMaxStorage(storageGiB: number): number {
  return Math.ceil((storageGiB * 11) / 10);
}

function maxStorageProblem({ storageGiB = 20, maxStorageGiB }: PostgresSettings): string | undefined {
  if (maxStorageGiB === 0 || isUnresolved(storageGiB) || !Number.isInteger(storageGiB)) return undefined;
  const least = leastMaxStorage(storageGiB);
  const problem = outOfRange("maxStorageGiB", maxStorageGiB, least, Math.max(least, MAX_STORAGE_GIB));
  return problem && `${problem}; it is 10 % above storageGiB or more, and 0 switches storage autoscaling off`;
}

function performanceInsightsProblem(days: number | undefined): string | undefined {
  if (days === undefined || isUnresolved(days) || [7, 731].includes(days)) return undefined;
  if (Number.isInteger(days / 31) && days > 0 && days < 731) return undefined;
  return `performanceInsightsRetentionDays must be 7, a multiple of 31 up to 713, or 731, got ${shown(days)}`;
}

function parameterProblems({ name, applyMethod }: PostgresParameter): Array<string | undefined> {
  if (name === FORCED_PARAMETER)
    return [`name must be other than ${FORCED_PARAMETER}, which is always 1, got ${shown(name)}`];
  return [
    notMatching("name", name, /^[a-z][a-z0-9_.]*$/, "a PostgreSQL parameter such as log_min_duration_statement"),
    notOneOf("applyMethod", applyMethod, ["immediate", "pending-reboot"]),
  ];
}

function restoreProblems(restore: PostgresRestore): Array<string | undefined> {
  if (restore.kind === "snapshot") {
    return [
      notMatching("snapshotIdentifier", restore.snapshotIdentifier, SNAPSHOT, "the name or ARN of an RDS snapshot"),
    ];
  }
  return [
    notOneOf("kind", restore.kind, ["point-in-time"]),
    notMatching(
      "sourceInstanceIdentifier",
      restore.sourceInstanceIdentifier,
      IDENTIFIER,
      "the name of an RDS instance",
    ),
    notMatching("time", restore.time, SECOND, 'a second in UTC such as 2026-11-20T13:45:00Z, or "latest"'),
  ];
}

function decidedByBackup({ databaseName, masterUsername }: PostgresSettings): Array<string | undefined> {
  return Object.entries({ databaseName, masterUsername }).map(([name, value]) =>
    value === undefined
      ? undefined
      : `${name} must be left out with restore, which takes it from the backup, got ${shown(value)}`,
  );
}

function repeated(name: string, values: readonly string[]): string | undefined {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? undefined : `${name} must be without repetition, got ${shown(twice)} twice`;
}
