import { ActionsEnvironmentVariable } from "@cdktf/provider-github/lib/actions-environment-variable";
import { DataGithubTeam } from "@cdktf/provider-github/lib/data-github-team";
import { DataGithubUser } from "@cdktf/provider-github/lib/data-github-user";
import { RepositoryEnvironment } from "@cdktf/provider-github/lib/repository-environment";
import { RepositoryEnvironmentDeploymentPolicy } from "@cdktf/provider-github/lib/repository-environment-deployment-policy";
import { Token } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid, within } from "../validation";
import {
  gitHubProblems,
  gitHubRepositoryProblems,
  type GitHubBranchPolicy,
  type GitHubRepository,
  type GitHubSettings,
} from "./github-settings";
import { variableProblems } from "./github-variables";

type Reviewers = ReadonlyArray<number | string>;

/** What a GitHub environment is given: the environment's settings, without what only the roles need. */
export interface GitHubEnvironmentProps extends Omit<GitHubSettings, "applications" | "planTrigger" | "workflow"> {
  /** For whom and where. */
  readonly context: Context;

  /** Repository it belongs to. Its owner is the one the provider is signed in to. */
  readonly repository: GitHubRepository;

  /**
   * Whether a deployment needs somebody's approval and a branch policy, and nobody gets round either.
   * @default - true unless everything may be destroyed
   */
  readonly requireReview?: boolean;

  /**
   * Variables the stacks add to those of the settings, such as the roles to take; theirs win.
   * @default - none
   */
  readonly stackVariables?: Readonly<Record<string, string>>;
}

/**
 * An environment of a GitHub repository: who approves, from where it is deployed, which variables its jobs see. The roles trust its
 * name, so these rules are part of who may deploy. Secrets are not made here, because Terraform would keep them in its state: set
 * those with `gh secret set --env`, or let the workload read them from Secrets Manager.
 */
export class GitHubEnvironment extends Construct {
  /** Name of the environment on GitHub. */
  readonly environmentName: string;

  constructor(scope: Construct, id: string, props: GitHubEnvironmentProps) {
    super(scope, id);
    const { context, repository: gitHub, reviewers, waitMinutes, variables = {}, stackVariables = {} } = props;
    const { environmentName = context.environment, deployBranch = "main", preventSelfReview = true } = props;
    const { branchPolicy = { branches: [deployBranch] }, requireReview = !context.destroyable } = props;
    const allVariables = { ...variables, ...stackVariables };
    assertValid(this, [
      ...within("repository", gitHubRepositoryProblems(gitHub)),
      ...gitHubProblems({ ...props, variables: undefined }, { requireReview }),
      ...variableProblems(allVariables),
    ]);

    const { repository } = gitHub;
    const { users = [], teams = [] } = reviewers ?? {};
    const reviewed = users.length + teams.length > 0;
    const environment = new RepositoryEnvironment(this, "environment", {
      repository,
      environment: environmentName,
      waitTimer: waitMinutes,
      preventSelfReview: reviewed ? preventSelfReview : undefined,
      canAdminsBypass: !requireReview,
      reviewers: reviewed ? [this.reviewerNumbers(users, teams)] : undefined,
      deploymentBranchPolicy: branchRule(branchPolicy),
    });
    this.allowRefs(environment, repository, branchPolicy);
    for (const [name, value] of Object.entries(allVariables)) {
      new ActionsEnvironmentVariable(this, `variable-${name.toLowerCase()}`, {
        repository,
        environment: environment.environment,
        variableName: name,
        value,
      });
    }
    this.environmentName = environmentName;
  }

  /** Branches and tags by pattern are resources of their own. */
  private allowRefs(environment: RepositoryEnvironment, repository: string, policy: GitHubBranchPolicy): void {
    if (typeof policy === "string") return;
    const refs = [
      ...policy.branches.map((pattern) => ({ id: `branch-${pattern}`, branchPattern: pattern })),
      ...(policy.tags ?? []).map((pattern) => ({ id: `tag-${pattern}`, tagPattern: pattern })),
    ];
    for (const { id, ...pattern } of refs) {
      const constructId = id.replaceAll("/", "~"); // a slash would part the path of the construct; git allows no ~ in a name
      new RepositoryEnvironmentDeploymentPolicy(this, constructId, {
        repository,
        environment: environment.environment,
        ...pattern,
      });
    }
  }

  /** GitHub knows people and teams by number, so names are looked up. */
  private reviewerNumbers(users: Reviewers, teams: Reviewers): { users: number[]; teams: number[] } {
    return {
      users: users.map((user) =>
        typeof user === "number"
          ? user
          : Token.asNumber(new DataGithubUser(this, `user-${user}`, { username: user }).id),
      ),
      teams: teams.map((team) =>
        typeof team === "number" ? team : Token.asNumber(new DataGithubTeam(this, `team-${team}`, { slug: team }).id),
      ),
    };
  }
}

function branchRule(
  policy: GitHubBranchPolicy,
): { protectedBranches: boolean; customBranchPolicies: boolean } | undefined {
  if (policy === "any") return undefined;
  return { protectedBranches: policy === "protected", customBranchPolicies: policy !== "protected" };
}
