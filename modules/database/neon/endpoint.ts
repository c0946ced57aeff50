import { numberToTerraform, stringToTerraform, type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Arguments of `neon_endpoint` in provider 0.15.0 that a database uses. */
export interface EndpointConfig extends TerraformMetaArguments {
  /** The project it is in. */
  readonly projectId: string;

  /** The branch it serves. */
  readonly branchId: string;

  /** `read_write`, of which a branch has one, or `read_only`. */
  readonly type: string;

  /** Least compute units. */
  readonly autoscalingLimitMinCu: number;

  /** Most compute units. */
  readonly autoscalingLimitMaxCu: number;

  /** Seconds without a query after which it sleeps; -1 for never. */
  readonly suspendTimeoutSeconds: number;
}

/** `neon_endpoint`. */
export class Endpoint extends TerraformResource {
  private readonly config: EndpointConfig;

  constructor(scope: Construct, id: string, config: EndpointConfig) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
    super(scope, id, {
      terraformResourceType: "neon_endpoint",
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

  /** Host name. */
  get host(): string {
    return this.getStringAttribute("host");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      project_id: stringToTerraform(config.projectId),
      branch_id: stringToTerraform(config.branchId),
      type: stringToTerraform(config.type),
      autoscaling_limit_min_cu: numberToTerraform(config.autoscalingLimitMinCu),
      autoscaling_limit_max_cu: numberToTerraform(config.autoscalingLimitMaxCu),
      suspend_timeout_seconds: numberToTerraform(config.suspendTimeoutSeconds),
    };
  }
}
