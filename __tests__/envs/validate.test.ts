import { systems } from "../../envs";
import type { Environment, Shared } from "../../envs/environment";
import { InvalidEnvironment } from "../../envs/invalid-environment";
import { resolveEnvironment } from "../../envs/tiers";
import { assertValidSystem, environmentWarnings, systemProblems } from "../../envs/validate";
import { APP_RUNNER_WARNING } from "../../modules/compute/app-runner-service-settings";
import { api, domain, prod, shared, staging, system } from "../support/environments";

const problemsOf = (...environments: Environment[]) => systemProblems(system(...environments));

describe("systemProblems", () => {
  test.each(Object.entries(systems))("finds none in system %s", (_name, known) => {
    expect(systemProblems(known)).toEqual([]);
  });

  test("finds none in the smallest environments", () => {
    expect(problemsOf(staging(), prod())).toEqual([]);
  });

  test.each<[string, Environment, string]>([
    [
      "a name that stacks use",
      staging({ name: "shared" }),
      'shared.name must be 2 to 12 lower-case letters, digits and single hyphens, a letter first, and not shared, bootstrap, platform or all, got "shared"',
    ],
    ["an unknown tier", staging({ tier: "dev" as "staging" }), 'staging.tier must be one of staging, prod, got "dev"'],
    [
      "an account that lost its leading zero",
      staging({ accountId: "23456789012" }),
      'staging.accountId must be the 12 digits of an AWS account, as a string, got "23456789012"',
    ],
    [
      "a region of another partition",
      staging({ region: "cn-north-1" }),
      'staging.region must be an AWS region such as eu-west-3 (China and GovCloud are other partitions, which groundplan does not know), got "cn-north-1"',
    ],
    [
      "more zones in use than named",
      staging({ zones: ["a", "b"], network: { cidr: "10.10.0.0/16", zoneCount: 3 } }),
      'staging.zones must name at least 3 zones, as network.zoneCount says, got ["a","b"]',
    ],
    [
      "an unknown number of zones",
      staging({ network: { cidr: "10.10.0.0/16", zoneCount: 4 as 3 }, zones: ["a", "b", "c", "d"] }),
      "staging.network.zoneCount must be one of 2, 3, got 4",
    ],
    ["a zone named twice", staging({ zones: ["a", "a"] }), 'staging.zones must name each zone once, got ["a","a"]'],
    [
      "a retention that CloudWatch does not know",
      staging({ logRetentionDays: 10 }),
      expect.stringMatching(/^staging\.logRetentionDays must be one of 1, 3, 5, .*, got 10$/),
    ],
    [
      "state of prod in a file",
      prod({ state: { kind: "local" } }),
      'prod.state.kind must be "s3" or "cloud" in prod, got "local"; a state file on one machine is neither shared, locked nor encrypted',
    ],
    [
      "a Terraform Cloud project with a space",
      staging({ state: { kind: "cloud", organization: "acme", projectName: "Default Project" } }),
      'staging.state.projectName must be 3 to 40 letters, digits, hyphens and underscores (no spaces: it becomes part of the trust subject), got "Default Project"',
    ],
    [
      "prod with too few backups",
      prod({ database: { engine: "postgres", backupRetentionDays: 6 } }),
      "prod.database.backupRetentionDays must be at least 7 in prod, got 6; it is the window for point-in-time recovery",
    ],
    [
      "a database without backups",
      staging({ database: { engine: "postgres", backupRetentionDays: 0 } }),
      "staging.database.backupRetentionDays must be a whole number from 1 to 35, got 0",
    ],
    [
      "prod without HTTPS",
      prod({ services: { api } }),
      "prod.domain must be set in prod, got none; without a name there is no certificate and so no HTTPS",
    ],
    [
      "a domain outside its zone",
      staging({ domain: { ...domain, name: "example.org" } }),
      'staging.domain.name must be "example.com" or end in ".example.com", which is the zone, got "example.org"',
    ],
    [
      "a host that the certificate does not cover",
      staging({ domain, services: { api: { ...api, routing: { hosts: ["a.b.example.com"], priority: 1 } } } }),
      'staging.services.api.routing.hosts.0 must be "example.com" or one label below it, which is what the certificate covers, got "a.b.example.com"',
    ],
    [
      "an illegal pair of CPU and memory",
      staging({ domain, services: { api: { ...api, cpuUnits: 256, memoryMiB: 4096 } } }),
      expect.stringMatching(/^staging\.services\.api\.memoryMiB must be .*512, 1024.*2048.*got 4096/),
    ],
    [
      "a sidecar cache that the task has no memory for",
      staging({ domain, cache: { kind: "sidecar", dataMiB: 512 }, services: { api } }),
      expect.stringMatching(/^staging\.services\.api\.sidecars.*memoryMiB/),
    ],
    [
      "a cache of no known kind",
      staging({ cache: { kind: "memcached" as "none" } }),
      'staging.cache.kind must be one of replication-group, serverless, upstash, sidecar, host, none, got "memcached"',
    ],
    [
      "an image that nobody stores",
      staging({ domain, services: { api: { ...api, image: { repository: "apy", tag: "v1" } } } }),
      'staging.services.api.image.repository must be one of shared.images (api), got "apy"',
    ],
    [
      "a connection to nothing",
      staging({ domain, services: { api: { ...api, connects: ["uploads"] } } }),
      'staging.services.api.connects.0 must be one of nothing, the environment has no data, got "uploads"',
    ],
    [
      "a shell in prod",
      prod({ domain, services: { api: { ...api, exec: true } } }),
      "prod.services.api.exec must be false in prod, got true; a shell in a task can read what the task can read",
    ],
    [
      "a service name too long for its target group",
      staging({ domain, services: { "a-service-of-many-words": api } }),
      expect.stringMatching(
        /^staging\.services\.a-service-of-many-words\.name of targetGroup must be at most 32 characters, got 36 in "acme-staging-a-service-of-many-words"/,
      ),
    ],
    [
      "a bucket that services could not connect to",
      staging({ buckets: { cache: {} } }),
      "staging.buckets.cache.name must not be database or cache, which services connect to by these names",
    ],
  ])("finds %s", (_what, environment, problem) => {
    expect(problemsOf(environment)).toContainEqual(problem);
  });

  test("finds two services with one priority", () => {
    const other = { ...api, routing: { hosts: ["b.example.com"], priority: 10 } };
    expect(problemsOf(staging({ domain, services: { api, other } }))).toEqual([
      "staging.services.other.routing.priority must be unlike that of every other service, got 10 as in api",
    ]);
  });

  test("finds a site at the host of a service", () => {
    const web = {
      kind: "cloudflare-pages",
      repository: { owner: "acme", name: "web" },
      domain: "api.example.com",
    } as const;
    expect(problemsOf(staging({ domain, services: { api }, sites: { web } }))).toContain(
      'staging.sites.web.domain must not be a host of a service, got "api.example.com" as in services.api',
    );
  });

  test("finds environments that could never be peered, or told apart", () => {
    expect(problemsOf(staging(), prod({ network: { cidr: "10.10.128.0/17" } }))).toEqual([
      'prod.network.cidr must not overlap that of staging (10.10.0.0/16), got "10.10.128.0/17"; they could never be peered',
    ]);
    expect(problemsOf(staging(), staging({ network: { cidr: "10.30.0.0/16" } }))).toEqual([
      'staging.name must differ from every other environment\'s, got "staging" twice',
    ]);
  });

  test("finds an environment whose roles would reach another", () => {
    expect(problemsOf(prod(), prod({ name: "prod-eu", network: { cidr: "10.30.0.0/16" } }))).toEqual([
      'prod-eu.name must not begin like "prod" and a hyphen, or the other way round, got "prod-eu"; roles reach what is named after their environment',
    ]);
  });

  test("finds environments that answer at one name, previews of a site included", () => {
    const site = (host: string) => ({
      web: {
        kind: "vercel",
        repository: { owner: "acme", name: "web" },
        domain: `${host}.example.com`,
        previewDomain: { domain: "next.example.com", branch: "next" },
      } as const,
    });
    expect(problemsOf(staging({ domain, sites: site("one") }), prod({ domain, sites: site("two") }))).toEqual([
      'prod must not answer at a host of staging, got "next.example.com" in both',
    ]);
    const host = { kind: "docker-host", image: api.image, port: 80, hosts: ["api.example.com"] } as const;
    expect(problemsOf(staging({ domain, services: { api } }), prod({ domain, services: { host } }))).toEqual([
      'prod must not answer at a host of staging, got "api.example.com" in both',
    ]);
  });

  test("finds environments in one project of Terraform Cloud, and a platform in the cloud it makes", () => {
    const state = { kind: "cloud", organization: "acme-org", projectName: "one" } as const;
    const withPlatform = { ...shared, platformState: state as unknown as Shared["platformState"] };
    expect(problemsOf(staging({ state, shared: withPlatform }), prod({ state, shared: withPlatform }))).toEqual([
      'shared.platformState.kind must be one of local, s3, got "cloud"; the platform stack makes the workspaces of Terraform Cloud, so its own state is in none of them',
      'prod.state.projectName must be unlike that of staging, got "one" in both; a project has the roles of one environment',
    ]);
  });

  test("counts the network in a second region among those that must not overlap", () => {
    const recovery = { region: "us-east-1", databaseReplica: true, cidr: "10.10.0.0/16" };
    const database = { engine: "aurora-postgresql", instanceClass: "db.r6g.large" } as const;
    expect(problemsOf(staging(), prod({ database, recovery }))).toEqual([
      'prod.recovery.cidr must not overlap that of staging (10.10.0.0/16), got "10.10.0.0/16"; they could never be peered',
    ]);
  });

  describe("about what is shared", () => {
    const withShared = (overrides: Partial<Shared>, environment: Partial<Environment> = {}) =>
      problemsOf(staging({ ...environment, shared: { ...shared, ...overrides } }));
    const migrations = { repository: "api" };

    test("allows a bucket of env files, a team at Vercel and a host of migrations", () => {
      expect(withShared({ envFiles: {}, vercelTeamId: "team_a1B2", migrations })).toEqual([]);
      expect(withShared({ envFiles: {}, migrations: { ...migrations, envFile: { version: "v1.0.0" } } })).toEqual([]);
    });

    test.each<[Partial<Shared>, string]>([
      [{ vercelTeamId: "acme" }, 'shared.vercelTeamId must be the id of a team at Vercel, team_…, got "acme"'],
      [
        { envFiles: { noncurrentDays: 0 } },
        expect.stringMatching(/^shared\.envFiles\.noncurrentDays must be .*, got 0$/) as string,
      ],
      [
        { migrations: { ...migrations, idleMinutes: 4 } },
        "shared.migrations.idleMinutes must be a whole number from 5 to 240, got 4",
      ],
      [
        { migrations: { repository: "migrations" } },
        'shared.migrations.repository must be one of shared.images (api), got "migrations"',
      ],
      [
        { migrations: { ...migrations, envFile: { version: "v1.0.0" } } },
        "shared.migrations.envFile needs shared.envFiles, the bucket it comes from, got none",
      ],
      [
        { migrations: { ...migrations, cidr: "10.10.128.0/24" } },
        'staging.network.cidr must not overlap that of shared.migrations (10.10.128.0/24), got "10.10.0.0/16"; they are peered',
      ],
    ])("finds what is wrong with %j", (overrides, problem) => {
      expect(withShared(overrides)).toEqual([problem]);
    });

    test("lets the host of migrations reach its own account and region only", () => {
      const account = { accountId: "210987654321", state: { kind: "s3", bucket: "acme-elsewhere" } } as const;
      expect(withShared({ migrations }, account)).toEqual([
        'staging.accountId must be the shared one with shared.migrations (123456789012), got "210987654321"; the bastion\'s network is in it',
      ]);
      expect(withShared({ migrations }, { region: "us-east-1" })).toEqual([
        'staging.region must be the shared one with shared.migrations (eu-west-3), got "us-east-1"; the bastion\'s network is in it',
      ]);
      expect(withShared({ migrations }, { ...account, region: "us-east-1", network: undefined })).toEqual([]);
    });
  });

  test("finds what is wrong with the listeners and the cluster", () => {
    const environment = staging({ testListener: { port: 443 }, cluster: { containerInsights: "some" as "enhanced" } });
    expect(problemsOf(environment)).toEqual([
      expect.stringMatching(/^staging\.testListener\.port must be .*, got 443/),
      expect.stringMatching(/^staging\.cluster\.containerInsights must be one of .*, got "some"$/),
    ]);
  });

  describe("about local development", () => {
    const withLocal = (local: Environment["local"], overrides: Partial<Environment> = {}) =>
      problemsOf(staging({ domain, services: { api }, local, ...overrides }));

    test("finds none in a service that is built from a folder", () => {
      expect(withLocal({ api: { context: "./api" } })).toEqual([]);
      expect(withLocal({ api: { context: "./api" } }, { database: { engine: "aurora-mysql" } })).toEqual([]);
    });

    test("finds a service that does not run, or not locally", () => {
      expect(withLocal({ apy: { context: "./api" } })).toEqual([
        'staging.local.apy must be a service that can run locally (api), got "apy"',
      ]);
      const source = { kind: "image", url: "ghcr.io/acme/api", tag: "v1" } as const;
      const services = { api: { kind: "render", source } } as const;
      expect(withLocal({ api: { context: "./api" } }, { services, network: undefined })).toEqual([
        'staging.local.api must be a service that can run locally (none), got "api"',
      ]);
    });

    test("finds what no Compose file could be made of, only where somebody asks for one", () => {
      expect(withLocal({ api: { context: "api" } })).toEqual([
        'staging.local.services.api.local.context must be a relative path that begins with a dot, got "api"',
      ]);
      const both = { services: { api, other: { ...api, routing: { hosts: ["b.example.com"], priority: 2 } } } };
      expect(withLocal(undefined, both)).toEqual([]);
      expect(withLocal({ api: { context: "./api" } }, both)).toEqual([
        "staging.local.services.other.local.port must be free on this machine, got 3000 of api too",
      ]);
    });
  });

  test("finds monitoring that is wrong, or has nothing to watch", () => {
    expect(problemsOf(staging({ monitoring: { evaluationMinutes: 61 } }))).toEqual([
      "staging.monitoring.evaluationMinutes must be a whole number from 1 to 60, got 61",
    ]);
    expect(problemsOf(staging({ monitoring: {}, network: undefined }))).toEqual([
      "staging.monitoring must be left out without a network; it watches what is in AWS",
    ]);
  });

  test("allows an environment with nothing in AWS", () => {
    expect(problemsOf(staging({ network: undefined }))).toEqual([]);
  });

  test("finds environments of two products in one system", () => {
    expect(problemsOf(staging(), prod({ shared: { ...shared, project: "other" } }))).toContain(
      'prod.shared.project must be "acme" as in staging, got "other"',
    );
  });
});

