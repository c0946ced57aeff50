import { isUnresolved, notMatching, notOneOf, outOfRange, within } from "../validation";
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

/** What an environment chooses about a database on RDS, whatever its engine. */
export interface DatabaseInstanceSettings extends OperationSettings {
  /**
   * Major version, or a full one of it. RDS installs minor versions by itself, so a full version has to be raised here afterwards; give the
   * major alone unless a restore needs the exact one.
   * @default - that of the engine
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
   * Which logs go to CloudWatch; an empty list keeps them in the instance, for three days.
   * @default - all that the engine has
   */
  readonly logExports?: readonly string[];

  /**
   * Database parameters beside the one that requires TLS, which is always set.
   * @default - those of the engine, unless set here by the same name
   */
  readonly parameters?: readonly DatabaseParameter[];

  /**
   * How many read replicas, 0 to 15, each priced as a database without standby. RDS makes none of a database whose password it manages: with
   * replicas, the password is a secret made by Terraform, without rotation, and in another secret than before.
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
   * Name of the first database. Changing it replaces the instance.
   * @default "app", or that of the backup with `restore`
   */
  readonly databaseName?: string;

  /**
   * Name of the administrator. Changing it replaces the instance.
   * @default - that of the engine, or that of the backup with `restore`
   */
  readonly masterUsername?: string;

  /**
   * Starts from a backup instead of empty. Decided when the instance is made: leave it in place afterwards, for adding, changing
   * or removing it replaces the instance. The backup has to be encrypted, as RDS does not encrypt while it restores.
   * @default - an empty database
   */
  readonly restore?: DatabaseRestore;
}

/** Where a database starts from. */
export type DatabaseRestore =
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

/** What differs from one engine of RDS to the other. */
export interface DatabaseEngine {
  /** First part of a connection string. */
  readonly scheme: "postgres" | "mysql";

  /** As RDS calls it. */
  readonly engine: string;

  /** As people call it. */
  readonly label: string;

  /** Port of the database and its replicas. */
  readonly port: number;

  /** What a version may be. */
  readonly versionSpelling: Spelling;

  /** The version unless another is chosen. */
  readonly version: string;

  /** The administrator's name unless another is chosen. */
  readonly masterUsername: string;

  /** The logs the engine can send to CloudWatch. */
  readonly logs: readonly string[];

  /** The parameter that requires TLS. */
  readonly forcedParameter: DatabaseParameter;

  /** Parameters unless others are chosen. */
  readonly defaultParameters: readonly DatabaseParameter[];

  /** How a parameter of this engine looks, for the error. */
  readonly parameterExample: string;

  /** What the name of the first database may be. */
  readonly databaseNameSpelling: Spelling;

  /** What the administrator's name may be. */
  readonly masterUsernameSpelling: Spelling;

  /** The major part of a version, as the family of parameter groups has it. */
  readonly majorVersionOf: (version: string) => string;
}

const MAX_STORAGE_GIB = 65_536; // gp3 on RDS for PostgreSQL and MySQL
const IDENTIFIER = /^[a-z](?:-?[a-z0-9]){0,62}$/;
const SNAPSHOT = /^(?:arn:aws:rds:[a-z0-9-]+:\d{12}:snapshot:)?(?:rds:|awsbackup:)?[a-zA-Z](?:-?[a-zA-Z0-9]){0,254}$/;

/** What is wrong with the settings of a database with this engine, one sentence each. */
export function databaseInstanceProblems(
  engine: DatabaseEngine,
  settings: DatabaseInstanceSettings,
): Array<string | undefined> {
  const { restore, version, instanceClass, readReplicas, readReplicaInstanceClass } = settings;
  const { databaseName, masterUsername, logExports = [], parameters = [] } = settings;
  return [
    notMatching("version", version, engine.versionSpelling.pattern, engine.versionSpelling.allowed),
    notMatching("instanceClass", instanceClass, INSTANCE_CLASS.pattern, INSTANCE_CLASS.allowed),
    outOfRange("storageGiB", settings.storageGiB, 20, MAX_STORAGE_GIB),
    maxStorageProblem(settings),
    ...backupProblems(settings),
    ...monitoringProblems(settings, logExports, engine.logs),
    ...parameterProblems("parameters", parameters, engine.forcedParameter, engine.parameterExample),
    outOfRange("readReplicas", readReplicas, 0, 15),
    notMatching("readReplicaInstanceClass", readReplicaInstanceClass, INSTANCE_CLASS.pattern, INSTANCE_CLASS.allowed),
    notMatching("databaseName", databaseName, engine.databaseNameSpelling.pattern, engine.databaseNameSpelling.allowed),
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
          ...namesInBackup(settings, hasGivenPassword(settings) ? { because: "readReplicas" } : undefined),
        ]),
  ];
}

/**
 * Whether Terraform gives the administrator's password, as RDS makes no read replica of a database whose password it manages itself.
 * Source: RDS user guide, limitations of the Secrets Manager integration, read in 2026-11.
 */
export function hasGivenPassword({ readReplicas = 0 }: DatabaseInstanceSettings): boolean {
  return readReplicas > 0;
}

/** The size up to which the disk may grow, 0 for never. */
export function maxStorageOf({ storageGiB = 20, maxStorageGiB }: DatabaseInstanceSettings): number {
  if (maxStorageGiB !== undefined) return maxStorageGiB;
  if (isUnresolved(storageGiB) || leastMaxStorage(storageGiB) > MAX_STORAGE_GIB) return 0;
  return Math.min(2 * storageGiB, MAX_STORAGE_GIB);
}

/** Every parameter of the database's parameter group: the forced one, the defaults and the chosen ones, which win over defaults. */
export function instanceParameters(
  engine: DatabaseEngine,
  { parameters = [] }: DatabaseInstanceSettings,
): Array<Required<DatabaseParameter>> {
  return mergedParameters([engine.forcedParameter], engine.defaultParameters, parameters);
}

/** RDS wants the limit at least 10 % above the allocated size; in whole numbers, since 20 * 1.1 is more than 22 to a computer. */
function leastMaxStorage(storageGiB: number): number {
  return Math.ceil((storageGiB * 11) / 10);
}

function maxStorageProblem({ storageGiB = 20, maxStorageGiB }: DatabaseInstanceSettings): string | undefined {
  if (maxStorageGiB === 0 || isUnresolved(storageGiB) || !Number.isInteger(storageGiB)) return undefined;
  const least = leastMaxStorage(storageGiB);
  const problem = outOfRange("maxStorageGiB", maxStorageGiB, least, Math.max(least, MAX_STORAGE_GIB));
  return problem && `${problem}; it is 10 % above storageGiB or more, and 0 switches storage autoscaling off`;
}

function restoreProblems(restore: DatabaseRestore): Array<string | undefined> {
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
    momentProblem(restore.time),
  ];
}
