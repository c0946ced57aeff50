import { TfeProvider } from "@cdktf/provider-tfe/lib/provider";
import {
  TerraformCloudProject,
  type TerraformCloudProjectProps,
} from "../../../modules/delivery/terraform-cloud-project";
import { resources, synth, type Synthesized } from "../../support/synth";
import { schemaProblems } from "../../support/vendor-schemas";

const variables = { AWS_REGION: "eu-west-3", TFC_AWS_PROVIDER_AUTH: "true" };

const build = (props: Partial<TerraformCloudProjectProps> = {}): Synthesized =>
  synth((scope) => {
    new TfeProvider(scope, "tfe", {});
    new TerraformCloudProject(scope, "prod", {
      organization: "acme-org",
      projectName: "acme-prod",
      description: "prod of acme",
      destroyable: false,
      ...props,
    });
  });

const addressOf = ({ resource, data }: Synthesized, type: string) =>
  Object.keys({ ...resource?.[type], ...data?.[type] }).map((name) => `${type}.${name}.id`);

describe("TerraformCloudProject", () => {
  test("is a project of the organization, protected unless everything may be destroyed", () => {
    const project = { name: "acme-prod", organization: "acme-org", description: "prod of acme" };
    expect(resources(build(), "tfe_project")).toEqual([
      expect.objectContaining({ ...project, lifecycle: { prevent_destroy: true } }),
    ]);
    const [destroyable] = resources(build({ destroyable: true }), "tfe_project");
    expect(destroyable).toMatchObject(project);
    expect(destroyable).not.toHaveProperty("lifecycle");
  });

  test("has no variable set unless its runs are given something", () => {
    for (const props of [{}, { variables: {} }, { variables: undefined, variableSets: undefined }]) {
      expect(Object.keys(build(props).resource ?? {})).toEqual(["tfe_project"]);
    }
  });

  test("gives its runs their variables by a set that it owns, for no other project and in the open", () => {
    const stack = build({ variables });
    const [project = ""] = addressOf(stack, "tfe_project");
    const [set = ""] = addressOf(stack, "tfe_variable_set");
    expect(resources(stack, "tfe_variable_set")).toEqual([
      expect.objectContaining({
        organization: "acme-org",
        name: "acme-prod-runs",
        parent_project_id: `\${${project}}`,
        global: false,
        priority: false,
      }),
    ]);
    expect(resources(stack, "tfe_project_variable_set")).toEqual([
      expect.objectContaining({ project_id: `\${${project}}`, variable_set_id: `\${${set}}` }),
    ]);
    expect(resources(stack, "tfe_variable")).toEqual(
      Object.entries(variables).map(([key, value]): unknown =>
        expect.objectContaining({
          category: "env",
          key,
          value,
          sensitive: false,
          hcl: false,
          variable_set_id: `\${${set}}`,
        }),
      ),
    );
  });

  test("lets its runs use the sets that somebody made, which it only looks up", () => {
    const stack = build({ variableSets: ["cloudflare", "upstash"] });
    const sets = addressOf(stack, "tfe_variable_set");
    expect(resources(stack, "tfe_variable_set")).toEqual([]);
    expect(Object.values(stack.data?.["tfe_variable_set"] ?? {})).toEqual([
      expect.objectContaining({ organization: "acme-org", name: "cloudflare" }),
      expect.objectContaining({ organization: "acme-org", name: "upstash" }),
    ]);
    expect(resources(stack, "tfe_project_variable_set").map((use) => use["variable_set_id"])).toEqual(
      sets.map((address) => `\${data.${address}}`),
    );
  });

  test("writes what the provider knows, and nothing else", () => {
    const stack = build({ variables, variableSets: ["cloudflare"] });
    const found = Object.entries(stack.resource ?? {}).flatMap(([type, named]) =>
      Object.values(named).map((one) => [type, one] as const),
    );
    const looked = Object.values(stack.data?.["tfe_variable_set"] ?? {}).map(
      (one) => ["data.tfe_variable_set", one] as const,
    );
    expect(found).toHaveLength(6);
    expect([...found, ...looked].flatMap(([type, one]) => schemaProblems(type, one))).toEqual([]);
  });

  test.each<[Partial<TerraformCloudProjectProps>, string]>([
    [
      { projectName: "Default Project" },
      'test/prod: projectName must be 3 to 40 letters, digits, hyphens and underscores (no spaces: it becomes part of the trust subject), got "Default Project"',
    ],
    [{ variableSets: ["a", "a"] }, 'test/prod: variableSets must name each set once, got ["a","a"]'],
    [
      { variables: { "AWS REGION": "eu-west-3" } },
      'test/prod: variables must be capitals, digits and underscores, not starting with a digit, got "AWS REGION"',
    ],
    [
      { variables: { AWS_ACCESS_KEY_ID: `AKIA${"A".repeat(16)}` } },
      "test/prod: variables.AWS_ACCESS_KEY_ID must not be a secret, got a value that looks like a key or a password; set it in Terraform Cloud, as a sensitive variable",
    ],
  ])("fails on %j", (props, message) => {
    expect(() => build(props)).toThrow(new Error(message));
  });
});
