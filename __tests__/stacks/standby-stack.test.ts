import type { Environment } from "../../envs/environment";
import { prod } from "../support/environments";
import { synthEnvironment, values } from "../support/stacks";
import { resources } from "../support/synth";

const region = "eu-central-1";
const aurora = { engine: "aurora-postgresql", version: "16", instanceClass: "db.r6g.large" } as const;
const replica = { region, databaseReplica: true, cidr: "10.99.0.0/16" } as const;
const synth = (recovery: Environment["recovery"], database: Environment["database"] = aurora) =>
  synthEnvironment(prod({ recovery, database }));

describe("StandbyStack", () => {
  const { stacks } = synth(replica, { ...aurora, readers: { min: 2 } });
  const stack = stacks["prod-standby"] ?? {};

  test("is only there with a replica of the database", () => {
    expect(synth({ region }).stacks).not.toHaveProperty("prod-standby");
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
