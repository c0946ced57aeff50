import { thresholdProblems, type ThresholdSettings, thresholdsOf } from "../../../modules/monitoring/thresholds";

describe("thresholdsOf", () => {
  test("has a documented default for each", () => {
    expect(thresholdsOf()).toEqual({
      p99Seconds: 2,
      errorPercent: 1,
      serviceCpuPercent: 85,
      serviceMemoryPercent: 85,
      unhealthyTargets: 0,
      loadBalancerErrors: 10,
      databaseCpuPercent: 80,
      databaseConnectionsPercent: 80,
      databaseFreeStoragePercent: 10,
      databaseCapacityPercent: 90,
      replicaLagSeconds: 30,
      cpuCredits: 20,
      cacheCpuPercent: 80,
      cacheMemoryPercent: 80,
      cacheEvictions: 100,
      cacheThrottledCommands: 0,
      hostCpuPercent: 85,
      hostFailedChecks: 0,
      failedBackups: 0,
    });
  });

  test("takes what is chosen, and the default for an explicit undefined", () => {
    const settings = { p99Seconds: 0.5, cacheEvictions: false, errorPercent: undefined } as const;
    expect(thresholdsOf(settings)).toEqual({ ...thresholdsOf(), p99Seconds: 0.5, cacheEvictions: false });
  });
});

describe("thresholdProblems", () => {
  test.each<ThresholdSettings>([
    {},
    { p99Seconds: undefined },
    { p99Seconds: false },
    { p99Seconds: 0 },
    { p99Seconds: 0.25 },
    { cpuCredits: 5000 },
    { errorPercent: 0 },
    { errorPercent: 100 },
  ])("accepts %j", (settings) => {
    expect(thresholdProblems(settings).filter(Boolean)).toEqual([]);
  });

  test.each<[ThresholdSettings, string]>([
    [{ errorPercent: 100.1 }, "errorPercent must be a number from 0 to 100, or false for no alarm, got 100.1"],
    [{ errorPercent: -1 }, "errorPercent must be a number from 0 to 100, or false for no alarm, got -1"],
    [{ p99Seconds: -0.1 }, "p99Seconds must be a number of 0 or more, or false for no alarm, got -0.1"],
    [{ cpuCredits: NaN }, "cpuCredits must be a number of 0 or more, or false for no alarm, got NaN"],
  ])("refuses %j", (settings, problem) => {
    expect(thresholdProblems(settings).filter(Boolean)).toEqual([problem]);
  });
});
