import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { blueGreenNameProblems } from "./blue-green-names";
import { BlueGreenService, type BlueGreenServiceProps } from "./blue-green-service";
import { blueGreenOf } from "./deployment-settings";
import { fargateServiceOf, fargateServiceProblems, type FargateServiceSettings } from "./fargate-service-settings";
import { repositoryArn } from "./image-settings";
import { RollingService } from "./rolling-service";
import { secretResources } from "./secret-settings";
import { serviceConnectionProblems, type ServiceConnections } from "./service-connections";
import { serviceNameProblems, serviceNames } from "./service-names";
import { ServiceRouting } from "./service-routing";
import { ServiceScaling } from "./service-scaling";
import { TaskDefinition } from "./task-definition";
import { TaskNetwork } from "./task-network";
import { TaskRoles } from "./task-roles";

/** Settings of a service, and what it is connected to. */
export interface FargateServiceProps extends FargateServiceSettings, ServiceConnections {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service in its environment, such as `api`; also that of its main container. */
  readonly name: string;
}

/**
 * A service on Fargate: task definition, roles, security group, log group, scaling and, with `routing`, target group and listener rule.
 * A release that does not start is rolled back by ECS; old tasks stay until as many new ones are well. With a blue-green `deployment`
 * the releases are CodeDeploy's instead.
 *
 * Who releases:
 * - `pipeline`: the application's pipeline registers a revision of the family with its new image and points the service to it. This
 *   stack registers a revision when something here changes, and leaves the service where the pipeline put it; the next release takes
 *   the newest revision as its base, and so brings the change along. A changed `port` is the exception: load balancer and container
 *   have to change in one call, so that one apply is made with `terraform`.
 * - `terraform`: an apply with the new image tag (`TF_VAR_<name>_image_tag`) registers the revision and releases it.
 *
 * How many tasks run belongs to the scaling, not to the plan, once the service exists.
 */
export class FargateService extends Construct {
  /** ECS service by name. */
  readonly serviceName: string;

  /** ECS cluster by name. */
  readonly clusterName: string;

  /** Task definition family, which a pipeline registers its revisions in. */
  readonly taskFamily: string;

  /** Main container, which a pipeline gives its image. */
  readonly containerName: string;

  /** Security group of the tasks. */
  readonly securityGroupId: string;

  /** Target group, if there is `routing` and the deployment is rolling. */
  readonly targetGroupArn: string | undefined;

  /** Target group as metrics know it, if there is `routing` and the deployment is rolling. */
  readonly targetGroupArnSuffix: string | undefined;

  /** Every target group as metrics know it: none, the one, or both of a blue-green deployment. */
  readonly targetGroupArnSuffixes: readonly string[];

  /** Application of CodeDeploy, with a blue-green deployment. */
  readonly codeDeployApplicationName: string | undefined;

  /** Deployment group of CodeDeploy, with a blue-green deployment. */
  readonly deploymentGroupName: string | undefined;

  /** Alarms that take a release back, with a blue-green deployment. */
  readonly releaseAlarmNames: readonly string[];

  /** Log group of all its containers. */
  readonly logGroupName: string;

  /** Role the application runs with. */
  readonly taskRoleArn: string;

  /** Role ECS starts tasks with. */
  readonly executionRoleArn: string;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { context, name, clusterName, vpcId, registry, loadBalancer, routing, port } = props;
    const { assignPublicIp = false, secretSources = {}, connections = [], taskStatements = [] } = props;
    assertValid(this, [
      ...serviceNameProblems(context, name),
      ...(props.deployment?.kind === "blue-green" ? blueGreenNameProblems(context, name) : []),
      ...fargateServiceProblems(props),
      ...serviceConnectionProblems(name, props, props),
    ]);
    const values = fargateServiceOf(props);
    const names = serviceNames(context, name);
    const containers = [values, ...Object.values(values.sidecars)];
    const repositories = containers.flatMap(({ image }) => ("repository" in image ? [image.repository] : []));
    const secrets = containers.flatMap((container) => Object.values(container.secrets ?? {}));

