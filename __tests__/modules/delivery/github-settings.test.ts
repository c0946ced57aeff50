import { Token } from "cdktf";
import {
  applicationName,
  branchProblem,
  type GitHubApplication,
  gitHubProblems,
  type GitHubRepository,
  gitHubRepositoryProblems,
  type GitHubRequirements,
  type GitHubSettings,
  planEnvironmentName,
  workflowProblem,
} from "../../../modules/delivery/github-settings";

const repository: GitHubRepository = { owner: "acme", ownerId: 1, repository: "platform", repositoryId: 2 };
const application: GitHubApplication = { ...repository, repository: "api", services: ["api"] };

const problems = (settings: GitHubSettings, requirements?: GitHubRequirements): string[] =>
  gitHubProblems(settings, requirements).filter((problem) => problem !== undefined);

const repositoryProblems = (overrides: Partial<GitHubRepository>): string[] =>
  gitHubRepositoryProblems({ ...repository, ...overrides }).filter((problem) => problem !== undefined);

describe("gitHubRepositoryProblems", () => {
  test.each<Partial<GitHubRepository>>([
    {},
    { subject: "legacy" },
    { subject: undefined },
    { owner: "a", ownerId: Number.MAX_SAFE_INTEGER },
    { owner: "a".repeat(39), repository: "r".repeat(100) },
    { repository: "my.repo_1-x" },
    { owner: Token.asString("late"), ownerId: Token.asNumber("late") },
  ])("has none for %j", (overrides) => {
    expect(repositoryProblems(overrides)).toEqual([]);
  });

  test.each<[Partial<GitHubRepository>, string]>([
    [{ owner: "-acme" }, 'owner must be the name of an organization or user, got "-acme"'],
    [{ owner: "a".repeat(40) }, `owner must be the name of an organization or user, got "${"a".repeat(40)}"`],
    [{ owner: "acme*" }, 'owner must be the name of an organization or user, got "acme*"'],
    [{ ownerId: 0 }, "ownerId must be a whole number from 1 to 9007199254740991, got 0"],
    [{ repository: "acme/api" }, 'repository must be the name of a repository, without its owner, got "acme/api"'],
    [{ repository: "*" }, 'repository must be the name of a repository, without its owner, got "*"'],
    [{ repositoryId: 1.5 }, "repositoryId must be a whole number from 1 to 9007199254740991, got 1.5"],
    [{ subject: "any" as "both" }, 'subject must be one of legacy, immutable, both, got "any"'],
  ])("names what is wrong with %j", (overrides, message) => {
    expect(repositoryProblems(overrides)).toEqual([message]);
  });
});

