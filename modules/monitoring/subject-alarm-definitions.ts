import type { AlarmDefinition, Graph } from "./alarm-definition";
import * as data from "./data-alarms";
import { hostAlarms } from "./host-alarms";
import * as requests from "./request-alarms";
import type { Subject } from "./subjects";
import type { Thresholds } from "./thresholds";

/** Every alarm of a subject. */
export function alarmDefinitions(subject: Subject, thresholds: Thresholds): AlarmDefinition[] {
  switch (subject.kind) {
    case "service":
      return requests.serviceAlarms(subject, thresholds);
    case "load-balancer":
      return requests.loadBalancerAlarms(subject, thresholds);
    case "database-instance":
      return data.databaseInstanceAlarms(subject, thresholds);
    case "database-cluster":
      return data.databaseClusterAlarms(subject, thresholds);
    case "cache":
      return data.cacheAlarms(subject, thresholds);
    case "serverless-cache":
      return data.serverlessCacheAlarms(subject, thresholds);
    case "host":
      return hostAlarms(subject, thresholds);
    case "app-runner":
      return requests.appRunnerAlarms(subject, thresholds);
    case "backup":
      return data.backupAlarms(subject, thresholds);
  }
}

/** Every graph of a subject: what goes on, then one for each alarm, with its threshold. */
export function graphsOf(subject: Subject, thresholds: Thresholds): Array<Graph | AlarmDefinition> {
  return [...trafficOf(subject), ...alarmDefinitions(subject, thresholds)];
}

/** Name of an alarm of a subject, without the environment's part. */
export function alarmThing(subject: Subject, { check }: AlarmDefinition): string {
  return `${subject.kind}-${subject.name}-${check}`; // the kind keeps a service `db` apart from a database `db`
}

function trafficOf(subject: Subject): Graph[] {
  switch (subject.kind) {
    case "service":
      return requests.serviceGraphs(subject);
    case "load-balancer":
      return requests.loadBalancerGraphs(subject);
    case "app-runner":
      return requests.appRunnerGraphs(subject);
    default:
      return [];
  }
}
