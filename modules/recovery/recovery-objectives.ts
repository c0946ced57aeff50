import { backupOf, type RecoverySettings } from "./recovery-settings";

/** How a component comes back after a loss, and what is lost with it. */
export interface RecoveryObjective {
  /** What is lost, in words: `Database`, `Bucket attachments`, `Application`. */
  readonly component: string;

  /** Of what: a zone, what people or programs spoilt, or the whole region. */
  readonly loss: Loss;

  /** Recovery point objective: how much of the last data is missing afterwards. */
  readonly rpo: string;

  /** Recovery time objective: how long it takes. */
  readonly rto: string;

  /** By what means. */
  readonly strategy: string;

  /** Who says so. */
  readonly source: string;
}

/** What may be lost. */
export type Loss = "zone" | "data" | "region";

/** What of an environment decides how it comes back. */
export interface RecoverableEnvironment {
  /**
   * Its database.
   * @default - none
   */
  readonly database?: RecoverableDatabase;

  /**
   * Its buckets by name, and for how many days each keeps former versions; 0 is not at all.
   * @default - none
   */
  readonly buckets?: Readonly<Record<string, number>>;

  /**
   * Its services: how many tasks run at least, in how many zones, and whether a release is blue/green.
   * @default - none
   */
  readonly services?: { readonly minTasks: number; readonly zones: number; readonly blueGreen: boolean };

  /**
   * Its choices about recovery.
   * @default - no second region
   */
  readonly recovery?: RecoverySettings;
}

/** What of a database decides how it comes back. */
export interface RecoverableDatabase {
  /** Engine family. */
  readonly kind: "rds" | "aurora";

  /** Whether another instance stands by in another zone: Multi-AZ of RDS, a reader of Aurora. */
  readonly standby: boolean;

  /** How many days back it can be restored to any moment. */
  readonly backupRetentionDays: number;
}

const SOURCES = {
  rdsFailover: "Amazon RDS user guide, failing over a Multi-AZ DB instance",
  rdsRestore: "Amazon RDS user guide, restoring a DB instance to a specified time",
  auroraFailover: "Amazon Aurora user guide, fault tolerance for an Aurora DB cluster",
  auroraRestore: "Amazon Aurora user guide, restoring a DB cluster to a specified time",
  auroraGlobal: "Amazon Aurora user guide, disaster recovery of an Aurora global database",
  backup: "AWS Backup developer guide, creating backup copies across AWS Regions",
  s3: "Amazon S3 user guide, data protection",
  versions: "Amazon S3 user guide, restoring previous versions",
  replication: "Amazon S3 user guide, replicating objects within and across Regions",
  ecs: "Amazon ECS developer guide, service definition and availability zone rebalancing",
  release: "Amazon ECS developer guide, deployment circuit breaker and blue/green deployments",
  none: "nothing is kept elsewhere",
} as const;

/** Terraform makes the environment anew where a region is lost; how long that takes only a rehearsal tells. */
const REBUILD = "hours: rebuild with Terraform, rehearse it";
/** AWS promises no time for a restore. */
const RESTORE = "minutes to hours, by size: rehearse it";

/** What every component of an environment promises, loss by loss; read the sources in 2026-11. */
export function recoveryObjectives(environment: RecoverableEnvironment): RecoveryObjective[] {
  const { database, buckets = {}, services, recovery } = environment;
  return [
    ...(database === undefined ? [] : databaseObjectives(database, recovery)),
    ...Object.entries(buckets).flatMap(([name, days]) =>
      bucketObjectives(name, days, recovery?.buckets?.includes(name) === true),
    ),
    ...(services === undefined ? [] : serviceObjectives(services)),
  ];
}

function databaseObjectives(database: RecoverableDatabase, recovery?: RecoverySettings): RecoveryObjective[] {
  const component = "Database";
  const { kind, standby, backupRetentionDays } = database;
  const restore = kind === "aurora" ? SOURCES.auroraRestore : SOURCES.rdsRestore;
  return [
    { component, loss: "zone", ...zoneOf(kind, standby) },
    {
      component,
      loss: "data",
      rpo: "5 min",
      rto: RESTORE,
      strategy: `restore to any moment of the last ${backupRetentionDays} days`,
      source: restore,
    },
    { component, loss: "region", ...regionOf(kind, recovery) },
  ];
}

