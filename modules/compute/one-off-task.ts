import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { repositoryArn } from "./image-settings";
import {
  networkConfiguration,
  oneOffTaskOf,
  oneOffTaskProblems,
  type OneOffTaskSettings,
  runTaskCommand,
} from "./one-off-task-settings";
import { secretResources } from "./secret-settings";
import { serviceConnectionProblems, type ServiceConnections } from "./service-connections";
import { oneOffTaskNameProblems, oneOffTaskNames, oneOffThing } from "./service-names";
import { TaskDefinition } from "./task-definition";
import { TaskNetwork } from "./task-network";
import { TaskRoles } from "./task-roles";

/** Settings of a one-off task, and what it is connected to. */
export interface OneOffTaskProps extends OneOffTaskSettings, Omit<ServiceConnections, "loadBalancer"> {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the task in its environment, such as `migrate`. */
  readonly name: string;
}

/**
 * A task on Fargate that no service runs: somebody starts it, it does its work and ends. Its names end in `-once`, so a service may be
 * called the same. It has roles, a log group and a security group of its own: what reaches the database for a migration is not what
 * reaches it for the service. Nothing connects to it, and no shell can be opened in it.
 *
 * A pipeline that releases the image registers a revision of the family first; by hand the newest revision runs with the tag of the last
 * apply (`TF_VAR_<name>_once_image_tag`). Where it runs stands in a parameter, so that a workflow needs to know no ids.
 */
export class OneOffTask extends Construct {
  /** Task definition family, whose newest revision is run. */
  readonly family: string;

  /** ARN of the revision this stack registered last. */
  readonly taskDefinitionArn: string;

  /** Container that a pipeline gives its image. */
  readonly containerName: string;

  /** ECS cluster by name. */
  readonly clusterName: string;

  /** Subnets to run it in. */
  readonly subnetIds: readonly string[];

  /** Security group to run it with. */
  readonly securityGroupId: string;

  /** Log group of the task. */
  readonly logGroupName: string;

  /** Roles it is given, by name. */
  readonly roleNames: readonly string[];

  /** The command that runs it once. */
  readonly runCommand: string;

  constructor(scope: Construct, id: string, props: OneOffTaskProps) {
    super(scope, id);
    const { context, name, clusterName, vpcId, subnetIds, registry, image, secrets = {} } = props;
    const { assignPublicIp = false, secretSources = {}, connections = [], taskStatements = [] } = props;
    const thing = oneOffThing(name);
    assertValid(this, [
      ...oneOffTaskNameProblems(context, name),
      ...oneOffTaskProblems(props),
      ...serviceConnectionProblems(thing, { secrets }, props),
    ]);
    const values = oneOffTaskOf(props);
    const names = oneOffTaskNames(context, name);

    const logs = new CloudwatchLogGroup(this, "logs", {
      name: names.logGroup,
      retentionInDays: values.logRetentionDays,
      skipDestroy: !context.destroyable,
    });
    const roles = new TaskRoles(this, "roles", {
      context,
      name: thing,
      repositoryArns: "repository" in image ? [repositoryArn(context, registry, image.repository)] : [],
      ...secretResources(context, secretSources, Object.values(secrets)),
      statements: taskStatements,
      exec: values.exec,
    });
    const task = new TaskDefinition(this, "task", {
      context,
      name: thing,
      values,
      registry,
      secretSources,
      executionRoleArn: roles.executionRoleArn,
      taskRoleArn: roles.taskRoleArn,
      logGroupName: logs.name,
    });
    const network = new TaskNetwork(this, "network", { context, name: thing, vpcId, connections });

    this.family = task.family;
    this.taskDefinitionArn = task.arn;
    this.containerName = names.container;
    this.clusterName = clusterName;
    this.subnetIds = subnetIds;
    this.securityGroupId = network.securityGroupId;
    this.logGroupName = logs.name;
    this.roleNames = [names.executionRole, names.taskRole];
    const place = {
      subnetIds: [Fn.join(",", [...subnetIds])], // a list that only Terraform knows cannot be joined here
      securityGroupId: network.securityGroupId,
      assignPublicIp,
    };
    new SsmParameter(this, "network-parameter", {
      name: names.networkParameter,
      description: `Where ${name} runs, for --network-configuration of aws ecs run-task`,
      type: "String",
      value: networkConfiguration(place),
    });
    this.runCommand = runTaskCommand({ ...place, region: context.region, clusterName, family: task.family });
  }
}
