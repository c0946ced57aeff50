import { Fn, TerraformOutput, TerraformVariable, Token } from "cdktf";
import { ReplicationGroup, type ReplicationGroupProps } from "../../../modules/cache/replication-group";
import type { Context } from "../../../modules/context";
import { context, resources, type Synthesized, synth } from "../../support/synth";

const place = { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };

function build(settings: Partial<ReplicationGroupProps> = {}, overrides: Partial<Context> = {}): Synthesized {
  return synth((scope) => {
    new ReplicationGroup(scope, "cache", { context: context(overrides), ...place, ...settings });
  });
}

const caches = (settings: Partial<ReplicationGroupProps> = {}, overrides: Partial<Context> = {}) =>
  resources(build(settings, overrides), "aws_elasticache_replication_group");

describe("ReplicationGroup", () => {
  test.each<Partial<ReplicationGroupProps>>([{}, { engine: "redis", replicas: 0 }, { shards: 3 }])(
    "is encrypted at rest and in transit, has users and no token: %j",
    (settings) => {
      const [cache] = caches(settings);
      expect(cache).toMatchObject({
        at_rest_encryption_enabled: "true",
        transit_encryption_enabled: true,
        transit_encryption_mode: "required",
        auto_minor_version_upgrade: "true",
        user_group_ids: [expect.stringContaining("aws_elasticache_user_group.cache_users_group_")],
      });
      expect(cache).not.toHaveProperty("auth_token");
    },
  );

  test("cannot be destroyed by Terraform, and takes a last snapshot", () => {
    expect(caches()[0]).toMatchObject({
      lifecycle: { prevent_destroy: true },
      final_snapshot_identifier: "acme-test-cache-final",
    });
  });

  test("can be destroyed without a snapshot in a destroyable context", () => {
    const [cache] = caches({}, { destroyable: true });
    expect(cache).toMatchObject({ lifecycle: { prevent_destroy: false } });
    expect(cache).not.toHaveProperty("final_snapshot_identifier");
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    expect(
      caches({ engine: undefined, version: undefined, replicas: undefined, multiAz: undefined, thing: undefined })[0],
    ).toMatchObject({
      replication_group_id: "acme-test-cache",
      engine: "valkey",
      engine_version: "8.2",
      node_type: "cache.t4g.micro",
      num_cache_clusters: 2,
      multi_az_enabled: true,
      automatic_failover_enabled: true,
      snapshot_retention_limit: 7,
      snapshot_window: "02:00-03:00",
      maintenance_window: "sun:03:30-sun:04:30",
      apply_immediately: false,
      port: 6379,
    });
    expect(caches({ engine: "redis" })[0]).toMatchObject({ engine: "redis", engine_version: "7.1" });
  });

  test("takes what an environment chooses", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/k";
    expect(
      caches({
        version: "9.0",
        nodeType: "cache.r7g.large",
        multiAz: false,
        kmsKeyArn,
        applyImmediately: true,
        snapshotRetentionDays: 35,
        snapshotWindow: "05:00-06:00",
        maintenanceWindow: "mon:01:00-mon:02:00",
      })[0],
    ).toMatchObject({
      engine_version: "9.0",
      node_type: "cache.r7g.large",
      multi_az_enabled: false,
      automatic_failover_enabled: true,
      kms_key_id: kmsKeyArn,
      apply_immediately: true,
      snapshot_retention_limit: 35,
      snapshot_window: "05:00-06:00",
      maintenance_window: "mon:01:00-mon:02:00",
    });
  });

  test("has no snapshot window without snapshots", () => {
    const [cache] = caches({ snapshotRetentionDays: 0 });
    expect(cache).toMatchObject({ snapshot_retention_limit: 0 });
    expect(cache).not.toHaveProperty("snapshot_window");
  });

  test("is one node without failover when it has no replica", () => {
    expect(caches({ replicas: 0 })[0]).toMatchObject({
      num_cache_clusters: 1,
      multi_az_enabled: false,
      automatic_failover_enabled: false,
    });
  });

  test("is in cluster mode with several shards", () => {
    const [cache] = caches({ shards: 3, replicas: 2 });
    expect(cache).toMatchObject({ num_node_groups: 3, replicas_per_node_group: 2, automatic_failover_enabled: true });
    expect(cache).not.toHaveProperty("num_cache_clusters");
  });

  test("tiers data on the nodes that cannot do without", () => {
    expect(caches({ nodeType: "cache.r6gd.xlarge" })[0]).toMatchObject({ data_tiering_enabled: true });
    expect(caches()[0]).not.toHaveProperty("data_tiering_enabled");
  });

  test("has a parameter group of its own, which an upgrade can replace", () => {
    const groups = (settings: Partial<ReplicationGroupProps>) =>
      resources(build(settings), "aws_elasticache_parameter_group");
    expect(groups({})).toEqual([
      expect.objectContaining({
        name: "acme-test-cache-valkey8",
        family: "valkey8",
        parameter: [{ name: "maxmemory-policy", value: "volatile-lru" }],
        lifecycle: { create_before_destroy: true },
      }),
    ]);
    expect(groups({ engine: "redis", shards: 2, maxmemoryPolicy: "noeviction" })).toEqual([
      expect.objectContaining({
        name: "acme-test-cache-redis7-cluster",
        family: "redis7",
        parameter: [
          { name: "maxmemory-policy", value: "noeviction" },
          { name: "cluster-enabled", value: "yes" },
        ],
      }),
    ]);
  });

  test("gives the application no dangerous command but INFO, unless another access is chosen", () => {
    const access = (settings: Partial<ReplicationGroupProps>) =>
      resources(build(settings), "aws_elasticache_user")[0]?.["access_string"];
    expect(access({})).toBe("on ~* &* +@all -@dangerous +info");
    expect(access({ accessString: "on ~app:* +@read" })).toBe("on ~app:* +@read");
  });

  test("sends its logs to groups of its own, kept for a limited time", () => {
    const synthesized = build({ logRetentionDays: 30 });
    expect(
      resources(synthesized, "aws_cloudwatch_log_group").map(({ name, retention_in_days }) => [
        name,
        retention_in_days,
      ]),
    ).toEqual([
      ["/aws/vendedlogs/elasticache/acme-test-cache/engine-log", 30],
      ["/aws/vendedlogs/elasticache/acme-test-cache/slow-log", 30],
    ]);
    expect(resources(synthesized, "aws_elasticache_replication_group")[0]).toMatchObject({
      log_delivery_configuration: ["slow-log", "engine-log"].map((log) => ({
        log_type: log,
        log_format: "json",
        destination_type: "cloudwatch-logs",
        destination: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.name\}$/) as unknown,
      })),
    });
    expect(resources(build(), "aws_cloudwatch_log_group").map((group) => group["retention_in_days"])).toEqual([
      365, 365,
    ]);
    expect(resources(build({ logExports: [] }), "aws_cloudwatch_log_group")).toEqual([]);
  });

  test("stands in the given subnets and lets nobody in or out", () => {
    const synthesized = build();
    expect(resources(synthesized, "aws_elasticache_subnet_group")).toEqual([
      expect.objectContaining({ name: "acme-test-cache", subnet_ids: ["subnet-a", "subnet-b"] }),
    ]);
    for (const group of resources(synthesized, "aws_security_group")) {
      expect(group).toMatchObject({ name: "acme-test-cache", vpc_id: "vpc-1", tags: { Name: "acme-test-cache" } });
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
    expect(synthesized.resource).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
    expect(synthesized.resource).not.toHaveProperty("aws_vpc_security_group_egress_rule");
  });

  test("lets in the security groups it is told to, on its port only", () => {
    const rules = resources(
      synth((scope) =>
        new ReplicationGroup(scope, "cache", { context: context(), ...place }).allowFrom("api", "sg-api"),
      ),
      "aws_vpc_security_group_ingress_rule",
    );
    expect(rules).toEqual([
      expect.objectContaining({
        referenced_security_group_id: "sg-api",
        description: "Cache from api",
        ip_protocol: "tcp",
        from_port: 6379,
        to_port: 6379,
      }),
    ]);
  });

  test("tells consumers how to connect, most of it before anything exists", () => {
    synth((scope) => {
      const cache = new ReplicationGroup(scope, "cache", { context: context(), ...place });
      expect(cache).toMatchObject({
        port: 6379,
        clusterMode: false,
        cacheName: "acme-test-cache",
        userName: "acme-test-cache-app",
        arn: "arn:aws:elasticache:eu-west-3:123456789012:replicationgroup:acme-test-cache",
        connectStatement: {
          Sid: "ConnectToCache",
          Effect: "Allow",
          Action: ["elasticache:Connect"],
          Resource: [
            "arn:aws:elasticache:eu-west-3:123456789012:replicationgroup:acme-test-cache",
            "arn:aws:elasticache:eu-west-3:123456789012:user:acme-test-cache-app",
          ],
        },
      });
      expect(Token.isUnresolved(cache.securityGroupId)).toBe(true);
    });
  });

  test.each<[Partial<ReplicationGroupProps>, string, string]>([
    [{}, "primary_endpoint_address", "reader_endpoint_address"],
    [{ shards: 2 }, "configuration_endpoint_address", "configuration_endpoint_address"],
  ])("has the endpoints of its mode: %j", (settings, primary, reader) => {
    const { output } = synth((scope) => {
      const cache = new ReplicationGroup(scope, "cache", { context: context(), ...place, ...settings });
      new TerraformOutput(scope, "primary", { value: cache.primaryEndpoint });
      new TerraformOutput(scope, "reader", { value: cache.readerEndpoint });
    });
    expect(output?.["primary"]?.["value"]).toMatch(new RegExp(`\\.${primary}\\}$`));
    expect(output?.["reader"]?.["value"]).toMatch(new RegExp(`\\.${reader}\\}$`));
  });

  test("lets values that only Terraform knows pass", () => {
    const synthesized = synth((scope) => {
      const text = new TerraformVariable(scope, "text", { type: "string" }).stringValue;
      const number = new TerraformVariable(scope, "number", { type: "number" }).numberValue;
      new ReplicationGroup(scope, "cache", {
        context: context(),
        vpcId: text,
        subnetIds: Token.asList(Fn.split(",", text)),
        version: text,
        nodeType: text,
        snapshotRetentionDays: number,
        snapshotWindow: text,
        maintenanceWindow: text,
        accessString: text,
      });
    });
    expect(resources(synthesized, "aws_elasticache_replication_group")[0]).toMatchObject({
      node_type: "${var.text}",
      snapshot_retention_limit: "${var.number}",
    });
  });

  test.each<[Partial<ReplicationGroupProps>, string]>([
    [{ replicas: 6 }, "test/cache: replicas must be a whole number from 0 to 5, got 6"],
    [
      { replicas: 0, multiAz: true, snapshotRetentionDays: 36 },
      "test/cache: multiAz must be false without replicas, got true; set replicas to 1 or more; snapshotRetentionDays must be a whole number from 0 to 35, got 36",
    ],
  ])("fails on %j", (settings, message) => {
    expect(() => build(settings)).toThrow(new Error(message));
  });
});
