import { Construct } from "constructs";
import { assertValid, within } from "../validation";
import { commandStatements, commandTargetProblems, type CommandTarget } from "./command-statements";
import { ROLE_NAMES } from "./delivery-names";
import { GitHubRole, type GitHubRoleConnections } from "./github-role";
import { branchProblem } from "./github-settings";
import { SHARED_ENVIRONMENT } from "./ownership-tags";

/** What the role that runs migrations is given. */
export interface MigrationsRoleProps extends GitHubRoleConnections {
  /** What the application is called in the role's name. */
  readonly application: string;

  /** Name of the environment on GitHub that its jobs run in. */
  readonly environmentName: string;

  /** The document that migrates this environment, and the host of the shared scope that it runs on. */
  readonly bastion: Pick<CommandTarget, "documentName" | "instanceName">;

  /**
   * Branch it migrates from; the role takes no other.
   * @default "main"
   */
  readonly deployBranch?: string;
}

/** The role a workflow migrates the database of one environment with: it starts the bastion and runs that environment's one document. */
export class MigrationsRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: MigrationsRoleProps) {
    super(scope, id);
    const { context, repository, boundaryArn, workflow, application, environmentName, bastion } = props;
    const { deployBranch = "main" } = props;
    assertValid(this, [
      branchProblem("deployBranch", deployBranch),
      ...within("bastion", commandTargetProblems(bastion)),
    ]);

    const role = new GitHubRole(this, "role", {
      context,
      repository,
      boundaryArn,
      workflow,
      name: ROLE_NAMES.migrations(application),
      description: `Migrates the database of ${context.environment} from GitHub Actions`,
      subject: { kind: "environment", name: environmentName, branch: deployBranch },
      statements: commandStatements(context, [{ ...bastion, environment: SHARED_ENVIRONMENT, startable: true }]),
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}
