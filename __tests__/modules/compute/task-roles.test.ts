import type { FargateServiceProps } from "../../../modules/compute/fargate-service";
import { context, policyOf, resources } from "../../support/synth";
import { service } from "./example-service";

const database = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds!db-1-AbCdEf";
const roles = (props: Partial<FargateServiceProps> = {}) => resources(service(props), "aws_iam_role");
const statements = (name: string, props: Partial<FargateServiceProps> = {}) =>
  resources(service(props), "aws_iam_role_policy")
    .filter((policy) => policy["name"] === name)
    .flatMap((policy) => policyOf(policy).Statement);

const logs = {
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: ["arn:aws:logs:eu-west-3:123456789012:log-group:/ecs/acme-test-api:log-stream:*"],
};
const pull = (...repositories: string[]) => ({
  Effect: "Allow",
  Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  Resource: repositories.map((name) => `arn:aws:ecr:eu-west-1:111122223333:repository/acme/${name}`),
});
const login = { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] };

describe("TaskRoles", () => {
  test("can be taken by ECS tasks of this account and region only", () => {
    expect(roles()).toHaveLength(2);
    for (const role of roles()) {
      expect(policyOf(role, "assume_role_policy").Statement).toEqual([
        {
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-west-3:123456789012:*" },
          },
        },
      ]);
    }
  });

  test("carry the permissions boundary, if there is one", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/acme-boundary";
    for (const role of roles()) expect(role).not.toHaveProperty("permissions_boundary");
    for (const role of roles({ context: context({ permissionsBoundaryArn }) })) {
      expect(role).toMatchObject({ permissions_boundary: permissionsBoundaryArn });
    }
  });

  test("let ECS write the log and pull the one image", () => {
    expect(statements("start-tasks")).toEqual([logs, pull("api"), login]);
  });

  test("let ECS pull exactly the images of all containers, each repository once", () => {
    const sidecars = {
      migrate: { image: { repository: "api", tag: "1" } },
      agent: { image: { repository: "agent", tag: "1" } },
      redis: { image: { uri: "redis:7.4" } },
    };
    expect(statements("start-tasks", { sidecars })).toEqual([logs, pull("api", "agent"), login]);
  });

  test("let ECS into no registry when every image is public", () => {
    expect(statements("start-tasks", { image: { uri: "redis:7.4" } })).toEqual([logs]);
  });

  test("let ECS read exactly the secrets of all containers", () => {
    const props: Partial<FargateServiceProps> = {
      secretSources: { database, cache: `${database}-other` },
      secrets: { USER_NAME: { from: "database", key: "username" }, WORD: { from: "database", key: "password" } },
      sidecars: {
        agent: { image: { uri: "agent:1" }, secrets: { A: { secretName: "acme/agent" }, B: { parameterName: "/b" } } },
      },
    };
    expect(statements("start-tasks", props).slice(3)).toEqual([
      {
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: [database, "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme/agent-??????"],
      },
      {
        Effect: "Allow",
        Action: ["ssm:GetParameters"],
        Resource: ["arn:aws:ssm:eu-west-3:123456789012:parameter/b"],
      },
    ]);
  });

  test("let the application do nothing at first", () => {
    expect(statements("run")).toEqual([]);
  });

  test("let the application do what is stated", () => {
    const conditions = { StringEquals: { "s3:prefix": ["uploads/"] } };
    const taskStatements = [{ actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::acme"], conditions }];
    expect(statements("run", { taskStatements })).toEqual([
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: ["arn:aws:s3:::acme"], Condition: conditions },
    ]);
  });

  test("let the agent of ECS Exec open its channel and record the session, with exec only", () => {
    expect(statements("run", { exec: true })).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: ["*"],
      },
      { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: ["arn:aws:logs:eu-west-3:123456789012:log-group:/ecs/acme-test/exec:*"],
      },
    ]);
  });

  test("allow no action by a wildcard", () => {
    const all = [...statements("start-tasks"), ...statements("run", { exec: true })];
    expect(all.flatMap(({ Action }) => Action).filter((action) => action?.includes("*"))).toEqual([]);
  });
});
