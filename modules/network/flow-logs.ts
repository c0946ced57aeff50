import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { arn } from "../context";
import type { Context } from "../context";

export interface FlowLogsProps {
  /** For whom and where. */
  readonly context: Context;

  /** The VPC to record. */
  readonly vpcId: string;

  /** How long records are kept, one of the days CloudWatch Logs accepts. */
  readonly retentionDays: number;
}

/**
 * A record of every flow in a VPC, accepted or rejected, in CloudWatch Logs, which encrypts it at rest with its own key.
 * Always true of it: its role writes to this log group only and cannot make one, so a deleted group stays deleted.
 */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { context, vpcId, retentionDays } = props;

    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: context.names("logGroup", "flow-logs"),
      retentionInDays: retentionDays,
    });
    const role = new IamRole(this, "role", {
      name: context.names("iamRole", "flow-logs"),
      description: "VPC flow logs: write to their log group",
      permissionsBoundary: context.permissionsBoundaryArn,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": context.accountId },
              ArnLike: { "aws:SourceArn": arn(context, "ec2", "vpc-flow-log/*") },
            },
          },
        ],
      }),
    });
    const policy = new IamRolePolicy(this, "write", {
      name: "write",
      role: role.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: `${logGroup.arn}:*`,
          },
        ],
      }),
    });
    new FlowLog(this, "flow-log", {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600, // ten minutes: a tenth of the records, and the bill, of the one-minute choice
      tags: { Name: context.names("vpc", "flow-logs") },
      dependsOn: [policy],
    });
  }
}
