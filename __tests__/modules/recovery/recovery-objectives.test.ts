import {
  type RecoverableDatabase,
  type RecoverableEnvironment,
  recoveryObjectives,
} from "../../../modules/recovery/recovery-objectives";

const region = "eu-central-1";
const aurora: RecoverableDatabase = { kind: "aurora", standby: true, backupRetentionDays: 7 };
const table = (environment: RecoverableEnvironment) =>
  Object.fromEntries(
    recoveryObjectives(environment).map(({ component, loss, rpo, rto, strategy }) => [
      `${component}, ${loss}`,
      [rpo, rto, strategy],
    ]),
  );
const database = (kind: RecoverableDatabase["kind"], standby: boolean, loss: string) =>
  table({ database: { kind, standby, backupRetentionDays: 7 } })[`Database, ${loss}`];

describe("recoveryObjectives", () => {
  test("of a whole system with a second region say what each loss costs", () => {
    expect(
      table({
        database: aurora,
        buckets: { attachments: 90 },
        services: { minTasks: 2, zones: 3, blueGreen: true },
        recovery: { region, backup: {}, databaseReplica: true, buckets: ["attachments"] },
      }),
    ).toEqual({
      "Database, zone": ["0", "1 min", "failover to a reader in another zone"],
      "Database, data": ["5 min", "minutes to hours, by size: rehearse it", "restore to any moment of the last 7 days"],
      "Database, region": [
        "1 s",
        "minutes: fail over to the second region by hand",
        "Aurora global database, replica in eu-central-1",
      ],
      "Bucket attachments, zone": ["0", "0", "S3 keeps objects in three zones"],
      "Bucket attachments, data": [
        "0",
        "as long as it takes to copy former versions back",
        "former versions, kept for 90 days",
      ],
      "Bucket attachments, region": [
        "15 min",
        "an apply that points the application at the replica",
        "cross-region replication of what is written",
      ],
      "Application, zone": ["0", "1 min", "2 tasks or more in 3 zones; the load balancer leaves the lost ones out"],
      "Application, data": ["0", "1 min", "blue/green: requests go back to the former tasks"],
      "Application, region": [
        "0",
        "hours: rebuild with Terraform, rehearse it",
        "the same environment with another region",
      ],
    });
  });

  test("promise nothing that is not there", () => {
    expect(recoveryObjectives({})).toEqual([]);
    const nothing = ["everything", "never", "none: there is no copy elsewhere"];
    expect(table({ database: aurora, buckets: { uploads: 0 } })).toMatchObject({
      "Database, region": nothing,
      "Bucket uploads, data": ["everything", "never", "none: the bucket keeps no versions"],
      "Bucket uploads, region": nothing,
    });
    const recovery = { region, databaseReplica: true, buckets: ["others"] };
    const rds: RecoverableDatabase = { kind: "rds", standby: true, backupRetentionDays: 7 };
    expect(table({ database: rds, buckets: { uploads: 30 }, recovery })).toMatchObject({
      "Database, region": nothing, // the replica is for Aurora only
      "Bucket uploads, region": nothing,
    });
  });

  test("fall back to the copies of backups", () => {
    const recovery = { region, backup: { retentionDays: 7, copyRetentionDays: 30 } };
    expect(table({ database: aurora, recovery })["Database, region"]).toEqual([
      "since the last backup, cron(30 5 * * ? *)",
      "hours: rebuild with Terraform, rehearse it",
      "restore the copy in eu-central-1, kept for 30 days",
    ]);
  });

  test.each([
    ["rds", true, ["0", "2 min", "failover to the standby in another zone"]],
    ["rds", false, ["5 min", "minutes to hours, by size: rehearse it", "restore into another zone"]],
    ["aurora", true, ["0", "1 min", "failover to a reader in another zone"]],
    ["aurora", false, ["0", "10 min", "Aurora makes a new writer; its storage is in three zones"]],
  ] as const)("of %s with a standby: %s, say what the loss of a zone costs", (kind, standby, expected) => {
    expect(database(kind, standby, "zone")).toEqual(expected);
  });

  test.each([
    [1, 3],
    [2, 1],
  ])("of %d tasks in %d zones wait for a task in another zone", (minTasks, zones) => {
    const services = { minTasks, zones, blueGreen: false };
    expect(table({ services })).toMatchObject({
      "Application, zone": ["0", "5 min", "ECS starts the task anew in another zone"],
      "Application, data": ["0", "5 min", "a release that does not start is rolled back"],
    });
  });

  test("name their sources", () => {
    const environment = { database: aurora, buckets: { a: 1 }, services: { minTasks: 1, zones: 2, blueGreen: false } };
    expect(recoveryObjectives(environment).filter(({ source }) => source === "")).toEqual([]);
  });
});
