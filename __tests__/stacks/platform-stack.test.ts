import { systems } from "../../envs";
import type { CloudState, Environment, System } from "../../envs/environment";
import { cloud, inCloud } from "../support/in-cloud";
import { api, domain, prod, shared, staging, system } from "../support/environments";
import { resources, type Synthesized } from "../support/synth";
import { type SynthesizedSystem, synthSystem } from "../support/system";
import { schemaProblems } from "../support/vendor-schemas";

const synth = (one: System, environments = one.environments) => synthSystem({ system: one, environments });
const platformOf = ({ stacks }: SynthesizedSystem): Synthesized => stacks["platform"] ?? {};

/** Everything a stack makes, as `<type>.<address>` and what it is. */
const made = ({ resource = {} }: Synthesized) =>
  Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([address, one]) => [type, address, one] as const),
  );

/** Name of each workspace by its reference. */
const namesOf = ({ resource }: Synthesized): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(resource?.["tfe_workspace"] ?? {}).map(([address, { name }]) => [
      `\${tfe_workspace.${address}.id}`,
      String(name),
    ]),
  );

/** Settings of each workspace by its name. */
const settingsOf = (platform: Synthesized) =>
  Object.fromEntries(
    resources(platform, "tfe_workspace_settings").map((settings) => [
      namesOf(platform)[String(settings["workspace_id"])] ?? "",
      settings,
    ]),
  );

/** Names of the workspaces that may read each workspace's state. */
function readersOf(platform: Synthesized): Readonly<Record<string, readonly string[]>> {
  const names = namesOf(platform);
  return Object.fromEntries(
    Object.entries(settingsOf(platform)).map(([name, { remote_state_consumer_ids: ids }]) => [
      name,
      (ids as readonly string[]).map((id) => names[id] ?? id),
    ]),
  );
}

/** Names of the workspaces that a stack's configuration reads. */
const readBy = ({ data = {} }: Synthesized): string[] =>
  Object.values(data["terraform_remote_state"] ?? {}).flatMap(({ config }) => {
    const { workspaces } = config as { workspaces?: { name: string } };
    return workspaces ? [workspaces.name] : [];
  });

const workspaceOf = ({ terraform }: Synthesized): string | undefined =>
  (terraform?.["cloud"] as { workspaces: { name: string } } | undefined)?.workspaces.name;

/** Stacks that a person applies, in every system. */
const BY_A_PERSON = /-(shared|shared-bastion|delivery|github)$/;

