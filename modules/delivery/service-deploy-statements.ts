import { arn, iamArn, type Context } from "../context";
import { actionsOf, allow, deny, type Conditions, type Statement } from "./policy-statement";

/** One ECS service an application releases, by the names of its parts. */
export interface ServiceTarget {
  /** ECS cluster it runs in. */
  readonly clusterName: string;

  /** ECS service. */
  readonly serviceName: string;

  /** Task definition family, every revision of it. */
  readonly family: string;

  /** Roles its tasks are given: the execution role, and the task role if it has one. */
  readonly roleNames: readonly string[];

  /**
   * CodeDeploy's names for it, when CodeDeploy shifts the traffic; ECS is then not asked to update the service.
   * @default - ECS replaces the tasks itself
   */
  readonly codeDeploy?: CodeDeployTarget;
}

/** A deployment group of CodeDeploy. */
export interface CodeDeployTarget {
  /** Application. */
  readonly applicationName: string;

  /** Deployment group within it. */
  readonly deploymentGroupName: string;
}

/** A task that runs once and ends, such as a migration. */
export interface TaskTarget {
  /** ECS cluster it runs in. */
  readonly clusterName: string;

  /** Task definition family, every revision of it. */
  readonly family: string;

  /** Roles it is given. */
  readonly roleNames: readonly string[];

  /**
   * Parameter that says where it runs.
   * @default - none; whoever runs it knows the network
   */
  readonly networkParameter?: string;
}

/** One App Runner service an application releases, by the names of its parts. */
export interface AppRunnerTarget {
  /** App Runner service. */
  readonly serviceName: string;

  /** Role App Runner pulls its image with. */
  readonly accessRoleName: string;

  /** Role it runs with. */
  readonly instanceRoleName: string;
}

/** Everything an application releases. */
export interface ReleaseTargets {
  /** ECS services. */
  readonly services: readonly ServiceTarget[];

  /** Tasks that run once. */
  readonly tasks: readonly TaskTarget[];

  /** App Runner services. */
  readonly appRunner: readonly AppRunnerTarget[];
}

type Scope = Pick<Context, "accountId" | "region">;

/**
 * Releasing an application: register a revision, put it into its own services, run its own one-off tasks. Nothing privileged, no shell,
 * no public address, no other service. Whoever may do this acts as the task role, so keep that role small.
 */
export function serviceDeployStatements(scope: Scope, { services, tasks, appRunner }: ReleaseTargets): Statement[] {
  return [
    ...(services.length + tasks.length > 0 ? containerStatements(scope, services, tasks) : []),
    ...(appRunner.length > 0 ? appRunnerStatements(scope, appRunner) : []),
    deny("NoShell", actionsOf("ecs", "ExecuteCommand"), ["*"]),
    deny("NoShellLater", actionsOf("ecs", "CreateService RunTask StartTask UpdateService"), ["*"], {
      StringEquals: { "ecs:enable-execute-command": "true" },
    }),
    deny("NoPublicAddress", actionsOf("ecs", "CreateService UpdateService"), ["*"], {
      Bool: { "ecs:auto-assign-public-ip": "true" },
    }),
  ];
}

function containerStatements(
  scope: Scope,
  services: readonly ServiceTarget[],
  tasks: readonly TaskTarget[],
): Statement[] {
  const families = unique([...services, ...tasks].map(({ family }) => taskDefinition(scope, family)));
  const clusters = unique(
    [...services, ...tasks].map(({ clusterName }) => arn(scope, "ecs", `cluster/${clusterName}`)),
  );
  const rolling = services.filter(({ codeDeploy }) => codeDeploy === undefined);
  const inRegion = { StringEquals: { "aws:RequestedRegion": scope.region } };
  return [
    allow("RegisterRevision", actionsOf("ecs", "RegisterTaskDefinition"), families, {
      StringEqualsIfExists: { "ecs:privileged": "false" },
    }),
    allow("TagRevision", actionsOf("ecs", "TagResource"), families, {
      StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" },
    }),
    // Neither knows a single task definition to IAM.
    allow("ReadRevisions", actionsOf("ecs", "DeregisterTaskDefinition DescribeTaskDefinition"), ["*"], inRegion),
    ...watchServices(scope, services),
    ...rolling.map((service, index) => updateService(scope, service, index)),
    ...runTasks(scope, tasks),
    ...readNetworks(scope, tasks),
    allow(
      "ReadTasks",
      actionsOf("ecs", "DescribeTasks"),
      unique([...services, ...tasks].map(({ clusterName }) => arn(scope, "ecs", `task/${clusterName}/*`))),
    ),
    allow("ListTasks", actionsOf("ecs", "ListTasks"), ["*"], onClusters(clusters)),
    allow("PassTaskRoles", actionsOf("iam", "PassRole"), roleArns(scope, [...services, ...tasks]), {
      StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    }),
    ...codeDeployStatements(scope, services),
  ];
}

