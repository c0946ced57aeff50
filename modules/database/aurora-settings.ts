import { isUnresolved, notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import {
  backupProblems,
  INSTANCE_CLASS,
  mergedParameters,
  momentProblem,
  monitoringProblems,
  namesInBackup,
  parameterProblems,
  type DatabaseParameter,
  type OperationSettings,
  type Spelling,
} from "./database-checks";

/** The engines of Aurora. */
export const AURORA_ENGINES = ["aurora-postgresql", "aurora-mysql"] as const;

/** One engine of Aurora. */
export type AuroraEngineName = (typeof AURORA_ENGINES)[number];

/** A log that one of the engines can send to CloudWatch. */
export type AuroraLog = "postgresql" | "error" | "slowquery" | "audit";

/** What an environment chooses about its Aurora cluster. */
export interface AuroraSettings extends OperationSettings {
  /** Which database it speaks like. Changing it replaces the cluster. */
  readonly engine: AuroraEngineName;

  /**
   * Major version, or a full one of it: PostgreSQL 15, 16 or 17, MySQL 8.0 (`8.0.mysql_aurora.3.08.2`). Aurora installs minor versions by
   * itself, so a full version has to be raised here afterwards.
   * @default - "16" for PostgreSQL, "8.0" for MySQL
   */
  readonly version?: string;

  /**
   * Instance class of writer and readers. Changing it restarts them one by one; nothing is replaced.
   * @default - "db.t4g.medium", the smallest; none with `serverless`
   */
  readonly instanceClass?: string;

  /**
   * Capacity that follows the load, instead of an instance class. Switching between the two restarts the instances.
   * @default - instances of `instanceClass`
   */
  readonly serverless?: AuroraServerless;

  /**
   * Instances beside the writer. One of them takes over when the writer fails; without any, a new writer has to start first, which takes minutes.
   * @default { min: 1 }
   */
  readonly readers?: AuroraReaders;

  /**
   * How storage is billed: `io-optimized` costs more per GiB and instance, and nothing per request. It can be switched every 30 days.
   * @default "standard"
   */
  readonly storageType?: "standard" | "io-optimized";

  /**
   * Whether Performance Insights records which statements the database waits for. MySQL does not have it in T classes.
   * @default - true, but for MySQL in a T class
   */
  readonly performanceInsights?: boolean;

  /**
   * Which logs go to CloudWatch: `postgresql` for PostgreSQL; `error`, `slowquery` and `audit` (connections, users, schema changes) for MySQL.
   * @default - ["postgresql"], or ["error", "slowquery"] for MySQL
   */
  readonly logExports?: readonly AuroraLog[];

  /**
   * Parameters of the cluster beside the one that requires TLS, which is always set.
   * @default - PostgreSQL logs schema changes and statements slower than a second, MySQL has utf8mb4 everywhere, unless set here by the same name
   */
  readonly parameters?: readonly DatabaseParameter[];

  /**
   * Parameters of each instance, which win over those of the cluster.
   * @default - none; for MySQL statements slower than a second go to the slow query log, unless set here by the same name
   */
  readonly instanceParameters?: readonly DatabaseParameter[];

  /**
   * Whether database users may sign in with IAM tokens too.
   * @default false
   */
  readonly iamAuthentication?: boolean;

  /**
   * Name of the first database. Changing it replaces the cluster.
   * @default "app", or that of the backup with `restore`
   */
  readonly databaseName?: string;

  /**
   * Name of the administrator. Changing it replaces the cluster.
   * @default - "postgres" or "admin", or that of the backup with `restore`
   */
  readonly masterUsername?: string;

  /**
   * Starts from a backup instead of empty. Decided when the cluster is made: leave it in place afterwards, for adding, changing
   * or removing it replaces the cluster. The backup has to be encrypted, as Aurora does not encrypt with its own key while it restores.
   * @default - an empty database
   */
  readonly restore?: AuroraRestore;

  /**
   * Whether the cluster leads an Aurora global database, so that a second region can follow it. RDS manages no password of such a cluster: it
   * is a secret made by Terraform then, without rotation, and in another secret than before. T classes cannot be part of one.
   * @default false
   */
  readonly globalDatabase?: boolean;
}

/** Capacity of Aurora Serverless v2, in Aurora capacity units (ACU) of about 2 GiB of memory each. */
export interface AuroraServerless {
  /** Least capacity, 0 to 256 in steps of a half. 0 lets an idle instance pause; waking it takes about 15 seconds. */
  readonly minAcu: number;

  /** Most capacity, 1 to 256 in steps of a half. */
  readonly maxAcu: number;

  /**
   * How long an instance has to be idle before it pauses, 300 to 86400; with `minAcu` 0 only.
   * @default - 300 with `minAcu` 0, else never
   */
  readonly pauseAfterSeconds?: number;
}

/**
 * How many readers there are. Terraform makes `min` of them. With a larger `max`, Application Auto Scaling adds more of the writer's class
 * while their average CPU is above `cpuPercent`; AWS counts all readers for both limits, and removes only those it added.
 */
export interface AuroraReaders {
  /** Readers that are always there, 0 to 15, or from 1 with a larger `max`: scaling needs one to measure. */
  readonly min: number;

  /**
   * Most readers, up to 15.
   * @default - `min`, so that nothing scales
   */
  readonly max?: number;

  /**
   * Average CPU of the readers that scaling aims for, 10 to 90.
   * @default 70
   */
  readonly cpuPercent?: number;

  /**
   * Wait after removing a reader, 0 to 3600.
   * @default 300
   */
  readonly scaleInCooldownSeconds?: number;

  /**
   * Wait after adding a reader, 0 to 3600. A new one takes minutes to start, so a short wait adds too many.
   * @default 300
   */
  readonly scaleOutCooldownSeconds?: number;
}

/** Where a cluster starts from. */
export type AuroraRestore =
  | {
      readonly kind: "snapshot";
      /** Name of a cluster snapshot in this account and region, or the ARN of a shared one. */
      readonly snapshotIdentifier: string;
    }
  | {
      readonly kind: "point-in-time";
      /** Name of the cluster whose backups are read. */
      readonly sourceClusterIdentifier: string;
      /** A second within its backup retention, such as `2026-11-20T13:45:00Z`, or the last one possible. */
      readonly time: string;
    };

/** What an environment chooses about the cluster in a second region that follows its Aurora cluster. */
export interface AuroraStandbySettings {
  /**
   * Instances in the second region, 0 or 1. With 0 only the data is there: cheapest, but a failover has to start an instance first.
   * @default 1
   */
  readonly instances?: number;

  /**
   * Instance class there.
   * @default - that of the primary cluster
   */
  readonly instanceClass?: string;
}

interface AuroraEngine {
  readonly scheme: "postgres" | "mysql";
  readonly label: string;
  readonly port: number;
  readonly version: string;
  readonly versionSpelling: Spelling;
  readonly masterUsername: string;
  readonly masterUsernameSpelling: Spelling;
  readonly databaseNameSpelling: Spelling;
  readonly logs: readonly AuroraLog[];
  readonly defaultLogs: readonly AuroraLog[];
  readonly forcedParameter: DatabaseParameter;
  readonly defaultParameters: readonly DatabaseParameter[];
  readonly defaultInstanceParameters: readonly DatabaseParameter[];
  readonly parameterExample: string;
}

/** Versions in standard support, and limits of names. Source: Aurora release calendars and RDS API reference, CreateDBCluster, read in 2026-11. */
const ENGINES: Readonly<Record<AuroraEngineName, AuroraEngine>> = {
  "aurora-postgresql": {
    scheme: "postgres",
    label: "PostgreSQL",
    port: 5432,
    version: "16",
    versionSpelling: {
      pattern: /^1[567](?:\.\d{1,2})?$/,
      allowed: "PostgreSQL 15, 16, 17, or a full version of these such as 16.4",
    },
    masterUsername: "postgres",
    masterUsernameSpelling: {
      pattern: /^(?!rdsadmin$)[a-zA-Z]\w{0,15}$/,
      allowed: "1 to 16 letters, digits and underscores, led by a letter, and not rdsadmin",
    },
    databaseNameSpelling: {
      pattern: /^[a-zA-Z]\w{0,62}$/,
      allowed: "1 to 63 letters, digits and underscores, led by a letter",
    },
    logs: ["postgresql"],
    defaultLogs: ["postgresql"],
    forcedParameter: { name: "rds.force_ssl", value: "1" },
    defaultParameters: [
      { name: "log_statement", value: "ddl" },
      { name: "log_min_duration_statement", value: "1000" },
    ],
    defaultInstanceParameters: [],
    parameterExample: "a PostgreSQL parameter such as log_min_duration_statement",
  },
  "aurora-mysql": {
    scheme: "mysql",
    label: "MySQL",
    port: 3306,
    version: "8.0",
    versionSpelling: {
      pattern: /^8\.0(?:\.mysql_aurora\.3\.\d{2}\.\d{1,2})?$/,
      allowed: "MySQL 8.0, or a full version of it such as 8.0.mysql_aurora.3.08.2",
    },
    masterUsername: "admin",
    masterUsernameSpelling: {
      pattern: /^(?!rdsadmin$)[a-zA-Z]\w{0,15}$/,
      allowed: "1 to 16 letters, digits and underscores, led by a letter, and not rdsadmin",
    },
    databaseNameSpelling: {
      pattern: /^[a-zA-Z]\w{0,63}$/,
      allowed: "1 to 64 letters, digits and underscores, led by a letter",
    },
    logs: ["error", "slowquery", "audit"],
    defaultLogs: ["error", "slowquery"],
    forcedParameter: { name: "require_secure_transport", value: "ON" },
    defaultParameters: [
      { name: "character_set_server", value: "utf8mb4" },
      { name: "collation_server", value: "utf8mb4_0900_ai_ci" },
    ],
    defaultInstanceParameters: [
      { name: "slow_query_log", value: "1" },
      { name: "long_query_time", value: "1" },
      { name: "log_output", value: "FILE" }, // a log in a table cannot go to CloudWatch
    ],
    parameterExample: "a MySQL parameter such as long_query_time",
  },
};

/** What the audit log of MySQL holds: who connects, and what changes users or schema; not the statements on data. */
const AUDIT_PARAMETERS: readonly DatabaseParameter[] = [
  { name: "server_audit_logging", value: "1" },
  { name: "server_audit_events", value: "CONNECT,QUERY_DCL,QUERY_DDL" },
];

const IDENTIFIER = /^[a-z](?:-?[a-z0-9]){0,62}$/;
const SNAPSHOT =
  /^(?:arn:aws:rds:[a-z0-9-]+:\d{12}:cluster-snapshot:)?(?:rds:|awsbackup:)?[a-zA-Z](?:-?[a-zA-Z0-9]){0,254}$/;
const BURSTABLE = /^db\.t/;

/** Most readers of one cluster. Source: Aurora user guide, Aurora Replicas, read in 2026-11. */
const MAX_READERS = 15;

/** What is wrong with the settings, one sentence each. */
export function auroraProblems(settings: AuroraSettings): Array<string | undefined> {
  const engineProblem = notOneOf("engine", settings.engine, AURORA_ENGINES);
  if (engineProblem !== undefined) return [engineProblem];
  const engine = ENGINES[settings.engine];
  const { instanceClass, serverless, restore, globalDatabase = false, masterUsername } = settings;
  const { logExports = [], parameters = [], instanceParameters = [] } = settings;
  return [
    notMatching("version", settings.version, engine.versionSpelling.pattern, engine.versionSpelling.allowed),
    notMatching("instanceClass", instanceClass, INSTANCE_CLASS.pattern, INSTANCE_CLASS.allowed),
    ...(serverless === undefined
      ? []
      : [...within("serverless", serverlessProblems(serverless)), besideServerless(instanceClass)]),
    ...within("readers", readerProblems(settings.readers ?? { min: 1 })),
    notOneOf("storageType", settings.storageType, ["standard", "io-optimized"]),
    ...backupProblems(settings),
    ...monitoringProblems(settings, logExports, engine.logs),
    settings.performanceInsights === true && lacksInsights(settings)
      ? `performanceInsights must be false with ${auroraInstanceClass(settings)}, got true; Aurora MySQL has it in larger classes only`
      : undefined,
    ...parameterProblems("parameters", parameters, engine.forcedParameter, engine.parameterExample),
    ...parameterProblems("instanceParameters", instanceParameters, engine.forcedParameter, engine.parameterExample),
    notMatching(
      "databaseName",
      settings.databaseName,
      engine.databaseNameSpelling.pattern,
      engine.databaseNameSpelling.allowed,
    ),
    notMatching(
      "masterUsername",
      masterUsername,
      engine.masterUsernameSpelling.pattern,
      engine.masterUsernameSpelling.allowed,
    ),
    ...(restore === undefined
      ? []
      : [
          ...within("restore", restoreProblems(restore)),
          ...namesInBackup(settings, globalDatabase ? { because: "globalDatabase" } : undefined),
        ]),
    globalDatabase ? globalProblem("instanceClass", auroraInstanceClass(settings)) : undefined,
  ];
}

/** What is wrong with the settings of the second region, for the cluster that it follows. */
export function auroraStandbyProblems(
  standby: AuroraStandbySettings,
  primary: Pick<AuroraSettings, "instanceClass" | "serverless">,
): Array<string | undefined> {
  const { instances, instanceClass } = standby;
  return [
    outOfRange("instances", instances, 0, 1),
    notMatching("instanceClass", instanceClass, INSTANCE_CLASS.pattern, INSTANCE_CLASS.allowed),
    instanceClass === undefined || primary.serverless === undefined ? undefined : besideServerless(instanceClass),
    globalProblem("instanceClass", instanceClass ?? auroraInstanceClass(primary)),
  ];
}

/** What an engine is called, where it listens and what it is given unless chosen otherwise. */
export function auroraEngine(name: AuroraEngineName): AuroraEngine {
  return ENGINES[name];
}

/** Class of the cluster's own instances. */
export function auroraInstanceClass({
  instanceClass = "db.t4g.medium",
  serverless,
}: Pick<AuroraSettings, "instanceClass" | "serverless">): string {
  return serverless === undefined ? instanceClass : "db.serverless";
}

/** Whether Performance Insights is on: as chosen, or wherever Aurora has it. */
export function hasPerformanceInsights(settings: AuroraSettings): boolean {
  return settings.performanceInsights ?? !lacksInsights(settings);
}

/** Family of the parameter groups. */
export function auroraFamily({ engine, version = ENGINES[engine].version }: AuroraSettings): string {
  if (engine === "aurora-mysql") return "aurora-mysql8.0";
  return `${engine}${isUnresolved(version) ? version : (version.split(".")[0] ?? version)}`;
}

/** Every parameter of the cluster's parameter group. */
export function clusterParameters(settings: AuroraSettings): Array<Required<DatabaseParameter>> {
  const { engine, parameters = [], logExports = [] } = settings;
  const { forcedParameter, defaultParameters } = ENGINES[engine];
  const audit = logExports.includes("audit") ? AUDIT_PARAMETERS : [];
  return mergedParameters([forcedParameter], [...defaultParameters, ...audit], parameters);
}

/** Every parameter of the instances' parameter group. */
export function clusterInstanceParameters(settings: AuroraSettings): Array<Required<DatabaseParameter>> {
  return mergedParameters([], ENGINES[settings.engine].defaultInstanceParameters, settings.instanceParameters ?? []);
}

/** Source: Aurora user guide, support for Performance Insights, read in 2026-11. */
function lacksInsights(settings: AuroraSettings): boolean {
  const instanceClass = auroraInstanceClass(settings);
  return settings.engine === "aurora-mysql" && !isUnresolved(instanceClass) && BURSTABLE.test(instanceClass);
}

function besideServerless(instanceClass: string | undefined): string | undefined {
  if (instanceClass === undefined) return undefined;
  return `instanceClass must be left out with serverless, got ${shown(instanceClass)}`;
}

function globalProblem(name: string, instanceClass: string): string | undefined {
  if (isUnresolved(instanceClass) || !BURSTABLE.test(instanceClass)) return undefined;
  return `${name} must be other than a T class in a global database, got ${shown(instanceClass)}; the smallest are db.serverless and db.r6g.large`;
}

function serverlessProblems({ minAcu, maxAcu, pauseAfterSeconds }: AuroraServerless): Array<string | undefined> {
  return [
    capacityProblem("minAcu", minAcu, 0),
    capacityProblem("maxAcu", maxAcu, 1),
    !isUnresolved(minAcu) && !isUnresolved(maxAcu) && minAcu > maxAcu
      ? `minAcu must be at most maxAcu, got ${minAcu} and ${maxAcu}`
      : undefined,
    outOfRange("pauseAfterSeconds", pauseAfterSeconds, 300, 86_400),
    pauseAfterSeconds !== undefined && minAcu !== 0
      ? `pauseAfterSeconds must be left out unless minAcu is 0, got ${pauseAfterSeconds}`
      : undefined,
  ];
}

/** Source: Aurora user guide, capacity of Aurora Serverless v2, read in 2026-11. */
function capacityProblem(name: string, acu: number, min: number): string | undefined {
  if (isUnresolved(acu) || (Number.isInteger(2 * acu) && acu >= min && acu <= 256)) return undefined;
  return `${name} must be ${min} to 256 in steps of 0.5, got ${shown(acu)}`;
}

function readerProblems(readers: AuroraReaders): Array<string | undefined> {
  const { min, max, cpuPercent, scaleInCooldownSeconds, scaleOutCooldownSeconds } = readers;
  const scales = max !== undefined && !isUnresolved(min) && !isUnresolved(max) && max > min;
  return [
    outOfRange("min", min, 0, MAX_READERS),
    scales && min === 0
      ? `min must be 1 or more with a larger max, got ${min}; scaling needs a reader to measure`
      : undefined,
    outOfRange("max", max, Number.isInteger(min) ? Math.min(Math.max(min, 0), MAX_READERS) : 0, MAX_READERS),
    outOfRange("cpuPercent", cpuPercent, 10, 90),
    outOfRange("scaleInCooldownSeconds", scaleInCooldownSeconds, 0, 3600),
    outOfRange("scaleOutCooldownSeconds", scaleOutCooldownSeconds, 0, 3600),
  ];
}

function restoreProblems(restore: AuroraRestore): Array<string | undefined> {
  if (restore.kind === "snapshot") {
    return [
      notMatching(
        "snapshotIdentifier",
        restore.snapshotIdentifier,
        SNAPSHOT,
        "the name or ARN of an Aurora cluster snapshot",
      ),
    ];
  }
  return [
    notOneOf("kind", restore.kind, ["point-in-time"]),
    notMatching(
      "sourceClusterIdentifier",
      restore.sourceClusterIdentifier,
      IDENTIFIER,
      "the name of an Aurora cluster",
    ),
    momentProblem(restore.time),
  ];
}
