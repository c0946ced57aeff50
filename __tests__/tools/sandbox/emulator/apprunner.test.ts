import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../../support/emulator";
import { ACCOUNT, EmulatorCalls, REGION } from "../../../support/emulator-calls";

let emulator: TestEmulator;
let apprunner: EmulatorCalls;

beforeAll(async () => {
  emulator = await startTestEmulator();
  apprunner = new EmulatorCalls(emulator.url, "apprunner", "AppRunner");
}, 60_000);

afterAll(() => stopTestEmulator(emulator));

const image = {
  ImageRepository: {
    ImageIdentifier: "public.ecr.aws/x/y:latest",
    ImageRepositoryType: "ECR_PUBLIC",
    ImageConfiguration: { Port: "80" },
  },
};

interface Service {
  readonly Service: { readonly ServiceArn: string };
}

test("a service has App Runner's defaults, and runs as soon as it exists", async () => {
  const { Service } = (await apprunner.action("CreateService", {
    ServiceName: "plain",
    SourceConfiguration: image,
  })) as Service;
  const { ServiceArn } = Service;
  expect(ServiceArn).toMatch(new RegExp(`^arn:aws:apprunner:${REGION}:${ACCOUNT}:service/plain/[0-9a-f]{32}$`));
  expect(await apprunner.action("DescribeService", { ServiceArn })).toMatchObject({
    Service: {
      ServiceName: "plain",
      Status: "RUNNING",
      SourceConfiguration: { ...image, AutoDeploymentsEnabled: false },
      InstanceConfiguration: { Cpu: "1024", Memory: "2048" },
      HealthCheckConfiguration: { Protocol: "TCP", Interval: 5, Timeout: 2 },
      NetworkConfiguration: { EgressConfiguration: { EgressType: "DEFAULT" }, IpAddressType: "IPV4" },
      AutoScalingConfigurationSummary: { AutoScalingConfigurationName: "DefaultConfiguration" },
    },
  });
  await expect(apprunner.action("CreateService", { ServiceName: "plain", SourceConfiguration: image })).rejects.toThrow(
    "already exists",
  );
});

