import { Token } from "cdktf";
import type { Context } from "../../../modules/context";
import { AuroraStandby, type AuroraStandbyProps } from "../../../modules/database/aurora-standby";
import { context, resources, type Synthesized, synth } from "../../support/synth";

const primary = { engine: "aurora-postgresql", version: "15", instanceClass: "db.r6g.large" } as const;

function build(settings: Partial<AuroraStandbyProps> = {}, overrides: Partial<Context> = {}): Synthesized {
  return synth((scope) => {
    new AuroraStandby(scope, "standby", {
      context: context({ region: "eu-central-1", ...overrides }),
      vpcId: "vpc-2",
      subnetIds: ["subnet-c", "subnet-d"],
      primary,
      primaryRegion: "eu-west-3",
      globalClusterIdentifier: "acme-test-db",
      ...settings,
    });
  });
}

describe("AuroraStandby", () => {
  test("follows the primary: same engine and version, its data, no users and no backup of its own to end with", () => {
    const clusters = resources(build(), "aws_rds_cluster");
    expect(clusters).toEqual([
      expect.objectContaining({
        cluster_identifier: "acme-test-db-standby",
        global_cluster_identifier: "acme-test-db",
        source_region: "eu-west-3",
        engine: "aurora-postgresql",
        engine_version: "15",
        skip_final_snapshot: true,
        lifecycle: { prevent_destroy: true, ignore_changes: ["replication_source_identifier"] },
      }),
    ]);
    for (const attribute of [
      "master_username",
      "master_password",
      "master_password_wo",
      "manage_master_user_password",
      "database_name",
    ]) {
      expect(clusters[0]).not.toHaveProperty(attribute);
    }
  });

  test("is encrypted with a key of its region, private and protected from deletion", () => {
    const synthesized = build();
    expect(resources(synthesized, "aws_kms_key")).toEqual([
      expect.objectContaining({
        enable_key_rotation: true,
        deletion_window_in_days: 30,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
    expect(resources(synthesized, "aws_kms_alias")).toEqual([
      expect.objectContaining({ name: "alias/acme-test-db-standby" }),
    ]);
    for (const cluster of resources(synthesized, "aws_rds_cluster")) {
      expect(cluster).toMatchObject({
        storage_encrypted: true,
        kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\./) as unknown,
        deletion_protection: true,
      });
    }
    for (const instance of resources(synthesized, "aws_rds_cluster_instance")) {
      expect(instance).toMatchObject({ publicly_accessible: false, auto_minor_version_upgrade: true });
    }
    for (const group of resources(synthesized, "aws_security_group")) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  test("takes a key that is there", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/k";
    const synthesized = build({ kmsKeyArn });
    expect(synthesized.resource).not.toHaveProperty("aws_kms_key");
    expect(resources(synthesized, "aws_rds_cluster")[0]).toMatchObject({ kms_key_id: kmsKeyArn });
  });

  test("can be destroyed whole in a destroyable context", () => {
    const synthesized = build({}, { destroyable: true });
    for (const type of ["aws_rds_cluster", "aws_kms_key"]) {
      expect(resources(synthesized, type)).toEqual([
        expect.objectContaining({ lifecycle: expect.objectContaining({ prevent_destroy: false }) as unknown }),
      ]);
    }
    expect(resources(synthesized, "aws_rds_cluster")[0]).toMatchObject({ deletion_protection: false });
    expect(resources(synthesized, "aws_kms_key")[0]).toMatchObject({ deletion_window_in_days: 7 });
  });

  test.each<[Partial<AuroraStandbyProps>, string[]]>([
    [{}, ["db.r6g.large"]],
    [{ instances: 1, instanceClass: "db.r7g.large" }, ["db.r7g.large"]],
    [{ primary: { engine: "aurora-mysql", serverless: { minAcu: 8, maxAcu: 16 } } }, ["db.serverless"]],
    [{ instances: 0 }, []],
  ])("with %j has the instances %j", (settings, expected) => {
    const instances = resources(build(settings), "aws_rds_cluster_instance");
    expect(instances.map((instance) => instance["instance_class"])).toEqual(expected);
  });

  test("has no scaling, whatever the primary has", () => {
    const synthesized = build({ primary: { ...primary, readers: { min: 1, max: 3 }, globalDatabase: true } });
    expect(synthesized.resource).not.toHaveProperty("aws_appautoscaling_target");
    expect(synthesized.resource).not.toHaveProperty("aws_rds_global_cluster");
    expect(resources(synthesized, "aws_rds_cluster_instance")).toHaveLength(1);
  });

  test("requires TLS and keeps its logs, as the primary does", () => {
    const synthesized = build();
    expect(resources(synthesized, "aws_rds_cluster_parameter_group")).toEqual([
      expect.objectContaining({
        family: "aurora-postgresql15",
        parameter: expect.arrayContaining([
          { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
        ]) as unknown,
      }),
    ]);
    expect(resources(synthesized, "aws_cloudwatch_log_group")).toEqual([
      expect.objectContaining({ name: "/aws/rds/cluster/acme-test-db-standby/postgresql", retention_in_days: 365 }),
    ]);
  });

  test("tells consumers where it is", () => {
    synth((scope) => {
      const standby = new AuroraStandby(scope, "standby", {
        context: context({ region: "eu-central-1" }),
        vpcId: "vpc-2",
        subnetIds: ["subnet-c", "subnet-d"],
        primary,
        primaryRegion: "eu-west-3",
        globalClusterIdentifier: "acme-test-db",
      });
      expect(standby).toMatchObject({
        scheme: "postgres",
        port: 5432,
        clusterIdentifier: "acme-test-db-standby",
        clusterArn: "arn:aws:rds:eu-central-1:123456789012:cluster:acme-test-db-standby",
        instanceClass: "db.r6g.large",
      });
      for (const field of [standby.address, standby.readerAddress, standby.securityGroupId, standby.kmsKeyArn]) {
        expect(Token.isUnresolved(field)).toBe(true);
      }
    });
  });

  test("fails on every problem at once", () => {
    expect(() => build({ instances: 2, subnetIds: [] })).toThrow(
      new Error(
        "test/standby: instances must be a whole number from 0 to 1, got 2; subnetIds must be two or more subnets in different zones, got []",
      ),
    );
  });
});
