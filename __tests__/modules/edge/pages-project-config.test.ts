import {
  buildConfigOf,
  deploymentConfigsOf,
  externalSecretPaths,
  sourceConfigOf,
} from "../../../modules/edge/pages-project-config";
import type { PagesSiteSettings } from "../../../modules/edge/pages-site-settings";

const site = (settings: Partial<PagesSiteSettings> = {}): PagesSiteSettings => ({
  repository: { owner: "acme", name: "web" },
  ...settings,
});
const runtime = {
  alwaysUseLatestCompatibilityDate: false,
  buildImageMajorVersion: 3,
  compatibilityDate: "2026-11-01",
  failOpen: false,
};

describe("the configuration of a Pages project", () => {
  test("states every value Cloudflare would choose, and no empty list", () => {
    expect(buildConfigOf(site())).toEqual({
      buildCommand: "npm run build",
      destinationDir: "dist",
      rootDir: "/",
      buildCaching: true,
    });
    expect(sourceConfigOf(site())).toEqual({
      owner: "acme",
      repoName: "web",
      productionBranch: "main",
      productionDeploymentsEnabled: true,
      prCommentsEnabled: true,
      pathIncludes: ["*"],
      previewDeploymentSetting: "all",
    });
    expect(deploymentConfigsOf(site())).toEqual({ production: runtime, preview: runtime });
  });

  test("takes previews of some branches", () => {
    expect(sourceConfigOf(site({ previews: { includes: ["feature/*"] } }))).toMatchObject({
      previewDeploymentSetting: "custom",
      previewBranchIncludes: ["feature/*"],
    });
    expect(sourceConfigOf(site({ previews: { includes: ["*"], excludes: [] } }))).not.toHaveProperty(
      "previewBranchExcludes",
    );
    expect(sourceConfigOf(site({ previews: { includes: ["*"], excludes: ["wip/*"] } }))).toMatchObject({
      previewBranchExcludes: ["wip/*"],
    });
    expect(sourceConfigOf(site({ previews: "none" }))).toMatchObject({ previewDeploymentSetting: "none" });
  });

  test("gives previews their own values over those of production", () => {
    const { production, preview } = deploymentConfigsOf(
      site({ environment: { A: "1", B: "2" }, previewEnvironment: { B: "3", C: "4" } }),
    ) as Record<string, { readonly envVars?: unknown }>;
    const plain = (value: string) => ({ type: "plain_text", value });
    expect(production?.envVars).toEqual({ A: plain("1"), B: plain("2") });
    expect(preview?.envVars).toEqual({ A: plain("1"), B: plain("3"), C: plain("4") });
  });

  test("passes every other choice on", () => {
    const build = { command: "make", outputDirectory: "out", rootDirectory: "/web", caching: false };
    expect(buildConfigOf(site({ build }))).toEqual({
      buildCommand: "make",
      destinationDir: "out",
      rootDir: "/web",
      buildCaching: false,
    });
    const chosen = site({ productionBranch: "production", pullRequestComments: false, watchPaths: ["web/*"] });
    expect(sourceConfigOf(chosen)).toMatchObject({
      productionBranch: "production",
      prCommentsEnabled: false,
      pathIncludes: ["web/*"],
    });
    const settings = site({ compatibilityDate: "2026-01-01", failOpen: true, buildImageVersion: 2 });
    const expected = { ...runtime, compatibilityDate: "2026-01-01", failOpen: true, buildImageMajorVersion: 2 };
    expect(deploymentConfigsOf(settings)).toEqual({ production: expected, preview: expected });
  });

  test("knows where secrets are that somebody else sets", () => {
    expect(externalSecretPaths(site())).toEqual([]);
    expect(externalSecretPaths(site({ externalSecrets: ["A"] }))).toEqual([
      'deployment_configs.production.env_vars["A"]',
      'deployment_configs.preview.env_vars["A"]',
    ]);
  });
});
