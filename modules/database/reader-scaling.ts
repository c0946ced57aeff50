import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AuroraReaders } from "./aurora-settings";

export interface ReaderScalingProps extends AuroraReaders {
  /** Name of the cluster. */
  readonly clusterIdentifier: string;

  /** The readers that Terraform makes: there first, or AWS would add as many of its own to reach `min`. */
  readonly after: readonly ITerraformDependable[];
}

/** Target tracking of the number of an Aurora cluster's readers, by their average CPU. */
export class ReaderScaling extends Construct {
  constructor(scope: Construct, id: string, props: ReaderScalingProps) {
    super(scope, id);
    const { clusterIdentifier, min, max = min, cpuPercent = 70 } = props;
    const { scaleInCooldownSeconds = 300, scaleOutCooldownSeconds = 300 } = props;

    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "rds",
      scalableDimension: "rds:cluster:ReadReplicaCount",
      resourceId: `cluster:${clusterIdentifier}`,
      minCapacity: min,
      maxCapacity: max,
      dependsOn: [...props.after],
    });
    new AppautoscalingPolicy(this, "policy", {
      name: `${clusterIdentifier}-reader-cpu`,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "RDSReaderAverageCPUUtilization" },
        targetValue: cpuPercent,
        scaleInCooldown: scaleInCooldownSeconds,
        scaleOutCooldown: scaleOutCooldownSeconds,
      },
    });
  }
}
