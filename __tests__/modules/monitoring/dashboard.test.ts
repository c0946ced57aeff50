import { Token } from "cdktf";
import { Dashboard, type DashboardProps } from "../../../modules/monitoring/dashboard";
import { SubjectAlarms } from "../../../modules/monitoring/subject-alarms";
import { context, resources, synth } from "../../support/synth";
import { EVERY_SUBJECT } from "./every-subject";

const dashboard = (props: Partial<DashboardProps> = {}) =>
  resources(
    synth((scope) => new Dashboard(scope, "dashboard", { context: context(), subjects: EVERY_SUBJECT, ...props })),
    "aws_cloudwatch_dashboard",
  );

interface Body {
  readonly widgets: Array<{
    readonly type: string;
    readonly properties: { readonly alarms?: string[]; readonly markdown?: string };
  }>;
}
const widgetsOf = (props: Partial<DashboardProps> = {}) =>
  (JSON.parse(String(dashboard(props)[0]?.["dashboard_body"])) as Body).widgets;

describe(Dashboard, () => {
  test("is one for the environment, with a heading for each subject", () => {
    expect(dashboard()).toEqual([expect.objectContaining({ dashboard_name: "acme-test" })]);
    expect(widgetsOf().flatMap(({ properties }) => properties.markdown ?? [])).toEqual([
      "## Service api",
      "## Load balancer web",
      "## Database db",
      "## Database cluster db",
      "## Cache cache",
      "## Cache cache",
      "## Host docker",
      "## App Runner service api",
      "## Backups daily",
    ]);
  });

  test("shows the state of exactly the alarms that the same subjects have", () => {
    const made: string[] = [];
    synth((scope) => {
      for (const [index, subject] of EVERY_SUBJECT.entries()) {
        made.push(...new SubjectAlarms(scope, `a${index}`, { context: context(), subject, actions: [] }).alarmArns);
      }
    });
    expect(widgetsOf()[0]?.properties.alarms).toEqual(made);
  });

  test("follows the thresholds", () => {
    const subjects = EVERY_SUBJECT.filter(({ kind }) => kind === "backup");
    expect(widgetsOf({ subjects }).map(({ type }) => type)).toEqual(["alarm", "text", "metric"]);
    expect(widgetsOf({ subjects, thresholds: { failedBackups: false } })).toEqual([]);
  });

  test("takes names that only Terraform knows", () => {
    const instanceId = Token.asString({ resolve: () => "${aws_instance.host.id}" });
    const subjects = [{ kind: "host", name: "docker", instanceId, instanceType: "m7g.large" } as const];
    expect(String(dashboard({ subjects })[0]?.["dashboard_body"])).toContain('"InstanceId","${aws_instance.host.id}"');
  });

  test.each<[Partial<DashboardProps>, string]>([
    [{ subjects: [] }, "test/dashboard: subjects must be one or more, got []"],
    [
      {
        subjects: [{ kind: "cache", name: "cache", nodeIds: [], nodeType: "cache.t4g.micro" }],
        thresholds: { cpuCredits: -1 },
      },
      "test/dashboard: subjects[0].nodeIds must be 1 to 10, got 0; give several subjects; thresholds.cpuCredits must be a number of 0 or more, or false for no alarm, got -1",
    ],
  ])("fails on %j", (props, message) => {
    expect(() => dashboard(props)).toThrow(new Error(message));
  });
});
