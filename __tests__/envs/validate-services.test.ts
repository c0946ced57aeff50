import type { Environment, ServiceSettings, SiteSettings } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { serviceProblems, siteProblems } from "../../envs/validate-services";
import { api, domain, prod, shared, staging } from "../support/environments";

const found = (problems: ReadonlyArray<string | undefined>) => problems.filter((problem) => problem !== undefined);
const problems = (environment: Environment) => found(serviceProblems(resolveEnvironment(environment)));
const sitesOf = (environment: Environment) => found(siteProblems(resolveEnvironment(environment)));

const worker = { kind: "fargate", image: api.image } as const;
const withService = (overrides: Partial<ServiceSettings>, environment: Partial<Environment> = {}) =>
  problems(staging({ domain, ...environment, services: { api: { ...api, ...overrides } } }));
const routed = (...hosts: string[]) => ({ routing: { hosts, priority: 1 } });

describe("serviceProblems", () => {
  test("finds none in no service, a routed one, and a worker", () => {
    expect(problems(staging())).toEqual([]);
    expect(problems(staging({ domain, services: { api, worker } }))).toEqual([]);
    expect(problems(prod({ domain, services: { api, worker } }))).toEqual([]);
  });

  test("finds every problem of every service, each with its path", () => {
    const services = { api: { ...api, cpuUnits: 300 }, worker: { ...worker, maxTasks: 0 } };
    expect(problems(staging({ domain, services }))).toEqual([
      "services.api.cpuUnits must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 300; the nearest legal pair is cpuUnits 256 with memoryMiB 512",
      "services.worker.maxTasks must be a whole number from 1 to 5000, got 0",
      "services.worker.minTasks must be at most maxTasks (0), got 1",
    ]);
  });

  test("finds a service of no known kind", () => {
    expect(withService({ kind: "lambda" as "fargate" })).toEqual([
      'services.api.kind must be one of fargate, got "lambda"',
    ]);
  });

  describe("about images", () => {
    const sidecar = (repository: string) => ({ sidecars: { proxy: { image: { repository, tag: "v1" } } } });

    test("lets a service and its sidecars run what the shared stack stores, and what anyone may pull", () => {
      expect(withService(sidecar("api"))).toEqual([]);
      expect(withService({ image: { uri: "public.ecr.aws/nginx/nginx:1.27.3" } })).toEqual([]);
      expect(withService({ sidecars: { proxy: { image: { uri: "public.ecr.aws/nginx/nginx:1.27.3" } } } })).toEqual([]);
    });

    test("finds an image of a sidecar that nobody stores", () => {
      expect(withService(sidecar("proxy"))).toEqual([
        'services.api.image.repository must be one of shared.images (api), got "proxy"',
      ]);
    });

    test("says so when nothing is stored", () => {
      expect(withService({}, { shared: { ...shared, images: undefined } })).toEqual([
        'services.api.image.repository must be one of shared.images (none), got "api"',
      ]);
    });
  });

  describe("about connections", () => {
    const data: Partial<Environment> = {
      database: { engine: "postgres" },
      cache: { kind: "serverless" },
      buckets: { uploads: {} },
    };

    test("lets a service connect to nothing, or to all that the environment has", () => {
      expect(withService({ connects: [] }, data)).toEqual([]);
      expect(withService({ connects: ["database", "cache", "uploads"] }, data)).toEqual([]);
      expect(withService({ connects: undefined })).toEqual([]);
    });

    test("lists what there is", () => {
      expect(withService({ connects: ["uploads", "exports"] }, data)).toEqual([
        'services.api.connects.1 must be one of database, cache, uploads, got "exports"',
      ]);
      expect(withService({ connects: ["cache"] }, { ...data, cache: { kind: "none" } })).toEqual([
        'services.api.connects.0 must be one of database, uploads, got "cache"',
      ]);
    });

    test("counts a cache in each task as a cache", () => {
      expect(withService({ connects: ["cache"], memoryMiB: 1024 }, { cache: { kind: "sidecar" } })).toEqual([]);
    });
  });

  describe("about hosts", () => {
    test.each([["example.com"], ["api.example.com"], ["*.example.com"], ["a-1.example.com", "example.com"]])(
      "allows %j %j of example.com",
      (...hosts) => {
        expect(withService(routed(...hosts.filter((host) => host !== undefined)))).toEqual([]);
      },
    );

    test.each(["a.b.example.com", "example.org", "notexample.com", "com"])("finds %j outside example.com", (host) => {
      expect(withService(routed("example.com", host))).toContain(
        `services.api.routing.hosts.1 must be "example.com" or one label below it, which is what the certificate covers, got "${host}"`,
      );
    });

    test("asks for names in lower case, as DNS keeps them", () => {
      expect(withService(routed("API.example.com"))).toEqual([
        'services.api.routing.hosts.0 must be a domain name in lower case, without a dot at the end, got "API.example.com"',
      ]);
    });

    test("asks nothing of hosts without a domain, as no certificate and no record is made", () => {
      expect(withService(routed("whatever.example.org"), { domain: undefined })).toEqual([]);
    });

    test("covers the domain, not its whole zone", () => {
      const below = { ...domain, name: "staging.example.com" };
      expect(withService(routed("api.staging.example.com", "staging.example.com"), { domain: below })).toEqual([]);
      expect(withService(routed("api.example.com"), { domain: below })).toEqual([
        'services.api.routing.hosts.0 must be "staging.example.com" or one label below it, which is what the certificate covers, got "api.example.com"',
      ]);
    });
  });

  describe("about a shell", () => {
    test("allows none, and one in staging that the cluster records", () => {
      expect(withService({ exec: false })).toEqual([]);
      expect(withService({ exec: true }, { cluster: { exec: true } })).toEqual([]);
    });

    test.each([undefined, {}, { exec: false }])("finds one in staging with the cluster %j", (cluster) => {
      expect(withService({ exec: true }, { cluster })).toEqual([
        "services.api.exec needs cluster.exec, so that sessions are recorded, got none",
      ]);
    });

    test("finds one in prod, also when the cluster would record it", () => {
      const environment = prod({ domain, cluster: { exec: true }, services: { api: { ...api, exec: true } } });
      expect(problems(environment)).toEqual([
        "services.api.exec must be false in prod, got true; a shell in a task can read what the task can read",
      ]);
    });
  });
});

