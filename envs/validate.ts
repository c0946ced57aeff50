import { httpsListenerProblems } from "../modules/compute/https-listener-settings";
import { migrationsBastionOf, migrationsBastionProblems } from "../modules/compute/migrations-bastion-settings";
import { APP_RUNNER_WARNING } from "../modules/compute/app-runner-service-settings";
import { clusterProblems } from "../modules/compute/cluster-settings";
import { testListenerProblems } from "../modules/compute/test-listener-settings";
import { REDIS_SIDECAR } from "../modules/cache/redis-sidecar-settings";
import { dnsProblems } from "../modules/edge/dns-settings";
import { composeProblems } from "../modules/local/compose-settings";
import { logRetentionProblem } from "../modules/monitoring/log-retention";
import { monitoringProblems } from "../modules/monitoring/monitoring-settings";
import { rdsMaxConnections } from "../modules/monitoring/rds-max-connections";
import { cidrOverlaps, cidrProblem } from "../modules/network/cidr";
import { loadBalancerProblems, loadBalancerVpcProblem } from "../modules/network/load-balancer-settings";
import { vpcProblems } from "../modules/network/vpc-settings";
import { envFileBucketProblems } from "../modules/storage/env-file-bucket-settings";
import { imageRepositoryProblems } from "../modules/storage/image-repository-settings";
import { notMatching, notOneOf, shown, within } from "../modules/validation";
import type { Shared, System } from "./environment";
import { InvalidEnvironment } from "./invalid-environment";
import { isRouted, serviceHosts } from "../modules/compute/service-kinds";
import { localEnvironment } from "./local-environment";
import { regionProblem } from "./region";
import { resolveEnvironment, type ResolvedEnvironment } from "./tiers";
import { dataProblems } from "./validate-data";
import { deliveryProblems, pipelineTierProblems } from "./validate-delivery";
import { nameProblems } from "./validate-names";
import { environmentRecoveryProblems } from "./validate-recovery";
import { serviceProblems, taskProblems } from "./validate-services";
import { siteDomains, siteProblems } from "./validate-sites";
import { environmentStateProblems, sharedStateProblems, togetherStateProblems } from "./validate-state";

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
    ...(isRouted(environment.services) && domain === undefined
      ? ["domain is not set, so the load balancer answers plain HTTP; set a domain to get a certificate and HTTPS"]
      : []),
    ...Object.entries(services).flatMap(([name, service]) => {
      if (service.kind === "app-runner") return [`services.${name}: ${APP_RUNNER_WARNING}`];
      if (service.kind !== "fargate") return [];
      const { sidecars = {}, maxTasks = 1 } = service;
      if (!(REDIS_SIDECAR in sidecars) || maxTasks <= 1) return [];
      return [
        `services.${name}.maxTasks is ${maxTasks}, and each task has a Redis of its own in its sidecar: what one caches, the others do not see; set maxTasks to 1 or choose another cache`,
      ];
    }),
    ...connectionAlarmWarnings(environment),
  ];
}

/** An alarm that somebody expects, and that there is none of. */
function connectionAlarmWarnings({ monitoring, database }: ResolvedEnvironment): string[] {
  if (!monitoring || (database?.engine !== "postgres" && database?.engine !== "mysql")) return [];
  const { engine, parameters, instanceClass = "db.t4g.micro", readReplicas = 0 } = database;
  const { readReplicaInstanceClass = instanceClass } = database;
  const classes = readReplicas > 0 ? [instanceClass, readReplicaInstanceClass] : [instanceClass];
  const warnings = classes.flatMap((one) => rdsMaxConnections(engine, one, parameters).warning ?? []);
  return [...new Set(warnings)].map((warning) => `database: ${warning}`);
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
    ...sharedStateProblems(shared),
    ...Object.entries(shared.images ?? {}).flatMap(([name, settings]) =>
      within(`images.${name}`, imageRepositoryProblems(settings, shared.accountId)),
    ),
    notMatching("vercelTeamId", shared.vercelTeamId, /^team_\w+$/, "the id of a team at Vercel, team_…"),
    ...(shared.envFiles ? within("envFiles", envFileBucketProblems(shared.envFiles)) : []),
    ...(shared.migrations ? within("migrations", bastionProblems(shared, shared.migrations)) : []),
  ];
}

function bastionProblems({ images = {}, envFiles }: Shared, settings: NonNullable<Shared["migrations"]>): Problems {
  const known = Object.keys(images);
  return [
    ...migrationsBastionProblems(settings),
    known.includes(settings.repository)
      ? undefined
      : `repository must be one of shared.images (${known.join(", ") || "none"}), got ${shown(settings.repository)}`,
    settings.envFile && !envFiles ? "envFile needs shared.envFiles, the bucket it comes from, got none" : undefined,
  ];
}

