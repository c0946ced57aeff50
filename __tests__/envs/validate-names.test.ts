import type { Environment, ServiceSettings, Shared } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { nameProblems } from "../../envs/validate-names";
import { api, domain, shared, staging } from "../support/environments";

const problems = (environment: Environment) =>
  nameProblems(resolveEnvironment(environment)).filter((problem) => problem !== undefined);

const names = (length: number) => `a${"b".repeat(length - 1)}`;
const shorten = "; shorten the project, the environment or the part after it";
const withShared = (overrides: Partial<Shared>) => staging({ shared: { ...shared, ...overrides } });
const worker = { kind: "fargate", image: api.image } as const;
const site = { kind: "cloudflare-pages", repository: { owner: "acme", name: "web" } } as const;
const wrongKey = (path: string, key: string) =>
  `${path}.name must be 2 or more lower-case letters, digits and single hyphens, a letter first, got "${key}"`;

describe("nameProblems", () => {
  test("finds none in an environment with something of everything", () => {
    const environment = staging({
      domain,
      services: { api, "mail-worker-2": worker },
      sites: { web: site },
      buckets: { uploads: {}, "user-exports": {} },
    });
    expect(problems(environment)).toEqual([]);
  });

  test("allows project and environment as long as their own limits let them be", () => {
    expect(problems(staging({ name: names(12), shared: { ...shared, project: names(16) } }))).toEqual([]);
  });

  test.each<[string, number, (key: string) => Partial<Environment>, string, string]>([
    ["a service", 19, (key) => ({ services: { [key]: worker } }), "services", "targetGroup must be at most 32"],
    ["a site", 45, (key) => ({ sites: { [key]: site } }), "sites", "pagesProject must be at most 58"],
  ])("allows %s a name of %d characters and not one more", (_what, longest, having, where, limit) => {
    expect(problems(staging(having(names(longest))))).toEqual([]);
    const key = names(longest + 1);
    expect(problems(staging(having(key)))).toEqual([
      `${where}.${key}.name of ${limit} characters, got ${13 + longest + 1} in "acme-staging-${key}"${shorten}`,
    ]);
  });

  test("allows a bucket a name of 37 characters and not one more, since the account's number is in it", () => {
    expect(problems(staging({ buckets: { [names(37)]: {} } }))).toEqual([]);
    const key = names(38);
    expect(problems(staging({ buckets: { [key]: {} } }))).toEqual([
      `buckets.${key}.name of bucket must be at most 63 characters, got 64 in "acme-staging-${key}-123456789012"${shorten}`,
    ]);
  });

  test("allows an image a name of 251 characters and not one more", () => {
    expect(problems(withShared({ images: { [names(251)]: {} } }))).toEqual([]);
    const image = names(252);
    expect(problems(withShared({ images: { [image]: {} } }))).toEqual([
      `shared.images.${image}.name of imageRepository must be at most 256 characters, got 257 in "acme/${image}"${shorten}`,
    ]);
  });

  test("finds an image whose name the registry refuses", () => {
    expect(problems(withShared({ images: { "jobs/mail": {}, Api: {} } }))).toEqual([
      'shared.images.Api.name of imageRepository must be lower-case letters, digits, hyphens and slashes, got "acme/Api"',
    ]);
  });

  test.each(["ab", "a1", "api-2", names(15)])("allows the key %j", (key) => {
    expect(problems(staging({ services: { [key]: worker }, sites: { [key]: site }, buckets: { [key]: {} } }))).toEqual(
      [],
    );
  });

  test.each(["a", "1a", "-a", "a-", "a_b", "a.b", "Api", "a b"])("finds the key %j, whatever it names", (key) => {
    expect(problems(staging({ services: { [key]: worker } }))).toContain(wrongKey(`services.${key}`, key));
    expect(problems(staging({ sites: { [key]: site } }))).toContain(wrongKey(`sites.${key}`, key));
    expect(problems(staging({ buckets: { [key]: {} } }))).toContain(wrongKey(`buckets.${key}`, key));
  });

  test("finds two hyphens in a row", () => {
    expect(problems(staging({ services: { "a--b": worker } }))).toContain(wrongKey("services.a--b", "a--b"));
  });

  test.each(["database", "cache"])("finds a bucket named %s, which services connect to by that name", (key) => {
    expect(problems(staging({ buckets: { [key]: {} } }))).toEqual([
      `buckets.${key}.name must not be database or cache, which services connect to by these names`,
    ]);
  });

  test.each(["database", "cache"])("finds a secret named %s, which services take by that name", (key) => {
    expect(problems(staging({ secrets: { [key]: {} } }))).toEqual([
      `secrets.${key}.name must not be database or cache, whose secrets services take by these names`,
    ]);
  });

  test.each(["a", "1a", "a_b", "a--b"])("finds the key %j of a task and of a secret", (key) => {
    expect(problems(staging({ tasks: { [key]: { image: api.image } } }))).toContain(wrongKey(`tasks.${key}`, key));
    expect(problems(staging({ secrets: { [key]: {} } }))).toContain(wrongKey(`secrets.${key}`, key));
  });

  test.each<[string, number, ServiceSettings]>([
    ["docker-host", 46, { kind: "docker-host", image: api.image }],
    ["app-runner", 19, { kind: "app-runner", image: api.image, port: 8080 }],
    ["blue-green", 13, { ...worker, port: 80, routing: api.routing, deployment: { kind: "blue-green" } }],
  ])("allows a service of kind %s a name of %d characters and not one more", (_kind, longest, service) => {
    expect(problems(staging({ domain, services: { [names(longest)]: service } }))).toEqual([]);
    const key = names(longest + 1);
    expect(problems(staging({ domain, services: { [key]: service } }))).not.toEqual([]);
  });

  test("allows a task a name of 36 characters and not one more", () => {
    const task = (length: number) => problems(staging({ tasks: { [names(length)]: { image: api.image } } }));
    expect(task(36)).toEqual([]);
    expect(task(37)).toEqual([
      `tasks.${names(37)}.name of iamRole must be at most 64 characters, got 65 in "acme-staging-${names(37)}-once-execution"${shorten}`,
    ]);
  });

  describe("with two things that would have one name", () => {
    const host = { kind: "docker-host", image: api.image } as const;
    const blueGreen = { ...api, deployment: { kind: "blue-green" } } as const;
    const task = { image: api.image };
    const cdn = { kind: "cloudfront" } as const;
    const application = {
      ...{ owner: "acme", ownerId: 1001, repository: "api", repositoryId: 2002 },
      services: ["api"],
    };
    const pipeline = { source: { owner: "acme", repository: "shop" }, services: {} };
    const recovery = { region: "us-east-1", buckets: ["uploads"] };

    test.each<[string, Partial<Environment>, string]>([
      [
        "a host like the host of the cache",
        { cache: { kind: "host" }, services: { cache: host } },
        'services.cache.name must be another, got one whose nameTag "acme-staging-cache" is that of cache',
      ],
      [
        "a host like the NAT instance",
        { network: { cidr: "10.10.0.0/16", nat: "instance" }, services: { nat: host } },
        'services.nat.name must be another, got one whose nameTag "acme-staging-nat" is that of network.nat',
      ],
      [
        "a service like the other color of another",
        { domain, services: { api: blueGreen, "api-green": worker } },
        'services.api-green.name must be another, got one whose targetGroup "acme-staging-api-green" is that of services.api',
      ],
      [
        "a service like a task",
        { services: { "migrate-once": worker }, tasks: { migrate: task } },
        'tasks.migrate.name must be another, got one whose taskDefinition "acme-staging-migrate-once" is that of services.migrate-once',
      ],
      [
        "a bucket like that of a site",
        { sites: { web: cdn }, buckets: { "web-site": {} } },
        'buckets.web-site.name must be another, got one whose bucket "acme-staging-web-site" is that of sites.web',
      ],
      [
        "a bucket like that of the load balancer's logs",
        { domain, services: { api }, loadBalancer: { accessLogs: true }, buckets: { "access-logs": {} } },
        'buckets.access-logs.name must be another, got one whose bucket "acme-staging-access-logs" is that of loadBalancer.accessLogs',
      ],
      [
        "a bucket like the copy of another",
        { recovery, buckets: { uploads: {}, "uploads-replica": {} } },
        'buckets.uploads.name must be another, got one whose bucket "acme-staging-uploads-replica" is that of buckets.uploads-replica',
      ],
      [
        "an application like the pipeline",
        { services: { api }, pipeline, delivery: { applications: [{ ...application, name: "pipeline" }] } },
        'delivery.applications[0].name must be another, got one whose iamRole "acme-staging-release-pipeline" is that of pipeline',
      ],
    ])("finds %s", (_what, overrides, problem) => {
      expect(problems(staging(overrides))).toContain(problem);
    });

    test.each<[string, Partial<Environment>]>([
      ["a host named cache without one for the cache", { services: { cache: host } }],
      ["a host named nat beside a NAT gateway", { services: { nat: host } }],
      ["a service named like a color that no other has", { domain, services: { api, "api-green": worker } }],
      ["a service and a task of one name", { services: { migrate: worker }, tasks: { migrate: task } }],
      ["a bucket named like the logs of a load balancer without any", { buckets: { "access-logs": {} } }],
      ["a bucket named like a copy that nobody makes", { buckets: { uploads: {}, "uploads-replica": {} } }],
      ["a site on Pages and a bucket", { sites: { web: site }, buckets: { "web-site": {} } }],
    ])("finds none in %s", (_what, overrides) => {
      expect(problems(staging(overrides))).toEqual([]);
    });
  });
});
