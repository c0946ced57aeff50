import type { Environment } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { deliveryProblems, pipelineTierProblems } from "../../envs/validate-delivery";
import type { GitHubApplication } from "../../modules/delivery/github-settings";
import { api, domain, prod, shared, staging } from "../support/environments";

const problems = (environment: Environment) =>
  deliveryProblems(resolveEnvironment(environment)).filter((problem) => problem !== undefined);

const application: GitHubApplication = {
  ...{ owner: "acme", ownerId: 1001, repository: "api", repositoryId: 2002 },
  ...{ images: ["api"], services: ["api"] },
};
const withApplication = (overrides: Partial<GitHubApplication>) =>
  staging({ domain, services: { api }, delivery: { applications: [{ ...application, ...overrides }] } });
const reviewers = { teams: ["platform"] };
const repository = { owner: "acme", ownerId: 1001, repository: "platform", repositoryId: 2001 };

describe("deliveryProblems", () => {
  test.each<[string, Environment]>([
    ["no delivery", staging()],
    ["no delivery and no repository", staging({ shared: { ...shared, repository: undefined } })],
    ["a delivery without settings", staging({ delivery: {} })],
    ["an application", withApplication({})],
    [
      "an application that runs a task once",
      { ...withApplication({ tasks: ["migrate"], services: [] }), tasks: { migrate: { image: api.image } } },
    ],
    ["prod with a reviewer", prod({ delivery: { reviewers } })],
  ])("finds none in %s", (_what, environment) => {
    expect(problems(environment)).toEqual([]);
  });

  test.each<[string, Environment, string[]]>([
    [
      "a delivery without a repository",
      staging({ delivery: {}, shared: { ...shared, repository: undefined } }),
      ["shared.repository must be set where an environment has a delivery, got none"],
    ],
    [
      "a repository that cannot be, also where nothing is delivered",
      staging({ shared: { ...shared, repository: { ...repository, owner: "-acme", repositoryId: 0 } } }),
      [
        'shared.repository.owner must be the name of an organization or user, got "-acme"',
        "shared.repository.repositoryId must be a whole number from 1 to 9007199254740991, got 0",
      ],
    ],
    [
      "prod without reviewers",
      prod({ delivery: {} }),
      [
        "delivery.reviewers must be at least one user or team, got none; whoever can start a workflow could change prod",
      ],
    ],
    [
      "prod that any branch may deploy",
      prod({ delivery: { reviewers, branchPolicy: "any" } }),
      [
        'delivery.branchPolicy must be protected or a list of patterns, got "any"; a deployment could come from any branch',
      ],
    ],
    [
      "an image that nobody stores",
      withApplication({ images: ["apy"] }),
      ['delivery.applications[0].images must be of shared.images (api), got "apy"'],
    ],
    [
      "an image where none is stored",
      staging({
        shared: { ...shared, images: undefined },
        delivery: { applications: [{ ...application, services: [] }] },
      }),
      ['delivery.applications[0].images must be of shared.images (none), got "api"'],
    ],
    [
      "a service that does not run",
      withApplication({ services: ["api", "wroker"] }),
      ['delivery.applications[0].services must be of services (api), got "wroker"'],
    ],
    [
      "a task that there is not",
      withApplication({ tasks: ["migrate"] }),
      ['delivery.applications[0].tasks must be of tasks (none), got "migrate"'],
    ],
    [
      "migrations without the host they run on",
      withApplication({ migrations: true }),
      ["delivery.applications[0].migrations needs shared.migrations, the host they run on, got none"],
    ],
    [
      "env files without the bucket they are in",
      withApplication({ envFiles: ["staging"] }),
      ["delivery.applications[0].envFiles needs shared.envFiles, the bucket they are uploaded to, got none"],
    ],
    [
      "a delivery of what is not in AWS",
      staging({ delivery: {}, network: undefined }),
      ["delivery must be left out without a network; its roles are those of AWS"],
    ],
    [
      "an application of another owner",
      withApplication({ owner: "other" }),
      [
        'delivery.applications[0].owner must be "acme", the owner of shared.repository, got "other"; a token of GitHub\'s serves one owner',
      ],
    ],
    [
      "an application that does nothing",
      withApplication({ images: [], services: [] }),
      [
        "delivery.applications[0].images must be at least one, got none; or name services, tasks, sites, envFiles or migrations, an application without any needs no role",
      ],
    ],
    [
      "two applications of one name",
      staging({ domain, services: { api }, delivery: { applications: [application, application] } }),
      ['delivery.applications must have different names, got "api" twice; set name, or list both under one'],
    ],
  ])("finds %s", (_what, environment, expected) => {
    expect(problems(environment)).toEqual(expected);
  });

  test("lets staging go without reviewers and take any branch", () => {
    expect(problems(staging({ delivery: { branchPolicy: "any" } }))).toEqual([]);
  });

  test.each([0, 43_200])("allows a wait of %d minutes", (waitMinutes) => {
    expect(problems(staging({ delivery: { waitMinutes } }))).toEqual([]);
  });

  test.each([-1, 43_201])("finds a wait of %d minutes", (waitMinutes) => {
    expect(problems(staging({ delivery: { waitMinutes } }))).toEqual([
      `delivery.waitMinutes must be a whole number from 0 to 43200, got ${waitMinutes}`,
    ]);
  });

  test("allows six reviewers, and finds a seventh", () => {
    const people = (count: number) => ({ users: Array.from({ length: count }, (_, index) => index + 1) });
    expect(problems(prod({ delivery: { reviewers: people(6) } }))).toEqual([]);
    expect(problems(prod({ delivery: { reviewers: people(7) } }))).toEqual([
      "delivery.reviewers must be at most 6 users and teams, got 7",
    ]);
  });
});

