import { DescribeServicesCommand, ECSClient, RunTaskCommand, StopTaskCommand } from "@aws-sdk/client-ecs";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  gitHubTrusts,
  rolesOf,
  securityGroupIds,
  subnetIds,
  subnetNames,
  taskDefinitions,
  variablesOf,
  waysInto,
} from "../../support/deployed-aws";
import { describeDeployment } from "../../support/deployed-system";

const REGION = "us-east-1";
const PRIVATE = ["mono-staging-private-a", "mono-staging-private-b"];

describeDeployment("monorepo", "staging", (deployed) => {
  test("has the small database of the document, private and encrypted, its password with RDS", async () => {
    const { DBInstances = [] } = await new RDSClient(deployed.client(REGION)).send(new DescribeDBInstancesCommand({}));
    expect(
      DBInstances.map((instance) => ({
        instanceClass: instance.DBInstanceClass,
        gib: instance.AllocatedStorage,
        publicly: instance.PubliclyAccessible,
        encrypted: instance.StorageEncrypted,
      })),
    ).toEqual([{ instanceClass: "db.t3.micro", gib: 20, publicly: false, encrypted: true }]);
    const { SecretList = [] } = await new SecretsManagerClient(deployed.client(REGION)).send(
      new ListSecretsCommand({}),
    );
    expect(SecretList.map(({ ARN }) => ARN)).toEqual([DBInstances[0]?.MasterUserSecret?.SecretArn]);
  });

  test("lets the API and the migration into the database, and nobody else", async () => {
    expect(await waysInto(deployed.client(REGION), "mono-staging-db")).toEqual([
      "5432 from mono-staging-api-tasks",
      "5432 from mono-staging-migrate-once-tasks",
    ]);
  });

  test("runs Redis in the task of the API, which starts after it and reaches it on localhost", async () => {
    const { "mono-staging-api": task } = await taskDefinitions(deployed.client(REGION));
    expect(task?.containerDefinitions?.map(({ name, image }) => `${name} ${image?.replace(/:.*/, "")}`)).toEqual([
      "api 123456789012.dkr.ecr.us-east-1.amazonaws.com/mono/backend",
      "redis public.ecr.aws/docker/library/redis",
    ]);
    const [api, redis] = task?.containerDefinitions ?? [];
    expect(api?.dependsOn).toEqual([{ containerName: "redis", condition: "HEALTHY" }]);
    expect(api?.environment).toContainEqual({ name: "REDIS_URL", value: "redis://localhost:6379" });
    expect(redis?.command).toEqual(expect.arrayContaining(["--bind", "127.0.0.1", "--maxmemory", "64mb"]));
  });

  test("runs one task, since each would have a cache of its own, in private subnets", async () => {
    const client = deployed.client(REGION);
    const { services = [] } = await new ECSClient(client).send(
      new DescribeServicesCommand({ cluster: "mono-staging", services: ["mono-staging-api"] }),
    );
    const [service] = services;
    const network = service?.networkConfiguration?.awsvpcConfiguration;
    expect({ tasks: service?.desiredCount, publicIp: network?.assignPublicIp }).toEqual({
      tasks: 1,
      publicIp: "DISABLED",
    });
    expect(await subnetNames(client, network?.subnets)).toEqual(PRIVATE);
  });

  test("gives the API the database's password by reference", async () => {
    const definitions = await taskDefinitions(deployed.client(REGION));
    const database = ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT"];
    const secret = ["DATABASE_PASSWORD", "DATABASE_USER"];
    expect(
      Object.fromEntries(Object.entries(definitions).map(([family, task]) => [family, variablesOf(task)])),
    ).toEqual({
      "mono-staging-api": {
        api: { clear: [...database, "REDIS_URL"], secret },
        redis: { clear: [], secret: [] },
      },
      "mono-staging-migrate-once": { "migrate-once": { clear: database, secret } },
    });
  });

  test("migrates once, in a task with roles of its own, where it reaches the database", async () => {
    const client = deployed.client(REGION);
    const { "mono-staging-migrate-once": definition, "mono-staging-api": api } = await taskDefinitions(client);
    expect(definition?.containerDefinitions?.[0]?.command).toEqual(["node", "dist/migrate.js"]);
    expect(definition?.taskRoleArn).toMatch(/role\/mono-staging-migrate-once-task$/);
    expect(definition?.executionRoleArn).toMatch(/role\/mono-staging-migrate-once-execution$/);
    expect([definition?.taskRoleArn, definition?.executionRoleArn]).not.toContain(api?.taskRoleArn);

    const ecs = new ECSClient(client);
    const subnets = await subnetIds(client, PRIVATE);
    const securityGroups = await securityGroupIds(client, ["mono-staging-migrate-once-tasks"]);
    const { tasks = [], failures } = await ecs.send(
      new RunTaskCommand({
        cluster: "mono-staging",
        taskDefinition: "mono-staging-migrate-once",
        launchType: "FARGATE",
        networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups, assignPublicIp: "DISABLED" } },
      }),
    );
    expect(failures).toEqual([]);
    expect(tasks.map(({ taskDefinitionArn }) => taskDefinitionArn)).toEqual([definition?.taskDefinitionArn]);
    await ecs.send(new StopTaskCommand({ cluster: "mono-staging", task: tasks[0]?.taskArn }));
  });

  test("lets the backend's workflow push, migrate and release, and no other", async () => {
    const roles = await rolesOf(deployed.client(REGION), "mono");
    const trusts = gitHubTrusts(roles);
    expect(Object.keys(trusts).sort()).toEqual([
      "mono-staging-deploy",
      "mono-staging-plan",
      "mono-staging-push-backend",
      "mono-staging-release-backend",
    ]);
    expect(trusts["mono-staging-push-backend"]).toEqual({
      StringEquals: expect.objectContaining({
        job_workflow_ref: "acme/monorepo/.github/workflows/backend.yml@refs/heads/main",
        sub: ["repo:acme/monorepo:environment:staging", "repo:acme@1001/monorepo@4001:environment:staging"],
        ref: "refs/heads/main",
      }),
    });
  });
});
