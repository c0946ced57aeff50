import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { FargateServiceValues } from "./fargate-service-settings";
import { healthCheckOf } from "./routing-settings";
import { capacityProviderStrategy } from "./scaling-settings";

/** What is run, where, and who leads requests to it. */
export interface RollingServiceProps {
  /** Name of the ECS service. */
  readonly serviceName: string;

  /** ECS cluster by name. */
  readonly clusterName: string;

  /** The service's settings with their defaults. */
  readonly values: FargateServiceValues;

  /** Revision it starts with, and follows with `releases: "terraform"`. */
  readonly taskDefinitionArn: string;

  /** Subnets of the tasks. */
  readonly subnetIds: readonly string[];

  /** Security group of the tasks. */
  readonly securityGroupId: string;

  /** Whether tasks get public addresses. */
  readonly assignPublicIp: boolean;

  /**
   * Target group, and the container and port its requests go to.
   * @default - no load balancer
   */
  readonly target?: { readonly targetGroupArn: string; readonly containerName: string; readonly port: number };

  /** What has to be there before the first task starts. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * An ECS service that replaces its tasks by ECS's own rolling update: never fewer than before, at most twice as many, and back to
 * the last good revision when the new one does not start.
 */
export class RollingService extends Construct {
  /** ECS service by name. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, props: RollingServiceProps) {
    super(scope, id);
    const { values, target } = props;
    const service = new EcsService(this, "service", {
      name: props.serviceName,
      cluster: props.clusterName,
      taskDefinition: props.taskDefinitionArn,
      desiredCount: values.minTasks,
      capacityProviderStrategy: capacityProviderStrategy(values),
      forceNewDeployment: true, // else a changed Spot share replaces the service; by itself it deploys nothing
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      availabilityZoneRebalancing: "ENABLED",
      networkConfiguration: {
        subnets: [...props.subnetIds],
        securityGroups: [props.securityGroupId],
        assignPublicIp: props.assignPublicIp,
      },
      loadBalancer: target && [
        { targetGroupArn: target.targetGroupArn, containerName: target.containerName, containerPort: target.port },
      ],
      healthCheckGracePeriodSeconds: target && healthCheckOf(values.healthCheck).gracePeriodSeconds,
      enableExecuteCommand: values.exec,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE", // a revision that a pipeline registers carries no tags
      waitForSteadyState: false, // the first apply comes before the first image, and must not wait for it
      lifecycle: {
        ignoreChanges: values.releases === "pipeline" ? ["desired_count", "task_definition"] : ["desired_count"],
      },
      dependsOn: [...props.after],
    });
    this.serviceName = service.name;
  }
}
