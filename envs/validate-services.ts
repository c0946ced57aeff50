import { appRunnerNameProblems, appRunnerServiceProblems } from "../modules/compute/app-runner-service-settings";
import { blueGreenNameProblems } from "../modules/compute/blue-green-names";
import { dockerHostProblems } from "../modules/compute/docker-host-settings";
import { fargateServiceProblems } from "../modules/compute/fargate-service-settings";
import type { ImageSettings } from "../modules/compute/image-settings";
import { oneOffTaskProblems } from "../modules/compute/one-off-task-settings";
import { renderServiceProblems } from "../modules/compute/render-service-settings";
import { routingPriorityProblems } from "../modules/compute/routing-settings";
import { type SecretSettings, secretSourceProblems } from "../modules/compute/secret-settings";
import { oneOffTaskNameProblems, serviceNameProblems } from "../modules/compute/service-names";
import { sessionHostNameProblems } from "../modules/compute/session-host-names";
import { hostProblem } from "../modules/edge/dns-settings";
import { nameOf, nameProblem } from "../modules/naming";
import { notMatching, notOneOf, shown, within } from "../modules/validation";
import type { Connections, ServiceOfKind, ServiceSettings } from "./environment";
import { serviceHosts } from "../modules/compute/service-kinds";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "./tiers";

type Problems = Array<string | undefined>;

/** Every problem of the services of an environment, each with the path to it. */
export function serviceProblems(environment: ResolvedEnvironment): Problems {
  return [
    ...Object.entries(environment.services).flatMap(([name, service]) =>
      within(`services.${name}`, [
        kindProblem(service),
        placeProblem(environment, service),
        ...ownProblems(environment, name, service),
        ...connectionProblems(environment, service, service.kind),
        notOneOf<string>("secretsAs", service.secretsAs, ["values", "arns"]),
        ...ownHostProblems(environment, name, service),
      ]),
    ),
    ...within("services", routingPriorityProblems(ofKind(environment.services, "fargate"))),
  ];
}

/** Every problem of the containers that run once, each with the path to it. */
export function taskProblems(environment: ResolvedEnvironment): Problems {
  return Object.entries(environment.tasks).flatMap(([name, task]) =>
    within(`tasks.${name}`, [
      environment.network === undefined ? "network must be set for a task, which runs in AWS, got none" : undefined,
      ...oneOffTaskProblems(task),
      ...imageProblems(environment, [task.image]),
      ...connectionProblems(environment, task, "task"),
      notOneOf<string>("secretsAs", task.secretsAs, ["values", "arns"]),
      ...sourceProblems(environment, task, task.secrets),
    ]),
  );
}

/** Every name that a service or a task would give to something, and that its cloud would refuse. */
export function serviceNamesProblems({ services, tasks, name: environment, shared }: ResolvedEnvironment): Problems {
  const context = { project: shared.project, environment };
  return [
    ...Object.entries(services).flatMap(([name, service]) =>
      within(`services.${name}`, namesOfService(context, name, service)),
    ),
    ...Object.keys(tasks).flatMap((name) => within(`tasks.${name}`, oneOffTaskNameProblems(context, name))),
  ];
}

function namesOfService(
  context: { readonly project: string; readonly environment: string },
  name: string,
  service: ServiceSettings,
): Problems {
  switch (service.kind) {
    case "fargate":
      return [
        ...serviceNameProblems(context, name),
        ...(service.deployment?.kind === "blue-green" ? blueGreenNameProblems(context, name) : []),
      ];
    case "docker-host":
      return [
        ...sessionHostNameProblems(context, name),
        nameProblem("ssmDocument", nameOf(context.project, context.environment, `${name}-deploy`)),
      ];
    case "app-runner":
      return appRunnerNameProblems(context, name);
    case "render":
      return [nameProblem("renderService", nameOf(context.project, context.environment, name))];
    default:
      return []; // said by kindProblem
  }
}

function kindProblem({ kind }: ServiceSettings): string | undefined {
  return notOneOf<string>("kind", kind, ["fargate", "docker-host", "app-runner", "render"]);
}

