import { Construct } from "constructs";
import { assertValid } from "../validation";
import { ROLE_NAMES } from "./delivery-names";
import { GitHubRole, type GitHubRoleConnections } from "./github-role";
import { branchProblem } from "./github-settings";
import { deployRights, deployRightsProblems, type DeployRights } from "./role-rights";

/** What the deploy role is given. */
export interface DeployRoleProps extends GitHubRoleConnections, DeployRights {
  /** Name of the environment on GitHub that its jobs run in. */
  readonly environmentName: string;

  /**
   * Branch it is deployed from; the role takes no other.
   * @default "main"
   */
  readonly deployBranch?: string;
}

/**
 * The role a deployment from GitHub runs with. It changes what carries the environment's name or tags, in its regions; makes roles only under the
 * environment's boundary; and never touches people, keys, the boundaries, the roles of delivery or what watches the account.
 */
export class DeployRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: DeployRoleProps) {
    super(scope, id);
    const { context, repository, boundaryArn, workflow, deployBranch = "main" } = props;
    assertValid(this, [...deployRightsProblems(props), branchProblem("deployBranch", deployBranch)]);

    const role = new GitHubRole(this, "role", {
      context,
      repository,
      boundaryArn,
      workflow,
      name: ROLE_NAMES.deploy,
      description: `Deploys ${context.environment} from GitHub Actions`,
      subject: { kind: "environment", name: props.environmentName, branch: deployBranch },
      statements: deployRights(context, props),
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}
