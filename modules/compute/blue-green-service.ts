import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { BlueGreenRouting, type ColoredTargetGroup } from "./blue-green-routing";
import { DeploymentGroup } from "./deployment-group";
import type { BlueGreenValues } from "./deployment-settings";
import type { FargateServiceValues } from "./fargate-service-settings";
import { healthCheckOf, type RoutingSettings } from "./routing-settings";
import type { ServiceLoadBalancer } from "./service-connections";
import { serviceNames } from "./service-names";

/** What is run, where, and who leads requests to it. */
export interface BlueGreenServiceProps {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service in its environment; also that of its main container. */
  readonly name: string;

  /** ECS cluster by name. */
  readonly clusterName: string;

  /** The service's settings with their defaults. */
  readonly values: FargateServiceValues;

  /** How a release goes, with its defaults. */
  readonly deployment: BlueGreenValues;

  /** Revision it starts with. */
  readonly taskDefinitionArn: string;

  /** VPC of the tasks. */
  readonly vpcId: string;

  /** Subnets of the tasks. */
  readonly subnetIds: readonly string[];

  /** Security group of the tasks. */
  readonly securityGroupId: string;

  /** Whether tasks get public addresses. */
  readonly assignPublicIp: boolean;

  /** Which requests. */
  readonly routing: RoutingSettings;

  /** Port of the main container. */
  readonly port: number;

  /** The load balancer. */
  readonly loadBalancer: ServiceLoadBalancer;

  /** The load balancer's listener for tests. */
  readonly testListenerArn: string;

  /** What has to be there before the first task starts. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * An ECS service whose releases are CodeDeploy's, with its two target groups and its deployment group. ECS has no circuit breaker for it,
 * and does not restart it for a plan: revision and target group change with a release, and the subnets, the security group and the public
 * address cannot change at all once it exists.
 */
export class BlueGreenService extends Construct {
  /** ECS service by name. */
  readonly serviceName: string;

  /** Both target groups, the one it began with first. */
  readonly targetGroups: readonly ColoredTargetGroup[];

  /** Application of CodeDeploy. */
  readonly codeDeployApplicationName: string;

  /** Deployment group of CodeDeploy. */
  readonly deploymentGroupName: string;

  /** Alarms that take a release back. */
  readonly alarmNames: readonly string[];

  constructor(scope: Construct, id: string, props: BlueGreenServiceProps) {
    super(scope, id);
    const { context, name, clusterName, values, loadBalancer, testListenerArn } = props;
    const { gracePeriodSeconds } = healthCheckOf(values.healthCheck);

    const routing = new BlueGreenRouting(this, "routing", {
      context,
      name,
      vpcId: props.vpcId,
      listenerArn: loadBalancer.listenerArn,
      testListenerArn,
      routing: props.routing,
      healthCheck: values.healthCheck,
      deregistrationDelaySeconds: values.deregistrationDelaySeconds,
      stickySeconds: values.stickySeconds,
      slowStartSeconds: values.slowStartSeconds,
    });
    const service = new EcsService(this, "service", {
      name: serviceNames(context, name).service,
      cluster: clusterName,
      taskDefinition: props.taskDefinitionArn,
      desiredCount: values.minTasks,
      deploymentController: { type: "CODE_DEPLOY" },
      launchType: "FARGATE", // with capacity providers, CodeDeploy's first release would take them away
      networkConfiguration: {
        subnets: [...props.subnetIds],
        securityGroups: [props.securityGroupId],
        assignPublicIp: props.assignPublicIp,
      },
      loadBalancer: [{ targetGroupArn: routing.blue.arn, containerName: name, containerPort: props.port }],
      healthCheckGracePeriodSeconds: gracePeriodSeconds,
      enableExecuteCommand: values.exec,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE", // a revision that a pipeline registers carries no tags
      waitForSteadyState: false, // the first apply comes before the first image, and must not wait for it
      forceDelete: true, // its tasks belong to task sets, which would keep it
      lifecycle: { ignoreChanges: ["desired_count", "load_balancer", "task_definition"] },
      dependsOn: [...props.after, ...routing.rules],
    });
    const group = new DeploymentGroup(this, "deployment", {
      context,
      name,
      clusterName,
      serviceName: service.name,
      deployment: props.deployment,
      listenerArn: loadBalancer.listenerArn,
      testListenerArn,
      ruleArns: routing.ruleArns,
      loadBalancerArnSuffix: loadBalancer.arnSuffix,
      targetGroups: [routing.blue, routing.green],
      gracePeriodSeconds,
    });

    this.serviceName = service.name;
    this.targetGroups = [routing.blue, routing.green];
    this.codeDeployApplicationName = group.applicationName;
    this.deploymentGroupName = group.deploymentGroupName;
    this.alarmNames = group.alarmNames;
  }
}