    const logs = new CloudwatchLogGroup(this, "logs", {
      name: names.logGroup,
      retentionInDays: values.logRetentionDays,
      skipDestroy: !context.destroyable,
    });
    const roles = new TaskRoles(this, "roles", {
      context,
      name,
      repositoryArns: [...new Set(repositories)].map((repository) => repositoryArn(context, registry, repository)),
      ...secretResources(context, secretSources, secrets),
      statements: taskStatements,
      exec: values.exec,
    });
    const task = new TaskDefinition(this, "task", {
      context,
      name,
      values,
      registry,
      secretSources,
      executionRoleArn: roles.executionRoleArn,
      taskRoleArn: roles.taskRoleArn,
      logGroupName: logs.name,
    });
    const routed = routing && loadBalancer && port !== undefined ? { routing, loadBalancer, port } : undefined;
    const network = new TaskNetwork(this, "network", {
      context,
      name,
      vpcId,
      connections,
      ingress: routed && { port: routed.port, securityGroupId: routed.loadBalancer.securityGroupId },
    });
    const started = { values, taskDefinitionArn: task.arn, subnetIds: props.subnetIds, assignPublicIp };
    const parts = { ...started, securityGroupId: network.securityGroupId, after: roles.policies };
    const testListenerArn = loadBalancer?.testListenerArn;
    const deployed =
      props.deployment?.kind === "blue-green" && routed && testListenerArn !== undefined
        ? this.blueGreen(props, { ...parts, ...routed, testListenerArn, deployment: blueGreenOf(props.deployment) })
        : this.rolling(props, parts, routed);
    new ServiceScaling(this, "scaling", {
      clusterName,
      serviceName: deployed.serviceName,
      minTasks: values.minTasks,
      maxTasks: values.maxTasks,
      scaling: values.scaling,
      offHours: values.offHours,
      requests: routed &&
        deployed.targetGroup && {
          loadBalancerArnSuffix: routed.loadBalancer.arnSuffix,
          targetGroupArnSuffix: deployed.targetGroup.arnSuffix,
        },
    });

    this.serviceName = deployed.serviceName;
    this.clusterName = clusterName;
    this.taskFamily = task.family;
    this.containerName = name;
    this.securityGroupId = network.securityGroupId;
    this.targetGroupArn = deployed.targetGroup?.arn;
    this.targetGroupArnSuffix = deployed.targetGroup?.arnSuffix;
    this.targetGroupArnSuffixes = deployed.targetGroupArnSuffixes;
    this.codeDeployApplicationName = deployed.codeDeploy?.codeDeployApplicationName;
    this.deploymentGroupName = deployed.codeDeploy?.deploymentGroupName;
    this.releaseAlarmNames = deployed.codeDeploy?.alarmNames ?? [];
    this.logGroupName = logs.name;
    this.taskRoleArn = roles.taskRoleArn;
    this.executionRoleArn = roles.executionRoleArn;
  }

  private rolling({ context, name, clusterName, vpcId }: FargateServiceProps, parts: Parts, routed?: Routed): Deployed {
    const { values, after, ...started } = parts;
    const route =
      routed &&
      new ServiceRouting(this, "routing", {
        context,
        name,
        vpcId,
        listenerArn: routed.loadBalancer.listenerArn,
        routing: routed.routing,
        healthCheck: values.healthCheck,
        deregistrationDelaySeconds: values.deregistrationDelaySeconds,
        stickySeconds: values.stickySeconds,
        slowStartSeconds: values.slowStartSeconds,
      });
    const service = new RollingService(this, "rolling", {
      ...started,
      serviceName: serviceNames(context, name).service,
      clusterName,
      values,
      target: routed && route && { targetGroupArn: route.targetGroupArn, containerName: name, port: routed.port },
      after: [...after, ...(route ? [route.rule] : [])],
    });
    return {
      serviceName: service.serviceName,
      targetGroup: route && { arn: route.targetGroupArn, arnSuffix: route.targetGroupArnSuffix },
      targetGroupArnSuffixes: route ? [route.targetGroupArnSuffix] : [],
    };
  }

  private blueGreen(
    { context, name, clusterName, vpcId }: FargateServiceProps,
    parts: Parts & Routed & Pick<BlueGreenServiceProps, "deployment" | "testListenerArn">,
  ): Deployed {
    const service = new BlueGreenService(this, "blue-green", { context, name, clusterName, vpcId, ...parts });
    return {
      serviceName: service.serviceName,
      targetGroupArnSuffixes: service.targetGroups.map(({ arnSuffix }) => arnSuffix),
      codeDeploy: service,
    };
  }
}

/** What every kind of deployment is given. */
type Parts = Pick<
  BlueGreenServiceProps,
  "after" | "assignPublicIp" | "securityGroupId" | "subnetIds" | "taskDefinitionArn" | "values"
>;

/** How requests get to the service, if any do. */
type Routed = Pick<BlueGreenServiceProps, "loadBalancer" | "port" | "routing">;

/** What every kind of deployment answers with; a blue/green one has two target groups, so no single one. */
interface Deployed {
  readonly serviceName: string;
  readonly targetGroup?: { readonly arn: string; readonly arnSuffix: string };
  readonly targetGroupArnSuffixes: readonly string[];
  readonly codeDeploy?: BlueGreenService;
}
