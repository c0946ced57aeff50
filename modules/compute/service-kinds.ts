import type { DeploymentSettings } from "./deployment-settings";
import type { RoutingSettings } from "./routing-settings";

/** What of a service, of whatever kind, tells how it is reached and released. */
export interface AnyService {
  /** Where it runs. */
  readonly kind: string;

  /**
   * Requests of the load balancer it answers, on Fargate.
   * @default - none
   */
  readonly routing?: RoutingSettings;

  /**
   * How a new revision comes into service, on Fargate.
   * @default - rolling
   */
  readonly deployment?: DeploymentSettings;

  /**
   * Public names, on a host of its own or at Render.
   * @default - none
   */
  readonly hosts?: readonly string[];
}

type Services = Readonly<Record<string, AnyService>>;

/** Whether a service answers through the load balancer. */
export function isRouted(services: Services): boolean {
  return Object.values(services).some(({ routing }) => routing !== undefined);
}

/** Whether a service is released by CodeDeploy, from one set of tasks to another. */
export function isBlueGreen(services: Services): boolean {
  return Object.values(services).some(({ deployment }) => deployment?.kind === "blue-green");
}

/** Names of the services on hosts of their own, by each of their public names. */
export function servicesByHost(services: Services): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, { kind, hosts = [] }]) =>
      kind === "docker-host" ? hosts.map((host) => [host, name] as const) : [],
    ),
  );
}

/** Every name at which a service answers, wildcards left out, since DNS gets no record for them. */
export function serviceHosts(services: Services): string[] {
  const hosts = Object.values(services).flatMap(({ routing, hosts: own = [] }) => [...(routing?.hosts ?? []), ...own]);
  return [...new Set(hosts)].filter((host) => !/[*?]/.test(host));
}
