import { Construct } from "constructs";
import { assertValid } from "../validation";
import { ROLE_NAMES } from "./delivery-names";
import { GitHubRole, type GitHubRoleConnections } from "./github-role";
import type { GitHubSubject } from "./github-subject";
import { imagePushStatements } from "./image-push-statements";
import { repositoryProblems } from "./reach-settings";

/** What the role that pushes images is given. */
export interface ImagePushRoleProps extends GitHubRoleConnections {
  /** What the application is called in the role's name. */
  readonly application: string;

  /** Repositories it pushes to, by ARN. */
  readonly repositoryArns: readonly string[];

  /**
   * Branch that images are built from.
   * @default - "main", or with an environment whatever that lets in
   */
  readonly branch?: string;

  /**
   * GitHub environment the job runs in, on the branch if one is given. For images built from tags there is none: the environment lets in the
   * tags by pattern, which trust itself never does.
   * @default - the job names no environment and runs on the branch
   */
  readonly environmentName?: string;
}

/** The role an application's workflow pushes its images with: to its own repositories, and nothing but push. */
export class ImagePushRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: ImagePushRoleProps) {
    super(scope, id);
    const { context, repository, boundaryArn, workflow, application, repositoryArns } = props;
    const { branch, environmentName } = props;
    assertValid(this, [
      repositoryArns.length === 0 ? "repositoryArns must be at least one, got none" : undefined,
      ...repositoryProblems("repositoryArns", repositoryArns),
    ]);

    const subject: GitHubSubject =
      environmentName === undefined
        ? { kind: "branch", name: branch ?? "main" }
        : { kind: "environment", name: environmentName, branch };
    const role = new GitHubRole(this, "role", {
      context,
      repository,
      boundaryArn,
      workflow,
      subject,
      name: ROLE_NAMES.imagePush(application),
      description: `Pushes images of ${application} from GitHub Actions`,
      statements: imagePushStatements(repositoryArns),
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}
