import { costs, lines } from "../../support/cost";
import { temporaryFolder } from "../../support/folder";

const folder = temporaryFolder();
const group = (config: object) =>
  costs(folder, { aws_elasticache_replication_group: { c: { node_type: "cache.t4g.micro", ...config } } });

describe("replicationGroup", () => {
  test.each([
    [{ engine: "valkey", num_cache_clusters: 1 }, "cache.t4g.micro, Valkey: 730 h × 1 node × $0.0128 = $9.34"],
    [{ engine: "redis", num_cache_clusters: 2 }, "cache.t4g.micro, Redis OSS: 730 h × 2 nodes × $0.016 = $23.36"],
    [
      { engine: "valkey", num_node_groups: 2, replicas_per_node_group: 1 },
      "cache.t4g.micro, Valkey: 730 h × 4 nodes × $0.0128 = $37.38",
    ],
    [{ engine: "valkey", node_type: "cache.r7g.large" }, "cache.r7g.large, Valkey: not in the price data"],
  ])("%j", (config, line) => {
    expect(group(config)).toEqual([line]);
  });
});

describe("serverlessCache", () => {
  test("depends on usage", () => {
    const found = lines(folder, { aws_elasticache_serverless_cache: { c: { engine: "valkey" } } });
    expect(found.map(({ usdPerMonth }) => usdPerMonth)).toEqual(["depends on usage", "depends on usage"]);
  });
});
