import { Construct } from "constructs";
import { assertValid } from "../validation";
import { ROLE_NAMES } from "./delivery-names";
import { GitHubRole, type GitHubRoleConnections } from "./github-role";
import { planEnvironmentName, type PlanTrigger } from "./github-settings";
import type { GitHubSubject } from "./github-subject";
import { reachProblems } from "./reach-settings";
import { planRights, type PlanRights } from "./role-rights";

/** What the plan role is given. */
export interface PlanRoleProps extends GitHubRoleConnections, PlanRights {
  /** Name of the environment on GitHub; plans that need one run in `<name>-plan`. */
  readonly environmentName: string;

  /**
   * When the environment is planned.
   * @default - pull-request where everything may be destroyed, deploy-branch elsewhere
   */
  readonly trigger?: PlanTrigger;

  /**
   * Branch the environment is deployed from.
   * @default "main"
   */
  readonly deployBranch?: string;
}

/**
 * The role a plan from GitHub runs with: it reads settings and the state, never contents and never a secret, and changes nothing. The provider reads the
 * value of a secret that Terraform made to see whether it is still there, and this role may not; where there is one already, its stack is planned
 * with `-refresh=false`, or with the deploy role.
 */
export class PlanRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: PlanRoleProps) {
    super(scope, id);
    const { context, repository, boundaryArn } = props;
    const { trigger = context.destroyable ? "pull-request" : "deploy-branch", deployBranch = "main" } = props;
    assertValid(this, reachProblems(props));

    const role = new GitHubRole(this, "role", {
      context,
      repository,
      boundaryArn,
      name: ROLE_NAMES.plan,
      description: `Plans ${context.environment} from GitHub Actions: reads settings, changes nothing`,
      subject: planSubject(trigger, props.environmentName, deployBranch),
      workflow: trigger === "deploy-branch" ? props.workflow : undefined, // on a pull request it differs every time
      statements: planRights(context, props),
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}

function planSubject(trigger: PlanTrigger, environmentName: string, branch: string): GitHubSubject {
  const name = planEnvironmentName(environmentName);
  switch (trigger) {
    case "pull-request":
      return { kind: "pull-request" };
    case "reviewed-pull-request":
      return { kind: "environment", name };
    case "deploy-branch":
      return { kind: "environment", name, branch };
  }
}
