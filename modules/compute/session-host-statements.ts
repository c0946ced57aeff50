import { arn, type Context } from "../context";
import { repositoryArn, type Registry } from "./image-settings";
import type { TaskStatement } from "./task-statements";

type Scope = Pick<Context, "project" | "accountId" | "region">;

/**
 * What the agent of Systems Manager needs for sessions and for commands: today's agents take both through the channels of `ssmmessages`,
 * `ec2messages` was their way before. Source: Systems Manager user guide, "ec2messages, ssmmessages, and other API operations", read in 2026-11.
 */
export function sessionStatements(scope: Scope): TaskStatement[] {
  return [
    { actions: ["ssm:UpdateInstanceInformation"], resources: [arn(scope, "ec2", "instance/*")] },
    {
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"], // these actions know no resource
    },
  ];
}

/** What the agent needs besides, to apply one document whenever State Manager says so. */
export function associationStatements(scope: Scope, document: string): TaskStatement[] {
  const instances = arn(scope, "ec2", "instance/*");
  return [
    { actions: ["ssm:ListInstanceAssociations"], resources: [instances] },
    {
      actions: ["ssm:UpdateInstanceAssociationStatus"],
      resources: [instances, arn(scope, "ssm", "association/*")],
    },
    { actions: ["ssm:DescribeDocument", "ssm:GetDocument"], resources: [arn(scope, "ssm", `document/${document}`)] },
  ];
}

/** Pulling images of exactly one of the product's repositories. */
export function pullStatements(scope: Scope, registry: Registry, repository: string): TaskStatement[] {
  return [
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [repositoryArn(scope, registry, repository)],
    },
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }, // knows no narrower resource
  ];
}

/** Sending the output of containers to one log group. */
export function logStatements(scope: Scope, logGroup: string): TaskStatement[] {
  return [
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [arn(scope, "logs", `log-group:${logGroup}:log-stream:*`)],
    },
  ];
}
