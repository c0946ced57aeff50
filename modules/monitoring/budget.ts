import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { budgetProblems, type BudgetSettings, notifyProblems } from "./monitoring-settings";

export interface BudgetProps extends BudgetSettings {
  /** For whom. */
  readonly context: Context;

  /**
   * ARN of the topic that is told, whose policy must let `budgets.amazonaws.com` publish.
   * @default - none
   */
  readonly topicArn?: string;

  /**
   * Mail addresses that are told directly, at most 10, besides those of the topic; they have nothing to confirm.
   * @default - none
   */
  readonly emails?: readonly string[];
}

/**
 * A monthly budget of what the environment costs, as its tags `Project` and `Environment` say. It tells; it stops nothing.
 *
 * A person has to switch both tags on once for the account, in Billing, under Cost allocation tags (with an organization: in the account
 * that pays). Until then, and for about a day after it, the budget counts nothing. What AWS cannot tag, such as some data transfer and
 * tax, it never counts.
 */
export class Budget extends Construct {
  /** Name of the budget. */
  readonly budgetName: string;

  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const { context, usdPerMonth, notifyAtPercent = [80, 100], notifyAtForecastPercent = 100 } = props;
    const { topicArn, emails = [] } = props;
    assertValid(this, [...budgetProblems(props), ...notifyProblems({ emails }), listenerProblem(topicArn, emails)]);

    const notices = [
      ...notifyAtPercent.map((threshold) => ({ notificationType: "ACTUAL", threshold })),
      { notificationType: "FORECASTED", threshold: notifyAtForecastPercent },
    ];
    const budget = new BudgetsBudget(this, "budget", {
      name: context.names("budget"),
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(usdPerMonth),
      limitUnit: "USD",
      // values of one tag widen a filter, those of another narrow it
      costFilter: [
        {
          name: "TagKeyValue",
          values: [`user:Project$${context.project}`, `user:Environment$${context.environment}`],
        },
      ],
      notification: notices.map((notice) => ({
        ...notice,
        comparisonOperator: "GREATER_THAN",
        thresholdType: "PERCENTAGE",
        ...(topicArn !== undefined && { subscriberSnsTopicArns: [topicArn] }),
        ...(emails.length > 0 && { subscriberEmailAddresses: [...emails] }),
      })),
    });
    this.budgetName = budget.name;
  }
}

/** Source: Budgets API reference, NotificationWithSubscribers: 1 to 10 subscribers by mail, one topic; read in 2026-11. */
function listenerProblem(topicArn: string | undefined, emails: readonly string[]): string | undefined {
  if (topicArn === undefined && emails.length === 0)
    return "topicArn must be given where there are no emails, got none";
  return emails.length > 10
    ? `emails must be at most 10, got ${emails.length}; subscribe them to the topic`
    : undefined;
}
