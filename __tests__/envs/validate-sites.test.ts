import type { Environment, SiteOfKind, SiteSettings } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { siteDomains, siteNameProblems, siteProblems } from "../../envs/validate-sites";
import { api, domain, shared, staging } from "../support/environments";

const found = (problems: ReadonlyArray<string | undefined>) => problems.filter((problem) => problem !== undefined);
const problems = (environment: Environment) => found(siteProblems(resolveEnvironment(environment)));

const worker = { kind: "fargate", image: api.image } as const;
const repository = { owner: "acme", name: "web" } as const;
const cloudflare = {
  name: "example.com",
  dns: { kind: "cloudflare", zoneId: "fedcba9876543210fedcba9876543210", zoneName: "example.com" },
} as const;

/** The problems of one site of a kind, in an environment with a domain. */
function having<Kind extends SiteSettings["kind"]>(base: SiteOfKind<Kind>) {
  return (overrides: Partial<SiteOfKind<Kind>> = {}, environment: Partial<Environment> = {}) =>
    problems(staging({ domain, ...environment, sites: { web: { ...base, ...overrides } as SiteSettings } }));
}

const pages = having<"cloudflare-pages">({ kind: "cloudflare-pages", repository });
const vercel = having<"vercel">({ kind: "vercel", repository });
const cloudFront = having<"cloudfront">({ kind: "cloudfront" });

describe("siteProblems", () => {
  test("finds a site of no known kind", () => {
    expect(pages({ kind: "netlify" as "cloudflare-pages" })).toEqual([
      'sites.web.kind must be one of cloudflare-pages, vercel, cloudfront, got "netlify"',
    ]);
  });

  describe("about Cloudflare Pages", () => {
    test("finds none in no site, one without a domain, and one in the zone", () => {
      expect(problems(staging({ shared: { ...shared, cloudflareAccountId: undefined } }))).toEqual([]);
      expect(pages()).toEqual([]);
      expect(pages({ domain: "www.example.com" })).toEqual([]);
      expect(pages({ domain: "deep.down.example.com" })).toEqual([]);
    });

    test("asks for the account at Cloudflare, once, and only for Pages", () => {
      const without = { shared: { ...shared, cloudflareAccountId: undefined } };
      const site = { kind: "cloudflare-pages", repository } as const;
      expect(problems(staging({ ...without, sites: { web: site, docs: site } }))).toEqual([
        "shared.cloudflareAccountId must be set for a site on Cloudflare Pages, got none",
      ]);
      expect(vercel({}, without)).toEqual([]);
      expect(cloudFront({}, without)).toEqual([]);
    });

    test("finds the problems of its settings, with the path", () => {
      expect(pages({ repository: { owner: "acme", name: "acme/web" } })).toEqual([
        'sites.web.repository.name must be the name of a GitHub repository, without its owner, got "acme/web"',
      ]);
    });
  });

  describe.each([
    ["Cloudflare Pages", pages],
    ["Vercel", vercel],
  ] as const)("about the domain of a site at %s", (_where, having) => {
    test("finds one outside the zone", () => {
      expect(having({ domain: "www.example.org" })).toEqual([
        'sites.web.domain must be "example.com" or end in ".example.com", got "www.example.org"',
      ]);
    });

    test("finds the zone's own name at Route 53, which takes no CNAME there, and allows it at Cloudflare", () => {
      expect(having({ domain: "example.com" })).toEqual([
        'sites.web.domain must be below "example.com" while Route 53 answers for that zone, got "example.com"; move the zone to Cloudflare, or take a name such as "www.example.com"',
      ]);
      expect(having({ domain: "example.com" }, { domain: cloudflare })).toEqual([]);
    });

    test("takes any where the environment has no zone", () => {
      expect(having({ domain: "www.example.org" }, { domain: undefined })).toEqual([]);
    });

    test("finds one that a service answers at, and names the service", () => {
      expect(having({ domain: "api.example.com" }, { services: { worker, api } })).toEqual([
        'sites.web.domain must not be a host of a service, got "api.example.com" as in services.api',
      ]);
    });
  });

  describe("about Vercel", () => {
    const preview = (host: string) => ({ previewDomain: { domain: host, branch: "next" } });

    test("needs no network", () => {
      expect(vercel({ domain: "www.example.com", ...preview("next.example.com") }, { network: undefined })).toEqual([]);
    });

    test("finds the problems of its settings, with the path", () => {
      expect(vercel({ functionRegion: "paris" })).toEqual([
        'sites.web.functionRegion must be a region of Vercel, such as iad1, got "paris"',
      ]);
    });

    test("holds the domain of previews to the same rules", () => {
      expect(vercel(preview("next.example.org"))).toEqual([
        'sites.web.previewDomain.domain must be "example.com" or end in ".example.com", got "next.example.org"',
      ]);
      expect(vercel(preview("example.com"))).toEqual([
        expect.stringMatching(/^sites\.web\.previewDomain\.domain must be below "example\.com" while Route 53/),
      ]);
      expect(vercel(preview("api.example.com"), { services: { api } })).toEqual([
        'sites.web.previewDomain.domain must not be a host of a service, got "api.example.com" as in services.api',
      ]);
      expect(vercel(preview("next.example.org"), { domain: undefined })).toEqual([]);
    });
  });

  describe("about CloudFront", () => {
    const routed = { services: { api } };
    const toApi = { api: { paths: ["/api/*"] } };

    test.each<[string, Partial<SiteOfKind<"cloudfront">>, Partial<Environment>]>([
      ["no domain", {}, {}],
      ["the environment's own domain", { domain: "example.com" }, {}],
      ["a name one label below it", { domain: "app.example.com" }, {}],
      ["an API", toApi, routed],
      ["an API by the name of its service", { ...toApi, service: "api" }, routed],
    ])("finds none with %s", (_what, site, environment) => {
      expect(cloudFront(site, environment)).toEqual([]);
    });

    test("asks for a network", () => {
      expect(cloudFront({}, { network: undefined })).toEqual([
        "sites.web.network must be set for a site on CloudFront, which is in AWS, got none",
      ]);
    });

    test("finds a domain that no certificate covers", () => {
      expect(cloudFront({ domain: "a.b.example.com" })).toEqual([
        'sites.web.domain must be "example.com" or one label below it, which is what the certificate covers, got "a.b.example.com"',
      ]);
      expect(cloudFront({ domain: "www.example.com" }, { domain: undefined })).toEqual([
        "sites.web.domain must be left out without a domain of the environment",
      ]);
    });

    test("finds an API that nobody answers, by a host", () => {
      const none = "sites.web.api needs a service that is routed by host, got none";
      expect(cloudFront(toApi)).toEqual([none]);
      expect(cloudFront(toApi, { services: { worker } })).toEqual([none]);
      for (const routing of [
        { paths: ["/*"], priority: 1 },
        { hosts: ["*.example.com"], priority: 1 },
      ]) {
        expect(cloudFront(toApi, { services: { api: { ...api, routing } } })).toEqual([none]);
      }
    });

    test("finds an API whose host has no record", () => {
      expect(cloudFront(toApi, { ...routed, domain: undefined })).toEqual([
        "sites.web.api needs a domain of the environment, which has the records of its hosts, got none",
      ]);
    });

    test("finds a service that is not there, or not asked for", () => {
      expect(cloudFront({ ...toApi, service: "worker" }, { services: { api, worker } })).toEqual([
        'sites.web.service must be one that is routed by host (api), got "worker"',
      ]);
      expect(cloudFront({ service: "api" }, routed)).toEqual([
        'sites.web.service must be left out without api, got "api"',
      ]);
    });

    test("finds a domain that the API answers at", () => {
      expect(cloudFront({ domain: "api.example.com", ...toApi }, routed)).toEqual([
        'sites.web.domain must not be a host of a service, got "api.example.com" as in services.api',
      ]);
    });
  });

  test("finds two sites at one domain, of whatever kind, and says it of the later", () => {
    const sites: Record<string, SiteSettings> = {
      web: { kind: "cloudflare-pages", repository, domain: "www.example.com" },
      next: {
        kind: "vercel",
        repository,
        domain: "next.example.com",
        previewDomain: { domain: "www.example.com", branch: "next" },
      },
      docs: { kind: "cloudfront", domain: "next.example.com" },
    };
    expect(problems(staging({ domain, sites }))).toEqual([
      'sites.next.previewDomain.domain must be unlike that of every other site, got "www.example.com" twice',
      'sites.docs.domain must be unlike that of every other site, got "next.example.com" twice',
    ]);
  });
});

