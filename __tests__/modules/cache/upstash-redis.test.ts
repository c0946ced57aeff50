import { Token } from "cdktf";
import { UpstashProvider } from "../../../modules/cache/upstash/provider";
import { UpstashRedis, type UpstashRedisProps } from "../../../modules/cache/upstash-redis";
import type { Context } from "../../../modules/context";
import { context, resources, type Synthesized, synth } from "../../support/synth";

const secretArn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme-test-cache-AbCdEf";

function build(settings: Partial<UpstashRedisProps> = {}, overrides: Partial<Context> = {}): Synthesized {
  return synth((scope) => {
    new UpstashProvider(scope, "upstash");
    new UpstashRedis(scope, "cache", {
      context: context(overrides),
      secretArn,
      primaryRegion: "eu-west-1",
      ...settings,
    });
  });
}

const databases = (settings: Partial<UpstashRedisProps> = {}, overrides: Partial<Context> = {}) =>
  resources(build(settings, overrides), "upstash_redis_database");

describe("UpstashRedis", () => {
  test("falls back to the documented defaults, even for an explicit undefined, always over TLS and with its eviction stated", () => {
    const [{ "//": _path, ...database } = {}] = databases({
      eviction: undefined,
      budgetUsd: undefined,
      readRegions: undefined,
    });
    expect(database).toEqual({
      database_name: "acme-test-cache",
      region: "global",
      primary_region: "eu-west-1",
      tls: true,
      eviction: true,
      auto_scale: false,
      prod_pack: false,
      budget: 20,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("takes what an environment chooses", () => {
    expect(
      databases({
        thing: "queue",
        readRegions: ["us-east-1"],
        eviction: false,
        autoScale: true,
        prodPack: true,
        budgetUsd: 360,
        allowedCidrs: ["203.0.113.7/32"],
      })[0],
    ).toMatchObject({
      database_name: "acme-test-queue",
      tls: true,
      read_regions: ["us-east-1"],
      eviction: false,
      auto_scale: true,
      prod_pack: true,
      budget: 360,
      ip_allowlist: ["203.0.113.7/32"],
    });
  });

  test("can be destroyed in a destroyable context", () => {
    expect(databases({}, { destroyable: true })[0]).toMatchObject({ lifecycle: { prevent_destroy: false } });
  });

  test("writes the connection string as a write-only value whose version follows it", () => {
    const [{ "//": _path, ...version } = {}, ...others] = resources(build(), "aws_secretsmanager_secret_version");
    const { database_name: _name, ...rest } = databases()[0] ?? {};
    expect(rest).not.toHaveProperty("password");
    const [id] = Object.keys(build().resource?.["upstash_redis_database"] ?? {});
    const url = (attribute: string) => `upstash_redis_database.${id}.${attribute}`;
    const string = `format("rediss://default:%s@%s:%d", urlencode(${url("password")}), ${url("endpoint")}, ${url("port")})`;
    expect(version).toEqual({
      secret_id: secretArn,
      secret_string_wo: `\${${string}}`,
      secret_string_wo_version: `\${parseint(substr(sha256(${string}), 0, 7), 16)}`,
      lifecycle: { create_before_destroy: true },
    });
    expect(others).toEqual([]);
  });

  test("without a secret of ours writes none, and hands out the connection string for those of its own stack", () => {
    const synthesized = synth((scope) => {
      new UpstashProvider(scope, "upstash");
      const redis = new UpstashRedis(scope, "cache", { context: context(), primaryRegion: "eu-west-1" });
      expect(redis.secretArn).toBeUndefined();
      expect(Token.isUnresolved(redis.connectionString)).toBe(true);
    });
    expect(resources(synthesized, "aws_secretsmanager_secret_version")).toEqual([]);
    expect(synthesized).not.toHaveProperty("output");
  });

  test("hands out nothing secret", () => {
    const synthesized = synth((scope) => {
      new UpstashProvider(scope, "upstash");
      const redis = new UpstashRedis(scope, "cache", { context: context(), secretArn, primaryRegion: "eu-west-1" });
      expect(redis.secretArn).toBe(secretArn);
      for (const field of [redis.endpoint, redis.port, redis.databaseId]) expect(Token.isUnresolved(field)).toBe(true);
    });
    expect(synthesized).not.toHaveProperty("output");
    expect(JSON.stringify(synthesized)).not.toMatch(/rest_token|"secret_string"/);
  });

  test.each<[Partial<UpstashRedisProps>, string]>([
    [{ readRegions: ["eu-west-1"] }, 'test/cache: readRegions must be other than primaryRegion, got "eu-west-1"'],
    [
      { readRegions: ["us-east-1", "us-east-1"], budgetUsd: 0 },
      'test/cache: readRegions must be without repetition, got "us-east-1" twice; budgetUsd must be a whole number from 1 to 100000, got 0',
    ],
  ])("fails on %j", (settings, message) => {
    expect(() => build(settings)).toThrow(new Error(message));
  });
});
