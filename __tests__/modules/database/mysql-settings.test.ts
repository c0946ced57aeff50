import { instanceParameters } from "../../../modules/database/database-instance-settings";
import {
  hasPerformanceInsights,
  MYSQL,
  mysqlProblems,
  type MysqlSettings,
} from "../../../modules/database/mysql-settings";

const problems = (settings: MysqlSettings) => mysqlProblems(settings).filter((problem) => problem !== undefined);
const stringToken = "${TfToken[TOKEN.1]}";

describe("mysqlProblems", () => {
  test.each<MysqlSettings>([
    {},
    { version: "8.0" },
    { version: "8.0.40" },
    { version: "8.4.5" },
    { version: stringToken, instanceClass: stringToken, performanceInsights: true },
    { logExports: [] },
    { databaseName: "a", masterUsername: "a" },
    { databaseName: "a".repeat(64), masterUsername: "a".repeat(16) },
    { performanceInsights: true, instanceClass: "db.t4g.medium", readReplicas: 1 },
    { performanceInsights: false, instanceClass: "db.t3.micro" },
    { parameters: [{ name: "max_connections", value: "50" }] },
    { restore: { kind: "snapshot", snapshotIdentifier: "acme" } },
  ])("passes %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[MysqlSettings, string]>([
    [{ version: "5.7" }, 'version must be MySQL 8.0, 8.4, or a full version of these such as 8.4.5, got "5.7"'],
    [{ version: "8" }, 'version must be MySQL 8.0, 8.4, or a full version of these such as 8.4.5, got "8"'],
    [{ databaseName: "_a" }, 'databaseName must be 1 to 64 letters, digits and underscores, led by a letter, got "_a"'],
    [
      { databaseName: "a".repeat(65) },
      `databaseName must be 1 to 64 letters, digits and underscores, led by a letter, got "${"a".repeat(65)}"`,
    ],
    [
      { masterUsername: "a".repeat(17) },
      `masterUsername must be 1 to 16 letters, digits and underscores, led by a letter, and not rdsadmin, got "${"a".repeat(17)}"`,
    ],
    [
      { masterUsername: "rdsadmin" },
      'masterUsername must be 1 to 16 letters, digits and underscores, led by a letter, and not rdsadmin, got "rdsadmin"',
    ],
    [
      { parameters: [{ name: "require_secure_transport", value: "0" }] },
      'parameters[0].name must be other than require_secure_transport, which is always 1, got "require_secure_transport"',
    ],
    [
      { parameters: [{ name: "Long", value: "0" }] },
      'parameters[0].name must be a MySQL parameter such as long_query_time, got "Long"',
    ],
    [
      { performanceInsights: true },
      "performanceInsights must be false with db.t4g.micro, got true; MySQL has it in larger classes only",
    ],
    [
      { performanceInsights: true, instanceClass: "db.m7g.large", readReplicaInstanceClass: "db.t3.small" },
      "performanceInsights must be false with db.t3.small, got true; MySQL has it in larger classes only",
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test("fails on a log the types would not let through", () => {
    expect(problems(JSON.parse('{"logExports":["general"]}') as MysqlSettings)).toEqual([
      'logExports must be one of error, slowquery, got "general"',
    ]);
  });
});

describe("hasPerformanceInsights", () => {
  test.each<[MysqlSettings, boolean]>([
    [{}, false],
    [{ instanceClass: "db.t3.small" }, false],
    [{ instanceClass: "db.t4g.medium" }, true],
    [{ instanceClass: "db.m7g.large", readReplicaInstanceClass: "db.t4g.micro" }, false],
    [{ instanceClass: "db.m7g.large", performanceInsights: false }, false],
    [{ instanceClass: stringToken }, true],
  ])("of %j is %s", (settings, expected) => {
    expect(hasPerformanceInsights(settings)).toBe(expected);
  });
});

describe("MYSQL", () => {
  test("requires TLS, speaks utf8mb4 and logs slow statements to a file", () => {
    expect(instanceParameters(MYSQL, {})).toEqual([
      { name: "require_secure_transport", value: "1", applyMethod: "immediate" },
      { name: "character_set_server", value: "utf8mb4", applyMethod: "immediate" },
      { name: "collation_server", value: "utf8mb4_0900_ai_ci", applyMethod: "immediate" },
      { name: "slow_query_log", value: "1", applyMethod: "immediate" },
      { name: "long_query_time", value: "1", applyMethod: "immediate" },
      { name: "log_output", value: "FILE", applyMethod: "immediate" },
    ]);
  });

  test.each([
    ["8.4", "8.4"],
    ["8.0.40", "8.0"],
    [stringToken, stringToken],
  ])("has the major version of %s as %s", (version, expected) => {
    expect(MYSQL.majorVersionOf(version)).toBe(expected);
  });
});
