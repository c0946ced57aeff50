import { notMatching, notOneOf, shown } from "../validation";
import { TERRAFORM_CLOUD_HOST } from "./terraform-cloud-names";

/** Where the stacks of an environment run: in Terraform Cloud, or where somebody calls terraform. */
export type ExecutionMode = "remote" | "local";

/** What an environment chooses about Terraform Cloud. */
export interface TerraformCloudSettings {
  /** Organization in Terraform Cloud, which has to be there. */
  readonly organization: string;

  /**
   * Project that holds the workspaces, of this environment and no other. No spaces: it becomes part of the trust subject.
   * @default - `<project>-<environment>`
   */
  readonly projectName?: string;

  /**
   * Host name of a Terraform Enterprise installation. For runs that need AWS, AWS has to reach it, without a port in the name.
   * @default "app.terraform.io"
   */
  readonly hostname?: string;

  /**
   * `remote`: Terraform Cloud plans and applies, with roles of its own in AWS. `local`: it only keeps and locks the state; whoever calls terraform
   * plans and applies, with their own credentials. What a person applies, such as the stack of these roles, is `local` in either case.
   * @default "remote"
   */
  readonly executionMode?: ExecutionMode;

  /**
   * Whether Terraform Cloud looks for drift by itself once a day. It stops looking at a workspace whose latest run failed, speculative runs
   * included, and does not say so where the drift is reported. Needs a plan of Terraform Cloud that has it.
   * @default false
   */
  readonly assessments?: boolean;

  /**
   * Names of variable sets that somebody made in the organization, such as one with the token of Cloudflare as a sensitive variable: the
   * runs of the environment are given them. Their values stay there; none is ever written here.
   * @default - none
   */
  readonly variableSets?: readonly string[];
}

/** Host that the settings are about. */
export function hostOf({ hostname = TERRAFORM_CLOUD_HOST }: Pick<TerraformCloudSettings, "hostname">): string {
  return hostname;
}

/** What is wrong with the choices about Terraform Cloud. */
export function terraformCloudProblems(settings: TerraformCloudSettings): Array<string | undefined> {
  const { organization, projectName, hostname, executionMode = "remote", assessments, variableSets = [] } = settings;
  const nothingRuns = executionMode === "local";
  return [
    notMatching(
      "organization",
      organization,
      /^[A-Za-z0-9_-]{3,40}$/,
      "3 to 40 letters, digits, hyphens and underscores",
    ),
    notMatching(
      "projectName",
      projectName,
      /^[A-Za-z0-9_-]{3,40}$/,
      "3 to 40 letters, digits, hyphens and underscores (no spaces: it becomes part of the trust subject)",
    ),
    notMatching("hostname", hostname, /^[a-z0-9.-]+(:\d+)?$/, "a host name"),
    notOneOf("executionMode", executionMode, ["remote", "local"]),
    nothingRuns && assessments
      ? 'assessments must be false with executionMode "local", got true; they are runs, and nothing runs there'
      : undefined,
    nothingRuns && variableSets.length > 0
      ? `variableSets must be left out with executionMode "local", got ${shown(variableSets)}; they are given to runs, and nothing runs there`
      : undefined,
    ...variableSets.map((name, index) =>
      notMatching(
        `variableSets.${index}`,
        name,
        /^[A-Za-z0-9_-]{1,90}$/,
        "1 to 90 letters, digits, hyphens and underscores",
      ),
    ),
    new Set(variableSets).size === variableSets.length
      ? undefined
      : `variableSets must name each set once, got ${shown(variableSets)}`,
  ];
}

/** What is wrong with a host whose runs AWS is to trust. */
export function runHostProblem(hostname: string | undefined): string | undefined {
  return hostname !== undefined && /^[a-z0-9.-]+:\d+$/.test(hostname)
    ? `hostname must be without a port where its runs change AWS, got ${shown(hostname)}; AWS knows an identity provider by a name without one`
    : undefined;
}
