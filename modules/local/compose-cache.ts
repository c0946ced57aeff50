import { defaultCacheVersion, majorOf } from "../cache/cache-engine";
import { redisSidecar } from "../cache/redis-sidecar-settings";
import { APP_NETWORK, type ComposeService, literal, onThisMachine } from "./compose-document";
import type { LocalCache } from "./compose-settings";
import { cacheImage } from "./local-images";

/** The port of every cache. */
const PORT = 6379;

/** The image a cache runs from here: of the same engine and major version, or the very one a sidecar or a host runs. */
export function cacheImageOf(cache: LocalCache): string | undefined {
  switch (cache.kind) {
    case "replication-group": {
      const { engine = "valkey", version = defaultCacheVersion(engine) } = cache;
      return cacheImage(engine, majorOf(version));
    }
    case "serverless": {
      const { engine = "valkey", majorVersion = majorOf(defaultCacheVersion(engine)) } = cache;
      return cacheImage(engine, majorVersion);
    }
    case "upstash":
      return cacheImage("redis", "7");
    case "sidecar":
    case "host": {
      const { image } = redisSidecar(cache);
      return "uri" in image ? image.uri : undefined;
    }
    case "none":
      return undefined;
  }
}

/** The container of the cache: nothing on disk, as a cache in the cloud may be empty after any start too. */
export function cacheService(cache: LocalCache): ComposeService {
  const image = cacheImageOf(cache);
  const program = image?.startsWith("valkey/") ? "valkey" : "redis";
  return {
    image: image === undefined ? undefined : literal(image),
    command: [`${program}-server`, "--save", "", "--appendonly", "no"],
    ports: [onThisMachine(PORT, PORT)],
    healthcheck: {
      test: ["CMD", `${program}-cli`, "ping"],
      interval: "5s",
      timeout: "3s",
      retries: 10,
      start_period: "5s",
    },
    networks: [APP_NETWORK],
  };
}

/**
 * What a service receives for the cache. ElastiCache's variables come without the name of the cache, which is what a token is signed for:
 * where it is missing, there is no password.
 */
export function cacheVariables({ kind }: LocalCache): Readonly<Record<string, string>> {
  switch (kind) {
    case "replication-group":
    case "serverless":
      return {
        REDIS_HOST: "cache",
        REDIS_PORT: String(PORT),
        REDIS_USER: "default",
        REDIS_CLUSTER: "false",
        REDIS_SERVERLESS: "false",
      };
    case "upstash":
    case "sidecar":
    case "host":
      return { REDIS_URL: CACHE_URL };
    case "none":
      return {};
  }
}

/** Where services reach the cache. */
export const CACHE_URL = `redis://cache:${PORT}`;
