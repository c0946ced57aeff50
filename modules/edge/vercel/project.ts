import { booleanToTerraform, stringToTerraform, type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Arguments of `vercel_project` in provider 5.10.0 that a site uses. */
export interface ProjectConfig extends TerraformMetaArguments {
  /** Name at Vercel, 1 to 52 characters. */
  readonly name: string;

  /**
   * The team it belongs to.
   * @default - the default team of the token
   */
  readonly teamId?: string;

  /**
   * How Vercel builds and serves it, such as `nextjs`.
   * @default - no framework
   */
  readonly framework?: string;

  /**
   * Folder of the repository the project is in.
   * @default - the root
   */
  readonly rootDirectory?: string;

  /**
   * Command that builds it.
   * @default - the framework's own
   */
  readonly buildCommand?: string;

  /**
   * Command that installs its packages.
   * @default - by the lock file that is there
   */
  readonly installCommand?: string;

  /**
   * Command that decides whether a commit is built: exit code 1 builds, 0 does not.
   * @default - every commit is built
   */
  readonly ignoreCommand?: string;

  /**
   * Node.js of the build and of functions: `18.x`, `20.x`, `22.x` or `24.x`.
   * @default - Vercel's choice
   */
  readonly nodeVersion?: string;

  /**
   * Where the code comes from.
   * @default - from nowhere; somebody uploads it
   */
  readonly gitRepository?: ProjectGitRepository;

  /**
   * Whether a pull request of a fork waits for a member of the team before it is built.
   * @default true
   */
  readonly gitForkProtection?: boolean;

  /**
   * Whether other branches get no deployment.
   * @default false
   */
  readonly previewDeploymentsDisabled?: boolean;

  /**
   * Whether the build sees Vercel's own variables, such as its address.
   * @default false
   */
  readonly automaticallyExposeSystemEnvironmentVariables?: boolean;

  /**
   * Which deployments only members of the team see.
   * @default - `standard_protection_new`
   */
  readonly vercelAuthentication?: ProjectVercelAuthentication;

  /**
   * Where functions run.
   * @default - Vercel's choice
   */
  readonly resourceConfig?: ProjectResourceConfig;
}

/** The repository of a project. */
export interface ProjectGitRepository {
  /** Who keeps it: `github`, `gitlab` or `bitbucket`. */
  readonly type: string;

  /** Owner and name, with a slash between. */
  readonly repo: string;

  /**
   * Branch whose commits go to production.
   * @default - `main`
   */
  readonly productionBranch?: string;
}

/** Who sees deployments. */
export interface ProjectVercelAuthentication {
  /** `standard_protection_new`, `all_deployments`, `only_preview_deployments` or `none`. */
  readonly deploymentType: string;
}

/** Where functions run. */
export interface ProjectResourceConfig {
  /** Vercel's names of regions. */
  readonly functionDefaultRegions: string[];
}

/** `vercel_project`. */
export class Project extends TerraformResource {
  private readonly config: ProjectConfig;

  constructor(scope: Construct, id: string, config: ProjectConfig) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
    super(scope, id, {
      terraformResourceType: "vercel_project",
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

  /** Vercel's id of the project. */
  get projectId(): string {
    return this.getStringAttribute("id");
  }

  /** Name of the project. */
  get name(): string {
    return this.getStringAttribute("name");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      name: stringToTerraform(config.name),
      team_id: stringToTerraform(config.teamId),
      framework: stringToTerraform(config.framework),
      root_directory: stringToTerraform(config.rootDirectory),
      build_command: stringToTerraform(config.buildCommand),
      install_command: stringToTerraform(config.installCommand),
      ignore_command: stringToTerraform(config.ignoreCommand),
      node_version: stringToTerraform(config.nodeVersion),
      git_repository: gitRepositoryToTerraform(config.gitRepository),
      git_fork_protection: booleanToTerraform(config.gitForkProtection),
      preview_deployments_disabled: booleanToTerraform(config.previewDeploymentsDisabled),
      automatically_expose_system_environment_variables: booleanToTerraform(
        config.automaticallyExposeSystemEnvironmentVariables,
      ),
      vercel_authentication: authenticationToTerraform(config.vercelAuthentication),
      resource_config: resourceConfigToTerraform(config.resourceConfig),
    };
  }
}

function gitRepositoryToTerraform(repository: ProjectGitRepository | undefined) {
  return (
    repository && {
      type: repository.type,
      repo: repository.repo,
      production_branch: repository.productionBranch,
    }
  );
}

function authenticationToTerraform(authentication: ProjectVercelAuthentication | undefined) {
  return authentication && { deployment_type: authentication.deploymentType };
}

function resourceConfigToTerraform(config: ProjectResourceConfig | undefined) {
  return config && { function_default_regions: config.functionDefaultRegions };
}
