import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CodedeployApp } from "@cdktf/provider-aws/lib/codedeploy-app";
import { CodedeployDeploymentGroup } from "@cdktf/provider-aws/lib/codedeploy-deployment-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { arn, type Context, iamArn } from "../context";
import { blueGreenNames } from "./blue-green-names";
import type { ColoredTargetGroup } from "./blue-green-routing";
import type { BlueGreenValues } from "./deployment-settings";
import { serviceNames } from "./service-names";
import { allowing, type TaskStatement } from "./task-statements";

/** Which service is released, and between what its requests are shifted. */
export interface DeploymentGroupProps {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service in its environment. */
  readonly name: string;

  /** ECS cluster by name. */
  readonly clusterName: string;

  /** ECS service by name. */
  readonly serviceName: string;

  /** How a release goes, with its defaults. */
  readonly deployment: BlueGreenValues;

  /** Listener of the visitors. */
  readonly listenerArn: string;

  /** Listener of those who look at a release before the visitors do. */
  readonly testListenerArn: string;

  /** Rules of the service on these listeners. */
  readonly ruleArns: readonly string[];

  /** Last part of the load balancer's ARN, which metrics know it by. */
  readonly loadBalancerArnSuffix: string;

  /** Both target groups. */
  readonly targetGroups: readonly ColoredTargetGroup[];

  /** Seconds after the start of a task in which bad answers to the health check do not count. */
  readonly gracePeriodSeconds: number;
}

/**
 * How CodeDeploy releases one ECS service: application, deployment group, the role it does it with, and the alarms that take a release
 * back. A release that fails, that is stopped, or that makes an alarm ring always goes back. The role changes this service and its two
 * rules, and hands over its two roles; nothing of another service.
 */
export class DeploymentGroup extends Construct {
  /** Application of CodeDeploy. */
  readonly applicationName: string;

  /** Deployment group within it. */
  readonly deploymentGroupName: string;

  /** Alarms that take a release back. */
  readonly alarmNames: readonly string[];

  constructor(scope: Construct, id: string, props: DeploymentGroupProps) {
    super(scope, id);
    const { context, name, deployment, listenerArn, testListenerArn, targetGroups } = props;
    const { waitMinutes, readyWaitMinutes } = deployment;
    const names = blueGreenNames(context, name);

    const role = new IamRole(this, "role", {
      name: names.codeDeployRole,
      description: `CodeDeploy releases ${props.serviceName} with it`,
      assumeRolePolicy: trustOf(context),
      permissionsBoundary: context.permissionsBoundaryArn,
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "release",
      role: role.name,
      policy: allowing(statements(props)),
    });
    const alarms = this.createAlarms(props);
    const application = new CodedeployApp(this, "application", {
      name: names.codeDeployApplication,
      computePlatform: "ECS",
    });
    const group = new CodedeployDeploymentGroup(this, "group", {
      appName: application.name,
      deploymentGroupName: names.deploymentGroup,
      serviceRoleArn: role.arn,
      deploymentConfigName: deployment.deploymentConfigName,
      deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
      ecsService: { clusterName: props.clusterName, serviceName: props.serviceName },
      blueGreenDeploymentConfig: {
        deploymentReadyOption:
          readyWaitMinutes === undefined
            ? { actionOnTimeout: "CONTINUE_DEPLOYMENT" }
            : { actionOnTimeout: "STOP_DEPLOYMENT", waitTimeInMinutes: readyWaitMinutes },
        terminateBlueInstancesOnDeploymentSuccess: { action: "TERMINATE", terminationWaitTimeInMinutes: waitMinutes },
      },
      loadBalancerInfo: {
        targetGroupPairInfo: {
          prodTrafficRoute: { listenerArns: [listenerArn] },
          testTrafficRoute: { listenerArns: [testListenerArn] },
          targetGroup: targetGroups.map((group) => ({ name: group.name })),
        },
      },
      alarmConfiguration: { enabled: true, alarms: alarms.map(({ alarmName }) => alarmName) },
      autoRollbackConfiguration: {
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
      },
      dependsOn: [policy],
    });

    this.applicationName = application.name;
    this.deploymentGroupName = group.deploymentGroupName;
    this.alarmNames = alarms.map(({ alarmName }) => alarmName);
  }

