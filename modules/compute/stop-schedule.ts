import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { assertValid } from "../validation";
import { type OffHoursSettings, scalingProblems } from "./scaling-settings";
import { allowing, type TaskStatement } from "./task-statements";

export interface StopScheduleProps {
  /** For whom and where. */
  readonly context: Context;

  /** What is stopped, such as `api`: part of the schedules' names. */
  readonly name: string;

  /** The hours in which it does not run. */
  readonly offHours: OffHoursSettings;

  /**
   * EC2 instances, by id.
   * @default - none
   */
  readonly instanceIds?: readonly string[];

  /**
   * RDS instances, by identifier. One that is stopped is started by RDS after seven days, schedule or not.
   * @default - none
   */
  readonly databaseIdentifiers?: readonly string[];
}

interface Target {
  readonly id: string;
  readonly service: "ec2" | "rds";
  readonly stop: string;
  readonly start: string;
  readonly resources: readonly string[];
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Stops EC2 and RDS instances in the off hours and starts them again: one schedule per call, made by EventBridge Scheduler itself, with
 * one role that may start and stop exactly these. What is started late or not at all is tried again for an hour.
 */
export class StopSchedule extends Construct {
  constructor(scope: Construct, id: string, props: StopScheduleProps) {
    super(scope, id);
    const { context, name, offHours } = props;
    const targets = targetsOf(props);
    assertValid(this, [
      ...scalingProblems(undefined, offHours),
      targets.length === 0 ? "instanceIds or databaseIdentifiers must be given, got none" : undefined,
    ]);

    const role = new IamRole(this, "role", {
      name: context.names("iamRole", `${name}-off-hours`),
      description: `Stops and starts ${name}`,
      permissionsBoundary: context.permissionsBoundaryArn,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "scheduler.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": context.accountId },
              ArnLike: { "aws:SourceArn": arn(context, "scheduler", "schedule-group/default") },
            },
          },
        ],
      }),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "off-hours",
      role: role.name,
      policy: allowing(targets.map(statementOf)),
    });

    for (const target of targets) {
      for (const what of ["stop", "start"] as const) {
        new SchedulerSchedule(this, `${target.id}-${what}`, {
          name: context.names("schedule", `${name}-${target.id}-${what}`),
          scheduleExpression: `cron(${offHours[what]})`,
          scheduleExpressionTimezone: offHours.timezone,
          flexibleTimeWindow: { mode: "OFF" },
          target: {
            arn: `arn:aws:scheduler:::aws-sdk:${target.service}:${target[what]}`,
            roleArn: role.arn,
            input: JSON.stringify(target.input),
            retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
          },
          dependsOn: [policy],
        });
      }
    }
  }
}

function targetsOf({ context, instanceIds = [], databaseIdentifiers = [] }: StopScheduleProps): Target[] {
  const instances: Target[] =
    instanceIds.length === 0
      ? []
      : [
          {
            id: "instances",
            service: "ec2",
            stop: "stopInstances",
            start: "startInstances",
            resources: instanceIds.map((instanceId) => arn(context, "ec2", `instance/${instanceId}`)),
            input: { InstanceIds: instanceIds },
          },
        ];
  const databases = databaseIdentifiers.map((identifier, index): Target => ({
    id: index === 0 ? "database" : `database-${index + 1}`,
    service: "rds",
    stop: "stopDBInstance",
    start: "startDBInstance",
    resources: [arn(context, "rds", `db:${identifier}`)],
    input: { DbInstanceIdentifier: identifier },
  }));
  return [...instances, ...databases];
}

function statementOf({ service, stop, start, resources }: Target): TaskStatement {
  const action = (call: string) => `${service}:${call.charAt(0).toUpperCase()}${call.slice(1)}`;
  return { actions: [action(stop), action(start)], resources };
}
