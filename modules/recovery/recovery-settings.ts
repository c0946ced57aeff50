import { isUnresolved, notMatching, outOfRange, shown, within } from "../validation";

/** What an environment chooses about the loss of its data or its region. */
export interface RecoverySettings {
  /** The second region, where copies are kept; other than the environment's own. */
  readonly region: string;

  /**
   * Backups by AWS Backup, each copied to the second region. They are besides those a database makes of itself, and outlive it.
   * @default - none
   */
  readonly backup?: BackupSettings;

  /**
   * Whether the database has a replica in the second region, which costs as much as another database. Aurora only.
   * @default false
   */
  readonly databaseReplica?: boolean;

  /**
   * Buckets, by name, whose objects are copied to the second region as they are written. They must keep versions.
   * @default - none
   */
  readonly buckets?: readonly string[];
}

/** What an environment chooses about its backups. */
export interface BackupSettings {
  /**
   * When backups are made, in UTC, as `cron(minute hour day month weekday year)`. Not in the hour before, or during, the database's own
   * backup or maintenance.
   * @default "cron(30 5 * * ? *)"
   */
  readonly schedule?: string;

  /**
   * How many days a backup is kept, 1 to 3650.
   * @default 7
   */
  readonly retentionDays?: number;

  /**
   * How many days its copy in the second region is kept, 1 to 3650.
   * @default - as many as the backup
   */
  readonly copyRetentionDays?: number;

  /**
   * How many days nobody can delete a backup, except those who may change the lock, 1 to 3650 (governance mode); at most as many as each
   * is kept.
   * @default - no lock; the vault's policy forbids deletion where nothing may be destroyed
   */
  readonly lockDays?: number;
}

/** The settings of backups with their defaults. */
export function backupOf(settings: BackupSettings): Required<Omit<BackupSettings, "lockDays">> {
  const { schedule = "cron(30 5 * * ? *)", retentionDays = 7, copyRetentionDays = retentionDays } = settings;
  return { schedule, retentionDays, copyRetentionDays };
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const FIELD = "[A-Z0-9*?/,#-]+";
const CRON = new RegExp(`^cron\\(${Array.from({ length: 6 }, () => FIELD).join(" ")}\\)$`);
const MAX_DAYS = 3650;

/** Everything wrong with what an environment chooses about recovery; `homeRegion` is where it runs. */
export function recoveryProblems(settings: RecoverySettings, homeRegion: string): Array<string | undefined> {
  const { region, backup, buckets = [] } = settings;
  return [
    notMatching("region", region, REGION, "an AWS region"),
    region === homeRegion
      ? `region must be another than the environment's own, got ${shown(region)}; copies in one region are lost with it`
      : undefined,
    ...(backup === undefined ? [] : within("backup", backupProblems(backup))),
    ...buckets.map((name, index) =>
      buckets.indexOf(name) === index ? undefined : `buckets must be without repetition, got ${shown(name)} twice`,
    ),
  ];
}

/** Everything wrong with the settings of backups. */
export function backupProblems(settings: BackupSettings): Array<string | undefined> {
  const { lockDays } = settings;
  const { schedule, retentionDays, copyRetentionDays } = backupOf(settings);
  return [
    notMatching("schedule", schedule, CRON, "cron(minute hour day month weekday year)"),
    outOfRange("retentionDays", retentionDays, 1, MAX_DAYS),
    outOfRange("copyRetentionDays", settings.copyRetentionDays, 1, MAX_DAYS),
    outOfRange("lockDays", lockDays, 1, MAX_DAYS),
    ...Object.entries({ retentionDays, copyRetentionDays }).map(([name, days]) =>
      lockDays !== undefined && !isUnresolved(days) && !isUnresolved(lockDays) && lockDays > days
        ? `lockDays must be at most ${name}, ${days}, got ${lockDays}; a locked vault takes no backup that ends earlier`
        : undefined,
    ),
  ];
}
