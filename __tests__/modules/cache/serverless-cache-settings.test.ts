import {
  serverlessCacheProblems,
  type ServerlessCacheSettings,
} from "../../../modules/cache/serverless-cache-settings";

const problems = (settings: ServerlessCacheSettings) =>
  serverlessCacheProblems(settings).filter((problem) => problem !== undefined);
const none: string[] = [];
const numberToken = -1.8881545897087626e289;

describe("serverlessCacheProblems", () => {
  test("finds none in the defaults", () => {
    expect(problems({})).toEqual(none);
  });

  test.each<ServerlessCacheSettings>([
    { engine: "redis", majorVersion: "7" },
    { majorVersion: "9" },
    { majorVersion: "${TfToken[TOKEN.1]}" },
    { minDataGB: 1, maxDataGB: 1 },
    { maxDataGB: 5_000 },
    { minDataGB: numberToken, maxDataGB: numberToken },
    { minEcpuPerSecond: 1_000, maxEcpuPerSecond: 1_000 },
    { maxEcpuPerSecond: 15_000_000 },
    { snapshotRetentionDays: 0 },
    { snapshotRetentionDays: 35 },
    { snapshotTime: "23:59" },
    { accessString: "on ~app:* +@read" },
  ])("passes %j", (settings) => {
    expect(problems(settings)).toEqual(none);
  });

  test.each<[ServerlessCacheSettings, string]>([
    [{ majorVersion: "6" }, 'majorVersion must be one of 7, 8, 9, got "6"'],
    [{ engine: "redis", majorVersion: "8" }, 'majorVersion must be one of 7, got "8"'],
    [{ minDataGB: 0 }, "minDataGB must be a whole number from 1 to 5000, got 0"],
    [{ maxDataGB: 0 }, "maxDataGB must be a whole number from 1 to 5000, got 0"],
    [{ maxDataGB: 5_001 }, "maxDataGB must be a whole number from 1 to 5000, got 5001"],
    [{ minDataGB: 6 }, "minDataGB must be at most maxDataGB, 5, got 6"],
    [{ minEcpuPerSecond: 999 }, "minEcpuPerSecond must be a whole number from 1000 to 15000000, got 999"],
    [{ maxEcpuPerSecond: 999 }, "maxEcpuPerSecond must be a whole number from 1000 to 15000000, got 999"],
    [{ maxEcpuPerSecond: 15_000_001 }, "maxEcpuPerSecond must be a whole number from 1000 to 15000000, got 15000001"],
    [{ minEcpuPerSecond: 5_001 }, "minEcpuPerSecond must be at most maxEcpuPerSecond, 5000, got 5001"],
    [{ snapshotRetentionDays: 36 }, "snapshotRetentionDays must be a whole number from 0 to 35, got 36"],
    [{ snapshotTime: "2:00" }, 'snapshotTime must be hh:mm in UTC, got "2:00"'],
    [
      { accessString: "on nopass" },
      'accessString must be access rules without password such as "on ~* &* +@all -@dangerous +info", got "on nopass"',
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test("fails on an engine the types would not let through", () => {
    expect(problems(JSON.parse('{"engine":"memcached"}') as ServerlessCacheSettings)).toEqual([
      'engine must be one of valkey, redis, got "memcached"',
    ]);
  });
});
