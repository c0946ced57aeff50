import {
  ProjectEnvironmentVariable,
  type ProjectEnvironmentVariableConfig,
} from "../../../../modules/edge/vercel/project-environment-variable";
import { VercelProvider } from "../../../../modules/edge/vercel/provider";
import { resources, synth } from "../../../support/synth";
import { schemaProblems } from "../../../support/vendor-schemas";

const variable = (config: Partial<ProjectEnvironmentVariableConfig>) => {
  const [found = {}] = resources(
    synth((scope) => {
      new VercelProvider(scope, "vercel");
      const required = { projectId: "prj_1", key: "API_URL", target: ["production"], sensitive: false };
      new ProjectEnvironmentVariable(scope, "variable", { ...required, ...config });
    }),
    "vercel_project_environment_variable",
  );
  return found;
};

describe("ProjectEnvironmentVariable", () => {
  test.each<[Partial<ProjectEnvironmentVariableConfig>, Record<string, unknown>]>([
    [
      { value: "https://api.example.com", teamId: "team_1", comment: "public" },
      { value: "https://api.example.com", team_id: "team_1", comment: "public" },
    ],
    [
      { valueWo: "${var.key}", valueWoVersion: 2, sensitive: true },
      { value_wo: "${var.key}", value_wo_version: 2, sensitive: true },
    ],
  ])("writes %j under the provider's names", (config, expected) => {
    const found = variable(config);
    expect(found).toEqual({
      project_id: "prj_1",
      key: "API_URL",
      target: ["production"],
      sensitive: false,
      ...expected,
    });
    expect(schemaProblems("vercel_project_environment_variable", found)).toEqual([]);
  });
});
