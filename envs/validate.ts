import { REDIS_SIDECAR, redisSidecarProblems } from "../modules/cache/redis-sidecar-settings";
import { replicationGroupProblems } from "../modules/cache/replication-group-settings";
import { serverlessCacheProblems } from "../modules/cache/serverless-cache-settings";
import { upstashRedisProblems } from "../modules/cache/upstash-redis-settings";
import { routedHosts } from "../modules/compute/routing-settings";
import { clusterProblems } from "../modules/compute/cluster-settings";
import { postgresProblems } from "../modules/database/postgres-settings";
import { dnsProblems } from "../modules/edge/dns-settings";
import { logRetentionProblem } from "../modules/monitoring/log-retention";
import { cidrOverlaps, cidrProblem } from "../modules/network/cidr";
import { loadBalancerProblems, loadBalancerVpcProblem } from "../modules/network/load-balancer-settings";
import { vpcProblems } from "../modules/network/vpc-settings";
import { stateBucketName } from "../modules/storage/state-bucket-name";
import { bucketProblems } from "../modules/storage/bucket-settings";
import { imageRepositoryProblems } from "../modules/storage/image-repository-settings";
import { notMatching, notOneOf, shown, within } from "../modules/validation";
import type { Shared, StateSettings, System } from "./environment";
import { InvalidEnvironment } from "./invalid-environment";
import { resolvedState, resolveEnvironment, type ResolvedEnvironment } from "./tiers";
import { deliveryProblems } from "./validate-delivery";
import { nameProblems } from "./validate-names";
import { serviceProblems, siteProblems } from "./validate-services";

type Problems = Array<string | undefined>;

