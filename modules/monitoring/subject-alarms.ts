import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { assertValid } from "../validation";
import { type AlarmDefinition, alarmDescription, evaluation } from "./alarm-definition";
import { type Metric, metricId } from "./metric-math";
import type { AlarmSettings } from "./monitoring-settings";
import { alarmProblems } from "./monitoring-settings";
import { alarmDefinitions, alarmThing } from "./subject-alarm-definitions";
import { type Subject, subjectProblems } from "./subjects";
import { thresholdsOf } from "./thresholds";

export interface SubjectAlarmsProps extends AlarmSettings {
  /** For whom and where; the alarms are in the region of what they are about. */
  readonly context: Context;

  /** What the alarms are about. */
  readonly subject: Subject;

  /** ARNs of the topics that hear of every alarm, and of its end. */
  readonly actions: readonly string[];
}

/**
 * The alarms of one service, load balancer, database, cache, host or vault. Each tells when it begins, when it ends, and what to look at.
 */
export class SubjectAlarms extends Construct {
  /** Names of the alarms. */
  readonly alarmNames: readonly string[];

  /** ARNs of the alarms. */
  readonly alarmArns: readonly string[];

  constructor(scope: Construct, id: string, props: SubjectAlarmsProps) {
    super(scope, id);
    const { context, subject, thresholds, evaluationMinutes = 5, actions } = props;
    assertValid(this, [...alarmProblems(props), ...subjectProblems(subject)]);

    this.alarmNames = alarmDefinitions(subject, thresholdsOf(thresholds)).map((definition) => {
      const { points, bad } = evaluation(definition.periodSeconds, evaluationMinutes);
      const alarmName = context.names("alarm", alarmThing(subject, definition));
      new CloudwatchMetricAlarm(this, definition.check, {
        alarmName,
        alarmDescription: alarmDescription(definition),
        ...measured(definition),
        comparisonOperator: definition.side === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
        threshold: definition.threshold,
        evaluationPeriods: points,
        datapointsToAlarm: bad,
        treatMissingData: definition.missing,
        alarmActions: [...actions],
        okActions: [...actions],
      });
      return alarmName;
    });
    this.alarmArns = this.alarmNames.map((name) => arn(context, "cloudwatch", `alarm:${name}`));
  }
}

function measured({ metrics, expression, title, periodSeconds: period }: AlarmDefinition) {
  const [only] = metrics;
  if (expression === undefined && only !== undefined) {
    const { namespace, metricName, dimensions } = only;
    return { namespace, metricName, dimensions, period, ...statisticOf(only) };
  }
  return {
    metricQuery: [
      { id: "value", expression, label: title, returnData: true },
      ...metrics.map(({ namespace, metricName, dimensions, statistic }, index) => ({
        id: metricId(index),
        returnData: false,
        metric: { namespace, metricName, dimensions, period, stat: statistic },
      })),
    ],
  };
}

function statisticOf({ statistic }: Metric) {
  return /^p\d/.test(statistic) ? { extendedStatistic: statistic } : { statistic };
}
