import {
  type AlarmDefinition,
  alarmDescription,
  evaluation,
  given,
  type Unit,
} from "../../../modules/monitoring/alarm-definition";

const definition = (overrides: Partial<AlarmDefinition> = {}): AlarmDefinition => ({
  check: "cpu",
  title: "Service api: CPU",
  metrics: [],
  unit: "percent",
  periodSeconds: 60,
  side: "above",
  threshold: 85,
  missing: "notBreaching",
  look: "Look at the number of tasks.",
  ...overrides,
});

describe("alarmDescription", () => {
  test.each<[Unit, AlarmDefinition["side"], number, string]>([
    ["percent", "above", 85, "Service api: CPU above 85 %. Look at the number of tasks."],
    ["seconds", "above", 2, "Service api: CPU above 2 s. Look at the number of tasks."],
    ["milliseconds", "above", 2000, "Service api: CPU above 2000 ms. Look at the number of tasks."],
    ["count", "below", 20, "Service api: CPU below 20. Look at the number of tasks."],
    ["bytes", "below", 2.5 * 1024 ** 3, "Service api: CPU below 2.5 GiB. Look at the number of tasks."],
  ])("says %s %s %d in words", (unit, side, threshold, words) => {
    expect(alarmDescription(definition({ unit, side, threshold }))).toBe(words);
  });
});

describe("evaluation", () => {
  test.each([
    [60, 5, { points: 5, bad: 3 }],
    [60, 1, { points: 1, bad: 1 }],
    [60, 60, { points: 60, bad: 36 }],
    [300, 5, { points: 1, bad: 1 }],
    [300, 6, { points: 2, bad: 2 }],
    [3600, 60, { points: 1, bad: 1 }],
  ])("of points %d seconds apart looks at %d minutes as %j", (period, minutes, expected) => {
    expect(evaluation(period, minutes)).toEqual(expected);
  });
});

describe("given", () => {
  test("is no alarm for false, and one for any number, even 0", () => {
    const define = (threshold: number) => definition({ threshold });
    expect(given(false, define)).toEqual([]);
    expect(given(0, define)).toEqual([definition({ threshold: 0 })]);
  });
});
