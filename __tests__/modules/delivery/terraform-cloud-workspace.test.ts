import { TfeProvider } from "@cdktf/provider-tfe/lib/provider";
import type { Construct } from "constructs";
import {
  TerraformCloudWorkspace,
  type TerraformCloudWorkspaceProps,
} from "../../../modules/delivery/terraform-cloud-workspace";
import { resources, synth, type Synthesized } from "../../support/synth";
import { schemaProblems } from "../../support/vendor-schemas";

const props: TerraformCloudWorkspaceProps = {
  organization: "acme-org",
  projectId: "prj-1",
  name: "acme-prod-app",
  description: "State and runs of prod-app",
  tags: { app: "acme", env: "prod", stack: "app" },
  executionMode: "remote",
  destroyable: false,
};

const within = (make: (scope: Construct) => void): Synthesized =>
  synth((scope) => {
    new TfeProvider(scope, "tfe", {});
    make(scope);
  });
const build = (overrides: Partial<TerraformCloudWorkspaceProps> = {}): Synthesized =>
  within((scope) => new TerraformCloudWorkspace(scope, "app", { ...props, ...overrides }));
const settings = (stack: Synthesized) => resources(stack, "tfe_workspace_settings");

describe("TerraformCloudWorkspace", () => {
  test("is in its project, with CI's version of Terraform, and starts nothing by itself", () => {
    const [workspace, ...others] = resources(build(), "tfe_workspace");
    expect(others).toEqual([]);
    expect(workspace).toMatchObject({
      organization: "acme-org",
      project_id: "prj-1",
      name: "acme-prod-app",
      description: "State and runs of prod-app",
      tags: { app: "acme", env: "prod", stack: "app" },
      terraform_version: "1.11.4",
      queue_all_runs: false,
      auto_apply_run_trigger: false,
      file_triggers_enabled: false,
      speculative_enabled: true,
      structured_run_output_enabled: true,
      force_delete: false,
    });
    for (const name of ["working_directory", "vcs_repo", "trigger_prefixes", "trigger_patterns", "tag_names"])
      expect(workspace).not.toHaveProperty(name);
  });

  test("applies nothing that nobody confirmed, looks for no drift and shows its state to nobody", () => {
    expect(settings(build())).toEqual([
      expect.objectContaining({
        execution_mode: "remote",
        auto_apply: false,
        assessments_enabled: false,
        global_remote_state: false,
        remote_state_consumer_ids: [],
      }),
    ]);
  });

  test("falls back to the documented default, even for an explicit undefined", () => {
    expect(settings(build({ assessments: undefined }))).toMatchObject([{ assessments_enabled: false }]);
  });

  test("runs elsewhere, or looks for drift, when that is chosen", () => {
    expect(settings(build({ executionMode: "local" }))).toMatchObject([{ execution_mode: "local" }]);
    expect(settings(build({ assessments: true }))).toMatchObject([{ assessments_enabled: true }]);
  });

  test("is protected, and no run destroys what it manages, unless everything may be destroyed", () => {
    expect(resources(build(), "tfe_workspace")).toMatchObject([
      { allow_destroy_plan: false, lifecycle: { prevent_destroy: true } },
    ]);
    const [destroyable] = resources(build({ destroyable: true }), "tfe_workspace");
    expect(destroyable).toMatchObject({ allow_destroy_plan: true, force_delete: false });
    expect(destroyable).not.toHaveProperty("lifecycle");
  });

  test("shows its state to those it is told to, in the order of their names, each once", () => {
    const stack = within((scope) => {
      const make = (part: string) => new TerraformCloudWorkspace(scope, part, { ...props, name: `acme-prod-${part}` });
      const [network, data, app] = [make("network"), make("data"), make("app")];
      network.showTo(data);
      network.showTo(app);
      network.showTo(data);
      data.showTo(app);
    });
    const readers = Object.entries(stack.resource?.["tfe_workspace_settings"] ?? {}).map(
      ([address, { remote_state_consumer_ids }]) => [address.split("_")[0], remote_state_consumer_ids],
    );
    const id = (part: string): unknown =>
      expect.stringMatching(new RegExp(`^\\$\\{tfe_workspace\\.${part}_\\w+\\.id\\}$`));
    expect(Object.fromEntries(readers)).toEqual({
      network: [id("app"), id("data")],
      data: [id("app")],
      app: [],
    });
  });

  test("writes what the provider knows, nothing that is deprecated, and no argument of both resources", () => {
    const { resource = {} } = build({ assessments: true });
    const found = Object.entries(resource).flatMap(([type, named]) =>
      Object.values(named).map((one) => [type, one] as const),
    );
    expect(found.flatMap(([type, one]) => schemaProblems(type, one))).toEqual([]);
    const [workspace = {}, own = {}] = found.map(([, one]) => one);
    expect(Object.keys(workspace).filter((name) => name !== "//" && name in own)).toEqual([]);
  });

  test.each<[Partial<TerraformCloudWorkspaceProps>, string]>([
    [
      { name: "a".repeat(91) },
      `test/app: name of workspace must be at most 90 characters, got 91 in "${"a".repeat(91)}"; shorten the project, the environment or the part after it`,
    ],
    [
      { executionMode: "agent" as "local", name: "acme prod" },
      'test/app: name of workspace must be lower-case letters, digits and single hyphens, got "acme prod"; executionMode must be one of remote, local, got "agent"',
    ],
    [
      { executionMode: "local", assessments: true },
      'test/app: assessments must be false with executionMode "local", got true; they are runs, and nothing runs there',
    ],
  ])("fails on %j", (overrides, message) => {
    expect(() => build(overrides)).toThrow(new Error(message));
  });
});