/** Services in AWS stand in the environment's network; Render has no way into it. */
function placeProblem({ network }: ResolvedEnvironment, { kind }: ServiceSettings): string | undefined {
  if (kind === "render") {
    return network === undefined
      ? undefined
      : 'kind must be one that runs in AWS where the environment has a network, got "render"; Render reaches no private subnet';
  }
  return network === undefined
    ? `network must be set for a service of kind ${kind}, which runs in it, got none`
    : undefined;
}

function ownProblems(environment: ResolvedEnvironment, name: string, service: ServiceSettings): Problems {
  switch (service.kind) {
    case "fargate":
      return [
        ...fargateServiceProblems(service),
        ...imageProblems(environment, [
          service.image,
          ...Object.values(service.sidecars ?? {}).map(({ image }) => image),
        ]),
        ...sourceProblems(environment, service, service.secrets),
        ...Object.entries(service.sidecars ?? {}).flatMap(([sidecar, { secrets }]) =>
          within(`sidecars.${sidecar}`, sourceProblems(environment, service, secrets)),
        ),
        Object.hasOwn(service.sidecars ?? {}, name)
          ? `sidecars must not name one like the service, got ${shown(name)}`
          : undefined,
        ...hostProblems(environment, "routing.hosts", service.routing?.hosts, { covered: true }),
        execProblem(environment, service),
      ];
    case "docker-host":
      return [
        ...dockerHostProblems(service),
        ...imageProblems(environment, [service.image]),
        ...sourceProblems(environment, service, service.secrets),
        ...hostProblems(environment, "hosts", service.hosts, { covered: false }),
        service.hosts && !environment.domain
          ? "domain must be set with hosts, whose records are made there, got none"
          : undefined,
        ...envFileProblems(environment, service),
      ];
    case "app-runner":
      return [
        ...appRunnerServiceProblems(service),
        ...imageProblems(environment, [service.image]),
        ...sourceProblems(environment, service, service.secrets),
      ];
    case "render":
      return [
        ...renderServiceProblems(service),
        ...hostProblems(environment, "hosts", service.hosts, { covered: false }),
        ...apexProblems(environment, service.hosts),
        service.metricNamespaces
          ? "metricNamespaces must be left out, got a service at Render, which has no role in AWS"
          : undefined,
        service.secretsAs === "arns"
          ? 'secretsAs must be "values" at Render, which has no role in AWS to read an ARN, got "arns"'
          : undefined,
      ];
    default:
      return [];
  }
}

/** A host or Render answers alone at its names; the load balancer tells apart who answers by path. */
function ownHostProblems({ services }: ResolvedEnvironment, name: string, service: ServiceSettings): Problems {
  if (service.kind !== "docker-host" && service.kind !== "render") return [];
  const others = Object.entries(services).filter(([other]) => other !== name);
  return (service.hosts ?? []).map((host, index) => {
    const other = others.find(([key, settings]) => serviceHosts({ [key]: settings }).includes(host))?.[0];
    return other === undefined
      ? undefined
      : `hosts.${index} must be a host of this service alone, got ${shown(host)} as in services.${other}`;
  });
}

function imageProblems({ shared }: ResolvedEnvironment, images: readonly ImageSettings[]): Problems {
  const known = Object.keys(shared.images ?? {});
  return images.flatMap((image) =>
    image !== undefined && "repository" in image && !known.includes(image.repository)
      ? [
          `image.repository must be one of shared.images (${known.join(", ") || "none"}), got ${shown(image.repository)}`,
        ]
      : [],
  );
}

