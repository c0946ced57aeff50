import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import type { DnsSettings } from "../../../modules/edge/dns-settings";
import { PagesSite } from "../../../modules/edge/pages-site";
import type { PagesSiteProps } from "../../../modules/edge/pages-site";
import { context, resources, synth } from "../../support/synth";

const cloudflareAccountId = "0123456789abcdef0123456789abcdef";
const repository = { owner: "acme", name: "web" };
const cloudflare: DnsSettings = { kind: "cloudflare", zoneId: "f".repeat(32), zoneName: "example.com" };
const route53: DnsSettings = { kind: "route53", zoneId: "Z0123456789ABC", zoneName: "example.com" };
const base = () => ({ context: context(), name: "web", cloudflareAccountId, repository });
const synthesize = (build: (scope: Construct) => void) =>
  synth((scope) => {
    new CloudflareProvider(scope, "cloudflare", {});
    build(scope);
  });
const site = (props: Partial<PagesSiteProps> = {}) =>
  synthesize((scope) => new PagesSite(scope, "site", { ...base(), ...props }));

describe(PagesSite, () => {
  test("is built from GitHub on every push, with every value stated that Cloudflare would choose", () => {
    const runtime = {
      always_use_latest_compatibility_date: false,
      build_image_major_version: 3,
      compatibility_date: "2026-11-01",
      fail_open: false,
    };
    expect(resources(site(), "cloudflare_pages_project")).toEqual([
      {
        account_id: cloudflareAccountId,
        name: "acme-test-web",
        production_branch: "main",
        build_config: { build_caching: true, build_command: "npm run build", destination_dir: "dist", root_dir: "/" },
        source: {
          type: "github",
          config: {
            owner: "acme",
            repo_name: "web",
            production_branch: "main",
            production_deployments_enabled: true,
            pr_comments_enabled: true,
            path_includes: ["*"],
            preview_deployment_setting: "all",
          },
        },
        deployment_configs: { preview: runtime, production: runtime },
      },
    ]);
  });

  test("has only its own address unless it has a domain", () => {
    const types = Object.keys(site({ dns: cloudflare }).resource ?? {});
    expect(types).toEqual(["cloudflare_pages_project"]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { productionBranch: undefined, previews: undefined, build: undefined, environment: undefined };
    expect(site({ ...settings, domain: undefined, dns: undefined, failOpen: undefined })).toEqual(site());
  });

  test("takes another branch for its own address in both places", () => {
    expect(resources(site({ productionBranch: "production" }), "cloudflare_pages_project")).toEqual([
      expect.objectContaining({
        production_branch: "production",
        source: expect.objectContaining({
          config: expect.objectContaining({ production_branch: "production" }) as unknown,
        }) as unknown,
      }),
    ]);
  });

  test("has variables in the clear only", () => {
    const [project] = resources(
      site({ environment: { VITE_API_URL: "https://api.example.com" } }),
      "cloudflare_pages_project",
    );
    const env_vars = { VITE_API_URL: { type: "plain_text", value: "https://api.example.com" } };
    expect(project).toMatchObject({ deployment_configs: { preview: { env_vars }, production: { env_vars } } });
    expect(JSON.stringify(project)).not.toContain("secret_text");
  });

  test("leaves secrets alone that somebody else sets", () => {
    const [project] = resources(site({ externalSecrets: ["SESSION_SECRET"] }), "cloudflare_pages_project");
    expect(project).toMatchObject({
      lifecycle: {
        ignore_changes: [
          'deployment_configs.production.env_vars["SESSION_SECRET"]',
          'deployment_configs.preview.env_vars["SESSION_SECRET"]',
        ],
      },
    });
  });

  test("is served under its domain, whose record at Cloudflare comes after and is proxied however deep", () => {
    const synthesized = site({ domain: "app.staging.example.com", dns: cloudflare });
    expect(resources(synthesized, "cloudflare_pages_domain")).toEqual([
      expect.objectContaining({
        account_id: cloudflareAccountId,
        name: "app.staging.example.com",
        project_name: expect.stringMatching(/^\$\{cloudflare_pages_project\.\w+\.name\}$/) as string,
      }),
    ]);
    expect(resources(synthesized, "cloudflare_dns_record")).toEqual([
      {
        zone_id: cloudflare.zoneId,
        name: "app.staging.example.com",
        type: "CNAME",
        content: expect.stringMatching(/^\$\{cloudflare_pages_project\.\w+\.subdomain\}$/) as string,
        proxied: true,
        ttl: 1,
        depends_on: [expect.stringMatching(/^cloudflare_pages_domain\.\w+$/) as string],
      },
    ]);
  });

  test("may have its domain's record at Route 53", () => {
    const synthesized = site({ domain: "app.example.com", dns: route53 });
    expect(resources(synthesized, "cloudflare_dns_record")).toEqual([]);
    expect(resources(synthesized, "aws_route53_record")).toEqual([
      expect.objectContaining({
        zone_id: route53.zoneId,
        name: "app.example.com",
        type: "CNAME",
        records: [expect.stringMatching(/\.subdomain\}$/) as string],
        ttl: 300,
      }),
    ]);
  });

  test("makes no record where nobody is known to answer for the zone", () => {
    const synthesized = site({ domain: "app.example.com" });
    expect(resources(synthesized, "cloudflare_pages_domain")).toHaveLength(1);
    expect(resources(synthesized, "cloudflare_dns_record")).toEqual([]);
  });

  test("keeps credentials out", () => {
    expect(site().provider).toMatchObject({ cloudflare: [{}] });
  });

  test("hands out its domain, if it has one", () => {
    const domains: Array<string | undefined> = [];
    synthesize((scope) => {
      domains.push(new PagesSite(scope, "a", { ...base(), domain: "app.example.com" }).domain);
      domains.push(new PagesSite(scope, "b", base()).domain);
    });
    expect(domains).toEqual(["app.example.com", undefined]);
  });

  test("fails on all wrong props at once", () => {
    const wrong = { cloudflareAccountId: "x", buildImageVersion: 1, domain: "example.org" };
    expect(() => site({ ...wrong, dns: { ...cloudflare, zoneId: "y" } })).toThrow(
      new Error(
        `test/site: cloudflareAccountId must be the 32 hex digits of a Cloudflare account, got "x"; ` +
          `buildImageVersion must be a whole number from 2 to 3, got 1; ` +
          `dns.zoneId must be the 32 hex digits of a Cloudflare zone, got "y"; ` +
          `domain must be "example.com" or end in ".example.com", got "example.org"`,
      ),
    );
  });

  test("fails on a name longer than Pages allows", () => {
    const name = "x".repeat(48);
    expect(resources(site({ name }), "cloudflare_pages_project")).toHaveLength(1);
    expect(() => site({ name: `${name}x` })).toThrow("name of pagesProject must be at most 58 characters, got 59");
  });

  test("lets values pass that only Terraform knows", () => {
    const synthesized = synthesize((scope) => {
      const value = new TerraformVariable(scope, "value", { type: "string" }).stringValue;
      new PagesSite(scope, "site", { ...base(), cloudflareAccountId: value, environment: { VITE_API_URL: value } });
    });
    expect(resources(synthesized, "cloudflare_pages_project")).toEqual([
      expect.objectContaining({
        account_id: "${var.value}",
        deployment_configs: expect.objectContaining({
          production: expect.objectContaining({
            env_vars: { VITE_API_URL: { type: "plain_text", value: "${var.value}" } },
          }) as unknown,
        }) as unknown,
      }),
    ]);
  });
});
