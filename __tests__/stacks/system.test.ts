import { systems } from "../../envs";
import { choose } from "../../envs/choose";
import type { Environment } from "../../envs/environment";
import { InvalidEnvironment } from "../../envs/invalid-environment";
import { systemProblems } from "../../envs/validate";
import { api, domain, prod, shared, staging, system } from "../support/environments";
import { cloud } from "../support/in-cloud";
import { policyOf, resources } from "../support/synth";
import { type SynthesizedSystem, synthSystem } from "../support/system";

const synth = (...environments: Environment[]) => synthSystem({ system: system(...environments), environments });
const problemsOf = (...environments: Environment[]) => systemProblems(system(...environments));
const application = {
  owner: "acme",
  ownerId: 1001,
  repository: "api",
  repositoryId: 2002,
  images: ["api"],
  services: ["api"],
};
const site = (name: string) =>
  ({ kind: "cloudflare-pages", repository: { owner: "acme", name: "web" }, domain: name }) as const;
const stackNames = ({ stacks }: SynthesizedSystem) => Object.keys(stacks).sort();
const graph = ({ dependencies }: SynthesizedSystem) =>
  Object.fromEntries(Object.entries(dependencies).map(([name, before]) => [name, [...before].sort()]));

/** Every `<stack> <type>.<name>` of a system: what Terraform knows each resource by. */
const addresses = ({ stacks }: SynthesizedSystem) =>
  Object.entries(stacks)
    .flatMap(([stack, { resource = {} }]) =>
      Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${stack} ${type}.${name}`)),
    )
    .sort();

const web = { kind: "cloudflare-pages", repository: { owner: "acme", name: "web" } } as const;
const vercel = { kind: "vercel", repository: { owner: "acme", name: "web" } } as const;
const migrating = { ...shared, migrations: { repository: "api" } };
const { repository: _repository, ...withoutRepository } = shared;

describe("addSystem", () => {
  const everything = synthSystem(choose(systems, { GROUNDPLAN_ENV: "all" }));

  test("builds no prod unless it is chosen", () => {
    const names = (variables: Record<string, string>) => stackNames(synthSystem(choose(systems, variables)));
    const parts = ["app", "data", "delivery", "edge", "github", "network"];
    const common = ["bootstrap", "shared"];
    const ofStaging = [...parts, "upstash"].map((part) => `staging-${part}`);
    const ofProd = parts.map((part) => `prod-${part}`);
    expect(names({})).toEqual([...common, ...ofStaging]);
    expect(names({ GROUNDPLAN_ENV: "staging" })).toEqual([...common, ...ofStaging]);
    expect(names({ GROUNDPLAN_ENV: "prod" })).toEqual([...ofProd, ...common].sort());
    expect(stackNames(everything)).toEqual([...ofProd, ...common, ...ofStaging].sort());
  });

  const least = ["shared", "staging-app", "staging-data", "staging-network"];

  test.each<[string, Partial<Environment>, string[]]>([
    ["nothing", {}, []],
    ["state in S3", { state: { kind: "s3" } }, ["bootstrap"]],
    ["state in S3 for what is shared", { shared: { ...shared, state: { kind: "s3" } } }, ["bootstrap"]],
    ["state and runs in Terraform Cloud", { state: cloud }, ["platform", "staging-delivery"]],
    ["only state in Terraform Cloud", { state: { ...cloud, executionMode: "local" } }, ["platform"]],
    [
      "state in Terraform Cloud for what is shared",
      { shared: { ...shared, state: cloud } },
      ["platform", "staging-delivery"],
    ],
    [
      "state in Terraform Cloud, but that of the platform in S3",
      { state: cloud, shared: { ...shared, platformState: { kind: "s3" } } },
      ["bootstrap", "platform", "staging-delivery"],
    ],
    [
      "the platform's state in S3, and nothing in Terraform Cloud",
      { shared: { ...shared, platformState: { kind: "s3" } } },
      [],
    ],
    ["a cache at Upstash", { cache: { kind: "upstash", primaryRegion: "eu-west-1" } }, ["staging-upstash"]],
    ["a cache at ElastiCache", { cache: { kind: "serverless" } }, []],
    ["a cache in each task", { cache: { kind: "sidecar" } }, []],
    ["a Redis on a host", { cache: { kind: "host" } }, []],
    ["a database at Neon", { database: { engine: "neon", neonRegion: "aws-us-east-1" } }, ["staging-hosted"]],
    ["a site at Vercel", { sites: { web: vercel } }, ["staging-vercel"]],
    [
      "a site at Vercel by a name of the zone",
      { domain, sites: { web: { ...vercel, domain: "www.example.com" } } },
      ["staging-edge", "staging-vercel"],
    ],
    ["a site on CloudFront", { domain, sites: { web: { kind: "cloudfront" } } }, ["staging-cdn"]],
    [
      "a site on CloudFront by a name of the zone",
      { domain, sites: { web: { kind: "cloudfront", domain: "www.example.com" } } },
      ["staging-cdn", "staging-edge"],
    ],
    ["a service on a host", { domain, services: { host: { kind: "docker-host", image: api.image } } }, []],
    [
      "a service on a host by a name of the zone",
      { domain, services: { host: { kind: "docker-host", image: api.image, port: 80, hosts: ["a.example.com"] } } },
      ["staging-edge"],
    ],
    ["a service on App Runner", { services: { runner: { kind: "app-runner", image: api.image, port: 80 } } }, []],
    ["monitoring", { monitoring: {} }, ["staging-monitoring"]],
    ["a recovery", { recovery: { region: "us-east-1" } }, ["staging-recovery"]],
    ["backups", { recovery: { region: "us-east-1", backup: {} } }, ["staging-backup", "staging-recovery"]],
    ["a host for migrations and no database", { shared: migrating }, ["shared-bastion"]],
    [
      "a host for migrations and a database",
      { shared: migrating, database: { engine: "mysql" } },
      ["shared-bastion", "staging-migrations"],
    ],
    ["a domain that nothing answers at", { domain }, []],
    ["a routed service without a domain", { services: { api } }, []],
    ["a routed service with a domain", { domain, services: { api } }, ["staging-edge"]],
    [
      "a service routed by path only, whose certificate is validated there",
      { domain, services: { api: { ...api, routing: { paths: ["/*"], priority: 1 } } } },
      ["staging-edge"],
    ],
    [
      "a service routed by a wildcard only, whose certificate is validated there",
      { domain, services: { api: { ...api, routing: { hosts: ["*.example.com"], priority: 1 } } } },
      ["staging-edge"],
    ],
    ["a worker with a domain", { domain, services: { worker: { kind: "fargate", image: api.image } } }, []],
    ["a site without a domain", { sites: { web } }, ["staging-edge"]],
    ["a delivery", { delivery: {} }, ["staging-delivery", "staging-github"]],
    ["a shared repository and no delivery", { shared: withoutRepository }, []],
  ])("with %s builds what that needs", (_what, overrides, more) => {
    expect(stackNames(synth(staging(overrides)))).toEqual([...least, ...more].sort());
  });

  test("lets each stack wait for those it needs, and for no other", () => {
    expect(graph(everything)).toEqual({
      bootstrap: [],
      shared: [],
      "staging-delivery": [],
      "staging-network": ["staging-delivery"],
      "staging-data": ["staging-network"],
      "staging-upstash": ["staging-data"],
      "staging-edge": ["staging-network"],
      "staging-app": ["staging-data", "staging-edge", "staging-network", "staging-upstash"],
      "staging-github": ["staging-delivery"],
      "prod-delivery": [],
      "prod-network": ["prod-delivery"],
      "prod-data": ["prod-network"],
      "prod-edge": ["prod-network"],
      "prod-app": ["prod-data", "prod-edge", "prod-network"],
      "prod-github": ["prod-delivery"],
    });
  });

  test("keeps every address when a value changes that is no name", () => {
    const before: Partial<Environment> = {
      domain,
      database: { engine: "postgres" },
      cache: { kind: "replication-group" },
      services: { api },
      buckets: { uploads: {} },
      sites: { web },
      delivery: {},
    };
    const after: Partial<Environment> = {
      ...before,
      logRetentionDays: 30,
      network: { cidr: "10.99.0.0/16" },
      database: { engine: "postgres", instanceClass: "db.m7g.large", storageGiB: 200, backupRetentionDays: 20 },
      cache: { kind: "replication-group", nodeType: "cache.m7g.large", replicas: 2 },
      services: {
        api: {
          ...api,
          ...{ cpuUnits: 1024, memoryMiB: 4096, minTasks: 3, maxTasks: 9, spotShare: 50, architecture: "arm64" },
          port: 8080,
          environment: { LOG_LEVEL: "debug" },
          image: { repository: "api", tag: "v2" },
          routing: { hosts: ["api.example.com"], priority: 20 },
          healthCheck: { path: "/well" },
        },
      },
      buckets: { uploads: { noncurrentDays: 7, expireDays: 30 } },
      sites: { web: { ...web, productionBranch: "production" } },
      delivery: { waitMinutes: 5, planTrigger: "pull-request" },
      shared: { ...shared, accountId: "210987654321", region: "us-east-1", project: "other" },
    };
    expect(addresses(synth(staging(after)))).toEqual(addresses(synth(staging(before))));
  });

  test("keeps every address of one environment when another is added or left out", () => {
    const ofStaging = (built: SynthesizedSystem) =>
      addresses(built).filter((address) => address.startsWith("staging-"));
    const alone = ofStaging(synthSystem(choose(systems, { GROUNDPLAN_ENV: "staging" })));
    expect(alone.length).toBeGreaterThan(50);
    expect(ofStaging(everything)).toEqual(alone);
  });

  describe("with everything destroyable and local, as the sandbox has it", () => {
    const environments = systems["default"]?.environments ?? [];
    const sandbox = synthSystem({
      ...choose(systems, { GROUNDPLAN_ENV: "all", GROUNDPLAN_STATE: "local", GROUNDPLAN_DESTROYABLE: "true" }),
    });

    test("builds every stack but the bucket for the state, with the same addresses in every cloud", () => {
      expect(environments.map(({ name }) => name)).toEqual(["staging", "prod"]);
      expect(stackNames(sandbox)).toEqual(stackNames(everything).filter((name) => name !== "bootstrap"));
      // On GitHub, prod as it is plans in an environment of its own, and what may be destroyed does not.
      const clouds = (built: SynthesizedSystem) =>
        addresses(built).filter((one) => !/^(bootstrap|prod-github) /.test(one));
      expect(clouds(sandbox)).toEqual(clouds(everything));
    });

    test("protects nothing from deletion", () => {
      const text = Object.values(sandbox.bytes).join("\n");
      expect(text).not.toMatch(/"prevent_destroy": true/);
      expect(text).not.toMatch(/"(enable_)?deletion_protection": true/);
      expect(text).not.toMatch(/"skip_final_snapshot": false/);
      expect(text).not.toMatch(/"force_(destroy|delete)": false/);
      expect(text).not.toMatch(/"final_snapshot_identifier"/);
    });

    test("keeps every state in a file", () => {
      expect(Object.entries(sandbox.stacks).map(([name, { terraform }]) => [name, terraform?.["backend"]])).toEqual(
        Object.keys(sandbox.stacks).map((name) => [
          name,
          { local: { path: `../../../.groundplan/state/${name}.tfstate` } },
        ]),
      );
    });

    test("reads every other stack's state from its file", () => {
      const read = Object.values(sandbox.stacks).flatMap(({ data = {} }) =>
        Object.values(data["terraform_remote_state"] ?? {}),
      );
      expect(read.length).toBeGreaterThan(5);
      for (const state of read) expect(state).toMatchObject({ backend: "local" });
    });
  });

  test("protects prod, and what is shared, from deletion", () => {
    const stateful = [
      ["prod-network", "aws_lb"],
      ["prod-data", "aws_db_instance"],
      ["prod-data", "aws_elasticache_replication_group"],
      ["prod-data", "aws_s3_bucket"],
      ["shared", "aws_ecr_repository"],
      ["shared", "aws_iam_openid_connect_provider"],
      ["bootstrap", "aws_s3_bucket"],
    ] as const;
    for (const [stack, type] of stateful) {
      const all = resources(everything.stacks[stack] ?? {}, type);
      expect(all.length).toBeGreaterThan(0);
      for (const one of all) expect(one).toMatchObject({ lifecycle: { prevent_destroy: true } });
    }
  });

  describe("with an environment in an account of its own", () => {
    const delivery = { reviewers: { teams: ["platform"] } };
    const { stacks } = synth(
      staging({ delivery: {} }),
      prod({ state: { kind: "s3", bucket: "acme-elsewhere" }, accountId: "210987654321", delivery }),
    );
    const having = (type: string) =>
      Object.keys(stacks).filter((name) => resources(stacks[name] ?? {}, type).length > 0);

    test("makes GitHub's identity provider in each account once", () => {
      expect(having("aws_iam_openid_connect_provider")).toEqual(["prod-delivery", "shared"]);
      const trusted = (stack: string) =>
        resources(stacks[stack] ?? {}, "aws_iam_role").map((role) =>
          policyOf(role, "assume_role_policy").Statement.map(({ Principal }) => Principal),
        );
      const provider = (account: string) => [
        { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
      ];
      expect(trusted("prod-delivery")).toEqual([provider("210987654321"), provider("210987654321")]);
      expect(trusted("staging-delivery")).toEqual([provider("123456789012"), provider("123456789012")]);
    });

    test("lets that account pull the images of the shared one, and do nothing else with them", () => {
      expect(having("aws_ecr_repository")).toEqual(["shared"]);
      expect(resources(stacks["shared"] ?? {}, "aws_ecr_repository_policy").map((policy) => policyOf(policy))).toEqual([
        {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "PullFromOtherAccounts",
              Effect: "Allow",
              Principal: { AWS: ["arn:aws:iam::210987654321:root"] },
              Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            },
          ],
        },
      ]);
    });

    test("counts environments that are not chosen, so that choosing changes nothing that is shared", () => {
      const environments = [
        staging({ delivery: {} }),
        prod({ state: { kind: "s3", bucket: "acme-elsewhere" }, accountId: "210987654321", delivery }),
      ];
      const chosen = synthSystem({ system: system(...environments), environments: environments.slice(0, 1) });
      expect(chosen.stacks["shared"]).toEqual(stacks["shared"]);
    });
  });
});

describe("what only shows when environments or connections meet", () => {
  test("own variable over a wired one of the other list (guide: environment or secrets wins)", () => {
    const upstash = { kind: "upstash", primaryRegion: "eu-west-1" } as const;
    expect(() =>
      synth(
        staging({ domain, cache: upstash, services: { api: { ...api, environment: { REDIS_URL: "redis://x" } } } }),
      ),
    ).not.toThrow();
    expect(() =>
      synth(
        staging({
          domain,
          database: { engine: "postgres" },
          services: { api: { ...api, secrets: { DATABASE_HOST: { secretName: "x" } } } },
        }),
      ),
    ).not.toThrow();
  });

  test("an application's GitHub environment and its role agree about the branch", () => {
    const { stacks } = synth(
      staging({ domain, services: { api }, delivery: { deployBranch: "release", applications: [application] } }),
    );
    const policy = resources(stacks["staging-github"] ?? {}, "github_repository_environment_deployment_policy").find(
      ({ repository }) => repository === "api",
    );
    const role = resources(stacks["staging-delivery"] ?? {}, "aws_iam_role").find(
      ({ name }) => name === "acme-staging-release-api",
    );
    const ref = policyOf(role ?? {}, "assume_role_policy").Statement[0]?.Condition?.["StringEquals"]?.[
      "token.actions.githubusercontent.com:ref"
    ];
    expect(ref).toBe(`refs/heads/${String(policy?.["branch_pattern"])}`);
  });

  test("every S3 backend names the bucket that bootstrap makes, in its region", () => {
    const { stacks } = synth(staging(), prod({ region: "us-east-1" }));
    const made = Object.values(stacks).flatMap((stack) =>
      resources(stack, "aws_s3_bucket").map(
        ({ bucket }) => `${String(bucket)} ${String(stack.provider?.["aws"]?.[0]?.["region"])}`,
      ),
    );
    for (const { terraform } of Object.values(stacks)) {
      const s3 = (terraform?.["backend"] as Record<string, { bucket: string; region: string }>)["s3"];
      if (s3) expect(made).toContain(`${s3.bucket} ${s3.region}`);
    }
  });

  test("an environment in another account names a bucket of its own", () => {
    expect(problemsOf(staging(), prod({ accountId: "210987654321" }))).toEqual([
      'prod.state.bucket must be named for an environment outside the shared account, got "acme-123456789012-terraform-state", which is in account 123456789012',
    ]);
    const elsewhere = prod({ accountId: "210987654321", state: { kind: "s3", bucket: "acme-elsewhere" } });
    expect(stackNames(synth(staging(), elsewhere))).not.toContain("bootstrap");
  });

  test("two environments in one other account make one identity provider", () => {
    const delivery = { reviewers: { teams: [1] } };
    const elsewhere = { accountId: "210987654321", delivery, state: { kind: "s3", bucket: "acme-elsewhere" } } as const;
    const { stacks } = synth(
      staging(),
      prod(elsewhere),
      prod({ ...elsewhere, name: "second", network: { cidr: "10.30.0.0/16" } }),
    );
    const providers = Object.entries(stacks).filter(
      ([, stack]) => resources(stack, "aws_iam_openid_connect_provider").length > 0,
    );
    expect(providers.map(([name]) => name)).toHaveLength(2);
  });

  test.each<[string, Environment[]]>([
    [
      "5a a role name of an application that is too long",
      [staging({ delivery: { applications: [{ ...application, services: [], repository: "a".repeat(60) }] } })],
    ],
    [
      "5b a secret from a source that is not connected",
      [
        staging({
          domain,
          database: { engine: "postgres" },
          services: { api: { ...api, connects: [], secrets: { X: { from: "database" } } } },
        }),
      ],
    ],
    [
      "5c a service named like its sidecar",
      [staging({ domain, cache: { kind: "sidecar" }, services: { redis: api } })],
    ],
    [
      "5d pullAccountIds with the own account",
      [staging({ shared: { ...shared, images: { api: { pullAccountIds: ["123456789012"] } } } })],
    ],
  ])("%s is found by validation, not thrown with a stack by a construct", (_what, environments) => {
    expect(problemsOf(...environments)).not.toEqual([]);
  });

  test("a system without environments is an InvalidEnvironment", () => {
    expect(() => synth()).toThrow(InvalidEnvironment);
  });

  test.each<[string, Environment[]]>([
    [
      "6a two sites at one domain",
      [staging({ domain, sites: { aa: site("x.example.com"), bb: site("x.example.com") } })],
    ],
    ["two environments at one host", [staging({ domain, services: { api } }), prod({ domain, services: { api } })]],
    [
      "6c environments of different shared settings, whose images nobody makes",
      [
        staging(),
        prod({
          shared: { ...shared, images: { other: {} } },
          domain,
          services: { web: { kind: "fargate", image: { repository: "other", tag: "v1" } } },
        }),
      ],
    ],
    [
      "6d an application that pushes from another account",
      [staging({ accountId: "210987654321", delivery: { applications: [{ ...application, services: [] }] } })],
    ],
  ])("%s is found by validation, not by the cloud", (_what, environments) => {
    expect(problemsOf(...environments)).not.toEqual([]);
  });

  test("project and environment may be as long as their own limits and the load balancer's real name (32) let them be", () => {
    const names = (length: number) => `a${"b".repeat(length - 1)}`;
    expect(problemsOf(staging({ name: names(12), shared: { ...shared, project: names(16) } }))).toEqual([]);
  });
});