test("a service keeps what it was asked for until an update changes it, and lists what was done", async () => {
  const { AutoScalingConfiguration: scaling } = (await apprunner.action("CreateAutoScalingConfiguration", {
    AutoScalingConfigurationName: "api",
    MaxSize: 3,
  })) as { AutoScalingConfiguration: { AutoScalingConfigurationArn: string } };
  const { VpcConnector: connector } = (await apprunner.action("CreateVpcConnector", {
    VpcConnectorName: "api",
    Subnets: ["subnet-1"],
    SecurityGroups: ["sg-1"],
  })) as { VpcConnector: { VpcConnectorArn: string } };
  const { AutoScalingConfigurationArn } = scaling;
  const { VpcConnectorArn } = connector;
  expect(scaling).toMatchObject({ Latest: true, Status: "active", MinSize: 1, MaxSize: 3, MaxConcurrency: 100 });
  expect(connector).toMatchObject({ Status: "ACTIVE", Subnets: ["subnet-1"], SecurityGroups: ["sg-1"] });

  const egress = { EgressType: "VPC", VpcConnectorArn };
  const { Service } = (await apprunner.action("CreateService", {
    ServiceName: "api",
    SourceConfiguration: image,
    InstanceConfiguration: { Cpu: "0.25 vCPU", Memory: "0.5 GB", InstanceRoleArn: "role" },
    NetworkConfiguration: { EgressConfiguration: egress },
    AutoScalingConfigurationArn,
    Tags: [{ Key: "a", Value: "1" }],
  })) as Service;
  const { ServiceArn } = Service;
  await apprunner.action("UpdateService", { ServiceArn, InstanceConfiguration: { Cpu: "1 vCPU" } });
  expect(await apprunner.action("DescribeService", { ServiceArn })).toMatchObject({
    Service: {
      InstanceConfiguration: { Cpu: "1024", Memory: "512", InstanceRoleArn: "role" },
      NetworkConfiguration: { EgressConfiguration: egress },
      AutoScalingConfigurationSummary: { AutoScalingConfigurationArn, AutoScalingConfigurationRevision: 1 },
    },
  });
  expect(await apprunner.action("ListServices", {})).toMatchObject({
    ServiceSummaryList: expect.arrayContaining([
      expect.objectContaining({ ServiceName: "api", ServiceArn, Status: "RUNNING" }),
    ]) as unknown,
  });
  expect(await apprunner.action("ListOperations", { ServiceArn })).toMatchObject({
    OperationSummaryList: [{ Type: "UPDATE_SERVICE", Status: "SUCCEEDED" }, { Type: "CREATE_SERVICE" }],
  });

  await apprunner.action("TagResource", { ResourceArn: ServiceArn, Tags: [{ Key: "b", Value: "2" }] });
  await apprunner.action("UntagResource", { ResourceArn: ServiceArn, TagKeys: ["a"] });
  expect(await apprunner.action("ListTagsForResource", { ResourceArn: ServiceArn })).toEqual({
    Tags: [{ Key: "b", Value: "2" }],
  });

  await expect(apprunner.action("DeleteVpcConnector", { VpcConnectorArn })).rejects.toThrow("is used by service api");
  await expect(apprunner.action("DeleteAutoScalingConfiguration", { AutoScalingConfigurationArn })).rejects.toThrow(
    "is used by service api",
  );
  expect(await apprunner.action("DeleteService", { ServiceArn })).toMatchObject({ Service: { Status: "DELETED" } });
  await expect(apprunner.action("DescribeService", { ServiceArn })).rejects.toThrow("ResourceNotFoundException");
  expect(await apprunner.action("DeleteVpcConnector", { VpcConnectorArn })).toMatchObject({
    VpcConnector: { Status: "INACTIVE" },
  });
  expect(await apprunner.action("DeleteAutoScalingConfiguration", { AutoScalingConfigurationArn })).toMatchObject({
    AutoScalingConfiguration: { Status: "inactive" },
  });
});

test("a custom domain waits for its validation until it is taken away", async () => {
  const { Service } = (await apprunner.action("CreateService", {
    ServiceName: "domain",
    SourceConfiguration: image,
  })) as Service;
  const domain = { ServiceArn: Service.ServiceArn, DomainName: "api.example.com" };
  await apprunner.action("AssociateCustomDomain", { ...domain, EnableWWWSubdomain: false });
  expect(await apprunner.action("DescribeCustomDomains", { ServiceArn: Service.ServiceArn })).toMatchObject({
    CustomDomains: [
      {
        DomainName: "api.example.com",
        EnableWWWSubdomain: false,
        Status: "pending_certificate_dns_validation",
        CertificateValidationRecords: [{ Type: "CNAME" }],
      },
    ],
  });
  await apprunner.action("DisassociateCustomDomain", domain);
  await expect(apprunner.action("DisassociateCustomDomain", domain)).rejects.toThrow("ResourceNotFoundException");
});

test("regions are apart, and a reset empties them", async () => {
  const named = { VpcConnectorName: "there", Subnets: ["subnet-1"] };
  const { VpcConnector } = (await apprunner.action("CreateVpcConnector", named, "eu-central-1")) as {
    VpcConnector: { VpcConnectorArn: string };
  };
  const { VpcConnectorArn } = VpcConnector;
  expect(VpcConnectorArn).toContain(":eu-central-1:");
  await expect(apprunner.action("DescribeVpcConnector", { VpcConnectorArn })).rejects.toThrow(
    "ResourceNotFoundException",
  );
  await fetch(`${emulator.url}/moto-api/reset`, { method: "POST" });
  await expect(apprunner.action("DescribeVpcConnector", { VpcConnectorArn }, "eu-central-1")).rejects.toThrow(
    "ResourceNotFoundException",
  );
});

test("what nobody implements is refused by its name", async () => {
  await expect(apprunner.action("PauseService", {})).rejects.toThrow("apprunner.PauseService is not implemented");
});
