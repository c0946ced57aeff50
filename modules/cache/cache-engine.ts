import { isUnresolved } from "../validation";

/**
 * The engines of ElastiCache, and the versions of each that know IAM authentication, oldest first.
 * Source: ElastiCache user guide, engine versions and IAM authentication, read in 2026-11.
 */
export const CACHE_ENGINES = {
  valkey: { versions: ["7.2", "8.0", "8.1", "8.2", "9.0", "9.1"], defaultVersion: "8.2" },
  redis: { versions: ["7.0", "7.1"], defaultVersion: "7.1" },
} as const satisfies Record<string, { versions: readonly string[]; defaultVersion: string }>;

/** `valkey`, or `redis` for Redis OSS. */
export type CacheEngine = keyof typeof CACHE_ENGINES;

/** The names of the engines. */
export const CACHE_ENGINE_NAMES: readonly CacheEngine[] = ["valkey", "redis"];

/** Minor versions of an engine; those of all for an engine that does not exist, so that only the engine is reported. */
export function cacheVersionsOf(engine: CacheEngine): readonly string[] {
  const known: readonly CacheEngine[] = CACHE_ENGINE_NAMES.includes(engine) ? [engine] : CACHE_ENGINE_NAMES;
  return known.flatMap((name): readonly string[] => CACHE_ENGINES[name].versions);
}

/** Major versions of an engine. */
export function cacheMajorVersionsOf(engine: CacheEngine): readonly string[] {
  return [...new Set(cacheVersionsOf(engine).map(majorOf))];
}

/** The version a cache gets that names none. */
export function defaultCacheVersion(engine: CacheEngine): string {
  return CACHE_ENGINES[engine].defaultVersion;
}

/** Family of the parameter groups of a version, such as `valkey8`. */
export function cacheFamilyOf(engine: CacheEngine, version: string): string {
  return `${engine}${majorOf(version)}`;
}

/** The major part of a version. */
export function majorOf(version: string): string {
  return isUnresolved(version) ? version : (version.split(".")[0] ?? version);
}