describe("gitHubProblems", () => {
  test.each<GitHubSettings>([
    {},
    {
      environmentName: undefined,
      deployBranch: undefined,
      reviewers: undefined,
      branchPolicy: undefined,
      variables: undefined,
    },
    { environmentName: "production-eu" },
    { deployBranch: "release/2026.11" },
    { reviewers: { users: [1, "alice"], teams: [2, "platform"] } },
    { reviewers: { users: [1, 2, 3, 4, 5, 6] } },
    { waitMinutes: 0 },
    { waitMinutes: 43_200 },
    { branchPolicy: "protected" },
    { branchPolicy: "any" },
    { branchPolicy: { branches: ["main"] } },
    { branchPolicy: { branches: ["m?in"], tags: ["v*"] } },
    { branchPolicy: { branches: ["release/*"] }, deployBranch: "release/1" },
    { branchPolicy: { branches: ["**"] }, deployBranch: "release/1" },
    { variables: { API_URL: "https://api.example.com" } },
    { planTrigger: "pull-request" },
    { workflow: ".github/workflows/deploy.yml" },
    { applications: [application, { ...application, name: "web" }] },
    { applications: [{ ...repository, migrations: true }] },
    { applications: [{ ...repository, envFiles: ["staging", "migrations"] }] },
    { applications: [{ ...repository, sites: ["web"] }] },
    {
      applications: [
        { ...repository, images: ["api"] },
        { ...repository, name: "jobs", tasks: ["migrate"] },
      ],
    },
  ])("has none for %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[GitHubSettings, string]>([
    [
      { environmentName: "prod*" },
      'environmentName must be 1 to 255 characters without spaces, slashes, quotes or wildcards, got "prod*"',
    ],
    [
      { environmentName: "" },
      'environmentName must be 1 to 255 characters without spaces, slashes, quotes or wildcards, got ""',
    ],
    [{ deployBranch: "release/*" }, 'deployBranch must be one branch, written out without wildcards, got "release/*"'],
    [{ reviewers: { users: [1, 2, 3, 4], teams: [5, 6, 7] } }, "reviewers must be at most 6 users and teams, got 7"],
    [{ reviewers: { users: [0] } }, "reviewers.users must be a whole number from 1 to 9007199254740991, got 0"],
    [{ reviewers: { teams: ["acme/platform"] } }, 'reviewers.teams must be a number or a name, got "acme/platform"'],
    [{ waitMinutes: -1 }, "waitMinutes must be a whole number from 0 to 43200, got -1"],
    [{ waitMinutes: 43_201 }, "waitMinutes must be a whole number from 0 to 43200, got 43201"],
    [{ branchPolicy: "all" as "any" }, 'branchPolicy must be one of protected, any, got "all"'],
    [
      { branchPolicy: { branches: ["release/*"] } },
      'branchPolicy.branches must match the deploy branch "main", got ["release/*"]; GitHub would refuse every deployment',
    ],
    [
      { branchPolicy: { branches: [] } },
      'branchPolicy.branches must match the deploy branch "main", got []; GitHub would refuse every deployment',
    ],
    [
      { branchPolicy: { branches: ["*"] }, deployBranch: "release/1" },
      'branchPolicy.branches must match the deploy branch "release/1", got ["*"]; GitHub would refuse every deployment',
    ],
    [
      { branchPolicy: { branches: ["main"], tags: ["v 1"] } },
      'branchPolicy.tags must be the pattern of a tag, got "v 1"',
    ],
    [
      { variables: { API_TOKEN: "x" } },
      "variables.API_TOKEN must not be a secret, got a name that reads like one; set it with gh secret set --env, or read it at run time from Secrets Manager",
    ],
    [
      { planTrigger: "push" as "pull-request" },
      'planTrigger must be one of pull-request, reviewed-pull-request, deploy-branch, got "push"',
    ],
    [{ workflow: "deploy.yml" }, 'workflow must be a file of .github/workflows, got "deploy.yml"'],
    [
      { applications: [application, { ...application, services: [] }].slice(1) },
      "applications[0].images must be at least one, got none; or name services, tasks, sites, envFiles or migrations, an application without any needs no role",
    ],
    [
      { applications: [{ ...repository, migrations: false, envFiles: [] }] },
      "applications[0].images must be at least one, got none; or name services, tasks, sites, envFiles or migrations, an application without any needs no role",
    ],
    [
      { applications: [{ ...application, envFiles: ["staging", "prod-v2"] }] },
      'applications[0].envFiles[1] must be lower-case letters, digits and single hyphens, without -v, got "prod-v2"',
    ],
    [
      { applications: [{ ...application, envFiles: ["*"] }] },
      'applications[0].envFiles[0] must be lower-case letters, digits and single hyphens, without -v, got "*"',
    ],
    [
      { applications: [{ ...application, ownerId: -1 }] },
      "applications[0].ownerId must be a whole number from 1 to 9007199254740991, got -1",
    ],
    [
      { applications: [{ ...application, repository: "My.Api" }] },
      'applications[0].name must be lower-case letters, digits and single hyphens, as its roles are called after it, got "My.Api"',
    ],
    [
      { applications: [{ ...application, deployBranch: "*" }] },
      'applications[0].deployBranch must be one branch, written out without wildcards, got "*"',
    ],
    [
      { applications: [{ ...application, workflow: "x" }] },
      'applications[0].workflow must be a file of .github/workflows, got "x"',
    ],
    [
      { applications: [application, application] },
      'applications must have different names, got "api" twice; set name, or list both under one',
    ],
  ])("names what is wrong with %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });

  test("asks for reviewers and a branch policy where a review is required", () => {
    const required = { requireReview: true };
    expect(problems({ branchPolicy: "any" }, required)).toEqual([
      "reviewers must be at least one user or team, got none; whoever can start a workflow could change prod",
      'branchPolicy must be protected or a list of patterns, got "any"; a deployment could come from any branch',
    ]);
    expect(problems({ reviewers: { teams: ["platform"] } }, required)).toEqual([]);
    expect(problems({ reviewers: { users: [1] }, branchPolicy: "protected" }, required)).toEqual([]);
    expect(problems({ reviewers: {} }, { requireReview: undefined })).toEqual([]);
  });
});

describe("names", () => {
  test("of the environment to plan in, and of an application's roles", () => {
    expect(planEnvironmentName("prod")).toBe("prod-plan");
    expect(applicationName(application)).toBe("api");
    expect(applicationName({ ...application, name: "backend" })).toBe("backend");
  });
});

describe("branchProblem", () => {
  test.each(["main", "release/1.0", "feature_x-y", undefined])("has none for %s", (branch) => {
    expect(branchProblem("branch", branch)).toBeUndefined();
  });

  test.each(["", "/main", "a..b", "a b", "a:b", "a?", "a[b]", "a\\b", "b".repeat(251)])("names %j", (branch) => {
    expect(branchProblem("branch", branch)).toBe(
      `branch must be one branch, written out without wildcards, got ${JSON.stringify(branch)}`,
    );
  });
});

describe("workflowProblem", () => {
  test.each([".github/workflows/deploy.yml", ".github/workflows/a_b-c.yaml", undefined])(
    "has none for %s",
    (workflow) => {
      expect(workflowProblem(workflow)).toBeUndefined();
    },
  );

  test.each([
    ".github/workflows/*.yml",
    ".github/workflows/a/b.yml",
    "/.github/workflows/a.yml",
    ".github/workflows/a.json",
  ])("names %s", (workflow) => {
    expect(workflowProblem(workflow)).toBe(
      `workflow must be a file of .github/workflows, got ${JSON.stringify(workflow)}`,
    );
  });
});
