import { TerraformOutput } from "cdktf";
import { Project, type ProjectConfig } from "../../../../modules/edge/vercel/project";
import { VercelProvider } from "../../../../modules/edge/vercel/provider";
import { resources, synth } from "../../../support/synth";
import { schemaProblems } from "../../../support/vendor-schemas";

const project = (config: Partial<ProjectConfig> = {}) => {
  const [found = {}] = resources(
    synth((scope) => {
      new VercelProvider(scope, "vercel");
      new Project(scope, "project", { name: "acme-web", ...config });
    }),
    "vercel_project",
  );
  return found;
};

describe("Project", () => {
  test("writes what is required, and nothing it was not told", () => {
    expect(project()).toEqual({ name: "acme-web" });
  });

  test("writes every argument under the provider's name", () => {
    const found = project({
      teamId: "team_1",
      framework: "nextjs",
      rootDirectory: "frontend",
      buildCommand: "npm run build",
      installCommand: "npm ci",
      ignoreCommand: "npx turbo-ignore",
      nodeVersion: "22.x",
      gitRepository: { type: "github", repo: "acme/platform", productionBranch: "main" },
      gitForkProtection: true,
      previewDeploymentsDisabled: false,
      automaticallyExposeSystemEnvironmentVariables: true,
      vercelAuthentication: { deploymentType: "standard_protection_new" },
      resourceConfig: { functionDefaultRegions: ["cdg1"] },
      lifecycle: { preventDestroy: true },
    });
    expect(found).toEqual({
      name: "acme-web",
      team_id: "team_1",
      framework: "nextjs",
      root_directory: "frontend",
      build_command: "npm run build",
      install_command: "npm ci",
      ignore_command: "npx turbo-ignore",
      node_version: "22.x",
      git_repository: { type: "github", repo: "acme/platform", production_branch: "main" },
      git_fork_protection: true,
      preview_deployments_disabled: false,
      automatically_expose_system_environment_variables: true,
      vercel_authentication: { deployment_type: "standard_protection_new" },
      resource_config: { function_default_regions: ["cdg1"] },
      lifecycle: { prevent_destroy: true },
    });
    expect(schemaProblems("vercel_project", found)).toEqual([]);
  });

  test("refers to the attributes by the provider's names", () => {
    const { output } = synth((scope) => {
      new VercelProvider(scope, "vercel");
      const { projectId, name } = new Project(scope, "project", { name: "acme-web" });
      new TerraformOutput(scope, "id", { value: projectId, staticId: true });
      new TerraformOutput(scope, "name", { value: name, staticId: true });
    });
    expect(output).toEqual({
      id: { value: "${vercel_project.project.id}" },
      name: { value: "${vercel_project.project.name}" },
    });
  });
});
