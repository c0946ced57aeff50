import { Lazy, Token } from "cdktf";
import fc from "fast-check";
import {
  capacityOf,
  capacityProblems,
  type CapacityProviderPart,
  capacityProviderStrategy,
  type CapacitySettings,
  type OffHoursSettings,
  scalingOf,
  scalingProblems,
  type ScalingSettings,
} from "../../../modules/compute/scaling-settings";

const set = (problems: Array<string | undefined>) => problems.filter((problem) => problem !== undefined);
const whole = (name: string, min: number, max: number, got: number) =>
  `${name} must be a whole number from ${min} to ${max}, got ${got}`;

describe("capacityOf", () => {
  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const defaults = { minTasks: 2, maxTasks: 4, spotShare: 0, onDemandBase: 1 };
    expect(capacityOf({})).toEqual(defaults);
    expect(capacityOf({ minTasks: undefined, onDemandBase: undefined })).toEqual(defaults);
  });

  test("keeps no task on demand when all are to run on Spot, unless told to", () => {
    expect(capacityOf({ spotShare: 100 }).onDemandBase).toBe(0);
    expect(capacityOf({ spotShare: 100, onDemandBase: 2 }).onDemandBase).toBe(2);
  });
});

describe("capacityProblems", () => {
  test.each<CapacitySettings>([
    {},
    { minTasks: 0, maxTasks: 1 },
    { minTasks: 5000, maxTasks: 5000 },
    { spotShare: 0 },
    { spotShare: 100 },
    { onDemandBase: 0 },
    { onDemandBase: 4 },
    { minTasks: Token.asNumber("${var.min}") },
    { minTasks: 9, maxTasks: Token.asNumber("${var.max}"), onDemandBase: 9 },
  ])("pass %j", (settings) => {
    expect(set(capacityProblems(settings))).toEqual([]);
  });

  test.each<[CapacitySettings, string[]]>([
    [{ minTasks: -1 }, [whole("minTasks", 0, 5000, -1)]],
    [{ minTasks: 5, maxTasks: 4 }, ["minTasks must be at most maxTasks (4), got 5"]],
    [{ minTasks: 0, maxTasks: 0, onDemandBase: 0 }, [whole("maxTasks", 1, 5000, 0)]],
    [{ maxTasks: 5001 }, [whole("maxTasks", 1, 5000, 5001)]],
    [{ spotShare: -1 }, [whole("spotShare", 0, 100, -1)]],
    [{ spotShare: 101 }, [whole("spotShare", 0, 100, 101)]],
    [{ spotShare: 0.5 }, [whole("spotShare", 0, 100, 0.5)]],
    [{ onDemandBase: -1 }, [whole("onDemandBase", 0, 4, -1)]],
    [{ onDemandBase: 5 }, [whole("onDemandBase", 0, 4, 5)]],
  ])("fail on %j", (settings, messages) => {
    expect(set(capacityProblems(settings))).toEqual(messages);
  });
});

