import {
  type VercelSecret,
  vercelSecretProblems,
  vercelSiteProblems,
  type VercelSiteSettings,
} from "../../../modules/edge/vercel-site-settings";

const repository = { owner: "acme", name: "platform" };
const problems = (settings: Partial<VercelSiteSettings>) =>
  vercelSiteProblems({ repository, ...settings }).filter((problem) => problem !== undefined);

describe(vercelSiteProblems, () => {
  test.each<Partial<VercelSiteSettings>>([
    {},
    { productionBranch: "release/1", framework: "sveltekit", rootDirectory: "apps/web", functionRegion: "cdg1" },
    { buildCommand: "x".repeat(256), installCommand: "npm ci", ignoreCommand: "npx turbo-ignore" },
    { nodeVersion: "20.x" },
    { nodeVersion: "24.x", previews: false },
    { domain: "example.com", previewDomain: { domain: "next.example.com", branch: "next" } },
    { variables: { production: { NEXT_PUBLIC_API_URL: "https://api.example.com" }, development: { A: "" } } },
    { variables: { preview: { NEXT_PUBLIC_MAPS_API_KEY: "public" } } },
  ])("finds none in %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[Partial<VercelSiteSettings>, string]>([
    [
      { repository: { owner: "-acme", name: "platform" } },
      `repository.owner must be the name of a GitHub user or organization, got "-acme"`,
    ],
    [
      { repository: { owner: "acme", name: "acme/platform" } },
      `repository.name must be the name of a GitHub repository, without its owner, got "acme/platform"`,
    ],
    [{ productionBranch: "a b" }, `productionBranch must be the name of a branch, got "a b"`],
    [{ framework: "Next.js" }, `framework must be Vercel's name of a framework, such as nextjs, got "Next.js"`],
    [
      { rootDirectory: "/frontend" },
      `rootDirectory must be a folder of the repository, without a slash in front, got "/frontend"`,
    ],
    [
      { rootDirectory: "a/../../b" },
      `rootDirectory must be a folder of the repository, without a slash in front, got "a/../../b"`,
    ],
    [{ buildCommand: " " }, `buildCommand must be a command of at most 256 characters, got " "`],
    [{ nodeVersion: "18.x" as "20.x" }, `nodeVersion must be one of 20.x, 22.x, 24.x, got "18.x"`],
    [{ functionRegion: "eu-west-3" }, `functionRegion must be a region of Vercel, such as iad1, got "eu-west-3"`],
    [
      { variables: { preview: { STRIPE_SECRET: "x" } } },
      `variables.preview.STRIPE_SECRET must not be a secret, which Terraform's state would hold, got a name that reads like one; set it with "vercel env add"`,
    ],
    [
      { variables: { production: { DATABASE_URL: "postgres://app:hunter2@db/app" } } },
      `variables.production.DATABASE_URL must not be a secret, which Terraform's state would hold, got a value with a password or a key in it; set it with "vercel env add"`,
    ],
    [
      { variables: { development: { "A-B": "x" } } },
      `variables.development must be names of letters, digits and underscores that do not begin with a digit, got "A-B"`,
    ],
    [{ domain: "https://example.com" }, `domain must be a domain name in lower case, got "https://example.com"`],
    [
      { domain: "example.com", previewDomain: { domain: "example.com", branch: "main" } },
      `previewDomain.domain must be other than production's, got "example.com"`,
    ],
    [
      { previews: false, previewDomain: { domain: "next.example.com", branch: "next" } },
      `previewDomain must be left out without previews, got "next.example.com"`,
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toContain(message);
  });

  test("fails on a command longer than Vercel takes, and on a preview of the production branch", () => {
    expect(problems({ buildCommand: "x".repeat(257) })).toHaveLength(1);
    expect(problems({ previewDomain: { domain: "next.example.com", branch: "main" } })).toEqual([
      `previewDomain.branch must be other than production's, got "main"`,
    ]);
  });
});

describe(vercelSecretProblems, () => {
  const value = "${TfToken[TOKEN.1]}";
  const secrets = (all: Record<string, VercelSecret>, settings: Pick<VercelSiteSettings, "variables"> = {}) =>
    vercelSecretProblems(all, settings).filter((problem) => problem !== undefined);

  test.each<Record<string, VercelSecret>>([
    {},
    { API_KEY: { value, version: 1 } },
    { API_KEY: { value, version: 1, targets: ["preview"] } },
  ])("finds none in %j", (all) => {
    expect(secrets(all)).toEqual([]);
  });

  test("refuses a value that is written out, and does not repeat it", () => {
    expect(secrets({ API_KEY: { value: "hunter2", version: 1 } })).toEqual([
      `secrets.API_KEY must be a value only Terraform knows, got one that the synthesized JSON would hold; set it with "vercel env add"`,
    ]);
  });

  test("refuses a target that may hold no secret, a name that is none, and one that is taken", () => {
    expect(secrets({ API_KEY: { value, version: 1, targets: ["development" as "preview"] } })).toEqual([
      `secrets.API_KEY.targets must be one of production, preview, got "development"`,
    ]);
    expect(secrets({ "API-KEY": { value, version: 1 } })).toHaveLength(1);
    expect(secrets({ A: { value, version: 1 } }, { variables: { preview: { A: "1" } } })).toEqual([
      `secrets must not name a variable, got "A"`,
    ]);
    expect(
      secrets({ A: { value, version: 1, targets: ["production"] } }, { variables: { preview: { A: "1" } } }),
    ).toEqual([]);
  });
});
