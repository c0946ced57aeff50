import { TerraformOutput } from "cdktf";
import { RenderProvider } from "../../../../modules/compute/render/provider";
import { WebService, type WebServiceConfig } from "../../../../modules/compute/render/web-service";
import { resources, synth } from "../../../support/synth";
import { schemaProblems } from "../../../support/vendor-schemas";

const required = {
  name: "api",
  plan: "starter",
  region: "ohio",
  runtimeSource: { image: { imageUrl: "ghcr.io/acme/api" } },
};
const service = (config: Partial<WebServiceConfig> = {}) => {
  const [found = {}] = resources(
    synth((scope) => {
      new RenderProvider(scope, "render");
      new WebService(scope, "service", { ...required, ...config });
    }),
    "render_web_service",
  );
  return found;
};

describe("WebService", () => {
  test("writes what is required, and nothing it was not told", () => {
    expect(service()).toEqual({
      name: "api",
      plan: "starter",
      region: "ohio",
      runtime_source: { image: { image_url: "ghcr.io/acme/api" } },
    });
  });

  test("writes every argument under the provider's name, and names of variables as they are", () => {
    const found = service({
      environmentId: "evm-1",
      healthCheckPath: "/health",
      startCommand: "node server.js",
      preDeployCommand: "npm run migrate",
      numInstances: 2,
      autoscaling: { min: 1, max: 3, cpuPercentage: 70, memoryPercentage: 80 },
      maxShutdownDelaySeconds: 30,
      envVars: { NODE_ENV: "production", camelCase: "1" },
      customDomains: ["api.example.com"],
      previews: "off",
      runtimeSource: {
        docker: {
          repoUrl: "https://github.com/acme/platform",
          branch: "main",
          context: "backend",
          dockerfilePath: "./backend/Dockerfile",
          autoDeployTrigger: "checksPass",
          buildPaths: ["backend/**"],
        },
      },
    });
    expect(found).toEqual({
      name: "api",
      plan: "starter",
      region: "ohio",
      environment_id: "evm-1",
      health_check_path: "/health",
      start_command: "node server.js",
      pre_deploy_command: "npm run migrate",
      num_instances: 2,
      autoscaling: {
        enabled: true,
        min: 1,
        max: 3,
        criteria: { cpu: { enabled: true, percentage: 70 }, memory: { enabled: true, percentage: 80 } },
      },
      max_shutdown_delay_seconds: 30,
      env_vars: { NODE_ENV: { value: "production" }, camelCase: { value: "1" } },
      custom_domains: [{ name: "api.example.com" }],
      previews: { generation: "off" },
      runtime_source: {
        docker: {
          repo_url: "https://github.com/acme/platform",
          branch: "main",
          context: "backend",
          dockerfile_path: "./backend/Dockerfile",
          auto_deploy_trigger: "checksPass",
          build_filter: { paths: ["backend/**"] },
        },
      },
    });
    expect(schemaProblems("render_web_service", found)).toEqual([]);
  });

  test("refers to the attributes by the provider's names", () => {
    const { output } = synth((scope) => {
      new RenderProvider(scope, "render");
      const { serviceId: id, slug, url } = new WebService(scope, "service", required);
      for (const [name, value] of Object.entries({ id, slug, url }))
        new TerraformOutput(scope, name, { value, staticId: true });
    });
    expect(output).toEqual({
      id: { value: "${render_web_service.service.id}" },
      slug: { value: "${render_web_service.service.slug}" },
      url: { value: "${render_web_service.service.url}" },
    });
  });
});
