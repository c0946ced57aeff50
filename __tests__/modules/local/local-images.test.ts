import { CACHE_ENGINE_NAMES, cacheMajorVersionsOf } from "../../../modules/cache/cache-engine";
import { cacheImage, databaseImage, databaseMajors } from "../../../modules/local/local-images";

describe("databaseImage", () => {
  test.each([
    ["postgres", "16", "postgres:16.15-alpine"],
    ["postgres", "16.4", "postgres:16.4-alpine"],
    ["postgres", "18", "postgres:18.6-alpine"],
    ["mysql", "8.0", "mysql:8.0.46"],
    ["mysql", "8.4", "mysql:8.4.11"],
    ["mysql", "8.4.5", "mysql:8.4.5"],
    ["postgres", "13", undefined],
    ["postgres", "160", undefined],
    ["mysql", "8", undefined],
  ] as const)("of %s %s is %s", (engine, version, image) => {
    expect(databaseImage(engine, version)).toBe(image);
  });

  test.each(["postgres", "mysql"] as const)("is a fixed version of the same major for every one of %s", (engine) => {
    for (const major of databaseMajors(engine)) expect(databaseImage(engine, major)).toMatch(`${engine}:${major}.`);
  });
});

describe("cacheImage", () => {
  const versions = CACHE_ENGINE_NAMES.flatMap((engine) =>
    cacheMajorVersionsOf(engine).map((major) => [engine, major] as const),
  );

  test.each(versions)("of %s %s is a fixed version of the same major", (engine, major) => {
    expect(cacheImage(engine, major)).toMatch(new RegExp(String.raw`${engine}:${major}\.\d+\.\d+-alpine$`));
  });

  test("is nothing for a major version that is none", () => {
    expect(cacheImage("redis", "8")).toBeUndefined();
  });
});
