import { costs, lines } from "../../support/cost";
import { temporaryFolder } from "../../support/folder";

const folder = temporaryFolder();
const postgres = {
  engine: "postgres",
  instance_class: "db.t4g.micro",
  allocated_storage: 20,
  storage_type: "gp3",
  identifier: "acme-db",
};
const database = (overrides: object = {}) => costs(folder, { aws_db_instance: { db: { ...postgres, ...overrides } } });

describe("databaseInstance", () => {
  test("pays for hours and disk", () => {
    expect(database()).toEqual([
      "db.t4g.micro, PostgreSQL: 730 h × $0.016 = $11.68",
      "gp3 storage: 20 GB × $0.115 = $2.30",
    ]);
  });

  test("pays twice in two zones", () => {
    expect(database({ multi_az: true })).toEqual([
      "db.t4g.micro, PostgreSQL, Multi-AZ: 730 h × 2 zones × $0.016 = $23.36",
      "gp3 storage: 20 GB × 2 zones × $0.115 = $4.60",
    ]);
  });

  test("pays for the secret of a master password that RDS manages", () => {
    expect(database({ manage_master_user_password: true })).toContain("master password: $0.40");
  });

  test("has no price for what the data does not hold", () => {
    expect(database({ instance_class: "db.m7g.large", engine: "mysql" })).toContain(
      "db.m7g.large, MySQL: not in the price data",
    );
    expect(database({ storage_type: "io2" })).toContain("io2 storage: not in the price data");
  });

  test("takes what a replica leaves out from its source", () => {
    const replica = { replicate_source_db: "${aws_db_instance.db.identifier}", instance_class: "db.t3.micro" };
    expect(costs(folder, { aws_db_instance: { db: postgres, replica } }).slice(2)).toEqual([
      "db.t3.micro, PostgreSQL: 730 h × $0.018 = $13.14",
      "gp3 storage: 20 GB × $0.115 = $2.30",
    ]);
  });

  test("pays for backups as used, unless there are none", () => {
    const usage = (days: number) =>
      lines(folder, { aws_db_instance: { db: { ...postgres, backup_retention_period: days } } })
        .filter(({ usdPerMonth }) => usdPerMonth === "depends on usage")
        .map(({ what }) => what);
    expect(usage(7)).toEqual(["backups beyond the size of the disk"]);
    expect(usage(0)).toEqual([]);
  });
});

describe("auroraInstance", () => {
  const cluster = { cluster_identifier: "acme-db", engine: "aurora-postgresql" };
  const instance = { cluster_identifier: "${aws_rds_cluster.c.id}", instance_class: "db.r6g.large" };

  test("pays for the writer and every reader", () => {
    expect(
      costs(folder, { aws_rds_cluster: { c: cluster }, aws_rds_cluster_instance: { w: instance, r: instance } }),
    ).toEqual([
      "db.r6g.large, Aurora PostgreSQL: 730 h × $0.26 = $189.80",
      "db.r6g.large, Aurora PostgreSQL: 730 h × $0.26 = $189.80",
    ]);
  });

  test("is a range from the least to the most capacity when serverless", () => {
    const [, , , line] = lines(folder, {
      aws_rds_cluster: {
        c: {
          ...cluster,
          manage_master_user_password: true,
          serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 4 },
        },
      },
      aws_rds_cluster_instance: { w: { ...instance, instance_class: "db.serverless" } },
    });
    expect(line?.usdPerMonth).toBeCloseTo(730 * 0.5 * 0.12, 10);
    expect(line?.usdPerMonthAtMost).toBeCloseTo(730 * 4 * 0.12, 10);
  });

  test("pays nothing while it is paused", () => {
    const paused = { ...cluster, serverlessv2_scaling_configuration: { min_capacity: 0, max_capacity: 2 } };
    const serverless = { ...instance, instance_class: "db.serverless" };
    const line = lines(folder, { aws_rds_cluster: { c: paused }, aws_rds_cluster_instance: { w: serverless } }).at(-1);
    expect(line).toMatchObject({ usdPerMonth: 0, note: "nothing while it is paused" });
  });
});

describe("auroraReaders", () => {
  test("are the readers beyond the declared ones", () => {
    const line = lines(folder, {
      aws_rds_cluster: { c: { cluster_identifier: "acme-db", engine: "aurora-postgresql" } },
      aws_rds_cluster_instance: {
        w: { cluster_identifier: "acme-db", instance_class: "db.r6g.large" },
        r: { cluster_identifier: "acme-db", instance_class: "db.r6g.large" },
      },
      aws_appautoscaling_target: {
        t: {
          resource_id: "cluster:acme-db",
          scalable_dimension: "rds:cluster:ReadReplicaCount",
          min_capacity: 1,
          max_capacity: 3,
        },
      },
    }).at(-1);
    expect(line).toMatchObject({ what: "readers that scaling adds", usdPerMonth: 0 });
    expect(line?.usdPerMonthAtMost).toBeCloseTo(730 * 2 * 0.26, 10);
  });
});
