import { type AlarmDefinition, given } from "./alarm-definition";
import { credits, isBurstable } from "./data-alarms";
import type { Metric } from "./metric-math";
import { type HostSubject, subjectTitle } from "./subjects";
import type { Thresholds } from "./thresholds";

/** Alarms of an EC2 instance. What fills its memory and disk, only an agent on it would know. */
export function hostAlarms(subject: HostSubject, thresholds: Thresholds): AlarmDefinition[] {
  const { instanceId, instanceType, alwaysOn = true } = subject;
  const title = subjectTitle(subject);
  const metric = (metricName: string, statistic: string): Metric => ({
    namespace: "AWS/EC2",
    metricName,
    dimensions: { InstanceId: instanceId },
    statistic,
  });
  return [
    ...given(thresholds.hostFailedChecks, (threshold) => ({
      check: "status",
      title: `${title}: failed status checks`,
      metrics: [metric("StatusCheckFailed", "Maximum")],
      unit: "count",
      periodSeconds: 60, // the one metric of EC2 that comes every minute without detailed monitoring
      side: "above",
      threshold,
      missing: alwaysOn ? "breaching" : "notBreaching", // an instance that runs always reports
      look: "Look at the instance's status and system log; stop and start it to move it to other hardware. No data means that it does not run.",
    })),
    ...given(thresholds.hostCpuPercent, (threshold) => ({
      check: "cpu",
      title: `${title}: CPU`,
      metrics: [metric("CPUUtilization", "Average")],
      unit: "percent",
      periodSeconds: 300,
      side: "above",
      threshold,
      missing: "notBreaching", // an instance that is gone is told by its status
      look: "Look at the containers in a session of Systems Manager; then take a larger type.",
    })),
    ...given(isBurstable(instanceType) && thresholds.cpuCredits, (threshold) =>
      credits(title, [metric("CPUCreditBalance", "Minimum")], threshold),
    ),
  ];
}
