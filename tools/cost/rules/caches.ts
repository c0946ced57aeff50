import { usage, type Rule } from "../charge";
import { HOURS_PER_MONTH } from "../prices";

const ENGINES: Readonly<Record<string, string>> = { redis: "Redis OSS", valkey: "Valkey", memcached: "Memcached" };

/** A replication group: every node of every shard. */
export const replicationGroup: Rule = {
  types: ["aws_elasticache_replication_group", "aws_elasticache_cluster"],
  charges: (group, { system }) => {
    const shards = system.number(group, "num_node_groups");
    const nodes =
      shards === undefined
        ? (system.number(group, "num_cache_clusters") ?? system.number(group, "num_cache_nodes") ?? 1)
        : shards * ((system.number(group, "replicas_per_node_group") ?? 0) + 1);
    const engine = ENGINES[system.text(group, "engine") ?? "redis"] ?? "of unknown engine";
    const type = system.text(group, "node_type") ?? "of unknown type";
    return [
      {
        what: `${type}, ${engine}`,
        item: `ElastiCache ${engine} ${type}`,
        unit: "hour",
        factors: [
          { value: HOURS_PER_MONTH, unit: "h" },
          { value: nodes, unit: nodes === 1 ? "node" : "nodes" },
        ],
      },
      ...(system.number(group, "snapshot_retention_limit")
        ? [usage("snapshots beyond the first", "ElastiCache snapshot storage", "GB-month")]
        : []),
    ];
  },
};

/** A serverless cache: what it holds and what it is asked. */
export const serverlessCache: Rule = {
  types: ["aws_elasticache_serverless_cache"],
  charges: () => [
    usage("data held", "ElastiCache Serverless storage", "GB-hour"),
    usage("requests", "ElastiCache Serverless", "1000000 ECPU"),
  ],
};
