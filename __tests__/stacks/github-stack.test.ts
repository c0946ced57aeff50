import type { Environment } from "../../envs/environment";
import type { GitHubApplication } from "../../modules/delivery/github-settings";
import { api, domain, prod, shared, staging, system } from "../support/environments";
import { cloud } from "../support/in-cloud";
import { resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

/** The GitHub stack of one environment. */
function github(environment: Environment): Synthesized {
  const { stacks } = synthSystem({ system: system(environment), environments: [environment] });
  return stacks[`${environment.name}-github`] ?? {};
}

const application: GitHubApplication = {
  ...{ owner: "acme", ownerId: 1001, repository: "api", repositoryId: 2002 },
  ...{ images: ["api"], services: ["api"] },
};
const withApplication = { domain, services: { api }, delivery: { applications: [application] } };
const reviewed = { reviewers: { teams: [7], users: [9] } };

const environments = (stack: Synthesized) => resources(stack, "github_repository_environment");

/** The variables of each environment, as `<repository> <environment>`. */
function variables({ resource = {} }: Synthesized): Record<string, Record<string, unknown>> {
  const known = Object.entries(resource["github_repository_environment"] ?? {});
  return Object.fromEntries(
    known.map(([address, { repository, environment }]) => [
      `${String(repository)} ${String(environment)}`,
      Object.fromEntries(
        Object.values(resource["github_actions_environment_variable"] ?? {})
          .filter((variable) => String(variable["environment"]).includes(`.${address}.`))
          .map((variable) => [String(variable["variable_name"]), variable["value"]]),
      ),
    ]),
  );
}

const role = (name: string): unknown =>
  expect.stringMatching(new RegExp(`-delivery\\.outputs\\.[\\w-]*_iam_role${name}_role_\\w+arn\\}$`));
const aws = { AWS_ACCOUNT_ID: "123456789012", AWS_REGION: "eu-west-3" };

describe("GitHubStack", () => {
  test("has in staging one environment, deployed from main without anybody being asked", () => {
    const stack = github(staging({ delivery: {} }));
    expect(environments(stack)).toEqual([
      expect.objectContaining({
        repository: "platform",
        environment: "staging",
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      }),
    ]);
    expect(environments(stack)[0]).not.toHaveProperty("reviewers");
    const policies = resources(stack, "github_repository_environment_deployment_policy");
    expect(policies.map(({ repository, branch_pattern }) => [repository, branch_pattern])).toEqual([
      ["platform", "main"],
    ]);
  });

  test("has in prod reviewers other than who started it, whom no administrator gets around, and one branch", () => {
    const stack = github(prod({ ...withApplication, delivery: { ...withApplication.delivery, ...reviewed } }));
    const deployed = environments(stack).filter(({ environment }) => environment === "prod");
    expect(deployed.map(({ repository }) => repository)).toEqual(["api", "platform"]);
    for (const environment of deployed) {
      expect(environment).toMatchObject({
        reviewers: [{ teams: [7], users: [9] }],
        prevent_self_review: true,
        can_admins_bypass: false,
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      });
    }
    const policies = resources(stack, "github_repository_environment_deployment_policy");
    expect(policies.map(({ repository, branch_pattern }) => [repository, branch_pattern])).toEqual([
      ["api", "main"],
      ["platform", "main"],
      ["platform", "main"],
    ]);
  });

  test("plans prod in an environment of its own, from main and without waiting for a person", () => {
    const plan = environments(github(prod({ delivery: { ...reviewed, waitMinutes: 30 } }))).filter(
      ({ environment }) => environment === "prod-plan",
    );
    expect(plan).toEqual([
      expect.objectContaining({
        repository: "platform",
        wait_timer: 0,
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      }),
    ]);
    expect(plan[0]).not.toHaveProperty("reviewers");
  });

  test("asks the reviewers before a pull request is planned, from whichever branch, when that is chosen", () => {
    const stack = github(staging({ delivery: { ...reviewed, planTrigger: "reviewed-pull-request" } }));
    const plan = environments(stack).filter(({ environment }) => environment === "staging-plan");
    expect(plan).toEqual([expect.objectContaining({ reviewers: [{ teams: [7], users: [9] }] })]);
    expect(plan[0]).not.toHaveProperty("deployment_branch_policy");
    const policies = resources(stack, "github_repository_environment_deployment_policy");
    expect(policies).toHaveLength(1);
  });

  test("names the roles in the variables, each where it can be taken", () => {
    expect(variables(github(staging(withApplication)))).toEqual({
      "platform staging": { ...aws, AWS_PLAN_ROLE_ARN: role("plan"), AWS_DEPLOY_ROLE_ARN: role("deploy") },
      "api staging": {
        ...aws,
        AWS_PUSH_ROLE_ARN: role("push-api"),
        AWS_RELEASE_ROLE_ARN: role("release-api"),
        IMAGE_API: "123456789012.dkr.ecr.eu-west-3.amazonaws.com/acme/api",
        ECS_CLUSTER: "acme-staging",
        ECS_SERVICE_API: "acme-staging-api",
      },
    });
  });

  test("names in prod the role that plans in the environment for it, and the one that deploys only where reviewers are asked", () => {
    const delivery = { ...reviewed, applications: [{ ...application, images: [] }] };
    expect(variables(github(prod({ ...withApplication, delivery })))).toEqual({
      "platform prod": { ...aws, AWS_PLAN_ROLE_ARN: role("plan"), AWS_DEPLOY_ROLE_ARN: role("deploy") },
      "platform prod-plan": { ...aws, AWS_PLAN_ROLE_ARN: role("plan") },
      "api prod": {
        ...aws,
        AWS_RELEASE_ROLE_ARN: role("release-api"),
        ECS_CLUSTER: "acme-prod",
        ECS_SERVICE_API: "acme-prod-api",
      },
    });
  });

  test("names no role that plans or deploys where Terraform Cloud does, and those of the applications as ever", () => {
    const delivery = { ...reviewed, applications: [{ ...application, images: [] }] };
    expect(variables(github(prod({ ...withApplication, delivery, state: cloud })))).toEqual({
      "platform prod": aws,
      "platform prod-plan": aws,
      "api prod": {
        ...aws,
        AWS_RELEASE_ROLE_ARN: role("release-api"),
        ECS_CLUSTER: "acme-prod",
        ECS_SERVICE_API: "acme-prod-api",
      },
    });
  });

  test("adds the environment's own variables for this project's workflows, not for the applications'", () => {
    const delivery = { ...withApplication.delivery, variables: { NOTIFY: "#deploys" } };
    const found = variables(github(staging({ ...withApplication, delivery })));
    expect(found["platform staging"]).toHaveProperty("NOTIFY", "#deploys");
    expect(found["api staging"]).not.toHaveProperty("NOTIFY");
  });

  test("takes the application's own branch for its environment", () => {
    const delivery = { applications: [{ ...application, deployBranch: "release" }] };
    const stack = github(staging({ ...withApplication, delivery }));
    const policies = resources(stack, "github_repository_environment_deployment_policy");
    expect(policies.map(({ repository, branch_pattern }) => [repository, branch_pattern])).toEqual([
      ["api", "release"],
      ["platform", "main"],
    ]);
  });

  test("keeps no secret, only variables, and needs GitHub alone", () => {
    const stack = github(staging(withApplication));
    expect(Object.keys(stack.resource ?? {}).filter((type) => type.includes("secret"))).toEqual([]);
    expect(stack.provider).toEqual({ github: [{ owner: "acme" }] });
  });

  test("names for each application what its workflows need, by where its services run", () => {
    const { image } = api;
    const services = {
      green: { ...api, deployment: { kind: "blue-green" } },
      "host-1": { kind: "docker-host", image },
      runner: { kind: "app-runner", image, port: 80 },
    } as const;
    const all = {
      ...{ ...application, images: [], services: Object.keys(services), tasks: ["migrate"], sites: ["app"] },
      ...{ migrations: true, envFiles: ["staging"] },
    };
    const environment = staging({
      domain,
      services,
      shared: { ...shared, envFiles: {}, migrations: { repository: "api" } },
      tasks: { migrate: { image } },
      sites: { app: { kind: "cloudfront" } },
      delivery: { applications: [all] },
    });
    expect(variables(github(environment))["api staging"]).toEqual({
      ...aws,
      AWS_RELEASE_ROLE_ARN: role("release-api"),
      ECS_CLUSTER: "acme-staging",
      ECS_SERVICE_GREEN: "acme-staging-green",
      CODEDEPLOY_APPLICATION_GREEN: "acme-staging-green",
      CODEDEPLOY_GROUP_GREEN: "acme-staging-green",
      DEPLOY_DOCUMENT_HOST_1: "acme-staging-host-1-deploy",
      DEPLOY_HOST_HOST_1: "acme-staging-host-1",
      APP_RUNNER_SERVICE_RUNNER: "acme-staging-runner",
      ECS_TASK_MIGRATE: "acme-staging-migrate-once",
      ECS_TASK_NETWORK_MIGRATE: expect.stringContaining("migrate") as string,
      SITE_BUCKET_APP: "acme-staging-app-site-123456789012",
      AWS_MIGRATE_ROLE_ARN: role("migrate-api"),
      MIGRATE_DOCUMENT: "acme-shared-migrate-staging",
      MIGRATE_HOST: "acme-shared-migrations",
      AWS_ENV_FILES_ROLE_ARN: role("env-files-api"),
      ENV_FILES_BUCKET: "acme-shared-env-files-123456789012",
    });
  });
});
