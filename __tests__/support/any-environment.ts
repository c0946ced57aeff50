import fc from "fast-check";
import type { CacheSettings, DatabaseSettings, Environment, ServiceSettings } from "../../envs/environment";
import { LOG_RETENTION_DAYS } from "../../modules/monitoring/log-retention";
import { shared } from "./environments";

type Described<T> = { readonly [K in keyof T]: fc.Arbitrary<T[K]> };

/** Any subset of these settings, each with any of its values; what is absent takes its default. */
function settings<T>(model: Described<T>): fc.Arbitrary<Partial<T>> {
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const oneOf = <const T>(...values: T[]) => fc.constantFrom(...values);
const days = oneOf(...LOG_RETENTION_DAYS);

const network = fc
  .record({
    block: fc.integer({ min: 0, max: 255 }),
    prefix: fc.integer({ min: 16, max: 22 }),
    rest: settings({
      zoneCount: oneOf(2 as const, 3 as const),
      nat: oneOf("none" as const, "instance" as const, "single" as const, "per-zone" as const),
      flowLogs: fc.boolean(),
      flowLogRetentionDays: days,
      interfaceEndpoints: fc.uniqueArray(
        oneOf("ecr.api" as const, "ecr.dkr" as const, "logs" as const, "ssm" as const),
      ),
    }),
  })
  .map(({ block, prefix, rest }) => ({ cidr: `10.${block}.0.0/${prefix}`, ...rest }));

const postgres: fc.Arbitrary<DatabaseSettings> = settings({
  version: oneOf("15", "16", "17"),
  instanceClass: oneOf("db.t4g.micro", "db.m7g.large", "db.r6g.xlarge"),
  storageGiB: fc.integer({ min: 20, max: 400 }),
  multiAz: fc.boolean(),
  backupRetentionDays: fc.integer({ min: 7, max: 35 }),
  performanceInsights: fc.boolean(),
  monitoringIntervalSeconds: oneOf(0 as const, 15 as const, 60 as const),
  readReplicas: fc.integer({ min: 0, max: 3 }),
  iamAuthentication: fc.boolean(),
  logRetentionDays: days,
}).map((rest) => ({ engine: "postgres" as const, ...rest }));

const mysql: fc.Arbitrary<DatabaseSettings> = settings({
  version: oneOf("8.0", "8.4"),
  instanceClass: oneOf("db.t4g.micro", "db.m7g.large"),
  storageGiB: fc.integer({ min: 20, max: 400 }),
  multiAz: fc.boolean(),
  readReplicas: fc.integer({ min: 0, max: 2 }),
}).map((rest) => ({ engine: "mysql" as const, ...rest }));

const aurora: fc.Arbitrary<DatabaseSettings> = fc.record({
  engine: oneOf("aurora-postgresql" as const, "aurora-mysql" as const),
  instanceClass: oneOf("db.t4g.medium", "db.r6g.large"),
  readers: oneOf({ min: 0 }, { min: 1, max: 1 }, { min: 1, max: 3 }),
  backupRetentionDays: fc.integer({ min: 7, max: 35 }),
});

const database = fc.oneof(postgres, mysql, aurora);

const cache: fc.Arbitrary<CacheSettings> = fc.oneof(
  fc.constant({ kind: "none" } as const),
  settings({ dataMiB: fc.integer({ min: 16, max: 128 }) }).map((rest) => ({ kind: "sidecar" as const, ...rest })),
  settings({
    engine: oneOf("valkey" as const, "redis" as const),
    nodeType: oneOf("cache.t4g.micro", "cache.r7g.large"),
    replicas: fc.integer({ min: 1, max: 5 }),
    snapshotRetentionDays: fc.integer({ min: 0, max: 35 }),
  }).map((rest) => ({ kind: "replication-group" as const, ...rest })),
  settings({ engine: oneOf("valkey" as const, "redis" as const), maxDataGB: fc.integer({ min: 1, max: 5000 }) }).map(
    (rest) => ({ kind: "serverless" as const, ...rest }),
  ),
  settings({ eviction: fc.boolean() }).map((rest) => ({
    kind: "upstash" as const,
    primaryRegion: "eu-west-1" as const,
    ...rest,
  })),
  settings({ instanceType: oneOf("t4g.micro", "t3.small"), dataMiB: fc.integer({ min: 16, max: 512 }) }).map(
    (rest) => ({ kind: "host" as const, ...rest }),
  ),
);

const image = { repository: "api", tag: "v1" };

const size = oneOf([256, 512], [512, 1024], [1024, 8192], [4096, 8192]).map(([cpuUnits, memoryMiB]) => ({
  cpuUnits,
  memoryMiB,
}));

const service = fc
  .record({
    size,
    rest: settings({
      architecture: oneOf("x86_64" as const, "arm64" as const),
      spotShare: fc.integer({ min: 0, max: 100 }),
      releases: oneOf("pipeline" as const, "terraform" as const),
      logRetentionDays: days,
      environment: fc.dictionary(fc.stringMatching(/^[A-Z]{3,8}_URL$/), fc.constantFrom("a", "b"), { maxKeys: 3 }),
    }),
    tasks: fc.integer({ min: 1, max: 5 }),
    more: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ size, rest, tasks, more }) => ({
    kind: "fargate" as const,
    image,
    ...size,
    ...rest,
    minTasks: tasks,
    maxTasks: tasks + more,
  }));

