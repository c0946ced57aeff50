import type { Environment, Shared } from "../../envs/environment";
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
});
