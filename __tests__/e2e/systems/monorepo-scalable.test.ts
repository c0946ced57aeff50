import { DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { subnetNames, taskDefinitions, variablesOf, waysInto } from "../../support/deployed-aws";
import { type DeployedSystem, describeDeployment } from "../../support/deployed-system";

const REGION = "us-east-1";

describeDeployment("monorepo-scalable", "staging", (deployed) => {
  test("has a host for Redis in a private subnet, without an address of its own and with IMDSv2 only", async () => {
    const host = await redisHost(deployed);
    expect({
      type: host?.InstanceType,
      publicAddress: host?.PublicIpAddress,
      metadata: host?.MetadataOptions?.HttpTokens,
      keyPair: host?.KeyName,
    }).toEqual({ type: "t4g.micro", publicAddress: undefined, metadata: "required", keyPair: undefined });
    expect(await subnetNames(deployed.client(REGION), [host?.SubnetId ?? ""])).toEqual(["wide-staging-private-a"]);
  });

  test("lets the tasks of the API into Redis, and nobody else", async () => {
    expect(await waysInto(deployed.client(REGION), "wide-staging-cache-host")).toEqual([
      "6379 from wide-staging-api-tasks",
    ]);
  });

  test("keeps the address of Redis in Secrets Manager, with a password that no state and no task definition has", async () => {
    const host = await redisHost(deployed);
    const { SecretString = "" } = await new SecretsManagerClient(deployed.client(REGION)).send(
      new GetSecretValueCommand({ SecretId: "wide-staging-cache" }),
    );
    const [, password = "", address] = /^redis:\/\/default:([A-Za-z0-9]{32,})@(.*):6379$/.exec(SecretString) ?? [];
    expect(address).toBe(host?.PrivateIpAddress);
    expect(password).not.toBe("");

    const definitions = await taskDefinitions(deployed.client(REGION));
    expect(JSON.stringify(definitions)).not.toContain(password);
    for (const { name } of deployed.stacks) expect(deployed.state(name)).not.toContain(password);
  });

  test("gives the API the address by reference", async () => {
    const { "wide-staging-api": task } = await taskDefinitions(deployed.client(REGION));
    expect(task && variablesOf(task)).toEqual({
      api: {
        clear: ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT"],
        secret: ["DATABASE_PASSWORD", "DATABASE_USER", "REDIS_URL"],
      },
    });
  });

  test("lets the API and the migration into the database, and nobody else", async () => {
    expect(await waysInto(deployed.client(REGION), "wide-staging-db")).toEqual([
      "5432 from wide-staging-api-tasks",
      "5432 from wide-staging-migrate-once-tasks",
    ]);
  });
});

async function redisHost(deployed: DeployedSystem) {
  const { Reservations = [] } = await new EC2Client(deployed.client(REGION)).send(new DescribeInstancesCommand({}));
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  expect(instances).toHaveLength(1);
  return instances[0];
}
