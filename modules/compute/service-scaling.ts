import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";
import { type OffHoursSettings, type ScalingSettings, scalingOf } from "./scaling-settings";

/** Which service is scaled, between what, and for what. */
export interface ServiceScalingProps {
  /** ECS cluster by name. */
  readonly clusterName: string;

  /** ECS service by name. */
  readonly serviceName: string;

  /** Fewest tasks. */
  readonly minTasks: number;

  /** Most tasks. */
  readonly maxTasks: number;

  /**
   * What tasks are added and removed for.
   * @default - 60 % CPU
   */
  readonly scaling?: ScalingSettings;

  /**
   * Hours in which the service does not run.
   * @default - it always runs
   */
  readonly offHours?: OffHoursSettings;

  /**
   * Load balancer and target group as metrics know them, `app/…/…` and `targetgroup/…/…`, to count requests by.
   * @default - requests do not scale
   */
  readonly requests?: { readonly loadBalancerArnSuffix: string; readonly targetGroupArnSuffix: string };
}

/**
 * The scalable target of a service, one target tracking policy per metric, and the two times of day of its off hours.
 * With off hours the limits of the target belong to the schedule: a plan at night must not start the tasks again. A changed
 * `minTasks` or `maxTasks` then counts from the next start.
 */
export class ServiceScaling extends Construct {
  constructor(scope: Construct, id: string, props: ServiceScalingProps) {
    super(scope, id);
    const { minTasks, maxTasks, offHours, requests } = props;
    const scaling = scalingOf(props.scaling);

    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${props.clusterName}/${props.serviceName}`,
      minCapacity: minTasks,
      maxCapacity: maxTasks,
      lifecycle: offHours === undefined ? undefined : { ignoreChanges: ["min_capacity", "max_capacity"] },
    });
    const scaled = {
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
    };

    const track = (what: string, metric: string, targetValue: number | undefined, resourceLabel?: string) => {
      if (targetValue === undefined) return;
      new AppautoscalingPolicy(this, what, {
        ...scaled,
        name: `${props.serviceName}-${what}`,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          scaleOutCooldown: scaling.scaleOutCooldownSeconds,
          scaleInCooldown: scaling.scaleInCooldownSeconds,
          predefinedMetricSpecification: { predefinedMetricType: metric, resourceLabel },
        },
      });
    };
    track("cpu", "ECSServiceAverageCPUUtilization", scaling.cpuPercent);
    track("memory", "ECSServiceAverageMemoryUtilization", scaling.memoryPercent);
    if (requests !== undefined) {
      const label = `${requests.loadBalancerArnSuffix}/${requests.targetGroupArnSuffix}`;
      track("requests", "ALBRequestCountPerTarget", scaling.requestsPerTarget, label);
    }

    const at = (what: string, cron: string, timezone: string, min: number, max: number) =>
      new AppautoscalingScheduledAction(this, what, {
        ...scaled,
        name: `${props.serviceName}-${what}`,
        schedule: `cron(${cron})`,
        timezone,
        scalableTargetAction: { minCapacity: String(min), maxCapacity: String(max) },
      });
    if (offHours !== undefined) {
      at("stop", offHours.stop, offHours.timezone, 0, 0);
      at("start", offHours.start, offHours.timezone, minTasks, maxTasks);
    }
  }
}