const host = settings({
  instanceType: oneOf("t4g.micro", "t3.small", "m7g.large"),
  diskGiB: fc.integer({ min: 16, max: 100 }),
  environment: fc.constant({ LOG_LEVEL: "debug" }),
}).map((rest) => ({ kind: "docker-host" as const, image, ...rest }));

const runner = settings({ concurrency: fc.integer({ min: 1, max: 200 }) }).map((rest) => ({
  kind: "app-runner" as const,
  image,
  port: 8080,
  ...rest,
}));

/** A service, and whether it answers at a name of the zone; App Runner has names of its own, and no container beside it. */
const anyService = fc.record({
  service: fc.oneof({ weight: 2, arbitrary: service }, host, runner),
  named: fc.boolean(),
});

function withNames(key: string, { service, named }: Named, priority: number, cache: CacheSettings): ServiceSettings {
  const hosts = [`${key}.example.com`];
  switch (service.kind) {
    case "fargate":
      return named ? { ...service, port: 8080, routing: { hosts, priority } } : service;
    case "docker-host":
      return named ? { ...service, port: 8080, hosts } : service;
    case "app-runner":
      return cache.kind === "sidecar" ? { ...service, connects: [] } : service;
    case "render":
      return service;
  }
}

interface Named {
  readonly service: ServiceSettings;
  readonly named: boolean;
}

/** Any name but that of the host of a cache. */
const name = fc.stringMatching(/^[a-z]{2,6}(-[a-z0-9]{1,4})?$/).filter((one) => one !== "cache");

/** Any valid environment. */
export function anyEnvironment(environmentName = "staging"): fc.Arbitrary<Environment> {
  return fc
    .record({
      tier: oneOf("staging" as const, "prod" as const),
      network,
      database: fc.option(database, { nil: undefined }),
      cache,
      services: fc.dictionary(name, anyService, { maxKeys: 3 }),
      tasks: fc.uniqueArray(name, { maxLength: 1 }),
      secrets: fc.uniqueArray(name, { maxLength: 1 }),
      monitored: fc.boolean(),
      buckets: fc.uniqueArray(name, { maxLength: 2 }),
      dns: oneOf("route53" as const, "cloudflare" as const),
      site: fc.boolean(),
      logRetentionDays: fc.option(days, { nil: undefined }),
    })
    .map(
      ({
        tier,
        network,
        database,
        cache,
        services,
        tasks,
        secrets,
        monitored,
        buckets,
        dns,
        site,
        logRetentionDays,
      }): Environment => ({
        name: environmentName,
        tier,
        shared,
        state: { kind: "s3" as const },
        network,
        database,
        cache,
        logRetentionDays,
        domain: {
          name: "example.com",
          dns:
            dns === "route53"
              ? { kind: dns, zoneId: "Z0123456789ABC", zoneName: "example.com" }
              : { kind: dns, zoneId: "fedcba9876543210fedcba9876543210", zoneName: "example.com" },
        },
        services: Object.fromEntries(
          Object.entries(services).map(([key, one], index) => [key, withNames(key, one, index + 1, cache)]),
        ),
        tasks: Object.fromEntries(tasks.map((task) => [task, { image }])),
        secrets: Object.fromEntries(secrets.map((secret) => [secret, {}])),
        monitoring: monitored ? { notify: { emails: ["oncall@example.com"] } } : undefined,
        buckets: Object.fromEntries(buckets.map((bucket) => [bucket, {}])),
        sites: site
          ? {
              web: {
                kind: "cloudflare-pages" as const,
                repository: { owner: "acme", name: "web" },
                domain: "www.example.com",
              },
            }
          : {},
      }),
    );
}
