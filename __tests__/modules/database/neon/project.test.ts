import { TerraformOutput } from "cdktf";
import { Project, type ProjectConfig } from "../../../../modules/database/neon/project";
import { NeonProvider } from "../../../../modules/database/neon/provider";
import { resources, synth } from "../../../support/synth";
import { schemaProblems } from "../../../support/vendor-schemas";

const required = { name: "acme", regionId: "aws-eu-central-1", pgVersion: 17 };
const project = (config: Partial<ProjectConfig> = {}) => {
  const [found = {}] = resources(
    synth((scope) => {
      new NeonProvider(scope, "neon");
      new Project(scope, "project", { ...required, ...config });
    }),
    "neon_project",
  );
  return found;
};

describe("Project", () => {
  test("writes what it was told, and nothing else", () => {
    expect(project()).toEqual({ name: "acme", region_id: "aws-eu-central-1", pg_version: 17 });
  });

  test("writes every argument under the provider's name", () => {
    const found = project({
      orgId: "org-1",
      historyRetentionSeconds: 86_400,
      defaultBranchProtected: true,
      allowedIps: ["203.0.113.7"],
      branch: { name: "main", roleName: "owner", databaseName: "app" },
      defaultEndpointSettings: { autoscalingLimitMinCu: 0.25, autoscalingLimitMaxCu: 2, suspendTimeoutSeconds: -1 },
    });
    expect(found).toEqual({
      name: "acme",
      region_id: "aws-eu-central-1",
      pg_version: 17,
      org_id: "org-1",
      history_retention_seconds: 86_400,
      default_branch_protected: true,
      allowed_ips: ["203.0.113.7"],
      branch: [{ name: "main", role_name: "owner", database_name: "app" }],
      default_endpoint_settings: [
        { autoscaling_limit_min_cu: 0.25, autoscaling_limit_max_cu: 2, suspend_timeout_seconds: -1 },
      ],
    });
    expect(schemaProblems("neon_project", found)).toEqual([]);
  });

  test("refers to the attributes by the provider's names", () => {
    const { output } = synth((scope) => {
      new NeonProvider(scope, "neon");
      const found = new Project(scope, "project", required);
      const values = {
        id: found.projectId,
        default_branch_id: found.defaultBranchId,
        database_host: found.databaseHost,
        database_host_pooler: found.databaseHostPooler,
        connection_uri: found.connectionUri,
        connection_uri_pooler: found.connectionUriPooler,
      };
      for (const [name, value] of Object.entries(values))
        new TerraformOutput(scope, `o-${name}`, { value, staticId: true });
    });
    expect(Object.keys(output ?? {})).toHaveLength(6);
    for (const [name, { value }] of Object.entries(output ?? {})) {
      expect(value).toBe(`\${neon_project.project.${name.slice(2)}}`);
    }
  });
});