describe("PlatformStack", () => {
  const defaultSystem = inCloud(systems["default"] as System);
  const built = synth(defaultSystem);
  const platform = platformOf(built);

  // AWS trusts a workspace by its name and its project's, and a backend finds its state by them: a changed line here is a new trust boundary.
  test("calls its projects and workspaces this, and nothing else", () => {
    const projects = Object.entries(platform.resource?.["tfe_project"] ?? {}).map(
      ([address, { name }]) => [`\${tfe_project.${address}.id}`, name] as const,
    );
    const workspaces = resources(platform, "tfe_workspace");
    expect(
      Object.fromEntries(
        projects.map(([reference, name]) => [
          name,
          workspaces.filter(({ project_id }) => project_id === reference).map((workspace) => workspace["name"]),
        ]),
      ),
    ).toEqual({
      "acme-prod": ["app", "data", "delivery", "edge", "github", "network"].map((part) => `acme-prod-${part}`),
      "acme-shared": ["acme-shared"],
      "acme-staging": ["app", "data", "delivery", "edge", "github", "network", "upstash"].map(
        (part) => `acme-staging-${part}`,
      ),
    });
  });

  test("has these construct ids, by which Terraform knows what it made", () => {
    const paths = made(platform).map(([, , one]) => (one["//"] as { metadata: { path: string } }).metadata.path);
    expect(paths.filter((path) => /\/(project-staging|workspace-staging-app|workspace-shared)\//.test(path))).toEqual([
      "platform/project-staging/project",
      "platform/project-staging/use",
      "platform/project-staging/variable-aws_region",
      "platform/project-staging/variable-tfc_aws_apply_role_arn",
      "platform/project-staging/variable-tfc_aws_plan_role_arn",
      "platform/project-staging/variable-tfc_aws_provider_auth",
      "platform/project-staging/variable-tfc_aws_workload_identity_audience",
      "platform/project-staging/variables",
      "platform/workspace-shared/workspace",
      "platform/workspace-staging-app/workspace",
      "platform/workspace-shared/settings",
      "platform/workspace-staging-app/settings",
    ]);
    expect(made(platform).map(([type, address]) => `${type}.${address}`)).toEqual(
      expect.arrayContaining([
        "tfe_project.project-staging_project_820EB63F",
        "tfe_workspace.workspace-staging-app_workspace_0E8F1AAB",
        "tfe_workspace_settings.workspace-staging-app_settings_F1A82DB8",
      ]),
    );
  });

  test("keeps its own state in a file and says so, needs Terraform Cloud alone, and comes after nothing", () => {
    expect(platform.terraform?.["backend"]).toEqual({
      local: { path: "../../../.groundplan/state/platform.tfstate" },
    });
    expect(platform.provider).toEqual({ tfe: [{ hostname: "app.terraform.io" }] });
    expect(built.dependencies["platform"]).toEqual([]);
    expect(built.warnings["platform"]).toEqual([
      'the state of this stack is a file on this machine; set shared.platformState to { kind: "s3" } so that a team has it',
    ]);
  });

  test("keeps its own state in S3 when it is told to", () => {
    const { stacks, warnings } = synth(inCloud(defaultSystem, cloud, { platformState: { kind: "s3" } }));
    expect(stacks["platform"]?.terraform?.["backend"]).toMatchObject({
      s3: { bucket: "acme-123456789012-terraform-state", key: "shared/platform.tfstate", use_lockfile: true },
    });
    expect(stacks["bootstrap"]?.terraform?.["backend"]).toMatchObject({ local: {} });
    expect(warnings["platform"]).toEqual([]);
  });

  test("is synthesized to the same bytes each time, as is everything beside it", () => {
    expect(synth(defaultSystem).bytes).toEqual(built.bytes);
  });

  test("is the same whichever environments are chosen, or choosing would delete the workspaces of the others", () => {
    for (const environments of [[], defaultSystem.environments.slice(0, 1), defaultSystem.environments.slice(1)]) {
      expect(synth(defaultSystem, environments).bytes["platform"]).toBe(built.bytes["platform"]);
    }
  });

  test("tells the runs of each environment its own roles, region and audience, and no secret", () => {
    const { resource } = platform;
    const sets = Object.entries(resource?.["tfe_variable_set"] ?? {});
    const variables = resources(platform, "tfe_variable");
    const ofSet = (address: string) =>
      Object.fromEntries(
        variables
          .filter(({ variable_set_id }) => variable_set_id === `\${tfe_variable_set.${address}.id}`)
          .map(({ key, value }) => [String(key), value]),
      );
    const role = (environment: string, name: string) =>
      `arn:aws:iam::123456789012:role/delivery/acme-${environment}-${name}`;
    const expected = (environment: string) => ({
      TFC_AWS_PROVIDER_AUTH: "true",
      TFC_AWS_PLAN_ROLE_ARN: role(environment, "plan"),
      TFC_AWS_APPLY_ROLE_ARN: role(environment, "deploy"),
      TFC_AWS_WORKLOAD_IDENTITY_AUDIENCE: "aws.workload.identity",
      AWS_REGION: "eu-west-3",
    });
    expect(Object.fromEntries(sets.map(([address, { name }]) => [name, ofSet(address)]))).toEqual({
      "acme-prod-runs": expected("prod"),
      "acme-staging-runs": expected("staging"),
    });
    for (const variable of variables) expect(variable).toMatchObject({ category: "env", sensitive: false, hcl: false });
  });

  describe("with other choices", () => {
    const one = (state: Partial<CloudState>, overrides: Partial<Environment> = {}) =>
      synth(system(staging({ state: { ...cloud, ...state }, domain, services: { api }, ...overrides })));

    test("only keeps the state of an environment whose stacks run elsewhere, and gives nothing to runs", () => {
      const found = platformOf(one({ executionMode: "local" }));
      expect(Object.values(settingsOf(found)).map((settings) => settings["execution_mode"])).toEqual(
        Array.from({ length: 4 }, () => "local"),
      );
      expect(resources(found, "tfe_variable_set")).toEqual([]);
      expect(resources(found, "tfe_workspace").map(({ description }) => description)).toContain(
        "State of staging-app, which whoever calls terraform applies",
      );
    });

    test("gives the runs of an environment the sets that somebody made, by name", () => {
      const found = platformOf(one({ variableSets: ["cloudflare"] }));
      expect(Object.values(found.data?.["tfe_variable_set"] ?? {})).toEqual([
        expect.objectContaining({ name: "cloudflare", organization: "acme-org" }),
      ]);
      expect(resources(found, "tfe_project_variable_set")).toHaveLength(2);
    });

    test("lets Terraform Cloud look for drift where it runs a stack, and nowhere else", () => {
      const looks = Object.entries(settingsOf(platformOf(one({ assessments: true }, { delivery: {} }))))
        .filter(([, settings]) => settings["assessments_enabled"] === true)
        .map(([name]) => name);
      expect(looks.sort()).toEqual(["app", "data", "edge", "network"].map((part) => `acme-staging-${part}`));
    });

    test("makes another project, at another host", () => {
      const found = platformOf(one({ projectName: "platform", hostname: "tfe.example.com" }));
      expect(resources(found, "tfe_project").map(({ name }) => name)).toEqual(["platform"]);
      expect(found.provider).toEqual({ tfe: [{ hostname: "tfe.example.com" }] });
    });

    test("has an environment of each organization in its own", () => {
      const environments = [staging({ state: cloud }), prod({ state: { ...cloud, organization: "acme-prod-org" } })];
      const found = platformOf(synth(system(...environments)));
      const organizations = new Set(
        made(found)
          .filter(([type]) => /^tfe_(project|workspace|variable_set)$/.test(type))
          .map(
            ([type, address, { organization }]) =>
              `${type} ${/staging|prod/.exec(address)?.[0]} ${String(organization)}`,
          ),
      );
      expect([...organizations].sort()).toEqual([
        "tfe_project prod acme-prod-org",
        "tfe_project staging acme-org",
        "tfe_variable_set prod acme-prod-org",
        "tfe_variable_set staging acme-org",
        "tfe_workspace prod acme-prod-org",
        "tfe_workspace staging acme-org",
      ]);
    });

    test("tells the runs of an environment elsewhere the roles and the region there", () => {
      const found = platformOf(one({}, { accountId: "210987654321", region: "us-east-1" }));
      const values = resources(found, "tfe_variable").map(({ value }) => value);
      expect(values).toContain("arn:aws:iam::210987654321:role/delivery/acme-staging-plan");
      expect(values).toContain("us-east-1");
    });

    test("lets everything go that may be destroyed, and keeps what is shared", () => {
      const protectedNames = (found: Synthesized) =>
        [...resources(found, "tfe_project"), ...resources(found, "tfe_workspace")]
          .filter((resource) => "lifecycle" in resource)
          .map(({ name }) => name);
      const both = system(
        ...[staging(), prod()].map((environment) => ({
          ...environment,
          state: cloud,
          shared: { ...shared, state: cloud },
        })),
      );
      expect(protectedNames(platformOf(synth(both)))).toEqual([
        "acme-prod",
        "acme-shared",
        ...["app", "data", "delivery", "network"].map((part) => `acme-prod-${part}`),
        "acme-shared",
      ]);
      const sandbox = synthSystem({ system: both, environments: both.environments, destroyable: true });
      expect(protectedNames(platformOf(sandbox))).toEqual([]);
    });
  });

  test("is not there when nothing is in Terraform Cloud, or when a choice keeps all state in files", () => {
    expect(synth(system(staging())).stacks).not.toHaveProperty("platform");
    const { stacks } = synthSystem({
      system: defaultSystem,
      environments: defaultSystem.environments,
      stateOverride: { kind: "local" },
    });
    expect(stacks).not.toHaveProperty("platform");
  });
});

