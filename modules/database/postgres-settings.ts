import { isUnresolved } from "../validation";
import type { DatabaseParameter } from "./database-checks";
import {
  databaseInstanceProblems,
  instanceParameters,
  type DatabaseEngine,
  type DatabaseInstanceSettings,
} from "./database-instance-settings";

/** The logs RDS PostgreSQL can send to CloudWatch. */
export const POSTGRES_LOGS = ["postgresql", "upgrade"] as const;

/** Major versions in standard support at RDS; older ones are billed as extended support. Source: RDS release calendar, read in 2026-11. */
const POSTGRES_MAJOR_VERSIONS = ["14", "15", "16", "17", "18"] as const;

/** What an environment chooses about its PostgreSQL database. */
export interface PostgresSettings extends DatabaseInstanceSettings {
  /**
   * Major version, 14 to 18, or a full one such as `16.4`. RDS installs minor versions by itself, so a full version has to be
   * raised here afterwards; give the major alone unless a restore needs the exact one.
   * @default "16"
   */
  readonly version?: string;

  /**
   * Which logs go to CloudWatch; an empty list keeps them in the instance, for three days.
   * @default ["postgresql", "upgrade"]
   */
  readonly logExports?: ReadonlyArray<(typeof POSTGRES_LOGS)[number]>;

  /**
   * Database parameters beside `rds.force_ssl = 1`, which is always set.
   * @default - `log_statement = ddl` and `log_min_duration_statement = 1000` (milliseconds), unless set here by the same name
   */
  readonly parameters?: readonly DatabaseParameter[];

  /**
   * Name of the administrator. Changing it replaces the instance.
   * @default "postgres", or that of the backup with `restore`
   */
  readonly masterUsername?: string;
}

/** PostgreSQL as RDS has it. */
export const POSTGRES: DatabaseEngine = {
  scheme: "postgres",
  engine: "postgres",
  label: "PostgreSQL",
  port: 5432,
  versionSpelling: {
    pattern: new RegExp(`^(?:${POSTGRES_MAJOR_VERSIONS.join("|")})(?:\\.\\d{1,2})?$`),
    allowed: `PostgreSQL ${POSTGRES_MAJOR_VERSIONS.join(", ")}, or a full version of these such as 16.4`,
  },
  version: "16",
  masterUsername: "postgres",
  logs: POSTGRES_LOGS,
  forcedParameter: { name: "rds.force_ssl", value: "1" },
  defaultParameters: [
    { name: "log_statement", value: "ddl" },
    { name: "log_min_duration_statement", value: "1000" },
  ],
  parameterExample: "a PostgreSQL parameter such as log_min_duration_statement",
  databaseNameSpelling: {
    pattern: /^[a-zA-Z_]\w{0,62}$/,
    allowed: "1 to 63 letters, digits and underscores, not led by a digit",
  },
  masterUsernameSpelling: {
    pattern: /^(?!rdsadmin$)[a-zA-Z_]\w{0,62}$/,
    allowed: "1 to 63 letters, digits and underscores, not led by a digit, and not rdsadmin",
  },
  majorVersionOf,
};

/** What is wrong with the settings, one sentence each. */
export function postgresProblems(settings: PostgresSettings): Array<string | undefined> {
  return databaseInstanceProblems(POSTGRES, settings);
}

/** The major part of a version. */
export function majorVersionOf(version: string): string {
  return isUnresolved(version) ? version : (version.split(".")[0] ?? version);
}

/** Every parameter of the database's parameter group: the forced one, the defaults and the chosen ones, which win over defaults. */
export function parametersOf(settings: PostgresSettings): Array<Required<DatabaseParameter>> {
  return instanceParameters(POSTGRES, settings);
}
