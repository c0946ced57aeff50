import { isUnresolved } from "../validation";
import type { DatabaseParameter } from "./database-checks";
import {
  databaseInstanceProblems,
  type DatabaseEngine,
  type DatabaseInstanceSettings,
} from "./database-instance-settings";

/**
 * The logs RDS MySQL sends to CloudWatch. Left out are `general`, which would hold every statement with its values, and `audit`, which needs
 * an option group.
 */
export const MYSQL_LOGS = ["error", "slowquery"] as const;

/** What an environment chooses about its MySQL database. */
export interface MysqlSettings extends DatabaseInstanceSettings {
  /**
   * Major version, 8.0 or 8.4, or a full one such as `8.4.5`. 8.0 has been billed as extended support since 2026-08. RDS installs minor
   * versions by itself, so a full version has to be raised here afterwards; give the major alone unless a restore needs the exact one.
   * @default "8.4"
   */
  readonly version?: string;

  /**
   * Whether Performance Insights records which statements the database waits for. MySQL has it from `db.t4g.medium` up.
   * @default - true, but for micro and small classes
   */
  readonly performanceInsights?: boolean;

  /**
   * Which logs go to CloudWatch; an empty list keeps them in the instance, for a day or less.
   * @default ["error", "slowquery"]
   */
  readonly logExports?: ReadonlyArray<(typeof MYSQL_LOGS)[number]>;

  /**
   * Database parameters beside `require_secure_transport = 1`, which is always set.
   * @default - utf8mb4 everywhere, and statements slower than a second in the slow query log, unless set here by the same name
   */
  readonly parameters?: readonly DatabaseParameter[];

  /**
   * Name of the administrator, at most 16 characters. Changing it replaces the instance.
   * @default "admin", or that of the backup with `restore`
   */
  readonly masterUsername?: string;
}

/** MySQL as RDS has it. Source of the names' limits: RDS API reference, CreateDBInstance, read in 2026-11. */
export const MYSQL: DatabaseEngine = {
  scheme: "mysql",
  engine: "mysql",
  label: "MySQL",
  port: 3306,
  versionSpelling: {
    pattern: /^8\.[04](?:\.\d{1,2})?$/,
    allowed: "MySQL 8.0, 8.4, or a full version of these such as 8.4.5",
  },
  version: "8.4",
  masterUsername: "admin",
  logs: MYSQL_LOGS,
  forcedParameter: { name: "require_secure_transport", value: "1" },
  defaultParameters: [
    { name: "character_set_server", value: "utf8mb4" },
    { name: "collation_server", value: "utf8mb4_0900_ai_ci" },
    { name: "slow_query_log", value: "1" },
    { name: "long_query_time", value: "1" },
    { name: "log_output", value: "FILE" }, // a log in a table cannot go to CloudWatch
  ],
  parameterExample: "a MySQL parameter such as long_query_time",
  databaseNameSpelling: {
    pattern: /^[a-zA-Z]\w{0,63}$/,
    allowed: "1 to 64 letters, digits and underscores, led by a letter",
  },
  masterUsernameSpelling: {
    pattern: /^(?!rdsadmin$)[a-zA-Z]\w{0,15}$/,
    allowed: "1 to 16 letters, digits and underscores, led by a letter, and not rdsadmin",
  },
  majorVersionOf: (version) => (isUnresolved(version) ? version : version.split(".").slice(0, 2).join(".")),
};

/** Classes too small for Performance Insights with MySQL. Source: RDS user guide, support for Performance Insights, read in 2026-11. */
const TOO_SMALL_FOR_INSIGHTS = /\.(?:micro|small)$/;

/** What is wrong with the settings, one sentence each. */
export function mysqlProblems(settings: MysqlSettings): Array<string | undefined> {
  const { performanceInsights, instanceClass = "db.t4g.micro", readReplicaInstanceClass } = settings;
  const small = [instanceClass, readReplicaInstanceClass].find((name) => isTooSmall(name));
  return [
    ...databaseInstanceProblems(MYSQL, settings),
    performanceInsights === true && small !== undefined
      ? `performanceInsights must be false with ${small}, got true; MySQL has it in larger classes only`
      : undefined,
  ];
}

/** Whether Performance Insights is on: as chosen, or wherever MySQL has it. */
export function hasPerformanceInsights(settings: MysqlSettings): boolean {
  const { performanceInsights, instanceClass = "db.t4g.micro", readReplicaInstanceClass } = settings;
  return performanceInsights ?? !(isTooSmall(instanceClass) || isTooSmall(readReplicaInstanceClass));
}

function isTooSmall(instanceClass: string | undefined): boolean {
  return instanceClass !== undefined && !isUnresolved(instanceClass) && TOO_SMALL_FOR_INSIGHTS.test(instanceClass);
}
