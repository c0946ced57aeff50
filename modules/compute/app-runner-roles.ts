import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { appRunnerNames } from "./app-runner-service-settings";
import type { SecretResources } from "./secret-settings";
import { allowing, type TaskStatement } from "./task-statements";

/** What a service's roles have to reach. */
export interface AppRunnerRolesProps extends SecretResources {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service. */
  readonly name: string;

  /** Repository its image is pulled from. */
  readonly repositoryArn: string;

  /** What the application may do beside reading its secrets. */
  readonly statements: readonly TaskStatement[];
}

/**
 * The two roles of a service on App Runner. The access role pulls exactly the service's image. The instance role is the application's, and
 * App Runner reads the service's secrets with it, so the application could read them again by itself.
 */
export class AppRunnerRoles extends Construct {
  /** Role App Runner pulls the image with. */
  readonly accessRoleArn: string;

  /** Role the application runs with. */
  readonly instanceRoleArn: string;

  /** The policies, which have to be there before the first deployment. */
  readonly policies: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AppRunnerRolesProps) {
    super(scope, id);
    const { context, repositoryArn, secrets, parameters } = props;
    const names = appRunnerNames(context, props.name);
    const permissionsBoundary = context.permissionsBoundaryArn;

    const access = new IamRole(this, "access", {
      name: names.accessRole,
      description: `App Runner pulls the image of ${names.service} with it`,
      assumeRolePolicy: trustOf("build.apprunner.amazonaws.com"),
      permissionsBoundary,
    });
    const pull = new IamRolePolicy(this, "access-policy", {
      name: "pull-image",
      role: access.name,
      policy: allowing(pullStatements(repositoryArn)),
    });
    const instance = new IamRole(this, "instance", {
      name: names.instanceRole,
      description: `${names.service} runs with it`,
      assumeRolePolicy: trustOf("tasks.apprunner.amazonaws.com"),
      permissionsBoundary,
    });
    const statements = [
      { actions: ["secretsmanager:GetSecretValue"], resources: secrets },
      { actions: ["ssm:GetParameters"], resources: parameters },
      ...props.statements,
    ].filter(({ resources }) => resources.length > 0);
    const run =
      statements.length === 0
        ? []
        : [
            new IamRolePolicy(this, "instance-policy", {
              name: "run",
              role: instance.name,
              policy: allowing(statements),
            }),
          ];

    this.accessRoleArn = access.arn;
    this.instanceRoleArn = instance.arn;
    this.policies = [pull, ...run];
  }
}

/** Without a source condition: App Runner documents none that it would send. Handing over a role takes `iam:PassRole` in this account. */
function trustOf(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

function pullStatements(repositoryArn: string): TaskStatement[] {
  const pull = ["BatchCheckLayerAvailability", "BatchGetImage", "DescribeImages", "GetDownloadUrlForLayer"];
  return [
    { actions: pull.map((action) => `ecr:${action}`), resources: [repositoryArn] },
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }, // knows no narrower resource
  ];
}
