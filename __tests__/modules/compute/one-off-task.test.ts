import { TerraformOutput } from "cdktf";
import { FargateService } from "../../../modules/compute/fargate-service";
import { OneOffTask, type OneOffTaskProps } from "../../../modules/compute/one-off-task";
import { oneOffTaskNames } from "../../../modules/compute/service-names";
import { context, policyOf, resources, synth, type Synthesized } from "../../support/synth";
import { worker } from "./example-service";

const smallest: OneOffTaskProps = {
  context: context(),
  name: "api",
  image: { repository: "api", tag: "1.0.0" },
  clusterName: "acme-test",
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  registry: { accountId: "111122223333", region: "eu-west-1" },
};
const build = (props: Partial<OneOffTaskProps> = {}) =>
  synth((scope) => new OneOffTask(scope, "task", { ...smallest, ...props }));
const containers = (synthesized: Synthesized) =>
  resources(synthesized, "aws_ecs_task_definition").flatMap(
    (definition) => JSON.parse(String(definition["container_definitions"])) as unknown[],
  );

describe("OneOffTask", () => {
  test("is a task definition with roles, logs and a way out, and no service", () => {
    expect(Object.keys(build().resource ?? {})).toEqual([
      "aws_cloudwatch_log_group",
      "aws_ecs_task_definition",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_security_group",
      "aws_ssm_parameter",
      "aws_vpc_security_group_egress_rule",
    ]);
  });

  test("runs one container that is not root, with a read-only file system and nothing to connect to", () => {
    const [container, ...others] = containers(build({ command: ["npm", "run", "migrate"] }));
    expect(others).toEqual([]);
    expect(container).toMatchObject({
      name: "api-once",
      image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme/api:${var.api_once_image_tag}",
      essential: true,
      command: ["npm", "run", "migrate"],
      user: "1000:1000",
      readonlyRootFilesystem: true,
    });
    expect(container).not.toHaveProperty("portMappings");
  });

  test("has 256 CPU units and 512 MiB on x86, or as chosen", () => {
    const sizes = (props?: Partial<OneOffTaskProps>) => resources(build(props), "aws_ecs_task_definition");
    expect(sizes()).toEqual([
      expect.objectContaining({
        family: "acme-test-api-once",
        cpu: "256",
        memory: "512",
        runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "X86_64" },
        skip_destroy: true,
      }),
    ]);
    const chosen = { cpuUnits: 1024, memoryMiB: 4096, architecture: "arm64", ephemeralStorageGiB: 50 } as const;
    expect(sizes({ ...chosen, context: context({ destroyable: true }) })).toEqual([
      expect.objectContaining({
        cpu: "1024",
        memory: "4096",
        runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "ARM64" },
        ephemeral_storage: { size_in_gib: 50 },
        skip_destroy: false,
      }),
    ]);
  });

  test("keeps its logs a year and after its own end, or as chosen", () => {
    const logs = (props?: Partial<OneOffTaskProps>) => resources(build(props), "aws_cloudwatch_log_group");
    expect(logs()).toEqual([
      expect.objectContaining({ name: "/ecs/acme-test-api-once", retention_in_days: 365, skip_destroy: true }),
    ]);
    expect(logs({ logRetentionDays: 14, context: context({ destroyable: true }) })).toEqual([
      expect.objectContaining({ retention_in_days: 14, skip_destroy: false }),
    ]);
  });

  test("is the same for an explicit undefined", () => {
    const nothing = { cpuUnits: undefined, user: undefined, command: undefined, secrets: undefined };
    expect(build({ ...nothing, assignPublicIp: undefined, connections: undefined })).toEqual(build());
  });

  test("stands beside a service of the same name", () => {
    const both = synth((scope) => {
      new FargateService(scope, "api", worker);
      new OneOffTask(scope, "task", smallest);
    });
    const types = ["aws_iam_role", "aws_security_group", "aws_cloudwatch_log_group", "aws_ecs_task_definition"];
    const named = types.flatMap((type) =>
      resources(both, type).map(({ name, family }) => `${type} ${String(name ?? family)}`),
    );
    expect(new Set(named).size).toBe(named.length);
    expect(Object.keys(both.variable ?? {})).toEqual(["api_image_tag", "api_once_image_tag"]);
  });

  test("reaches exactly what it is connected to, with roles of its own", () => {
    const database = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:rds!db-1-AbCdEf";
    const synthesized = build({
      secretSources: { database },
      secrets: { DATABASE_PASSWORD: { from: "database", key: "password" } },
      connections: [{ id: "database", port: 5432, securityGroupId: "sg-db" }],
      taskStatements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::acme/*"] }],
    });
    const policies = resources(synthesized, "aws_iam_role_policy").map((policy) => [
      policy["name"],
      policyOf(policy).Statement.flatMap(({ Action }) => Action),
    ]);
    expect(policies).toEqual([
      [
        "start-tasks",
        [
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetDownloadUrlForLayer",
          "ecr:GetAuthorizationToken",
          "secretsmanager:GetSecretValue",
        ],
      ],
      ["run", ["s3:GetObject"]],
    ]);
    expect(resources(synthesized, "aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({ security_group_id: "sg-db", from_port: 5432, to_port: 5432 }),
    ]);
  });

  test("needs no registry for a public image", () => {
    const synthesized = build({ image: { uri: "public.ecr.aws/docker/library/postgres:16.4" } });
    const actions = resources(synthesized, "aws_iam_role_policy").flatMap((policy) => JSON.stringify(policy));
    expect(actions.join()).not.toContain("ecr:");
    expect(synthesized.variable).toBeUndefined();
  });

  test("offers its names, and the command that runs it", () => {
    const names = oneOffTaskNames(context(), "api");
    const { output } = synth((scope) => {
      const made = new OneOffTask(scope, "task", { ...smallest, assignPublicIp: true });
      expect(made).toMatchObject({
        family: names.family,
        containerName: names.container,
        clusterName: "acme-test",
        subnetIds: ["subnet-a", "subnet-b"],
        roleNames: [names.executionRole, names.taskRole],
      });
      const { taskDefinitionArn, securityGroupId, logGroupName, runCommand } = made;
      for (const [field, value] of Object.entries({ taskDefinitionArn, securityGroupId, logGroupName, runCommand })) {
        new TerraformOutput(scope, field, { value });
      }
    });
    const valued = (pattern: RegExp) => ({ value: expect.stringMatching(pattern) as string });
    expect(output).toEqual({
      taskDefinitionArn: valued(/^\$\{aws_ecs_task_definition\.task_definition_\w+\.arn\}$/),
      securityGroupId: valued(/^\$\{aws_security_group\.task_network_group_\w+\.id\}$/),
      logGroupName: valued(/^\$\{aws_cloudwatch_log_group\.task_logs_\w+\.name\}$/),
      runCommand: valued(
        /^aws ecs run-task .* --task-definition acme-test-api-once .*subnets=\[\$\{join\(",", \["subnet-a", "subnet-b"\]\)\}\],securityGroups=\[\$\{aws_security_group\.\w+\.id\}\],assignPublicIp=ENABLED\}'/,
      ),
    });
  });

  test("says in a parameter where it runs, as the AWS CLI takes it", () => {
    expect(resources(build({ assignPublicIp: true }), "aws_ssm_parameter")).toEqual([
      expect.objectContaining({
        name: "/acme-test/api-once/network",
        type: "String",
        value: expect.stringMatching(
          /^awsvpcConfiguration=\{subnets=\[\$\{join\(",", \["subnet-a", "subnet-b"\]\)\}\],securityGroups=\[\$\{aws_security_group\.\w+\.id\}\],assignPublicIp=ENABLED\}$/,
        ) as string,
      }),
    ]);
  });

  test.each<[Partial<OneOffTaskProps>, string]>([
    [
      { subnetIds: [], cpuUnits: 0 },
      "test/task: cpuUnits must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 0; the nearest legal pair is cpuUnits 256 with memoryMiB 512; subnetIds must be at least one subnet, got []",
    ],
    [
      { secrets: { KEY: { from: "cache" } } },
      'test/task: secrets.KEY.from must be left out, there is no source to take it from, got "cache"',
    ],
    [
      { name: "a".repeat(40) },
      `test/task: name of iamRole must be at most 64 characters, got 65 in "acme-test-${"a".repeat(40)}-once-execution"; shorten the project, the environment or the part after it`,
    ],
  ])("fails on %j", (props, message) => {
    expect(() => build(props)).toThrow(new Error(message));
  });

  test("takes a name that is too long for a target group", () => {
    expect(() => build({ name: "a".repeat(39) })).not.toThrow();
  });
});
