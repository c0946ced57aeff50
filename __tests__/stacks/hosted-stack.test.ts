import type { Environment, Shared } from "../../envs/environment";
import { domain, prod, shared, staging } from "../support/environments";
import { synthEnvironment, values } from "../support/stacks";
import { resources, type Synthesized } from "../support/synth";

const database = { engine: "neon", neonRegion: "aws-eu-central-1" } as const;
const cache = { kind: "upstash", primaryRegion: "eu-west-1" } as const;
const api = {
  kind: "render",
  source: { kind: "image", url: "ghcr.io/acme/api", tag: "v1" },
  hosts: ["api.example.com"],
} as const;
const { images: _images, repository: _repository, ...nothing } = shared;
const outside = { network: undefined, database, cache, services: { api } } as const;
const synth = (overrides: Partial<Environment> = {}) => synthEnvironment(staging({ ...outside, ...overrides }));
const hosted = (overrides: Partial<Environment> = {}): Synthesized => synth(overrides).stacks["staging-hosted"] ?? {};

/** Names of the variables that each service at Render gets. */
const variables = (stack: Synthesized) =>
  values(stack, "render_web_service", "env_vars").map((all) => Object.keys(all ?? {}).sort());

describe("HostedStack", () => {
  test("is only there when something is at Neon or at Render", () => {
    expect(synthEnvironment(staging({ cache })).stacks).not.toHaveProperty("staging-hosted");
    expect(synthEnvironment(staging({ database })).stacks).toHaveProperty("staging-hosted");
    expect(synth({ database: undefined, cache: undefined }).stacks).toHaveProperty("staging-hosted");
  });

  test("has the database, the cache and the services, and needs their vendors alone", () => {
    const stack = hosted();
    expect(
      Object.fromEntries(Object.entries(stack.resource ?? {}).map(([type, all]) => [type, Object.keys(all).length])),
    ).toEqual({
      neon_project: 1,
      render_web_service: 1,
      upstash_redis_database: 1,
    });
    expect(Object.keys(stack.provider ?? {}).sort()).toEqual(["neon", "render", "upstash"]);
    expect(Object.keys(hosted({ database: undefined, cache: undefined }).provider ?? {})).toEqual(["render"]);
  });

  test("hands each service the addresses of what it is connected to, by reference", () => {
    expect(variables(hosted())).toEqual([["DATABASE_DIRECT_URL", "DATABASE_URL", "REDIS_URL"]]);
    expect(variables(hosted({ services: { api: { ...api, connects: ["cache"] } } }))).toEqual([["REDIS_URL"]]);
    expect(variables(hosted({ services: { api: { ...api, connects: [] } } }))).toEqual([[]]);
    const text = JSON.stringify(hosted());
    expect(text).not.toMatch(/(postgres(ql)?|rediss?):\/\/[^%"$]*:[^%"$]+@/);
  });

  test("lets no other stack read an address with a password: none is an output", () => {
    const outputs = JSON.stringify(hosted({ domain }).output ?? {});
    expect(outputs).not.toMatch(/connection|password|neon_project|upstash/);
  });

  test("leaves the records of hosts to the edge", () => {
    const { stacks, dependencies } = synth({ domain });
    expect(resources(stacks["staging-edge"] ?? {}, "aws_route53_record").map(({ name, type }) => [name, type])).toEqual(
      [["api.example.com", "CNAME"]],
    );
    expect(dependencies["staging-edge"]).toEqual(["staging-hosted"]);
    expect(synth().stacks).not.toHaveProperty("staging-edge");
  });

  test("makes no second cache where a network has its own", () => {
    const stacks = synthEnvironment(staging({ database, cache })).stacks;
    const caches = Object.entries(stacks).filter(([, stack]) => resources(stack, "upstash_redis_database").length > 0);
    expect(caches.map(([name]) => name)).toEqual(["staging-upstash"]);
  });

  test("protects what holds data in prod, and lets that of staging be destroyed", () => {
    const protection = (stack: Synthesized = {}) =>
      ["neon_project", "upstash_redis_database"].flatMap((type) => values(stack, type, "lifecycle"));
    const ofProd = synthEnvironment(prod(outside)).stacks["prod-hosted"];
    expect(protection(ofProd)).toEqual([
      expect.objectContaining({ prevent_destroy: true }),
      expect.objectContaining({ prevent_destroy: true }),
    ]);
    for (const lifecycle of protection(hosted())) expect(lifecycle).not.toMatchObject({ prevent_destroy: true });
  });
});

describe("a system outside AWS", () => {
  const built = (common: Shared) => Object.keys(synth({ shared: common, domain }).stacks).sort();

  test("has nothing in the account, and a shared stack only for what is shared", () => {
    expect(built(nothing)).toEqual(["staging-edge", "staging-hosted"]);
    expect(built({ ...nothing, images: { api: {} } })).toEqual(["shared", "staging-edge", "staging-hosted"]);
    expect(built({ ...nothing, envFiles: {} })).toContain("shared");
    expect(built(shared)).toContain("shared");
  });
});
