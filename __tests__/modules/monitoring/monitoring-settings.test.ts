import { monitoringProblems, type MonitoringSettings } from "../../../modules/monitoring/monitoring-settings";

const topic = (name: string) => `arn:aws:sns:eu-west-3:123456789012:${name}`;

describe("monitoringProblems", () => {
  test.each<MonitoringSettings>([
    {},
    { notify: { emails: ["team@example.com"], topicArns: [topic("a"), topic("b"), topic("c"), topic("d")] } },
    { notify: { emails: ["${TfToken[TOKEN.1]}"], topicArns: ["${TfToken[TOKEN.2]}"] } },
    { evaluationMinutes: 1, thresholds: { p99Seconds: 1 } },
    { evaluationMinutes: 60, dashboard: false },
    { budget: { usdPerMonth: 0.5, notifyAtPercent: [1, 2, 3, 1000], notifyAtForecastPercent: 1000 } },
  ])("accepts %j", (settings) => {
    expect(monitoringProblems(settings).filter(Boolean)).toEqual([]);
  });

  test.each<[MonitoringSettings, string[]]>([
    [
      { notify: { emails: ["team", "a@example.com", "a@example.com"] } },
      [
        'notify.emails[0] must be a mail address, got "team"',
        'notify.emails must be without repetition, got "a@example.com" twice',
      ],
    ],
    [{ notify: { topicArns: ["alarms"] } }, ['notify.topicArns[0] must be the ARN of an SNS topic, got "alarms"']],
    [
      { notify: { topicArns: [topic("a"), topic("b"), topic("c"), topic("d"), topic("e")] } },
      ["notify.topicArns must be at most 4, got 5; let one topic tell the others"],
    ],
    [{ evaluationMinutes: 61 }, ["evaluationMinutes must be a whole number from 1 to 60, got 61"]],
    [{ evaluationMinutes: 0 }, ["evaluationMinutes must be a whole number from 1 to 60, got 0"]],
    [
      { thresholds: { errorPercent: 200 } },
      ["thresholds.errorPercent must be a number from 0 to 100, or false for no alarm, got 200"],
    ],
    [{ budget: { usdPerMonth: 0 } }, ["budget.usdPerMonth must be a number above 0, got 0"]],
    [{ budget: { usdPerMonth: NaN } }, ["budget.usdPerMonth must be a number above 0, got NaN"]],
    [{ budget: { usdPerMonth: 50, notifyAtPercent: [] } }, ["budget.notifyAtPercent must be 1 to 4 shares, got []"]],
    [
      { budget: { usdPerMonth: 50, notifyAtPercent: [0, 1001, 5, 5, 6], notifyAtForecastPercent: 0 } },
      [
        "budget.notifyAtPercent must be 1 to 4 shares, got [0,1001,5,5,6]",
        "budget.notifyAtPercent[0] must be a whole number from 1 to 1000, got 0",
        "budget.notifyAtPercent[1] must be a whole number from 1 to 1000, got 1001",
        "budget.notifyAtPercent must be without repetition, got 5 twice",
        "budget.notifyAtForecastPercent must be a whole number from 1 to 1000, got 0",
      ],
    ],
  ])("refuses %j", (settings, problems) => {
    expect(monitoringProblems(settings).filter(Boolean)).toEqual(problems);
  });
});
