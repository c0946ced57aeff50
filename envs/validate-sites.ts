import { cloudFrontSiteProblems, siteThing } from "../modules/edge/cloudfront-site-settings";
import { pagesSiteProblems, siteDomainProblem } from "../modules/edge/pages-site-settings";
import { vercelSiteProblems } from "../modules/edge/vercel-site-settings";
import { nameOf, nameProblem } from "../modules/naming";
import { bucketNameProblem } from "../modules/storage/bucket-settings";
import { notOneOf, shown, within } from "../modules/validation";
import type { SiteOfKind, SiteSettings } from "./environment";
import { serviceHosts } from "../modules/compute/service-kinds";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "./tiers";

type Problems = Array<string | undefined>;

/** Every problem of the sites of an environment, each with the path to it. */
export function siteProblems(environment: ResolvedEnvironment): Problems {
  const { sites, shared } = environment;
  const onPages = Object.values(sites).some(({ kind }) => kind === "cloudflare-pages");
  return [
    onPages && shared.cloudflareAccountId === undefined
      ? "shared.cloudflareAccountId must be set for a site on Cloudflare Pages, got none"
      : undefined,
    ...Object.entries(sites).flatMap(([name, site]) =>
      within(`sites.${name}`, [
        notOneOf<string>("kind", site.kind, ["cloudflare-pages", "vercel", "cloudfront"]),
        ...ownProblems(environment, site),
        ...takenProblems(environment, name),
      ]),
    ),
  ];
}

/** Every name that a site would give to something, and that its cloud would refuse. */
export function siteNameProblems(
  { shared, name: environment, accountId }: ResolvedEnvironment,
  name: string,
  site: SiteSettings,
): Problems {
  const { project } = shared;
  switch (site.kind) {
    case "cloudflare-pages":
      return [nameProblem("pagesProject", nameOf(project, environment, name))];
    case "vercel":
      return [nameProblem("vercelProject", nameOf(project, environment, name))];
    case "cloudfront":
      return [
        bucketNameProblem(project, environment, siteThing(name), accountId),
        nameProblem("cloudFrontFunction", nameOf(project, environment, `${name}-routing`)),
      ];
    default:
      return []; // said with its kind
  }
}

function ownProblems(environment: ResolvedEnvironment, site: SiteSettings): Problems {
  const { domain } = environment;
  switch (site.kind) {
    case "cloudflare-pages":
      return [
        ...pagesSiteProblems(site),
        site.domain !== undefined && domain ? siteDomainProblem(site.domain, domain.dns) : undefined,
      ];
    case "vercel":
      return [
        ...vercelSiteProblems(site),
        site.domain !== undefined && domain ? siteDomainProblem(site.domain, domain.dns) : undefined,
        ...(site.previewDomain && domain
          ? within("previewDomain", [siteDomainProblem(site.previewDomain.domain, domain.dns)])
          : []),
      ];
    case "cloudfront":
      return [...cloudFrontSiteProblems(site), ...cloudFrontProblems(environment, site)];
    default:
      return [];
  }
}

function cloudFrontProblems(
  { domain, network, services }: ResolvedEnvironment,
  site: SiteOfKind<"cloudfront">,
): Problems {
  const routed = Object.entries(ofKind(services, "fargate")).filter(([, { routing }]) =>
    routing?.hosts?.some((host) => !/[*?]/.test(host)),
  );
  const known = routed.map(([name]) => name);
  const label = domain && site.domain?.endsWith(`.${domain.name}`) ? site.domain.slice(0, -domain.name.length - 1) : "";
  const covered = site.domain === undefined || site.domain === domain?.name || (label !== "" && !label.includes("."));
  return [
    network === undefined ? "network must be set for a site on CloudFront, which is in AWS, got none" : undefined,
    site.domain !== undefined && !domain ? "domain must be left out without a domain of the environment" : undefined,
    domain && !covered
      ? `domain must be ${shown(domain.name)} or one label below it, which is what the certificate covers, got ${shown(site.domain)}`
      : undefined,
    site.api && known.length === 0 ? "api needs a service that is routed by host, got none" : undefined,
    site.api && !domain
      ? "api needs a domain of the environment, which has the records of its hosts, got none"
      : undefined,
    site.service !== undefined && !known.includes(site.service)
      ? `service must be one that is routed by host (${known.join(", ") || "none"}), got ${shown(site.service)}`
      : undefined,
    site.service !== undefined && !site.api
      ? `service must be left out without api, got ${shown(site.service)}`
      : undefined,
  ];
}

/** A domain serves one thing. */
function takenProblems({ sites, services }: ResolvedEnvironment, name: string): Problems {
  const ofSites = Object.entries(sites).flatMap(([site, settings]) =>
    Object.entries(siteDomains(settings)).map(([path, domain]) => ({ site, path, domain })),
  );
  return ofSites.flatMap(({ site, path, domain }, index) => {
    if (site !== name) return [];
    const first = ofSites.findIndex((other) => other.domain === domain);
    const service = Object.entries(services).find(([other, settings]) =>
      serviceHosts({ [other]: settings }).includes(domain),
    )?.[0];
    return [
      first === index ? undefined : `${path} must be unlike that of every other site, got ${shown(domain)} twice`,
      service === undefined
        ? undefined
        : `${path} must not be a host of a service, got ${shown(domain)} as in services.${service}`,
    ];
  });
}

/** Every domain that a site is served under, by the path to it. */
export function siteDomains(site: SiteSettings): Readonly<Record<string, string>> {
  return {
    ...(site.domain === undefined ? {} : { domain: site.domain }),
    ...(site.kind === "vercel" && site.previewDomain ? { "previewDomain.domain": site.previewDomain.domain } : {}),
  };
}
