import type { CacheSettings, ServiceSettings } from "../envs/environment";
import type { ResolvedEnvironment } from "../envs/tiers";
import { REDIS_SIDECAR_URL } from "../modules/cache/redis-sidecar-settings";
import { DOCKER_HOST_REDIS_URL } from "../modules/compute/docker-host-settings";
import type { SecretSettings } from "../modules/compute/secret-settings";
import type { Connection } from "../modules/compute/service-connections";
import type { TaskStatement } from "../modules/compute/task-statements";
import type { DatabaseConnection } from "../modules/database/database-connection";
import type { DataStack } from "./data-stack";

/** What a service receives for the data it is connected to; `docs/guides/what-a-service-receives.md` tells it to its readers. */
export interface Wiring {
  /** Variables in the clear. */
  readonly environment: Readonly<Record<string, string>>;

  /** Variables that ECS reads from Secrets Manager when a task starts. */
  readonly secrets: Readonly<Record<string, SecretSettings>>;

  /** ARNs of those secrets, by source. */
  readonly secretSources: Readonly<Record<string, string>>;

  /** Ways through the security groups. */
  readonly connections: readonly Connection[];

  /** What the task role may do. */
  readonly statements: readonly TaskStatement[];
}

/**
 * The wiring of one service or task. `connects` names what it reaches; left out, it reaches everything the environment has. A task that runs
 * once has no cache beside it.
 */
export function wiringOf(
  data: DataStack,
  { cache }: ResolvedEnvironment,
  connects?: readonly string[],
  kind: ServiceSettings["kind"] | "task" = "fargate",
): Wiring {
  const wanted = (name: string) => connects === undefined || connects.includes(name);
  return joined([
    ...(wanted("database") ? [databaseWiring(data)] : []),
    ...(wanted("cache") ? [cacheWiring(data, cache, kind)] : []),
    { secretSources: data.secretArns },
    ...Object.entries(data.buckets).flatMap(([name, bucket]) =>
      wanted(name)
        ? [
            {
              environment: { [`BUCKET_${variable(name)}`]: bucket.bucketName },
              statements: bucket.readWriteStatements().map(taskStatement),
            },
          ]
        : [],
    ),
  ]);
}

function databaseWiring({ database }: DataStack): Partial<Wiring> {
  if (!database) return {};
  const { address, readerAddress, port, databaseName, securityGroupId, masterSecretArn }: DatabaseConnection = database;
  const replicas = "replicaAddresses" in database ? database.replicaAddresses : [];
  return {
    environment: {
      DATABASE_HOST: address,
      DATABASE_PORT: String(port),
      DATABASE_NAME: databaseName,
      ...(readerAddress === undefined ? {} : { DATABASE_READER_HOST: readerAddress }),
      ...(replicas.length === 0 ? {} : { DATABASE_REPLICA_HOSTS: replicas.join(",") }),
    },
    secrets: {
      DATABASE_USER: { from: "database", key: "username" },
      DATABASE_PASSWORD: { from: "database", key: "password" },
    },
    secretSources: { database: masterSecretArn },
    connections: [{ id: "database", securityGroupId, port }],
  };
}

function cacheWiring(
  data: DataStack,
  { kind }: CacheSettings,
  service: ServiceSettings["kind"] | "task",
): Partial<Wiring> {
  switch (kind) {
    case "upstash":
      return upstashWiring(data);
    case "sidecar":
      return sidecarWiring(service);
    case "host":
      return hostWiring(data);
    default:
      return elastiCacheWiring(data, kind);
  }
}

function sidecarWiring(service: ServiceSettings["kind"] | "task"): Partial<Wiring> {
  switch (service) {
    case "fargate":
      return { environment: { REDIS_URL: REDIS_SIDECAR_URL } };
    case "docker-host":
      return { environment: { REDIS_URL: DOCKER_HOST_REDIS_URL } };
    default:
      return {};
  }
}

function hostWiring({ cacheHost }: DataStack): Partial<Wiring> {
  if (!cacheHost) return {};
  const { secretArn, securityGroupId, port } = cacheHost;
  return {
    secrets: { REDIS_URL: { from: "cache" } },
    secretSources: { cache: secretArn },
    connections: [{ id: "cache", securityGroupId, port }],
  };
}

function elastiCacheWiring({ cache }: DataStack, kind: CacheSettings["kind"]): Partial<Wiring> {
  if (!cache) return {};
  const { primaryEndpoint, port, userName, cacheName, securityGroupId, connectStatement, clusterMode } = cache;
  return {
    environment: {
      REDIS_HOST: primaryEndpoint,
      REDIS_PORT: String(port),
      REDIS_USER: userName,
      REDIS_CACHE_NAME: cacheName,
      REDIS_SERVERLESS: String(kind === "serverless"),
      REDIS_CLUSTER: String(clusterMode),
    },
    connections: [
      { id: "cache", securityGroupId, port },
      ...("readerPort" in cache ? [{ id: "cache-reader", securityGroupId, port: cache.readerPort }] : []),
    ],
    statements: [taskStatement(connectStatement)],
  };
}

/** The port of every Redis at Upstash, with TLS. Source: Upstash documentation, "Connect your client", read in 2026-11. */
const UPSTASH_PORT = 6379;

function upstashWiring({ cacheSecret }: DataStack): Partial<Wiring> {
  if (!cacheSecret) return {};
  return {
    secrets: { REDIS_URL: { from: "cache" } },
    secretSources: { cache: cacheSecret.secretArn },
    connections: [{ id: "cache", port: UPSTASH_PORT, anywhere: true }],
  };
}

/** A statement in IAM's own form, as the modules of data offer it, in the form the task role takes. */
function taskStatement(statement: {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: TaskStatement["conditions"];
}): TaskStatement {
  const { Action, Resource = [], Condition } = statement;
  return { actions: [Action].flat(), resources: [Resource].flat(), conditions: Condition };
}

function joined(parts: ReadonlyArray<Partial<Wiring>>): Wiring {
  return {
    environment: merged(parts.map(({ environment }) => environment)),
    secrets: merged(parts.map(({ secrets }) => secrets)),
    secretSources: merged(parts.map(({ secretSources }) => secretSources)),
    connections: parts.flatMap(({ connections = [] }) => connections),
    statements: parts.flatMap(({ statements = [] }) => statements),
  };
}

function merged<T>(records: ReadonlyArray<Readonly<Record<string, T>> | undefined>): Record<string, T> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record ?? {})));
}

function variable(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}
