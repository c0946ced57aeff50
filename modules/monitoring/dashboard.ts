import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { assertValid, within } from "../validation";
import { dashboardBody } from "./dashboard-body";
import { alarmDefinitions, alarmThing, graphsOf } from "./subject-alarm-definitions";
import { type Subject, subjectProblems, subjectTitle } from "./subjects";
import { thresholdProblems, thresholdsOf, type ThresholdSettings } from "./thresholds";

export interface DashboardProps {
  /** For whom and where. */
  readonly context: Context;

  /** What it shows, from top to bottom: the same list as that of the alarms. */
  readonly subjects: readonly Subject[];

  /**
   * The thresholds of the alarms.
   * @default - the defaults of each
   */
  readonly thresholds?: ThresholdSettings;
}

/** The dashboard of an environment: the state of its alarms first, then the graphs of each subject, with the threshold of each alarm. */
export class Dashboard extends Construct {
  /** Name of the dashboard. */
  readonly dashboardName: string;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { context, subjects, thresholds = {} } = props;
    assertValid(this, [
      subjects.length > 0 ? undefined : "subjects must be one or more, got []",
      ...subjects.flatMap((subject, index) => within(`subjects[${index}]`, subjectProblems(subject))),
      ...within("thresholds", thresholdProblems(thresholds)),
    ]);

    const values = thresholdsOf(thresholds);
    const alarms = subjects.flatMap((subject) =>
      alarmDefinitions(subject, values).map((alarm) => context.names("alarm", alarmThing(subject, alarm))),
    );
    const dashboard = new CloudwatchDashboard(this, "dashboard", {
      dashboardName: context.names("dashboard"),
      dashboardBody: dashboardBody({
        region: context.region,
        alarmArns: alarms.map((name) => arn(context, "cloudwatch", `alarm:${name}`)),
        sections: subjects.map((subject) => ({ title: subjectTitle(subject), graphs: graphsOf(subject, values) })),
      }),
    });
    this.dashboardName = dashboard.dashboardName;
  }
}
