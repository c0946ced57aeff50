import type { Context } from "../context";
import { nameOf, nameProblem, type NameKind } from "../naming";

/** Names of what an environment has once, however many services it runs. */
export interface ClusterNames {
  /** ECS cluster. */
  readonly cluster: string;

  /** Log group that ECS Exec sessions are recorded in. */
  readonly execLogGroup: string;
}

/** Names of everything a service is made of, so that another stack can write their ARNs without a reference. */
export interface ServiceNames extends ClusterNames {
  /** ECS service. */
  readonly service: string;

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

  /** Target group of its tasks. */
  readonly targetGroup: string;
}

const KINDS: ReadonlyArray<readonly [NameKind, (name: string) => string]> = [
  ["ecsService", (name) => name],
  ["taskDefinition", (name) => name],
  ["iamRole", (name) => `${name}-execution`],
  ["securityGroup", (name) => `${name}-tasks`],
  ["targetGroup", (name) => name],
];

/** Names of the cluster of an environment, whether it exists yet or not. */
export function clusterNames(context: Pick<Context, "names">): ClusterNames {
  const cluster = context.names("ecsCluster");
  return { cluster, execLogGroup: `/ecs/${cluster}/exec` };
}

/** Names of one service of an environment, whether it exists yet or not. */
export function serviceNames(context: Pick<Context, "names">, name: string): ServiceNames {
  return {
    ...clusterNames(context),
    service: context.names("ecsService", name),
    family: context.names("taskDefinition", name),
    container: name,
    taskRole: context.names("iamRole", `${name}-task`),
    executionRole: context.names("iamRole", `${name}-execution`),
    logGroup: `/ecs/${context.names("logGroup", name)}`,
    securityGroup: context.names("securityGroup", `${name}-tasks`),
    targetGroup: context.names("targetGroup", name),
  };
}

/** What is wrong with a service's name: every cloud name made from it has to fit. */
export function serviceNameProblems(
  context: Pick<Context, "project" | "environment">,
  name: string,
): Array<string | undefined> {
  return KINDS.map(([kind, thing]) => nameProblem(kind, nameOf(context.project, context.environment, thing(name))));
}

/**
 * The Terraform variable that holds an image tag: `api_image_tag` for the main container of `api`, `api__proxy_image_tag` for
 * its sidecar `proxy`. Underscores only, because `TF_VAR_` names are shell variables; two of them keep sidecars apart from services.
 */
export function imageTagVariable(service: string, sidecar?: string): string {
  const name = sidecar === undefined ? service : `${service}__${sidecar}`;
  return `${name.replaceAll("-", "_")}_image_tag`;
}
