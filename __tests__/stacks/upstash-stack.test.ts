import type { Environment } from "../../envs/environment";
import { prod, staging, system } from "../support/environments";
import { resources } from "../support/synth";
import { synthSystem } from "../support/system";

const cache = { kind: "upstash", primaryRegion: "eu-west-1" } as const;
const synth = (environment: Environment) => synthSystem({ system: system(environment), environments: [environment] });

describe("UpstashStack", () => {
  const { stacks, bytes } = synth(staging({ cache }));
  const stack = stacks["staging-upstash"] ?? {};

  test("has one database, which speaks TLS only", () => {
    expect(resources(stack, "upstash_redis_database")).toEqual([
      expect.objectContaining({ database_name: "acme-staging-cache", primary_region: "eu-west-1", tls: true }),
    ]);
  });

  test("gives its address to the secret of the data stack, write-only, and to nothing else", () => {
    const versions = resources(stack, "aws_secretsmanager_secret_version");
    expect(versions).toEqual([
      expect.objectContaining({
        secret_id: expect.stringMatching(/-staging-data\.outputs\.[\w-]*secretsmanager_secretcache-secret_\w+arn\}$/),
        secret_string_wo: expect.stringMatching(/^\$\{format\("rediss:\/\/default:%s@%s:%d", /),
      }),
    ]);
    for (const version of versions) {
      expect(version).not.toHaveProperty("secret_string");
      expect(version).not.toHaveProperty("secret_binary");
    }
    expect(stack).not.toHaveProperty("output");
  });

  test("writes every password as a reference to what Upstash knows", () => {
    const text = bytes["staging-upstash"] ?? "";
    const uses = text.match(/[\w.-]*password/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const use of uses) expect(use).toMatch(/^upstash_redis_database\.\w+\.password$/);
    expect(text).not.toMatch(/rediss:\/\/default:[^%]/);
  });

  test("protects the database of prod from deletion, and lets that of staging be destroyed", () => {
    const protection = (environment: Environment) =>
      resources(synth(environment).stacks[`${environment.name}-upstash`] ?? {}, "upstash_redis_database").map(
        ({ lifecycle }) => lifecycle,
      );
    expect(protection(prod({ cache }))).toEqual([{ prevent_destroy: true }]);
    expect(protection(staging({ cache }))).toEqual([{ prevent_destroy: false }]);
  });

  test("names the service's secret only: no other stack reads the address", () => {
    const environment = staging({
      cache,
      services: { worker: { kind: "fargate", image: { repository: "api", tag: "v1" } } },
    });
    const { stacks: all, dependencies } = synth(environment);
    expect(dependencies["staging-app"]).toContain("staging-upstash");
    expect(Object.keys(all["staging-app"]?.data?.["terraform_remote_state"] ?? {}).sort()).toEqual([
      "cross-stack-reference-input-staging-data",
      "cross-stack-reference-input-staging-network",
    ]);
  });

  test("is not there where there is no network: the cache stands with what is outside AWS", () => {
    const { stacks: all } = synth(staging({ cache, network: undefined }));
    expect(Object.keys(all)).toEqual(["shared", "staging-hosted"]);
    expect(resources(all["staging-hosted"] ?? {}, "upstash_redis_database")).toHaveLength(1);
  });
});
