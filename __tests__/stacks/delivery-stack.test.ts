import type { Environment } from "../../envs/environment";
import type { GitHubApplication } from "../../modules/delivery/github-settings";
import { api, domain, prod, shared, staging, system } from "../support/environments";
import { cloud } from "../support/in-cloud";
import { policyOf, type PolicyStatement, resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

/** The delivery stack of one environment. */
function delivery(environment: Environment): Synthesized {
  const { stacks } = synthSystem({ system: system(environment), environments: [environment] });
  return stacks[`${environment.name}-delivery`] ?? {};
}

const application: GitHubApplication = {
  ...{ owner: "acme", ownerId: 1001, repository: "api", repositoryId: 2002 },
  ...{ images: ["api"], services: ["api"] },
};
const everything = { domain, services: { api }, delivery: { applications: [application] } };
const reviewed = { reviewers: { teams: ["platform"] } };

/** For each role by name, the conditions of its trust. */
const trust = (stack: Synthesized) =>
  Object.fromEntries(
    resources(stack, "aws_iam_role").map((role) => {
      const [statement, ...more] = policyOf(role, "assume_role_policy").Statement;
      expect(more).toEqual([]);
      expect(statement).toMatchObject({ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity" });
      return [String(role["name"]), statement?.Condition];
    }),
  );

/** Every statement of every policy that is no boundary. */
const statements = (stack: Synthesized): PolicyStatement[] =>
  [...resources(stack, "aws_iam_policy"), ...resources(stack, "aws_iam_role_policy")]
    .filter((policy) => !String(policy["name"]).endsWith("boundary"))
    .flatMap((policy) => policyOf(policy).Statement);

const issuer = "token.actions.githubusercontent.com";
const claims = (repository: string, id: string, what: string, more: Record<string, string> = {}) => ({
  StringEquals: {
    [`${issuer}:aud`]: "sts.amazonaws.com",
    [`${issuer}:sub`]: [`repo:acme/${repository}:${what}`, `repo:acme@1001/${repository}@${id}:${what}`],
    [`${issuer}:repository_id`]: id,
    [`${issuer}:repository_owner_id`]: "1001",
    ...Object.fromEntries(Object.entries(more).map(([claim, value]) => [`${issuer}:${claim}`, value])),
  },
});

describe("DeliveryStack", () => {
  test("in staging trusts exact subjects: pull requests to plan, the environment on its branch to deploy", () => {
    const main = { ref: "refs/heads/main" };
    expect(trust(delivery(staging(everything)))).toEqual({
      "acme-staging-plan": claims("platform", "2001", "pull_request"),
      "acme-staging-deploy": claims("platform", "2001", "environment:staging", main),
      "acme-staging-push-api": claims("api", "2002", "environment:staging", main),
      "acme-staging-release-api": claims("api", "2002", "environment:staging", main),
    });
  });

  test("in prod plans only what was merged", () => {
    const main = { ref: "refs/heads/main" };
    expect(trust(delivery(prod({ delivery: reviewed })))).toEqual({
      "acme-prod-plan": claims("platform", "2001", "environment:prod-plan", main),
      "acme-prod-deploy": claims("platform", "2001", "environment:prod", main),
    });
  });

  test("takes another environment name, branch and workflow", () => {
    const chosen = {
      environmentName: "live",
      deployBranch: "release",
      planTrigger: "deploy-branch",
      workflow: ".github/workflows/deploy.yml",
    } as const;
    const more = {
      ref: "refs/heads/release",
      job_workflow_ref: "acme/platform/.github/workflows/deploy.yml@refs/heads/release",
    };
    expect(trust(delivery(staging({ delivery: chosen })))).toEqual({
      "acme-staging-plan": claims("platform", "2001", "environment:live-plan", more),
      "acme-staging-deploy": claims("platform", "2001", "environment:live", more),
    });
  });

  test("has no wildcard in any trust, and no operator but equality", () => {
    const conditions = [staging(everything), prod({ ...everything, delivery: { ...everything.delivery, ...reviewed } })]
      .map(delivery)
      .flatMap((stack) => Object.values(trust(stack)));
    expect(conditions).toHaveLength(8);
    for (const condition of conditions) {
      expect(Object.keys(condition ?? {})).toEqual(["StringEquals"]);
      expect(JSON.stringify(condition)).not.toMatch(/[*?]/);
    }
  });

  test("gives its own roles the boundary of delivery, and makes the one that workloads carry", () => {
    const stack = delivery(staging(everything));
    const roles = resources(stack, "aws_iam_role");
    expect(roles).toHaveLength(4);
    for (const role of roles) {
      expect(role).toMatchObject({
        path: "/delivery/",
        permissions_boundary: expect.stringMatching(/^\$\{aws_iam_policy\.delivery-boundary_policy_\w+\.arn\}$/),
      });
    }
    const boundaries = resources(stack, "aws_iam_policy").filter(({ name }) => String(name).endsWith("boundary"));
    expect(boundaries.map(({ name, path }) => [name, path])).toEqual([
      ["acme-staging-boundary", "/delivery/"],
      ["acme-staging-delivery-boundary", "/delivery/"],
    ]);
  });

  test("lets no role use a role, policy or state of another environment", () => {
    const stack = delivery(prod({ delivery: reviewed }));
    const allowed = statements(stack).filter(({ Effect }) => Effect === "Allow");
    const written = allowed.filter(({ Action }) =>
      [Action].flat().some((action) => /^iam:(Put|Create|Attach|Pass)/.test(action ?? "")),
    );
    expect(written.length).toBeGreaterThan(2);
    for (const { Resource, Action } of written) {
      if ([Action].flat().includes("iam:CreateServiceLinkedRole")) continue; // of AWS's own roles only
      for (const arn of [Resource].flat()) expect(arn).toMatch(/^arn:aws:iam::123456789012:[a-z-]+\/acme-prod(-\*)?$/);
    }
  });

  describe("with state in S3", () => {
    const objects = (environment: Environment) =>
      statements(delivery(environment))
        .filter(({ Action, Resource }) => {
          const s3 = [Action].flat().some((action) => /^s3:(Get|Put|Delete)Object$/.test(action ?? ""));
          return s3 && [Resource].flat().some((arn) => /terraform-state|states-of/.test(arn ?? ""));
        })
        .map(({ Sid, Effect, Action, Resource }) => ({ Sid, Effect, Action, Resource }));

    test("reaches the state of its own environment only, and leaves that of delivery to a person", () => {
      const bucket = "arn:aws:s3:::acme-123456789012-terraform-state";
      const found = objects(prod({ delivery: reviewed }));
      expect(found.length).toBeGreaterThan(3);
      expect(found).toContainEqual({
        Sid: "KeepStateOfPersons",
        Effect: "Deny",
        Action: ["s3:PutObject", "s3:DeleteObject"],
        Resource: [`${bucket}/prod/prod-delivery.tfstate*`, `${bucket}/prod/prod-github.tfstate*`],
      });
      for (const { Resource } of found) {
        for (const arn of [Resource].flat()) expect(arn?.startsWith(`${bucket}/prod/`)).toBe(true);
      }
    });

    test("follows the bucket that is named", () => {
      const found = objects(staging({ delivery: {}, state: { kind: "s3", bucket: "states-of-acme" } }));
      expect(found.length).toBeGreaterThan(3);
      for (const { Resource } of found) {
        for (const arn of [Resource].flat()) expect(arn?.startsWith("arn:aws:s3:::states-of-acme/staging/")).toBe(true);
      }
    });

    test.each([{ kind: "local" }, { kind: "cloud", organization: "acme-org" }] as const)(
      "is what the permissions are for: with %j there are none",
      (state) => {
        const stack = delivery(staging({ delivery: {}, state }));
        expect(JSON.stringify(statements(stack))).not.toMatch(/terraform-state|tfstate|tflock/);
      },
    );
  });

  test.each<[string, Partial<Environment>, string[]]>([
    ["nothing of its own", {}, []],
    ["a cache at ElastiCache", { cache: { kind: "serverless" } }, []],
    ["a cache at Upstash", { cache: { kind: "upstash", primaryRegion: "eu-west-1" } }, ["cache"]],
    ["a Redis on a host", { cache: { kind: "host" } }, ["cache"]],
    ["secrets of the application", { secrets: { jwt: {}, key: { kind: "manual" } } }, ["jwt"]],
    ["a database whose password RDS manages", { database: { engine: "postgres" } }, []],
    ["a database with replicas", { database: { engine: "postgres", readReplicas: 1 } }, ["db-master"]],
    [
      "a database that leads others",
      { database: { engine: "aurora-postgresql", instanceClass: "db.r6g.large", globalDatabase: true } },
      ["db-master"],
    ],
    [
      "a database with a replica in a second region",
      {
        database: { engine: "aurora-postgresql", instanceClass: "db.r6g.large" },
        recovery: { region: "us-east-1", databaseReplica: true, cidr: "10.99.0.0/16" },
      },
      ["db-master"],
    ],
  ])("with %s lets the deploy role write the values of %j", (_what, overrides, secrets) => {
    const writes = statements(delivery(staging({ delivery: {}, ...overrides }))).filter(
      ({ Effect, Action }) => Effect === "Allow" && [Action].flat().includes("secretsmanager:PutSecretValue"),
    );
    expect(writes.flatMap(({ Resource }) => Resource)).toEqual(
      secrets.map((name): unknown =>
        expect.stringMatching(
          new RegExp(`^arn:aws:secretsmanager:(eu-west-3|\\*):123456789012:secret:acme-staging-${name}-\\?+$`),
        ),
      ),
    );
  });

  test.each<[string, Partial<Environment>, RegExp]>([
    ["a service on a host", { services: { host: { kind: "docker-host", image: api.image } } }, /^ec2:RunInstances$/],
    ["a NAT instance", { network: { cidr: "10.10.0.0/16", nat: "instance" } }, /^ec2:RunInstances$/],
    ["a Redis on a host", { cache: { kind: "host" } }, /^ec2:RunInstances$/],
    [
      "a service on App Runner",
      { services: { runner: { kind: "app-runner", image: api.image, port: 80 } } },
      /^apprunner:CreateService$/,
    ],
    [
      "a blue/green service",
      { domain, services: { api: { ...api, deployment: { kind: "blue-green" } } } },
      /^codedeploy:Create/,
    ],
    ["a site on CloudFront", { sites: { app: { kind: "cloudfront" } } }, /^cloudfront:Create/],
  ])("lets the deploy role make what %s needs, and without one not", (_what, overrides, action) => {
    const allowed = (environment: Environment) =>
      statements(delivery(environment)).some(
        ({ Effect, Action }) => Effect === "Allow" && [Action].flat().some((one) => action.test(one ?? "")),
      );
    expect(allowed(staging({ delivery: {}, ...overrides }))).toBe(true);
    expect(allowed(staging({ delivery: {} }))).toBe(false);
  });

  test.each<[Partial<GitHubApplication>, string[]]>([
    [{ images: ["api"], services: [] }, ["push-api"]],
    [{ images: [], services: ["api"] }, ["release-api"]],
    [{ images: [], services: [], tasks: ["migrate"] }, ["release-api"]],
    [{ images: [], services: [], sites: ["app"] }, ["release-api"]],
    [{ images: [], services: [], migrations: true }, ["migrate-api"]],
    [{ images: [], services: [], envFiles: ["staging"] }, ["env-files-api"]],
    [{ name: "backend" }, ["push-backend", "release-backend"]],
  ])("for an application with %j has the roles %j", (overrides, roles) => {
    const stack = delivery(
      staging({
        ...everything,
        shared: { ...shared, envFiles: {}, migrations: { repository: "api" } },
        tasks: { migrate: { image: api.image } },
        sites: { app: { kind: "cloudfront" } },
        delivery: { applications: [{ ...application, ...overrides }] },
      }),
    );
    const names = resources(stack, "aws_iam_role").map(({ name }) => String(name));
    expect(names.filter((name) => !/-(plan|deploy)$/.test(name))).toEqual(roles.map((role) => `acme-staging-${role}`));
  });

  test("lets an application push to its own repositories, in the shared account and region", () => {
    const stack = delivery(staging({ ...everything, shared: { ...shared, images: { api: {}, other: {} } } }));
    const pushes = statements(stack).filter(({ Action }) => [Action].flat().includes("ecr:PutImage"));
    expect(pushes.map(({ Resource }) => Resource)).toEqual([
      ["arn:aws:ecr:eu-west-3:123456789012:repository/acme/api"],
    ]);
  });

  test("makes the identity provider only where the shared stack does not", () => {
    const providers = (environment: Environment) =>
      resources(delivery(environment), "aws_iam_openid_connect_provider").length;
    expect(providers(staging({ delivery: {} }))).toBe(0);
    expect(providers(staging({ delivery: {}, accountId: "210987654321" }))).toBe(1);
  });

  describe("run by Terraform Cloud", () => {
    const host = "app.terraform.io";
    const runs = (environment: string, phase: string, ...parts: string[]) => ({
      StringEquals: {
        [`${host}:aud`]: "aws.workload.identity",
        [`${host}:sub`]: parts.map(
          (part) =>
            `organization:acme-org:project:acme-${environment}:workspace:acme-${environment}-${part}:run_phase:${phase}`,
        ),
      },
    });

    test("lets its runs plan and apply, by stack and phase, and GitHub only release applications", () => {
      const main = { ref: "refs/heads/main" };
      const stacks = ["app", "data", "edge", "network"];
      expect(trust(delivery(staging({ ...everything, state: cloud })))).toEqual({
        "acme-staging-plan": runs("staging", "plan", ...stacks),
        "acme-staging-deploy": runs("staging", "apply", ...stacks),
        "acme-staging-push-api": claims("api", "2002", "environment:staging", main),
        "acme-staging-release-api": claims("api", "2002", "environment:staging", main),
      });
    });

    test("trusts no stack that a person applies, and none that needs no AWS", () => {
      const vercel = { kind: "vercel", repository: { owner: "acme", name: "web" } } as const;
      const environment = prod({ state: cloud, delivery: reviewed, sites: { web: vercel }, monitoring: {} });
      expect(trust(delivery(environment))["acme-prod-deploy"]).toEqual(
        runs("prod", "apply", "app", "data", "monitoring", "network"),
      );
    });

    test("has the boundaries and the roles of the runs where nobody deploys from GitHub, too", () => {
      const { repository: _none, ...noRepository } = shared;
      const stack = delivery(staging({ state: cloud, shared: noRepository }));
      expect(Object.keys(trust(stack)).sort()).toEqual(["acme-staging-deploy", "acme-staging-plan"]);
      expect(
        resources(stack, "aws_iam_policy")
          .map(({ name }) => name)
          .filter((name) => /boundary$/.test(String(name))),
      ).toEqual(["acme-staging-boundary", "acme-staging-delivery-boundary"]);
    });

    test("makes every role of the environment carry the boundary that the runs may not leave out", () => {
      const { stacks } = synthSystem({
        system: system(staging({ state: cloud, services: { api } })),
        environments: [staging({ state: cloud, services: { api } })],
      });
      const roles = Object.entries(stacks)
        .filter(([name]) => name.startsWith("staging-") && name !== "staging-delivery")
        .flatMap(([, stack]) => resources(stack, "aws_iam_role"));
      expect(roles.length).toBeGreaterThan(1);
      for (const role of roles) {
        expect(role).toMatchObject({
          permissions_boundary: "arn:aws:iam::123456789012:policy/delivery/acme-staging-boundary",
        });
      }
    });

    test("trusts GitHub as ever where Terraform Cloud only keeps the state", () => {
      const environment = staging({ ...everything, state: { ...cloud, executionMode: "local" } });
      expect(trust(delivery(environment))).toEqual(trust(delivery(staging(everything))));
    });

    test("takes another project and host", () => {
      const state = { ...cloud, projectName: "live", hostname: "tfe.example.com" };
      expect(trust(delivery(staging({ state })))["acme-staging-plan"]).toEqual({
        StringEquals: {
          "tfe.example.com:aud": "aws.workload.identity",
          "tfe.example.com:sub": ["app", "data", "network"].map(
            (part) => `organization:acme-org:project:live:workspace:acme-staging-${part}:run_phase:plan`,
          ),
        },
      });
    });

    test("reads and writes no state in S3, and no secret in a plan", () => {
      const stack = delivery(staging({ state: cloud, secrets: { jwt: {} } }));
      expect(JSON.stringify(statements(stack))).not.toMatch(/terraform-state|tfstate|tflock/);
      const plan = Object.entries({
        ...stack.resource?.["aws_iam_policy"],
        ...stack.resource?.["aws_iam_role_policy"],
      })
        .filter(([address]) => address.startsWith("plan_"))
        .flatMap(([, policy]) => policyOf(policy).Statement);
      const values = plan.filter(({ Action }) => [Action].flat().some((one) => /GetSecretValue$/.test(one ?? "")));
      expect(values.length).toBeGreaterThan(0);
      for (const { Effect } of values) expect(Effect).toBe("Deny");
    });

    test("makes the identity provider only where the shared stack does not", () => {
      const providers = (environment: Environment) =>
        resources(delivery(environment), "aws_iam_openid_connect_provider").map(({ url }) => url);
      expect(providers(staging({ state: cloud }))).toEqual([]);
      expect(providers(staging({ state: cloud, accountId: "210987654321" }))).toEqual([`https://${host}`]);
      expect(providers(staging({ state: cloud, delivery: {}, accountId: "210987654321" })).sort()).toEqual([
        `https://${host}`,
        `https://${issuer}`,
      ]);
    });
  });
});
