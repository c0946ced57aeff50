import type { AlarmDefinition } from "../../../modules/monitoring/alarm-definition";
import {
  backupAlarms,
  cacheAlarms,
  databaseClusterAlarms,
  databaseInstanceAlarms,
  isBurstable,
  serverlessCacheAlarms,
} from "../../../modules/monitoring/data-alarms";
import { thresholdsOf } from "../../../modules/monitoring/thresholds";

const thresholds = thresholdsOf();
const off = thresholdsOf(Object.fromEntries(Object.keys(thresholds).map((name) => [name, false])));
const instance = {
  kind: "database-instance",
  name: "db",
  instanceIdentifier: "acme-test-db",
  instanceClass: "db.m7g.large",
} as const;
const cluster = {
  kind: "database-cluster",
  name: "db",
  clusterIdentifier: "acme-test-db",
  instanceClass: "db.r6g.large",
} as const;
const cache = {
  kind: "cache",
  name: "cache",
  nodeIds: ["acme-test-cache-001", "acme-test-cache-002"],
  nodeType: "cache.m7g.large",
} as const;
const serverless = { kind: "serverless-cache", name: "cache", cacheName: "acme-test-cache" } as const;
const backup = { kind: "backup", name: "daily", vaultName: "acme-test" } as const;

const summary = (alarms: readonly AlarmDefinition[]) =>
  Object.fromEntries(
    alarms.map(({ check, side, threshold, unit, missing }) => [check, [side, threshold, unit, missing]]),
  );

describe("databaseInstanceAlarms", () => {
  test("are about its CPU when nothing else is known, and take silence for an alarm", () => {
    const alarms = databaseInstanceAlarms(instance, thresholds);
    expect(summary(alarms)).toEqual({ cpu: ["above", 80, "percent", "breaching"] });
    expect(alarms[0]?.metrics).toEqual([
      {
        namespace: "AWS/RDS",
        metricName: "CPUUtilization",
        dimensions: { DBInstanceIdentifier: "acme-test-db" },
        statistic: "Average",
      },
    ]);
  });

  test("take no silence for an alarm where a schedule stops it", () => {
    const alarms = databaseInstanceAlarms({ ...instance, alwaysOn: false }, thresholds);
    expect(summary(alarms)).toEqual({ cpu: ["above", 80, "percent", "notBreaching"] });
  });

  test("are about its connections, disk, lag and credits where there are some", () => {
    const subject = { ...instance, instanceClass: "db.t4g.micro", maxConnections: 77, storageGiB: 20, replica: true };
    expect(summary(databaseInstanceAlarms(subject, thresholds))).toEqual({
      cpu: ["above", 80, "percent", "breaching"],
      connections: ["above", 61, "count", "notBreaching"],
      storage: ["below", 2 * 1024 ** 3, "bytes", "notBreaching"],
      lag: ["above", 30, "seconds", "notBreaching"],
      credits: ["below", 20, "count", "notBreaching"],
    });
    expect(databaseInstanceAlarms(subject, off)).toEqual([]);
  });
});

describe("databaseClusterAlarms", () => {
  test("are about the writer alone without readers", () => {
    const alarms = databaseClusterAlarms(cluster, thresholds);
    expect(summary(alarms)).toEqual({ "writer-cpu": ["above", 80, "percent", "breaching"] });
    expect(alarms[0]).toMatchObject({
      title: "Database cluster db, writer: CPU",
      metrics: [{ dimensions: { DBClusterIdentifier: "acme-test-db", Role: "WRITER" } }],
    });
  });

  test("are about the readers too, which may come and go, and how far they are behind", () => {
    const subject = { ...cluster, readers: true, maxConnections: 1000 };
    const alarms = databaseClusterAlarms(subject, thresholds);
    expect(summary(alarms)).toEqual({
      "writer-cpu": ["above", 80, "percent", "breaching"],
      "writer-connections": ["above", 800, "count", "notBreaching"],
      "reader-cpu": ["above", 80, "percent", "notBreaching"],
      "reader-connections": ["above", 800, "count", "notBreaching"],
      "reader-lag": ["above", 30_000, "milliseconds", "notBreaching"],
    });
    expect(alarms.at(-1)?.metrics).toEqual([
      {
        namespace: "AWS/RDS",
        metricName: "AuroraReplicaLag",
        dimensions: { DBClusterIdentifier: "acme-test-db", Role: "READER" },
        statistic: "Maximum",
      },
    ]);
    expect(databaseClusterAlarms(subject, off)).toEqual([]);
  });

  test("are about the capacity of a serverless one, and the credits of a burstable one", () => {
    expect(summary(databaseClusterAlarms({ ...cluster, instanceClass: "db.serverless" }, thresholds))).toEqual({
      "writer-cpu": ["above", 80, "percent", "breaching"],
      capacity: ["above", 90, "percent", "notBreaching"],
    });
    const burstable = { ...cluster, instanceClass: "db.t4g.medium", alwaysOn: false };
    expect(summary(databaseClusterAlarms(burstable, thresholds))).toEqual({
      "writer-cpu": ["above", 80, "percent", "notBreaching"],
      "writer-credits": ["below", 20, "count", "notBreaching"],
    });
  });
});

