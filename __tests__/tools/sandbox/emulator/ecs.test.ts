import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from "@aws-sdk/client-ecs";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";

let emulator: TestEmulator;

beforeAll(async () => {
  emulator = await startTestEmulator();
}, 60_000);

afterAll(() => stopTestEmulator(emulator));

test("a task that has been stopped leaves nothing in its subnet", async () => {
  const client = {
    endpoint: emulator.url,
    region: "eu-west-1",
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  };
  const [ec2, ecs] = [new EC2Client(client), new ECSClient(client)];
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: Vpc?.VpcId, EnableDnsHostnames: { Value: true } }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: "10.0.0.0/24" }));
  const subnet = Subnet?.SubnetId ?? "";
  const interfaces = async () => {
    const Filters = [{ Name: "subnet-id", Values: [subnet] }];
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    return NetworkInterfaces?.length;
  };

  await ecs.send(new CreateClusterCommand({ clusterName: "jobs" }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: "migrate",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      containerDefinitions: [{ name: "migrate", image: "migrate:1" }],
    }),
  );
  const { tasks = [] } = await ecs.send(
    new RunTaskCommand({
      cluster: "jobs",
      taskDefinition: "migrate",
      launchType: "FARGATE",
      networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], securityGroups: [] } },
    }),
  );
  expect(await interfaces()).toBe(1);

  await ecs.send(new StopTaskCommand({ cluster: "jobs", task: tasks[0]?.taskArn }));
  expect(await interfaces()).toBe(0);
  await ec2.send(new DeleteSubnetCommand({ SubnetId: subnet }));
}, 60_000);
