import type {
  PagesProjectBuildConfig,
  PagesProjectDeploymentConfigs,
  PagesProjectDeploymentConfigsProduction,
  PagesProjectSourceConfig,
} from "@cdktf/provider-cloudflare/lib/pages-project";
import type { PagesSiteSettings } from "./pages-site-settings";

// The provider (5.14) plans whatever Cloudflare's answer holds and the configuration does not, and fails on an empty list, which it reads back as
// none. So every value Cloudflare would choose is stated, lists only where they hold something, and what the provider calls deprecated never.

/** How Pages builds the site. */
export function buildConfigOf({ build = {} }: PagesSiteSettings): PagesProjectBuildConfig {
  const { command = "npm run build", outputDirectory = "dist", rootDirectory = "/", caching = true } = build;
  return { buildCommand: command, destinationDir: outputDirectory, rootDir: rootDirectory, buildCaching: caching };
}

/** Where the site's code comes from, and which commits start a build. */
export function sourceConfigOf(settings: PagesSiteSettings): PagesProjectSourceConfig {
  const { repository, productionBranch = "main", pullRequestComments = true, watchPaths = ["*"] } = settings;
  return {
    owner: repository.owner,
    repoName: repository.name,
    productionBranch,
    productionDeploymentsEnabled: true,
    prCommentsEnabled: pullRequestComments,
    pathIncludes: [...watchPaths],
    ...previewsOf(settings),
  };
}

/** What production and previews run with. */
export function deploymentConfigsOf(settings: PagesSiteSettings): PagesProjectDeploymentConfigs {
  const { environment, previewEnvironment } = settings;
  return {
    production: deploymentConfigOf(settings, { ...environment }),
    preview: deploymentConfigOf(settings, { ...environment, ...previewEnvironment }),
  };
}

/** The addresses, inside the project, of variables that are not Terraform's. */
export function externalSecretPaths({ externalSecrets = [] }: PagesSiteSettings): string[] {
  return externalSecrets.flatMap((name) =>
    ["production", "preview"].map((which) => `deployment_configs.${which}.env_vars[${JSON.stringify(name)}]`),
  );
}

function previewsOf({ previews = "all" }: PagesSiteSettings): Partial<PagesProjectSourceConfig> {
  if (typeof previews === "string") return { previewDeploymentSetting: previews };
  const { includes, excludes = [] } = previews;
  return {
    previewDeploymentSetting: "custom",
    previewBranchIncludes: [...includes],
    ...(excludes.length > 0 && { previewBranchExcludes: [...excludes] }),
  };
}

function deploymentConfigOf(
  settings: PagesSiteSettings,
  variables: Readonly<Record<string, string>>,
): PagesProjectDeploymentConfigsProduction {
  const { compatibilityDate = "2026-11-01", failOpen = false, buildImageVersion = 3 } = settings;
  const envVars = Object.entries(variables).map(([name, value]) => [name, { type: "plain_text", value }] as const);
  return {
    alwaysUseLatestCompatibilityDate: false,
    buildImageMajorVersion: buildImageVersion,
    compatibilityDate,
    failOpen,
    ...(envVars.length > 0 && { envVars: Object.fromEntries(envVars) }),
  };
}
