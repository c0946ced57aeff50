import type { Environment, SiteSettings } from "../../envs/environment";
import { domain, shared, staging } from "../support/environments";
import { synthEnvironment, values } from "../support/stacks";
import { resources } from "../support/synth";

const site = { kind: "vercel", repository: { owner: "acme", name: "web" } } as const;
const named: SiteSettings = {
  ...site,
  domain: "www.example.com",
  previewDomain: { domain: "next.example.com", branch: "next" },
};
const synth = (sites: Readonly<Record<string, SiteSettings>>, overrides: Partial<Environment> = {}) =>
  synthEnvironment(staging({ sites, ...overrides }));

describe("VercelStack", () => {
  test("is only there with a site at Vercel", () => {
    expect(synth({}).stacks).not.toHaveProperty("staging-vercel");
    expect(synth({ docs: { kind: "cloudfront" } }).stacks).not.toHaveProperty("staging-vercel");
  });

  test("has a project for each site, and needs Vercel alone", () => {
    const { stacks, dependencies } = synth({ web: site, docs: site, other: { kind: "cloudfront" } });
    const stack = stacks["staging-vercel"] ?? {};
    expect(values(stack, "vercel_project", "name").sort()).toEqual(["acme-staging-docs", "acme-staging-web"]);
    expect(Object.keys(stack.provider ?? {})).toEqual(["vercel"]);
    expect(dependencies["staging-vercel"]).toEqual([]);
  });

  test("makes them in the team that is shared, or else in the token's own", () => {
    const team = (overrides: Partial<Environment>) =>
      values(synth({ web: site }, overrides).stacks["staging-vercel"] ?? {}, "vercel_project", "team_id");
    expect(team({ shared: { ...shared, vercelTeamId: "team_1" } })).toEqual(["team_1"]);
    expect(team({})).toEqual([undefined]);
  });

  test("leaves the records of its domains to the edge, where all others are", () => {
    const { stacks } = synth({ web: named }, { domain });
    expect(Object.keys(stacks["staging-vercel"]?.resource ?? {}).filter((type) => /record/.test(type))).toEqual([]);
    expect(resources(stacks["staging-edge"] ?? {}, "aws_route53_record").map(({ name, type }) => [name, type])).toEqual(
      [
        ["next.example.com", "CNAME"],
        ["www.example.com", "CNAME"],
      ],
    );
  });

  test("needs no edge without a domain of its own, or without a zone", () => {
    expect(synth({ web: site }, { domain }).stacks).not.toHaveProperty("staging-edge");
    expect(synth({ web: named }).stacks).not.toHaveProperty("staging-edge");
  });

  test("needs no network", () => {
    const { stacks } = synth({ web: named }, { domain, network: undefined });
    expect(Object.keys(stacks).sort()).toEqual(["shared", "staging-edge", "staging-vercel"]);
  });
});
