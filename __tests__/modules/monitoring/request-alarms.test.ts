import type { AlarmDefinition } from "../../../modules/monitoring/alarm-definition";
import {
  appRunnerAlarms,
  appRunnerGraphs,
  loadBalancerAlarms,
  loadBalancerGraphs,
  serviceAlarms,
  serviceGraphs,
} from "../../../modules/monitoring/request-alarms";
import { thresholdsOf } from "../../../modules/monitoring/thresholds";

const thresholds = thresholdsOf();
const worker = { kind: "service", name: "worker", clusterName: "acme-test", serviceName: "acme-test-worker" } as const;
const api = {
  ...worker,
  name: "api",
  serviceName: "acme-test-api",
  loadBalancerArnSuffix: "app/acme-test/1",
  targetGroupArnSuffixes: ["targetgroup/api/1"],
};
const blueGreen = { ...api, targetGroupArnSuffixes: ["targetgroup/blue/1", "targetgroup/green/2"] };
const balancer = { kind: "load-balancer", name: "web", loadBalancerArnSuffix: "app/acme-test/1" } as const;
const runner = { kind: "app-runner", name: "api", serviceName: "acme-test-api", serviceId: "0123" } as const;

const summary = (alarms: readonly AlarmDefinition[]) =>
  Object.fromEntries(
    alarms.map(({ check, side, threshold, unit, missing }) => [check, [side, threshold, unit, missing]]),
  );
const one = (alarms: readonly AlarmDefinition[], check: string) => alarms.find((alarm) => alarm.check === check);

describe("serviceAlarms", () => {
  test("are about the tasks alone without a load balancer", () => {
    expect(summary(serviceAlarms(worker, thresholds))).toEqual({
      cpu: ["above", 85, "percent", "notBreaching"],
      memory: ["above", 85, "percent", "notBreaching"],
    });
    expect(one(serviceAlarms(worker, thresholds), "cpu")?.metrics).toEqual([
      {
        namespace: "AWS/ECS",
        metricName: "CPUUtilization",
        dimensions: { ClusterName: "acme-test", ServiceName: "acme-test-worker" },
        statistic: "Average",
      },
    ]);
    expect(serviceGraphs(worker)).toEqual([]);
  });

  test("are about the requests too behind a load balancer", () => {
    const alarms = serviceAlarms(api, thresholds);
    expect(summary(alarms)).toEqual({
      cpu: ["above", 85, "percent", "notBreaching"],
      memory: ["above", 85, "percent", "notBreaching"],
      p99: ["above", 2, "seconds", "notBreaching"],
      errors: ["above", 1, "percent", "notBreaching"],
      unhealthy: ["above", 0, "count", "notBreaching"],
    });
    const dimensions = { LoadBalancer: "app/acme-test/1", TargetGroup: "targetgroup/api/1" };
    const namespace = "AWS/ApplicationELB";
    expect(one(alarms, "p99")?.metrics).toEqual([
      { namespace, metricName: "TargetResponseTime", dimensions, statistic: "p99" },
    ]);
    expect(one(alarms, "errors")).toMatchObject({
      expression: "100 * (FILL(m1, 0)) / (FILL(m2, 0))",
      metrics: [
        { namespace, metricName: "HTTPCode_Target_5XX_Count", dimensions, statistic: "Sum" },
        { namespace, metricName: "RequestCount", dimensions, statistic: "Sum" },
      ],
    });
    expect(one(alarms, "unhealthy")?.metrics).toEqual([
      { namespace, metricName: "UnHealthyHostCount", dimensions, statistic: "Maximum" },
    ]);
  });

  test("look at both target groups of a blue/green service", () => {
    const alarms = serviceAlarms(blueGreen, thresholds);
    expect(one(alarms, "p99")?.expression).toBe("MAX([FILL(m1, 0), FILL(m2, 0)])");
    expect(
      one(alarms, "errors")?.metrics.map(({ metricName, dimensions }) => [metricName, dimensions["TargetGroup"]]),
    ).toEqual([
      ["HTTPCode_Target_5XX_Count", "targetgroup/blue/1"],
      ["HTTPCode_Target_5XX_Count", "targetgroup/green/2"],
      ["RequestCount", "targetgroup/blue/1"],
      ["RequestCount", "targetgroup/green/2"],
    ]);
    expect(serviceGraphs(blueGreen)).toMatchObject([
      { title: "Service api: requests", expression: "FILL(m1, 0) + FILL(m2, 0)" },
    ]);
  });

  test("are left out one by one", () => {
    const off = thresholdsOf({ serviceCpuPercent: false, p99Seconds: false, unhealthyTargets: false });
    expect(Object.keys(summary(serviceAlarms(api, off)))).toEqual(["memory", "errors"]);
  });
});

describe("loadBalancerAlarms", () => {
  test("are about what it answers itself", () => {
    const alarms = loadBalancerAlarms(balancer, thresholds);
    expect(summary(alarms)).toEqual({ "5xx": ["above", 10, "count", "notBreaching"] });
    expect(alarms[0]?.metrics).toEqual([
      {
        namespace: "AWS/ApplicationELB",
        metricName: "HTTPCode_ELB_5XX_Count",
        dimensions: { LoadBalancer: "app/acme-test/1" },
        statistic: "Sum",
      },
    ]);
    expect(loadBalancerAlarms(balancer, thresholdsOf({ loadBalancerErrors: false }))).toEqual([]);
    expect(loadBalancerGraphs(balancer)).toMatchObject([{ title: "Load balancer web: requests", unit: "count" }]);
  });
});

describe("appRunnerAlarms", () => {
  test("are about its requests, whose time App Runner measures in milliseconds", () => {
    const alarms = appRunnerAlarms(runner, thresholds);
    expect(summary(alarms)).toEqual({
      p99: ["above", 2000, "milliseconds", "notBreaching"],
      errors: ["above", 1, "percent", "notBreaching"],
    });
    expect(alarms[0]?.metrics).toEqual([
      {
        namespace: "AWS/AppRunner",
        metricName: "RequestLatency",
        dimensions: { ServiceName: "acme-test-api", ServiceID: "0123" },
        statistic: "p99",
      },
    ]);
    expect(alarms[1]?.metrics.map(({ metricName }) => metricName)).toEqual(["5xxStatusResponses", "Requests"]);
    expect(appRunnerGraphs(runner)).toMatchObject([{ title: "App Runner service api: requests", unit: "count" }]);
  });
});
