import type { Environment } from "../../envs/environment";
import { prod } from "../support/environments";
import { synthEnvironment, values } from "../support/stacks";
import { resources } from "../support/synth";

const region = "eu-central-1";
const aurora = { engine: "aurora-postgresql", version: "16", instanceClass: "db.r6g.large" } as const;
const replica = { region, databaseReplica: true, cidr: "10.99.0.0/16" } as const;
const delivery = { reviewers: { teams: [1] } };

/** The stacks of a prod with this recovery. */
const synth = (recovery: Environment["recovery"], overrides: Partial<Environment> = {}) =>
  synthEnvironment(prod({ recovery, buckets: { uploads: { noncurrentDays: 30 }, exports: {} }, ...overrides }));

describe("RecoveryStack", () => {
  test("is only there with a recovery, and empty when nothing is copied", () => {
    expect(synth(undefined).stacks).not.toHaveProperty("prod-recovery");
    expect(synth({ region }).stacks["prod-recovery"]).not.toHaveProperty("resource");
  });

  test("is in the second region, in the environment's account", () => {
    expect(synth({ region }).stacks["prod-recovery"]?.provider).toEqual({
      aws: [expect.objectContaining({ region, allowed_account_ids: ["123456789012"] })],
    });
  });

  test("has a vault for backups, locked as the first one", () => {
    const vaults = (backup: object) => synth({ region, backup }).stacks["prod-recovery"] ?? {};
    expect(values(vaults({}), "aws_backup_vault", "name")).toEqual(["acme-prod"]);
    expect(resources(vaults({}), "aws_backup_vault_lock_configuration")).toEqual([]);
    expect(values(vaults({ lockDays: 3 }), "aws_backup_vault_lock_configuration", "min_retention_days")).toEqual([3]);
  });

  test("has a copy of each bucket that is named, which keeps former versions as long", () => {
    const stack = synth({ region, buckets: ["uploads"] }).stacks["prod-recovery"] ?? {};
    expect(values(stack, "aws_s3_bucket", "bucket")).toEqual(["acme-prod-uploads-replica-123456789012"]);
    const [lifecycle] = resources(stack, "aws_s3_bucket_lifecycle_configuration");
    expect(JSON.stringify(lifecycle)).toContain('"noncurrent_days":30');
  });

  test("has a network for a replica of the database, without NAT, and else none", () => {
    const stack = synth(replica, { database: aurora }).stacks["prod-recovery"] ?? {};
    expect(values(stack, "aws_vpc", "cidr_block")).toEqual(["10.99.0.0/16"]);
    expect(resources(stack, "aws_nat_gateway")).toEqual([]);
    expect(resources(stack, "aws_flow_log")).toEqual([]);
    const zones = new Set(values(stack, "aws_subnet", "availability_zone"));
    expect([...zones].sort()).toEqual(["eu-central-1a", "eu-central-1b"]);
    expect(resources(synth({ region }).stacks["prod-recovery"] ?? {}, "aws_vpc")).toEqual([]);
  });

  test("comes before the data that is copied to it, and after what its roles need", () => {
    const { dependencies } = synth({ ...replica, backup: {} }, { database: aurora, delivery });
    expect(dependencies).toMatchObject({
      "prod-recovery": ["prod-delivery"],
      "prod-data": ["prod-recovery", "prod-network"],
      "prod-backup": ["prod-recovery", "prod-delivery"],
      "prod-standby": ["prod-data", "prod-recovery"],
    });
  });
});
