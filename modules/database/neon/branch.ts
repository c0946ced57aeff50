import { stringToTerraform, type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Arguments of `neon_branch` in provider 0.15.0 that a database uses. */
export interface BranchConfig extends TerraformMetaArguments {
  /** The project it is in. */
  readonly projectId: string;

  /** Name of the branch. */
  readonly name: string;

  /**
   * Branch it is copied from.
   * @default - the default branch
   */
  readonly parentId?: string;
}

/** `neon_branch`. */
export class Branch extends TerraformResource {
  private readonly config: BranchConfig;

  constructor(scope: Construct, id: string, config: BranchConfig) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
    super(scope, id, {
      terraformResourceType: "neon_branch",
      terraformGeneratorMetadata: {
        providerName: "neon",
        providerVersion: "0.15.0",
        providerVersionConstraint: "0.15.0",
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

  /** Neon's id of the branch. */
  get branchId(): string {
    return this.getStringAttribute("id");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      project_id: stringToTerraform(config.projectId),
      name: stringToTerraform(config.name),
      parent_id: stringToTerraform(config.parentId),
    };
  }
}
