import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "../envs/tiers";
import { sessionHostOf } from "../modules/compute/session-host-settings";
import { auroraInstanceClass } from "../modules/database/aurora-settings";
import { auroraMaxConnections } from "../modules/database/aurora-connections";
import { AlarmTopic } from "../modules/monitoring/alarm-topic";
import { Budget } from "../modules/monitoring/budget";
import { Dashboard } from "../modules/monitoring/dashboard";
import type { MonitoringSettings } from "../modules/monitoring/monitoring-settings";
import { rdsMaxConnections } from "../modules/monitoring/rds-max-connections";
import { SubjectAlarms } from "../modules/monitoring/subject-alarms";
import { cacheNodeIds, MAX_NODES, type Subject } from "../modules/monitoring/subjects";
import type { AppStack } from "./app-stack";
import type { BackupStack } from "./backup-stack";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { DataStack } from "./data-stack";
import type { NetworkStack } from "./network-stack";

/** What the monitoring stack is given: everything that can be watched. */
export interface MonitoringStackProps extends BaseStackProps {
  /** The environment it is part of; it must have a `monitoring`. */
  readonly environment: ResolvedEnvironment & { readonly monitoring: MonitoringSettings };

  /** The load balancer. */
  readonly network: NetworkStack;

  /** Databases and caches. */
  readonly data: DataStack;

  /** Services. */
  readonly app: AppStack;

  /**
   * The vault of the backups.
   * @default - none
   */
  readonly backup?: BackupStack;
}

/** Alarms, the dashboard and the budget of an environment. After everything else, so that a change of a threshold touches nothing that runs. */
export class MonitoringStack extends BaseStack {
  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { notify = {}, thresholds, evaluationMinutes, dashboard = true, budget } = props.environment.monitoring;
    const { emails = [], topicArns = [] } = notify;
    const topic = emails.length > 0 || budget ? new AlarmTopic(this, "topic", { context, emails }) : undefined;
    const actions = [...(topic ? [topic.arn] : []), ...topicArns];
    const subjects = [
      ...serviceSubjects(props),
      ...databaseSubjects(props),
      ...cacheSubjects(props),
      ...hostSubjects(props),
      ...(props.backup ? [{ kind: "backup", name: "backups", vaultName: props.backup.vaultName } as const] : []),
    ];
    for (const subject of subjects) {
      new SubjectAlarms(this, `${subject.kind}-${subject.name}`, {
        context,
        subject,
        thresholds,
        evaluationMinutes,
        actions,
      });
    }
    if (dashboard && subjects.length > 0) new Dashboard(this, "dashboard", { context, subjects, thresholds });
    if (budget) new Budget(this, "budget", { ...budget, context, topicArn: topic?.arn });
  }
}

function serviceSubjects({ network, app }: MonitoringStackProps): Subject[] {
  const { loadBalancer } = network;
  const onFargate = Object.entries(app.services).map(([name, service]): Subject => {
    const { clusterName, serviceName, targetGroupArnSuffixes } = service;
    const routed = loadBalancer && targetGroupArnSuffixes.length > 0;
    return {
      kind: "service",
      name,
      clusterName,
      serviceName,
      ...(routed ? { loadBalancerArnSuffix: loadBalancer.arnSuffix, targetGroupArnSuffixes } : {}),
    };
  });
  const onAppRunner = Object.entries(app.appRunnerServices).map(([name, { serviceName, serviceArn }]): Subject => {
    const parts = Fn.split("/", serviceArn);
    return { kind: "app-runner", name, serviceName, serviceId: Fn.element(parts, 2) as string };
  });
  return [
    ...(loadBalancer
      ? [{ kind: "load-balancer", name: "load-balancer", loadBalancerArnSuffix: loadBalancer.arnSuffix } as const]
      : []),
    ...onFargate,
    ...onAppRunner,
  ];
}

function databaseSubjects({ data, environment }: MonitoringStackProps): Subject[] {
  const { database: made } = data;
  const { database } = environment;
  if (!made || !database) return [];
  switch (database.engine) {
    case "postgres":
    case "mysql": {
      if (!("instanceIdentifier" in made)) return [];
      const { instanceIdentifier, instanceClass } = made;
      const { storageGiB = 20, offHours, readReplicas = 0, readReplicaInstanceClass = instanceClass } = database;
      const { engine, parameters } = database;
      const alwaysOn = offHours === undefined;
      const replicas = Array.from({ length: readReplicas }, (_, index): Subject => {
        const name = `database-replica-${index + 1}`;
        const common = { kind: "database-instance", name, storageGiB, replica: true, alwaysOn } as const;
        return {
          ...common,
          instanceIdentifier: `${instanceIdentifier}-replica-${index + 1}`,
          instanceClass: readReplicaInstanceClass,
          maxConnections: rdsMaxConnections(engine, readReplicaInstanceClass, parameters).connections,
        };
      });
      const { connections: maxConnections } = rdsMaxConnections(engine, instanceClass, parameters);
      return [
        {
          kind: "database-instance",
          name: "database",
          instanceIdentifier,
          instanceClass,
          maxConnections,
          storageGiB,
          alwaysOn,
        },
        ...replicas,
      ];
    }
    case "aurora-postgresql":
    case "aurora-mysql":
      if (!("clusterIdentifier" in made)) return [];
      return [
        {
          kind: "database-cluster",
          name: "database",
          clusterIdentifier: made.clusterIdentifier,
          instanceClass: auroraInstanceClass(database),
          maxConnections: auroraMaxConnections(database),
          readers: (database.readers?.min ?? 1) > 0,
        },
      ];
    case "neon":
      return [];
  }
}

function cacheSubjects({ data, environment }: MonitoringStackProps): Subject[] {
  const { cache: made, cacheHost } = data;
  const { cache } = environment;
  if (cache.kind === "serverless" && made)
    return [{ kind: "serverless-cache", name: "cache", cacheName: made.cacheName }];
  if (cache.kind === "replication-group" && made) {
    const { nodeType = "cache.t4g.micro", replicas = 1, shards } = cache;
    const nodes = cacheNodeIds(made.cacheName, {
      nodesPerShard: replicas + 1,
      shards: shards === 1 ? undefined : shards, // one shard is no cluster, and its nodes are named so
    });
    return Array.from({ length: Math.ceil(nodes.length / MAX_NODES) }, (_, index): Subject => {
      const name = index === 0 ? "cache" : `cache-${index + 1}`;
      return { kind: "cache", name, nodeType, nodeIds: nodes.slice(index * MAX_NODES, (index + 1) * MAX_NODES) };
    });
  }
  if (cache.kind === "host" && cacheHost) {
    const { instanceType } = sessionHostOf(cache);
    return [{ kind: "host", name: "cache", instanceId: cacheHost.instanceId, instanceType }];
  }
  return [];
}

function hostSubjects({ app, environment }: MonitoringStackProps): Subject[] {
  return Object.entries(ofKind(environment.services, "docker-host")).flatMap(([name, settings]) => {
    const host = app.hosts[name];
    if (!host) return [];
    const { instanceType } = sessionHostOf(settings);
    return [
      {
        kind: "host",
        name,
        instanceId: host.instanceId,
        instanceType,
        alwaysOn: settings.offHours === undefined,
      } as const,
    ];
  });
}
