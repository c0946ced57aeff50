import { schemaProblems } from "./vendor-schemas";

const image = { image: { image_url: "ghcr.io/acme/api" } };
const service = { name: "api", plan: "starter", region: "ohio", runtime_source: image };

describe(schemaProblems, () => {
  test.each([
    ["render_web_service", { ...service, lifecycle: {}, "//": {} }],
    [
      "render_web_service",
      { ...service, env_vars: { A: { value: "1" } }, custom_domains: [{ name: "a.example.com" }] },
    ],
  ])("finds none in %s %j", (type, resource) => {
    expect(schemaProblems(type, resource)).toEqual([]);
  });

  test.each([
    ["render_cron_job", {}, "render_cron_job: no schema"],
    ["neon_branch", {}, "neon_branch.project_id: missing"],
    ["neon_branch", { project_id: "p", parent: "main" }, "neon_branch.parent: unknown"],
    ["neon_project", { branch: { name: "main" } }, "neon_project.branch: not a list"],
    ["neon_project", { branch: [{ role: "app" }] }, "neon_project.branch.0.role: unknown"],
    [
      "render_web_service",
      { ...service, env_vars: { A: { secret: "1" } } },
      "render_web_service.env_vars.A.secret: unknown",
    ],
    [
      "render_web_service",
      { ...service, runtime_source: { image: {} } },
      "render_web_service.runtime_source.image.image_url: missing",
    ],
  ])("finds in %s %j: %s", (type, resource, problem) => {
    expect(schemaProblems(type, resource)).toEqual([problem]);
  });
});
