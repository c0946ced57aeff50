import type { Environment } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { namesOf } from "../../modules/naming";
import { targetsOf } from "../../stacks/pipeline-stack";
import { api, domain, prod, shared, staging } from "../support/environments";
import { synthEnvironment, values } from "../support/stacks";
import { policyOf, resources } from "../support/synth";

const blueGreen = { ...api, deployment: { kind: "blue-green" } } as const;
const pipeline = {
  source: { owner: "acme", repository: "shop", branch: "main" },
  services: { api: { context: "api" } },
} as const;
const released: Partial<Environment> = { domain, services: { api: blueGreen }, pipeline };
const synth = (overrides: Partial<Environment> = {}) => synthEnvironment(staging({ ...released, ...overrides }));

describe("PipelineStack", () => {
  const { stacks, dependencies } = synth();
  const stack = stacks["staging-pipeline"] ?? {};

  test("is only there with a pipeline, and after the services that it releases", () => {
    expect(synth({ pipeline: undefined }).stacks).not.toHaveProperty("staging-pipeline");
    expect(dependencies["staging-pipeline"]).toEqual(["staging-app"]);
  });

  test("has one pipeline, from the repository to CodeDeploy", () => {
    expect(values(stack, "aws_codepipeline", "name")).toEqual(["acme-staging-release"]);
    const stages = (built: typeof stack) =>
      values(built, "aws_codepipeline", "stage").flatMap((all) =>
        (all as Array<{ name: string }>).map(({ name }) => name),
      );
    expect(stages(stack)).toHaveLength(3);
    const approved = synthEnvironment(prod({ ...released, pipeline: { ...pipeline, approval: {} } })).stacks;
    expect(stages(approved["prod-pipeline"] ?? {})).toHaveLength(4);
  });

  test("knows the services by name, and reads no state", () => {
    expect(stack).not.toHaveProperty("data");
    const statements = resources(stack, "aws_iam_role_policy").flatMap((policy) => policyOf(policy).Statement);
    const passed = statements.filter(({ Action }) => [Action].flat().includes("iam:PassRole"));
    expect(passed.flatMap(({ Resource }) => Resource)).toEqual([
      "arn:aws:iam::123456789012:role/acme-staging-api-execution",
      "arn:aws:iam::123456789012:role/acme-staging-api-task",
    ]);
  });

  test("pushes to the registry of the shared region, wherever the environment is", () => {
    const away = synth({ region: "us-east-1" }).stacks["staging-pipeline"] ?? {};
    const statements = resources(away, "aws_iam_role_policy").flatMap((policy) => policyOf(policy).Statement);
    const pushes = statements.filter(({ Action }) => [Action].flat().includes("ecr:PutImage"));
    expect(pushes.flatMap(({ Resource }) => Resource)).toEqual([
      "arn:aws:ecr:eu-west-3:123456789012:repository/acme/api",
    ]);
    expect(shared.region).toBe("eu-west-3");
  });
});

describe("targetsOf", () => {
  const { services } = resolveEnvironment(
    staging({
      services: {
        api: blueGreen,
        rolling: api,
        public: { ...blueGreen, image: { uri: "public.ecr.aws/nginx/nginx:1.27.3" } },
        host: { kind: "docker-host", image: api.image },
      },
    }),
  );

  test("are the blue/green services with an image of our own, by the names they will have", () => {
    expect(targetsOf({ names: namesOf("acme", "staging") }, services)).toEqual({
      api: {
        clusterName: "acme-staging",
        serviceName: "acme-staging-api",
        family: "acme-staging-api",
        roleNames: ["acme-staging-api-execution", "acme-staging-api-task"],
        repository: "api",
        containerName: "api",
        port: 3000,
        codeDeploy: { applicationName: "acme-staging-api", deploymentGroupName: "acme-staging-api" },
      },
    });
  });
});
