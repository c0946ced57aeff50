import { Construct } from "constructs";
import { assertValid, notMatching } from "../validation";
import { permissionsBoundaryArn, ROLE_NAMES } from "./delivery-names";
import { deployStatements } from "./deploy-statements";
import { GitHubRole, type GitHubRoleConnections } from "./github-role";
import { branchProblem } from "./github-settings";
import { reachOf } from "./reach";
import { reachProblems, type ReachSettings } from "./reach-settings";
import { DEFAULT_AREAS } from "./service-areas";

/** What the deploy role is given. */
export interface DeployRoleProps extends GitHubRoleConnections, ReachSettings {
  /** Name of the environment on GitHub that its jobs run in. */
  readonly environmentName: string;

  /**
   * Branch it is deployed from; the role takes no other.
   * @default "main"
   */
  readonly deployBranch?: string;

  /**
   * Whole names of the secrets whose values Terraform writes. To write a version is to read it, so each name is one more secret it sees.
   * @default - none
   */
  readonly writtenSecrets?: readonly string[];

  /**
   * Roles it may hand to services, by whole name.
   * @default - every role named after the environment, all of which carry the boundary
   */
  readonly passedRoles?: readonly string[];

  /**
   * Whether databases, buckets, keys, images and backups are out of reach of every deletion.
   * @default - true unless everything may be destroyed
   */
  readonly protectData?: boolean;
}

/**
 * The role a deployment runs with. It changes what carries the environment's name or tags, in its regions; makes roles only under the
 * environment's boundary; and never touches people, keys, the boundaries, the roles of delivery or what watches the account.
 */
export class DeployRole extends Construct {
  /** ARN of the role, which `gitHubRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: DeployRoleProps) {
    super(scope, id);
    const { context, repository, boundaryArn, workflow, state, passedRoles } = props;
    const { areas = DEFAULT_AREAS, otherRegions = [], hostedZoneIds = [], repositoryArns = [] } = props;
    const { deployBranch = "main", writtenSecrets = [], protectData = !context.destroyable } = props;
    assertValid(this, [
      ...reachProblems(props),
      branchProblem("deployBranch", deployBranch),
      ...wholeNames("writtenSecrets", writtenSecrets),
      ...wholeNames("passedRoles", passedRoles ?? []),
    ]);

    const role = new GitHubRole(this, "role", {
      context,
      repository,
      boundaryArn,
      workflow,
      name: ROLE_NAMES.deploy,
      description: `Deploys ${context.environment} from GitHub Actions`,
      subject: { kind: "environment", name: props.environmentName, branch: deployBranch },
      statements: deployStatements(reachOf(context, otherRegions), {
        areas,
        hostedZoneIds,
        repositoryArns,
        state,
        writtenSecrets,
        passedRoles,
        protectData,
        boundaryArn: context.permissionsBoundaryArn ?? permissionsBoundaryArn(context),
      }),
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}

function wholeNames(name: string, values: readonly string[]): Array<string | undefined> {
  return values.map((value) => notMatching(name, value, /^[\w+=,.@/-]+$/, "a whole name without wildcards"));
}
