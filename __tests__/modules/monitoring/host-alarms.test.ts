import type { AlarmDefinition } from "../../../modules/monitoring/alarm-definition";
import { hostAlarms } from "../../../modules/monitoring/host-alarms";
import { thresholdsOf } from "../../../modules/monitoring/thresholds";

const thresholds = thresholdsOf();
const host = { kind: "host", name: "docker", instanceId: "i-1", instanceType: "t4g.small" } as const;
const summary = (alarms: readonly AlarmDefinition[]) =>
  Object.fromEntries(
    alarms.map(({ check, side, threshold, periodSeconds, missing }) => [
      check,
      [side, threshold, periodSeconds, missing],
    ]),
  );

describe("hostAlarms", () => {
  test("are about its status, CPU and credits, as often as EC2 measures each", () => {
    const alarms = hostAlarms(host, thresholds);
    expect(summary(alarms)).toEqual({
      status: ["above", 0, 60, "breaching"],
      cpu: ["above", 85, 300, "notBreaching"],
      credits: ["below", 20, 300, "notBreaching"],
    });
    expect(alarms[0]?.metrics).toEqual([
      {
        namespace: "AWS/EC2",
        metricName: "StatusCheckFailed",
        dimensions: { InstanceId: "i-1" },
        statistic: "Maximum",
      },
    ]);
  });

  test("take no silence for an alarm where a schedule stops it, and have no credits outside the t classes", () => {
    expect(summary(hostAlarms({ ...host, instanceType: "m7g.large", alwaysOn: false }, thresholds))).toEqual({
      status: ["above", 0, 60, "notBreaching"],
      cpu: ["above", 85, 300, "notBreaching"],
    });
  });

  test("are left out one by one", () => {
    const off = thresholdsOf({ hostCpuPercent: false, hostFailedChecks: false, cpuCredits: false });
    expect(hostAlarms(host, off)).toEqual([]);
  });
});
