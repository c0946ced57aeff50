import fc from "fast-check";
import { minutesOfWeek, weeklyAverage } from "../../../tools/cost/week";

const hours = (...list: number[]) => list.map((hour) => hour * 60);

describe("minutesOfWeek", () => {
  test.each([
    ["cron(0 20 ? * MON-FRI *)", hours(44, 68, 92, 116, 140)],
    ["cron(0 20 ? * 2-6 *)", hours(44, 68, 92, 116, 140)],
    ["cron(30 7 ? * SUN *)", [450]],
    ["cron(0 0 ? * FRI-MON *)", hours(0, 24, 120, 144)],
    ["cron(0 6,18 ? * SAT,SUN *)", hours(6, 18, 150, 162)],
    ["cron(0 0/12 ? * SUN *)", hours(0, 12)],
    ["cron(0 6 * * ? *)", hours(6, 30, 54, 78, 102, 126, 150)],
  ])("%s", (schedule, minutes) => {
    expect(minutesOfWeek(schedule)).toEqual(minutes);
  });

  test.each([
    "rate(1 day)",
    "at(2026-01-01T00:00:00)",
    "cron(0 20 1 * ? *)",
    "cron(0 20 ? JAN MON *)",
    "cron(0 20 ? * MON 2027)",
    "cron(0 20 ? * MON#1 *)",
    "cron(0 24 ? * MON *)",
    "cron(0 20 ? * MON)",
    "",
  ])("has no weekly pattern in %j", (schedule) => {
    expect(minutesOfWeek(schedule)).toBeUndefined();
  });
});

describe("weeklyAverage", () => {
  test("is the share of a week that office hours are", () => {
    const office = [
      { schedule: "cron(0 20 ? * MON-FRI *)", value: 0 },
      { schedule: "cron(0 8 ? * MON-FRI *)", value: 1 },
    ];
    expect(weeklyAverage(office)).toBeCloseTo((5 * 12) / 168, 10);
  });

  test("keeps a value over the end of the week", () => {
    const weekend = [
      { schedule: "cron(0 0 ? * SAT *)", value: 0 },
      { schedule: "cron(0 0 ? * MON *)", value: 2 },
    ];
    expect(weeklyAverage(weekend)).toBeCloseTo((2 * 5) / 7, 10);
  });

  test("is unknown where one schedule has no weekly pattern, or there is none", () => {
    expect(weeklyAverage([{ schedule: "rate(1 day)", value: 0 }])).toBeUndefined();
    expect(weeklyAverage([])).toBeUndefined();
  });

  test("lies between off and on, whatever the hours", () => {
    const hour = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(hour, hour, (stop, start) => {
        fc.pre(stop !== start);
        const average = weeklyAverage([
          { schedule: `cron(0 ${stop} ? * * *)`, value: 0 },
          { schedule: `cron(0 ${start} ? * * *)`, value: 1 },
        ]);
        expect(average).toBeCloseTo(((stop - start + 24) % 24) / 24, 10);
      }),
    );
  });
});
