import { dailyWindowProblem, overlapProblem, weeklyWindowProblem } from "../database/windows";
import { logRetentionProblem } from "../monitoring/log-retention";
import { isUnresolved, notMatching, notOneOf, outOfRange, shown } from "../validation";
import { accessStringProblem } from "./access-string";
import { CACHE_ENGINE_NAMES, type CacheEngine, cacheVersionsOf } from "./cache-engine";

/** What a full cache does with a write. Source: ElastiCache user guide, engine parameters, read in 2026-11. */
export const MAXMEMORY_POLICIES = [
  "volatile-lru",
  "allkeys-lru",
  "volatile-lfu",
  "allkeys-lfu",
  "volatile-random",
  "allkeys-random",
  "volatile-ttl",
  "noeviction",
] as const;

/** The logs ElastiCache can send to CloudWatch. */
export const CACHE_LOGS = ["slow-log", "engine-log"] as const;

/** What an environment chooses about a cache of nodes that run all the time. */
export interface ReplicationGroupSettings {
  /**
   * `valkey`, or `redis` for Redis OSS. Clients of one speak to the other.
   * @default "valkey"
   */
  readonly engine?: CacheEngine;

  /**
   * Version: 7.2 to 9.1 for Valkey, 7.0 or 7.1 for Redis. A lower one than before replaces the cache.
   * @default - "8.2" for Valkey, "7.1" for Redis
   */
  readonly version?: string;

  /**
   * ElastiCache node type.
   * @default "cache.t4g.micro"
   */
  readonly nodeType?: string;

  /**
   * Replicas of each shard, 0 to 5. Each is a node of its own and priced so; without one a failed node loses its data.
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Shards, 1 to 500, at most 500 nodes in all. More than one is cluster mode, which clients have to know; going from one to several takes a new cache.
   * @default 1
   */
  readonly shards?: number;

  /**
   * Whether primary and replicas stand in different zones. Takes a replica.
   * @default - true with replicas, false without
   */
  readonly multiAz?: boolean;

  /**
   * How long daily snapshots are kept, 0 to 35; 0 takes none.
   * @default 7
   */
  readonly snapshotRetentionDays?: number;

  /**
   * When the daily snapshot is taken, `hh:mm-hh:mm` in UTC, at least 60 minutes, outside `maintenanceWindow`.
   * @default "02:00-03:00"
   */
  readonly snapshotWindow?: string;

  /**
   * When AWS may update the nodes, `ddd:hh:mm-ddd:hh:mm` in UTC, at least 60 minutes.
   * @default "sun:03:30-sun:04:30"
   */
  readonly maintenanceWindow?: string;

  /**
   * What a full cache does with a write: evict keys that have a time to live (`volatile-…`), any key (`allkeys-…`), or refuse it (`noeviction`).
   * @default "volatile-lru"
   */
  readonly maxmemoryPolicy?: (typeof MAXMEMORY_POLICIES)[number];

  /**
   * Which logs go to CloudWatch.
   * @default ["slow-log", "engine-log"]
   */
  readonly logExports?: ReadonlyArray<(typeof CACHE_LOGS)[number]>;

  /**
   * How long CloudWatch keeps those logs.
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * What the application may do, in the syntax of the engine's ACL.
   * @default "on ~* &* +@all -@dangerous +info"
   */
  readonly accessString?: string;

  /**
   * Whether changes are made at once, failovers included, rather than in `maintenanceWindow`.
   * @default false
   */
  readonly applyImmediately?: boolean;
}

const NODE_TYPE = /^cache\.[a-z][a-z0-9]*\.(?:micro|small|medium|large|\d*xlarge)$/;
const MAX_NODES = 500; // per cluster, once AWS has raised the quota of 90

/** What is wrong with the settings, one sentence each. */
export function replicationGroupProblems(settings: ReplicationGroupSettings): Array<string | undefined> {
  const { engine = "valkey", snapshotWindow = "02:00-03:00", maintenanceWindow = "sun:03:30-sun:04:30" } = settings;
  return [
    notOneOf("engine", engine, CACHE_ENGINE_NAMES),
    notOneOf("version", settings.version, cacheVersionsOf(engine)),
    notMatching("nodeType", settings.nodeType, NODE_TYPE, "an ElastiCache node type such as cache.t4g.micro"),
    outOfRange("replicas", settings.replicas, 0, 5),
    outOfRange("shards", settings.shards, 1, 500),
    nodesProblem(settings),
    multiAzProblem(settings),
    outOfRange("snapshotRetentionDays", settings.snapshotRetentionDays, 0, 35),
    dailyWindowProblem("snapshotWindow", snapshotWindow, 60),
    weeklyWindowProblem("maintenanceWindow", maintenanceWindow, 60),
    overlapProblem("snapshotWindow", snapshotWindow, "maintenanceWindow", maintenanceWindow),
    notOneOf("maxmemoryPolicy", settings.maxmemoryPolicy, MAXMEMORY_POLICIES),
    ...(settings.logExports ?? []).map((log) => notOneOf("logExports", log, CACHE_LOGS)),
    repeatedLog(settings.logExports ?? []),
    logRetentionProblem("logRetentionDays", settings.logRetentionDays),
    accessStringProblem("accessString", settings.accessString),
  ];
}

/** How many nodes of which role, and what protects them; cluster mode comes with several shards. */
export function topologyOf({ shards = 1, replicas = 1, multiAz = replicas !== 0 }: ReplicationGroupSettings) {
  const clusterMode = shards !== 1;
  return {
    clusterMode,
    multiAzEnabled: multiAz,
    automaticFailoverEnabled: clusterMode || replicas !== 0, // AWS insists on it in cluster mode, even without replicas
    ...(clusterMode ? { numNodeGroups: shards, replicasPerNodeGroup: replicas } : { numCacheClusters: replicas + 1 }),
  };
}

function nodesProblem({ shards = 1, replicas = 1 }: ReplicationGroupSettings): string | undefined {
  if (isUnresolved(shards) || isUnresolved(replicas) || shards > MAX_NODES) return undefined;
  const nodes = shards * (replicas + 1);
  if (!(nodes > MAX_NODES)) return undefined;
  return `shards must be at most ${Math.floor(MAX_NODES / (replicas + 1))} with ${replicas} replicas each, got ${shards}`;
}

function multiAzProblem({ multiAz, replicas = 1 }: ReplicationGroupSettings): string | undefined {
  if (multiAz !== true || replicas !== 0) return undefined;
  return "multiAz must be false without replicas, got true; set replicas to 1 or more";
}

function repeatedLog(logs: readonly string[]): string | undefined {
  const twice = logs.find((log, index) => logs.indexOf(log) !== index);
  return twice === undefined ? undefined : `logExports must be without repetition, got ${shown(twice)} twice`;
}
