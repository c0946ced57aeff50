import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { VercelProvider } from "../../../modules/edge/vercel/provider";
import { VercelSite, type VercelSiteProps } from "../../../modules/edge/vercel-site";
import { context, resources, type Synthesized, synth } from "../../support/synth";
import { schemaProblems } from "../../support/vendor-schemas";

const base = () => ({ context: context(), name: "web", repository: { owner: "acme", name: "platform" } });
const synthesize = (build: (scope: Construct) => void) =>
  synth((scope) => {
    new VercelProvider(scope, "vercel");
    build(scope);
  });
const site = (props: Partial<VercelSiteProps> = {}) =>
  synthesize((scope) => new VercelSite(scope, "site", { ...base(), ...props }));
const projectId = expect.stringMatching(/^\$\{vercel_project\.\w+\.id\}$/) as string;
const problemsOf = ({ resource = {} }: Synthesized) =>
  Object.entries(resource).flatMap(([type, named]) =>
    Object.values(named).flatMap((attributes) => schemaProblems(type, attributes)),
  );

const everything = {
  rootDirectory: "frontend",
  buildCommand: "npm run build",
  installCommand: "npm ci",
  ignoreCommand: "npx turbo-ignore",
  teamId: "team_1",
  variables: { production: { NEXT_PUBLIC_API_URL: "https://api.example.com" }, development: { A: "1" } },
  domain: "app.example.com",
  previewDomain: { domain: "next.example.com", branch: "next" },
};

describe(VercelSite, () => {
  test("is built from GitHub on every push, its previews for the team only and forks only on approval", () => {
    expect(resources(site(), "vercel_project")).toEqual([
      {
        name: "acme-test-web",
        framework: "nextjs",
        node_version: "22.x",
        git_repository: { type: "github", repo: "acme/platform", production_branch: "main" },
        git_fork_protection: true,
        preview_deployments_disabled: false,
        automatically_expose_system_environment_variables: true,
        vercel_authentication: { deployment_type: "standard_protection_new" },
        resource_config: { function_default_regions: ["iad1"] },
      },
    ]);
    expect(Object.keys(site().resource ?? {})).toEqual(["vercel_project"]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { framework: undefined, productionBranch: undefined, previews: undefined, nodeVersion: undefined };
    expect(site({ ...settings, variables: undefined, secrets: undefined, functionRegion: undefined })).toEqual(site());
  });

  test("takes what an environment chooses", () => {
    const chosen = {
      framework: "remix",
      productionBranch: "production",
      nodeVersion: "24.x",
      previews: false,
    } as const;
    const [project] = resources(
      site({ ...everything, ...chosen, previewDomain: undefined, functionRegion: "cdg1" }),
      "vercel_project",
    );
    expect(project).toMatchObject({
      team_id: "team_1",
      framework: "remix",
      root_directory: "frontend",
      build_command: "npm run build",
      install_command: "npm ci",
      ignore_command: "npx turbo-ignore",
      node_version: "24.x",
      preview_deployments_disabled: true,
      git_repository: { production_branch: "production" },
      resource_config: { function_default_regions: ["cdg1"] },
    });
  });

  test("writes only what the provider takes", () => {
    expect(problemsOf(site(everything))).toEqual([]);
    expect(problemsOf(site())).toEqual([]);
  });

  test("has each variable by itself, so that those of others stay, readable unless the team forbids it", () => {
    const url = { key: "NEXT_PUBLIC_API_URL", value: "https://api.example.com", target: ["production"] };
    const local = { key: "A", value: "1", target: ["development"], sensitive: false };
    const common = { project_id: projectId, team_id: "team_1" };
    const variables = (sensitiveVariables?: boolean) =>
      resources(site({ ...everything, sensitiveVariables }), "vercel_project_environment_variable");
    expect(variables()).toEqual([
      { ...common, ...local },
      { ...common, ...url, sensitive: false },
    ]);
    expect(variables(true)).toEqual([
      { ...common, ...local },
      { ...common, ...url, sensitive: true },
    ]);
  });

  test("has secrets as write-only values, never readable", () => {
    const synthesized = synthesize((scope) => {
      const value = new TerraformVariable(scope, "stripe", { type: "string", sensitive: true }).stringValue;
      new VercelSite(scope, "site", { ...base(), secrets: { STRIPE_KEY: { value, version: 3 } } });
    });
    expect(resources(synthesized, "vercel_project_environment_variable")).toEqual([
      {
        project_id: projectId,
        key: "STRIPE_KEY",
        value_wo: "${var.stripe}",
        value_wo_version: 3,
        target: ["production", "preview"],
        sensitive: true,
      },
    ]);
    expect(problemsOf(synthesized)).toEqual([]);
  });

  test("is served under its domains, and hands out the records they need", () => {
    const cnames: unknown[] = [];
    const synthesized = synthesize((scope) => {
      const web = new VercelSite(scope, "site", { ...base(), ...everything });
      cnames.push(web.cnames, web.domain, new VercelSite(scope, "bare", base()).cnames);
    });
    const common = { project_id: projectId, team_id: "team_1" };
    expect(resources(synthesized, "vercel_project_domain")).toEqual([
      { ...common, domain: "app.example.com" },
      { ...common, domain: "next.example.com", git_branch: "next" },
    ]);
    expect(cnames).toEqual([
      { "app.example.com": "cname.vercel-dns-0.com", "next.example.com": "cname.vercel-dns-0.com" },
      "app.example.com",
      {},
    ]);
  });

  test("keeps credentials out", () => {
    expect(site().provider).toMatchObject({ vercel: [{}] });
  });

  test("fails on all wrong props at once", () => {
    const secrets = { KEY: { value: "hunter2", version: 1 } };
    expect(() => site({ nodeVersion: "18.x" as "20.x", secrets })).toThrow(
      new Error(
        `test/site: nodeVersion must be one of 20.x, 22.x, 24.x, got "18.x"; ` +
          `secrets.KEY must be a value only Terraform knows, got one that the synthesized JSON would hold; set it with "vercel env add"`,
      ),
    );
  });

  test("fails on a name longer than Vercel allows", () => {
    const name = "x".repeat(42);
    expect(resources(site({ name }), "vercel_project")).toHaveLength(1);
    expect(() => site({ name: `${name}x` })).toThrow("name of vercelProject must be at most 52 characters, got 53");
  });
});
