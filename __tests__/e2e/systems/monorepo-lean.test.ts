import {
  AppRunnerClient,
  DescribeServiceCommand,
  DescribeVpcConnectorCommand,
  ListServicesCommand,
} from "@aws-sdk/client-apprunner";
import { DescribeInstancesCommand, DescribeNatGatewaysCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { rolesOf, subnetNames, taskDefinitions, variablesOf, waysInto } from "../../support/deployed-aws";
import { describeDeployment, type DeployedSystem } from "../../support/deployed-system";

const REGION = "us-east-1";

describeDeployment("monorepo-lean", "staging", (deployed) => {
  test("runs the API on App Runner, healthy when /health answers, with the database's password by reference", async () => {
    const service = await appRunnerService(deployed);
    const { ImageRepository } = service?.SourceConfiguration ?? {};
    expect(ImageRepository?.ImageIdentifier).toMatch(
      /^123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com\/lean\/backend:/,
    );
    expect(service?.HealthCheckConfiguration).toMatchObject({ Protocol: "HTTP", Path: "/health" });
    const { RuntimeEnvironmentVariables = {}, RuntimeEnvironmentSecrets = {} } =
      ImageRepository?.ImageConfiguration ?? {};
    expect(Object.keys(RuntimeEnvironmentVariables).sort()).toEqual([
      "DATABASE_HOST",
      "DATABASE_NAME",
      "DATABASE_PORT",
    ]);
    expect(Object.keys(RuntimeEnvironmentSecrets).sort()).toEqual(["DATABASE_PASSWORD", "DATABASE_USER", "REDIS_URL"]);
    for (const source of Object.values(RuntimeEnvironmentSecrets)) {
      expect(source).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:/);
    }
  });

  test("connects it to the private subnets of the VPC", async () => {
    const service = await appRunnerService(deployed);
    const { EgressType, VpcConnectorArn } = service?.NetworkConfiguration?.EgressConfiguration ?? {};
    expect(EgressType).toBe("VPC");
    const { VpcConnector } = await new AppRunnerClient(deployed.client(REGION)).send(
      new DescribeVpcConnectorCommand({ VpcConnectorArn }),
    );
    expect(await subnetNames(deployed.client(REGION), VpcConnector?.Subnets)).toEqual([
      "lean-staging-private-a",
      "lean-staging-private-b",
    ]);
  });

  test("lets its connector and the migration into the database, and nobody else", async () => {
    expect(await waysInto(deployed.client(REGION), "lean-staging-db")).toEqual([
      "5432 from lean-staging-api-connector",
      "5432 from lean-staging-migrate-once-tasks",
    ]);
  });

  test("takes the image with one role and runs with another", async () => {
    const roles = await rolesOf(deployed.client(REGION), "lean-staging-api");
    expect(
      Object.fromEntries(roles.map(({ name, trust }) => [name, trust.map(({ Principal }) => Principal.Service)])),
    ).toEqual({
      "lean-staging-api-access": ["build.apprunner.amazonaws.com"],
      "lean-staging-api-instance": ["tasks.apprunner.amazonaws.com"],
    });
  });

  test("migrates once, in a task of its own", async () => {
    const definitions = await taskDefinitions(deployed.client(REGION));
    expect(Object.entries(definitions).map(([family, task]) => [family, variablesOf(task)])).toEqual([
      [
        "lean-staging-migrate-once",
        {
          "migrate-once": {
            clear: ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT"],
            secret: ["DATABASE_PASSWORD", "DATABASE_USER"],
          },
        },
      ],
    ]);
  });

  test("needs no load balancer and no NAT gateway: one small instance leads out", async () => {
    const client = deployed.client(REGION);
    const { LoadBalancers } = await new ElasticLoadBalancingV2Client(client).send(new DescribeLoadBalancersCommand({}));
    const ec2 = new EC2Client(client);
    const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({}));
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    expect({ LoadBalancers, NatGateways }).toEqual({ LoadBalancers: [], NatGateways: [] });
    expect(instances.map(({ InstanceType, MetadataOptions }) => [InstanceType, MetadataOptions?.HttpTokens])).toEqual([
      ["t4g.nano", "required"],
    ]);
  });
});

async function appRunnerService(deployed: DeployedSystem) {
  const appRunner = new AppRunnerClient(deployed.client(REGION));
  const { ServiceSummaryList = [] } = await appRunner.send(new ListServicesCommand({}));
  expect(ServiceSummaryList.map(({ ServiceName }) => ServiceName)).toEqual(["lean-staging-api"]);
  const { Service } = await appRunner.send(
    new DescribeServiceCommand({ ServiceArn: ServiceSummaryList[0]?.ServiceArn }),
  );
  return Service;
}
