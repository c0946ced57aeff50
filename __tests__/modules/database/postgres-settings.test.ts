import fc from "fast-check";
import { maxStorageOf } from "../../../modules/database/database-instance-settings";
import {
  majorVersionOf,
  parametersOf,
  postgresProblems,
  type PostgresSettings,
} from "../../../modules/database/postgres-settings";

const problems = (settings: PostgresSettings) => postgresProblems(settings).filter((problem) => problem !== undefined);
const none: string[] = [];
const stringToken = "${TfToken[TOKEN.1]}";
const numberToken = -1.8881545897087626e289;

describe("postgresProblems", () => {
  test("finds none in the defaults", () => {
    expect(problems({})).toEqual(none);
  });

  test.each<PostgresSettings>([
    { version: "14" },
    { version: "18.1" },
    { version: stringToken },
    { instanceClass: "db.m7g.large" },
    { instanceClass: "db.r6idn.32xlarge" },
    { instanceClass: stringToken },
    { storageGiB: 20 },
    { storageGiB: 65_536 },
    { storageGiB: numberToken, maxStorageGiB: 30 },
    { storageGiB: 20, maxStorageGiB: 22 },
    { storageGiB: 20, maxStorageGiB: 0 },
    { storageGiB: 20, maxStorageGiB: 65_536 },
    { storageGiB: 65_536, maxStorageGiB: 0 },
    { backupRetentionDays: 1 },
    { backupRetentionDays: 35 },
    { backupWindow: "23:30-00:00", maintenanceWindow: "sun:00:00-sun:00:30" },
    { performanceInsightsRetentionDays: 7 },
    { performanceInsightsRetentionDays: 31 },
    { performanceInsightsRetentionDays: 713 },
    { performanceInsightsRetentionDays: 731 },
    { performanceInsightsRetentionDays: numberToken },
    { monitoringIntervalSeconds: 0 },
    { monitoringIntervalSeconds: 60 },
    { logExports: [] },
    { logExports: ["upgrade"] },
    { logRetentionDays: 14 },
    { parameters: [{ name: "auto_explain.log_min_duration", value: "500" }] },
    { readReplicas: 0 },
    { readReplicas: 15, readReplicaInstanceClass: "db.t4g.small" },
    { databaseName: "_app1", masterUsername: "owner" },
    { restore: { kind: "snapshot", snapshotIdentifier: "acme-prod-db-final" } },
    { restore: { kind: "snapshot", snapshotIdentifier: "acme" }, readReplicas: 1, masterUsername: "owner" },
    { restore: { kind: "snapshot", snapshotIdentifier: "rds:acme-prod-db-2026-11-20-02-05" } },
    { restore: { kind: "snapshot", snapshotIdentifier: "awsbackup:job-1f0e4a52-9d3c-4b7e-8a21-0c5d6e7f8a9b" } },
    { restore: { kind: "snapshot", snapshotIdentifier: "arn:aws:rds:eu-west-3:123456789012:snapshot:acme" } },
    { restore: { kind: "point-in-time", sourceInstanceIdentifier: "acme-prod-db", time: "latest" } },
    { restore: { kind: "point-in-time", sourceInstanceIdentifier: stringToken, time: "2026-11-20T13:45:00Z" } },
  ])("passes %j", (settings) => {
    expect(problems(settings)).toEqual(none);
  });

  test.each<[PostgresSettings, string]>([
    [
      { version: "13" },
      'version must be PostgreSQL 14, 15, 16, 17, 18, or a full version of these such as 16.4, got "13"',
    ],
    [
      { version: "16.4.1" },
      'version must be PostgreSQL 14, 15, 16, 17, 18, or a full version of these such as 16.4, got "16.4.1"',
    ],
    [
      { instanceClass: "t4g.micro" },
      'instanceClass must be an RDS instance class such as db.t4g.micro, got "t4g.micro"',
    ],
    [
      { instanceClass: "db.serverless" },
      'instanceClass must be an RDS instance class such as db.t4g.micro, got "db.serverless"',
    ],
    [{ storageGiB: 19 }, "storageGiB must be a whole number from 20 to 65536, got 19"],
    [{ storageGiB: 65_537, maxStorageGiB: 0 }, "storageGiB must be a whole number from 20 to 65536, got 65537"],
    [{ storageGiB: 20.5 }, "storageGiB must be a whole number from 20 to 65536, got 20.5"],
    [
      { storageGiB: 20, maxStorageGiB: 21 },
      "maxStorageGiB must be a whole number from 22 to 65536, got 21; it is 10 % above storageGiB or more, and 0 switches storage autoscaling off",
    ],
    [
      { maxStorageGiB: 65_537 },
      "maxStorageGiB must be a whole number from 22 to 65536, got 65537; it is 10 % above storageGiB or more, and 0 switches storage autoscaling off",
    ],
    [{ backupRetentionDays: 0 }, "backupRetentionDays must be a whole number from 1 to 35, got 0"],
    [{ backupRetentionDays: 36 }, "backupRetentionDays must be a whole number from 1 to 35, got 36"],
    [{ backupWindow: "2-3" }, 'backupWindow must be hh:mm-hh:mm in UTC, got "2-3"'],
    [{ backupWindow: "02:00-02:29" }, 'backupWindow must be at least 30 minutes long, got "02:00-02:29"'],
    [{ maintenanceWindow: "sun" }, 'maintenanceWindow must be ddd:hh:mm-ddd:hh:mm in UTC, got "sun"'],
    [
      { maintenanceWindow: "sat:02:30-sat:03:30" },
      'backupWindow must be outside maintenanceWindow, got "02:00-03:00" and "sat:02:30-sat:03:30"',
    ],
    ...[0, 8, 62.5, 732, 744].map((days): [PostgresSettings, string] => [
      { performanceInsightsRetentionDays: days },
      `performanceInsightsRetentionDays must be 7, a multiple of 31 up to 713, or 731, got ${days}`,
    ]),
    [{ monitoringIntervalSeconds: 2 }, "monitoringIntervalSeconds must be one of 0, 1, 5, 10, 15, 30, 60, got 2"],
    [{ logExports: ["upgrade", "upgrade"] }, 'logExports must be without repetition, got "upgrade" twice'],
    [
      { parameters: [{ name: "rds.force_ssl", value: "0" }] },
      'parameters[0].name must be other than rds.force_ssl, which is always 1, got "rds.force_ssl"',
    ],
    [
      { parameters: [{ name: "Work Mem", value: "1" }] },
      'parameters[0].name must be a PostgreSQL parameter such as log_min_duration_statement, got "Work Mem"',
    ],
    [
      {
        parameters: [
          { name: "work_mem", value: "1" },
          { name: "work_mem", value: "2" },
        ],
      },
      'parameters must be without repetition, got "work_mem" twice',
    ],
    [{ readReplicas: -1 }, "readReplicas must be a whole number from 0 to 15, got -1"],
    [{ readReplicas: 16 }, "readReplicas must be a whole number from 0 to 15, got 16"],
    [
      { readReplicaInstanceClass: "db" },
      'readReplicaInstanceClass must be an RDS instance class such as db.t4g.micro, got "db"',
    ],
    [
      { databaseName: "1st" },
      'databaseName must be 1 to 63 letters, digits and underscores, not led by a digit, got "1st"',
    ],
    [
      { databaseName: "a".repeat(64) },
      `databaseName must be 1 to 63 letters, digits and underscores, not led by a digit, got "${"a".repeat(64)}"`,
    ],
    [
      { masterUsername: "rdsadmin" },
      'masterUsername must be 1 to 63 letters, digits and underscores, not led by a digit, and not rdsadmin, got "rdsadmin"',
    ],
    [
      { restore: { kind: "snapshot", snapshotIdentifier: "no such thing" } },
      'restore.snapshotIdentifier must be the name or ARN of an RDS snapshot, got "no such thing"',
    ],
    [
      { restore: { kind: "point-in-time", sourceInstanceIdentifier: "Acme", time: "latest" } },
      'restore.sourceInstanceIdentifier must be the name of an RDS instance, got "Acme"',
    ],
    [
      { restore: { kind: "point-in-time", sourceInstanceIdentifier: "acme", time: "2026-11-20 13:45" } },
      'restore.time must be a second in UTC such as 2026-11-20T13:45:00Z, or "latest", got "2026-11-20 13:45"',
    ],
    [
      { restore: { kind: "snapshot", snapshotIdentifier: "acme" }, databaseName: "app" },
      'databaseName must be left out with restore, which takes it from the backup, got "app"',
    ],
    [
      { restore: { kind: "snapshot", snapshotIdentifier: "acme" }, masterUsername: "me" },
      'masterUsername must be left out with restore, which takes it from the backup, got "me"',
    ],
    [
      { restore: { kind: "snapshot", snapshotIdentifier: "acme" }, readReplicas: 1 },
      "masterUsername must be the one in the backup with restore and readReplicas, got none; the secret of the administrator names it",
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test("fails on values the types would not let through", () => {
    const settings = JSON.parse(
      '{"logExports":["audit"],"logRetentionDays":8,"parameters":[{"name":"a","value":"1","applyMethod":"now"}]}',
    ) as PostgresSettings;
    expect(problems(settings)).toEqual([
      'logExports must be one of postgresql, upgrade, got "audit"',
      expect.stringMatching(/^logRetentionDays must be one of 1, 3, .*, got 8$/),
      'parameters[0].applyMethod must be one of immediate, pending-reboot, got "now"',
    ]);
  });
});

describe("maxStorageOf", () => {
  test.each<[PostgresSettings, number]>([
    [{}, 40],
    [{ storageGiB: 100 }, 200],
    [{ storageGiB: 40_000 }, 65_536],
    [{ storageGiB: 59_578 }, 65_536],
    [{ storageGiB: 59_579 }, 0],
    [{ maxStorageGiB: 0 }, 0],
    [{ maxStorageGiB: 500 }, 500],
  ])("of %j is %d", (settings, expected) => {
    expect(maxStorageOf(settings)).toBe(expected);
  });

  test("is always accepted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 65_536 }), (storageGiB) => {
        expect(problems({ storageGiB, maxStorageGiB: maxStorageOf({ storageGiB }) })).toEqual(none);
      }),
    );
  });

  test("is off when the size is known only to Terraform", () => {
    expect(maxStorageOf({ storageGiB: numberToken })).toBe(0);
  });
});

describe("parametersOf", () => {
  test("requires TLS and logs schema changes and slow statements", () => {
    expect(parametersOf({})).toEqual([
      { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
      { name: "log_statement", value: "ddl", applyMethod: "immediate" },
      { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
    ]);
  });

  test("lets a chosen parameter replace a default, and adds the others", () => {
    const parameters = [
      { name: "log_statement", value: "none" },
      { name: "max_connections", value: "200", applyMethod: "pending-reboot" as const },
    ];
    expect(parametersOf({ parameters })).toEqual([
      { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
      { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
      { name: "log_statement", value: "none", applyMethod: "immediate" },
      { name: "max_connections", value: "200", applyMethod: "pending-reboot" },
    ]);
  });
});

describe("majorVersionOf", () => {
  test.each([
    ["16", "16"],
    ["16.4", "16"],
    [stringToken, stringToken],
  ])("of %s is %s", (version, expected) => {
    expect(majorVersionOf(version)).toBe(expected);
  });
});
