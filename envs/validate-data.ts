import { redisHostProblems } from "../modules/cache/redis-host-settings";
import { redisSidecarProblems } from "../modules/cache/redis-sidecar-settings";
import { replicationGroupProblems } from "../modules/cache/replication-group-settings";
import { serverlessCacheProblems } from "../modules/cache/serverless-cache-settings";
import { upstashRedisProblems } from "../modules/cache/upstash-redis-settings";
import { scalingProblems } from "../modules/compute/scaling-settings";
import { auroraProblems } from "../modules/database/aurora-settings";
import { mysqlProblems } from "../modules/database/mysql-settings";
import { neonDatabaseProblems } from "../modules/database/neon-database-settings";
import { postgresProblems } from "../modules/database/postgres-settings";
import { generatedSecretProblems } from "../modules/secrets/generated-secret-settings";
import { bucketProblems } from "../modules/storage/bucket-settings";
import { notOneOf, within } from "../modules/validation";
import type { DatabaseSettings, Stoppable } from "./environment";
import type { ResolvedEnvironment } from "./tiers";

type Problems = Array<string | undefined>;

/** Every problem of what holds data: the database, the cache, buckets and secrets. */
export function dataProblems(environment: ResolvedEnvironment): Problems {
  const { database, cache, buckets, secrets } = environment;
  return [
    ...(database ? within("database", [...ownDatabaseProblems(database), ...tierProblems(environment)]) : []),
    ...within("cache", cacheProblems(cache)),
    ...Object.entries(buckets).flatMap(([name, settings]) => within(`buckets.${name}`, bucketProblems(settings))),
    ...Object.entries(secrets).flatMap(([name, settings]) =>
      within(`secrets.${name}`, generatedSecretProblems(settings)),
    ),
    ...placeProblems(environment),
  ];
}

function ownDatabaseProblems(database: DatabaseSettings): Problems {
  switch (database.engine) {
    case "postgres":
      return [...postgresProblems(database), ...offHoursProblems(database)];
    case "mysql":
      return [...mysqlProblems(database), ...offHoursProblems(database)];
    case "aurora-postgresql":
    case "aurora-mysql":
      return auroraProblems(database);
    case "neon":
      return neonDatabaseProblems(database);
    default:
      return [
        notOneOf<string>("engine", (database as { engine: string }).engine, [
          "postgres",
          "mysql",
          "aurora-postgresql",
          "aurora-mysql",
          "neon",
        ]),
      ];
  }
}

/** RDS stops no instance that has a replica, and none that is one. Source: RDS user guide, stopping an instance, read in 2026-11. */
function offHoursProblems({ offHours, readReplicas = 0 }: Stoppable & { readonly readReplicas?: number }): Problems {
  return [
    ...scalingProblems(undefined, offHours),
    offHours && readReplicas > 0
      ? `offHours must be left out with readReplicas, got ${readReplicas}; RDS stops no instance that has one`
      : undefined,
  ];
}

function cacheProblems(cache: ResolvedEnvironment["cache"]): Problems {
  switch (cache.kind) {
    case "replication-group":
      return replicationGroupProblems(cache);
    case "serverless":
      return serverlessCacheProblems(cache);
    case "upstash":
      return upstashRedisProblems(cache);
    case "sidecar":
      return redisSidecarProblems(cache);
    case "host":
      return redisHostProblems(cache);
    case "none":
      return [];
    default:
      return [
        notOneOf("kind", (cache as { kind: string }).kind, [
          "replication-group",
          "serverless",
          "upstash",
          "sidecar",
          "host",
          "none",
        ]),
      ];
  }
}

function tierProblems({ tier, database }: ResolvedEnvironment): Problems {
  if (tier !== "prod" || !database || database.engine === "neon") return [];
  const { backupRetentionDays: days } = database;
  return [
    days !== undefined && days < 7
      ? `backupRetentionDays must be at least 7 in prod, got ${days}; it is the window for point-in-time recovery`
      : undefined,
    "offHours" in database && database.offHours
      ? "offHours must be left out in prod, got hours in which there is no database"
      : undefined,
  ];
}

/** What stands in AWS needs a network there. */
function placeProblems({ network, database, cache, buckets, secrets }: ResolvedEnvironment): Problems {
  if (network) return [];
  const needs = (what: string) => `network must be set with ${what}, which is in AWS, got none`;
  return [
    database && database.engine !== "neon" ? needs(`a database of engine ${database.engine}`) : undefined,
    cache.kind === "upstash" || cache.kind === "none" ? undefined : needs(`a cache of kind ${cache.kind}`),
    Object.keys(buckets).length > 0 ? needs("buckets") : undefined,
    Object.keys(secrets).length > 0 ? needs("secrets") : undefined,
  ];
}
