import {
  CreateLaunchTemplateCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  EC2Client,
  type Instance,
  type RequestLaunchTemplateData,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";

let emulator: TestEmulator;
let ec2: EC2Client;
let SubnetId: string | undefined;
let GroupId: string | undefined;

beforeAll(async () => {
  emulator = await startTestEmulator();
  const credentials = { accessKeyId: "x", secretAccessKey: "x" };
  ec2 = new EC2Client({ endpoint: emulator.url, region: "eu-west-3", credentials });
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: "10.0.0.0/24" }));
  SubnetId = Subnet?.SubnetId;
  const group = { GroupName: "closed", Description: "Closed", VpcId: Vpc?.VpcId };
  ({ GroupId } = await ec2.send(new CreateSecurityGroupCommand(group)));
}, 60_000);

afterAll(() => stopTestEmulator(emulator), 60_000);

let templates = 0;

/** An instance of a template, as it is described afterwards. */
async function launched(
  LaunchTemplateData: RequestLaunchTemplateData,
  own: Partial<RunInstancesCommandInput> = {},
): Promise<Instance | undefined> {
  const LaunchTemplateName = `template-${++templates}`;
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData }));
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({ LaunchTemplate: { LaunchTemplateName }, MinCount: 1, MaxCount: 1, ...own }),
  );
  const InstanceIds = Instances.map(({ InstanceId = "" }) => InstanceId);
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  return Reservations[0]?.Instances?.[0];
}

async function disksOf(instance: Instance | undefined) {
  const disks = instance?.BlockDeviceMappings ?? [];
  const VolumeIds = disks.map(({ Ebs }) => Ebs?.VolumeId ?? "");
  const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({ VolumeIds }));
  return disks.map(({ DeviceName, Ebs }) => {
    const volume = Volumes.find(({ VolumeId }) => VolumeId === Ebs?.VolumeId);
    return { DeviceName, goes: Ebs?.DeleteOnTermination, Encrypted: volume?.Encrypted, Size: volume?.Size };
  });
}

const IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

describe("an instance of a launch template", () => {
  test("stands in the template's subnet, with its security group", async () => {
    const instance = await launched({
      ImageId: IMAGE,
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          SubnetId,
          Groups: [GroupId ?? ""],
          AssociatePublicIpAddress: true,
          DeleteOnTermination: true,
        },
      ],
    });
    expect(instance).toMatchObject({ SubnetId, PublicIpAddress: expect.any(String) });
    expect(instance?.NetworkInterfaces?.map((it) => ({ SubnetId: it.SubnetId, Groups: it.Groups }))).toEqual([
      { SubnetId, Groups: [{ GroupId, GroupName: "closed" }] },
    ]);
  });

  test("stands where the request says, if that says so", async () => {
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: await vpcOf(), CidrBlock: "10.0.1.0/24" }));
    const NetworkInterfaces = [{ DeviceIndex: 0, SubnetId: Subnet?.SubnetId }];
    const template = { ImageId: IMAGE, NetworkInterfaces: [{ DeviceIndex: 0, SubnetId }] };
    expect(await launched(template, { NetworkInterfaces })).toMatchObject({ SubnetId: Subnet?.SubnetId });
  });

  test("has the image that a parameter names, and its architecture", async () => {
    expect(await launched({ ImageId: IMAGE })).toMatchObject({
      ImageId: expect.stringMatching(/^ami-[0-9a-f]{17}$/),
      Architecture: "arm64",
      RootDeviceName: "/dev/xvda",
    });
  });

  test("has one root disk, the template's, which goes with it", async () => {
    const disk = { DeviceName: "/dev/xvda", Ebs: { Encrypted: true, VolumeSize: 16 } };
    expect(await disksOf(await launched({ ImageId: IMAGE, BlockDeviceMappings: [disk] }))).toEqual([
      { DeviceName: "/dev/xvda", goes: true, Encrypted: true, Size: 16 },
    ]);
  });
});

async function vpcOf(): Promise<string | undefined> {
  const instance = await launched({ ImageId: IMAGE, NetworkInterfaces: [{ DeviceIndex: 0, SubnetId }] });
  return instance?.VpcId;
}
