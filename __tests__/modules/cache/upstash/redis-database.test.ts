import { TerraformOutput } from "cdktf";
import { UpstashProvider } from "../../../../modules/cache/upstash/provider";
import { RedisDatabase, type RedisDatabaseConfig } from "../../../../modules/cache/upstash/redis-database";
import { synth } from "../../../support/synth";

function database(config: Partial<RedisDatabaseConfig> = {}) {
  const { resource } = synth((scope) => {
    new UpstashProvider(scope, "upstash");
    new RedisDatabase(scope, "redis", { databaseName: "acme", region: "global", ...config });
  });
  const { "//": _path, ...attributes } = resource?.["upstash_redis_database"]?.["redis"] ?? {};
  return attributes;
}

describe("RedisDatabase", () => {
  test("writes what is required, and nothing it was not told", () => {
    expect(database()).toEqual({ database_name: "acme", region: "global" });
  });

  test("writes every argument under the provider's name", () => {
    expect(
      database({
        primaryRegion: "eu-west-1",
        readRegions: ["us-east-1"],
        tls: true,
        eviction: false,
        autoScale: true,
        prodPack: true,
        budget: 50,
        ipAllowlist: ["203.0.113.7/32"],
        lifecycle: { preventDestroy: true },
      }),
    ).toEqual({
      database_name: "acme",
      region: "global",
      primary_region: "eu-west-1",
      read_regions: ["us-east-1"],
      tls: true,
      eviction: false,
      auto_scale: true,
      prod_pack: true,
      budget: 50,
      ip_allowlist: ["203.0.113.7/32"],
      lifecycle: { prevent_destroy: true },
    });
  });

  test("refers to the attributes by the provider's names", () => {
    const { output } = synth((scope) => {
      new UpstashProvider(scope, "upstash");
      const redis = new RedisDatabase(scope, "redis", { databaseName: "acme", region: "global" });
      const values = {
        database_id: redis.databaseId,
        endpoint: redis.endpoint,
        port: redis.port,
        password: redis.password,
        rest_token: redis.restToken,
        read_only_rest_token: redis.readOnlyRestToken,
        database_type: redis.databaseType,
        state: redis.state,
        db_max_clients: redis.dbMaxClients,
        db_max_commands_per_second: redis.dbMaxCommandsPerSecond,
        db_memory_threshold: redis.dbMemoryThreshold,
      };
      for (const [name, value] of Object.entries(values))
        new TerraformOutput(scope, `o-${name}`, { value, staticId: true });
    });
    expect(Object.keys(output ?? {})).toHaveLength(11);
    for (const [name, { value }] of Object.entries(output ?? {})) {
      expect(value).toBe(`\${upstash_redis_database.redis.${name.slice(2)}}`);
    }
  });
});
