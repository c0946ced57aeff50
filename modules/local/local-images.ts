import type { CacheEngine } from "../cache/cache-engine";

/** The database engines that run on a developer's machine. */
export type LocalEngine = "postgres" | "mysql";

/**
 * The newest release of every major version, by engine.
 * Source: Docker Official Images, library/postgres and library/mysql, read in 2026-11.
 */
const DATABASE_RELEASES: Readonly<Record<LocalEngine, Readonly<Record<string, string>>>> = {
  postgres: { "14": "14.24", "15": "15.19", "16": "16.15", "17": "17.11", "18": "18.6" },
  mysql: { "8.0": "8.0.46", "8.4": "8.4.11" },
};

/**
 * An image for every major version of a cache. Redis stops at 7.2, the last release under the license ElastiCache's own is built from.
 * Source: Docker Official Images, library/redis, and the image of the Valkey project, read in 2026-11.
 */
const CACHE_IMAGES: Readonly<Record<CacheEngine, Readonly<Record<string, string>>>> = {
  valkey: { "7": "valkey/valkey:7.2.11-alpine", "8": "valkey/valkey:8.1.4-alpine", "9": "valkey/valkey:9.0.1-alpine" },
  redis: { "7": "redis:7.2.16-alpine" },
};

/** Major versions of an engine that have an image. */
export function databaseMajors(engine: LocalEngine): readonly string[] {
  return Object.keys(DATABASE_RELEASES[engine]);
}

/** The image of a database: the exact release of a full version, the newest one of a major; nothing for a version that has none. */
export function databaseImage(engine: LocalEngine, version: string): string | undefined {
  const releases = DATABASE_RELEASES[engine];
  const major = Object.keys(releases).find((candidate) => version === candidate || version.startsWith(`${candidate}.`));
  if (major === undefined) return undefined;
  const release = version === major ? releases[major] : version;
  return engine === "postgres" ? `postgres:${release}-alpine` : `mysql:${release}`;
}

/** The image of a cache of that major version; nothing for one that has none. */
export function cacheImage(engine: CacheEngine, major: string): string | undefined {
  return CACHE_IMAGES[engine][major];
}
