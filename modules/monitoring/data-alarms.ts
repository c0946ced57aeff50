import { type AlarmDefinition, given } from "./alarm-definition";
import { type Metric, sumOf, worstOf } from "./metric-math";
import {
  type BackupSubject,
  type CacheSubject,
  type DatabaseClusterSubject,
  type DatabaseInstanceSubject,
  type ServerlessCacheSubject,
  subjectTitle,
} from "./subjects";
import type { Thresholds } from "./thresholds";

const GIB = 1024 ** 3;

/** Alarms of an instance of RDS. */
export function databaseInstanceAlarms(subject: DatabaseInstanceSubject, thresholds: Thresholds): AlarmDefinition[] {
  const { instanceClass, storageGiB, maxConnections, replica = false, alwaysOn = true } = subject;
  const title = subjectTitle(subject);
  const metric = (metricName: string, statistic: string): Metric => ({
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBInstanceIdentifier: subject.instanceIdentifier },
    statistic,
  });
  return [
    ...given(thresholds.databaseCpuPercent, (threshold) => ({
      ...cpu(title, metric("CPUUtilization", "Average"), alwaysOn),
      threshold,
    })),
    ...given(maxConnections !== undefined && thresholds.databaseConnectionsPercent, (percent) =>
      connections(title, metric("DatabaseConnections", "Maximum"), Number(maxConnections), percent),
    ),
    ...given(storageGiB !== undefined && thresholds.databaseFreeStoragePercent, (percent) => ({
      check: "storage",
      title: `${title}: free storage`,
      metrics: [metric("FreeStorageSpace", "Minimum")],
      unit: "bytes",
      periodSeconds: 60,
      side: "below",
      threshold: Math.round((Number(storageGiB) * GIB * percent) / 100),
      missing: "notBreaching", // a database that is gone is told by its CPU
      look: "Look whether the disk may still grow (maxStorageGiB, and six hours after it last grew); a full disk stops the database.",
    })),
    ...given(replica && thresholds.replicaLagSeconds, (threshold) => ({
      check: "lag",
      title: `${title}: behind its source`,
      metrics: [metric("ReplicaLag", "Maximum")],
      unit: "seconds",
      periodSeconds: 60,
      side: "above",
      threshold,
      missing: "notBreaching", // a database that is gone is told by its CPU
      look: "Look for long queries on the replica, and for a burst of writes on its source.",
    })),
    ...given(isBurstable(instanceClass) && thresholds.cpuCredits, (threshold) =>
      credits(title, [metric("CPUCreditBalance", "Minimum")], threshold),
    ),
  ];
}

/** Alarms of a cluster of Aurora: its writer, and its readers if it has some. */
export function databaseClusterAlarms(subject: DatabaseClusterSubject, thresholds: Thresholds): AlarmDefinition[] {
  const { instanceClass, clusterIdentifier, maxConnections, readers = false, alwaysOn = true } = subject;
  const title = subjectTitle(subject);
  const metric = (metricName: string, statistic: string, role?: "WRITER" | "READER"): Metric => ({
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBClusterIdentifier: clusterIdentifier, ...(role && { Role: role }) },
    statistic,
  });
  const roles = readers ? (["WRITER", "READER"] as const) : (["WRITER"] as const);
  return [
    ...roles.flatMap((role) => {
      const who = role.toLowerCase();
      const ofRole = `${title}, ${who}`;
      const named = (alarm: AlarmDefinition) => ({ ...alarm, check: `${who}-${alarm.check}` });
      return [
        ...given(thresholds.databaseCpuPercent, (threshold) => ({
          // readers come and go with the load
          ...cpu(ofRole, metric("CPUUtilization", "Average", role), alwaysOn && role === "WRITER"),
          threshold,
        })),
        ...given(maxConnections !== undefined && thresholds.databaseConnectionsPercent, (percent) =>
          connections(ofRole, metric("DatabaseConnections", "Maximum", role), Number(maxConnections), percent),
        ),
        ...given(isBurstable(instanceClass) && thresholds.cpuCredits, (threshold) =>
          credits(ofRole, [metric("CPUCreditBalance", "Minimum", role)], threshold),
        ),
      ].map(named);
    }),
    ...given(readers && thresholds.replicaLagSeconds, (threshold) => ({
      check: "reader-lag",
      title: `${title}: readers behind the writer`,
      metrics: [metric("AuroraReplicaLag", "Maximum", "READER")],
      unit: "milliseconds",
      periodSeconds: 60,
      side: "above",
      threshold: threshold * 1000,
      missing: "notBreaching", // readers come and go with the load
      look: "Look for long queries on the readers, and for a burst of writes.",
    })),
    ...given(instanceClass === "db.serverless" && thresholds.databaseCapacityPercent, (threshold) => ({
      check: "capacity",
      title: `${title}: capacity units, of the most it may take`,
      metrics: [metric("ACUUtilization", "Maximum")],
      unit: "percent",
      periodSeconds: 60,
      side: "above",
      threshold,
      missing: "notBreaching", // a database that is gone is told by its CPU
      look: "Look for the queries behind it; raise the cluster's maximum capacity.",
    })),
  ];
}

