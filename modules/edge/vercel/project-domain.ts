import { stringToTerraform, type TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Arguments of `vercel_project_domain` in provider 5.10.0 that a site uses. */
export interface ProjectDomainConfig extends TerraformMetaArguments {
  /** The project it leads to. */
  readonly projectId: string;

  /**
   * The team of the project.
   * @default - the default team of the token
   */
  readonly teamId?: string;

  /** The domain. */
  readonly domain: string;

  /**
   * Branch whose newest deployment it shows.
   * @default - production
   */
  readonly gitBranch?: string;
}

/** `vercel_project_domain`. */
export class ProjectDomain extends TerraformResource {
  private readonly config: ProjectDomainConfig;

  constructor(scope: Construct, id: string, config: ProjectDomainConfig) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
    super(scope, id, {
      terraformResourceType: "vercel_project_domain",
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

  /** The domain, known once Vercel has taken it. */
  get domain(): string {
    return this.getStringAttribute("domain");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      project_id: stringToTerraform(config.projectId),
      team_id: stringToTerraform(config.teamId),
      domain: stringToTerraform(config.domain),
      git_branch: stringToTerraform(config.gitBranch),
    };
  }
}
