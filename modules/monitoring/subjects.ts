import { outOfRange, shown } from "../validation";

/** Something of an environment that has alarms and graphs. Plain values, so that a stack gives what it has. */
export type Subject =
  | ServiceSubject
  | LoadBalancerSubject
  | DatabaseInstanceSubject
  | DatabaseClusterSubject
  | CacheSubject
  | ServerlessCacheSubject
  | HostSubject
  | AppRunnerSubject
  | BackupSubject;

/** A service on ECS. */
export interface ServiceSubject {
  readonly kind: "service";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** ECS cluster by name. */
  readonly clusterName: string;

  /** ECS service by name. */
  readonly serviceName: string;

  /**
   * Load balancer as metrics know it, `app/<name>/<id>`.
   * @default - none, and so no alarms about requests
   */
  readonly loadBalancerArnSuffix?: string;

  /**
   * Its target groups as metrics know them, `targetgroup/<name>/<id>`, 1 to 5: two with blue/green, where requests go to one or the other.
   * @default - none, and so no alarms about requests
   */
  readonly targetGroupArnSuffixes?: readonly string[];
}

/** An application load balancer. */
export interface LoadBalancerSubject {
  readonly kind: "load-balancer";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** The load balancer as metrics know it, `app/<name>/<id>`. */
  readonly loadBalancerArnSuffix: string;
}

/** An instance of RDS; a read replica is a subject of its own. */
export interface DatabaseInstanceSubject {
  readonly kind: "database-instance";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** Name of the instance. */
  readonly instanceIdentifier: string;

  /** Its class, such as `db.t4g.micro`. */
  readonly instanceClass: string;

  /**
   * How many connections it accepts; `rdsMaxConnections` knows it for most classes.
   * @default - not known, and so no alarm about connections
   */
  readonly maxConnections?: number;

  /**
   * Size of its disk when it was made.
   * @default - not known, and so no alarm about free storage
   */
  readonly storageGiB?: number;

  /**
   * Whether it is a read replica, which can fall behind.
   * @default false
   */
  readonly replica?: boolean;

  /**
   * Whether it runs day and night, so that silence is an alarm. False for one that a schedule stops.
   * @default true
   */
  readonly alwaysOn?: boolean;
}

/** A cluster of Aurora. */
export interface DatabaseClusterSubject {
  readonly kind: "database-cluster";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** Name of the cluster. */
  readonly clusterIdentifier: string;

  /** Class of its instances; `db.serverless` for serverless v2. */
  readonly instanceClass: string;

  /**
   * How many connections each of its instances accepts.
   * @default - not known, and so no alarm about connections
   */
  readonly maxConnections?: number;

  /**
   * Whether it has readers.
   * @default false
   */
  readonly readers?: boolean;

  /**
   * Whether it runs day and night, so that silence is an alarm. False for one that a schedule stops.
   * @default true
   */
  readonly alwaysOn?: boolean;
}

/** A cache of ElastiCache on nodes. */
export interface CacheSubject {
  readonly kind: "cache";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** Its nodes as metrics know them, 1 to 10; `cacheNodeIds` computes them. */
  readonly nodeIds: readonly string[];

  /** Type of its nodes, such as `cache.t4g.micro`. */
  readonly nodeType: string;
}

/** A cache of ElastiCache Serverless. */
export interface ServerlessCacheSubject {
  readonly kind: "serverless-cache";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** Name of the cache. */
  readonly cacheName: string;
}

/** An EC2 instance that runs containers. */
export interface HostSubject {
  readonly kind: "host";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** Id of the instance. */
  readonly instanceId: string;

  /** Its type, such as `t4g.small`. */
  readonly instanceType: string;

  /**
   * Whether it runs day and night, so that silence is an alarm. False for one that a schedule stops.
   * @default true
   */
  readonly alwaysOn?: boolean;
}

/** A service on App Runner. */
export interface AppRunnerSubject {
  readonly kind: "app-runner";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** App Runner service by name. */
  readonly serviceName: string;

  /** Its id, the last part of its ARN. */
  readonly serviceId: string;
}

/** A vault of AWS Backup. */
export interface BackupSubject {
  readonly kind: "backup";

  /** What the environment calls it; part of the alarms' names. */
  readonly name: string;

  /** Name of the vault. */
  readonly vaultName: string;
}

const WORDS: Readonly<Record<Subject["kind"], string>> = {
  service: "Service",
  "load-balancer": "Load balancer",
  "database-instance": "Database",
  "database-cluster": "Database cluster",
  cache: "Cache",
  "serverless-cache": "Cache",
  host: "Host",
  "app-runner": "App Runner service",
  backup: "Backups",
};

/** What people read: `Service api`, `Database db`. */
export function subjectTitle({ kind, name }: Subject): string {
  return `${WORDS[kind]} ${name}`;
}

/** Everything wrong with a subject. */
export function subjectProblems(subject: Subject): Array<string | undefined> {
  switch (subject.kind) {
    case "service":
      return targetProblems(subject);
    case "database-instance":
      return [
        outOfRange("maxConnections", subject.maxConnections, 1, 100_000),
        outOfRange("storageGiB", subject.storageGiB, 1, 65_536),
      ];
    case "database-cluster":
      return [outOfRange("maxConnections", subject.maxConnections, 1, 100_000)];
    case "cache":
      return [countProblem("nodeIds", subject.nodeIds.length, MAX_NODES)];
    case "load-balancer":
    case "serverless-cache":
    case "host":
    case "app-runner":
    case "backup":
      return [];
  }
}

/**
 * Names ElastiCache gives to the nodes of a replication group: `<cache>-001` without cluster mode, `<cache>-0001-001` with it.
 * Source: ElastiCache user guide, finding a cluster's endpoints, read in 2026-11.
 */
export function cacheNodeIds(
  cacheName: string,
  topology: { readonly nodesPerShard: number; readonly shards?: number },
): string[] {
  const digits = (index: number, width: number) => String(index + 1).padStart(width, "0");
  const nodes = Array.from({ length: topology.nodesPerShard }, (_, index) => digits(index, 3));
  if (topology.shards === undefined) return nodes.map((node) => `${cacheName}-${node}`);
  const shards = Array.from({ length: topology.shards }, (_, index) => digits(index, 4));
  return shards.flatMap((shard) => nodes.map((node) => `${cacheName}-${shard}-${node}`));
}

/** An alarm's metric math takes 10 metrics. Source: CloudWatch user guide, alarms based on metric math, read in 2026-11. */
export const MAX_NODES = 10;
/** Two metrics of each group go into the rate of errors. */
const MAX_TARGET_GROUPS = MAX_NODES / 2;

function targetProblems(subject: ServiceSubject): Array<string | undefined> {
  const { loadBalancerArnSuffix, targetGroupArnSuffixes } = subject;
  if (targetGroupArnSuffixes === undefined && loadBalancerArnSuffix === undefined) return [];
  if (targetGroupArnSuffixes === undefined || loadBalancerArnSuffix === undefined) {
    return [
      `loadBalancerArnSuffix and targetGroupArnSuffixes must be given together, got ${shown(loadBalancerArnSuffix)} and ${shown(targetGroupArnSuffixes)}`,
    ];
  }
  return [countProblem("targetGroupArnSuffixes", targetGroupArnSuffixes.length, MAX_TARGET_GROUPS)];
}

function countProblem(name: string, count: number, max: number): string | undefined {
  if (count >= 1 && count <= max) return undefined;
  return `${name} must be 1 to ${max}, got ${count}; give several subjects`;
}
