import { SubjectAlarms, type SubjectAlarmsProps } from "../../../modules/monitoring/subject-alarms";
import { context, resources, synth } from "../../support/synth";
import { EVERY_SUBJECT } from "./every-subject";

const topic = "arn:aws:sns:eu-west-3:123456789012:acme-test-alarms";
const host = { kind: "host", name: "docker", instanceId: "i-1", instanceType: "m7g.large" } as const;
const service = { kind: "service", name: "api", clusterName: "acme-test", serviceName: "acme-test-api" } as const;
const routed = {
  ...service,
  loadBalancerArnSuffix: "app/acme-test/1",
  targetGroupArnSuffixes: ["targetgroup/api/1"],
};
const alarms = (props: Partial<SubjectAlarmsProps> = {}) => {
  const given = { context: context(), subject: host, actions: [topic], ...props };
  return resources(
    synth((scope) => new SubjectAlarms(scope, "alarms", given)),
    "aws_cloudwatch_metric_alarm",
  );
};
const named = (props: Partial<SubjectAlarmsProps>, name: string) =>
  alarms(props).find(({ alarm_name }) => alarm_name === name);

describe(SubjectAlarms, () => {
  test("looks at a metric for five minutes, and tells of the end as of the beginning", () => {
    expect(alarms()).toEqual([
      expect.objectContaining({
        alarm_name: "acme-test-host-docker-cpu",
        period: 300,
        evaluation_periods: 1,
        datapoints_to_alarm: 1,
        treat_missing_data: "notBreaching",
      }),
      expect.objectContaining({
        alarm_name: "acme-test-host-docker-status",
        alarm_description:
          "Host docker: failed status checks above 0. Look at the instance's status and system log; stop and start it to move it to other hardware. No data means that it does not run.",
        namespace: "AWS/EC2",
        metric_name: "StatusCheckFailed",
        dimensions: { InstanceId: "i-1" },
        statistic: "Maximum",
        period: 60,
        comparison_operator: "GreaterThanThreshold",
        threshold: 0,
        evaluation_periods: 5,
        datapoints_to_alarm: 3,
        treat_missing_data: "breaching",
        alarm_actions: [topic],
        ok_actions: [topic],
      }),
    ]);
  });

  test.each(EVERY_SUBJECT.map((subject) => [subject.kind, subject] as const))(
    "tells the topic of every alarm of a %s and of its end, and says what silence means",
    (_kind, subject) => {
      for (const alarm of alarms({ subject })) {
        expect(alarm).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
        expect(["breaching", "notBreaching"]).toContain(alarm["treat_missing_data"]);
        expect(String(alarm["alarm_description"])).toMatch(/\. Look /);
        expect(String(alarm["alarm_description"]).length).toBeLessThanOrEqual(1024);
      }
    },
  );

  test("looks at a percentile as CloudWatch calls it", () => {
    const p99 = named({ subject: routed }, "acme-test-service-api-p99");
    expect(p99).toMatchObject({ extended_statistic: "p99", threshold: 2, comparison_operator: "GreaterThanThreshold" });
    expect(p99).not.toHaveProperty("statistic");
  });

  test("computes a rate in the alarm itself", () => {
    const errors = named({ subject: routed }, "acme-test-service-api-errors");
    const dimensions = { LoadBalancer: "app/acme-test/1", TargetGroup: "targetgroup/api/1" };
    const namespace = "AWS/ApplicationELB";
    expect(errors).not.toHaveProperty("metric_name");
    expect(errors).toMatchObject({
      metric_query: [
        {
          id: "value",
          expression: "100 * (FILL(m1, 0)) / (FILL(m2, 0))",
          label: "Service api: requests that fail",
          return_data: true,
        },
        {
          id: "m1",
          return_data: false,
          metric: { namespace, metric_name: "HTTPCode_Target_5XX_Count", dimensions, period: 60, stat: "Sum" },
        },
        {
          id: "m2",
          return_data: false,
          metric: { namespace, metric_name: "RequestCount", dimensions, period: 60, stat: "Sum" },
        },
      ],
    });
  });

  test("is below its threshold where less is worse", () => {
    const burstable = { ...host, instanceType: "t4g.small" };
    expect(named({ subject: burstable }, "acme-test-host-docker-credits")).toMatchObject({
      comparison_operator: "LessThanThreshold",
      threshold: 20,
    });
  });

  test("takes other thresholds and more minutes, and leaves out what is false", () => {
    expect(alarms({ thresholds: { hostFailedChecks: false, hostCpuPercent: 50 }, evaluationMinutes: 15 })).toEqual([
      expect.objectContaining({ threshold: 50, evaluation_periods: 3, datapoints_to_alarm: 2 }),
    ]);
  });

  test("names its alarms before they exist", () => {
    const found: Array<readonly string[]> = [];
    synth((scope) => {
      const made = new SubjectAlarms(scope, "alarms", { context: context(), subject: service, actions: [] });
      found.push(made.alarmNames, made.alarmArns);
    });
    expect(found).toEqual([
      ["acme-test-service-api-cpu", "acme-test-service-api-memory"],
      [
        "arn:aws:cloudwatch:eu-west-3:123456789012:alarm:acme-test-service-api-cpu",
        "arn:aws:cloudwatch:eu-west-3:123456789012:alarm:acme-test-service-api-memory",
      ],
    ]);
  });

  test.each<[Partial<SubjectAlarmsProps>, string]>([
    [
      { evaluationMinutes: 0, thresholds: { hostCpuPercent: 101 } },
      "test/alarms: thresholds.hostCpuPercent must be a number from 0 to 100, or false for no alarm, got 101; evaluationMinutes must be a whole number from 1 to 60, got 0",
    ],
    [
      { subject: { ...service, loadBalancerArnSuffix: "app/a/1" } },
      'test/alarms: loadBalancerArnSuffix and targetGroupArnSuffixes must be given together, got "app/a/1" and undefined',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => alarms(props)).toThrow(new Error(message));
  });
});
