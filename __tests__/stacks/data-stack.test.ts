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

  test.each<[Environment["database"], string[]]>([
    [{ engine: "mysql" }, ["aws_db_instance"]],
    [{ engine: "aurora-postgresql", readers: { min: 0 } }, ["aws_rds_cluster", "aws_rds_cluster_instance"]],
    [{ engine: "neon", neonRegion: "aws-us-east-1" }, []],
  ])("for the database %j makes %j", (chosen, types) => {
    const all = Object.keys(data(staging({ database: chosen })).resource ?? {});
    expect(all.filter((type) => /^aws_(db_instance|rds_cluster(_instance)?)$/.test(type)).sort()).toEqual(types);
  });

  test("leads a global database for a replica in the second region, or because it is told to, and else none", () => {
    const aurora = { engine: "aurora-postgresql", instanceClass: "db.r6g.large" } as const;
    const recovery = { region: "us-east-1", databaseReplica: true, cidr: "10.99.0.0/16" };
    const global = (overrides: Partial<Environment>) =>
      resources(data(prod({ database: aurora, ...overrides })), "aws_rds_global_cluster").length;
    expect(global({})).toBe(0);
    expect(global({ recovery })).toBe(1);
    expect(global({ database: { ...aurora, globalDatabase: true } })).toBe(1);
  });

  test("stops a database in its off-hours, and starts it again", () => {
    const offHours = { stop: "0 20 ? * MON-FRI *", start: "0 8 ? * MON-FRI *", timezone: "Europe/Paris" };
    const schedules = (chosen: Environment["database"]) =>
      resources(data(staging({ database: chosen })), "aws_scheduler_schedule").map(({ name, target }) => [
        name,
        JSON.stringify(target).includes("acme-staging-db"),
      ]);
    for (const engine of ["postgres", "mysql"] as const) {
      expect(schedules({ engine })).toEqual([]);
      expect(schedules({ engine, offHours })).toEqual([
        ["acme-staging-database-database-start", true],
        ["acme-staging-database-database-stop", true],
      ]);
    }
  });

  describe("with a Redis on a host", () => {
    const host = (network: Environment["network"]) => data(staging({ cache: { kind: "host" }, network }));
    const cidr = "10.10.0.0/16";
    const subnet = (stack: Synthesized) => resources(stack, "aws_network_interface").map((one) => one["subnet_id"]);

    test("puts it where it finds its way out: behind NAT, or with an address of its own that lets nothing in", () => {
      const behind = host({ cidr });
      expect(subnet(behind)).toEqual([expect.stringMatching(/_subnetvpc_private-a_/)]);
      expect(resources(behind, "aws_eip")).toEqual([]);
      const open = host({ cidr, nat: "none" });
      expect(subnet(open)).toEqual([expect.stringMatching(/_subnetvpc_public-a_/)]);
      expect(resources(open, "aws_eip")).toHaveLength(1);
      for (const stack of [behind, open]) {
        expect(resources(stack, "aws_vpc_security_group_ingress_rule")).toEqual([]);
      }
    });

    test("writes its password only where nobody keeps it", () => {
      const [version] = resources(host({ cidr }), "aws_secretsmanager_secret_version");
      expect(version).toHaveProperty("secret_string_wo");
      expect(version).not.toHaveProperty("secret_string");
    });
  });

  test("makes the application's secrets: with a value of its own, or for somebody to fill in", () => {
    const stack = data(staging({ secrets: { jwt: { length: 64 }, "private-key": { kind: "manual" } } }));
    expect(resources(stack, "aws_secretsmanager_secret").map(({ name }) => name)).toEqual([
      "acme-staging-jwt",
      "acme-staging-private-key",
    ]);
    const versions = resources(stack, "aws_secretsmanager_secret_version");
    expect(versions).toHaveLength(1);
    expect(versions[0]).not.toHaveProperty("secret_string");
  });

  test("copies the buckets that are named to the second region, with the promise of time only where nothing may be destroyed", () => {
    const recovery = { region: "us-east-1", buckets: ["uploads"] };
    const rules = (environment: Environment) =>
      resources(data(environment), "aws_s3_bucket_replication_configuration").map(({ rule }) => JSON.stringify(rule));
    const ofProd = rules(prod({ buckets, recovery }));
    expect(ofProd).toHaveLength(1);
    expect(ofProd[0]).toContain("arn:aws:s3:::acme-prod-uploads-replica-123456789012");
    expect(ofProd[0]).toContain("replication_time");
    const ofStaging = rules(staging({ buckets, recovery }));
    expect(ofStaging[0]).toContain("arn:aws:s3:::acme-staging-uploads-replica-123456789012");
    expect(ofStaging[0]).not.toContain("replication_time");
    expect(rules(prod({ buckets }))).toEqual([]);
  });
});
