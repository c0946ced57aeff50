import { DataTfeVariableSet } from "@cdktf/provider-tfe/lib/data-tfe-variable-set";
import { Project } from "@cdktf/provider-tfe/lib/project";
import { ProjectVariableSet } from "@cdktf/provider-tfe/lib/project-variable-set";
import { Variable } from "@cdktf/provider-tfe/lib/variable";
import { VariableSet } from "@cdktf/provider-tfe/lib/variable-set";
import { Construct } from "constructs";
import { looksLikeSecret } from "../secret-value";
import { assertValid, notMatching } from "../validation";
import type { TerraformCloudPlace } from "./terraform-cloud-names";
import { terraformCloudProblems } from "./terraform-cloud-settings";

/** What a project is given. */
export interface TerraformCloudProjectProps extends TerraformCloudPlace {
  /** What it is for, in a sentence. */
  readonly description: string;

  /** Whether it may be deleted, which Terraform Cloud allows once it is empty. */
  readonly destroyable: boolean;

  /**
   * Environment variables of every run in the project. Never secrets: a value given to Terraform lies in its state.
   * @default - none, and no variable set
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * Variable sets that somebody made in the organization by hand, by name, whose variables the runs are given too.
   * @default - none
   */
  readonly variableSets?: readonly string[];
}

/**
 * A project of Terraform Cloud: the boundary of who may do what in the workspaces of one environment. It has a variable set of its own, which says
 * which roles its runs take in AWS, and the sets that are named; it makes no sensitive variable, and no variable of the whole organization.
 */
export class TerraformCloudProject extends Construct {
  /** The project's id, which workspaces name. */
  readonly projectId: string;

  constructor(scope: Construct, id: string, props: TerraformCloudProjectProps) {
    super(scope, id);
    const { organization, projectName, description, destroyable, variables = {}, variableSets = [] } = props;
    assertValid(this, [
      ...terraformCloudProblems({ organization, projectName, variableSets }),
      ...Object.entries(variables).flatMap(([name, value]) => variableProblems(name, value)),
    ]);

    const project = new Project(this, "project", {
      organization,
      name: projectName,
      description,
      lifecycle: destroyable ? undefined : { preventDestroy: true },
    });
    if (Object.keys(variables).length > 0) this.ownSet(project, props, variables);
    for (const name of variableSets) {
      const set = new DataTfeVariableSet(this, `set-${name}`, { organization, name });
      new ProjectVariableSet(this, `use-${name}`, { projectId: project.id, variableSetId: set.id });
    }
    this.projectId = project.id;
  }

  private ownSet(
    project: Project,
    { organization, projectName }: TerraformCloudProjectProps,
    variables: Readonly<Record<string, string>>,
  ): void {
    const set = new VariableSet(this, "variables", {
      organization,
      name: `${projectName}-runs`,
      description: `What every run in ${projectName} is given`,
      parentProjectId: project.id, // whoever manages the project manages the set, and nobody else's runs see it
      global: false,
      priority: false,
    });
    new ProjectVariableSet(this, "use", { projectId: project.id, variableSetId: set.id });
    for (const [key, value] of Object.entries(variables)) {
      new Variable(this, `variable-${key.toLowerCase()}`, {
        variableSetId: set.id,
        category: "env",
        key,
        value,
        hcl: false,
        sensitive: false,
      });
    }
  }
}

function variableProblems(name: string, value: string): Array<string | undefined> {
  return [
    notMatching("variables", name, /^[A-Z_][A-Z0-9_]*$/, "capitals, digits and underscores, not starting with a digit"),
    looksLikeSecret(value)
      ? `variables.${name} must not be a secret, got a value that looks like a key or a password; set it in Terraform Cloud, as a sensitive variable`
      : undefined,
  ];
}