/** Throws one error that lists every problem of a system, each with the path to the value, the value and what is allowed. */
export function assertValidSystem(system: System): void {
  const problems = systemProblems(system);
  if (problems.length === 0) return;
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw new InvalidEnvironment(
    `The environments of system ${shown(system.name)} have ${count}:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
  );
}

/** Every problem of every environment of a system, and of their being together. */
export function systemProblems(system: System): string[] {
  // Values that decide how the rest is read; with one of them wrong, more messages would only mislead.
  const basic = system.environments.flatMap((environment) =>
    within(environment.name, [notOneOf("tier", environment.tier, ["staging", "prod"])]),
  );
  if (basic.length > 0) return basic;
  const environments = system.environments.map(resolveEnvironment);
  return [
    ...environments.slice(0, 1).flatMap(({ shared }) => within("shared", sharedProblems(shared))),
    ...environments.flatMap((environment) => within(environment.name, environmentProblems(environment))),
    ...togetherProblems(environments),
  ];
}

/** What is worth telling about an environment that is allowed. */
export function environmentWarnings(environment: ResolvedEnvironment): string[] {
  const { domain, services } = environment;
  return [
    ...(isRouted(environment) && domain === undefined
      ? ["domain is not set, so the load balancer answers plain HTTP; set a domain to get a certificate and HTTPS"]
      : []),
    ...Object.entries(services).flatMap(([name, { sidecars = {}, maxTasks = 1 }]) =>
      REDIS_SIDECAR in sidecars && maxTasks > 1
        ? [
            `services.${name}.maxTasks is ${maxTasks}, and each task has a Redis of its own in its sidecar: what one caches, the others do not see; set maxTasks to 1 or choose another cache`,
          ]
        : [],
    ),
  ];
}

function sharedProblems(shared: Shared): Problems {
  return [
    notMatching(
      "project",
      shared.project,
      /^[a-z](?!.*--)[a-z0-9-]{0,14}[a-z0-9]$/,
      "2 to 16 lower-case letters, digits and single hyphens, a letter first",
    ),
    accountProblem("accountId", shared.accountId),
    regionProblem("region", shared.region),
    notMatching(
      "cloudflareAccountId",
      shared.cloudflareAccountId,
      /^[0-9a-f]{32}$/,
      "the 32 hex digits of a Cloudflare account",
    ),
    ...stateProblems(resolvedState(shared), shared),
    ...Object.entries(shared.images ?? {}).flatMap(([name, settings]) =>
      within(`images.${name}`, imageRepositoryProblems(settings, shared.accountId)),
    ),
  ];
}

function environmentProblems(environment: ResolvedEnvironment): Problems {
  const { tier, network, zones, database, cache, domain } = environment;
  return [
    notMatching(
      "name",
      environment.name,
      /^(?!shared$|bootstrap$|all$)[a-z](?!.*--)[a-z0-9-]{0,10}[a-z0-9]$/,
      "2 to 12 lower-case letters, digits and single hyphens, a letter first, and not shared, bootstrap or all",
    ),
    accountProblem("accountId", environment.accountId),
    regionProblem("region", environment.region),
    ...zoneProblems(zones, network.zoneCount ?? 2),
    logRetentionProblem("logRetentionDays", environment.logRetentionDays),
    ...stateProblems(environment.state, environment.shared),
    tier === "prod" && environment.state.kind === "local"
      ? `state.kind must be "s3" or "cloud" in prod, got "local"; a state file on one machine is neither shared, locked nor encrypted`
      : undefined,
    bucketElsewhereProblem(environment),
    ...within("network", vpcProblems(network)),
    ...within("loadBalancer", loadBalancerProblems(environment.loadBalancer)),
    isRouted(environment) ? loadBalancerVpcProblem("network.cidr", network.cidr) : undefined,
    ...within("cluster", clusterProblems(environment.cluster)),
    ...(domain ? within("domain.dns", dnsProblems(domain.dns)) : []),
    ...domainProblems(environment),
    ...(database ? within("database", [...postgresProblems(database), ...databaseTierProblems(environment)]) : []),
    ...within("cache", cacheProblems(cache)),
    ...Object.entries(environment.buckets).flatMap(([name, settings]) =>
      within(`buckets.${name}`, bucketProblems(settings)),
    ),
    ...serviceProblems(environment),
    ...siteProblems(environment),
    ...deliveryProblems(environment),
    ...nameProblems(environment),
  ];
}

function cacheProblems(cache: ResolvedEnvironment["cache"]): Problems {
  switch (cache.kind) {
    case "replication-group":
      return replicationGroupProblems(cache);
    case "serverless":
      return serverlessCacheProblems(cache);
    case "upstash":
      return upstashRedisProblems(cache);
    case "sidecar":
      return redisSidecarProblems(cache);
    case "none":
      return [];
    default:
      return [
        notOneOf("kind", (cache as { kind: string }).kind, [
          "replication-group",
          "serverless",
          "upstash",
          "sidecar",
          "none",
        ]),
      ];
  }
}

function databaseTierProblems({ tier, database }: ResolvedEnvironment): Problems {
  const days = database?.backupRetentionDays;
  return tier === "prod" && days !== undefined && days < 7
    ? [`backupRetentionDays must be at least 7 in prod, got ${days}; it is the window for point-in-time recovery`]
    : [];
}

function domainProblems(environment: ResolvedEnvironment): Problems {
  const { tier, domain } = environment;
  if (!domain) {
    return tier === "prod" && isRouted(environment)
      ? ["domain must be set in prod, got none; without a name there is no certificate and so no HTTPS"]
      : [];
  }
  const { name, dns } = domain;
  return [
    notMatching(
      "domain.name",
      name,
      /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
      "a domain name in lower case",
    ),
    name === dns.zoneName || name.endsWith(`.${dns.zoneName}`)
      ? undefined
      : `domain.name must be ${shown(dns.zoneName)} or end in ${shown(`.${dns.zoneName}`)}, which is the zone, got ${shown(name)}`,
  ];
}

function zoneProblems(zones: readonly string[], zoneCount: number): Problems {
  return [
    ...zones.map((letter, index) => notMatching(`zones.${index}`, letter, /^[a-f]$/, "a letter from a to f")),
    new Set(zones).size === zones.length ? undefined : `zones must name each zone once, got ${shown(zones)}`,
    zones.length >= zoneCount
      ? undefined
      : `zones must name at least ${zoneCount} zones, as network.zoneCount says, got ${shown(zones)}`,
  ];
}

function stateProblems(state: StateSettings, shared: Shared): Problems {
  switch (state.kind) {
    case "local":
      return [];
    case "s3":
      return [
        notMatching(
          "state.bucket",
          state.bucket,
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
          "an S3 bucket name of 3 to 63 characters",
        ),
        state.region === shared.region ? undefined : regionProblem("state.region", state.region), // else said of the shared one
      ];
    case "cloud":
      return [
        notMatching(
          "state.organization",
          state.organization,
          /^[A-Za-z0-9_-]{3,40}$/,
          "3 to 40 letters, digits, hyphens and underscores",
        ),
        notMatching(
          "state.projectName",
          state.projectName,
          /^[A-Za-z0-9_-]{3,40}$/,
          "3 to 40 letters, digits, hyphens and underscores (no spaces: it becomes part of the trust subject)",
        ),
        notMatching("state.hostname", state.hostname, /^[a-z0-9.-]+(:\d+)?$/, "a host name"),
      ];
    default:
      return [notOneOf("state.kind", (state as { kind: string }).kind, ["local", "s3", "cloud"])];
  }
}

/** The bootstrap stack makes its bucket in the shared account; another account's roles could not reach it. */
function bucketElsewhereProblem({ accountId, shared, state }: ResolvedEnvironment): string | undefined {
  if (state.kind !== "s3" || accountId === shared.accountId) return undefined;
  return state.bucket === stateBucketName(shared.project, shared.accountId)
    ? `state.bucket must be named for an environment outside the shared account, got ${shown(state.bucket)}, which is in account ${shared.accountId}`
    : undefined;
}

function togetherProblems(environments: readonly ResolvedEnvironment[]): string[] {
  const problems: string[] = [];
  environments.forEach((one, index) => {
    for (const other of environments.slice(0, index)) {
      if (one.name === other.name)
        problems.push(`${one.name}.name must differ from every other environment's, got ${shown(one.name)} twice`);
      if (one.name.startsWith(`${other.name}-`) || other.name.startsWith(`${one.name}-`)) {
        problems.push(
          `${one.name}.name must not begin like ${shown(other.name)} and a hyphen, or the other way round, got ${shown(one.name)}; roles reach what is named after their environment`,
        );
      }
      if (one.shared.project !== other.shared.project) {
        problems.push(
          `${one.name}.shared.project must be ${shown(other.shared.project)} as in ${other.name}, got ${shown(one.shared.project)}`,
        );
      } else if (JSON.stringify(one.shared) !== JSON.stringify(other.shared)) {
        problems.push(`${one.name}.shared must be the same value as in ${other.name}; what is shared is made once`);
      }
      for (const host of publicNames(one).filter((name) => publicNames(other).includes(name))) {
        problems.push(`${one.name} must not answer at a host of ${other.name}, got ${shown(host)} in both`);
      }
      if (bothCidrs(one, other) && cidrOverlaps(one.network.cidr, other.network.cidr)) {
        problems.push(
          `${one.name}.network.cidr must not overlap that of ${other.name} (${other.network.cidr}), got ${shown(one.network.cidr)}; they could never be peered`,
        );
      }
    }
  });
  return problems;
}

function isRouted({ services }: ResolvedEnvironment): boolean {
  return Object.values(services).some(({ routing }) => routing !== undefined);
}

/** Every host an environment answers at. */
function publicNames({ services, sites }: ResolvedEnvironment): string[] {
  const domains = Object.values(sites).flatMap(({ domain }) => (domain === undefined ? [] : [domain]));
  return [...routedHosts(services), ...domains];
}

/** Whether both ranges can be read at all; if not, that is said elsewhere. */
function bothCidrs(...environments: ResolvedEnvironment[]): boolean {
  return environments.every(({ network }) => cidrProblem("cidr", network.cidr) === undefined);
}

function accountProblem(name: string, value: string | undefined): string | undefined {
  return notMatching(name, value, /^\d{12}$/, "the 12 digits of an AWS account, as a string");
}

function regionProblem(name: string, value: string | undefined): string | undefined {
  return notMatching(
    name,
    value,
    /^(?!cn-|us-gov-|us-iso)[a-z]{2}-[a-z]+-\d$/,
    "an AWS region such as eu-west-3 (China and GovCloud are other partitions, which groundplan does not know)",
  );
}
