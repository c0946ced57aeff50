import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import {
  VARIABLE_TARGETS,
  type VercelSecret,
  vercelSecretProblems,
  vercelSiteProblems,
  type VercelSiteSettings,
} from "./vercel-site-settings";
import { Project } from "./vercel/project";
import { ProjectDomain } from "./vercel/project-domain";
import { ProjectEnvironmentVariable } from "./vercel/project-environment-variable";

export interface VercelSiteProps extends VercelSiteSettings {
  /** For whom and where. */
  readonly context: Context;

  /** What the site is, as part of its project's name: `web`. */
  readonly name: string;

  /**
   * Vercel's id of the team, `team_…`.
   * @default - the default team of the token
   */
  readonly teamId?: string;

  /**
   * Secrets by name, each by a reference that leaves no trace in plan and state. Others are set with `vercel env add`.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, VercelSecret>>;
}

/** What a domain below Vercel is another name for. Source: Vercel's documentation, setting up a custom domain, February 2026. */
const VERCEL_CNAME = "cname.vercel-dns-0.com";

/**
 * A site that Vercel builds from a GitHub repository on every push. Always true of it: deployments other than production are for members of
 * the Vercel team only, and nobody's fork is built unseen.
 *
 * What is secret and where: variables of the settings are in Terraform's state in clear, so none of them may be a secret; one that looks like
 * it is refused. Secrets go past the state: with `vercel env add`, or as write-only values (Terraform 1.11), or not at all. Each variable is
 * a resource of its own, so that those somebody else set stay.
 */
export class VercelSite extends Construct {
  /** Vercel's id of the project, which `vercel deploy` wants as `VERCEL_PROJECT_ID`. */
  readonly projectId: string;

  /** Name of the project. */
  readonly projectName: string;

  /** The domain production is served under, if it has one of its own. */
  readonly domain: string | undefined;

  /** The records its domains need, by host: what each is another name for. */
  readonly cnames: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: VercelSiteProps) {
    super(scope, id);
    const { context, name, teamId, domain, previewDomain, secrets = {} } = props;
    assertValid(this, [...vercelSiteProblems(props), ...vercelSecretProblems(secrets, props)]);

    const project = new Project(this, "project", {
      name: context.names("vercelProject", name),
      teamId,
      framework: props.framework ?? "nextjs",
      rootDirectory: props.rootDirectory,
      buildCommand: props.buildCommand,
      installCommand: props.installCommand,
      ignoreCommand: props.ignoreCommand,
      nodeVersion: props.nodeVersion ?? "22.x",
      gitRepository: {
        type: "github",
        repo: `${props.repository.owner}/${props.repository.name}`,
        productionBranch: props.productionBranch ?? "main",
      },
      gitForkProtection: true,
      previewDeploymentsDisabled: !(props.previews ?? true),
      automaticallyExposeSystemEnvironmentVariables: true,
      vercelAuthentication: { deploymentType: "standard_protection_new" },
      resourceConfig: { functionDefaultRegions: [props.functionRegion ?? "iad1"] },
    });
    this.createVariables(project, props);
    this.createSecrets(project, props);
    if (domain !== undefined) {
      new ProjectDomain(this, "domain", { projectId: project.projectId, teamId, domain });
    }
    if (previewDomain !== undefined) {
      const { domain: preview, branch: gitBranch } = previewDomain;
      new ProjectDomain(this, "preview-domain", { projectId: project.projectId, teamId, domain: preview, gitBranch });
    }

    this.projectId = project.projectId;
    this.projectName = project.name;
    this.domain = domain;
    const domains = [domain, previewDomain?.domain].filter((host) => host !== undefined);
    this.cnames = Object.fromEntries(domains.map((host) => [host, VERCEL_CNAME]));
  }

  private createVariables(project: Project, { variables = {}, sensitiveVariables = false, teamId }: VercelSiteProps) {
    for (const target of VARIABLE_TARGETS) {
      for (const [key, value] of Object.entries(variables[target] ?? {})) {
        new ProjectEnvironmentVariable(this, `variable-${target}-${key}`, {
          projectId: project.projectId,
          teamId,
          key,
          value,
          target: [target],
          sensitive: sensitiveVariables && target !== "development", // Vercel keeps no sensitive variable for development
        });
      }
    }
  }

  private createSecrets(project: Project, { secrets = {}, teamId }: VercelSiteProps) {
    for (const [key, { value, version, targets = ["production", "preview"] }] of Object.entries(secrets)) {
      new ProjectEnvironmentVariable(this, `secret-${key}`, {
        projectId: project.projectId,
        teamId,
        key,
        valueWo: value,
        valueWoVersion: version,
        target: [...targets],
        sensitive: true,
      });
    }
  }
}
