import { isUnresolved, notMatching, outOfRange, shown, within } from "../validation";
import { thresholdProblems, type ThresholdSettings } from "./thresholds";

/** What an environment chooses about being watched. */
export interface MonitoringSettings extends AlarmSettings {
  /**
   * Who hears of alarms, and of the budget.
   * @default - nobody; alarms are seen on the dashboard and in the console
   */
  readonly notify?: NotifySettings;

  /**
   * Whether there is a dashboard of the environment, in CloudWatch. An account has three of up to 50 metrics for free; each other costs 3
   * USD a month.
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * What the environment may cost in a month before somebody is told.
   * @default - none
   */
  readonly budget?: BudgetSettings;
}

/** What an environment chooses about its alarms. */
export interface AlarmSettings {
  /**
   * When something is no longer fine, alarm by alarm.
   * @default - the defaults of each
   */
  readonly thresholds?: ThresholdSettings;

  /**
   * How many minutes an alarm looks at, 1 to 60; it begins when three fifths of them are over the threshold.
   * @default 5
   */
  readonly evaluationMinutes?: number;
}

/** Who hears of alarms. */
export interface NotifySettings {
  /**
   * Mail addresses. Each has to confirm once, in a mail from AWS, within two days.
   * @default - none
   */
  readonly emails?: readonly string[];

  /**
   * ARNs of topics that exist already, such as one that a chat listens to. Their policies must let CloudWatch publish.
   * @default - none
   */
  readonly topicArns?: readonly string[];
}

/** A limit for the monthly bill that nothing enforces: it only tells. */
export interface BudgetSettings {
  /** What the environment may cost in a month, in USD. */
  readonly usdPerMonth: number;

  /**
   * Shares of it, in percent, at which somebody is told what was spent: 1 to 4 of them, each from 1 to 1000.
   * @default [80, 100]
   */
  readonly notifyAtPercent?: readonly number[];

  /**
   * Share of it, in percent, that AWS expects for the whole month at which somebody is told, 1 to 1000. AWS needs five weeks of bills to
   * expect anything.
   * @default 100
   */
  readonly notifyAtForecastPercent?: number;
}

const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;
const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;
/**
 * An alarm has 5 actions for each state; the environment's own topic is one. Source: CloudWatch API reference, PutMetricAlarm, read in
 * 2026-11.
 */
const MAX_TOPICS = 4;
/** A budget has 5 notifications, one of which is about the forecast. Source: Budgets API reference, CreateBudget, read in 2026-11. */
const MAX_NOTICES = 4;

/** Everything wrong with what an environment chooses about being watched. */
export function monitoringProblems(settings: MonitoringSettings): Array<string | undefined> {
  const { notify = {}, budget } = settings;
  return [
    ...within("notify", notifyProblems(notify)),
    ...alarmProblems(settings),
    ...(budget === undefined ? [] : within("budget", budgetProblems(budget))),
  ];
}

/** Everything wrong with what an environment chooses about its alarms. */
export function alarmProblems({ thresholds = {}, evaluationMinutes }: AlarmSettings): Array<string | undefined> {
  return [
    ...within("thresholds", thresholdProblems(thresholds)),
    outOfRange("evaluationMinutes", evaluationMinutes, 1, 60),
  ];
}

/** Everything wrong with who hears of alarms. */
export function notifyProblems({ emails = [], topicArns = [] }: NotifySettings): Array<string | undefined> {
  return [
    ...emails.map((email, index) => notMatching(`emails[${index}]`, email, EMAIL, "a mail address")),
    repeated("emails", emails),
    ...topicArns.map((topic, index) => notMatching(`topicArns[${index}]`, topic, TOPIC, "the ARN of an SNS topic")),
    repeated("topicArns", topicArns),
    topicArns.length > MAX_TOPICS
      ? `topicArns must be at most ${MAX_TOPICS}, got ${topicArns.length}; let one topic tell the others`
      : undefined,
  ];
}

/** Everything wrong with a budget. */
export function budgetProblems(settings: BudgetSettings): Array<string | undefined> {
  const { usdPerMonth, notifyAtPercent = [80, 100], notifyAtForecastPercent } = settings;
  return [
    usdPerMonth > 0 && Number.isFinite(usdPerMonth)
      ? undefined
      : `usdPerMonth must be a number above 0, got ${shown(usdPerMonth)}`,
    notifyAtPercent.length >= 1 && notifyAtPercent.length <= MAX_NOTICES
      ? undefined
      : `notifyAtPercent must be 1 to ${MAX_NOTICES} shares, got ${shown(notifyAtPercent)}`,
    ...notifyAtPercent.map((percent, index) => outOfRange(`notifyAtPercent[${index}]`, percent, 1, 1000)),
    repeated("notifyAtPercent", notifyAtPercent),
    outOfRange("notifyAtForecastPercent", notifyAtForecastPercent, 1, 1000),
  ];
}

function repeated(name: string, values: ReadonlyArray<string | number>): string | undefined {
  const twice = values.find((value, index) => !isUnresolved(value) && values.indexOf(value) !== index);
  return twice === undefined ? undefined : `${name} must be without repetition, got ${shown(twice)} twice`;
}