function environmentProblems(environment: ResolvedEnvironment): Problems {
  const { zones, domain, monitoring } = environment;
  return [
    notMatching(
      "name",
      environment.name,
      /^(?!shared$|bootstrap$|platform$|all$)[a-z](?!.*--)[a-z0-9-]{0,10}[a-z0-9]$/,
      "2 to 12 lower-case letters, digits and single hyphens, a letter first, and not shared, bootstrap, platform or all",
    ),
    accountProblem("accountId", environment.accountId),
    regionProblem("region", environment.region),
    ...zoneProblems(zones, environment.network?.zoneCount ?? 2),
    logRetentionProblem("logRetentionDays", environment.logRetentionDays),
    ...environmentStateProblems(environment),
    ...networkProblems(environment),
    ...within("cluster", clusterProblems(environment.cluster)),
    ...(domain ? within("domain.dns", dnsProblems(domain.dns)) : []),
    ...domainProblems(environment),
    ...dataProblems(environment),
    ...serviceProblems(environment),
    ...taskProblems(environment),
    ...siteProblems(environment),
    ...deliveryProblems(environment),
    ...pipelineTierProblems(environment),
    ...(monitoring ? within("monitoring", monitoringProblems(monitoring)) : []),
    monitoring && !environment.network
      ? "monitoring must be left out without a network; it watches what is in AWS"
      : undefined,
    ...environmentRecoveryProblems(environment),
    ...migrationsProblems(environment),
    ...localProblems(environment),
    ...nameProblems(environment),
  ];
}

function networkProblems(environment: ResolvedEnvironment): Problems {
  const { network, loadBalancer, listener = {}, testListener = {} } = environment;
  if (!network) return [];
  return [
    ...within("network", vpcProblems(network)),
    ...within("loadBalancer", loadBalancerProblems(loadBalancer)),
    ...within("listener", httpsListenerProblems(listener)),
    ...within("testListener", testListenerProblems(testListener)),
    isRouted(environment.services) ? loadBalancerVpcProblem("network.cidr", network.cidr) : undefined,
  ];
}

/** What would be wrong with a Compose file is said where somebody asks how a service runs locally, and not of an environment that asks for none. */
function localProblems(environment: ResolvedEnvironment): Problems {
  const { local } = environment;
  if (!local) return [];
  const input = localEnvironment(environment);
  const known = Object.keys(input.services);
  return within("local", [
    ...Object.keys(local).map((name) =>
      known.includes(name)
        ? undefined
        : `${name} must be a service that can run locally (${known.join(", ") || "none"}), got ${shown(name)}`,
    ),
    ...composeProblems(input),
  ]);
}

/** The bastion is peered with the environments, which works within one account and region, and with ranges that differ. */
function migrationsProblems({ shared, accountId, region, network }: ResolvedEnvironment): Problems {
  if (!shared.migrations || !network) return [];
  const { cidr } = migrationsBastionOf(shared.migrations);
  const readable = [cidr, network.cidr].every((range) => cidrProblem("cidr", range) === undefined);
  return [
    accountId === shared.accountId
      ? undefined
      : `accountId must be the shared one with shared.migrations (${shared.accountId}), got ${shown(accountId)}; the bastion's network is in it`,
    region === shared.region
      ? undefined
      : `region must be the shared one with shared.migrations (${shared.region}), got ${shown(region)}; the bastion's network is in it`,
    readable && cidrOverlaps(cidr, network.cidr)
      ? `network.cidr must not overlap that of shared.migrations (${cidr}), got ${shown(network.cidr)}; they are peered`
      : undefined,
  ];
}

function domainProblems(environment: ResolvedEnvironment): Problems {
  const { tier, domain } = environment;
  if (!domain) {
    return tier === "prod" && isRouted(environment.services)
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
      for (const host of publicHosts(one).filter((name) => publicHosts(other).includes(name))) {
        problems.push(`${one.name} must not answer at a host of ${other.name}, got ${shown(host)} in both`);
      }
      problems.push(...overlapProblems(one, other));
      problems.push(...togetherStateProblems(one, other));
    }
  });
  return problems;
}

/** Every name at which an environment answers. */
function publicHosts({ services, sites }: ResolvedEnvironment): string[] {
  const ofSites = Object.values(sites).flatMap((site) => Object.values(siteDomains(site)));
  return [...new Set([...serviceHosts(services), ...ofSites])];
}

/** Networks that overlap could never be peered; those in a second region count too. */
function overlapProblems(one: ResolvedEnvironment, other: ResolvedEnvironment): string[] {
  return rangesOf(one).flatMap(([path, range]) =>
    rangesOf(other).flatMap(([, taken]) =>
      cidrOverlaps(range, taken)
        ? [
            `${one.name}.${path} must not overlap that of ${other.name} (${taken}), got ${shown(range)}; they could never be peered`,
          ]
        : [],
    ),
  );
}

/** The ranges of an environment that can be read at all; of the others it is said elsewhere. */
function rangesOf({ network, recovery }: ResolvedEnvironment): Array<readonly [string, string]> {
  const ranges = [
    ["network.cidr", network?.cidr],
    ["recovery.cidr", recovery?.cidr],
  ] as const;
  return ranges.flatMap(([path, range]) =>
    range !== undefined && cidrProblem("cidr", range) === undefined ? [[path, range] as const] : [],
  );
}

function accountProblem(name: string, value: string | undefined): string | undefined {
  return notMatching(name, value, /^\d{12}$/, "the 12 digits of an AWS account, as a string");
}
