import type { Environment } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { environmentRecoveryProblems } from "../../envs/validate-recovery";
import { prod } from "../support/environments";

const aurora = { engine: "aurora-postgresql", version: "16", instanceClass: "db.r6g.large" } as const;
const buckets = { uploads: {}, scratch: { versioning: false } } as const;
const region = "eu-central-1";
const replica = { region, databaseReplica: true, cidr: "10.99.0.0/16" } as const;

const problems = (recovery: Environment["recovery"], overrides: Partial<Environment> = {}) =>
  environmentRecoveryProblems(resolveEnvironment(prod({ database: aurora, buckets, recovery, ...overrides }))).filter(
    (problem) => problem !== undefined,
  );

describe("environmentRecoveryProblems", () => {
  test.each<[Environment["recovery"]]>([
    [undefined],
    [{ region }],
    [{ region, backup: {} }],
    [{ region, buckets: ["uploads"] }],
    [replica],
  ])("finds none in %j", (recovery) => {
    expect(problems(recovery)).toEqual([]);
  });

  test("asks for a network", () => {
    expect(problems({ region }, { network: undefined })).toEqual([
      "recovery.network must be set with a recovery, which is in AWS, got none",
    ]);
  });

  test("finds the environment's own region, also where that is the shared one", () => {
    const own =
      'recovery.region must be another than the environment\'s own, got "eu-west-3"; copies in one region are lost with it';
    expect(problems({ region: "eu-west-3" })).toEqual([own]);
    expect(problems({ region: "eu-west-3" }, { region: "us-east-1" })).toEqual([]);
  });

  test("finds what is wrong with the backups", () => {
    expect(problems({ region, backup: { retentionDays: 0 } })).toEqual([
      "recovery.backup.retentionDays must be a whole number from 1 to 3650, got 0",
    ]);
  });

  describe("about the replica of the database", () => {
    test.each<[Environment["database"], string]>([
      [{ engine: "postgres" }, '"postgres"'],
      [undefined, '"no database"'],
    ])("lets only Aurora have one, not %j", (database, got) => {
      expect(problems(replica, { database })).toEqual([
        `recovery.databaseReplica must be left out without Aurora, got ${got}; an RDS instance has copies of its backups in the second region`,
      ]);
    });

    test("asks for a network of its own, and for none without a replica", () => {
      expect(problems({ region, databaseReplica: true })).toEqual([
        "recovery.cidr must be set with databaseReplica, got none; the replica stands in a network of its own",
      ]);
      expect(problems({ region, cidr: "10.99.0.0/16" })).toEqual([
        'recovery.cidr must be left out without databaseReplica, got "10.99.0.0/16"; nothing else stands in that network',
      ]);
    });

    test.each(["10.99.0.0/16", "10.99.0.0/24"])("allows the range %s", (cidr) => {
      expect(problems({ ...replica, cidr })).toEqual([]);
    });

    test.each(["10.98.0.0/15", "10.99.0.0/25"])("finds the range %s", (cidr) => {
      expect(problems({ ...replica, cidr })).toEqual([
        expect.stringMatching(new RegExp(`^recovery\\.cidr must be from /16 to /24, got "${cidr}"`)),
      ]);
    });

    test("finds a database that does not lead a global one", () => {
      expect(problems(replica, { database: { ...aurora, globalDatabase: false } })).toEqual([
        "recovery.databaseReplica must be left out with database.globalDatabase false, which is what copies to it",
      ]);
    });
  });

  describe("about copies of buckets", () => {
    test("finds one that there is not, and says which there are", () => {
      expect(problems({ region, buckets: ["uplaods"] })).toEqual([
        'recovery.buckets[0] must be one of buckets (uploads, scratch), got "uplaods"',
      ]);
      expect(problems({ region, buckets: ["uploads"] }, { buckets: undefined })).toEqual([
        'recovery.buckets[0] must be one of buckets (none), got "uploads"',
      ]);
    });

    test("finds one without versions", () => {
      expect(problems({ region, buckets: ["uploads", "scratch"] })).toEqual([
        'recovery.buckets[1] must keep versions, got "scratch" without; S3 copies nothing from it',
      ]);
    });

    test("finds one whose copy would have too long a name", () => {
      const long = (length: number) => "b".repeat(length);
      const copied = (name: string) => problems({ region, buckets: [name] }, { buckets: { [name]: {} } });
      expect(copied(long(32))).toEqual([]); // acme-prod-, -replica-, 12 digits
      expect(copied(long(33))).toEqual([
        expect.stringMatching(
          /^recovery\.buckets\[0\]\.name of bucket must be at most 63 characters, got 64 in "acme-prod-b{33}-replica-123456789012"/,
        ),
      ]);
    });
  });
});
