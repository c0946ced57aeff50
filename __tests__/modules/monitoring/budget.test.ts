import { Budget, type BudgetProps } from "../../../modules/monitoring/budget";
import { context, resources, synth } from "../../support/synth";

const topicArn = "arn:aws:sns:eu-west-3:123456789012:acme-test-alarms";
const budget = (props: Partial<BudgetProps> = {}) =>
  resources(
    synth((scope) => new Budget(scope, "budget", { context: context(), usdPerMonth: 50, topicArn, ...props })),
    "aws_budgets_budget",
  );
const notice = (notification_type: string, threshold: number) => ({
  notification_type,
  threshold,
  comparison_operator: "GREATER_THAN",
  threshold_type: "PERCENTAGE",
  subscriber_sns_topic_arns: [topicArn],
});

describe(Budget, () => {
  test("counts what carries the environment's tags, and tells at 80 and 100 percent and when the month will go over", () => {
    expect(budget()).toEqual([
      expect.objectContaining({
        name: "acme-test",
        budget_type: "COST",
        time_unit: "MONTHLY",
        limit_amount: "50",
        limit_unit: "USD",
        cost_filter: [{ name: "TagKeyValue", values: ["user:Project$acme", "user:Environment$test"] }],
        notification: [notice("ACTUAL", 80), notice("ACTUAL", 100), notice("FORECASTED", 100)],
      }),
    ]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    expect(budget({ notifyAtPercent: undefined, notifyAtForecastPercent: undefined })).toEqual(budget());
  });

  test("tells at other shares", () => {
    expect(budget({ notifyAtPercent: [50], notifyAtForecastPercent: 120 })).toEqual([
      expect.objectContaining({ notification: [notice("ACTUAL", 50), notice("FORECASTED", 120)] }),
    ]);
  });

  test("tells mail addresses directly", () => {
    const [made] = budget({ topicArn: undefined, emails: ["team@example.com"], notifyAtPercent: [100] });
    const { subscriber_sns_topic_arns: _topic, ...rest } = notice("ACTUAL", 100);
    expect(made).toMatchObject({
      notification: [
        { ...rest, subscriber_email_addresses: ["team@example.com"] },
        { subscriber_email_addresses: ["team@example.com"] },
      ],
    });
  });

  test.each<[Partial<BudgetProps>, string]>([
    [{ topicArn: undefined }, "test/budget: topicArn must be given where there are no emails, got none"],
    [
      { emails: Array.from({ length: 11 }, (_, index) => `a${index}@example.com`) },
      "test/budget: emails must be at most 10, got 11; subscribe them to the topic",
    ],
    [{ usdPerMonth: -1 }, "test/budget: usdPerMonth must be a number above 0, got -1"],
  ])("fails on %j", (props, message) => {
    expect(() => budget(props)).toThrow(new Error(message));
  });
});
