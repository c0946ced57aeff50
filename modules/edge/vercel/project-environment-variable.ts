import {
  booleanToTerraform,
  listMapper,
  numberToTerraform,
  stringToTerraform,
  type TerraformMetaArguments,
  TerraformResource,
} from "cdktf";
import type { Construct } from "constructs";

/** Arguments of `vercel_project_environment_variable` in provider 5.10.0. */
export interface ProjectEnvironmentVariableConfig extends TerraformMetaArguments {
  /** The project that sees it. */
  readonly projectId: string;

  /**
   * The team of the project.
   * @default - the default team of the token
   */
  readonly teamId?: string;

  /** Name of the variable. */
  readonly key: string;

  /**
   * Its value, which Terraform's state holds.
   * @default - `valueWo` is given instead
   */
  readonly value?: string;

  /**
   * Its value, write-only: in neither plan nor state. Needs Terraform 1.11.
   * @default - `value` is given instead
   */
  readonly valueWo?: string;

  /**
   * A number that has to change for `valueWo` to be written again.
   * @default - it is written once
   */
  readonly valueWoVersion?: number;

  /** `production`, `preview`, `development`; the last stands alone when the others are sensitive. */
  readonly target: string[];

  /** Whether nobody can read it at Vercel once it is set; never for `development`. */
  readonly sensitive: boolean;

  /**
   * What it is for.
   * @default - none
   */
  readonly comment?: string;
}

/** `vercel_project_environment_variable`. */
export class ProjectEnvironmentVariable extends TerraformResource {
  private readonly config: ProjectEnvironmentVariableConfig;

  constructor(scope: Construct, id: string, config: ProjectEnvironmentVariableConfig) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
    super(scope, id, {
      terraformResourceType: "vercel_project_environment_variable",
      terraformGeneratorMetadata: {
        providerName: "vercel",
        providerVersion: "5.10.0",
        providerVersionConstraint: "5.10.0",
      },
      dependsOn,
      count,
      provider,
      lifecycle,
      forEach,
      provisioners,
      connection,
    });
    this.config = config;
  }

  /** Vercel's id of the variable. */
  get variableId(): string {
    return this.getStringAttribute("id");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      project_id: stringToTerraform(config.projectId),
      team_id: stringToTerraform(config.teamId),
      key: stringToTerraform(config.key),
      value: stringToTerraform(config.value),
      value_wo: stringToTerraform(config.valueWo),
      value_wo_version: numberToTerraform(config.valueWoVersion),
      target: listMapper(stringToTerraform, false)(config.target),
      sensitive: booleanToTerraform(config.sensitive),
      comment: stringToTerraform(config.comment),
    };
  }
}
