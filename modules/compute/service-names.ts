import type { Context } from "../context";
import { nameOf, nameProblem, type NameKind } from "../naming";
import { notMatching } from "../validation";

/** Names of what an environment has once, however many services it runs. */
export interface ClusterNames {
  /** ECS cluster. */
  readonly cluster: string;

  /** Log group that ECS Exec sessions are recorded in. */
  readonly execLogGroup: string;
}

/** Names of everything a task is made of, whoever runs it, so that another stack can write their ARNs without a reference. */
export interface TaskNames extends ClusterNames {
  /** Task definition family. */
  readonly family: string;

  /** Main container, which an application's pipeline gives its new image. */
  readonly container: string;

  /** Role the application runs with. */
  readonly taskRole: string;

  /** Role ECS starts the task with: image, logs, secrets. */
  readonly executionRole: string;

  /** Log group of all its containers. */
  readonly logGroup: string;

  /** Security group of its tasks. */
  readonly securityGroup: string;
}

/** Names of everything a service is made of. */
export interface ServiceNames extends TaskNames {
  /** ECS service. */
  readonly service: string;

  /** Target group of its tasks. */
  readonly targetGroup: string;
}

type Kinds = ReadonlyArray<readonly [NameKind, (name: string) => string]>;

const TASK_KINDS: Kinds = [
  ["taskDefinition", (name) => name],
  ["iamRole", (name) => `${name}-execution`],
  ["securityGroup", (name) => `${name}-tasks`],
];

const SERVICE_KINDS: Kinds = [["ecsService", (name) => name], ...TASK_KINDS, ["targetGroup", (name) => name]];

/** What the names of a one-off task end in, so that a task and a service of the same name have nothing in common. */
const ONE_OFF = "-once";

/** Names of the cluster of an environment, whether it exists yet or not. */
export function clusterNames(context: Pick<Context, "names">): ClusterNames {
  const cluster = context.names("ecsCluster");
  return { cluster, execLogGroup: `/ecs/${cluster}/exec` };
}

/** Names of one task of an environment, whether it exists yet or not; `thing` is that of the service, or of the one-off task. */
export function taskNames(context: Pick<Context, "names">, thing: string): TaskNames {
  return {
    ...clusterNames(context),
    family: context.names("taskDefinition", thing),
    container: thing,
    taskRole: context.names("iamRole", `${thing}-task`),
    executionRole: context.names("iamRole", `${thing}-execution`),
    logGroup: `/ecs/${context.names("logGroup", thing)}`,
    securityGroup: context.names("securityGroup", `${thing}-tasks`),
  };
}

/** Names of one service of an environment, whether it exists yet or not. */
export function serviceNames(context: Pick<Context, "names">, name: string): ServiceNames {
  return {
    ...taskNames(context, name),
    service: context.names("ecsService", name),
    targetGroup: context.names("targetGroup", name),
  };
}

/** The part of a one-off task's names that comes after the environment: `migrate-once` for `migrate`. */
export function oneOffThing(name: string): string {
  return `${name}${ONE_OFF}`;
}

/** Names of everything a one-off task is made of. */
export interface OneOffTaskNames extends TaskNames {
  /** Parameter that says where it runs, as the AWS CLI takes it after `--network-configuration`. */
  readonly networkParameter: string;
}

/** Names of one one-off task of an environment, whether it exists yet or not. */
export function oneOffTaskNames(context: Pick<Context, "names">, name: string): OneOffTaskNames {
  const thing = oneOffThing(name);
  return { ...taskNames(context, thing), networkParameter: `/${context.names("parameter")}/${thing}/network` };
}

/** What is wrong with a service's name: every cloud name made from it has to fit, and none may be that of a one-off task. */
export function serviceNameProblems(
  context: Pick<Context, "project" | "environment">,
  name: string,
): Array<string | undefined> {
  return [
    ...fitting(context, SERVICE_KINDS, name),
    notMatching(
      "name",
      name,
      new RegExp(`(?<!${ONE_OFF})$`),
      `without ${ONE_OFF} at its end, which one-off tasks have`,
    ),
  ];
}

/** What is wrong with a one-off task's name: every cloud name made from it has to fit. */
export function oneOffTaskNameProblems(
  context: Pick<Context, "project" | "environment">,
  name: string,
): Array<string | undefined> {
  return fitting(context, TASK_KINDS, oneOffThing(name));
}

function fitting({ project, environment }: Pick<Context, "project" | "environment">, kinds: Kinds, name: string) {
  return kinds.map(([kind, thing]) => nameProblem(kind, nameOf(project, environment, thing(name))));
}

/**
 * The Terraform variable that holds an image tag: `api_image_tag` for the main container of `api`, `api__proxy_image_tag` for
 * its sidecar `proxy`. Underscores only, because `TF_VAR_` names are shell variables; two of them keep sidecars apart from services.
 */
export function imageTagVariable(service: string, sidecar?: string): string {
  const name = sidecar === undefined ? service : `${service}__${sidecar}`;
  return `${name.replaceAll("-", "_")}_image_tag`;
}
