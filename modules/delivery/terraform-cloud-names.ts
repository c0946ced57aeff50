import { nameOf, nameProblem } from "../naming";
import type { TerraformCloudSettings } from "./terraform-cloud-settings";

/** Terraform Cloud itself; an installation of Terraform Enterprise has a host of its own. */
export const TERRAFORM_CLOUD_HOST = "app.terraform.io";

/** Audience of the tokens that Terraform Cloud gives to its runs for AWS, unless a variable names another. */
export const RUN_AUDIENCE = "aws.workload.identity";

/** What a run does: look, or change. A speculative run, such as that of a pull request, never gets past `plan`. */
export type RunPhase = "plan" | "apply";

/** A project of Terraform Cloud, as its tokens name it. */
export interface TerraformCloudPlace {
  /** Organization that has the project. */
  readonly organization: string;

  /** The project. */
  readonly projectName: string;
}

/**
 * The project of an environment, or of what is `shared`: `<project>-<environment>`, unless another is stated. It is the boundary of permissions and
 * of variable sets, and part of the subject that AWS trusts, so it holds no space, and a new name is a new boundary.
 */
export function placeOf(
  { project, environment }: { readonly project: string; readonly environment: string },
  {
    organization,
    projectName = nameOf(project, environment),
  }: Pick<TerraformCloudSettings, "organization" | "projectName">,
): TerraformCloudPlace {
  return { organization, projectName };
}

/**
 * The workspace of a stack: `<project>-<stack>`, where the stacks of an environment already begin with its name. AWS trusts it by name, so a
 * new name is a new boundary. Throws when Terraform Cloud would refuse it.
 */
export function workspaceNameOf(project: string, stackName: string): string {
  const name = nameOf(project, stackName);
  const problem = nameProblem("workspace", name);
  if (problem !== undefined) throw new Error(problem);
  return name;
}

/** ARN of the identity provider through which an account knows Terraform Cloud; an account has it once for each host. */
export function terraformCloudOidcProviderArn(accountId: string, host: string): string {
  return `arn:aws:iam::${accountId}:oidc-provider/${host}`;
}

/** The exact subject of the token of a run. */
export function runSubject({ organization, projectName }: TerraformCloudPlace, workspace: string, phase: RunPhase) {
  return `organization:${organization}:project:${projectName}:workspace:${workspace}:run_phase:${phase}`;
}
