import { readFileSync } from "node:fs";
import { VENDOR_SCHEMAS, schemaProblems } from "./vendor-schemas";

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
    ["tfe_workspace", { name: "a b" }, "tfe_workspace.name: not ^[\\w-]{1,90}$"],
    ["tfe_workspace", { name: "a", execution_mode: "remote" }, "tfe_workspace.execution_mode: unknown"],
    [
      "tfe_workspace_settings",
      { workspace_id: "${tfe_workspace.a.id}", execution_mode: "here" },
      "tfe_workspace_settings.execution_mode: not ^(agent|local|remote)$",
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

// Other vendors' bindings are our own; this one is generated from the provider's schema, so the table can be held against it.
describe("the table of tfe", () => {
  const types = Object.keys(VENDOR_SCHEMAS).filter((type) => type.includes("tfe_"));

  /** Arguments that the generated binding writes. */
  const written = (type: string): string[] => {
    const folder = type.replace("data.", "data_").replaceAll("_", "-").replace(/^tfe-/, "");
    const text = readFileSync(require.resolve(`@cdktf/provider-tfe/lib/${folder}`), "utf8");
    const body = /\n {4}synthesizeAttributes\(\) \{\n {8}return \{\n([\s\S]*?)\n {8}\};/.exec(text)?.[1] ?? "";
    return [...body.matchAll(/^ {12}(\w+):/gm)].map(([, name = ""]) => name);
  };

  test("is about every type we use", () => {
    expect(types).toHaveLength(7);
  });

  test.each(types)("knows no argument of %s that the provider's schema does not have", (type) => {
    const { required = [], optional = [] } = VENDOR_SCHEMAS[type] ?? {};
    expect(written(type).length).toBeGreaterThan(1);
    expect(written(type)).toEqual(expect.arrayContaining([...required, ...optional]));
  });
});