  private createAlarms(props: DeploymentGroupProps): CloudwatchMetricAlarm[] {
    const { context, name, deployment, targetGroups, loadBalancerArnSuffix, gracePeriodSeconds } = props;
    const names = blueGreenNames(context, name);
    const alarm = (id: string, alarmName: string, watched: Watched) =>
      new CloudwatchMetricAlarm(this, id, {
        alarmName,
        alarmDescription: watched.description,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: watched.threshold,
        evaluationPeriods: watched.minutes,
        treatMissingData: "notBreaching", // a color without tasks reports nothing
        metricQuery: [
          { id: "both", expression: "FILL(blue, 0) + FILL(green, 0)", label: watched.label, returnData: true },
          ...["blue", "green"].map((color, index) => ({
            id: color,
            returnData: false,
            metric: {
              namespace: "AWS/ApplicationELB",
              metricName: watched.metric,
              stat: watched.stat,
              period: 60,
              dimensions: {
                LoadBalancer: loadBalancerArnSuffix,
                TargetGroup: targetGroups[index]?.arnSuffix ?? "",
              },
            },
          })),
        ],
      });
    return [
      alarm("errors", names.errorAlarm, {
        description: `${props.serviceName} answers with 500 and above; a release in progress goes back`,
        label: "Answers of 500 and above",
        metric: "HTTPCode_Target_5XX_Count",
        stat: "Sum",
        threshold: deployment.errorsPerMinute,
        minutes: 1,
      }),
      alarm("unhealthy", names.unhealthyAlarm, {
        description: `Tasks of ${props.serviceName} fail the health check; a release in progress goes back`,
        label: "Unwell tasks",
        metric: "UnHealthyHostCount",
        stat: "Maximum",
        threshold: deployment.unhealthyTasks,
        minutes: Math.ceil(gracePeriodSeconds / 60) + 2, // a task that still starts is no fault
      }),
    ];
  }
}

interface Watched {
  readonly description: string;
  readonly label: string;
  readonly metric: string;
  readonly stat: string;
  readonly threshold: number;
  readonly minutes: number;
}

function trustOf(context: Context): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "codedeploy.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": context.accountId } },
      },
    ],
  });
}

/** What AWS's own policy for this grants on everything, less functions, topics and buckets, which no release here has. */
function statements({
  context,
  name,
  clusterName,
  listenerArn,
  testListenerArn,
  ruleArns,
}: DeploymentGroupProps): TaskStatement[] {
  const { service, taskRole, executionRole } = serviceNames(context, name);
  return [
    {
      actions: ["ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"],
      resources: [arn(context, "ecs", `service/${clusterName}/${service}`)],
    },
    {
      actions: ["ecs:CreateTaskSet", "ecs:DeleteTaskSet"],
      resources: [arn(context, "ecs", `task-set/${clusterName}/${service}/*`)],
    },
    {
      actions: ["DescribeListeners", "DescribeRules", "DescribeTargetGroups"].map((it) => `elasticloadbalancing:${it}`),
      resources: ["*"], // knows no narrower resource
    },
    { actions: ["elasticloadbalancing:ModifyListener"], resources: [listenerArn, testListenerArn] },
    { actions: ["elasticloadbalancing:ModifyRule"], resources: ruleArns },
    { actions: ["cloudwatch:DescribeAlarms"], resources: [arn(context, "cloudwatch", "alarm:*")] }, // refuses some calls for fewer
    {
      actions: ["iam:PassRole"],
      resources: [taskRole, executionRole].map((role) => iamArn(context, `role/${role}`)),
      conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
}