describe("siteProblems", () => {
  const site: SiteSettings = { kind: "cloudflare-pages", repository: { owner: "acme", name: "web" } };
  const withSite = (overrides: Partial<SiteSettings>, environment: Partial<Environment> = {}) =>
    sitesOf(staging({ domain, ...environment, sites: { web: { ...site, ...overrides } } }));

  test("finds none in no site, one without a domain, and one in the zone", () => {
    expect(sitesOf(staging({ shared: { ...shared, cloudflareAccountId: undefined } }))).toEqual([]);
    expect(withSite({})).toEqual([]);
    expect(withSite({ domain: "www.example.com" })).toEqual([]);
    expect(withSite({ domain: "deep.down.example.com" })).toEqual([]);
  });

  test("asks for the account at Cloudflare, once", () => {
    const environment = staging({
      shared: { ...shared, cloudflareAccountId: undefined },
      sites: { web: site, docs: site },
    });
    expect(sitesOf(environment)).toEqual([
      "shared.cloudflareAccountId must be set for a site on Cloudflare Pages, got none",
    ]);
  });

  test("finds a site of no known kind", () => {
    expect(withSite({ kind: "vercel" as "cloudflare-pages" })).toEqual([
      'sites.web.kind must be one of cloudflare-pages, got "vercel"',
    ]);
  });

  test("finds the problems of its settings, with the path", () => {
    expect(withSite({ repository: { owner: "acme", name: "acme/web" } })).toEqual([
      'sites.web.repository.name must be the name of a GitHub repository, without its owner, got "acme/web"',
    ]);
  });

  test("finds a domain outside the zone", () => {
    expect(withSite({ domain: "www.example.org" })).toEqual([
      'sites.web.domain must be "example.com" or end in ".example.com", got "www.example.org"',
    ]);
  });

  test("takes any domain where the environment has no zone", () => {
    expect(withSite({ domain: "www.example.org" }, { domain: undefined })).toEqual([]);
  });

  test("finds a domain that a service answers at, and names the service", () => {
    expect(withSite({ domain: "api.example.com" }, { services: { worker, api } })).toEqual([
      'sites.web.domain must not be a host of a service, got "api.example.com" as in services.api',
    ]);
  });
});
