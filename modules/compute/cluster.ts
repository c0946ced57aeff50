import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { clusterProblems, type ClusterSettings } from "./cluster-settings";
import { clusterNames } from "./service-names";

/** Settings of a cluster, and where it stands. */
export interface ClusterProps extends ClusterSettings {
  /** For whom and where. */
  readonly context: Context;
}

/** The ECS cluster of an environment, with Fargate and Fargate Spot as the only capacity. With `exec`, every session is recorded. */
export class Cluster extends Construct {
  /** ECS cluster by name; whoever uses it waits until the capacity providers are there. */
  readonly clusterName: string;

  /** ARN of the cluster. */
  readonly clusterArn: string;

  /** Log group of ECS Exec sessions, if they are possible. */
  readonly execLogGroupName: string | undefined;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { context, containerInsights = "enabled", exec = false, execLogRetentionDays = 365 } = props;
    assertValid(this, clusterProblems(props));

    const names = clusterNames(context);
    const sessions = exec
      ? new CloudwatchLogGroup(this, "exec-logs", {
          name: names.execLogGroup,
          retentionInDays: execLogRetentionDays,
          skipDestroy: !context.destroyable,
        })
      : undefined;
    const cluster = new EcsCluster(this, "cluster", {
      name: names.cluster,
      setting: [{ name: "containerInsights", value: containerInsights }],
      configuration: sessions && {
        executeCommandConfiguration: {
          logging: "OVERRIDE",
          logConfiguration: { cloudWatchLogGroupName: sessions.name },
        },
      },
    });
    const capacity = new EcsClusterCapacityProviders(this, "capacity", {
      clusterName: cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    });

    this.clusterName = capacity.clusterName;
    this.clusterArn = cluster.arn;
    this.execLogGroupName = sessions?.name;
  }
}
