import { Fn, TerraformOutput, TerraformVariable, Token } from "cdktf";
import { ServerlessCache, type ServerlessCacheProps } from "../../../modules/cache/serverless-cache";
import type { Context } from "../../../modules/context";
import { context, resources, type Synthesized, synth } from "../../support/synth";

const place = { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };

function build(settings: Partial<ServerlessCacheProps> = {}, overrides: Partial<Context> = {}): Synthesized {
  return synth((scope) => {
    new ServerlessCache(scope, "cache", { context: context(overrides), ...place, ...settings });
  });
}

const caches = (settings: Partial<ServerlessCacheProps> = {}, overrides: Partial<Context> = {}) =>
  resources(build(settings, overrides), "aws_elasticache_serverless_cache");

describe("ServerlessCache", () => {
  test("falls back to the documented defaults, even for an explicit undefined", () => {
    expect(caches({ engine: undefined, majorVersion: undefined, maxDataGB: undefined, thing: undefined })).toEqual([
      expect.objectContaining({
        name: "acme-test-cache",
        engine: "valkey",
        major_engine_version: "8",
        subnet_ids: ["subnet-a", "subnet-b"],
        cache_usage_limits: [{ data_storage: [{ maximum: 5, unit: "GB" }], ecpu_per_second: [{ maximum: 5_000 }] }],
        snapshot_retention_limit: 7,
        daily_snapshot_time: "02:00",
      }),
    ]);
    expect(caches({ engine: "redis" })[0]).toMatchObject({ engine: "redis", major_engine_version: "7" });
  });

  test("takes what an environment chooses", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/k";
    expect(
      caches({
        majorVersion: "9",
        minDataGB: 1,
        maxDataGB: 10,
        minEcpuPerSecond: 1_000,
        maxEcpuPerSecond: 20_000,
        snapshotTime: "05:30",
        snapshotRetentionDays: 1,
        kmsKeyArn,
      })[0],
    ).toMatchObject({
      major_engine_version: "9",
      kms_key_id: kmsKeyArn,
      cache_usage_limits: [
        {
          data_storage: [{ minimum: 1, maximum: 10, unit: "GB" }],
          ecpu_per_second: [{ minimum: 1_000, maximum: 20_000 }],
        },
      ],
      snapshot_retention_limit: 1,
      daily_snapshot_time: "05:30",
    });
  });

  test("has no snapshot time without snapshots", () => {
    expect(caches({ snapshotRetentionDays: 0 })[0]).not.toHaveProperty("daily_snapshot_time");
  });

  test.each([true, false])("can be destroyed by Terraform only in a destroyable context: %s", (destroyable) => {
    expect(caches({}, { destroyable })[0]).toMatchObject({ lifecycle: { prevent_destroy: !destroyable } });
  });

  test("admits its user group only", () => {
    expect(caches()[0]).toMatchObject({
      user_group_id: expect.stringContaining("aws_elasticache_user_group.cache_users_group_") as unknown,
    });
  });

  test("lets nobody in or out", () => {
    const synthesized = build();
    for (const group of resources(synthesized, "aws_security_group")) {
      expect(group).toMatchObject({ name: "acme-test-cache", vpc_id: "vpc-1", tags: { Name: "acme-test-cache" } });
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
    expect(synthesized.resource).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
    expect(synthesized.resource).not.toHaveProperty("aws_vpc_security_group_egress_rule");
  });

  test("lets in the security groups it is told to, on its two ports only", () => {
    const rules = resources(
      synth((scope) =>
        new ServerlessCache(scope, "cache", { context: context(), ...place }).allowFrom("api", "sg-api"),
      ),
      "aws_vpc_security_group_ingress_rule",
    );
    expect(rules).toEqual([
      expect.objectContaining({
        referenced_security_group_id: "sg-api",
        ip_protocol: "tcp",
        from_port: 6379,
        to_port: 6380,
      }),
    ]);
  });

  test("tells consumers how to connect, most of it before anything exists", () => {
    const { output } = synth((scope) => {
      const cache = new ServerlessCache(scope, "cache", { context: context(), ...place });
      const arn = "arn:aws:elasticache:eu-west-3:123456789012:serverlesscache:acme-test-cache";
      expect(cache).toMatchObject({
        port: 6379,
        readerPort: 6380,
        clusterMode: true,
        cacheName: "acme-test-cache",
        userName: "acme-test-cache-app",
        arn,
        connectStatement: { Action: ["elasticache:Connect"], Resource: [arn, cache.userArn] },
      });
      expect(Token.isUnresolved(cache.securityGroupId)).toBe(true);
      new TerraformOutput(scope, "primary", { value: cache.primaryEndpoint });
      new TerraformOutput(scope, "reader", { value: cache.readerEndpoint });
    });
    expect(output?.["primary"]?.["value"]).toMatch(/\.endpoint\[0\]\.address\}$/);
    expect(output?.["reader"]?.["value"]).toMatch(/\.reader_endpoint\[0\]\.address\}$/);
  });

  test("lets values that only Terraform knows pass", () => {
    const synthesized = synth((scope) => {
      const text = new TerraformVariable(scope, "text", { type: "string" }).stringValue;
      const number = new TerraformVariable(scope, "number", { type: "number" }).numberValue;
      new ServerlessCache(scope, "cache", {
        context: context(),
        vpcId: text,
        subnetIds: Token.asList(Fn.split(",", text)),
        majorVersion: text,
        minDataGB: number,
        snapshotTime: text,
      });
    });
    expect(resources(synthesized, "aws_elasticache_serverless_cache")[0]).toMatchObject({
      major_engine_version: "${var.text}",
      subnet_ids: '${split(",", var.text)}',
    });
  });

  test.each<[Partial<ServerlessCacheProps>, string]>([
    [{ subnetIds: ["a"] }, 'test/cache: subnetIds must be two or three subnets, each in another zone, got ["a"]'],
    [
      { subnetIds: ["a", "b", "c", "d"], maxDataGB: 0 },
      'test/cache: maxDataGB must be a whole number from 1 to 5000, got 0; subnetIds must be two or three subnets, each in another zone, got ["a","b","c","d"]',
    ],
  ])("fails on %j", (settings, message) => {
    expect(() => build(settings)).toThrow(new Error(message));
  });
});
