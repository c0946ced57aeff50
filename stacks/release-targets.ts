import type { ServiceSettings } from "../envs/environment";
import { appRunnerNames } from "../modules/compute/app-runner-service-settings";
import { blueGreenNames } from "../modules/compute/blue-green-names";
import { dockerHostNames } from "../modules/compute/docker-host-names";
import { oneOffTaskNames, serviceNames } from "../modules/compute/service-names";
import type { Context } from "../modules/context";
import type { CommandTarget } from "../modules/delivery/command-statements";
import type { SiteTarget } from "../modules/delivery/site-deploy-statements";
import { siteBucketName } from "../modules/edge/cloudfront-site-settings";
import type { AppRunnerTarget, ServiceTarget, TaskTarget } from "../modules/delivery/service-deploy-statements";

type Named = Pick<Context, "names">;

/** What an application releases, by where its services run; all of it is known by name before it exists. */
export interface NamedReleaseTargets {
  /** Services on ECS. */
  readonly services: readonly ServiceTarget[];

  /** Services on App Runner. */
  readonly appRunnerServices: readonly AppRunnerTarget[];

  /** Services on hosts of their own. */
  readonly hosts: readonly CommandTarget[];
}

/** The services of these names, as the role that releases them knows them. */
export function releaseTargets(
  context: Named,
  services: Readonly<Record<string, ServiceSettings>>,
  names: readonly string[],
): NamedReleaseTargets {
  const ofKind = <T>(kind: ServiceSettings["kind"], target: (name: string) => T): T[] =>
    names.filter((name) => services[name]?.kind === kind).map(target);
  return {
    services: ofKind("fargate", (name) => serviceTarget(context, name, services[name])),
    appRunnerServices: ofKind("app-runner", (name) => {
      const { service: serviceName, accessRole, instanceRole } = appRunnerNames(context, name);
      return { serviceName, accessRoleName: accessRole, instanceRoleName: instanceRole };
    }),
    hosts: ofKind("docker-host", (name) => {
      const { deployDocument: documentName, instance: instanceName } = dockerHostNames(context, name);
      const service = services[name];
      return {
        documentName,
        instanceName,
        startable: service?.kind === "docker-host" && service.offHours !== undefined,
      };
    }),
  };
}

/** The sites of these names, as the role that releases them knows them. */
export function siteTargets({ project, environment, accountId }: Context, names: readonly string[]): SiteTarget[] {
  return names.map((name) => ({ bucketName: siteBucketName(project, environment, name, accountId) }));
}

/** A task that runs once, as the role that runs it knows it. */
export function taskTarget(context: Named, name: string): TaskTarget {
  const { cluster: clusterName, family, executionRole, taskRole, networkParameter } = oneOffTaskNames(context, name);
  return { clusterName, family, roleNames: [executionRole, taskRole], networkParameter };
}

function serviceTarget(context: Named, name: string, settings: ServiceSettings | undefined): ServiceTarget {
  const { cluster: clusterName, service: serviceName, family, executionRole, taskRole } = serviceNames(context, name);
  const target = { clusterName, serviceName, family, roleNames: [executionRole, taskRole] };
  if (settings?.kind !== "fargate" || settings.deployment?.kind !== "blue-green") return target;
  const { codeDeployApplication: applicationName, deploymentGroup: deploymentGroupName } = blueGreenNames(
    context,
    name,
  );
  return { ...target, codeDeploy: { applicationName, deploymentGroupName } };
}
