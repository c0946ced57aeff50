import type { Environment } from "../../envs/environment";
import { prod, staging } from "../support/environments";
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

describe("BackupStack", () => {
  test("is only there with backups", () => {
    expect(synth({ region }).stacks).not.toHaveProperty("prod-backup");
  });

  test("backs up into a vault of the first region, with a copy in the second", () => {
    const { stacks } = synth({ region, backup: { retentionDays: 14, copyRetentionDays: 7 } });
    const stack = stacks["prod-backup"] ?? {};
    expect(stack.provider).toEqual({ aws: [expect.objectContaining({ region: "eu-west-3" })] });
    expect(values(stack, "aws_backup_vault", "name")).toEqual(["acme-prod"]);
    expect(values(stack, "aws_backup_plan", "rule")).toEqual([
      [
        expect.objectContaining({
          lifecycle: { delete_after: 14 },
          copy_action: [
            {
              destination_vault_arn: "arn:aws:backup:eu-central-1:123456789012:backup-vault:acme-prod",
              lifecycle: { delete_after: 7 },
            },
          ],
        }),
      ],
    ]);
  });

  test("locks both vaults alike, and lets those of staging be destroyed", () => {
    const locked = synth({ region, backup: { lockDays: 5 } }).stacks;
    for (const name of ["prod-backup", "prod-recovery"]) {
      expect(values(locked[name] ?? {}, "aws_backup_vault_lock_configuration", "min_retention_days")).toEqual([5]);
    }
    const { stacks } = synthEnvironment(staging({ recovery: { region, backup: {} } }));
    for (const name of ["staging-backup", "staging-recovery"]) {
      expect(values(stacks[name] ?? {}, "aws_backup_vault", "force_destroy")).toEqual([true]);
    }
  });

  test("reads no other stack's state: it knows the second vault by name", () => {
    expect(synth({ region, backup: {} }).stacks["prod-backup"]).not.toHaveProperty("data");
  });
});

describe("StandbyStack", () => {
  const { stacks } = synth(replica, { database: { ...aurora, readers: { min: 2 } } });
  const stack = stacks["prod-standby"] ?? {};

  test("is only there with a replica of the database", () => {
    expect(synth({ region }, { database: aurora }).stacks).not.toHaveProperty("prod-standby");
  });

  test("has a cluster of one instance in the second region, part of the global database that the first leads", () => {
    expect(stack.provider).toEqual({ aws: [expect.objectContaining({ region })] });
    expect(resources(stack, "aws_rds_cluster")).toEqual([
      expect.objectContaining({
        cluster_identifier: "acme-prod-db-standby",
        engine: "aurora-postgresql",
        global_cluster_identifier: "acme-prod-db",
        source_region: "eu-west-3",
        storage_encrypted: true,
      }),
    ]);
    expect(values(stack, "aws_rds_cluster_instance", "instance_class")).toEqual(["db.r6g.large"]);
    expect(values(stacks["prod-data"] ?? {}, "aws_rds_global_cluster", "global_cluster_identifier")).toEqual([
      "acme-prod-db",
    ]);
  });

  test("stands in the isolated subnets of the network there, and reads nothing of the first region", () => {
    expect(values(stack, "aws_db_subnet_group", "subnet_ids")).toEqual([
      ["a", "b"].map((zone): unknown =>
        expect.stringMatching(new RegExp(`-prod-recovery\\.outputs\\.[\\w-]*_subnetvpc_isolated-${zone}_`)),
      ),
    ]);
    expect(Object.keys(stack.data?.["terraform_remote_state"] ?? {})).toEqual([
      "cross-stack-reference-input-prod-recovery",
    ]);
  });
});
