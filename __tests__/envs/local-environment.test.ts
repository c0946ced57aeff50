import type { DatabaseSettings, Environment } from "../../envs/environment";
import { localEnvironment } from "../../envs/local-environment";
import { resolveEnvironment } from "../../envs/tiers";
import { api, staging } from "../support/environments";

const local = (overrides: Partial<Environment> = {}) => localEnvironment(resolveEnvironment(staging(overrides)));

describe("localEnvironment", () => {
  test("has the names, the registry, the cache and the buckets of the environment", () => {
    expect(local({ cache: { kind: "sidecar", dataMiB: 32 }, buckets: { uploads: {} } })).toEqual({
      project: "acme",
      environment: "staging",
      services: {},
      database: undefined,
      cache: { kind: "sidecar", dataMiB: 32 },
      buckets: { uploads: {} },
      registry: { accountId: "123456789012", region: "eu-west-3" },
    });
  });

  test("has every service that can run anywhere, with how it is built here", () => {
    const { image } = api;
    const services = {
      api,
      host: { kind: "docker-host", image },
      runner: { kind: "app-runner", image, port: 80, startCommand: "serve" },
      away: { kind: "render", source: { kind: "image", url: "ghcr.io/acme/api", tag: "v1" } },
    } as const;
    const found = local({ services, local: { api: { context: "./api" } } }).services;
    expect(Object.keys(found)).toEqual(["api", "host", "runner"]);
    expect(found["api"]).toMatchObject({ image, port: 3000, local: { context: "./api" } });
    expect(found["host"]).toMatchObject({ image, local: undefined });
    expect(found["runner"]).toEqual({ image, port: 80 });
  });

  test.each<[DatabaseSettings, object]>([
    [
      { engine: "postgres", version: "16" },
      { engine: "postgres", version: "16" },
    ],
    [
      { engine: "mysql", version: "8.4" },
      { engine: "mysql", version: "8.4" },
    ],
    [
      { engine: "aurora-postgresql", version: "16.4" },
      { engine: "postgres", version: "16" },
    ],
    [{ engine: "aurora-mysql" }, { engine: "mysql", version: "8.0" }],
    [
      { engine: "neon", neonRegion: "aws-us-east-1", databaseName: "shop", roleName: "owner" },
      { engine: "postgres", version: "17", databaseName: "shop", masterUsername: "owner" },
    ],
  ])("has for the database %j one like %j", (database, like) => {
    expect(local({ database, network: { cidr: "10.10.0.0/16" } }).database).toMatchObject(like);
  });
});
