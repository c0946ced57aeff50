import {
  booleanToTerraform,
  listMapper,
  numberToTerraform,
  stringToTerraform,
  type TerraformMetaArguments,
  TerraformResource,
} from "cdktf";
import type { Construct } from "constructs";

/** Arguments of `neon_project` in provider 0.15.0 that a database uses. */
export interface ProjectConfig extends TerraformMetaArguments {
  /** Name at Neon. */
  readonly name: string;

  /**
   * The organization it belongs to. Changing it replaces the project.
   * @default - the one of the API key
   */
  readonly orgId?: string;

  /** Where it is, such as `aws-eu-central-1`. Changing it replaces the project. */
  readonly regionId: string;

  /** Major version of PostgreSQL. Changing it replaces the project. */
  readonly pgVersion: number;

  /**
   * How far back it can be restored to.
   * @default 86400
   */
  readonly historyRetentionSeconds?: number;

  /**
   * Whether Neon refuses to delete or reset the default branch.
   * @default false
   */
  readonly defaultBranchProtected?: boolean;

  /**
   * Addresses that may connect.
   * @default - any
   */
  readonly allowedIps?: string[];

  /**
   * What the project is made with.
   * @default - Neon's names
   */
  readonly branch?: ProjectBranch;

  /**
   * Size of the compute, and when it sleeps.
   * @default - Neon's choice
   */
  readonly defaultEndpointSettings?: ProjectEndpointSettings;
}

/** What a project is made with. */
export interface ProjectBranch {
  /** Name of the default branch. */
  readonly name: string;

  /** Role that owns the first database. */
  readonly roleName: string;

  /** First database. */
  readonly databaseName: string;
}

/** The compute of the default branch. */
export interface ProjectEndpointSettings {
  /** Least compute units. */
  readonly autoscalingLimitMinCu: number;

  /** Most compute units. */
  readonly autoscalingLimitMaxCu: number;

  /** Seconds without a query after which it sleeps; -1 for never. */
  readonly suspendTimeoutSeconds: number;
}

/** `neon_project`. `connection_uri`, `connection_uri_pooler` and `database_password` are sensitive, and in Terraform's state as they are. */
export class Project extends TerraformResource {
  private readonly config: ProjectConfig;

  constructor(scope: Construct, id: string, config: ProjectConfig) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
    super(scope, id, {
      terraformResourceType: "neon_project",
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

  /** Neon's id of the project. */
  get projectId(): string {
    return this.getStringAttribute("id");
  }

  /** Id of the default branch. */
  get defaultBranchId(): string {
    return this.getStringAttribute("default_branch_id");
  }

  /** Host of the default branch. */
  get databaseHost(): string {
    return this.getStringAttribute("database_host");
  }

  /** The same behind the connection pool. */
  get databaseHostPooler(): string {
    return this.getStringAttribute("database_host_pooler");
  }

  /** Whole connection string, with the password. Sensitive. */
  get connectionUri(): string {
    return this.getStringAttribute("connection_uri");
  }

  /** The same behind the connection pool. Sensitive. */
  get connectionUriPooler(): string {
    return this.getStringAttribute("connection_uri_pooler");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      name: stringToTerraform(config.name),
      org_id: stringToTerraform(config.orgId),
      region_id: stringToTerraform(config.regionId),
      pg_version: numberToTerraform(config.pgVersion),
      history_retention_seconds: numberToTerraform(config.historyRetentionSeconds),
      default_branch_protected: booleanToTerraform(config.defaultBranchProtected),
      allowed_ips: listMapper(stringToTerraform, false)(config.allowedIps),
      branch: branchToTerraform(config.branch),
      default_endpoint_settings: endpointToTerraform(config.defaultEndpointSettings),
    };
  }
}

function branchToTerraform(branch: ProjectBranch | undefined) {
  return (
    branch && [
      {
        name: branch.name,
        role_name: branch.roleName,
        database_name: branch.databaseName,
      },
    ]
  );
}

function endpointToTerraform(settings: ProjectEndpointSettings | undefined) {
  return (
    settings && [
      {
        autoscaling_limit_min_cu: settings.autoscalingLimitMinCu,
        autoscaling_limit_max_cu: settings.autoscalingLimitMaxCu,
        suspend_timeout_seconds: settings.suspendTimeoutSeconds,
      },
    ]
  );
}
