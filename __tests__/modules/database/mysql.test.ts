import { Token } from "cdktf";
import type { Context } from "../../../modules/context";
import type { DatabaseConnection } from "../../../modules/database/database-connection";
import { Mysql, type MysqlProps } from "../../../modules/database/mysql";
import { context, resources, type Synthesized, synth } from "../../support/synth";

function build(settings: Partial<MysqlProps> = {}, overrides: Partial<Context> = {}): Synthesized {
  return synth((scope) => {
    new Mysql(scope, "db", {
      context: context(overrides),
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      ...settings,
    });
  });
}

const instances = (settings: Partial<MysqlProps> = {}, overrides: Partial<Context> = {}) =>
  resources(build(settings, overrides), "aws_db_instance");

describe("Mysql", () => {
  test("is encrypted, private, updated and protected from deletion, replicas included", () => {
    const all = instances({ readReplicas: 2 });
    expect(all).toHaveLength(3);
    for (const instance of all) {
      expect(instance).toMatchObject({
        storage_encrypted: true,
        publicly_accessible: false,
        auto_minor_version_upgrade: true,
        deletion_protection: true,
        lifecycle: { prevent_destroy: true },
      });
      expect(instance).not.toHaveProperty("password");
    }
  });

  test("can be destroyed whole in a destroyable context", () => {
    for (const instance of instances({ readReplicas: 1 }, { destroyable: true })) {
      expect(instance).toMatchObject({
        deletion_protection: false,
        skip_final_snapshot: true,
        lifecycle: { prevent_destroy: false },
      });
    }
  });

  test("falls back to the documented defaults", () => {
    expect(instances()[0]).toMatchObject({
      identifier: "acme-test-db",
      engine: "mysql",
      engine_version: "8.4",
      instance_class: "db.t4g.micro",
      port: 3306,
      db_name: "app",
      username: "admin",
      manage_master_user_password: true,
      multi_az: true,
      performance_insights_enabled: false,
      enabled_cloudwatch_logs_exports: ["error", "slowquery"],
    });
  });

  test("has Performance Insights in a class that can", () => {
    expect(instances({ instanceClass: "db.m7g.large" })[0]).toMatchObject({ performance_insights_enabled: true });
  });

  test.each([
    ["8.4.5", "acme-test-db-mysql8-4", "mysql8.4"],
    ["8.0", "acme-test-db-mysql8-0", "mysql8.0"],
  ])("requires TLS, in the parameter group of version %s", (version, name, family) => {
    expect(resources(build({ version }), "aws_db_parameter_group")).toEqual([
      expect.objectContaining({
        name,
        family,
        parameter: expect.arrayContaining([
          { name: "require_secure_transport", value: "1", apply_method: "immediate" },
        ]) as unknown,
      }),
    ]);
  });

  test("lets in the security groups it is told to, on its port only", () => {
    const synthesized = synth((scope) => {
      const db = new Mysql(scope, "db", { context: context(), vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] });
      db.allowFrom("bastion", "sg-bastion");
    });
    expect(resources(synthesized, "aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({
        referenced_security_group_id: "sg-bastion",
        description: "MySQL from bastion",
        ip_protocol: "tcp",
        from_port: 3306,
        to_port: 3306,
      }),
    ]);
  });

  test("is a database connection", () => {
    synth((scope) => {
      const props = { context: context(), vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };
      const db = new Mysql(scope, "db", { ...props, multiAz: false });
      const connection: DatabaseConnection = db;
      expect(connection).toMatchObject({ scheme: "mysql", port: 3306, databaseName: "app" });
      expect(connection.readerAddress).toBeUndefined();
      expect(db).toMatchObject({
        instanceIdentifier: "acme-test-db",
        instanceArn: "arn:aws:rds:eu-west-3:123456789012:db:acme-test-db",
        instanceClass: "db.t4g.micro",
        multiAz: false,
        masterUsername: "admin",
      });
      for (const field of [db.address, db.securityGroupId, db.masterSecretArn]) {
        expect(Token.isUnresolved(field)).toBe(true);
      }
    });
  });

  test("fails on every problem at once, its own included", () => {
    expect(() => build({ storageGiB: 19, performanceInsights: true, subnetIds: [] })).toThrow(
      new Error(
        "test/db: storageGiB must be a whole number from 20 to 65536, got 19; performanceInsights must be false with db.t4g.micro, got true; MySQL has it in larger classes only; subnetIds must be two or more subnets in different zones, got []",
      ),
    );
  });
});
