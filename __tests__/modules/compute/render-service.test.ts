import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { RenderProvider } from "../../../modules/compute/render/provider";
import { RenderService, type RenderServiceProps } from "../../../modules/compute/render-service";
import { context, resources, synth } from "../../support/synth";
import { schemaProblems } from "../../support/vendor-schemas";

const image = { kind: "image", url: "ghcr.io/acme/api", tag: "1.0.0" } as const;
const repository = { kind: "repository", url: "https://github.com/acme/platform" } as const;
const base = () => ({ context: context(), name: "api", source: image });
const synthesize = (build: (scope: Construct) => void) =>
  synth((scope) => {
    new RenderProvider(scope, "render");
    build(scope);
  });
const service = (props: Partial<RenderServiceProps> = {}) => {
  const synthesized = synthesize((scope) => new RenderService(scope, "api", { ...base(), ...props }));
  const [found = {}, ...others] = resources(synthesized, "render_web_service");
  expect(others).toEqual([]);
  expect(schemaProblems("render_web_service", found)).toEqual([]);
  return found;
};

describe(RenderService, () => {
  test("runs one small instance of the image, replaced when the new one is well, without previews", () => {
    expect(service()).toEqual({
      name: "acme-test-api",
      region: "frankfurt",
      plan: "starter",
      runtime_source: { image: { image_url: "ghcr.io/acme/api", tag: "1.0.0" } },
      health_check_path: "/health",
      num_instances: 1,
      max_shutdown_delay_seconds: 30,
      previews: { generation: "off" },
      lifecycle: { ignore_changes: ["runtime_source.image.tag"] },
    });
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { region: undefined, plan: undefined, instances: undefined, healthCheckPath: undefined };
    expect(service({ ...settings, hosts: undefined, variables: undefined, secretVariables: undefined })).toEqual(
      service(),
    );
  });

  test("builds a Dockerfile once its commit has passed its checks", () => {
    const found = service({ source: repository });
    expect(found["runtime_source"]).toEqual({
      docker: {
        repo_url: "https://github.com/acme/platform",
        branch: "main",
        dockerfile_path: "./Dockerfile",
        context: ".",
        auto_deploy_trigger: "checksPass",
      },
    });
    expect(found).not.toHaveProperty("lifecycle");
    const source = { ...repository, branch: "next", dockerfile: "b/Dockerfile", context: "b", watchPaths: ["b/**"] };
    expect(service({ source })["runtime_source"]).toMatchObject({
      docker: { branch: "next", dockerfile_path: "b/Dockerfile", context: "b", build_filter: { paths: ["b/**"] } },
    });
  });

  test("takes what an environment chooses", () => {
    expect(
      service({
        source: { ...image, registryCredentialId: "rgc-1" },
        region: "virginia",
        plan: "standard",
        healthCheckPath: "/api/health",
        startCommand: "node server.js",
        preDeployCommand: "npm run migrate",
        shutdownSeconds: 60,
        variables: { NODE_ENV: "production" },
      }),
    ).toMatchObject({
      region: "virginia",
      plan: "standard",
      runtime_source: { image: { registry_credential_id: "rgc-1" } },
      health_check_path: "/api/health",
      start_command: "node server.js",
      pre_deploy_command: "npm run migrate",
      max_shutdown_delay_seconds: 60,
      env_vars: { NODE_ENV: { value: "production" } },
    });
  });

  test("lets Render add and remove instances within a range", () => {
    const found = service({ instances: { min: 2, max: 10 } });
    expect(found).not.toHaveProperty("num_instances");
    expect(found["autoscaling"]).toEqual({
      enabled: true,
      min: 2,
      max: 10,
      criteria: { cpu: { enabled: true, percentage: 70 }, memory: { enabled: true, percentage: 80 } },
    });
  });

  test("takes secrets by reference, so that the synthesized JSON holds none", () => {
    const synthesized = synthesize((scope) => {
      const url = new TerraformVariable(scope, "url", { type: "string", sensitive: true }).stringValue;
      new RenderService(scope, "api", { ...base(), variables: { A: "1" }, secretVariables: { DATABASE_URL: url } });
    });
    expect(resources(synthesized, "render_web_service")[0]).toMatchObject({
      env_vars: { A: { value: "1" }, DATABASE_URL: { value: "${var.url}" } },
    });
  });

  test("is served under its hosts, and hands out the records they need", () => {
    const found: RenderService[] = [];
    const synthesized = synthesize((scope) => {
      found.push(new RenderService(scope, "api", { ...base(), hosts: ["api.example.com"] }));
    });
    expect(resources(synthesized, "render_web_service")[0]).toMatchObject({
      custom_domains: [{ name: "api.example.com" }],
    });
    expect(found[0]?.cnames).toEqual({ "api.example.com": found[0]?.host });
    expect(found[0]?.host).toMatch(/^\$\{TfToken\[.+\]\}\.onrender\.com$/);
  });

  test("fails on all wrong props at once", () => {
    expect(() => service({ instances: 0, secretVariables: { KEY: "hunter2" } })).toThrow(
      new Error(
        "test/api: instances must be a whole number from 1 to 100, got 0; " +
          "secretVariables.KEY must be a value only Terraform knows, got one that the synthesized JSON would hold; put it into an environment group in Render's dashboard and link that to the service",
      ),
    );
  });
});
