import { systems } from "../../envs";
import type { Environment, StateSettings } from "../../envs/environment";
import { api, domain, prod, shared, staging, system } from "../support/environments";
import { cloud as inTheCloud } from "../support/in-cloud";
import type { Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

const synth = (...environments: Environment[]) => synthSystem({ system: system(...environments), environments });

/** Environments that between them need every provider. */
const everything = synth(
  staging({
    domain,
    cache: { kind: "upstash", primaryRegion: "eu-west-1" },
    services: { api },
    sites: { web: { kind: "cloudflare-pages", repository: { owner: "acme", name: "web" } } },
    delivery: {},
  }),
);

const backends = (stacks: Readonly<Record<string, Synthesized>>) =>
  Object.fromEntries(Object.entries(stacks).map(([name, { terraform }]) => [name, terraform?.["backend"]]));

/** Every key of a value, however deep. */
function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(inner)]);
}

describe("BaseStack", () => {
  describe("with local state", () => {
    test("keeps each stack's in a file of its own, by a path that is the same on every machine", () => {
      expect(backends(synth(staging()).stacks)).toEqual(
        Object.fromEntries(
          ["shared", "staging-network", "staging-data", "staging-app"].map((name) => [
            name,
            { local: { path: `../../../.groundplan/state/${name}.tfstate` } },
          ]),
        ),
      );
    });
  });

  describe("with state in S3", () => {
    const s3 = (state?: StateSettings, overrides: Partial<Environment> = {}) =>
      backends(synth(staging({ state, ...overrides })).stacks);

    test("keeps it encrypted and locked in the bucket of the account, by environment and stack", () => {
      const place = { bucket: "acme-123456789012-terraform-state", region: "eu-west-3" };
      const always = { encrypt: true, use_lockfile: true };
      expect(s3({ kind: "s3" })).toEqual({
        bootstrap: { local: { path: "../../../.groundplan/state/bootstrap.tfstate" } },
        shared: { local: { path: "../../../.groundplan/state/shared.tfstate" } },
        "staging-network": { s3: { ...place, ...always, key: "staging/staging-network.tfstate" } },
        "staging-data": { s3: { ...place, ...always, key: "staging/staging-data.tfstate" } },
        "staging-app": { s3: { ...place, ...always, key: "staging/staging-app.tfstate" } },
      });
    });

    test("takes another bucket and region", () => {
      expect(s3({ kind: "s3", bucket: "states-of-acme", region: "us-east-1" })["staging-app"]).toEqual({
        s3: {
          bucket: "states-of-acme",
          region: "us-east-1",
          key: "staging/staging-app.tfstate",
          encrypt: true,
          use_lockfile: true,
        },
      });
    });

    test("keeps the shared stack's there too when it is shared, and that of bootstrap never", () => {
      const found = s3(undefined, { shared: { ...shared, state: { kind: "s3" } } });
      expect(found["shared"]).toMatchObject({ s3: { key: "shared/shared.tfstate" } });
      expect(found["staging-app"]).toMatchObject({ s3: { key: "staging/staging-app.tfstate" } });
      expect(found["bootstrap"]).toMatchObject({ local: {} });
    });

    test("is read by the stacks after it from the same place", () => {
      const { stacks } = synth(staging({ state: { kind: "s3" }, database: { engine: "postgres" } }));
      expect(stacks["staging-data"]?.data?.["terraform_remote_state"]).toEqual({
        "cross-stack-reference-input-staging-network": expect.objectContaining({
          backend: "s3",
          config: expect.objectContaining({
            bucket: "acme-123456789012-terraform-state",
            key: "staging/staging-network.tfstate",
            region: "eu-west-3",
          }),
        }),
      });
    });
  });

  describe("with state in Terraform Cloud", () => {
    const cloud = (state: Partial<StateSettings>) =>
      synth(staging({ state: { kind: "cloud", organization: "acme-org", ...state } as StateSettings }));
    const { stacks, bytes } = cloud({});

    test("has a workspace for each stack, by name, in the project of the environment", () => {
      const workspace = (name: string) => ({
        organization: "acme-org",
        workspaces: { name: `acme-${name}`, project: "acme-staging" },
      });
      expect(
        Object.fromEntries(Object.entries(stacks).map(([name, { terraform }]) => [name, terraform?.["cloud"]])),
      ).toEqual({
        platform: undefined,
        shared: undefined,
        "staging-delivery": workspace("staging-delivery"),
        "staging-network": workspace("staging-network"),
        "staging-data": workspace("staging-data"),
        "staging-app": workspace("staging-app"),
      });
    });

    test("takes another project and host", () => {
      const other = cloud({ projectName: "platform", hostname: "tfe.example.com" }).stacks["staging-app"];
      expect(other?.terraform?.["cloud"]).toEqual({
        organization: "acme-org",
        hostname: "tfe.example.com",
        workspaces: { name: "acme-staging-app", project: "platform" },
      });
    });

    test("writes no token anywhere", () => {
      const keys = Object.values(bytes).flatMap((text) => keysOf(JSON.parse(text)));
      expect(keys.filter((key) => /token/i.test(key))).toEqual([]);
    });
  });

  test("names addresses the same, wherever the state is", () => {
    const addresses = (state: StateSettings) =>
      Object.entries(synth(staging({ state, domain, services: { api }, delivery: {} })).stacks)
        .filter(([name]) => /^staging-(?!delivery|github)/.test(name)) // who may deploy them differs
        .map(([name, { resource }]) => [name, keysOf(resource)]);
    expect(addresses({ kind: "local" })).toHaveLength(4);
    expect(addresses({ kind: "s3" })).toEqual(addresses({ kind: "local" }));
    expect(addresses(inTheCloud)).toEqual(addresses({ kind: "local" }));
  });

  test("names the roles that plan and deploy the same, whoever takes them", () => {
    const roles = (state: StateSettings) =>
      Object.entries(
        synth(staging({ state, delivery: {} })).stacks["staging-delivery"]?.resource?.["aws_iam_role"] ?? {},
      ).map(([address, { name }]) => [address, name]);
    expect(roles({ kind: "local" })).toHaveLength(2);
    expect(roles(inTheCloud)).toEqual(roles({ kind: "local" }));
  });

  test("lets every AWS provider change its own account and region only, and tags what it makes", () => {
    const { stacks } = synth(
      staging({ state: { kind: "s3" } }),
      prod({ state: { kind: "s3", bucket: "acme-elsewhere" }, accountId: "210987654321", region: "us-east-1" }),
    );
    const tags = (Environment: string, Stack: string) => [
      { tags: { Project: "acme", Environment, Stack, ManagedBy: "groundplan" } },
    ];
    const home = { region: "eu-west-3", allowed_account_ids: ["123456789012"] };
    const abroad = { region: "us-east-1", allowed_account_ids: ["210987654321"] };
    expect(Object.fromEntries(Object.entries(stacks).map(([name, { provider }]) => [name, provider]))).toEqual({
      bootstrap: { aws: [{ ...home, default_tags: tags("shared", "bootstrap") }] },
      shared: { aws: [{ ...home, default_tags: tags("shared", "shared") }] },
      "staging-network": { aws: [{ ...home, default_tags: tags("staging", "staging-network") }] },
      "staging-data": { aws: [{ ...home, default_tags: tags("staging", "staging-data") }] },
      "staging-app": { aws: [{ ...home, default_tags: tags("staging", "staging-app") }] },
      "prod-network": { aws: [{ ...abroad, default_tags: tags("prod", "prod-network") }] },
      "prod-data": { aws: [{ ...abroad, default_tags: tags("prod", "prod-data") }] },
      "prod-app": { aws: [{ ...abroad, default_tags: tags("prod", "prod-app") }] },
    });
  });

  test("gives each stack the providers it needs and no other", () => {
    expect(
      Object.fromEntries(
        Object.entries(everything.stacks).map(([name, { provider = {} }]) => [name, Object.keys(provider).sort()]),
      ),
    ).toEqual({
      shared: ["aws"],
      "staging-delivery": ["aws"],
      "staging-network": ["aws"],
      "staging-data": ["aws"],
      "staging-upstash": ["aws", "upstash"],
      "staging-edge": ["aws", "cloudflare"],
      "staging-app": ["aws"],
      "staging-github": ["github"],
    });
  });

  const known = Object.values(systems).map((one) => [
    one.name,
    synthSystem({ system: one, environments: one.environments }),
  ]);
  test.each([...known, ["with every provider", everything]] as Array<[string, typeof everything]>)(
    "writes no credential into a provider of system %s",
    (_name, { stacks }) => {
      const providers = Object.values(stacks).flatMap(({ provider = {} }) => Object.values(provider).flat());
      expect(providers.length).toBeGreaterThanOrEqual(Object.keys(stacks).length);
      expect(
        keysOf(providers).filter((key) => /token|secret|key|password|email|credential|profile/i.test(key)),
      ).toEqual([]);
    },
  );

  test("hides nothing that another stack reads, so that plans can be read", () => {
    const outputs = Object.values(everything.stacks).flatMap(({ output = {} }) => Object.values(output));
    expect(outputs.length).toBeGreaterThan(10);
    for (const output of outputs) expect(output).toMatchObject({ sensitive: false });
  });

  test("shows what is worth telling about an environment, once, at its app", () => {
    expect(synth(staging({ services: { api } })).warnings).toEqual({
      shared: [],
      "staging-network": [],
      "staging-data": [],
      "staging-app": [
        "domain is not set, so the load balancer answers plain HTTP; set a domain to get a certificate and HTTPS",
      ],
    });
    expect(Object.values(everything.warnings).flat()).toEqual([]);
  });

  test("gives the stacks of other vendors their providers", () => {
    const network = undefined;
    const { stacks } = synth(
      staging({
        network,
        database: { engine: "neon", neonRegion: "aws-us-east-1" },
        cache: { kind: "upstash", primaryRegion: "eu-west-1" },
        services: { api: { kind: "render", source: { kind: "image", url: "ghcr.io/acme/api", tag: "v1" } } },
        sites: { web: { kind: "vercel", repository: { owner: "acme", name: "web" } } },
      }),
    );
    expect(stacks["staging-hosted"]?.provider).toEqual({ neon: [{}], render: [{}], upstash: [{}] });
    expect(stacks["staging-vercel"]?.provider).toEqual({ vercel: [{}] });
  });
});