describe("assertValidSystem", () => {
  test("reports every problem at once, with its path", () => {
    const broken = system(
      staging({ network: { cidr: "10.10.0.0/28" }, database: { engine: "postgres", storageGiB: 19 } }),
      prod({ region: "paris" }),
    );
    const report = (() => {
      try {
        assertValidSystem(broken);
        return "";
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidEnvironment);
        return (error as Error).message;
      }
    })();
    expect(report.split("\n")).toEqual([
      'The environments of system "test" have 3 problems:',
      expect.stringMatching(/^ {2}staging\.network\.cidr must be .*"10\.10\.0\.0\/28"/),
      "  staging.database.storageGiB must be a whole number from 20 to 65536, got 19",
      expect.stringMatching(/^ {2}prod\.region must be an AWS region/),
    ]);
  });
});

describe("environmentWarnings", () => {
  test("warns of a sidecar cache with several tasks", () => {
    const warnings = (maxTasks: number) =>
      environmentWarnings(
        resolveEnvironment(staging({ domain, cache: { kind: "sidecar" }, services: { api: { ...api, maxTasks } } })),
      );
    expect(warnings(2)).toEqual([
      "services.api.maxTasks is 2, and each task has a Redis of its own in its sidecar: what one caches, the others do not see; set maxTasks to 1 or choose another cache",
    ]);
    expect(warnings(1)).toEqual([]);
  });

  test("warns of plain HTTP where a service is routed without a domain", () => {
    expect(environmentWarnings(resolveEnvironment(staging({ services: { api } })))).toEqual([
      "domain is not set, so the load balancer answers plain HTTP; set a domain to get a certificate and HTTPS",
    ]);
    expect(environmentWarnings(resolveEnvironment(staging({ domain, services: { api } })))).toEqual([]);
  });

  test("warns of App Runner, for each service on it", () => {
    const runner = { kind: "app-runner", image: api.image, port: 80 } as const;
    expect(environmentWarnings(resolveEnvironment(staging({ services: { one: runner, two: runner } })))).toEqual(
      ["one", "two"].map((name) => `services.${name}: ${APP_RUNNER_WARNING}`),
    );
  });

  describe("about alarms on connections", () => {
    const warnings = (overrides: Partial<Environment>) =>
      environmentWarnings(resolveEnvironment(staging({ monitoring: {}, ...overrides })));
    const warning =
      "database: the memory of db.x2g.large is not known here, so there is no alarm about the connections of such a database; set the parameter max_connections, or take a class of the t3, t4g, m5 to m8 or r5 to r8 families";

    test("warns where there is none, since the class is not known", () => {
      expect(warnings({ database: { engine: "postgres", instanceClass: "db.x2g.large" } })).toEqual([warning]);
      const replica = { readReplicas: 1, readReplicaInstanceClass: "db.x2g.large" };
      expect(warnings({ database: { engine: "mysql", ...replica } })).toEqual([warning]);
      expect(warnings({ database: { engine: "mysql", instanceClass: "db.x2g.large", readReplicas: 1 } })).toEqual([
        warning,
      ]);
    });

    test("does not where there is one, or where nobody watches", () => {
      const instanceClass = "db.x2g.large";
      expect(warnings({ database: { engine: "postgres" } })).toEqual([]);
      expect(warnings({ database: { engine: "postgres", instanceClass }, monitoring: undefined })).toEqual([]);
      const parameters = [{ name: "max_connections", value: "300" }];
      expect(warnings({ database: { engine: "postgres", instanceClass, parameters } })).toEqual([]);
      expect(warnings({})).toEqual([]);
    });
  });
});
