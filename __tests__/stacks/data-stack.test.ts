import type { CacheSettings, Environment } from "../../envs/environment";
import { prod, staging, system } from "../support/environments";
import { resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

/** The data stack of one environment. */
function data(environment: Environment): Synthesized {
  const { stacks } = synthSystem({ system: system(environment), environments: [environment] });
  return stacks[`${environment.name}-data`] ?? {};
}

const database = { engine: "postgres" } as const;
const cache = { kind: "replication-group" } as const;
const buckets = { uploads: {}, exports: {} };

/** Kinds of resources that hold data. */
const STATEFUL = [
  "aws_db_instance",
  "aws_elasticache_replication_group",
  "aws_elasticache_serverless_cache",
  "aws_s3_bucket",
];
const stateful = (environment: Environment) => STATEFUL.flatMap((type) => resources(data(environment), type));

/** Every key of a value, however deep. */
function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

describe("DataStack", () => {
  test("is empty when the environment has no data", () => {
    expect(data(staging())).not.toHaveProperty("resource");
  });

  test.each<[CacheSettings, string[]]>([
    [{ kind: "none" }, []],
    [{ kind: "sidecar" }, []],
    [{ kind: "upstash", primaryRegion: "eu-west-1" }, ["aws_secretsmanager_secret"]],
    [{ kind: "serverless" }, ["aws_elasticache_serverless_cache"]],
    [{ kind: "replication-group" }, ["aws_elasticache_replication_group"]],
  ])("for the cache %j makes %j", (chosen, types) => {
    const all = Object.keys(data(staging({ cache: chosen })).resource ?? {});
    expect(all.filter((type) => /secret|cache_(serverless_cache|replication_group)/.test(type))).toEqual(types);
    if (types.length === 0) expect(all).toEqual([]);
  });

  test("puts database and cache into the isolated subnets, which no way leads out of", () => {
    const isolated = [expect.stringMatching(/_subnetvpc_isolated-a_/), expect.stringMatching(/_subnetvpc_isolated-b_/)];
    const stack = data(staging({ database, cache }));
    for (const type of ["aws_db_subnet_group", "aws_elasticache_subnet_group"]) {
      expect(resources(stack, type).map((group) => group["subnet_ids"])).toEqual([isolated]);
    }
    const serverless = data(staging({ cache: { kind: "serverless" } }));
    expect(resources(serverless, "aws_elasticache_serverless_cache").map((one) => one["subnet_ids"])).toEqual([
      isolated,
    ]);
  });

  test("encrypts everything that holds data, and opens none of it", () => {
    const stack = data(prod({ database, cache, buckets }));
    expect(resources(stack, "aws_db_instance")).toEqual([
      expect.objectContaining({ storage_encrypted: true, publicly_accessible: false }),
    ]);
    expect(resources(stack, "aws_elasticache_replication_group")).toEqual([
      expect.objectContaining({ at_rest_encryption_enabled: "true", transit_encryption_enabled: true }),
    ]);
    for (const type of [
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_policy",
    ]) {
      expect(resources(stack, type)).toHaveLength(2);
    }
    expect(resources(stack, "aws_vpc_security_group_ingress_rule")).toEqual([]);
    for (const group of resources(stack, "aws_security_group")) expect(group).not.toHaveProperty("ingress");
  });

  test("protects what holds data from deletion in prod, and lets staging be destroyed", () => {
    const ofProd = stateful(prod({ database, cache, buckets }));
    expect(ofProd).toHaveLength(4);
    for (const one of ofProd) expect(one).toMatchObject({ lifecycle: { prevent_destroy: true } });
    const ofStaging = stateful(staging({ database, cache, buckets }));
    expect(ofStaging).toHaveLength(4);
    for (const one of ofStaging) expect(one).not.toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  test("names buckets after project, environment and account", () => {
    const names = (environment: Environment) =>
      resources(data(environment), "aws_s3_bucket")
        .map(({ bucket }) => String(bucket))
        .sort();
    expect(names(staging({ buckets }))).toEqual([
      "acme-staging-exports-123456789012",
      "acme-staging-uploads-123456789012",
    ]);
    expect(names(staging({ buckets: { uploads: {} }, accountId: "210987654321" }))).toEqual([
      "acme-staging-uploads-210987654321",
    ]);
  });

  test("holds no password: RDS keeps that of the database, Upstash's goes into a secret elsewhere", () => {
    const upstash = { kind: "upstash", primaryRegion: "eu-west-1" } as const;
    for (const chosen of [cache, upstash, { kind: "serverless" } as const]) {
      const stack = data(prod({ database, cache: chosen }));
      expect(resources(stack, "aws_db_instance")).toEqual([
        expect.objectContaining({ manage_master_user_password: true }),
      ]);
      const keys = keysOf(stack.resource).filter((key) => /password|auth_token|secret_string/.test(key));
      expect(keys).toEqual(["manage_master_user_password"]);
    }
  });
});
