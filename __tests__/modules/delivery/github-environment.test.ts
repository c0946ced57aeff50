import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { Token } from "cdktf";
import { GitHubEnvironment, type GitHubEnvironmentProps } from "../../../modules/delivery/github-environment";
import { context, resources, synth } from "../../support/synth";

const repository = { owner: "acme", ownerId: 1001, repository: "platform", repositoryId: 2001 };
const staging = context({ environment: "staging", destroyable: true });
const prod = context({ environment: "prod" });

const build = (props: Partial<GitHubEnvironmentProps> = {}) =>
  synth((scope) => {
    new GithubProvider(scope, "github", { owner: "acme" });
    new GitHubEnvironment(scope, "github-environment", { context: staging, repository, ...props });
  });

const environment = (props: Partial<GitHubEnvironmentProps> = {}) => {
  const all = resources(build(props), "github_repository_environment");
  expect(all).toHaveLength(1);
  return all[0] ?? {};
};

const refs = (props: Partial<GitHubEnvironmentProps>) =>
  resources(build(props), "github_repository_environment_deployment_policy").map(
    ({ branch_pattern: branch, tag_pattern: tag }) => branch ?? { tag },
  );

describe("GitHubEnvironment", () => {
  test("is called after the environment and lets in its deploy branch only", () => {
    expect(environment()).toMatchObject({
      repository: "platform",
      environment: "staging",
      can_admins_bypass: true,
      deployment_branch_policy: { custom_branch_policies: true, protected_branches: false },
    });
    expect(environment()).not.toHaveProperty("reviewers");
    expect(environment()).not.toHaveProperty("prevent_self_review");
    expect(refs({})).toEqual(["main"]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const nothing = {
      environmentName: undefined,
      deployBranch: undefined,
      branchPolicy: undefined,
      preventSelfReview: undefined,
      requireReview: undefined,
      variables: undefined,
      stackVariables: undefined,
    };
    expect(environment(nothing)).toEqual(environment());
    expect(refs(nothing)).toEqual(["main"]);
  });

  test("needs approval in prod, of somebody else, that nobody gets round", () => {
    expect(environment({ context: prod, reviewers: { users: [7], teams: [8, 9] }, waitMinutes: 10 })).toMatchObject({
      environment: "prod",
      can_admins_bypass: false,
      prevent_self_review: true,
      wait_timer: 10,
      reviewers: [{ users: [7], teams: [8, 9] }],
    });
  });

  test("lets one person approve alone where the settings say so", () => {
    expect(environment({ reviewers: { users: [7] }, preventSelfReview: false })).toMatchObject({
      prevent_self_review: false,
    });
  });

  test("asks nobody for an empty list of reviewers", () => {
    expect(environment({ reviewers: { users: [], teams: [] } })).toEqual(environment());
  });

  test("looks up reviewers given by name, and only those", () => {
    const synthesized = build({ reviewers: { users: ["alice", 7], teams: ["platform"] } });
    expect(Object.values(synthesized.data?.["github_user"] ?? {})).toEqual([
      expect.objectContaining({ username: "alice" }),
    ]);
    expect(Object.values(synthesized.data?.["github_team"] ?? {})).toEqual([
      expect.objectContaining({ slug: "platform" }),
    ]);
    const [made] = resources(synthesized, "github_repository_environment");
    expect(made?.["reviewers"]).toEqual([
      {
        users: [expect.stringMatching(/^\$\{data\.github_user\.[\w-]+\.id\}$/), 7],
        teams: [expect.stringMatching(/^\$\{data\.github_team\.[\w-]+\.id\}$/)],
      },
    ]);
  });

  test("lets in protected branches, patterns of branches and tags, or anything", () => {
    expect(environment({ branchPolicy: "protected" })).toMatchObject({
      deployment_branch_policy: { custom_branch_policies: false, protected_branches: true },
    });
    expect(refs({ branchPolicy: "protected" })).toEqual([]);
    expect(refs({ branchPolicy: { branches: ["main", "release/*", "release-*"], tags: ["v*"] } })).toEqual([
      "main",
      "release-*",
      "release/*",
      { tag: "v*" },
    ]);
    expect(environment({ branchPolicy: "any" })).not.toHaveProperty("deployment_branch_policy");
    expect(refs({ branchPolicy: "any" })).toEqual([]);
  });

  test("gives its jobs the variables of the settings and of the stacks, of which the latter win", () => {
    const variables = resources(
      build({
        variables: { LOG_LEVEL: "info", AWS_REGION: "x" },
        stackVariables: { AWS_REGION: "eu-west-3", ROLE: Token.asString("late") },
      }),
      "github_actions_environment_variable",
    );
    expect(variables.map(({ variable_name: name, value }) => [name, value])).toEqual([
      ["AWS_REGION", "eu-west-3"],
      ["LOG_LEVEL", "info"],
      ["ROLE", "late"],
    ]);
    expect(new Set(variables.map(({ environment: name }) => name)).size).toBe(1);
    expect(variables[0]?.["environment"]).toMatch(/^\$\{github_repository_environment\./);
  });

  test("makes no secret, and holds no token", () => {
    const synthesized = build({ variables: { LOG_LEVEL: "info" } });
    const types = Object.keys(synthesized.resource ?? {});
    expect(types.filter((type) => type.includes("secret"))).toEqual([]);
    expect(synthesized.provider?.["github"]).toEqual([{ owner: "acme" }]);
  });

  test("gives its name", () => {
    synth((scope) => {
      new GithubProvider(scope, "github", { owner: "acme" });
      const props = { context: staging, repository, environmentName: "test" };
      expect(new GitHubEnvironment(scope, "github-environment", props).environmentName).toBe("test");
    });
  });

  test.each<[Partial<GitHubEnvironmentProps>, string]>([
    [
      { context: prod },
      "test/github-environment: reviewers must be at least one user or team, got none; whoever can start a workflow could change prod",
    ],
    [
      { requireReview: true, reviewers: { users: [1] }, branchPolicy: "any" },
      'test/github-environment: branchPolicy must be protected or a list of patterns, got "any"; a deployment could come from any branch',
    ],
    [
      { repository: { ...repository, ownerId: 0 }, waitMinutes: 43_201 },
      "test/github-environment: repository.ownerId must be a whole number from 1 to 9007199254740991, got 0; waitMinutes must be a whole number from 0 to 43200, got 43201",
    ],
    [
      { stackVariables: { API_TOKEN: "x" } },
      "test/github-environment: variables.API_TOKEN must not be a secret, got a name that reads like one; set it with gh secret set --env, or read it at run time from Secrets Manager",
    ],
  ])("fails on %j", (props, message) => {
    expect(() => build(props)).toThrow(new Error(message));
  });
});
