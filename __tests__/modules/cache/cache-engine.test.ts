import {
  CACHE_ENGINE_NAMES,
  CACHE_ENGINES,
  type CacheEngine,
  cacheFamilyOf,
  cacheMajorVersionsOf,
  cacheVersionsOf,
  defaultCacheVersion,
} from "../../../modules/cache/cache-engine";

describe("CACHE_ENGINES", () => {
  test("are named in full", () => {
    expect(CACHE_ENGINE_NAMES).toEqual(Object.keys(CACHE_ENGINES));
  });

  test.each(CACHE_ENGINE_NAMES)("%s has a default among its versions", (engine) => {
    expect(cacheVersionsOf(engine)).toContain(defaultCacheVersion(engine));
  });

  test("know no version without IAM authentication", () => {
    for (const version of CACHE_ENGINE_NAMES.flatMap(cacheVersionsOf))
      expect(Number(version)).toBeGreaterThanOrEqual(7);
  });

  test.each<[CacheEngine, string[]]>([
    ["valkey", ["7", "8", "9"]],
    ["redis", ["7"]],
  ])("have major versions: %s %j", (engine, majors) => {
    expect(cacheMajorVersionsOf(engine)).toEqual(majors);
  });

  test("count the versions of all for an engine that does not exist", () => {
    expect(cacheVersionsOf("memcached" as CacheEngine)).toEqual(CACHE_ENGINE_NAMES.flatMap(cacheVersionsOf));
  });

  test.each<[CacheEngine, string, string]>([
    ["valkey", "8.2", "valkey8"],
    ["redis", "7.1", "redis7"],
    ["valkey", "${TfToken[TOKEN.1]}", "valkey${TfToken[TOKEN.1]}"],
  ])("have a parameter group family: %s %s is %s", (engine, version, family) => {
    expect(cacheFamilyOf(engine, version)).toBe(family);
  });
});