type Means = Omit<RecoveryObjective, "component" | "loss">;

function zoneOf(kind: RecoverableDatabase["kind"], standby: boolean): Means {
  if (kind === "aurora") {
    return standby
      ? { rpo: "0", rto: "1 min", strategy: "failover to a reader in another zone", source: SOURCES.auroraFailover }
      : {
          rpo: "0",
          rto: "10 min",
          strategy: "Aurora makes a new writer; its storage is in three zones",
          source: SOURCES.auroraFailover,
        };
  }
  return standby
    ? { rpo: "0", rto: "2 min", strategy: "failover to the standby in another zone", source: SOURCES.rdsFailover }
    : { rpo: "5 min", rto: RESTORE, strategy: "restore into another zone", source: SOURCES.rdsRestore };
}

function regionOf(kind: RecoverableDatabase["kind"], recovery?: RecoverySettings): Means {
  if (kind === "aurora" && recovery?.databaseReplica === true) {
    return {
      rpo: "1 s",
      rto: "minutes: fail over to the second region by hand",
      strategy: `Aurora global database, replica in ${recovery.region}`,
      source: SOURCES.auroraGlobal,
    };
  }
  if (recovery?.backup !== undefined) {
    const { schedule, copyRetentionDays } = backupOf(recovery.backup);
    return {
      rpo: `since the last backup, ${schedule}`,
      rto: REBUILD,
      strategy: `restore the copy in ${recovery.region}, kept for ${copyRetentionDays} days`,
      source: SOURCES.backup,
    };
  }
  return lost();
}

function bucketObjectives(name: string, versionDays: number, replicated: boolean): RecoveryObjective[] {
  const component = `Bucket ${name}`;
  const versions: Means =
    versionDays > 0
      ? {
          rpo: "0",
          rto: "as long as it takes to copy former versions back",
          strategy: `former versions, kept for ${versionDays} days`,
          source: SOURCES.versions,
        }
      : { rpo: "everything", rto: "never", strategy: "none: the bucket keeps no versions", source: SOURCES.versions };
  const elsewhere: Means = replicated
    ? {
        rpo: "15 min",
        rto: "an apply that points the application at the replica",
        strategy: "cross-region replication of what is written",
        source: SOURCES.replication,
      }
    : lost();
  return [
    { component, loss: "zone", rpo: "0", rto: "0", strategy: "S3 keeps objects in three zones", source: SOURCES.s3 },
    { component, loss: "data", ...versions },
    { component, loss: "region", ...elsewhere },
  ];
}

function serviceObjectives(services: NonNullable<RecoverableEnvironment["services"]>): RecoveryObjective[] {
  const component = "Application";
  const { minTasks, zones, blueGreen } = services;
  const spread = minTasks >= 2 && zones >= 2;
  return [
    {
      component,
      loss: "zone",
      rpo: "0",
      rto: spread ? "1 min" : "5 min",
      strategy: spread
        ? `${minTasks} tasks or more in ${zones} zones; the load balancer leaves the lost ones out`
        : "ECS starts the task anew in another zone",
      source: SOURCES.ecs,
    },
    {
      component,
      loss: "data",
      rpo: "0",
      rto: blueGreen ? "1 min" : "5 min",
      strategy: blueGreen
        ? "blue/green: requests go back to the former tasks"
        : "a release that does not start is rolled back",
      source: SOURCES.release,
    },
    {
      component,
      loss: "region",
      rpo: "0",
      rto: REBUILD,
      strategy: "the same environment with another region",
      source: SOURCES.none,
    },
  ];
}

function lost(): Means {
  return { rpo: "everything", rto: "never", strategy: "none: there is no copy elsewhere", source: SOURCES.none };
}
