import fc from "fast-check";
import { dailyWindowProblem, overlapProblem, weeklyWindowProblem } from "../../../modules/database/windows";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const WEEK = 7 * DAY;
const token = "${TfToken[TOKEN.1]}";

const time = (minute: number) =>
  [Math.floor((minute % DAY) / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
const dayTime = (minute: number) => `${DAYS[Math.floor((minute % WEEK) / DAY)]}:${time(minute)}`;
const daily = (start: number, length: number) => `${time(start)}-${time(start + length)}`;
const weekly = (start: number, length: number) => `${dayTime(start)}-${dayTime(start + length)}`;

describe("dailyWindowProblem", () => {
  test.each(["02:00-02:30", "00:00-23:59", "23:45-00:15", token, undefined])("passes %s", (window) => {
    expect(dailyWindowProblem("w", window, 30)).toBeUndefined();
  });

  test.each([
    ["02:00-02:29", 'w must be at least 30 minutes long, got "02:00-02:29"'],
    ["02:00-02:00", 'w must be at least 30 minutes long, got "02:00-02:00"'],
    ["2:00-3:00", 'w must be hh:mm-hh:mm in UTC, got "2:00-3:00"'],
    ["24:00-01:00", 'w must be hh:mm-hh:mm in UTC, got "24:00-01:00"'],
    ["sun:02:00-sun:03:00", 'w must be hh:mm-hh:mm in UTC, got "sun:02:00-sun:03:00"'],
    ["", 'w must be hh:mm-hh:mm in UTC, got ""'],
  ])("fails on %s", (window, message) => {
    expect(dailyWindowProblem("w", window, 30)).toBe(message);
  });

  test("measures the length in minutes, past midnight too", () => {
    fc.assert(
      fc.property(
        fc.nat(DAY - 1),
        fc.integer({ min: 1, max: DAY - 1 }),
        fc.integer({ min: 1, max: 90 }),
        (start, length, least) => {
          expect(dailyWindowProblem("w", daily(start, length), least) === undefined).toBe(length >= least);
        },
      ),
    );
  });
});

describe("weeklyWindowProblem", () => {
  test.each(["sun:03:30-sun:04:00", "sun:23:30-mon:00:30", "mon:00:00-tue:00:00", token, undefined])(
    "passes %s",
    (window) => {
      expect(weeklyWindowProblem("w", window, 30)).toBeUndefined();
    },
  );

  test.each([
    ["sun:03:30-sun:03:59", 'w must be at least 30 minutes long, got "sun:03:30-sun:03:59"'],
    ["Sun:03:30-Sun:04:30", 'w must be ddd:hh:mm-ddd:hh:mm in UTC, got "Sun:03:30-Sun:04:30"'],
    ["03:30-04:30", 'w must be ddd:hh:mm-ddd:hh:mm in UTC, got "03:30-04:30"'],
  ])("fails on %s", (window, message) => {
    expect(weeklyWindowProblem("w", window, 30)).toBe(message);
  });
});

describe("overlapProblem", () => {
  test.each([
    ["02:00-03:00", "sun:03:00-sun:04:00"],
    ["02:00-03:00", "sun:01:00-sun:02:00"],
    ["23:30-00:30", "mon:00:30-mon:01:30"],
    [undefined, "sun:03:00-sun:04:00"],
    [token, "sun:03:00-sun:04:00"],
    ["02:00-03:00", "nonsense"],
  ])("passes %s beside %s", (day, week) => {
    expect(overlapProblem("d", day, "w", week)).toBeUndefined();
  });

  test.each([
    ["02:00-03:01", "sun:03:00-sun:04:00"],
    ["03:59-05:00", "sun:03:00-sun:04:00"],
    ["23:30-00:30", "mon:00:00-mon:01:00"],
    ["12:00-12:30", "mon:00:00-wed:00:00"],
  ])("fails on %s within %s", (day, week) => {
    expect(overlapProblem("d", day, "w", week)).toBe(`d must be outside w, got "${day}" and "${week}"`);
  });

  test("agrees with counting every minute of the week", () => {
    const minute = fc.nat(DAY - 1);
    fc.assert(
      fc.property(
        minute,
        fc.integer({ min: 1, max: 300 }),
        fc.nat(WEEK - 1),
        fc.integer({ min: 1, max: 2000 }),
        (s, l, ws, wl) => {
          const maintained = new Set(Array.from({ length: wl }, (_, index) => (ws + index) % WEEK));
          const backedUp = DAYS.flatMap((_, day) =>
            Array.from({ length: l }, (_, index) => (day * DAY + s + index) % WEEK),
          );
          const overlaps = backedUp.some((moment) => maintained.has(moment));
          expect(overlapProblem("d", daily(s, l), "w", weekly(ws, wl)) !== undefined).toBe(overlaps);
        },
      ),
    );
  });
});
