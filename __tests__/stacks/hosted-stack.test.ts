import { systems } from "../../envs";
import type { Environment, System } from "../../envs/environment";
import { system as systemOf } from "../support/environments";
import { resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

const managed = systems["monorepo-managed"] as System;
const environmentOf = (tier: Environment["tier"]) =>
  managed.environments.find((environment) => environment.tier === tier) as Environment;
const synth = (environment: Environment) =>
  synthSystem({ system: systemOf(environment), environments: [environment] });
const variables = (stack: Synthesized | undefined) =>
  resources(stack ?? {}, "render_web_service").map(({ env_vars }) => Object.keys(env_vars as object).sort());

describe("HostedStack", () => {
  const { stacks, bytes, dependencies } = synthSystem({ system: managed, environments: managed.environments });

  test("is all there is beside the site and the records: nothing of the system is in AWS", () => {
    const providers = Object.fromEntries(
      Object.entries(stacks).map(([name, { terraform }]) => [name, Object.keys(terraform?.required_providers ?? {})]),
    );
    const ofEnvironment = (name: string) => ({
      [`${name}-vercel`]: ["vercel"],
      [`${name}-hosted`]: ["neon", "render", "upstash"],
      [`${name}-edge`]: ["cloudflare"],
    });
    expect(providers).toEqual({
      ...ofEnvironment("staging"),
      ...ofEnvironment("prod"),
      bootstrap: ["aws"], // the bucket that keeps the state of prod
    });
  });

  test.each(["staging", "prod"])("has a database at Neon, a cache at Upstash and the API at Render, in %s", (name) => {
    const stack = stacks[`${name}-hosted`] ?? {};
    expect(resources(stack, "neon_project")).toEqual([
      expect.objectContaining({ name: `managed-${name}-db`, pg_version: 17, region_id: "aws-us-east-1" }),
    ]);
    expect(resources(stack, "upstash_redis_database")).toEqual([
      expect.objectContaining({ database_name: `managed-${name}-cache`, tls: true }),
    ]);
    expect(resources(stack, "render_web_service")).toEqual([
      expect.objectContaining({
        name: `managed-${name}-api`,
        health_check_path: "/health",
        pre_deploy_command: "node dist/migrate.js",
      }),
    ]);
  });

  test("hands the API its connection strings by reference to what Neon and Upstash know", () => {
    const [service = {}] = resources(stacks["prod-hosted"] ?? {}, "render_web_service");
    expect(service["env_vars"]).toEqual({
      DATABASE_DIRECT_URL: { value: expect.stringMatching(/^\$\{neon_project\.\w+\.connection_uri\}$/) },
      DATABASE_URL: { value: expect.stringMatching(/^\$\{neon_project\.\w+\.connection_uri_pooler\}$/) },
      REDIS_URL: { value: expect.stringMatching(/^\$\{format\("rediss:\/\/default:%s@%s:%d", urlencode\(upstash_/) },
    });
  });

  test("lets no connection string out: what other stacks read is the name of the service at Render", () => {
    for (const name of ["staging-hosted", "prod-hosted"]) {
      const outputs = Object.values(stacks[name]?.output ?? {}).map(({ value }) => value);
      expect(outputs).toEqual([expect.stringMatching(/^\$\{render_web_service\.[\w-]+\.slug\}$/)]);
    }
    for (const [name, text] of Object.entries(bytes)) {
      if (!name.endsWith("-hosted")) expect(text).not.toMatch(/connection_uri|password/);
    }
  });

  test("comes before the records, which lead the API's host to Render", () => {
    expect(dependencies["prod-edge"]).toEqual(["prod-hosted"]);
    const records = resources(stacks["prod-edge"] ?? {}, "cloudflare_dns_record");
    expect(records.map(({ name, type, content }) => ({ name, type, content }))).toEqual([
      { name: "api.example.com", type: "CNAME", content: expect.stringMatching(/slug\w*\}\.onrender\.com$/) },
      { name: "app.example.com", type: "CNAME", content: "cname.vercel-dns-0.com" },
    ]);
  });

  test("protects the data of prod from deletion, and lets that of staging be destroyed", () => {
    const protection = (name: string) =>
      ["neon_project", "upstash_redis_database"].flatMap((type) =>
        resources(stacks[name] ?? {}, type).map(({ lifecycle }) => lifecycle),
      );
    expect(protection("prod-hosted")).toEqual([{ prevent_destroy: true }, { prevent_destroy: true }]);
    expect(protection("staging-hosted")).toEqual([{ prevent_destroy: false }, { prevent_destroy: false }]);
  });

  test("hands a service only what it is connected to", () => {
    const staging = environmentOf("staging");
    const connected = (connects: readonly string[]) => {
      const services = Object.fromEntries(
        Object.entries(staging.services ?? {}).map(([name, service]) => [name, { ...service, connects }]),
      ) as Environment["services"];
      return variables(synth({ ...staging, services }).stacks["staging-hosted"]);
    };
    expect(connected(["cache"])).toEqual([["REDIS_URL"]]);
    expect(connected(["database"])).toEqual([["DATABASE_DIRECT_URL", "DATABASE_URL"]]);
  });
});