function connectionProblems(
  { database, cache, buckets }: ResolvedEnvironment,
  { connects, metricNamespaces = [] }: Connections,
  kind: ServiceSettings["kind"] | "task",
): Problems {
  const known = [
    ...(database ? ["database"] : []),
    ...(cache.kind === "none" ? [] : ["cache"]),
    ...Object.keys(buckets),
  ];
  const reached = (name: string) => connects?.includes(name) ?? true;
  const asked = (connects ?? []).map((name, index) =>
    known.includes(name)
      ? undefined
      : `connects.${index} must be one of ${known.join(", ") || "nothing, the environment has no data"}, got ${shown(name)}`,
  );
  const beside = cache.kind === "sidecar" && reached("cache") && (kind === "app-runner" || kind === "render");
  const namespaces = metricNamespaces.map((namespace, index) =>
    notMatching(
      `metricNamespaces.${index}`,
      namespace,
      /^(?!AWS\/)[\w.\-/#:]{1,255}$/,
      "1 to 255 letters, digits and any of . _ - / # :, not below AWS/",
    ),
  );
  const away = database?.engine === "neon" && reached("database") && kind !== "render";
  return [
    ...asked,
    ...namespaces,
    beside
      ? `connects must be without cache, or cache.kind another than sidecar; a service of kind ${kind} has no container beside it`
      : undefined,
    away ? "connects must be without database; a database at Neon is handed to services at Render only" : undefined,
  ];
}

/** A secret can be taken from what the service is connected to, and holds one, and from the secrets of the environment. */
function sourceProblems(
  { database, cache, secrets: own }: ResolvedEnvironment,
  { connects }: Connections,
  secrets: Readonly<Record<string, SecretSettings>> | undefined,
): Problems {
  const connected = (name: string) => connects?.includes(name) ?? true;
  const sources = {
    ...(database && connected("database") ? { database: "" } : {}),
    ...((cache.kind === "upstash" || cache.kind === "host") && connected("cache") ? { cache: "" } : {}),
    ...Object.fromEntries(Object.keys(own).map((name) => [name, ""])),
  };
  return secretSourceProblems(secrets, sources);
}

/** A host must lie in the zone, which gets its record, and, behind the load balancer, be covered by the certificate: the domain, or one label below it. */
function hostProblems(
  { domain }: ResolvedEnvironment,
  path: string,
  hosts: readonly string[] = [],
  { covered }: { readonly covered: boolean },
): Problems {
  if (!domain) return [];
  return hosts.map((host, index) => {
    const name = `${path}.${index}`;
    const label = host.endsWith(`.${domain.name}`) ? host.slice(0, -domain.name.length - 1) : undefined;
    if (covered && host !== domain.name && (label === undefined || label.includes("."))) {
      return `${name} must be ${shown(domain.name)} or one label below it, which is what the certificate covers, got ${shown(host)}`;
    }
    return /[*?]/.test(host) ? undefined : hostProblem(name, host, domain.dns);
  });
}

/** The bucket of the env files lets in its own account only. */
function envFileProblems(
  { shared, accountId }: ResolvedEnvironment,
  { envFile }: ServiceOfKind<"docker-host">,
): Problems {
  if (!envFile) return [];
  return [
    shared.envFiles ? undefined : "envFile needs shared.envFiles, the bucket it comes from, got none",
    accountId === shared.accountId
      ? undefined
      : `envFile must be left out of an environment outside the shared account (${shared.accountId}), whose bucket it comes from, got one in ${accountId}`,
  ];
}

/** Render is reached by a CNAME, which the name of a zone at Route 53 cannot be. */
function apexProblems({ domain }: ResolvedEnvironment, hosts: readonly string[] = []): Problems {
  if (domain?.dns.kind !== "route53") return [];
  const { zoneName } = domain.dns;
  return hosts.map((host, index) =>
    host === zoneName
      ? `hosts.${index} must be below ${shown(zoneName)} while Route 53 answers for that zone, got ${shown(host)}; move the zone to Cloudflare, or take a name such as ${shown(`www.${host}`)}`
      : undefined,
  );
}

function execProblem({ tier, cluster }: ResolvedEnvironment, { exec }: ServiceOfKind<"fargate">): string | undefined {
  if (exec !== true) return undefined;
  if (tier === "prod") return "exec must be false in prod, got true; a shell in a task can read what the task can read";
  return cluster.exec === true ? undefined : "exec needs cluster.exec, so that sessions are recorded, got none";
}
