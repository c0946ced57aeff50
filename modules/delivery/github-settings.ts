import { envFileEnvironmentProblem } from "../storage/env-file";
import { notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { variableProblems } from "./github-variables";

/** Which of GitHub's two ways of naming a workflow a role trusts. */
export type GitHubSubjectKind = "legacy" | "immutable" | "both";

/** A repository of GitHub, by name for people and by number for trust: a name can be given up and taken by somebody else. */
export interface GitHubRepository {
  /** Organization or user. */
  readonly owner: string;

  /** The owner's number: `gh api repos/OWNER/REPOSITORY --jq .owner.id`. */
  readonly ownerId: number;

  /** Name without the owner. */
  readonly repository: string;

  /** The repository's number: `gh api repos/OWNER/REPOSITORY --jq .id`. */
  readonly repositoryId: number;

  /**
   * Which subject its tokens carry: `legacy` without numbers, `immutable` with them, as repositories created, renamed or moved since
   * 2026-07-15 send it. Either is exact, and the numbers are asked for beside it in any case, so `both` trusts nobody more and keeps
   * working when the repository changes over.
   * @default "both"
   */
  readonly subject?: GitHubSubjectKind;
}

/** People and teams of the owner. Numbers outlive a renaming; names are looked up when the stack is planned. */
export interface GitHubReviewers {
  /**
   * Users, by number or by name.
   * @default - none
   */
  readonly users?: ReadonlyArray<number | string>;

  /**
   * Teams, by number or by slug.
   * @default - none
   */
  readonly teams?: ReadonlyArray<number | string>;
}

/**
 * From where an environment may be deployed: the branches and tags that match a pattern, the branches with a protection rule, or `any`.
 * Beware of `protected` in a repository without a protection rule: GitHub then lets every branch deploy.
 */
export type GitHubBranchPolicy =
  | "protected"
  | "any"
  | {
      /** Patterns of branches; `*` is anything but a slash. */
      readonly branches: readonly string[];

      /**
       * Patterns of tags.
       * @default - no tag
       */
      readonly tags?: readonly string[];
    };

/** A repository whose own workflows push images, or release services of this environment. */
export interface GitHubApplication extends GitHubRepository {
  /**
   * What its roles are called after.
   * @default - the repository's name
   */
  readonly name?: string;

  /**
   * Image repositories it pushes to, without the project in front.
   * @default - none, and no role to push with
   */
  readonly images?: readonly string[];

  /**
   * Services of this environment it releases, on Fargate, on a host of its own or on App Runner.
   * @default - none, and no role to release with
   */
  readonly services?: readonly string[];

  /**
   * Tasks of this environment it runs once, such as migrations.
   * @default - none
   */
  readonly tasks?: readonly string[];

  /**
   * Sites of this environment on CloudFront whose files it uploads.
   * @default - none
   */
  readonly sites?: readonly string[];

  /**
   * Whether it migrates the database of this environment through the shared bastion.
   * @default false
   */
  readonly migrations?: boolean;

  /**
   * Env files it uploads new versions of, as in their keys: the environment's name, or `migrations`.
   * @default - none
   */
  readonly envFiles?: readonly string[];

  /**
   * Branch its images are pushed and its services released from.
   * @default - the deploy branch of the environment
   */
  readonly deployBranch?: string;

  /**
   * The one workflow that may take its roles, such as `.github/workflows/release.yml`.
   * @default - any workflow of the repository
   */
  readonly workflow?: string;
}

/** What an environment chooses about its deployment from GitHub. */
export interface GitHubSettings {
  /**
   * Name of the environment on GitHub.
   * @default - the environment's own name
   */
  readonly environmentName?: string;

  /**
   * Branch it is deployed from; the deploy role takes no other.
   * @default "main"
   */
  readonly deployBranch?: string;

  /**
   * Who approves a deployment, at most six users and teams together; one of them is enough. Required in prod. On a private repository
   * GitHub offers it from the Enterprise plan on.
   * @default - nobody is asked
   */
  readonly reviewers?: GitHubReviewers;

  /**
   * How long a deployment waits before it starts, in minutes, 0 to 43200, which is 30 days.
   * @default 0
   */
  readonly waitMinutes?: number;

  /**
   * Whether somebody else than the one who started it has to approve. Switch it off only where one person deploys alone.
   * @default true
   */
  readonly preventSelfReview?: boolean;

  /**
   * From where it may be deployed. A policy is required in prod.
   * @default - the deploy branch and nothing else
   */
  readonly branchPolicy?: GitHubBranchPolicy;

  /**
   * Variables for its workflows, at most 100 with those of the stacks. Never secrets: a variable is readable by everybody who reads the
   * repository's settings, and a secret given to Terraform would lie in its state. Set those with `gh secret set --env`.
   * @default - only those of the stacks, such as the roles
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * When the environment is planned. `pull-request`: for every pull request of the repository, whose code runs with the rights to read
   * the state. `reviewed-pull-request`: likewise, in a GitHub environment of its own whose reviewers agree first. `deploy-branch`: in that
   * environment, only for what was merged.
   * @default - pull-request where everything may be destroyed, deploy-branch elsewhere
   */
  readonly planTrigger?: PlanTrigger;

  /**
   * The one workflow that may take the roles, such as `.github/workflows/deploy.yml`.
   * @default - any workflow of the repository
   */
  readonly workflow?: string;

  /**
   * Repositories of the applications.
   * @default - none
   */
  readonly applications?: readonly GitHubApplication[];
}

/** When an environment is planned. */
export type PlanTrigger = "pull-request" | "reviewed-pull-request" | "deploy-branch";

/** What the tier of an environment asks of its settings. */
export interface GitHubRequirements {
  /**
   * Whether a deployment needs somebody's approval and a branch policy. True wherever data is protected.
   * @default false
   */
  readonly requireReview?: boolean;
}

const PLAN_TRIGGERS: readonly PlanTrigger[] = ["pull-request", "reviewed-pull-request", "deploy-branch"];
const SUBJECTS: readonly GitHubSubjectKind[] = ["legacy", "immutable", "both"];

/** Source of the numbers: GitHub's REST reference on environments and variables, read in 2026-11. */
const MAX_REVIEWERS = 6;
const MAX_WAIT_MINUTES = 43_200;

/** Name of the GitHub environment in which an environment is planned, where planning asks for one. */
export function planEnvironmentName(environmentName: string): string {
  return `${environmentName}-plan`;
}

/** What the roles of an application are called after. */
export function applicationName(application: GitHubApplication): string {
  return application.name ?? application.repository;
}

/** What is wrong with a repository. */
export function gitHubRepositoryProblems(repository: GitHubRepository): Array<string | undefined> {
  return [
    notMatching("owner", repository.owner, /^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$/, "the name of an organization or user"),
    outOfRange("ownerId", repository.ownerId, 1, Number.MAX_SAFE_INTEGER),
    notMatching("repository", repository.repository, /^[\w.-]{1,100}$/, "the name of a repository, without its owner"),
    outOfRange("repositoryId", repository.repositoryId, 1, Number.MAX_SAFE_INTEGER),
    notOneOf("subject", repository.subject, SUBJECTS),
  ];
}

/** What is wrong with how an environment is deployed from GitHub. */
export function gitHubProblems(
  settings: GitHubSettings,
  { requireReview = false }: GitHubRequirements = {},
): Array<string | undefined> {
  const {
    environmentName,
    deployBranch = "main",
    reviewers = {},
    branchPolicy,
    variables = {},
    applications = [],
  } = settings;
  return [
    notMatching(
      "environmentName",
      environmentName,
      /^[^\s/\\`'"*?]{1,255}$/,
      "1 to 255 characters without spaces, slashes, quotes or wildcards",
    ),
    branchProblem("deployBranch", deployBranch),
    ...reviewerProblems(reviewers),
    outOfRange("waitMinutes", settings.waitMinutes, 0, MAX_WAIT_MINUTES),
    ...branchPolicyProblems(branchPolicy, deployBranch),
    ...variableProblems(variables),
    notOneOf("planTrigger", settings.planTrigger, PLAN_TRIGGERS),
    workflowProblem(settings.workflow),
    ...applications.flatMap((application, index) => within(`applications[${index}]`, applicationProblems(application))),
    ...repeatedNames(applications),
    ...(requireReview ? reviewRequirements(reviewers, branchPolicy) : []),
  ];
}

/** What is wrong with a branch: a wildcard in it would never match, as trust compares whole values. */
export function branchProblem(name: string, branch: string | undefined): string | undefined {
  return notMatching(
    name,
    branch,
    /^(?!\/)(?!.*\.\.)[^\s~^:?*[\\]{1,250}$/,
    "one branch, written out without wildcards",
  );
}

/** What is wrong with the path of a workflow. */
export function workflowProblem(workflow: string | undefined): string | undefined {
  return notMatching("workflow", workflow, /^\.github\/workflows\/[\w.-]+\.ya?ml$/, "a file of .github/workflows");
}

function reviewerProblems({ users = [], teams = [] }: GitHubReviewers): Array<string | undefined> {
  const count = users.length + teams.length;
  const whole = (name: string) => (reviewer: number | string) =>
    typeof reviewer === "number"
      ? outOfRange(name, reviewer, 1, Number.MAX_SAFE_INTEGER)
      : notMatching(name, reviewer, /^[A-Za-z0-9][\w-]*$/, "a number or a name");
  return [
    count > MAX_REVIEWERS ? `reviewers must be at most ${MAX_REVIEWERS} users and teams, got ${count}` : undefined,
    ...users.map(whole("reviewers.users")),
    ...teams.map(whole("reviewers.teams")),
  ];
}

function branchPolicyProblems(policy: GitHubBranchPolicy | undefined, deployBranch: string): Array<string | undefined> {
  if (policy === undefined || typeof policy === "string") {
    return [notOneOf("branchPolicy", policy, ["protected", "any"])];
  }
  const { branches, tags = [] } = policy;
  const patterns = [
    ...branches.map((pattern) =>
      notMatching("branchPolicy.branches", pattern, /^[^\s~^:\\]{1,250}$/, "the pattern of a branch"),
    ),
    ...tags.map((pattern) => notMatching("branchPolicy.tags", pattern, /^[^\s~^:\\]{1,250}$/, "the pattern of a tag")),
  ];
  if (branches.some((pattern) => matchesRef(pattern, deployBranch))) return patterns;
  return [
    ...patterns,
    `branchPolicy.branches must match the deploy branch ${shown(deployBranch)}, got ${shown(branches)}; GitHub would refuse every deployment`,
  ];
}

/** Whether GitHub's pattern matches: `*` stops at a slash, `**` does not, `?` is one character. */
function matchesRef(pattern: string, ref: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*|\*|\?/g, (wildcard) => ({ "**": ".*", "*": "[^/]*", "?": "[^/]" })[wildcard] ?? wildcard);
  return new RegExp(`^${source}$`).test(ref);
}

function reviewRequirements(
  reviewers: GitHubReviewers,
  policy: GitHubBranchPolicy | undefined,
): Array<string | undefined> {
  const { users = [], teams = [] } = reviewers;
  return [
    users.length + teams.length === 0
      ? "reviewers must be at least one user or team, got none; whoever can start a workflow could change prod"
      : undefined,
    policy === "any"
      ? 'branchPolicy must be protected or a list of patterns, got "any"; a deployment could come from any branch'
      : undefined,
  ];
}

function applicationProblems(application: GitHubApplication): Array<string | undefined> {
  const { images = [], services = [], tasks = [], sites = [], envFiles = [], migrations = false } = application;
  return [
    ...gitHubRepositoryProblems(application),
    notMatching(
      "name",
      applicationName(application),
      /^[a-z]([a-z0-9]|-(?!-))*[a-z0-9]$/,
      "lower-case letters, digits and single hyphens, as its roles are called after it",
    ),
    images.length + services.length + tasks.length + sites.length + envFiles.length === 0 && !migrations
      ? "images must be at least one, got none; or name services, tasks, sites, envFiles or migrations, an application without any needs no role"
      : undefined,
    ...envFiles.map((file, index) => envFileEnvironmentProblem(`envFiles[${index}]`, file)),
    branchProblem("deployBranch", application.deployBranch),
    workflowProblem(application.workflow),
  ];
}

function repeatedNames(applications: readonly GitHubApplication[]): Array<string | undefined> {
  const names = applications.map(applicationName);
  return names
    .filter((name, index) => names.indexOf(name) < index)
    .map(
      (name) => `applications must have different names, got ${shown(name)} twice; set name, or list both under one`,
    );
}
