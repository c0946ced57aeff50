import fc from "fast-check";
import type { DnsSettings } from "../../../modules/edge/dns-settings";
import { pagesSiteProblems, siteDomainProblem } from "../../../modules/edge/pages-site-settings";
import type { PagesSiteSettings } from "../../../modules/edge/pages-site-settings";

const repository = { owner: "acme", name: "web" };
const problems = (settings: Partial<PagesSiteSettings>) =>
  pagesSiteProblems({ repository, ...settings }).filter((problem) => problem !== undefined);
const WAY_OUT = `set it with "wrangler pages secret put" and name it in externalSecrets`;
const NOT_A_SECRET = "must not be a secret, which Terraform's state would hold, got";

describe(pagesSiteProblems, () => {
  test.each<Partial<PagesSiteSettings>>([
    {},
    { repository: { owner: "acme-inc", name: "web.site_2" }, productionBranch: "release/2.0" },
    { previews: "all" },
    { previews: "none" },
    { previews: { includes: ["feature/*"], excludes: ["feature/secret"] } },
    { build: { command: "pnpm run build", outputDirectory: "apps/web/dist", rootDirectory: "/", caching: false } },
    { build: { rootDirectory: "/apps/web", outputDirectory: ".next" } },
    { build: { rootDirectory: "packages/@acme/web" } },
    { watchPaths: ["apps/web/*"] },
    { environment: { VITE_API_URL: "https://api.example.com", NODE_VERSION: "22", KEYBOARD: "fr", TOKENIZER: "a" } },
    { environment: { VITE_MAPBOX_TOKEN: "pk.1", NEXT_PUBLIC_API_KEY: "1", PUBLIC_ACCESS_KEY: "1" } },
    { environment: { VITE_API_URL: "${TfToken[TOKEN.1]}" } },
    { externalSecrets: ["SESSION_SECRET"] },
    { compatibilityDate: "2026-01-31", buildImageVersion: 2, failOpen: true },
    { buildImageVersion: 3 },
    { domain: "app.staging.example.com" },
  ])("finds none in %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[Partial<PagesSiteSettings>, string]>([
    [
      { repository: { owner: "acme/web", name: "web" } },
      `repository.owner must be the name of a GitHub user or organization, got "acme/web"`,
    ],
    [
      { repository: { owner: "acme", name: "acme/web" } },
      `repository.name must be the name of a GitHub repository, without its owner, got "acme/web"`,
    ],
    [{ productionBranch: "main *" }, `productionBranch must be the name of a branch, got "main *"`],
    [{ previews: "some" as "all" }, `previews must be one of all, none, got "some"`],
    [
      { previews: { includes: [] } },
      `previews.includes must be one or more branches, got []; for no previews say "none"`,
    ],
    [{ previews: { includes: ["a b"] } }, `previews.includes[0] must be a branch, with * for any text, got "a b"`],
    [
      { previews: { includes: ["*"], excludes: [""] } },
      `previews.excludes[0] must be a branch, with * for any text, got ""`,
    ],
    [{ build: { command: " " } }, `build.command must be a command, got " "`],
    [
      { build: { outputDirectory: "/dist" } },
      `build.outputDirectory must be a folder below the root folder, without a slash in front, got "/dist"`,
    ],
    [
      { build: { outputDirectory: "../dist" } },
      `build.outputDirectory must be a folder below the root folder, without a slash in front, got "../dist"`,
    ],
    [
      { build: { rootDirectory: "a/../b" } },
      `build.rootDirectory must be a folder of the repository, or "/", got "a/../b"`,
    ],
    [{ watchPaths: [] }, "watchPaths must be one or more paths, got []"],
    [
      { environment: { "2FAST": "1" } },
      `environment must be names of letters, digits and underscores that do not begin with a digit, got "2FAST"`,
    ],
    [
      { externalSecrets: ["a-b"] },
      `externalSecrets must be names of letters, digits and underscores that do not begin with a digit, got "a-b"`,
    ],
    [
      { externalSecrets: ["A"], environment: { A: "1" } },
      `externalSecrets must not name a variable of the environment, got "A"`,
    ],
    [
      { externalSecrets: ["A"], previewEnvironment: { A: "1" } },
      `externalSecrets must not name a variable of the environment, got "A"`,
    ],
    [{ compatibilityDate: "2026-13-01" }, `compatibilityDate must be a day as YYYY-MM-DD, got "2026-13-01"`],
    [{ compatibilityDate: "today" }, `compatibilityDate must be a day as YYYY-MM-DD, got "today"`],
    [{ buildImageVersion: 1 }, "buildImageVersion must be a whole number from 2 to 3, got 1"],
    [{ buildImageVersion: 4 }, "buildImageVersion must be a whole number from 2 to 3, got 4"],
    [
      { domain: "https://app.example.com" },
      `domain must be a domain name in lower case, got "https://app.example.com"`,
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test.each([
    "DB_PASSWORD",
    "SESSION_SECRET",
    "API_KEY",
    "STRIPE_API_KEY",
    "GITHUB_TOKEN",
    "VITE_CLIENT_SECRET",
    "PRIVATE_KEY",
  ])("refuses %s by its name, in either environment", (name) => {
    for (const path of ["environment", "previewEnvironment"]) {
      expect(problems({ [path]: { [name]: "x" } })).toEqual([
        `${path}.${name} ${NOT_A_SECRET} a name that reads like one; ${WAY_OUT}`,
      ]);
    }
  });

  test.each([
    ["a password in an address", "redis://default:abc@host:6379"],
    ["an access key", `AKIA${"A1".repeat(8)}`],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----"],
    ["a GitHub token", `ghp_${"a".repeat(36)}`],
  ])("refuses %s by its value, which it does not repeat", (_what, value) => {
    expect(problems({ environment: { SOMETHING: value } })).toEqual([
      `environment.SOMETHING ${NOT_A_SECRET} a value with a password or a key in it; ${WAY_OUT}`,
    ]);
  });

  test("never repeats the value of a variable", () => {
    const values = fc.stringMatching(/^[a-z]{20,30}$/);
    fc.assert(
      fc.property(fc.string(), values, (name, value) => {
        expect(problems({ environment: { [name]: value } }).join()).not.toContain(value);
      }),
    );
  });
});

describe(siteDomainProblem, () => {
  const cloudflare: DnsSettings = { kind: "cloudflare", zoneId: "0".repeat(32), zoneName: "example.com" };
  const route53: DnsSettings = { kind: "route53", zoneId: "Z1", zoneName: "example.com" };

  test.each<[string, DnsSettings]>([
    ["example.com", cloudflare],
    ["app.example.com", cloudflare],
    ["app.example.com", route53],
  ])("finds none in %s", (domain, dns) => {
    expect(siteDomainProblem(domain, dns)).toBeUndefined();
  });

  test.each<[string, DnsSettings, string]>([
    ["app.example.org", cloudflare, `domain must be "example.com" or end in ".example.com", got "app.example.org"`],
    ["app.example.org", route53, `domain must be "example.com" or end in ".example.com", got "app.example.org"`],
    [
      "example.com",
      route53,
      `domain must be below "example.com" while Route 53 answers for that zone, got "example.com"; move the zone to Cloudflare, or take a name such as "www.example.com"`,
    ],
  ])("fails on %s", (domain, dns, message) => {
    expect(siteDomainProblem(domain, dns)).toBe(message);
  });
});
