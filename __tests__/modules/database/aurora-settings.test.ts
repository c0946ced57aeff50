import {
  auroraFamily,
  auroraInstanceClass,
  auroraProblems,
  auroraStandbyProblems,
  clusterInstanceParameters,
  clusterParameters,
  hasPerformanceInsights,
  type AuroraSettings,
  type AuroraStandbySettings,
} from "../../../modules/database/aurora-settings";

type Chosen = Partial<AuroraSettings>;

const postgres = (settings: Chosen = {}): AuroraSettings => ({ engine: "aurora-postgresql", ...settings });
const mysql = (settings: Chosen = {}): AuroraSettings => ({ ...settings, engine: "aurora-mysql" });
const problems = (settings: AuroraSettings) => auroraProblems(settings).filter((problem) => problem !== undefined);
const stringToken = "${TfToken[TOKEN.1]}";
const numberToken = -1.8881545897087626e289;
const large = { instanceClass: "db.r6g.large" };

describe("auroraProblems", () => {
  test.each<AuroraSettings>([
    postgres(),
    mysql(),
    postgres({ version: "15" }),
    postgres({ version: "17.2" }),
    mysql({ version: "8.0" }),
    mysql({ version: "8.0.mysql_aurora.3.08.2" }),
    postgres({ version: stringToken, ...large }),
    postgres({ serverless: { minAcu: 0, maxAcu: 1, pauseAfterSeconds: 300 } }),
    postgres({ serverless: { minAcu: 0.5, maxAcu: 256 } }),
    postgres({ serverless: { minAcu: numberToken, maxAcu: numberToken } }),
    postgres({ readers: { min: 0 } }),
    postgres({
      readers: { min: 1, max: 15, cpuPercent: 10, scaleInCooldownSeconds: 0, scaleOutCooldownSeconds: 3600 },
    }),
    postgres({ readers: { min: 15, max: 15, cpuPercent: 90 } }),
    postgres({ readers: { min: numberToken, max: 3 } }),
    postgres({ storageType: "io-optimized" }),
    postgres({ logExports: ["postgresql"] }),
    mysql({ logExports: ["error", "slowquery", "audit"] }),
    postgres({ databaseName: "a".repeat(63), masterUsername: "a".repeat(16) }),
    mysql({ databaseName: "a".repeat(64) }),
    mysql({ performanceInsights: true, ...large }),
    postgres({ performanceInsights: true }),
    postgres({ restore: { kind: "snapshot", snapshotIdentifier: "rds:acme-2026-11-20-02-05" } }),
    postgres({
      restore: { kind: "snapshot", snapshotIdentifier: "awsbackup:copyjob-1f0e4a52-9d3c-4b7e-8a21-0c5d6e7f8a9b" },
    }),
    postgres({
      restore: {
        kind: "snapshot",
        snapshotIdentifier: "arn:aws:rds:eu-west-3:123456789012:cluster-snapshot:acme",
      },
    }),
    postgres({ restore: { kind: "point-in-time", sourceClusterIdentifier: "acme-prod-db", time: "latest" } }),
    postgres({ globalDatabase: true, ...large }),
    postgres({ globalDatabase: true, serverless: { minAcu: 8, maxAcu: 16 } }),
    postgres({
      globalDatabase: true,
      ...large,
      restore: { kind: "snapshot", snapshotIdentifier: "acme" },
      masterUsername: "owner",
    }),
  ])("passes %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[AuroraSettings, string]>([
    [
      postgres({ version: "14" }),
      'version must be PostgreSQL 15, 16, 17, or a full version of these such as 16.4, got "14"',
    ],
    [
      mysql({ version: "8.4" }),
      'version must be MySQL 8.0, or a full version of it such as 8.0.mysql_aurora.3.08.2, got "8.4"',
    ],
    [
      postgres({ instanceClass: "db.serverless" }),
      'instanceClass must be an RDS instance class such as db.t4g.micro, got "db.serverless"',
    ],
    [
      postgres({ ...large, serverless: { minAcu: 1, maxAcu: 2 } }),
      'instanceClass must be left out with serverless, got "db.r6g.large"',
    ],
    [
      postgres({ serverless: { minAcu: 0.3, maxAcu: 2 } }),
      "serverless.minAcu must be 0 to 256 in steps of 0.5, got 0.3",
    ],
    [
      postgres({ serverless: { minAcu: 0, maxAcu: 0.5 } }),
      "serverless.maxAcu must be 1 to 256 in steps of 0.5, got 0.5",
    ],
    [
      postgres({ serverless: { minAcu: 1, maxAcu: 256.5 } }),
      "serverless.maxAcu must be 1 to 256 in steps of 0.5, got 256.5",
    ],
    [postgres({ serverless: { minAcu: 4, maxAcu: 2 } }), "serverless.minAcu must be at most maxAcu, got 4 and 2"],
    [
      postgres({ serverless: { minAcu: 0, maxAcu: 2, pauseAfterSeconds: 299 } }),
      "serverless.pauseAfterSeconds must be a whole number from 300 to 86400, got 299",
    ],
    [
      postgres({ serverless: { minAcu: 1, maxAcu: 2, pauseAfterSeconds: 300 } }),
      "serverless.pauseAfterSeconds must be left out unless minAcu is 0, got 300",
    ],
    [postgres({ readers: { min: -1 } }), "readers.min must be a whole number from 0 to 15, got -1"],
    [
      postgres({ readers: { min: 0, max: 1 } }),
      "readers.min must be 1 or more with a larger max, got 0; scaling needs a reader to measure",
    ],
    [postgres({ readers: { min: 2, max: 1 } }), "readers.max must be a whole number from 2 to 15, got 1"],
    [postgres({ readers: { min: 1, max: 16 } }), "readers.max must be a whole number from 1 to 15, got 16"],
    [
      postgres({ readers: { min: 1, cpuPercent: 9 } }),
      "readers.cpuPercent must be a whole number from 10 to 90, got 9",
    ],
    [
      postgres({ readers: { min: 1, cpuPercent: 91 } }),
      "readers.cpuPercent must be a whole number from 10 to 90, got 91",
    ],
    [
      postgres({ readers: { min: 1, scaleInCooldownSeconds: 3601 } }),
      "readers.scaleInCooldownSeconds must be a whole number from 0 to 3600, got 3601",
    ],
    [
      postgres({ readers: { min: 1, scaleOutCooldownSeconds: -1 } }),
      "readers.scaleOutCooldownSeconds must be a whole number from 0 to 3600, got -1",
    ],
    [postgres({ backupRetentionDays: 0 }), "backupRetentionDays must be a whole number from 1 to 35, got 0"],
    [
      postgres({ backupWindow: "03:30-04:30" }),
      'backupWindow must be outside maintenanceWindow, got "03:30-04:30" and "sun:03:30-sun:04:30"',
    ],
    [
      postgres({ monitoringIntervalSeconds: 7 }),
      "monitoringIntervalSeconds must be one of 0, 1, 5, 10, 15, 30, 60, got 7",
    ],
    [postgres({ logExports: ["audit"] }), 'logExports must be one of postgresql, got "audit"'],
    [mysql({ logExports: ["error", "error"] }), 'logExports must be without repetition, got "error" twice'],
    [
      mysql({ performanceInsights: true }),
      "performanceInsights must be false with db.t4g.medium, got true; Aurora MySQL has it in larger classes only",
    ],
    [
      postgres({ parameters: [{ name: "rds.force_ssl", value: "0" }] }),
      'parameters[0].name must be other than rds.force_ssl, which is always 1, got "rds.force_ssl"',
    ],
    [
      mysql({ instanceParameters: [{ name: "require_secure_transport", value: "OFF" }] }),
      'instanceParameters[0].name must be other than require_secure_transport, which is always ON, got "require_secure_transport"',
    ],
    [
      postgres({ databaseName: "_a" }),
      'databaseName must be 1 to 63 letters, digits and underscores, led by a letter, got "_a"',
    ],
    [
      postgres({ masterUsername: "a".repeat(17) }),
      `masterUsername must be 1 to 16 letters, digits and underscores, led by a letter, and not rdsadmin, got "${"a".repeat(17)}"`,
    ],
    [
      postgres({ restore: { kind: "snapshot", snapshotIdentifier: "no such" } }),
      'restore.snapshotIdentifier must be the name or ARN of an Aurora cluster snapshot, got "no such"',
    ],
    [
      postgres({ restore: { kind: "point-in-time", sourceClusterIdentifier: "No", time: "latest" } }),
      'restore.sourceClusterIdentifier must be the name of an Aurora cluster, got "No"',
    ],
    [
      postgres({ restore: { kind: "point-in-time", sourceClusterIdentifier: "acme", time: "now" } }),
      'restore.time must be a second in UTC such as 2026-11-20T13:45:00Z, or "latest", got "now"',
    ],
    [
      postgres({ restore: { kind: "snapshot", snapshotIdentifier: "a" }, databaseName: "app" }),
      'databaseName must be left out with restore, which takes it from the backup, got "app"',
    ],
    [
      postgres({ restore: { kind: "snapshot", snapshotIdentifier: "a" }, masterUsername: "me" }),
      'masterUsername must be left out with restore, which takes it from the backup, got "me"',
    ],
    [
      postgres({ restore: { kind: "snapshot", snapshotIdentifier: "a" }, globalDatabase: true, ...large }),
      "masterUsername must be the one in the backup with restore and globalDatabase, got none; the secret of the administrator names it",
    ],
    [
      postgres({ globalDatabase: true }),
      'instanceClass must be other than a T class in a global database, got "db.t4g.medium"; the smallest are db.serverless and db.r6g.large',
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test("fails on values the types would not let through", () => {
    expect(problems(JSON.parse('{"engine":"postgres"}') as AuroraSettings)).toEqual([
      'engine must be one of aurora-postgresql, aurora-mysql, got "postgres"',
    ]);
    expect(problems(JSON.parse('{"engine":"aurora-mysql","storageType":"gp3"}') as AuroraSettings)).toEqual([
      'storageType must be one of standard, io-optimized, got "gp3"',
    ]);
  });
});

describe("auroraStandbyProblems", () => {
  const found = (standby: AuroraStandbySettings, primary: Chosen = large) =>
    auroraStandbyProblems(standby, primary).filter((problem) => problem !== undefined);

  test.each<[AuroraStandbySettings, Chosen]>([
    [{}, large],
    [{ instances: 0 }, large],
    [{ instances: 1, instanceClass: "db.r7g.large" }, large],
    [{}, { serverless: { minAcu: 8, maxAcu: 16 } }],
  ])("passes %j beside %j", (standby, primary) => {
    expect(found(standby, primary)).toEqual([]);
  });

  test.each<[AuroraStandbySettings, Chosen, string]>([
    [{ instances: 2 }, large, "instances must be a whole number from 0 to 1, got 2"],
    [{ instances: -1 }, large, "instances must be a whole number from 0 to 1, got -1"],
    [{ instanceClass: "r6g" }, large, 'instanceClass must be an RDS instance class such as db.t4g.micro, got "r6g"'],
    [
      { instanceClass: "db.r6g.large" },
      { serverless: { minAcu: 8, maxAcu: 16 } },
      'instanceClass must be left out with serverless, got "db.r6g.large"',
    ],
    [
      { instanceClass: "db.t4g.large" },
      large,
      'instanceClass must be other than a T class in a global database, got "db.t4g.large"; the smallest are db.serverless and db.r6g.large',
    ],
  ])("fails on %j beside %j", (standby, primary, message) => {
    expect(found(standby, primary)).toEqual([message]);
  });
});

describe("auroraInstanceClass", () => {
  test.each<[Chosen, string]>([
    [{}, "db.t4g.medium"],
    [large, "db.r6g.large"],
    [{ serverless: { minAcu: 1, maxAcu: 2 } }, "db.serverless"],
  ])("of %j is %s", (settings, expected) => {
    expect(auroraInstanceClass(settings)).toBe(expected);
  });
});

describe("auroraFamily", () => {
  test.each<[AuroraSettings, string]>([
    [postgres(), "aurora-postgresql16"],
    [postgres({ version: "15.4" }), "aurora-postgresql15"],
    [mysql({ version: "8.0.mysql_aurora.3.08.2" }), "aurora-mysql8.0"],
  ])("of %j is %s", (settings, expected) => {
    expect(auroraFamily(settings)).toBe(expected);
  });
});

describe("hasPerformanceInsights", () => {
  test.each<[AuroraSettings, boolean]>([
    [postgres(), true],
    [postgres({ performanceInsights: false }), false],
    [mysql(), false],
    [mysql(large), true],
    [mysql({ serverless: { minAcu: 2, maxAcu: 4 } }), true],
  ])("of %j is %s", (settings, expected) => {
    expect(hasPerformanceInsights(settings)).toBe(expected);
  });
});

describe("clusterParameters", () => {
  test("requires TLS, and PostgreSQL logs schema changes and slow statements", () => {
    expect(clusterParameters(postgres({ parameters: [{ name: "log_statement", value: "none" }] }))).toEqual([
      { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
      { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
      { name: "log_statement", value: "none", applyMethod: "immediate" },
    ]);
  });

  test("requires TLS, and MySQL speaks utf8mb4", () => {
    expect(clusterParameters(mysql())).toEqual([
      { name: "require_secure_transport", value: "ON", applyMethod: "immediate" },
      { name: "character_set_server", value: "utf8mb4", applyMethod: "immediate" },
      { name: "collation_server", value: "utf8mb4_0900_ai_ci", applyMethod: "immediate" },
    ]);
  });

  test("switches the audit on that the audit log is of", () => {
    expect(clusterParameters(mysql({ logExports: ["audit"] })).slice(3)).toEqual([
      { name: "server_audit_logging", value: "1", applyMethod: "immediate" },
      { name: "server_audit_events", value: "CONNECT,QUERY_DCL,QUERY_DDL", applyMethod: "immediate" },
    ]);
  });
});

describe("clusterInstanceParameters", () => {
  test("are none for PostgreSQL, and the slow query log for MySQL", () => {
    expect(clusterInstanceParameters(postgres())).toEqual([]);
    expect(clusterInstanceParameters(mysql({ instanceParameters: [{ name: "long_query_time", value: "5" }] }))).toEqual(
      [
        { name: "slow_query_log", value: "1", applyMethod: "immediate" },
        { name: "log_output", value: "FILE", applyMethod: "immediate" },
        { name: "long_query_time", value: "5", applyMethod: "immediate" },
      ],
    );
  });
});
