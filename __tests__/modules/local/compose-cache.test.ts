import { cacheService, cacheVariables } from "../../../modules/local/compose-cache";
import type { LocalCache } from "../../../modules/local/compose-settings";

describe("cacheService", () => {
  test.each<[LocalCache, string, string]>([
    [{ kind: "replication-group" }, "valkey/valkey:8.1.4-alpine", "valkey"],
    [{ kind: "replication-group", version: "7.2" }, "valkey/valkey:7.2.11-alpine", "valkey"],
    [{ kind: "replication-group", engine: "redis" }, "redis:7.2.16-alpine", "redis"],
    [{ kind: "serverless" }, "valkey/valkey:8.1.4-alpine", "valkey"],
    [{ kind: "serverless", majorVersion: "9" }, "valkey/valkey:9.0.1-alpine", "valkey"],
    [{ kind: "upstash" }, "redis:7.2.16-alpine", "redis"],
    [{ kind: "sidecar" }, "public.ecr.aws/docker/library/redis:7.4.7-alpine", "redis"],
    [{ kind: "host", uri: "redis:7.4.1" }, "redis:7.4.1", "redis"],
  ])("of %j is %s", (cache, image, program) => {
    const { command, healthcheck, ...service } = cacheService(cache);
    expect(service).toMatchObject({ image, ports: ["127.0.0.1:6379:6379"] });
    expect(command).toEqual([`${program}-server`, "--save", "", "--appendonly", "no"]);
    expect(healthcheck?.test).toEqual(["CMD", `${program}-cli`, "ping"]);
  });
});

describe("cacheVariables", () => {
  test.each(["replication-group", "serverless"] as const)(
    "of %s are ElastiCache's, but for what a token needs",
    (kind) => {
      expect(cacheVariables({ kind })).toEqual({
        REDIS_HOST: "cache",
        REDIS_PORT: "6379",
        REDIS_USER: "default",
        REDIS_CLUSTER: "false",
        REDIS_SERVERLESS: "false",
      });
    },
  );

  test.each(["upstash", "sidecar", "host"] as const)("of %s are one address", (kind) => {
    expect(cacheVariables({ kind })).toEqual({ REDIS_URL: "redis://cache:6379" });
  });

  test("of none are none", () => {
    expect(cacheVariables({ kind: "none" })).toEqual({});
  });
});
