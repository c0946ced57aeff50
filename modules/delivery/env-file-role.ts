import { Construct } from "constructs";
import { MIGRATIONS_ENV_FILE } from "../compute/migrations-bastion-script";
import { uploadEnvFileStatements } from "../storage/env-file";
import { assertValid, notMatching, notOneOf } from "../validation";
import { ROLE_NAMES } from "./delivery-names";
import { GitHubRole, type GitHubRoleConnections } from "./github-role";
import { branchProblem } from "./github-settings";
import { allow } from "./policy-statement";

/** What the role that uploads env files is given. */
export interface EnvFileRoleProps extends GitHubRoleConnections {
  /** What the application is called in the role's name. */
  readonly application: string;

  /** Name of the environment on GitHub that its jobs run in. */
  readonly environmentName: string;

  /** Bucket of the env files, by name. */
  readonly bucketName: string;

  /** Whose env files it uploads, as in their keys: the environment's own, or `migrations`. */
  readonly files: readonly string[];

  /**
   * Branch it uploads from; the role takes no other.
   * @default "main"
   */
  readonly deployBranch?: string;
}

/** The role a workflow uploads new versions of env files with. It reads none, and overwrites none: a version that exists stays as it is. None of another environment's either. */
export class EnvFileRole extends Construct {
  /** ARN of the role, which `deliveryRoleArn` tells without a reference. */
  readonly arn: string;

  /** Name of the role. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: EnvFileRoleProps) {
    super(scope, id);
    const { context, repository, boundaryArn, workflow, application, environmentName, bucketName, files } = props;
    const { deployBranch = "main" } = props;
    assertValid(this, [
      branchProblem("deployBranch", deployBranch),
      notMatching("bucketName", bucketName, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"),
      files.length === 0 ? "files must be at least one, got []" : undefined,
      ...files.map((file, index) => notOneOf(`files[${index}]`, file, [context.environment, MIGRATIONS_ENV_FILE])),
    ]);

    const uploads = [...new Set(files)].flatMap((file) => uploadEnvFileStatements(bucketName, file));
    const role = new GitHubRole(this, "role", {
      context,
      repository,
      boundaryArn,
      workflow,
      name: ROLE_NAMES.envFiles(application),
      description: `Uploads env files of ${context.environment} from GitHub Actions`,
      subject: { kind: "environment", name: environmentName, branch: deployBranch },
      statements: uploads.map(({ Action, Resource = [], Condition }, index) =>
        allow(`UploadEnvFile${index + 1}`, [Action].flat(), [Resource].flat(), Condition),
      ),
    });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}