describe("pipelineTierProblems", () => {
  const source = { owner: "acme", repository: "shop", branch: "main" };
  const pipeline = { source, services: { api: { context: "api" } } };
  const blueGreen = { ...api, deployment: { kind: "blue-green" } } as const;
  const withPipeline = (overrides: Partial<Environment> = {}) => ({
    domain,
    services: { api: blueGreen },
    pipeline,
    ...overrides,
  });
  const found = (environment: Environment) =>
    pipelineTierProblems(resolveEnvironment(environment)).filter((problem) => problem !== undefined);
  const approved = { ...pipeline, approval: {} };

  test("finds none in none, in one of staging, and in one of prod that somebody approves", () => {
    expect(found(staging())).toEqual([]);
    expect(found(staging(withPipeline()))).toEqual([]);
    expect(found(prod(withPipeline({ pipeline: approved })))).toEqual([]);
  });

  test.each<[string, Environment, string]>([
    [
      "no network",
      staging(withPipeline({ network: undefined })),
      "network must be set with a pipeline, which releases what is in AWS, got none",
    ],
    [
      "another account than that of the images",
      staging(withPipeline({ accountId: "210987654321" })),
      'pipeline must be in an environment in the shared account (123456789012), where it pushes images, got "210987654321"',
    ],
    [
      "prod that nobody approves",
      prod(withPipeline()),
      "approval must be set in prod, got none; somebody has to say yes",
    ],
    [
      "a service that does not run",
      staging(withPipeline({ pipeline: { source, services: { ...pipeline.services, web: {} } } })),
      'services.web must be a service with an image of our own and a blue-green deployment (api), got "web"',
    ],
    [
      "a service that is released another way",
      staging(withPipeline({ services: { api } })),
      'services.api must be a service with an image of our own and a blue-green deployment (none), got "api"',
    ],
    [
      "a service with an image of somebody else",
      staging(
        withPipeline({ services: { api: { ...blueGreen, image: { uri: "public.ecr.aws/nginx/nginx:1.27.3" } } } }),
      ),
      'services.api must be a service with an image of our own and a blue-green deployment (none), got "api"',
    ],
    [
      "a branch that cannot be",
      staging(withPipeline({ pipeline: { ...pipeline, source: { ...source, branch: "a b" } } })),
      expect.stringMatching(/^pipeline\.source\.branch must be .*, got "a b"$/) as string,
    ],
  ])("finds %s", (_what, environment, problem) => {
    expect(found(environment)).toEqual([typeof problem === "string" ? `pipeline.${problem}` : problem]);
  });
});
