import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import type { SecretResources } from "./secret-settings";
import { clusterNames, taskNames } from "./service-names";
import { allowing, type TaskStatement } from "./task-statements";

/** What a task's roles have to reach. */
export interface TaskRolesProps extends SecretResources {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service, or of the one-off task with what its names end in. */
  readonly name: string;

  /** Repositories its images are pulled from. */
  readonly repositoryArns: readonly string[];

  /** What the application may do beside that. */
  readonly statements: readonly TaskStatement[];

  /** Whether people may open a shell in a task. */
  readonly exec: boolean;
}

/**
 * The two roles of a task. The execution role is ECS's: it pulls exactly the task's images, writes to its log group and
 * reads its secrets. The task role is the application's: without statements and without exec it may do nothing.
 * Only ECS tasks of this account and region can take them.
 */
export class TaskRoles extends Construct {
  /** Role ECS starts a task with. */
  readonly executionRoleArn: string;

  /** Role the application runs with. */
  readonly taskRoleArn: string;

  /** The policies, which have to be there before the first task starts. */
  readonly policies: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TaskRolesProps) {
    super(scope, id);
    const { context } = props;
    const names = taskNames(context, props.name);
    const shared = { assumeRolePolicy: trustOf(context), permissionsBoundary: context.permissionsBoundaryArn };

    const execution = new IamRole(this, "execution", {
      ...shared,
      name: names.executionRole,
      description: `ECS starts ${names.family} with it`,
    });
    const start = new IamRolePolicy(this, "execution-policy", {
      name: "start-tasks",
      role: execution.name,
      policy: allowing(executionStatements(props)),
    });
    const task = new IamRole(this, "task", {
      ...shared,
      name: names.taskRole,
      description: `${names.family} runs with it`,
    });
    const statements = [...props.statements, ...(props.exec ? execStatements(context) : [])];
    const run =
      statements.length === 0
        ? []
        : [new IamRolePolicy(this, "task-policy", { name: "run", role: task.name, policy: allowing(statements) })];

    this.executionRoleArn = execution.arn;
    this.taskRoleArn = task.arn;
    this.policies = [start, ...run];
  }
}

/** The source conditions keep ECS from being talked into using the role for another account's task. */
function trustOf(context: Context): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": context.accountId },
          ArnLike: { "aws:SourceArn": arn(context, "ecs", "*") },
        },
      },
    ],
  });
}

function executionStatements({ context, name, repositoryArns, secrets, parameters }: TaskRolesProps): TaskStatement[] {
  const logGroup = arn(context, "logs", `log-group:${taskNames(context, name).logGroup}`);
  const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  const each: TaskStatement[] = [
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroup}:log-stream:*`] },
    { actions: pull, resources: repositoryArns },
    { actions: ["ecr:GetAuthorizationToken"], resources: repositoryArns.length === 0 ? [] : ["*"] }, // knows no narrower resource
    { actions: ["secretsmanager:GetSecretValue"], resources: secrets },
    { actions: ["ssm:GetParameters"], resources: parameters },
  ];
  return each.filter(({ resources }) => resources.length > 0);
}

/** What the agent of ECS Exec needs: its channel, and the log group sessions are recorded in. */
function execStatements(context: Context): TaskStatement[] {
  const logGroup = arn(context, "logs", `log-group:${clusterNames(context).execLogGroup}`);
  return [
    {
      actions: ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
        (action) => `ssmmessages:${action}`,
      ),
      resources: ["*"], // knows no narrower resource
    },
    { actions: ["logs:DescribeLogGroups"], resources: ["*"] }, // knows no narrower resource
    {
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [`${logGroup}:*`],
    },
  ];
}
