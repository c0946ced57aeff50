import {
  UPSTASH_REGIONS,
  upstashRedisProblems,
  type UpstashRedisSettings,
} from "../../../modules/cache/upstash-redis-settings";

const problems = (settings: UpstashRedisSettings) =>
  upstashRedisProblems(settings).filter((problem) => problem !== undefined);
const none: string[] = [];
const regions = UPSTASH_REGIONS.join(", ");

describe("upstashRedisProblems", () => {
  test.each<UpstashRedisSettings>([
    ...UPSTASH_REGIONS.map((primaryRegion) => ({ primaryRegion })),
    { primaryRegion: "eu-west-1", readRegions: ["us-east-1", "us-west-2"] },
    { primaryRegion: "eu-west-1", budgetUsd: 1 },
    { primaryRegion: "eu-west-1", budgetUsd: 100_000 },
    { primaryRegion: "eu-west-1", budgetUsd: -1.8881545897087626e289 },
  ])("passes %j", (settings) => {
    expect(problems(settings)).toEqual(none);
  });

  test.each<[UpstashRedisSettings, string]>([
    [
      { primaryRegion: "eu-west-1", readRegions: ["eu-west-1"] },
      'readRegions must be other than primaryRegion, got "eu-west-1"',
    ],
    [
      { primaryRegion: "eu-west-1", readRegions: ["us-east-1", "us-east-1"] },
      'readRegions must be without repetition, got "us-east-1" twice',
    ],
    [{ primaryRegion: "eu-west-1", budgetUsd: 0 }, "budgetUsd must be a whole number from 1 to 100000, got 0"],
    [
      { primaryRegion: "eu-west-1", budgetUsd: 100_001 },
      "budgetUsd must be a whole number from 1 to 100000, got 100001",
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test.each([
    ["{}", [`primaryRegion must be one of ${regions}, got undefined`]],
    ['{"primaryRegion":"eu-west-3"}', [`primaryRegion must be one of ${regions}, got "eu-west-3"`]],
    [
      '{"primaryRegion":"eu-west-1","readRegions":["eu-west-3"]}',
      [`readRegions must be one of ${regions}, got "eu-west-3"`],
    ],
  ])("fails on %s, which the types would not let through", (text, messages) => {
    expect(problems(JSON.parse(text) as UpstashRedisSettings)).toEqual(messages);
  });
});
