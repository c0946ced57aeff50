import { resolveEnvironment, TIER_DEFAULTS } from "../../envs/tiers";
import { api, domain, prod, staging } from "../support/environments";

describe("resolveEnvironment", () => {
  const database = { engine: "postgres" } as const;

  test("makes staging cheap and destroyable", () => {
    expect(resolveEnvironment(staging({ database, domain, services: { api } }))).toMatchObject({
      destroyable: true,
      logRetentionDays: 14,
      network: { zoneCount: 2, nat: "single", flowLogs: false, flowLogRetentionDays: 14 },
      loadBalancer: { accessLogs: false },
      database: { multiAz: false, backupRetentionDays: 2, logRetentionDays: 14 },
      services: { api: { minTasks: 1, spotShare: 100, logRetentionDays: 14 } },
    });
  });

  test("makes prod redundant and protected", () => {
    expect(resolveEnvironment(prod({ database, domain, services: { api } }))).toMatchObject({
      destroyable: false,
      logRetentionDays: 365,
      network: { zoneCount: 3, nat: "per-zone", flowLogs: true },
      loadBalancer: { accessLogs: true },
      database: { multiAz: true, backupRetentionDays: 14, monitoringIntervalSeconds: 60 },
      services: { api: { minTasks: 2, spotShare: 0 } },
    });
  });

  test("lets what is stated win, and an explicit undefined take the default", () => {
    const resolved = resolveEnvironment(
      staging({ logRetentionDays: 30, network: { cidr: "10.10.0.0/16", nat: "none", zoneCount: undefined } }),
    );
    expect(resolved.network).toEqual({
      cidr: "10.10.0.0/16",
      nat: "none",
      zoneCount: 2,
      flowLogs: false,
      flowLogRetentionDays: 30,
    });
  });

  test("takes account, region and state from what is shared, unless stated", () => {
    expect(resolveEnvironment(staging())).toMatchObject({
      accountId: "123456789012",
      region: "eu-west-3",
      state: { kind: "local" },
      zones: ["a", "b", "c"],
      cache: { kind: "none" },
    });
    expect(resolveEnvironment(staging({ accountId: "210987654321", region: "us-east-1" }))).toMatchObject({
      accountId: "210987654321",
      region: "us-east-1",
    });
  });

  test("gives every kind of database its defaults, and Neon none", () => {
    const aurora = (environment: typeof staging) =>
      resolveEnvironment(environment({ database: { engine: "aurora-mysql" } })).database;
    expect(aurora(staging)).toEqual({
      engine: "aurora-mysql",
      backupRetentionDays: 2,
      performanceInsights: false,
      monitoringIntervalSeconds: 0,
      logRetentionDays: 14,
    });
    expect(aurora(prod)).toEqual({
      engine: "aurora-mysql",
      backupRetentionDays: 14,
      monitoringIntervalSeconds: 60,
      logRetentionDays: 365,
    });
    const neon = { engine: "neon", neonRegion: "aws-us-east-1" } as const;
    expect(resolveEnvironment(prod({ database: neon })).database).toEqual(neon);
  });

  test("gives each kind of service its defaults, and a task the logs' retention", () => {
    const { image } = api;
    const services = {
      host: { kind: "docker-host", image },
      runner: { kind: "app-runner", image, port: 80 },
      green: { ...api, deployment: { kind: "blue-green" } },
    } as const;
    const resolved = resolveEnvironment(prod({ domain, services, tasks: { migrate: { image } } }));
    expect(resolved.services).toEqual({
      host: { ...services.host, logRetentionDays: 365 },
      runner: { ...services.runner, minInstances: 1, maxInstances: 4 },
      green: { ...services.green, minTasks: 2, maxTasks: 4, logRetentionDays: 365 },
    });
    expect(resolved.tasks).toEqual({ migrate: { image, logRetentionDays: 365 } });
  });

  test("lets CodeDeploy start the tasks of blue/green services, which takes no Spot", () => {
    const service = { ...api, deployment: { kind: "blue-green" } } as const;
    expect(resolveEnvironment(staging({ services: { service } })).services["service"]).not.toHaveProperty("spotShare");
  });

  test("puts a cache in each task beside the services that are connected to it, and into no task that runs once", () => {
    const { image } = api;
    const resolved = resolveEnvironment(
      staging({
        cache: { kind: "sidecar", dataMiB: 32 },
        services: {
          api,
          alone: { ...api, connects: [] },
          host: { kind: "docker-host", image },
          apart: { kind: "docker-host", image, connects: [] },
        },
        tasks: { migrate: { image } },
      }),
    );
    expect(resolved.services["api"]).toMatchObject({
      sidecars: { redis: { memoryMiB: 64 } },
      dependsOn: { redis: "HEALTHY" },
    });
    expect(resolved.services["alone"]).not.toHaveProperty("sidecars");
    expect(resolved.services["host"]).toMatchObject({ redis: { dataMiB: 32 } });
    expect(resolved.services["apart"]).not.toHaveProperty("redis");
    expect(resolved.tasks["migrate"]).not.toHaveProperty("sidecars");
  });

  test("keeps the logs of a site, of a pipeline's builds and of a cache's host as long as the others", () => {
    const resolved = resolveEnvironment(
      staging({
        logRetentionDays: 30,
        cache: { kind: "host" },
        sites: { web: { kind: "cloudfront", accessLogs: true }, docs: { kind: "cloudfront" } },
        pipeline: { source: { owner: "acme", repository: "shop" }, services: {} },
      }),
    );
    expect(resolved.cache).toEqual({ kind: "host", logRetentionDays: 30 });
    expect(resolved.sites).toEqual({
      web: { kind: "cloudfront", accessLogs: true, accessLogRetentionDays: 30 },
      docs: { kind: "cloudfront" },
    });
    expect(resolved.pipeline?.build).toEqual({ logRetentionDays: 30 });
  });

  test("needs no network", () => {
    expect(resolveEnvironment(staging({ network: undefined })).network).toBeUndefined();
  });

  test("changes nothing of what it was given", () => {
    const given = staging({ database });
    const before = JSON.stringify(given);
    resolveEnvironment(given);
    expect(JSON.stringify(given)).toBe(before);
  });

  test("knows both tiers by the same subjects", () => {
    expect(Object.keys(TIER_DEFAULTS.staging)).toEqual(Object.keys(TIER_DEFAULTS.prod));
  });
});
