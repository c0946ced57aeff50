import type { AppRunnerServiceProps } from "../../../modules/compute/app-runner-service";
import { context, policyOf, resources } from "../../support/synth";
import { appRunner } from "./example-app-runner";

const database = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds!db-1-AbCdEf";
const roles = (props: Partial<AppRunnerServiceProps> = {}) => resources(appRunner(props), "aws_iam_role");
const statements = (name: string, props: Partial<AppRunnerServiceProps> = {}) =>
  resources(appRunner(props), "aws_iam_role_policy")
    .filter((policy) => policy["name"] === name)
    .flatMap((policy) => policyOf(policy).Statement);

describe("AppRunnerRoles", () => {
  test("can each be taken by one half of App Runner only", () => {
    const trusted = roles().map((role) => [role["name"], policyOf(role, "assume_role_policy").Statement]);
    const trust = (service: string) => [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }];
    expect(trusted).toEqual([
      ["acme-test-api-access", trust("build.apprunner.amazonaws.com")],
      ["acme-test-api-instance", trust("tasks.apprunner.amazonaws.com")],
    ]);
  });

  test("carry the permissions boundary, if there is one", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/acme-boundary";
    for (const role of roles()) expect(role).not.toHaveProperty("permissions_boundary");
    for (const role of roles({ context: context({ permissionsBoundaryArn }) })) {
      expect(role).toMatchObject({ permissions_boundary: permissionsBoundaryArn });
    }
  });

  test("let App Runner pull the one image", () => {
    expect(statements("pull-image")).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer",
        ],
        Resource: ["arn:aws:ecr:eu-west-1:111122223333:repository/acme/api"],
      },
      { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
    ]);
  });

  test("let the application do nothing at first", () => {
    expect(statements("run")).toEqual([]);
  });

  test("let the application read exactly its secrets and do what is stated", () => {
    const props: Partial<AppRunnerServiceProps> = {
      secretSources: { database, cache: `${database}-other` },
      secrets: {
        DATABASE_USER: { from: "database", key: "username" },
        STRIPE_KEY: { secretName: "acme/stripe" },
        FLAG: { parameterName: "/flag" },
      },
      taskStatements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::acme/*"] }],
    };
    expect(statements("run", props)).toEqual([
      {
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: [database, "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme/stripe-??????"],
      },
      {
        Effect: "Allow",
        Action: ["ssm:GetParameters"],
        Resource: ["arn:aws:ssm:eu-west-3:123456789012:parameter/flag"],
      },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::acme/*"] },
    ]);
  });
});