describe("siteNameProblems", () => {
  const names = (site: SiteSettings, length: number) =>
    found(siteNameProblems(resolveEnvironment(staging()), `a${"b".repeat(length - 1)}`, site));

  test.each<[SiteSettings, number, string]>([
    [{ kind: "cloudflare-pages", repository }, 45, "pagesProject must be at most 58"],
    [{ kind: "vercel", repository }, 39, "vercelProject must be at most 52"],
    [{ kind: "cloudfront" }, 32, "bucket must be at most 63"],
  ])("allows a site %j %d characters and not one more", (site, longest, limit) => {
    expect(names(site, longest)).toEqual([]);
    expect(names(site, longest + 1)).toEqual([
      expect.stringMatching(new RegExp(`^name of ${limit} characters, got \\d+ in "acme-staging-ab+`)),
    ]);
  });
});

describe("siteDomains", () => {
  test("are the domain and that of previews, by their paths", () => {
    expect(siteDomains({ kind: "cloudfront" })).toEqual({});
    expect(siteDomains({ kind: "cloudflare-pages", repository, domain: "a.example.com" })).toEqual({
      domain: "a.example.com",
    });
    const previewDomain = { domain: "b.example.com", branch: "next" };
    expect(siteDomains({ kind: "vercel", repository, domain: "a.example.com", previewDomain })).toEqual({
      domain: "a.example.com",
      "previewDomain.domain": "b.example.com",
    });
  });
});
