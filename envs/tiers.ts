import { REDIS_SIDECAR, redisSidecar } from "../modules/cache/redis-sidecar-settings";
import { stateBucketName } from "../modules/storage/state-bucket-name";
import type {
  CacheSettings,
  CloudState,
  DatabaseSettings,
  Environment,
  LocalState,
  S3State,
  ServiceSettings,
  Shared,
  StateSettings,
  Tier,
} from "./environment";

/**
 * What each tier chooses where the modules' own defaults, which are made for prod, cost too much or are too little.
 * Anything here can be overridden in an environment's file.
 */
export const TIER_DEFAULTS = {
  staging: {
    logRetentionDays: 14,
    network: { zoneCount: 2, nat: "single", flowLogs: false },
    loadBalancer: { accessLogs: false },
    cluster: { containerInsights: "disabled" },
    database: { multiAz: false, backupRetentionDays: 2, performanceInsights: false, monitoringIntervalSeconds: 0 },
    replicationGroup: { replicas: 0, snapshotRetentionDays: 0 },
    serverlessCache: { snapshotRetentionDays: 0 },
    service: { minTasks: 1, maxTasks: 2, spotShare: 100 },
  },
  prod: {
    logRetentionDays: 365,
    network: { zoneCount: 3, nat: "per-zone", flowLogs: true },
    loadBalancer: { accessLogs: true },
    cluster: { containerInsights: "enhanced" },
    database: { multiAz: true, backupRetentionDays: 14, performanceInsights: true, monitoringIntervalSeconds: 60 },
    replicationGroup: { replicas: 1, snapshotRetentionDays: 7 },
    serverlessCache: { snapshotRetentionDays: 7 },
    service: { minTasks: 2, maxTasks: 4, spotShare: 0 },
  },
} as const satisfies Record<Tier, object>;

/** Where state is kept, with nothing left to fill in that two stacks could fill in differently. */
export type ResolvedState = LocalState | Required<S3State> | CloudState;

/** An environment with the defaults of its tier filled in: what the stacks build, and what a reader can print. */
export interface ResolvedEnvironment extends Omit<Environment, "state"> {
  /** AWS account. */
  readonly accountId: string;

  /** AWS region. */
  readonly region: string;

  /** Letters of the Availability Zones, in order. */
  readonly zones: readonly string[];

  /** Where Terraform keeps the state. */
  readonly state: ResolvedState;

  /** The cache, or that there is none. */
  readonly cache: CacheSettings;

  /** Services by name, with the defaults of the tier. */
  readonly services: Readonly<Record<string, ServiceSettings>>;

  /** Sites by name. */
  readonly sites: NonNullable<Environment["sites"]>;

  /** Buckets by name. */
  readonly buckets: NonNullable<Environment["buckets"]>;

  /** What is chosen about the load balancer. */
  readonly loadBalancer: NonNullable<Environment["loadBalancer"]>;

  /** What is chosen about the ECS cluster. */
  readonly cluster: NonNullable<Environment["cluster"]>;

  /** How long logs are kept, in days. */
  readonly logRetentionDays: number;

  /** Whether it may be destroyed whole: staging may. */
  readonly destroyable: boolean;
}

/** Fills in the defaults of the tier. What an environment states always wins. */
export function resolveEnvironment(environment: Environment): ResolvedEnvironment {
  const defaults = TIER_DEFAULTS[environment.tier];
  const { shared, logRetentionDays = defaults.logRetentionDays } = environment;
  const logs = { logRetentionDays };
  return {
    ...environment,
    accountId: environment.accountId ?? shared.accountId,
    region: environment.region ?? shared.region,
    zones: environment.zones ?? ["a", "b", "c"],
    state: resolvedState(shared, environment.state),
    logRetentionDays,
    destroyable: environment.tier !== "prod",
    network: filled({ ...defaults.network, flowLogRetentionDays: logRetentionDays }, environment.network),
    loadBalancer: filled(
      { ...defaults.loadBalancer, accessLogRetentionDays: logRetentionDays },
      environment.loadBalancer,
    ),
    cluster: filled({ ...defaults.cluster, ...logs }, environment.cluster),
    database: environment.database && filled<DatabaseSettings>({ ...defaults.database, ...logs }, environment.database),
    cache: resolvedCache(environment, logRetentionDays),
    services: mapped(environment.services, (service) =>
      withSidecarCache(filled<ServiceSettings>({ ...defaults.service, ...logs }, service), environment.cache),
    ),
    sites: environment.sites ?? {},
    buckets: environment.buckets ?? {},
  };
}

/** Where state is kept, with the bucket and its region written out; without a choice, where the shared stack keeps its own. */
export function resolvedState(shared: Shared, chosen?: StateSettings): ResolvedState {
  const state = chosen ?? shared.state ?? { kind: "local" };
  if (state.kind !== "s3") return state;
  const { bucket = stateBucketName(shared.project, shared.accountId), region = shared.region } = state;
  return { kind: "s3", bucket, region };
}

/** A service that is connected to a cache of kind `sidecar` gets it as one more container, and starts after it. */
function withSidecarCache(service: ServiceSettings, cache: CacheSettings | undefined): ServiceSettings {
  if (cache?.kind !== "sidecar" || !(service.connects?.includes("cache") ?? true)) return service;
  return {
    ...service,
    sidecars: { [REDIS_SIDECAR]: redisSidecar(cache), ...service.sidecars },
    dependsOn: { [REDIS_SIDECAR]: "HEALTHY", ...service.dependsOn },
  };
}

function resolvedCache({ cache = { kind: "none" }, tier }: Environment, logRetentionDays: number): CacheSettings {
  const defaults = TIER_DEFAULTS[tier];
  switch (cache.kind) {
    case "replication-group":
      return filled<typeof cache>({ ...defaults.replicationGroup, logRetentionDays }, cache);
    case "serverless":
      return filled<typeof cache>(defaults.serverlessCache, cache);
    default:
      return cache;
  }
}

/** `given` over `defaults`; unlike a spread, a value that is there but undefined leaves the default standing. */
function filled<T extends object>(defaults: Partial<T>, given: T | undefined): T {
  const stated = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(stated) } as T;
}

function mapped<T>(record: Readonly<Record<string, T>> = {}, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
