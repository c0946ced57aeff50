import type { AppRunnerServiceSettings } from "../../../modules/compute/app-runner-service-settings";
import type { FargateServiceSettings } from "../../../modules/compute/fargate-service-settings";
import {
  type ComposeInput,
  composeProblems,
  hostPortOf,
  type LocalService,
  type LocalSettings,
} from "../../../modules/local/compose-settings";
import { api, webApi } from "./example-compose";

const found = (input: Partial<ComposeInput>) =>
  composeProblems({ ...webApi, ...input }).filter((problem) => problem !== undefined);
const withLocal = (local: Partial<LocalSettings>, service: Partial<LocalService> = {}) =>
  found({ services: { api: { ...api, ...service, local: { context: "./api", ...local } } } });

describe("composeProblems", () => {
  test("pass an environment whose services are built here", () => {
    expect(found({})).toEqual([]);
  });

  test("take the settings of a service of any kind", () => {
    const fargate: FargateServiceSettings = { image: api.image, port: 3000, healthCheck: { path: "/health" } };
    const appRunner: AppRunnerServiceSettings = { image: { repository: "api", tag: "1" }, port: 4000 };
    const registry = { accountId: "111122223333", region: "eu-west-1" };
    expect(found({ registry, services: { api: fargate, hook: appRunner } })).toEqual([]);
  });

  test.each<Partial<LocalSettings>>([
    { context: "." },
    { context: "../api" },
    { context: "./apps/api/", dockerfile: "docker/Dockerfile.dev", workingDirectory: "/srv/app" },
    { sources: ["src", ".eslintrc", "packages/a.b"] },
    { port: 1024 },
    { port: 65_535 },
    { waitsFor: ["api"] },
  ])("pass %j", (local) => {
    expect(withLocal(local)).toEqual([]);
  });

  test.each<[Partial<LocalSettings>, string]>([
    [{ context: "/api" }, 'context must be a relative path that begins with a dot, got "/api"'],
    [{ context: "api" }, 'context must be a relative path that begins with a dot, got "api"'],
    [{ dockerfile: "../Dockerfile" }, 'dockerfile must be a path below the context, got "../Dockerfile"'],
    [{ workingDirectory: "app" }, 'workingDirectory must be an absolute path below the root, got "app"'],
    [{ sources: ["src/../.."] }, 'sources must be paths below the context, got "src/../.."'],
    [{ sources: ["."] }, 'sources must be paths below the context, got "."'],
    [{ command: [] }, "command must be at least one argument, got []"],
    [{ port: 1023 }, "port must be a whole number from 1024 to 65535, got 1023"],
    [{ waitsFor: ["worker"] }, 'waitsFor must be names of services, got "worker"'],
  ])("fail on %j", (local, message) => {
    expect(withLocal(local)).toEqual([`services.api.local.${message}`]);
  });

  test("fail on a port for a service without one", () => {
    expect(withLocal({ port: 4000 }, { port: undefined })).toEqual([
      "services.api.local.port must be left out for a service without one, got 4000",
    ]);
  });

  test.each<[Partial<ComposeInput>, string]>([
    [{ services: { Api: api } }, 'services must be named in lower-case letters, digits and hyphens, got "Api"'],
    [{ services: { cache: api } }, 'services must be named unlike database and cache, got "cache"'],
    [
      { services: { api: { image: api.image } } },
      "services.api.local must be given without a registry, got none; say which folder it is built from",
    ],
    [{ database: { engine: "mysql", version: "5.7" } }, 'database.version must be of one of 8.0, 8.4, got "5.7"'],
    [
      { cache: { kind: "serverless", engine: "redis", majorVersion: "8" } },
      "cache.version must be one that has an image, got one that has none",
    ],
    [{ cache: { kind: "sidecar", dataMiB: 8 } }, "cache.dataMiB must be a whole number from 16 to 4096, got 8"],
    [{ services: { api, hook: api } }, "services.hook.local.port must be free on this machine, got 4000 of api too"],
    [
      { services: { api: { ...api, port: 5432 } } },
      "services.api.local.port must be free on this machine, got 5432 of database too",
    ],
    [
      { database: undefined, services: { api: { ...api, port: 6379 } } },
      "services.api.local.port must be free on this machine, got 6379 of cache too",
    ],
  ])("fail on %j", (input, message) => {
    expect(found(input)).toEqual([message]);
  });
});

describe("hostPortOf", () => {
  test.each<[LocalService, number | undefined]>([
    [api, 4000],
    [{ ...api, local: { context: ".", port: 8080 } }, 8080],
    [{ ...api, port: undefined }, undefined],
  ])("of %j is %s", (service, port) => {
    expect(hostPortOf(service)).toBe(port);
  });
});
