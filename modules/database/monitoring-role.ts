import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arn, type Context } from "../context";

export interface MonitoringRoleProps {
  /** For whom and where. */
  readonly context: Context;

  /** Last part of the role's name, and the start of the name of every instance it is for. */
  readonly thing: string;

  /**
   * Whether Application Auto Scaling adds instances, to which it gives names of its own.
   * @default false
   */
  readonly scaledInstances?: boolean;
}

/** The role RDS writes enhanced monitoring with. Only RDS, for instances of this account named after the same thing, can take it. */
export class MonitoringRole extends Construct {
  /** ARN of the role. */
  readonly arn: string;

  /** What an instance has to depend on, as RDS tries the role when it makes the instance. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: MonitoringRoleProps) {
    super(scope, id);
    const { context, thing, scaledInstances = false } = props;
    const named = arn(context, "rds", `db:${context.names("dbInstance", thing)}*`);

    const role = new IamRole(this, "role", {
      name: context.names("iamRole", `${thing}-monitoring`),
      description: "Lets RDS write enhanced monitoring to CloudWatch",
      permissionsBoundary: context.permissionsBoundaryArn,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "monitoring.rds.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": context.accountId },
              ArnLike: {
                "aws:SourceArn": scaledInstances ? [named, arn(context, "rds", "db:application-autoscaling-*")] : named,
              },
            },
          },
        ],
      }),
    });
    const policy = new IamRolePolicyAttachment(this, "policy", {
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    });

    this.arn = role.arn;
    this.policy = policy;
  }
}
