import { REDIS_SIDECAR, redisSidecar } from "../modules/cache/redis-sidecar-settings";
import type { PipelineSettings } from "../modules/delivery/pipeline-settings";
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
  TaskSettings,
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
    appRunner: { minInstances: 1, maxInstances: 2 },
  },
  prod: {
    logRetentionDays: 365,
    network: { zoneCount: 3, nat: "per-zone", flowLogs: true },
    loadBalancer: { accessLogs: true },
    cluster: { containerInsights: "enhanced" },
    database: { multiAz: true, backupRetentionDays: 14, monitoringIntervalSeconds: 60 },
    replicationGroup: { replicas: 1, snapshotRetentionDays: 7 },
    serverlessCache: { snapshotRetentionDays: 7 },
    service: { minTasks: 2, maxTasks: 4, spotShare: 0 },
    appRunner: { minInstances: 1, maxInstances: 4 },
  },
} as const satisfies Record<Tier, object>;

/** State in Terraform Cloud, with where its runs are written out. */
export type ResolvedCloudState = CloudState & Required<Pick<CloudState, "executionMode">>;

/** Where state is kept, with nothing left to fill in that two stacks could fill in differently. */
export type ResolvedState = LocalState | Required<S3State> | ResolvedCloudState;

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

  /** Containers that run once, by name, with the defaults of the tier. */
  readonly tasks: Readonly<Record<string, TaskSettings>>;

  /** Secrets of the application by name. */
  readonly secrets: NonNullable<Environment["secrets"]>;

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
    network:
      environment.network &&
      filled({ ...defaults.network, flowLogRetentionDays: logRetentionDays }, environment.network),
    loadBalancer: filled(
      { ...defaults.loadBalancer, accessLogRetentionDays: logRetentionDays },
      environment.loadBalancer,
    ),
    cluster: filled({ ...defaults.cluster, ...logs }, environment.cluster),
    database: environment.database && resolvedDatabase(environment.database, environment.tier, logRetentionDays),
    cache: resolvedCache(environment, logRetentionDays),
    services: mapped(environment.services, (service) =>
      withSidecarCache(resolvedService(service, environment.tier, logRetentionDays), environment.cache),
    ),
    tasks: mapped(environment.tasks, (task) => filled<TaskSettings>(logs, task)),
    secrets: environment.secrets ?? {},
    sites: mapped(environment.sites, (site) =>
      site.kind === "cloudfront" && site.accessLogs
        ? filled<typeof site>({ accessLogRetentionDays: logRetentionDays }, site)
        : site,
    ),
    pipeline: environment.pipeline && {
      ...environment.pipeline,
      build: filled<NonNullable<PipelineSettings["build"]>>(logs, environment.pipeline.build),
    },
    buckets: environment.buckets ?? {},
  };
}

/** Where state is kept, with the bucket and its region written out; without a choice, where the shared stack keeps its own. */
export function resolvedState(shared: Shared, chosen?: StateSettings): ResolvedState {
  const state = chosen ?? shared.state ?? { kind: "local" };
  if (state.kind === "cloud") return { ...state, executionMode: state.executionMode ?? "remote" };
  if (state.kind !== "s3") return state;
  const { bucket = stateBucketName(shared.project, shared.accountId), region = shared.region } = state;
  return { kind: "s3", bucket, region };
}

/** Where the `platform` stack keeps its state, which is never in the cloud it makes. */
export function platformState(shared: Shared): Exclude<ResolvedState, CloudState> {
  const state = resolvedState(shared, shared.platformState);
  return state.kind === "cloud" ? { kind: "local" } : state;
}

/** Terraform Cloud, where it runs stacks of the environment that need AWS: it is given roles there. */
export function cloudRuns({ state, network }: Pick<ResolvedEnvironment, "state" | "network">) {
  return network !== undefined && state.kind === "cloud" && state.executionMode === "remote" ? state : undefined;
}

function resolvedService(service: ServiceSettings, tier: Tier, logRetentionDays: number): ServiceSettings {
  const defaults = TIER_DEFAULTS[tier];
  switch (service.kind) {
    case "fargate": {
      const { spotShare, ...tasks } = defaults.service;
      // CodeDeploy starts its tasks without the service's capacity providers
      const capacity = service.deployment?.kind === "blue-green" ? tasks : { ...tasks, spotShare };
      return filled<typeof service>({ ...capacity, logRetentionDays }, service);
    }
    case "docker-host":
      return filled<typeof service>({ logRetentionDays }, service);
    case "app-runner":
      return filled<typeof service>(defaults.appRunner, service);
    default:
      return service;
  }
}

/** A service that is connected to a cache of kind `sidecar` gets it as one more container beside its own, and starts after it. */
function withSidecarCache(service: ServiceSettings, cache: CacheSettings | undefined): ServiceSettings {
  if (cache?.kind !== "sidecar" || !(service.connects?.includes("cache") ?? true)) return service;
  if (service.kind === "docker-host") {
    const { kind: _kind, ...redis } = cache;
    return { ...service, redis: service.redis ?? redis };
  }
  if (service.kind !== "fargate") return service;
  return {
    ...service,
    sidecars: { [REDIS_SIDECAR]: redisSidecar(cache), ...service.sidecars },
    dependsOn: { [REDIS_SIDECAR]: "HEALTHY", ...service.dependsOn },
  };
}

function resolvedDatabase(database: DatabaseSettings, tier: Tier, logRetentionDays: number): DatabaseSettings {
  const { multiAz, ...defaults } = TIER_DEFAULTS[tier].database;
  switch (database.engine) {
    case "postgres":
    case "mysql":
      return filled<DatabaseSettings>({ multiAz, ...defaults, logRetentionDays }, database);
    case "aurora-postgresql":
    case "aurora-mysql":
      return filled<DatabaseSettings>({ ...defaults, logRetentionDays }, database);
    default:
      return database;
  }
}

function resolvedCache({ cache = { kind: "none" }, tier }: Environment, logRetentionDays: number): CacheSettings {
  const defaults = TIER_DEFAULTS[tier];
  switch (cache.kind) {
    case "replication-group":
      return filled<typeof cache>({ ...defaults.replicationGroup, logRetentionDays }, cache);
    case "host":
      return filled<typeof cache>({ logRetentionDays }, cache);
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
