import { Fn, TerraformVariable, Token } from "cdktf";
import type { Context } from "../../../modules/context";
import { Postgres, type PostgresProps } from "../../../modules/database/postgres";
import { context, policyOf, resources, type Synthesized, synth } from "../../support/synth";

const boundary = "arn:aws:iam::123456789012:policy/boundary";

function build(settings: Partial<PostgresProps> = {}, overrides: Partial<Context> = {}): Synthesized {
  return synth((scope) => {
    new Postgres(scope, "db", {
      context: context(overrides),
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      ...settings,
    });
  });
}

const instances = (settings: Partial<PostgresProps> = {}, overrides: Partial<Context> = {}) =>
  resources(build(settings, overrides), "aws_db_instance");

describe("Postgres", () => {
  test("is encrypted, private, updated, tagged into snapshots and protected from deletion, replicas included", () => {
    const all = instances({ readReplicas: 2 });
    expect(all).toHaveLength(3);
    for (const instance of all) {
      expect(instance).toMatchObject({
        storage_encrypted: true,
        storage_type: "gp3",
        publicly_accessible: false,
        auto_minor_version_upgrade: true,
        copy_tags_to_snapshot: true,
        deletion_protection: true,
        lifecycle: { prevent_destroy: true },
      });
    }
  });

  test("leaves a final snapshot and its backups", () => {
    expect(instances()[0]).toMatchObject({
      skip_final_snapshot: false,
      final_snapshot_identifier: "acme-test-db-final",
      delete_automated_backups: false,
    });
  });

  test("can be destroyed whole in a destroyable context", () => {
    for (const instance of instances({ readReplicas: 1 }, { destroyable: true })) {
      expect(instance).toMatchObject({
        deletion_protection: false,
        skip_final_snapshot: true,
        lifecycle: { prevent_destroy: false },
      });
      expect(instance).not.toHaveProperty("final_snapshot_identifier");
    }
    expect(instances({}, { destroyable: true })[0]).toMatchObject({ delete_automated_backups: true });
  });

  test("has a password that only RDS knows, and the certificate authority RDS chooses", () => {
    for (const instance of instances({ readReplicas: 1 })) {
      expect(instance).not.toHaveProperty("password");
      expect(instance).not.toHaveProperty("ca_cert_identifier");
    }
    expect(instances()[0]).toMatchObject({ manage_master_user_password: true, username: "postgres" });
  });

  test("has a password of Terraform's, in no state, when it has replicas, which RDS refuses beside its own", () => {
    const synthesized = build({ readReplicas: 1, masterUsername: "owner" });
    const [instance] = resources(synthesized, "aws_db_instance");
    expect(instance).toMatchObject({
      username: "owner",
      password_wo:
        "${jsondecode(ephemeral.aws_secretsmanager_secret_version.db_master_39E735CE.secret_string).password}",
      password_wo_version: 1,
    });
    expect(instance).not.toHaveProperty("manage_master_user_password");
    expect(resources(synthesized, "aws_secretsmanager_secret")).toEqual([
      expect.objectContaining({ name: "acme-test-db-master" }),
    ]);
    expect(resources(synthesized, "aws_secretsmanager_secret_version")[0]).toMatchObject({
      secret_string_wo: expect.stringMatching(
        /^\$\{jsonencode\(\{"username" = "owner", "password" = ephemeral\./,
      ) as unknown,
    });
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    expect(
      instances({ version: undefined, storageGiB: undefined, multiAz: undefined, thing: undefined })[0],
    ).toMatchObject({
      identifier: "acme-test-db",
      engine: "postgres",
      engine_version: "16",
      instance_class: "db.t4g.micro",
      allocated_storage: 20,
      max_allocated_storage: 40,
      multi_az: true,
      port: 5432,
      db_name: "app",
      backup_retention_period: 7,
      backup_window: "02:00-03:00",
      maintenance_window: "sun:03:30-sun:04:30",
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      monitoring_interval: 60,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      iam_database_authentication_enabled: false,
      allow_major_version_upgrade: false,
      apply_immediately: false,
    });
  });

  test("takes what an environment chooses", () => {
    const [instance] = instances({
      version: "17.2",
      instanceClass: "db.m7g.large",
      storageGiB: 100,
      maxStorageGiB: 500,
      multiAz: false,
      backupRetentionDays: 35,
      backupWindow: "04:00-05:00",
      maintenanceWindow: "mon:01:00-mon:02:00",
      performanceInsightsRetentionDays: 731,
      monitoringIntervalSeconds: 1,
      iamAuthentication: true,
      allowMajorVersionUpgrade: true,
      applyImmediately: true,
      databaseName: "shop",
      masterUsername: "owner",
    });
    expect(instance).toMatchObject({
      engine_version: "17.2",
      instance_class: "db.m7g.large",
      allocated_storage: 100,
      max_allocated_storage: 500,
      multi_az: false,
      backup_retention_period: 35,
      backup_window: "04:00-05:00",
      maintenance_window: "mon:01:00-mon:02:00",
      performance_insights_retention_period: 731,
      monitoring_interval: 1,
      iam_database_authentication_enabled: true,
      allow_major_version_upgrade: true,
      apply_immediately: true,
      db_name: "shop",
      username: "owner",
    });
  });

  test("uses one key for disk and Performance Insights", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/k";
    expect(instances({ kmsKeyArn })[0]).toMatchObject({
      kms_key_id: kmsKeyArn,
      performance_insights_kms_key_id: kmsKeyArn,
    });
    expect(instances()[0]).not.toHaveProperty("kms_key_id");
  });

  test("has no Performance Insights and no key for them when they are off", () => {
    const [instance] = instances({ performanceInsights: false, kmsKeyArn: "arn:aws:kms:eu-west-3:123456789012:key/k" });
    expect(instance).toMatchObject({ performance_insights_enabled: false });
    expect(instance).not.toHaveProperty("performance_insights_retention_period");
    expect(instance).not.toHaveProperty("performance_insights_kms_key_id");
  });

  test("requires TLS, in a parameter group that a major upgrade can replace", () => {
    const groups = (version: string) => resources(build({ version }), "aws_db_parameter_group");
    expect(groups("16.4")).toEqual([
      expect.objectContaining({
        name: "acme-test-db-postgres16",
        family: "postgres16",
        parameter: expect.arrayContaining([
          { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
        ]) as unknown,
        lifecycle: { create_before_destroy: true },
      }),
    ]);
    expect(groups("17")).toEqual([expect.objectContaining({ name: "acme-test-db-postgres17", family: "postgres17" })]);
  });

  test("stands in the given subnets and lets nobody in or out", () => {
    const synthesized = build();
    expect(resources(synthesized, "aws_db_subnet_group")).toEqual([
      expect.objectContaining({ name: "acme-test-db", subnet_ids: ["subnet-a", "subnet-b"] }),
    ]);
    const groups = resources(synthesized, "aws_security_group");
    expect(groups).toEqual([
      expect.objectContaining({ name: "acme-test-db", vpc_id: "vpc-1", tags: { Name: "acme-test-db" } }),
    ]);
    for (const group of groups) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
    expect(synthesized.resource).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
    expect(synthesized.resource).not.toHaveProperty("aws_vpc_security_group_egress_rule");
  });

  test("lets in the security groups it is told to, on its port only", () => {
    const synthesized = synth((scope) => {
      const db = new Postgres(scope, "db", { context: context(), vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] });
      db.allowFrom("api", "sg-api");
      db.allowFrom("instance", "sg-worker");
    });
    expect(resources(synthesized, "aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({
        referenced_security_group_id: "sg-api",
        description: "PostgreSQL from api",
        ip_protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
      }),
      expect.objectContaining({
        referenced_security_group_id: "sg-worker",
        ip_protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
      }),
    ]);
  });

  test("sends its logs to groups of its own, made before it and kept for a limited time", () => {
    const synthesized = build({ logRetentionDays: 30, readReplicas: 1 });
    const groups = resources(synthesized, "aws_cloudwatch_log_group");
    expect(groups.map(({ name, retention_in_days }) => [name, retention_in_days])).toEqual([
      ["/aws/rds/instance/acme-test-db/postgresql", 30],
      ["/aws/rds/instance/acme-test-db/upgrade", 30],
      ["/aws/rds/instance/acme-test-db-replica-1/postgresql", 30],
      ["/aws/rds/instance/acme-test-db-replica-1/upgrade", 30],
    ]);
    for (const instance of resources(synthesized, "aws_db_instance")) {
      expect(instance["depends_on"]).toEqual([
        expect.stringMatching(/^aws_iam_role_policy_attachment\./),
        expect.stringMatching(/^aws_cloudwatch_log_group\..*postgresql/),
        expect.stringMatching(/^aws_cloudwatch_log_group\..*upgrade/),
      ]);
    }
    expect(resources(build(), "aws_cloudwatch_log_group").map((group) => group["retention_in_days"])).toEqual([
      365, 365,
    ]);
    expect(resources(build({ logExports: [] }), "aws_cloudwatch_log_group")).toEqual([]);
  });

  test("is monitored by a bounded role that only RDS can take, for these instances", () => {
    const synthesized = build({ readReplicas: 1 }, { permissionsBoundaryArn: boundary });
    const roles = resources(synthesized, "aws_iam_role");
    expect(roles).toEqual([
      expect.objectContaining({ name: "acme-test-db-monitoring", permissions_boundary: boundary }),
    ]);
    expect(roles.map((role) => policyOf(role, "assume_role_policy").Statement)).toEqual([
      [
        {
          Effect: "Allow",
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:rds:eu-west-3:123456789012:db:acme-test-db*" },
          },
        },
      ],
    ]);
    for (const instance of resources(synthesized, "aws_db_instance")) {
      expect(instance["monitoring_role_arn"]).toMatch(/^\$\{aws_iam_role\./);
    }
  });

  test("has no monitoring role when monitoring is off", () => {
    const synthesized = build({ monitoringIntervalSeconds: 0 });
    expect(synthesized.resource).not.toHaveProperty("aws_iam_role");
    expect(resources(synthesized, "aws_db_instance")[0]).toMatchObject({ monitoring_interval: 0 });
  });

  test("has read replicas of the same class unless another is set, without backups of their own", () => {
    const [, first, second] = instances({ readReplicas: 2, instanceClass: "db.m7g.large" });
    expect(first).toMatchObject({
      identifier: "acme-test-db-replica-1",
      replicate_source_db: expect.stringMatching(/^\$\{aws_db_instance\.db_instance_.*\.identifier\}$/) as unknown,
      instance_class: "db.m7g.large",
      skip_final_snapshot: true,
    });
    expect(second).toMatchObject({ identifier: "acme-test-db-replica-2" });
    for (const attribute of [
      "db_subnet_group_name",
      "engine",
      "multi_az",
      "backup_retention_period",
      "username",
      "manage_master_user_password",
      "kms_key_id",
      "final_snapshot_identifier",
    ]) {
      expect(first).not.toHaveProperty(attribute);
    }
    expect(instances({ readReplicas: 1, readReplicaInstanceClass: "db.t4g.small" })[1]).toMatchObject({
      instance_class: "db.t4g.small",
    });
  });

  test.each<[NonNullable<PostgresProps["restore"]>, object]>([
    [{ kind: "snapshot", snapshotIdentifier: "acme-final" }, { snapshot_identifier: "acme-final" }],
    [
      { kind: "point-in-time", sourceInstanceIdentifier: "acme-prod-db", time: "latest" },
      { restore_to_point_in_time: { source_db_instance_identifier: "acme-prod-db", use_latest_restorable_time: true } },
    ],
    [
      { kind: "point-in-time", sourceInstanceIdentifier: "acme-prod-db", time: "2026-11-20T13:45:00Z" },
      {
        restore_to_point_in_time: {
          source_db_instance_identifier: "acme-prod-db",
          restore_time: "2026-11-20T13:45:00Z",
        },
      },
    ],
  ])("starts from a backup: %j", (restore, expected) => {
    const [instance] = instances({ restore });
    expect(instance).toMatchObject({ ...expected, manage_master_user_password: true });
    expect(instance).not.toHaveProperty("db_name");
    expect(instance).not.toHaveProperty("username");
  });

  test("tells consumers where it is and what it is called", () => {
    synth((scope) => {
      const props = { context: context(), vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };
      const db = new Postgres(scope, "db", { ...props, readReplicas: 2 });
      expect(db).toMatchObject({
        port: 5432,
        instanceIdentifier: "acme-test-db",
        instanceArn: "arn:aws:rds:eu-west-3:123456789012:db:acme-test-db",
        instanceClass: "db.t4g.micro",
        multiAz: true,
        scheme: "postgres",
        databaseName: "app",
        masterUsername: "postgres",
      });
      for (const field of [
        db.endpoint,
        db.address,
        db.securityGroupId,
        db.masterSecretArn,
        db.resourceId,
        ...db.replicaAddresses,
      ]) {
        expect(Token.isUnresolved(field)).toBe(true);
      }
      expect(db.replicaAddresses).toHaveLength(2);

      const restored = new Postgres(scope, "old", {
        ...props,
        thing: "old",
        restore: { kind: "snapshot", snapshotIdentifier: "s" },
      });
      expect(Token.isUnresolved(restored.databaseName)).toBe(true);
      expect(Token.isUnresolved(restored.masterUsername)).toBe(true);
    });
  });

  test("lets values that only Terraform knows pass", () => {
    const synthesized = synth((scope) => {
      const text = new TerraformVariable(scope, "text", { type: "string" }).stringValue;
      const number = new TerraformVariable(scope, "number", { type: "number" }).numberValue;
      const subnetIds = Token.asList(Fn.split(",", text));
      new Postgres(scope, "db", {
        context: context(),
        vpcId: text,
        subnetIds,
        version: text,
        instanceClass: text,
        storageGiB: number,
        maxStorageGiB: number,
        backupRetentionDays: number,
        backupWindow: text,
        maintenanceWindow: text,
        databaseName: text,
      });
    });
    expect(resources(synthesized, "aws_db_instance")[0]).toMatchObject({
      allocated_storage: "${var.number}",
      engine_version: "${var.text}",
    });
    expect(resources(synthesized, "aws_db_subnet_group")[0]).toMatchObject({ subnet_ids: '${split(",", var.text)}' });
  });

  test.each<[Partial<PostgresProps>, string]>([
    [{ storageGiB: 19 }, "test/db: storageGiB must be a whole number from 20 to 65536, got 19"],
    [
      { subnetIds: ["subnet-a"] },
      'test/db: subnetIds must be two or more subnets in different zones, got ["subnet-a"]',
    ],
    [
      { backupRetentionDays: 0, readReplicas: 16 },
      "test/db: backupRetentionDays must be a whole number from 1 to 35, got 0; readReplicas must be a whole number from 0 to 15, got 16",
    ],
  ])("fails on %j", (settings, message) => {
    expect(() => build(settings)).toThrow(new Error(message));
  });
});
