import { Token } from "cdktf";
import type { Context } from "../../../modules/context";
import { AuroraCluster, type AuroraClusterProps } from "../../../modules/database/aurora-cluster";
import type { DatabaseConnection } from "../../../modules/database/database-connection";
import { context, policyOf, resources, type Synthesized, synth } from "../../support/synth";

const boundary = "arn:aws:iam::123456789012:policy/boundary";
const large = { instanceClass: "db.r6g.large" };

function build(settings: Partial<AuroraClusterProps> = {}, overrides: Partial<Context> = {}): Synthesized {
  return synth((scope) => {
    new AuroraCluster(scope, "db", {
      context: context(overrides),
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      engine: "aurora-postgresql",
      ...settings,
    });
  });
}

const clusters = (settings: Partial<AuroraClusterProps> = {}, overrides: Partial<Context> = {}) =>
  resources(build(settings, overrides), "aws_rds_cluster");
const instances = (settings: Partial<AuroraClusterProps> = {}, overrides: Partial<Context> = {}) =>
  resources(build(settings, overrides), "aws_rds_cluster_instance");

describe("AuroraCluster", () => {
  test("is encrypted, private, tagged into snapshots and protected from deletion", () => {
    for (const cluster of clusters()) {
      expect(cluster).toMatchObject({
        storage_encrypted: true,
        deletion_protection: true,
        copy_tags_to_snapshot: true,
        delete_automated_backups: false,
        skip_final_snapshot: false,
        final_snapshot_identifier: "acme-test-db-final",
        lifecycle: { prevent_destroy: true },
      });
    }
    for (const instance of instances({ readers: { min: 2 } })) {
      expect(instance).toMatchObject({ publicly_accessible: false, auto_minor_version_upgrade: true });
    }
  });

  test("can be destroyed whole in a destroyable context", () => {
    for (const type of ["aws_rds_cluster", "aws_rds_global_cluster"]) {
      const all = resources(build({ globalDatabase: true, ...large }, { destroyable: true }), type);
      expect(all).toHaveLength(1);
      for (const one of all) {
        expect(one).toMatchObject({ deletion_protection: false, lifecycle: { prevent_destroy: false } });
        expect(one).not.toHaveProperty("final_snapshot_identifier");
      }
    }
    expect(clusters({}, { destroyable: true })[0]).toMatchObject({
      skip_final_snapshot: true,
      delete_automated_backups: true,
    });
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const synthesized = build({ version: undefined, readers: undefined, thing: undefined, storageType: undefined });
    expect(resources(synthesized, "aws_rds_cluster")[0]).toMatchObject({
      cluster_identifier: "acme-test-db",
      engine: "aurora-postgresql",
      engine_version: "16",
      database_name: "app",
      master_username: "postgres",
      port: 5432,
      storage_type: "aurora",
      backup_retention_period: 7,
      preferred_backup_window: "02:00-03:00",
      preferred_maintenance_window: "sun:03:30-sun:04:30",
      iam_database_authentication_enabled: false,
      allow_major_version_upgrade: false,
      apply_immediately: false,
      enabled_cloudwatch_logs_exports: ["postgresql"],
    });
    expect(resources(synthesized, "aws_rds_cluster_instance")).toEqual(
      [1, 2].map((number): unknown =>
        expect.objectContaining({
          identifier: `acme-test-db-${number}`,
          instance_class: "db.t4g.medium",
          promotion_tier: number - 1,
          monitoring_interval: 60,
          performance_insights_enabled: true,
          performance_insights_retention_period: 7,
        }),
      ),
    );
    expect(synthesized.resource).not.toHaveProperty("aws_appautoscaling_target");
    expect(synthesized.resource).not.toHaveProperty("aws_rds_global_cluster");
  });

  test("passes on every choice", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/k";
    const synthesized = build({
      engine: "aurora-mysql",
      ...large,
      version: "8.0.mysql_aurora.3.08.2",
      storageType: "io-optimized",
      backupRetentionDays: 35,
      backupWindow: "04:00-05:00",
      maintenanceWindow: "mon:01:00-mon:02:00",
      performanceInsightsRetentionDays: 731,
      monitoringIntervalSeconds: 1,
      iamAuthentication: true,
      applyImmediately: true,
      databaseName: "shop",
      masterUsername: "owner",
      kmsKeyArn,
    });
    expect(resources(synthesized, "aws_rds_cluster")[0]).toMatchObject({
      engine_version: "8.0.mysql_aurora.3.08.2",
      port: 3306,
      storage_type: "aurora-iopt1",
      backup_retention_period: 35,
      preferred_backup_window: "04:00-05:00",
      preferred_maintenance_window: "mon:01:00-mon:02:00",
      iam_database_authentication_enabled: true,
      apply_immediately: true,
      database_name: "shop",
      master_username: "owner",
      kms_key_id: kmsKeyArn,
    });
    for (const instance of resources(synthesized, "aws_rds_cluster_instance")) {
      expect(instance).toMatchObject({
        engine: "aurora-mysql",
        instance_class: "db.r6g.large",
        preferred_maintenance_window: "mon:01:00-mon:02:00",
        monitoring_interval: 1,
        performance_insights_retention_period: 731,
        performance_insights_kms_key_id: kmsKeyArn,
        apply_immediately: true,
      });
    }
  });

  test("lets the first instance start as the writer", () => {
    const [writer, ...readers] = instances({ readers: { min: 2 } });
    expect(writer?.["depends_on"]).not.toContainEqual(expect.stringMatching(/^aws_rds_cluster_instance\./));
    for (const reader of readers) {
      expect(reader["depends_on"]).toContainEqual(expect.stringMatching(/^aws_rds_cluster_instance\.db_instance-1_/));
    }
    expect(instances({ readers: { min: 0 } })).toHaveLength(1);
  });

  test("scales its readers by their CPU, once its own are there", () => {
    const synthesized = build({ readers: { min: 1, max: 3 } });
    expect(resources(synthesized, "aws_appautoscaling_target")).toEqual([
      expect.objectContaining({
        service_namespace: "rds",
        scalable_dimension: "rds:cluster:ReadReplicaCount",
        resource_id: "cluster:acme-test-db",
        min_capacity: 1,
        max_capacity: 3,
        depends_on: [
          expect.stringMatching(/^aws_rds_cluster_instance\.db_instance-1_/),
          expect.stringMatching(/^aws_rds_cluster_instance\.db_instance-2_/),
        ],
      }),
    ]);
    expect(resources(synthesized, "aws_appautoscaling_policy")).toEqual([
      expect.objectContaining({
        name: "acme-test-db-reader-cpu",
        policy_type: "TargetTrackingScaling",
        target_tracking_scaling_policy_configuration: {
          predefined_metric_specification: { predefined_metric_type: "RDSReaderAverageCPUUtilization" },
          target_value: 70,
          scale_in_cooldown: 300,
          scale_out_cooldown: 300,
        },
      }),
    ]);
    const readers = { min: 2, max: 5, cpuPercent: 50, scaleInCooldownSeconds: 600, scaleOutCooldownSeconds: 120 };
    expect(resources(build({ readers }), "aws_appautoscaling_policy")[0]).toMatchObject({
      target_tracking_scaling_policy_configuration: {
        target_value: 50,
        scale_in_cooldown: 600,
        scale_out_cooldown: 120,
      },
    });
  });

  test("has capacity that follows the load, and pauses when it may", () => {
    const scaling = (serverless: AuroraClusterProps["serverless"]) =>
      clusters({ serverless })[0]?.["serverlessv2_scaling_configuration"];
    expect(scaling({ minAcu: 0.5, maxAcu: 4 })).toEqual({ min_capacity: 0.5, max_capacity: 4 });
    expect(scaling({ minAcu: 0, maxAcu: 4 })).toEqual({
      min_capacity: 0,
      max_capacity: 4,
      seconds_until_auto_pause: 300,
    });
    expect(scaling({ minAcu: 0, maxAcu: 4, pauseAfterSeconds: 600 })).toMatchObject({ seconds_until_auto_pause: 600 });
    for (const instance of instances({ serverless: { minAcu: 0.5, maxAcu: 4 } })) {
      expect(instance).toMatchObject({ instance_class: "db.serverless" });
    }
    expect(clusters()[0]).not.toHaveProperty("serverlessv2_scaling_configuration");
  });

  test.each([
    ["aurora-postgresql", "aurora-postgresql16", "acme-test-db-aurora-postgresql16", "rds.force_ssl", "1"],
    ["aurora-mysql", "aurora-mysql8.0", "acme-test-db-aurora-mysql8-0", "require_secure_transport", "ON"],
  ] as const)("requires TLS of %s, in groups that a major upgrade can replace", (engine, family, name, tls, value) => {
    const synthesized = build({ engine, allowMajorVersionUpgrade: true });
    const lifecycle = { create_before_destroy: true };
    expect(resources(synthesized, "aws_rds_cluster_parameter_group")).toEqual([
      expect.objectContaining({
        name,
        family,
        lifecycle,
        parameter: expect.arrayContaining([{ name: tls, value, apply_method: "immediate" }]) as unknown,
      }),
    ]);
    expect(resources(synthesized, "aws_db_parameter_group")).toEqual([
      expect.objectContaining({ name, family, lifecycle }),
    ]);
    expect(resources(synthesized, "aws_rds_cluster")[0]).toHaveProperty("db_instance_parameter_group_name");
    expect(clusters()[0]).not.toHaveProperty("db_instance_parameter_group_name");
  });

  test("stands in the given subnets and lets nobody in or out", () => {
    const synthesized = build();
    expect(resources(synthesized, "aws_db_subnet_group")).toEqual([
      expect.objectContaining({ name: "acme-test-db", subnet_ids: ["subnet-a", "subnet-b"] }),
    ]);
    const groups = resources(synthesized, "aws_security_group");
    expect(groups).toEqual([expect.objectContaining({ name: "acme-test-db", vpc_id: "vpc-1" })]);
    for (const group of groups) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
    expect(synthesized.resource).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
  });

  test("lets in the security groups it is told to, on its port only", () => {
    const synthesized = synth((scope) => {
      const db = new AuroraCluster(scope, "db", {
        context: context(),
        vpcId: "vpc-1",
        subnetIds: ["subnet-a", "subnet-b"],
        engine: "aurora-postgresql",
      });
      db.allowFrom("api", "sg-api");
    });
    expect(resources(synthesized, "aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({
        referenced_security_group_id: "sg-api",
        description: "PostgreSQL from api",
        ip_protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
      }),
    ]);
  });

  test("sends its logs to groups of its own, made before it and kept for a limited time", () => {
    const synthesized = build({ engine: "aurora-mysql", logExports: ["audit", "error"], logRetentionDays: 30 });
    expect(
      resources(synthesized, "aws_cloudwatch_log_group").map(({ name, retention_in_days }) => [
        name,
        retention_in_days,
      ]),
    ).toEqual([
      ["/aws/rds/cluster/acme-test-db/audit", 30],
      ["/aws/rds/cluster/acme-test-db/error", 30],
    ]);
    expect(resources(synthesized, "aws_rds_cluster")[0]?.["depends_on"]).toEqual([
      expect.stringMatching(/^aws_cloudwatch_log_group\..*audit/),
      expect.stringMatching(/^aws_cloudwatch_log_group\..*error/),
    ]);
  });

  test.each([
    [{ min: 1 }, "arn:aws:rds:eu-west-3:123456789012:db:acme-test-db*"],
    [
      { min: 1, max: 2 },
      [
        "arn:aws:rds:eu-west-3:123456789012:db:acme-test-db*",
        "arn:aws:rds:eu-west-3:123456789012:db:application-autoscaling-*",
      ],
    ],
  ])("is monitored by a bounded role that only RDS can take, for the instances of readers %j", (readers, source) => {
    const synthesized = build({ readers }, { permissionsBoundaryArn: boundary });
    const roles = resources(synthesized, "aws_iam_role");
    expect(roles).toEqual([
      expect.objectContaining({ name: "acme-test-db-monitoring", permissions_boundary: boundary }),
    ]);
    for (const role of roles) {
      expect(policyOf(role, "assume_role_policy").Statement).toEqual([
        expect.objectContaining({
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": source },
          },
        }),
      ]);
    }
    expect(build({ monitoringIntervalSeconds: 0 }).resource).not.toHaveProperty("aws_iam_role");
  });

  test("has a password that only RDS knows", () => {
    const [cluster] = clusters();
    expect(cluster).toMatchObject({ manage_master_user_password: true });
    expect(cluster).not.toHaveProperty("master_password");
    expect(cluster).not.toHaveProperty("master_password_wo");
  });

  test("leads a global database, with a password of Terraform's that is in no state", () => {
    const synthesized = build({ globalDatabase: true, ...large });
    const [cluster] = resources(synthesized, "aws_rds_cluster");
    expect(cluster).toMatchObject({
      master_password_wo: expect.stringMatching(
        /^\$\{jsondecode\(ephemeral\.aws_secretsmanager_secret_version\.db_master_\w+\.secret_string\)\.password\}$/,
      ) as unknown,
      master_password_wo_version: 1,
      lifecycle: { ignore_changes: ["global_cluster_identifier", "replication_source_identifier"] },
    });
    expect(cluster).not.toHaveProperty("manage_master_user_password");
    expect(cluster).not.toHaveProperty("master_password");
    expect(resources(synthesized, "aws_secretsmanager_secret")).toEqual([
      expect.objectContaining({ name: "acme-test-db-master" }),
    ]);
    expect(resources(synthesized, "aws_rds_global_cluster")).toEqual([
      expect.objectContaining({
        global_cluster_identifier: "acme-test-db",
        source_db_cluster_identifier: expect.stringMatching(/^\$\{aws_rds_cluster\..*\.arn\}$/) as unknown,
        force_destroy: true,
        deletion_protection: true,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
  });

  test.each<[NonNullable<AuroraClusterProps["restore"]>, object]>([
    [{ kind: "snapshot", snapshotIdentifier: "acme-final" }, { snapshot_identifier: "acme-final" }],
    [
      { kind: "point-in-time", sourceClusterIdentifier: "acme-prod-db", time: "latest" },
      { restore_to_point_in_time: { source_cluster_identifier: "acme-prod-db", use_latest_restorable_time: true } },
    ],
    [
      { kind: "point-in-time", sourceClusterIdentifier: "acme-prod-db", time: "2026-11-20T13:45:00Z" },
      {
        restore_to_point_in_time: {
          source_cluster_identifier: "acme-prod-db",
          restore_to_time: "2026-11-20T13:45:00Z",
        },
      },
    ],
  ])("starts from a backup: %j", (restore, expected) => {
    const [cluster] = clusters({ restore });
    expect(cluster).toMatchObject(expected);
    expect(cluster).not.toHaveProperty("database_name");
    expect(cluster).not.toHaveProperty("master_username");
  });

  test("is a database connection with readers", () => {
    synth((scope) => {
      const props = { context: context(), vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };
      const db = new AuroraCluster(scope, "db", { ...props, engine: "aurora-postgresql" });
      const connection: DatabaseConnection = db;
      expect(connection).toMatchObject({ scheme: "postgres", port: 5432, databaseName: "app" });
      expect(db).toMatchObject({
        clusterIdentifier: "acme-test-db",
        clusterArn: "arn:aws:rds:eu-west-3:123456789012:cluster:acme-test-db",
        instanceIdentifiers: ["acme-test-db-1", "acme-test-db-2"],
        instanceClass: "db.t4g.medium",
        masterUsername: "postgres",
        globalClusterIdentifier: undefined,
      });
      for (const field of [db.address, db.readerAddress, db.securityGroupId, db.masterSecretArn, db.resourceId]) {
        expect(Token.isUnresolved(field)).toBe(true);
      }
      const leader = new AuroraCluster(scope, "leader", {
        ...props,
        ...large,
        thing: "leader",
        engine: "aurora-mysql",
        globalDatabase: true,
      });
      expect(leader).toMatchObject({ scheme: "mysql", globalClusterIdentifier: "acme-test-leader" });
    });
  });

  test("fails on every problem at once", () => {
    expect(() => build({ version: "14", readers: { min: 16 }, subnetIds: ["subnet-a"] })).toThrow(
      new Error(
        'test/db: version must be PostgreSQL 15, 16, 17, or a full version of these such as 16.4, got "14"; readers.min must be a whole number from 0 to 15, got 16; subnetIds must be two or more subnets in different zones, got ["subnet-a"]',
      ),
    );
  });
});