describe("cacheAlarms", () => {
  test("are about the worst of its nodes", () => {
    const alarms = cacheAlarms(cache, thresholds);
    expect(summary(alarms)).toEqual({
      cpu: ["above", 80, "percent", "breaching"],
      memory: ["above", 80, "percent", "notBreaching"],
      evictions: ["above", 100, "count", "notBreaching"],
    });
    expect(alarms.map(({ expression }) => expression)).toEqual([
      "MAX([FILL(m1, 0), FILL(m2, 0)])",
      "MAX([FILL(m1, 0), FILL(m2, 0)])",
      "FILL(m1, 0) + FILL(m2, 0)",
    ]);
    expect(alarms[0]?.metrics[1]).toEqual({
      namespace: "AWS/ElastiCache",
      metricName: "EngineCPUUtilization",
      dimensions: { CacheClusterId: "acme-test-cache-002", CacheNodeId: "0001" },
      statistic: "Average",
    });
    expect(cacheAlarms(cache, off)).toEqual([]);
  });

  test("are about the credits of the poorest node of a t class", () => {
    const credits = (nodeIds: string[]) =>
      cacheAlarms({ ...cache, nodeIds, nodeType: "cache.t4g.micro" }, thresholds).at(-1);
    expect(credits(["a", "b"])).toMatchObject({ check: "credits", side: "below", expression: "MIN([m1, m2])" });
    expect(credits(["a"])).not.toHaveProperty("expression");
  });
});

describe("serverlessCacheAlarms", () => {
  test("are about what it refuses and what it removes", () => {
    const alarms = serverlessCacheAlarms(serverless, thresholds);
    expect(summary(alarms)).toEqual({
      throttled: ["above", 0, "count", "notBreaching"],
      evictions: ["above", 100, "count", "notBreaching"],
    });
    expect(alarms[0]?.metrics).toEqual([
      {
        namespace: "AWS/ElastiCache",
        metricName: "ThrottledCmds",
        dimensions: { clusterId: "acme-test-cache" },
        statistic: "Sum",
      },
    ]);
    expect(serverlessCacheAlarms(serverless, off)).toEqual([]);
  });
});

describe("backupAlarms", () => {
  test("are about any backup or copy that failed within an hour", () => {
    const alarms = backupAlarms(backup, thresholds);
    expect(summary(alarms)).toEqual({ failed: ["above", 0, "count", "notBreaching"] });
    expect(alarms[0]).toMatchObject({ periodSeconds: 3600, expression: "FILL(m1, 0) + FILL(m2, 0) + FILL(m3, 0)" });
    expect(alarms[0]?.metrics.map(({ metricName, dimensions }) => [metricName, dimensions])).toEqual([
      ["NumberOfBackupJobsFailed", { BackupVaultName: "acme-test" }],
      ["NumberOfBackupJobsExpired", { BackupVaultName: "acme-test" }],
      ["NumberOfCopyJobsFailed", { BackupVaultName: "acme-test" }],
    ]);
    expect(backupAlarms(backup, off)).toEqual([]);
  });
});

describe("isBurstable", () => {
  test.each([
    ["db.t4g.micro", true],
    ["db.t3.large", true],
    ["cache.t4g.micro", true],
    ["t4g.small", true],
    ["db.m7g.large", false],
    ["db.serverless", false],
    ["trn1.2xlarge", false],
    ["r6g.large", false],
  ])("of %s is %s", (instanceClass, expected) => {
    expect(isBurstable(instanceClass)).toBe(expected);
  });
});
