import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { Context } from "../../../modules/context";
import { NeonProvider } from "../../../modules/database/neon/provider";
import { NeonDatabase, type NeonDatabaseProps } from "../../../modules/database/neon-database";
import { context, resources, synth } from "../../support/synth";
import { schemaProblems } from "../../support/vendor-schemas";

const synthesize = (build: (scope: Construct) => void) =>
  synth((scope) => {
    new NeonProvider(scope, "neon");
    build(scope);
  });
const database = (props: Partial<NeonDatabaseProps> = {}, overrides: Partial<Context> = {}) =>
  synthesize((scope) => {
    const base = { context: context(overrides), neonRegion: "aws-eu-central-1" };
    new NeonDatabase(scope, "database", { ...base, ...props });
  });
const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${attribute}\\}$`)) as string;

describe(NeonDatabase, () => {
  test("is small, sleeps when nobody asks, and is protected from deletion by Terraform and by Neon", () => {
    expect(resources(database(), "neon_project")).toEqual([
      {
        name: "acme-test-db",
        region_id: "aws-eu-central-1",
        pg_version: 17,
        history_retention_seconds: 86_400,
        default_branch_protected: true,
        branch: [{ name: "main", role_name: "app", database_name: "app" }],
        default_endpoint_settings: [
          { autoscaling_limit_min_cu: 0.25, autoscaling_limit_max_cu: 2, suspend_timeout_seconds: 300 },
        ],
        lifecycle: { prevent_destroy: true },
      },
    ]);
    expect(Object.keys(database().resource ?? {})).toEqual(["neon_project"]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { majorVersion: undefined, databaseName: undefined, roleName: undefined, branches: undefined };
    expect(database({ ...settings, suspendAfterSeconds: undefined, restoreHours: undefined })).toEqual(database());
  });

  test("takes what an environment chooses", () => {
    const [project] = resources(
      database({
        name: "main-db",
        orgId: "org-1",
        majorVersion: 16,
        databaseName: "orders",
        roleName: "owner",
        minComputeUnits: 1,
        maxComputeUnits: 4,
        suspendAfterSeconds: "never",
        restoreHours: 168,
        allowedCidrs: ["203.0.113.7"],
      }),
      "neon_project",
    );
    expect(project).toMatchObject({
      name: "acme-test-main-db",
      org_id: "org-1",
      pg_version: 16,
      history_retention_seconds: 604_800,
      allowed_ips: ["203.0.113.7"],
      branch: [{ name: "main", role_name: "owner", database_name: "orders" }],
      default_endpoint_settings: [
        { autoscaling_limit_min_cu: 1, autoscaling_limit_max_cu: 4, suspend_timeout_seconds: -1 },
      ],
    });
  });

  test("can be destroyed in a destroyable context", () => {
    expect(resources(database({}, { destroyable: true }), "neon_project")[0]).toMatchObject({
      default_branch_protected: false,
      lifecycle: { prevent_destroy: false },
    });
  });

  test("has copies with a compute each", () => {
    const synthesized = database({ branches: ["preview"] });
    expect(resources(synthesized, "neon_branch")).toEqual([
      {
        project_id: reference("neon_project", "id"),
        name: "preview",
        parent_id: reference("neon_project", "default_branch_id"),
      },
    ]);
    expect(resources(synthesized, "neon_endpoint")).toEqual([
      {
        project_id: reference("neon_project", "id"),
        branch_id: reference("neon_branch", "id"),
        type: "read_write",
        autoscaling_limit_min_cu: 0.25,
        autoscaling_limit_max_cu: 2,
        suspend_timeout_seconds: 300,
      },
    ]);
  });

  test("writes only what the provider takes", () => {
    const { resource = {} } = database({ branches: ["a", "b"], allowedCidrs: ["203.0.113.7"], orgId: "org-1" });
    const found = Object.entries(resource).flatMap(([type, named]) =>
      Object.values(named).flatMap((attributes) => schemaProblems(type, attributes)),
    );
    expect(found).toEqual([]);
  });

  test("hands out references, so that the synthesized JSON holds no password", () => {
    const synthesized = synthesize((scope) => {
      const neon = new NeonDatabase(scope, "database", {
        context: context(),
        neonRegion: "aws-eu-central-1",
        branches: ["preview"],
      });
      const { connectionString, pooledConnectionString, host, pooledHost, projectId, branchHosts } = neon;
      for (const field of [connectionString, pooledConnectionString, host, pooledHost, projectId]) {
        expect(Token.isUnresolved(field)).toBe(true);
      }
      expect(Object.keys(branchHosts)).toEqual(["preview"]);
      expect([neon.databaseName, neon.roleName]).toEqual(["app", "app"]);
    });
    expect(synthesized).not.toHaveProperty("output");
    expect(JSON.stringify(synthesized)).not.toMatch(/password|connection_uri/);
  });

  test("fails on all wrong props at once", () => {
    expect(() => database({ neonRegion: "paris", restoreHours: 721 })).toThrow(
      new Error(
        `test/database: neonRegion must be a region of Neon, such as aws-eu-central-1, got "paris"; ` +
          "restoreHours must be a whole number from 0 to 720, got 721",
      ),
    );
  });
});
