import {
  backupOf,
  backupProblems,
  type BackupSettings,
  recoveryProblems,
  type RecoverySettings,
} from "../../../modules/recovery/recovery-settings";

describe("backupOf", () => {
  test("is daily at 05:30 and kept for a week, there and here", () => {
    expect(backupOf({})).toEqual({ schedule: "cron(30 5 * * ? *)", retentionDays: 7, copyRetentionDays: 7 });
  });

  test("keeps a copy as long as the backup, unless told otherwise", () => {
    expect(backupOf({ retentionDays: 35, copyRetentionDays: undefined })).toMatchObject({ copyRetentionDays: 35 });
    expect(backupOf({ retentionDays: 35, copyRetentionDays: 90 })).toMatchObject({ copyRetentionDays: 90 });
  });
});

describe("backupProblems", () => {
  test.each<BackupSettings>([
    {},
    { schedule: "cron(0 */6 * * ? *)" },
    { schedule: "cron(15 5 ? * MON-FRI *)" },
    { retentionDays: 1, copyRetentionDays: 3650 },
    { lockDays: 7 },
    { retentionDays: 3650, copyRetentionDays: 30, lockDays: 30 },
  ])("accepts %j", (settings) => {
    expect(backupProblems(settings).filter(Boolean)).toEqual([]);
  });

  test.each<[BackupSettings, string[]]>([
    [{ schedule: "30 5 * * *" }, ['schedule must be cron(minute hour day month weekday year), got "30 5 * * *"']],
    [
      { schedule: "cron(30 5 * * ?)" },
      ['schedule must be cron(minute hour day month weekday year), got "cron(30 5 * * ?)"'],
    ],
    [{ retentionDays: 0 }, ["retentionDays must be a whole number from 1 to 3650, got 0"]],
    [{ copyRetentionDays: 3651 }, ["copyRetentionDays must be a whole number from 1 to 3650, got 3651"]],
    [
      { lockDays: 8 },
      [
        "lockDays must be at most retentionDays, 7, got 8; a locked vault takes no backup that ends earlier",
        "lockDays must be at most copyRetentionDays, 7, got 8; a locked vault takes no backup that ends earlier",
      ],
    ],
    [
      { retentionDays: 30, copyRetentionDays: 10, lockDays: 11 },
      ["lockDays must be at most copyRetentionDays, 10, got 11; a locked vault takes no backup that ends earlier"],
    ],
    [{ lockDays: 0 }, ["lockDays must be a whole number from 1 to 3650, got 0"]],
  ])("refuses %j", (settings, problems) => {
    expect(backupProblems(settings).filter(Boolean)).toEqual(problems);
  });
});

describe("recoveryProblems", () => {
  test.each<RecoverySettings>([
    { region: "eu-central-1" },
    { region: "us-gov-west-1" },
    { region: "eu-central-1", backup: {}, databaseReplica: true, buckets: ["attachments"] },
  ])("accepts %j", (settings) => {
    expect(recoveryProblems(settings, "eu-west-3").filter(Boolean)).toEqual([]);
  });

  test.each<[RecoverySettings, string[]]>([
    [{ region: "frankfurt" }, ['region must be an AWS region, got "frankfurt"']],
    [
      { region: "eu-west-3" },
      ['region must be another than the environment\'s own, got "eu-west-3"; copies in one region are lost with it'],
    ],
    [
      { region: "eu-central-1", backup: { retentionDays: 0 } },
      ["backup.retentionDays must be a whole number from 1 to 3650, got 0"],
    ],
    [{ region: "eu-central-1", buckets: ["a", "b", "a"] }, ['buckets must be without repetition, got "a" twice']],
  ])("refuses %j", (settings, problems) => {
    expect(recoveryProblems(settings, "eu-west-3").filter(Boolean)).toEqual(problems);
  });
});
