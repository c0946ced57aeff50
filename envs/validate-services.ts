import { fargateServiceProblems } from "../modules/compute/fargate-service-settings";
import { routingPriorityProblems } from "../modules/compute/routing-settings";
import { secretSourceProblems } from "../modules/compute/secret-settings";
import { hostProblem } from "../modules/edge/dns-settings";
import { pagesSiteProblems, siteDomainProblem } from "../modules/edge/pages-site-settings";
import { notOneOf, shown, within } from "../modules/validation";
import type { ServiceSettings } from "./environment";
import type { ResolvedEnvironment } from "./tiers";

/** Every problem of the services of an environment, each with the path to it. */
export function serviceProblems(environment: ResolvedEnvironment): Array<string | undefined> {
  return [
    ...Object.entries(environment.services).flatMap(([name, service]) =>
      within(`services.${name}`, [
        kindProblem(service),
        ...fargateServiceProblems(service),
        ...imageProblems(environment, service),
        ...connectionProblems(environment, service),
        ...sourceProblems(environment, service),
        Object.hasOwn(service.sidecars ?? {}, name)
          ? `sidecars must not name one like the service, got ${shown(name)}`
          : undefined,
        ...hostProblems(environment, service),
        execProblem(environment, service),
      ]),
    ),
    ...within("services", routingPriorityProblems(environment.services)),
  ];
}

/** Every problem of the sites of an environment, each with the path to it. */
export function siteProblems({ sites, domain, shared, services }: ResolvedEnvironment): Array<string | undefined> {
  const taken = new Map(
    Object.entries(services).flatMap(([name, { routing }]) => (routing?.hosts ?? []).map((host) => [host, name])),
  );
  return [
    Object.keys(sites).length > 0 && shared.cloudflareAccountId === undefined
      ? "shared.cloudflareAccountId must be set for a site on Cloudflare Pages, got none"
      : undefined,
    ...Object.entries(sites).flatMap(([name, site]) =>
      within(`sites.${name}`, [
        notOneOf("kind", site.kind, ["cloudflare-pages"]),
        ...pagesSiteProblems(site),
        site.domain !== undefined && domain ? siteDomainProblem(site.domain, domain.dns) : undefined,
        Object.entries(sites).find(([, other]) => other.domain !== undefined && other.domain === site.domain)?.[0] ===
          name || site.domain === undefined
          ? undefined
          : `domain must be unlike that of every other site, got ${shown(site.domain)} twice`,
        site.domain !== undefined && taken.has(site.domain)
          ? `domain must not be a host of a service, got ${shown(site.domain)} as in services.${taken.get(site.domain)}`
          : undefined,
      ]),
    ),
  ];
}

/** App Runner is what people ask for who read older guides, so the message says why it is not there. */
function kindProblem({ kind }: ServiceSettings): string | undefined {
  const problem = notOneOf("kind", kind, ["fargate"]);
  return problem !== undefined && String(kind) === "app-runner"
    ? `${problem}; App Runner takes no new customers since 2026-04-30`
    : problem;
}

function imageProblems({ shared }: ResolvedEnvironment, service: ServiceSettings): Array<string | undefined> {
  const known = Object.keys(shared.images ?? {});
  const images = [{ image: service.image }, ...Object.values(service.sidecars ?? {})].map(({ image }) => image);
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
  service: ServiceSettings,
): Array<string | undefined> {
  const known = [
    ...(database ? ["database"] : []),
    ...(cache.kind === "none" ? [] : ["cache"]),
    ...Object.keys(buckets),
  ];
  return (service.connects ?? []).map((name, index) =>
    known.includes(name)
      ? undefined
      : `connects.${index} must be one of ${known.join(", ") || "nothing, the environment has no data"}, got ${shown(name)}`,
  );
}

/** A secret can be taken from what the service is connected to, and holds one. */
function sourceProblems({ database, cache }: ResolvedEnvironment, service: ServiceSettings): Array<string | undefined> {
  const connected = (name: string) => service.connects?.includes(name) ?? true;
  const sources = {
    ...(database && connected("database") ? { database: "" } : {}),
    ...(cache.kind === "upstash" && connected("cache") ? { cache: "" } : {}),
  };
  return [
    ...secretSourceProblems(service.secrets, sources),
    ...Object.entries(service.sidecars ?? {}).flatMap(([name, { secrets }]) =>
      within(`sidecars.${name}`, secretSourceProblems(secrets, sources)),
    ),
  ];
}

/** A host must lie in the zone, which gets its record, and be covered by the certificate: the domain, or one label below it. */
function hostProblems({ domain }: ResolvedEnvironment, { routing }: ServiceSettings): Array<string | undefined> {
  if (!domain) return [];
  return (routing?.hosts ?? []).map((host, index) => {
    const name = `routing.hosts.${index}`;
    const label = host.endsWith(`.${domain.name}`) ? host.slice(0, -domain.name.length - 1) : undefined;
    if (host !== domain.name && (label === undefined || label.includes("."))) {
      return `${name} must be ${shown(domain.name)} or one label below it, which is what the certificate covers, got ${shown(host)}`;
    }
    return /[*?]/.test(host) ? undefined : hostProblem(name, host, domain.dns);
  });
}

function execProblem({ tier, cluster }: ResolvedEnvironment, { exec }: ServiceSettings): string | undefined {
  if (exec !== true) return undefined;
  if (tier === "prod") return "exec must be false in prod, got true; a shell in a task can read what the task can read";
  return cluster.exec === true ? undefined : "exec needs cluster.exec, so that sessions are recorded, got none";
}
