import { systems } from "../../envs";
import type { Environment } from "../../envs/environment";
import { InvalidEnvironment } from "../../envs/invalid-environment";
import { resolveEnvironment } from "../../envs/tiers";
import { assertValidSystem, environmentWarnings, systemProblems } from "../../envs/validate";
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
      'shared.name must be 2 to 12 lower-case letters, digits and single hyphens, a letter first, and not shared, bootstrap or all, got "shared"',
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
      "App Runner, which takes no new customers",
      staging({ domain, services: { api: { ...api, kind: "app-runner" as "fargate" } } }),
      'staging.services.api.kind must be one of fargate, got "app-runner"; App Runner takes no new customers since 2026-04-30',
    ],
    [
      "a sidecar cache that the task has no memory for",
      staging({ domain, cache: { kind: "sidecar", dataMiB: 512 }, services: { api } }),
      expect.stringMatching(/^staging\.services\.api\.sidecars.*memoryMiB/),
    ],
    [
      "a cache of no known kind",
      staging({ cache: { kind: "memcached" as "none" } }),
      'staging.cache.kind must be one of replication-group, serverless, upstash, sidecar, none, got "memcached"',
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
});