describe.each(Object.values(systems))("system $name with its state in Terraform Cloud", (one) => {
  const state: CloudState = { ...cloud, variableSets: ["vendors"] };
  const built = synth(inCloud(one, state));
  const platform = platformOf(built);
  const settings = settingsOf(platform);
  const readers = readersOf(platform);
  const stacks = Object.entries(built.stacks).filter(([name]) => name !== "platform");

  test("has for each stack the workspace that its backend names, in the project that it names, and no other", () => {
    const projects = Object.fromEntries(
      Object.entries(platform.resource?.["tfe_project"] ?? {}).map(([address, project]) => [
        `\${tfe_project.${address}.id}`,
        project,
      ]),
    );
    const inPlatform = resources(platform, "tfe_workspace").map(({ name, organization, project_id }) => ({
      organization,
      workspaces: { name, project: projects[String(project_id)]?.["name"] },
    }));
    const inBackends = stacks.map(([, { terraform }]) => terraform?.["cloud"]);
    expect(inPlatform).toHaveLength(stacks.length);
    expect(inPlatform).toEqual(expect.arrayContaining(inBackends));
  });

  test("applies nothing by itself, starts nothing by itself, shows no state to everybody", () => {
    expect(Object.keys(settings)).toHaveLength(stacks.length);
    for (const workspace of resources(platform, "tfe_workspace")) {
      expect(workspace).toMatchObject({
        terraform_version: "1.11.4",
        queue_all_runs: false,
        auto_apply_run_trigger: false,
        file_triggers_enabled: false,
        speculative_enabled: true,
        structured_run_output_enabled: true,
        force_delete: false,
      });
      expect(workspace).not.toHaveProperty("working_directory");
    }
    for (const one of Object.values(settings)) {
      expect(one).toMatchObject({ auto_apply: false, assessments_enabled: false, global_remote_state: false });
    }
    expect(Object.keys(platform.resource ?? {})).not.toContain("tfe_run_trigger");
  });

  test("runs everything there but what a person applies, which could change its own rights", () => {
    const local = Object.entries(settings).filter(([, one]) => one["execution_mode"] !== "remote");
    expect(local.map(([name]) => name).sort()).toEqual(
      Object.keys(settings)
        .filter((name) => BY_A_PERSON.test(name))
        .sort(),
    );
    for (const [, one] of local) expect(one).toMatchObject({ execution_mode: "local" });
  });

  test("is protected in prod, project and workspaces, and destroyable in staging", () => {
    for (const type of ["tfe_project", "tfe_workspace"]) {
      const all = resources(platform, type);
      const of = (environment: string) => all.filter(({ name }) => String(name).split("-").includes(environment));
      expect(of("prod").length).toBeGreaterThan(0);
      for (const resource of of("prod")) expect(resource).toMatchObject({ lifecycle: { prevent_destroy: true } });
      for (const resource of of("staging")) expect(resource).not.toHaveProperty("lifecycle");
    }
  });

  test("shows each state to those whose configuration reads it, and to no other", () => {
    const expected = Object.fromEntries(Object.keys(settings).map((name) => [name, [] as string[]]));
    for (const [, stack] of stacks) for (const read of readBy(stack)) expected[read]?.push(workspaceOf(stack) ?? "");
    expect(readers).toEqual(Object.fromEntries(Object.entries(expected).map(([name, all]) => [name, all.sort()])));
  });

  test("has an edge between workspaces for each one between stacks, unless the later stack only waits", () => {
    const without = Object.entries(built.dependencies).flatMap(([later, before]) => {
      const reader = built.stacks[later] ?? {};
      return before
        .filter((name) => !readers[workspaceOf(built.stacks[name] ?? {}) ?? ""]?.includes(workspaceOf(reader) ?? ""))
        .map((name) => [later, name].map((stack) => stack.replace(/^(staging|prod)-/, "")).join(" after "));
    });
    expect([...new Set(without)].filter((edge) => !ONLY_AFTER.includes(edge))).toEqual([]);
  });

  test("writes no token, no key and no password anywhere", () => {
    const names = Object.values(built.bytes).flatMap((text) => keysOf(JSON.parse(text)));
    expect(names.filter((name) => /^(token|password|secret|access_key|secret_key|value_wo)$/i.test(name))).toEqual([]);
    expect(keysOf(platform).filter((name) => /token/i.test(name))).toEqual([]);
    for (const variable of resources(platform, "tfe_variable")) {
      expect(String(variable["key"])).not.toMatch(/TOKEN|SECRET|PASSWORD|KEY/);
    }
  });

  test("writes what the provider knows, and nothing that is deprecated", () => {
    const all = [
      ...made(platform).map(([type, , resource]) => [type, resource] as const),
      ...Object.values(platform.data?.["tfe_variable_set"] ?? {}).map((set) => ["data.tfe_variable_set", set] as const),
    ];
    expect(all.flatMap(([type, resource]) => schemaProblems(type, resource))).toEqual([]);
  });

  test("has the resources that it has wherever its state is, but for who may run it", () => {
    const addresses = (found: SynthesizedSystem) =>
      Object.entries(found.stacks)
        .filter(([name]) => !/^(bootstrap|platform|shared)$|-(delivery|github)$/.test(name))
        .flatMap(([name, stack]) => made(stack).map(([type, address]) => `${name} ${type}.${address}`));
    expect(addresses(built)).toEqual(addresses(synth(one)));
  });
});

/**
 * Stacks that wait for another and read nothing of it, which knows what they need by name. Their runs are not shown its state: that of Upstash
 * has a password in it, that of delivery says whom AWS trusts.
 */
const ONLY_AFTER: readonly string[] = [
  "app after edge",
  "app after upstash",
  "backup after delivery",
  "backup after recovery",
  "cdn after delivery",
  "cdn after edge",
  "data after recovery",
  "network after delivery",
  "pipeline after app",
  "recovery after delivery",
  "standby after data",
];

/** Every key of a value, however deep. */
function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(inner)]);
}