describe("capacityProviderStrategy", () => {
  test.each<[CapacitySettings, CapacityProviderPart[]]>([
    [{}, [{ capacityProvider: "FARGATE", weight: 100 }]],
    [
      { spotShare: 70 },
      [
        { capacityProvider: "FARGATE", weight: 30, base: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 70 },
      ],
    ],
    [{ spotShare: 100 }, [{ capacityProvider: "FARGATE_SPOT", weight: 100 }]],
    [
      { spotShare: 100, onDemandBase: 2 },
      [
        { capacityProvider: "FARGATE", weight: 0, base: 2 },
        { capacityProvider: "FARGATE_SPOT", weight: 100 },
      ],
    ],
  ])("of %j", (settings, strategy) => {
    expect(capacityProviderStrategy(settings)).toEqual(strategy);
  });

  test("always has one provider, some weight, and a base on one provider at most, as ECS demands", () => {
    const percent = fc.integer({ min: 0, max: 100 });
    const base = fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined });
    fc.assert(
      fc.property(percent, base, (spotShare, onDemandBase) => {
        const strategy = capacityProviderStrategy({ spotShare, onDemandBase, maxTasks: 10 });
        expect(strategy.length).toBeGreaterThan(0);
        expect(strategy.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
        expect(strategy.filter((provider) => "base" in provider).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("scalingOf", () => {
  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const defaults = {
      cpuPercent: 60,
      memoryPercent: undefined,
      requestsPerTarget: undefined,
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
    };
    expect(scalingOf()).toEqual(defaults);
    expect(scalingOf({ cpuPercent: undefined })).toEqual(defaults);
  });
});

describe("scalingProblems", () => {
  const night: OffHoursSettings = { stop: "0 20 ? * MON-FRI *", start: "0 7 ? * MON-FRI *", timezone: "Europe/Paris" };

  test.each<[ScalingSettings | undefined, OffHoursSettings | undefined]>([
    [undefined, undefined],
    [
      { cpuPercent: 1, memoryPercent: 1, requestsPerTarget: 1, scaleInCooldownSeconds: 0, scaleOutCooldownSeconds: 0 },
      night,
    ],
    [
      {
        cpuPercent: 100,
        memoryPercent: 100,
        requestsPerTarget: 1_000_000,
        scaleInCooldownSeconds: 3600,
        scaleOutCooldownSeconds: 3600,
      },
      { stop: "0/5 20,21 1W JAN-MAR ? 2027", start: "0 7 ? * 6#3 *", timezone: "America/Argentina/Buenos_Aires" },
    ],
    [{ cpuPercent: Token.asNumber("${var.cpu}") }, { ...night, timezone: "UTC" }],
    [{}, { ...night, timezone: "Etc/GMT+3" }],
    [{}, { ...night, stop: Lazy.stringValue({ produce: () => "${var.stop}" }) }],
  ])("pass %j with %j", (scaling, offHours) => {
    expect(set(scalingProblems(scaling, offHours))).toEqual([]);
  });

  test.each<[ScalingSettings, string]>([
    [{ cpuPercent: 0 }, whole("scaling.cpuPercent", 1, 100, 0)],
    [{ cpuPercent: 101 }, whole("scaling.cpuPercent", 1, 100, 101)],
    [{ memoryPercent: 0 }, whole("scaling.memoryPercent", 1, 100, 0)],
    [{ memoryPercent: 101 }, whole("scaling.memoryPercent", 1, 100, 101)],
    [{ requestsPerTarget: 0 }, whole("scaling.requestsPerTarget", 1, 1_000_000, 0)],
    [{ requestsPerTarget: 1_000_001 }, whole("scaling.requestsPerTarget", 1, 1_000_000, 1_000_001)],
    [{ scaleOutCooldownSeconds: -1 }, whole("scaling.scaleOutCooldownSeconds", 0, 3600, -1)],
    [{ scaleOutCooldownSeconds: 3601 }, whole("scaling.scaleOutCooldownSeconds", 0, 3600, 3601)],
    [{ scaleInCooldownSeconds: -1 }, whole("scaling.scaleInCooldownSeconds", 0, 3600, -1)],
    [{ scaleInCooldownSeconds: 3601 }, whole("scaling.scaleInCooldownSeconds", 0, 3600, 3601)],
  ])("fail on %j", (scaling, message) => {
    expect(set(scalingProblems(scaling))).toEqual([message]);
  });

  test.each<[Partial<OffHoursSettings>, string]>([
    [
      { stop: "0 20 * * 1-5" },
      'offHours.stop must be six cron fields such as "0 20 ? * MON-FRI *", got "0 20 * * 1-5"',
    ],
    [
      { stop: "cron(0 20 ? * MON-FRI *)" },
      'offHours.stop must be six cron fields such as "0 20 ? * MON-FRI *", got "cron(0 20 ? * MON-FRI *)"',
    ],
    [
      { start: "0 7 * * MON-FRI *" },
      'offHours.start must have ? as exactly one of day of month and day of week, got "0 7 * * MON-FRI *"',
    ],
    [
      { start: "0 7 ? * ? *" },
      'offHours.start must have ? as exactly one of day of month and day of week, got "0 7 ? * ? *"',
    ],
    [{ start: night.stop }, 'offHours.start must be another time than stop, got "0 20 ? * MON-FRI *"'],
    [{ timezone: "CET+1" }, 'offHours.timezone must be a time zone such as Europe/Paris, or UTC, got "CET+1"'],
  ])("fail on off hours with %j", (change, message) => {
    expect(set(scalingProblems({}, { ...night, ...change }))).toEqual([message]);
  });
});