/** Alarms of a cache on nodes, about the worst of them. */
export function cacheAlarms(subject: CacheSubject, thresholds: Thresholds): AlarmDefinition[] {
  const title = subjectTitle(subject);
  const nodes = (metricName: string, statistic: string): Metric[] =>
    subject.nodeIds.map((CacheClusterId) => ({
      namespace: "AWS/ElastiCache",
      metricName,
      dimensions: { CacheClusterId, CacheNodeId: "0001" }, // a node of Valkey or Redis is a cluster of one
      statistic,
    }));
  const load = { unit: "percent", periodSeconds: 60, side: "above" } as const;
  return [
    ...given(thresholds.cacheCpuPercent, (threshold) => ({
      ...load,
      check: "cpu",
      title: `${title}: CPU of the engine`,
      ...worstOf(nodes("EngineCPUUtilization", "Average")),
      threshold,
      missing: "breaching", // nodes that run always report
      look: "Look at the slow log for costly commands; then take larger nodes, or more replicas or shards.",
    })),
    ...given(thresholds.cacheMemoryPercent, (threshold) => ({
      ...load,
      check: "memory",
      title: `${title}: memory`,
      ...worstOf(nodes("DatabaseMemoryUsagePercentage", "Average")),
      threshold,
      missing: "notBreaching", // a node that is gone is told by its CPU
      look: "Look for keys that never expire; then take larger nodes.",
    })),
    ...given(thresholds.cacheEvictions, (threshold) => ({
      ...evictions(title),
      ...sumOf(nodes("Evictions", "Sum")),
      threshold,
    })),
    ...given(isBurstable(subject.nodeType) && thresholds.cpuCredits, (threshold) => ({
      ...credits(title, nodes("CPUCreditBalance", "Minimum"), threshold),
    })),
  ];
}

/** Alarms of a serverless cache. */
export function serverlessCacheAlarms(subject: ServerlessCacheSubject, thresholds: Thresholds): AlarmDefinition[] {
  const title = subjectTitle(subject);
  const metric = (metricName: string): Metric => ({
    namespace: "AWS/ElastiCache",
    metricName,
    dimensions: { clusterId: subject.cacheName },
    statistic: "Sum",
  });
  return [
    ...given(thresholds.cacheThrottledCommands, (threshold) => ({
      check: "throttled",
      title: `${title}: refused commands`,
      metrics: [metric("ThrottledCmds")],
      unit: "count",
      periodSeconds: 60,
      side: "above",
      threshold,
      missing: "notBreaching", // no commands
      look: "Look at the limit of processing units, and for a burst that it could not follow.",
    })),
    ...given(thresholds.cacheEvictions, (threshold) => ({
      ...evictions(title),
      metrics: [metric("Evictions")],
      threshold,
    })),
  ];
}

/** Alarms of a vault of AWS Backup. */
export function backupAlarms(subject: BackupSubject, thresholds: Thresholds): AlarmDefinition[] {
  const metric = (metricName: string): Metric => ({
    namespace: "AWS/Backup",
    metricName,
    dimensions: { BackupVaultName: subject.vaultName },
    statistic: "Sum",
  });
  return given(thresholds.failedBackups, (threshold) => ({
    check: "failed",
    title: `${subjectTitle(subject)}: failed`,
    ...sumOf(["NumberOfBackupJobsFailed", "NumberOfBackupJobsExpired", "NumberOfCopyJobsFailed"].map(metric)),
    unit: "count",
    periodSeconds: 3600,
    side: "above",
    threshold,
    missing: "notBreaching", // counted only when it happens
    look: "Look at the jobs in AWS Backup for the reason, and start a backup by hand: the last good one is older than the plan promises.",
  }));
}

/** CPU credits of whatever has some: below, because they run out. */
export function credits(title: string, metrics: readonly Metric[], threshold: number): AlarmDefinition {
  return {
    check: "credits",
    title: `${title}: CPU credits`,
    metrics,
    // of several, the poorest; a missing one is not 0
    ...(metrics.length > 1 && { expression: `MIN([${metrics.map((_, index) => `m${index + 1}`).join(", ")}])` }),
    unit: "count",
    periodSeconds: 300,
    side: "below",
    threshold,
    missing: "notBreaching", // one that is gone is told otherwise
    look: "Look at its CPU over the last day: what needs more than its base for long is cheaper in a class without credits.",
  };
}

/** Whether a class or type, of a database, a cache or an instance, earns and spends CPU credits. */
export function isBurstable(instanceClass: string): boolean {
  return /^((db|cache)\.)?t\d/.test(instanceClass);
}

function cpu(title: string, metric: Metric, alwaysOn: boolean): Omit<AlarmDefinition, "threshold"> {
  return {
    check: "cpu",
    title: `${title}: CPU`,
    metrics: [metric],
    unit: "percent",
    periodSeconds: 60,
    side: "above",
    missing: alwaysOn ? "breaching" : "notBreaching", // a database that runs always reports
    look: "Look at Performance Insights for the queries behind it. No data at all means that it does not run.",
  };
}

function connections(title: string, metric: Metric, max: number, percent: number): AlarmDefinition {
  return {
    check: "connections",
    title: `${title}: connections`,
    metrics: [metric],
    unit: "count",
    periodSeconds: 60,
    side: "above",
    threshold: Math.floor((max * percent) / 100),
    missing: "notBreaching", // a database that is gone is told by its CPU
    look: `Look at the pools of the services, times their tasks, of ${max} connections; then take a proxy or a larger class.`,
  };
}

function evictions(title: string): Omit<AlarmDefinition, "threshold" | "metrics"> {
  return {
    check: "evictions",
    title: `${title}: evicted keys`,
    unit: "count",
    periodSeconds: 60,
    side: "above",
    missing: "notBreaching", // counted only when it happens
    look: "Look at its memory: it removes keys to make room, so what was cached is asked of the database again.",
  };
}