/**
 * A new image for its own services: only the service itself is allowed, so neither another VPC connector nor another scaling
 * configuration can be given to it. The roles it already has are handed over again with every update.
 */
function appRunnerStatements(scope: Scope, targets: readonly AppRunnerTarget[]): Statement[] {
  const handOver = (sid: string, names: readonly string[], service: string) =>
    allow(
      sid,
      actionsOf("iam", "PassRole"),
      names.map((name) => iamArn(scope, `role/${name}`)),
      { StringEquals: { "iam:PassedToService": service } },
    );
  return [
    allow(
      "ReleaseAppRunner",
      actionsOf("apprunner", "DescribeOperation DescribeService ListOperations StartDeployment UpdateService"),
      targets.map(({ serviceName }) => arn(scope, "apprunner", `service/${serviceName}/*`)),
    ),
    // Its ARN ends in an id, which a workflow finds by the name.
    allow("FindAppRunner", actionsOf("apprunner", "ListServices"), ["*"], {
      StringEquals: { "aws:RequestedRegion": scope.region },
    }),
    handOver(
      "PassAccessRoles",
      targets.map(({ accessRoleName }) => accessRoleName),
      "build.apprunner.amazonaws.com",
    ),
    handOver(
      "PassInstanceRoles",
      targets.map(({ instanceRoleName }) => instanceRoleName),
      "tasks.apprunner.amazonaws.com",
    ),
  ];
}

function watchServices(scope: Scope, services: readonly ServiceTarget[]): Statement[] {
  if (services.length === 0) return [];
  return [
    allow(
      "WatchServices",
      actionsOf("ecs", "DescribeServices"),
      services.map((service) => serviceArn(scope, service)),
    ),
  ];
}

/** Each service takes revisions of its own family only. */
function updateService(scope: Scope, service: ServiceTarget, index: number): Statement {
  return allow(`UpdateService${index + 1}`, actionsOf("ecs", "UpdateService"), [serviceArn(scope, service)], {
    ArnLikeIfExists: { "ecs:task-definition": taskDefinition(scope, service.family) },
  });
}

function runTasks(scope: Scope, tasks: readonly TaskTarget[]): Statement[] {
  return tasks.map((task, index) =>
    allow(`RunTask${index + 1}`, actionsOf("ecs", "RunTask"), [taskDefinition(scope, task.family)], {
      ...onClusters([arn(scope, "ecs", `cluster/${task.clusterName}`)]),
    }),
  );
}

/** Where tasks run stands in parameters, one each. */
function readNetworks(scope: Scope, tasks: readonly TaskTarget[]): Statement[] {
  const parameters = tasks.flatMap(({ networkParameter }) =>
    networkParameter === undefined ? [] : [arn(scope, "ssm", `parameter${networkParameter}`)],
  );
  return parameters.length > 0 ? [allow("ReadTaskNetworks", actionsOf("ssm", "GetParameter"), parameters)] : [];
}

function codeDeployStatements(scope: Scope, services: readonly ServiceTarget[]): Statement[] {
  const targets = services.flatMap(({ codeDeploy }) => (codeDeploy ? [codeDeploy] : []));
  if (targets.length === 0) return [];
  const applications = targets.map(({ applicationName }) => arn(scope, "codedeploy", `application:${applicationName}`));
  const groups = targets.map(({ applicationName, deploymentGroupName }) =>
    arn(scope, "codedeploy", `deploymentgroup:${applicationName}/${deploymentGroupName}`),
  );
  return [
    allow(
      "RegisterDeployment",
      actionsOf("codedeploy", "GetApplicationRevision RegisterApplicationRevision"),
      unique(applications),
    ),
    allow("Deploy", actionsOf("codedeploy", "CreateDeployment GetDeployment GetDeploymentGroup"), unique(groups)),
    allow("ReadDeploymentConfig", actionsOf("codedeploy", "GetDeploymentConfig"), [
      arn(scope, "codedeploy", "deploymentconfig:*"),
    ]),
  ];
}

function onClusters(clusters: readonly string[]): Conditions {
  return { ArnEquals: { "ecs:cluster": clusters } };
}

function serviceArn(scope: Scope, { clusterName, serviceName }: ServiceTarget): string {
  return arn(scope, "ecs", `service/${clusterName}/${serviceName}`);
}

function taskDefinition(scope: Scope, family: string): string {
  return arn(scope, "ecs", `task-definition/${family}:*`);
}

function roleArns(scope: Scope, targets: ReadonlyArray<{ readonly roleNames: readonly string[] }>): string[] {
  return unique(targets.flatMap(({ roleNames }) => roleNames.map((name) => iamArn(scope, `role/${name}`))));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
