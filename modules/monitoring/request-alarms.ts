import { type AlarmDefinition, type Graph, given } from "./alarm-definition";
import { type Metric, percentOf, sumOf, worstOf } from "./metric-math";
import { type AppRunnerSubject, type LoadBalancerSubject, type ServiceSubject, subjectTitle } from "./subjects";
import type { Thresholds } from "./thresholds";

/** Alarms of a service: its tasks, and what its target groups answer. */
export function serviceAlarms(subject: ServiceSubject, thresholds: Thresholds): AlarmDefinition[] {
  const title = subjectTitle(subject);
  const tasks = (metricName: string): Metric => ({
    namespace: "AWS/ECS",
    metricName,
    dimensions: { ClusterName: subject.clusterName, ServiceName: subject.serviceName },
    statistic: "Average",
  });
  const load = { unit: "percent", periodSeconds: 60, side: "above", missing: "notBreaching" } as const; // no task runs, or none yet
  return [
    ...given(thresholds.serviceCpuPercent, (threshold) => ({
      ...load,
      check: "cpu",
      title: `${title}: CPU`,
      metrics: [tasks("CPUUtilization")],
      threshold,
      look: "Look at the number of tasks: at its maximum, raise maxTasks or the task's CPU; else wait for the scaling.",
    })),
    ...given(thresholds.serviceMemoryPercent, (threshold) => ({
      ...load,
      check: "memory",
      title: `${title}: memory`,
      metrics: [tasks("MemoryUtilization")],
      threshold,
      look: "Look for growth since the last release, and at the stopped tasks for exit code 137; raise the task's memory.",
    })),
    ...targetAlarms(subject, title, thresholds),
  ];
}

/** Requests to a service. */
export function serviceGraphs(subject: ServiceSubject): Graph[] {
  const requests = targets(subject, "RequestCount", "Sum");
  if (requests.length === 0) return [];
  return [{ title: `${subjectTitle(subject)}: requests`, unit: "count", periodSeconds: 60, ...sumOf(requests) }];
}

/** Alarms of a load balancer: what it has to answer by itself. */
export function loadBalancerAlarms(subject: LoadBalancerSubject, thresholds: Thresholds): AlarmDefinition[] {
  return given(thresholds.loadBalancerErrors, (threshold) => ({
    check: "5xx",
    title: `${subjectTitle(subject)}: 5xx of its own`,
    metrics: [loadBalancerMetric(subject, "HTTPCode_ELB_5XX_Count")],
    unit: "count",
    periodSeconds: 60,
    side: "above",
    threshold,
    missing: "notBreaching", // counted only when it happens
    look: "Look for services without healthy tasks (503), tasks that drop connections (502) or answer too late (504).",
  }));
}

/** Requests to a load balancer. */
export function loadBalancerGraphs(subject: LoadBalancerSubject): Graph[] {
  const metrics = [loadBalancerMetric(subject, "RequestCount")];
  return [{ title: `${subjectTitle(subject)}: requests`, unit: "count", periodSeconds: 60, metrics }];
}

/** Alarms of a service on App Runner. */
export function appRunnerAlarms(subject: AppRunnerSubject, thresholds: Thresholds): AlarmDefinition[] {
  const title = subjectTitle(subject);
  return [
    ...given(thresholds.p99Seconds, (threshold) => ({
      check: "p99",
      title: `${title}: p99 of the response time`,
      metrics: [appRunnerMetric(subject, "RequestLatency", "p99")],
      unit: "milliseconds",
      periodSeconds: 60,
      side: "above",
      threshold: threshold * 1000,
      missing: "notBreaching", // no requests
      look: SLOW,
    })),
    ...given(thresholds.errorPercent, (threshold) => ({
      check: "errors",
      title: `${title}: requests that fail`,
      ...percentOf(
        [appRunnerMetric(subject, "5xxStatusResponses", "Sum")],
        [appRunnerMetric(subject, "Requests", "Sum")],
      ),
      unit: "percent",
      periodSeconds: 60,
      side: "above",
      threshold,
      missing: "notBreaching", // no requests
      look: FAILING,
    })),
  ];
}

/** Requests to a service on App Runner. */
export function appRunnerGraphs(subject: AppRunnerSubject): Graph[] {
  const metrics = [appRunnerMetric(subject, "Requests", "Sum")];
  return [{ title: `${subjectTitle(subject)}: requests`, unit: "count", periodSeconds: 60, metrics }];
}

const SLOW =
  "Look at the database's CPU and connections, then at the slowest requests in the logs and the last release.";
const FAILING = "Look at the service's logs for errors since the last release, and at what it depends on.";

function targetAlarms(subject: ServiceSubject, title: string, thresholds: Thresholds): AlarmDefinition[] {
  if (subject.loadBalancerArnSuffix === undefined) return [];
  const silent = { periodSeconds: 60, side: "above", missing: "notBreaching" } as const; // no requests, or no task registered
  return [
    ...given(thresholds.p99Seconds, (threshold) => ({
      ...silent,
      check: "p99",
      title: `${title}: p99 of the response time`,
      ...worstOf(targets(subject, "TargetResponseTime", "p99")),
      unit: "seconds",
      threshold,
      look: SLOW,
    })),
    ...given(thresholds.errorPercent, (threshold) => ({
      ...silent,
      check: "errors",
      title: `${title}: requests that fail`,
      ...percentOf(targets(subject, "HTTPCode_Target_5XX_Count", "Sum"), targets(subject, "RequestCount", "Sum")),
      unit: "percent",
      threshold,
      look: FAILING,
    })),
    ...given(thresholds.unhealthyTargets, (threshold) => ({
      ...silent,
      check: "unhealthy",
      title: `${title}: unhealthy tasks`,
      ...worstOf(targets(subject, "UnHealthyHostCount", "Maximum")),
      unit: "count",
      threshold,
      look: "Look at the target group for the reason, and at the logs of the tasks that fail their health check.",
    })),
  ];
}

function targets(subject: ServiceSubject, metricName: string, statistic: string): Metric[] {
  const { loadBalancerArnSuffix: LoadBalancer, targetGroupArnSuffixes = [] } = subject;
  if (LoadBalancer === undefined) return [];
  return targetGroupArnSuffixes.map((TargetGroup) => ({
    namespace: "AWS/ApplicationELB",
    metricName,
    dimensions: { LoadBalancer, TargetGroup },
    statistic,
  }));
}

function loadBalancerMetric({ loadBalancerArnSuffix }: LoadBalancerSubject, metricName: string): Metric {
  const dimensions = { LoadBalancer: loadBalancerArnSuffix };
  return { namespace: "AWS/ApplicationELB", metricName, dimensions, statistic: "Sum" };
}

function appRunnerMetric(subject: AppRunnerSubject, metricName: string, statistic: string): Metric {
  const dimensions = { ServiceName: subject.serviceName, ServiceID: subject.serviceId };
  return { namespace: "AWS/AppRunner", metricName, dimensions, statistic };
}
