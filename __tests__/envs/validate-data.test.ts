import type { CacheSettings, DatabaseSettings, Environment } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { dataProblems } from "../../envs/validate-data";
import { prod, staging } from "../support/environments";

const problems = (environment: Environment) =>
  dataProblems(resolveEnvironment(environment)).filter((problem) => problem !== undefined);
const withDatabase = (database: DatabaseSettings) => problems(staging({ database }));
const withCache = (cache: CacheSettings) => problems(staging({ cache }));

const offHours = { stop: "0 20 ? * MON-FRI *", start: "0 8 ? * MON-FRI *", timezone: "Europe/Paris" } as const;
const neon = { engine: "neon", neonRegion: "aws-us-east-1" } as const;
const aurora = { engine: "aurora-postgresql", version: "16" } as const;
const outside = { network: undefined };

describe("dataProblems", () => {
  test.each<[string, Environment]>([
    ["no data", staging()],
    ["PostgreSQL", staging({ database: { engine: "postgres" } })],
    ["MySQL", staging({ database: { engine: "mysql" } })],
    ["Aurora", prod({ database: aurora })],
    ["Neon, with or without a network", staging({ database: neon })],
    ["Neon outside AWS", staging({ ...outside, database: neon })],
    ["Upstash outside AWS", staging({ ...outside, cache: { kind: "upstash", primaryRegion: "eu-west-1" } })],
    ["a database that sleeps in staging", staging({ database: { engine: "mysql", offHours } })],
    ["a Redis on a host", staging({ cache: { kind: "host" } })],
    ["buckets and secrets", staging({ buckets: { uploads: {} }, secrets: { jwt: {}, key: { kind: "manual" } } })],
  ])("finds none in %s", (_what, environment) => {
    expect(problems(environment)).toEqual([]);
  });

  describe("about the database", () => {
    test.each<[DatabaseSettings, string]>([
      [{ engine: "postgres", storageGiB: 19 }, "database.storageGiB must be a whole number from 20 to 65536, got 19"],
      [{ engine: "mysql", storageGiB: 19 }, "database.storageGiB must be a whole number from 20 to 65536, got 19"],
      [
        { engine: "aurora-mysql", backupRetentionDays: 36 },
        "database.backupRetentionDays must be a whole number from 1 to 35, got 36",
      ],
      [
        { ...neon, majorVersion: 12 as 17 },
        expect.stringMatching(/^database\.majorVersion must be .*, got 12$/) as string,
      ],
      [
        { engine: "oracle" as "postgres" },
        'database.engine must be one of postgres, mysql, aurora-postgresql, aurora-mysql, neon, got "oracle"',
      ],
    ])("finds what is wrong with %j", (database, problem) => {
      expect(withDatabase(database)).toEqual([problem]);
    });

    test("lets an instance sleep that has no replica, and finds one that has", () => {
      expect(withDatabase({ engine: "postgres", offHours, readReplicas: 0 })).toEqual([]);
      expect(withDatabase({ engine: "postgres", offHours, readReplicas: 1 })).toEqual([
        "database.offHours must be left out with readReplicas, got 1; RDS stops no instance that has one",
      ]);
    });

    test("finds hours that cannot be read", () => {
      expect(withDatabase({ engine: "mysql", offHours: { ...offHours, stop: "at night" } })).toEqual([
        expect.stringMatching(/^database\.offHours\.stop must be .*, got "at night"/),
      ]);
    });

    test("finds a database of prod that sleeps", () => {
      expect(problems(prod({ database: { engine: "postgres", offHours } }))).toEqual([
        "database.offHours must be left out in prod, got hours in which there is no database",
      ]);
    });

    test.each(["postgres", "mysql", "aurora-postgresql", "aurora-mysql"] as const)(
      "asks for backups of seven days in prod of engine %s",
      (engine) => {
        expect(problems(prod({ database: { engine, backupRetentionDays: 7 } }))).toEqual([]);
        expect(problems(prod({ database: { engine, backupRetentionDays: 6 } }))).toEqual([
          "database.backupRetentionDays must be at least 7 in prod, got 6; it is the window for point-in-time recovery",
        ]);
        expect(problems(staging({ database: { engine, backupRetentionDays: 1 } }))).toEqual([]);
      },
    );
  });

  describe("about the cache", () => {
    test.each<[CacheSettings, string]>([
      [{ kind: "replication-group", replicas: 6 }, "cache.replicas must be a whole number from 0 to 5, got 6"],
      [{ kind: "serverless", maxDataGB: 5001 }, "cache.maxDataGB must be a whole number from 1 to 5000, got 5001"],
      [
        { kind: "upstash", primaryRegion: "eu-west-1", budgetUsd: 0 },
        "cache.budgetUsd must be a whole number from 1 to 100000, got 0",
      ],
      [{ kind: "sidecar", dataMiB: 15 }, "cache.dataMiB must be a whole number from 16 to 4096, got 15"],
      [{ kind: "host", passwordVersion: 0 }, "cache.passwordVersion must be a whole number from 1 to 1000000, got 0"],
      [
        { kind: "memcached" as "none" },
        'cache.kind must be one of replication-group, serverless, upstash, sidecar, host, none, got "memcached"',
      ],
    ])("finds what is wrong with %j", (cache, problem) => {
      expect(withCache(cache)).toEqual([problem]);
    });

    test("finds a host that has no memory for the data", () => {
      expect(withCache({ kind: "host", instanceType: "t4g.micro", dataMiB: 692 })).toEqual([]);
      expect(withCache({ kind: "host", instanceType: "t4g.micro", dataMiB: 693 })).toEqual([
        'cache.instanceType must have at least 1025 MiB of memory, 300 for the system and 725 for Redis, got "t4g.micro" with 1024',
      ]);
    });
  });

  test("finds what is wrong with a bucket and with a secret, by its name", () => {
    expect(problems(staging({ buckets: { uploads: { expireDays: 0 } }, secrets: { jwt: { length: 7 } } }))).toEqual([
      "buckets.uploads.expireDays must be a whole number from 1 to 3650, got 0",
      expect.stringMatching(/^secrets\.jwt\.length must be a whole number from \d+ to \d+, got 7$/),
    ]);
  });

  test.each<[Partial<Environment>, string]>([
    [{ database: { engine: "postgres" } }, "a database of engine postgres"],
    [{ database: aurora }, "a database of engine aurora-postgresql"],
    [{ cache: { kind: "host" } }, "a cache of kind host"],
    [{ cache: { kind: "sidecar" } }, "a cache of kind sidecar"],
    [{ cache: { kind: "serverless" } }, "a cache of kind serverless"],
    [{ buckets: { uploads: {} } }, "buckets"],
    [{ secrets: { jwt: {} } }, "secrets"],
  ])("asks for a network with %j", (data, what) => {
    expect(problems(staging({ ...outside, ...data }))).toEqual([
      `network must be set with ${what}, which is in AWS, got none`,
    ]);
    expect(problems(staging(data))).toEqual([]);
  });
});
