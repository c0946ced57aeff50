import {
  DescribeInstanceAttributeCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeVolumesCommand,
  DescribeVpcPeeringConnectionsCommand,
  EC2Client,
  type Instance,
  paginateDescribeInstances,
} from "@aws-sdk/client-ec2";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import {
  DescribeAssociationCommand,
  GetDocumentCommand,
  GetParameterCommand,
  ListAssociationsCommand,
  ListDocumentsCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { allowedTo, bucketSafety, gitHubTrusts, rolesOf, subnetNames, waysInto } from "../../support/deployed-aws";
import { type DeployedSystem, describeDeployment } from "../../support/deployed-system";

const REGION = "us-east-1";
const ACCOUNT = "123456789012";
const ENV_FILES = `tiny-shared-env-files-${ACCOUNT}`;
const API = "tiny-staging-api";
const BASTION = "tiny-shared-migrations";

describeDeployment("docker-host", "staging", (deployed) => {
  describe("its hosts", () => {
    test("are one for the API and one for migrations, both small, without a key pair, and with IMDSv2 alone", async () => {
      const described = [...(await instances(deployed)).entries()].map(([name, instance]) => ({
        name,
        type: instance.InstanceType,
        key: instance.KeyName,
        tokens: instance.MetadataOptions?.HttpTokens,
        hops: instance.MetadataOptions?.HttpPutResponseHopLimit,
      }));
      // a second hop, because the API's container reaches its bucket with the role of the host
      expect(described).toEqual([
        { name: BASTION, type: "t4g.micro", key: undefined, tokens: "required", hops: 1 },
        { name: API, type: "t4g.micro", key: undefined, tokens: "required", hops: 2 },
      ]);
    });

    test("have one disk each, encrypted", async () => {
      const { Volumes = [] } = await ec2(deployed).send(new DescribeVolumesCommand({}));
      expect(Volumes.map(({ Encrypted, VolumeType, Size }) => ({ Encrypted, VolumeType, Size }))).toEqual([
        { Encrypted: true, VolumeType: "gp3", Size: 16 },
        { Encrypted: true, VolumeType: "gp3", Size: 16 },
      ]);
    });

    test("stand in public subnets with their own security group alone, since nobody pays for NAT", async () => {
      const found = await instances(deployed);
      const placed = await Promise.all(
        [...found.values()].map(async ({ SubnetId = "", NetworkInterfaces = [] }) => ({
          subnets: await subnetNames(deployed.client(REGION), [SubnetId]),
          groups: NetworkInterfaces.flatMap(({ Groups = [] }) => Groups.map(({ GroupName }) => GroupName)),
        })),
      );
      expect(placed).toEqual([
        { subnets: ["tiny-shared-public-a"], groups: [`${BASTION}-host`] },
        { subnets: ["tiny-staging-public-a"], groups: [`${API}-host`] },
      ]);
      const { NatGateways } = await ec2(deployed).send(new DescribeNatGatewaysCommand({}));
      expect(NatGateways).toEqual([]);
    });

    test("let in nobody but Cloudflare, on the ports of HTTP and HTTPS; nothing anywhere admits SSH", async () => {
      const ways = await waysInto(deployed.client(REGION), `${API}-host`);
      const ports = new Set(ways.map((way) => way.split(" ")[0]));
      expect([...ports].sort()).toEqual(["443", "80"]);
      expect(ways.length).toBe(30);
      expect(ways).toContain("443 from 104.16.0.0/13");
      expect(ways).not.toContain("443 from 0.0.0.0/0");
      expect(await waysInto(deployed.client(REGION), `${BASTION}-host`)).toEqual([]);
      const { SecurityGroupRules = [] } = await ec2(deployed).send(new DescribeSecurityGroupRulesCommand({}));
      const withSsh = SecurityGroupRules.filter(
        ({ IsEgress, FromPort = 0, ToPort = 65_535, CidrIpv4, CidrIpv6 }) =>
          IsEgress !== true && FromPort <= 22 && ToPort >= 22 && (CidrIpv4 ?? CidrIpv6) !== undefined,
      );
      expect(withSsh).toEqual([]);
    });
  });

  describe("the release of the API", () => {
    test("is a document of Systems Manager, which takes an image tag and a version of the env file", async () => {
      const { Content = "{}" } = await ssm(deployed).send(new GetDocumentCommand({ Name: `${API}-deploy` }));
      const document = JSON.parse(Content) as CommandDocument;
      expect(Object.keys(document.parameters)).toEqual(["imageTag", "envFileVersion"]);
      const script = document.mainSteps.flatMap(({ inputs }) => inputs.runCommand).join("\n");
      expect(script).toContain(`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/tiny/api:`);
      expect(script).toContain(`aws s3 cp --only-show-errors "s3://${ENV_FILES}/.env-staging-$env_version"`);
    });

    test("is kept by an association with the pinned version, on the one host", async () => {
      const { Associations = [] } = await ssm(deployed).send(new ListAssociationsCommand({}));
      expect(Associations.map(({ Name }) => Name)).toEqual([`${API}-deploy`]);
      const { AssociationDescription } = await ssm(deployed).send(
        new DescribeAssociationCommand({ AssociationId: Associations[0]?.AssociationId }),
      );
      expect(AssociationDescription).toMatchObject({
        Parameters: { envFileVersion: ["v1.0.0"] },
        Targets: [{ Key: "InstanceIds", Values: [(await instances(deployed)).get(API)?.InstanceId] }],
        ScheduleExpression: "rate(30 minutes)",
      });
    });

    test("may be run by the backend's workflow from `main`, on the host of staging alone", async () => {
      expect(
        await allowedTo(deployed.client(REGION), "tiny-staging-release-backend", "tiny-staging-release-backend"),
      ).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            Action: ["ssm:SendCommand"],
            Resource: [`arn:aws:ssm:${REGION}:${ACCOUNT}:document/${API}-deploy`],
          }),
          expect.objectContaining({
            Action: ["ssm:SendCommand"],
            Resource: [`arn:aws:ec2:${REGION}:${ACCOUNT}:instance/*`],
            Condition: {
              StringEquals: {
                "aws:ResourceTag/Project": "tiny",
                "aws:ResourceTag/Environment": "staging",
                "aws:ResourceTag/Name": [API],
              },
            },
          }),
        ]),
      );
    });
  });

  describe("its database", () => {
    test("is MySQL 8.4 on the small class of the document, private and encrypted, its password with RDS", async () => {
      const { DBInstances = [] } = await new RDSClient(deployed.client(REGION)).send(
        new DescribeDBInstancesCommand({}),
      );
      expect(DBInstances).toEqual([
        expect.objectContaining({
          Engine: "mysql",
          EngineVersion: "8.4",
          DBInstanceClass: "db.t3.micro",
          PubliclyAccessible: false,
          StorageEncrypted: true,
          MasterUserSecret: expect.objectContaining({ SecretStatus: "active" }),
        }),
      ]);
    });

    test("admits the API's host and the bastion, and nobody else", async () => {
      expect(await waysInto(deployed.client(REGION), "tiny-staging-db")).toEqual([
        `3306 from ${BASTION}-host`,
        `3306 from ${API}-host`,
      ]);
    });

    test("is reached by the bastion through a peering, which no other subnet has a route to", async () => {
      const { VpcPeeringConnections = [] } = await ec2(deployed).send(new DescribeVpcPeeringConnectionsCommand({}));
      expect(VpcPeeringConnections).toEqual([
        expect.objectContaining({
          Status: expect.objectContaining({ Code: "active" }),
          RequesterVpcInfo: expect.objectContaining({ CidrBlock: "10.30.0.0/16" }),
          AccepterVpcInfo: expect.objectContaining({ CidrBlock: "10.255.255.0/24" }),
        }),
      ]);
      const { RouteTables = [] } = await ec2(deployed).send(new DescribeRouteTablesCommand({}));
      const routes = RouteTables.flatMap(({ Tags = [], Routes = [] }) =>
        Routes.filter(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId !== undefined).map(
          ({ DestinationCidrBlock }) => `${Tags.find(({ Key }) => Key === "Name")?.Value} to ${DestinationCidrBlock}`,
        ),
      );
      expect(routes.sort()).toEqual(["tiny-shared-public to 10.30.0.0/16", "tiny-staging-isolated to 10.255.255.0/24"]);
    });
  });

  describe("the bastion", () => {
    test("has a document for each environment, and one knows the database of staging", async () => {
      const { DocumentIdentifiers = [] } = await ssm(deployed).send(
        new ListDocumentsCommand({ Filters: [{ Key: "Owner", Values: ["Self"] }] }),
      );
      expect(DocumentIdentifiers.map(({ Name }) => Name).sort()).toEqual([
        "tiny-shared-migrate-prod",
        "tiny-shared-migrate-staging",
        `${API}-deploy`,
      ]);
      const { Content = "{}" } = await ssm(deployed).send(
        new GetDocumentCommand({ Name: "tiny-shared-migrate-staging" }),
      );
      const { parameters } = JSON.parse(Content) as CommandDocument;
      expect(parameters).toMatchObject({
        command: { allowedValues: ["migrate", "migrate:down", "migrate:status"] },
        envFileVersion: { default: "v1.0.0" },
      });
      const { Parameter } = await ssm(deployed).send(
        new GetParameterCommand({ Name: "/tiny-shared/migrations/staging" }),
      );
      expect(JSON.parse(Parameter?.Value ?? "{}")).toEqual({
        host: expect.stringMatching(/^tiny-staging-db\./),
        port: "3306",
        databaseName: "app",
        secretArn: await databaseSecret(deployed),
      });
    });

    test("may read the secret of this database, which the environment's own stack lets it", async () => {
      expect(await allowedTo(deployed.client(REGION), `${BASTION}-host`, "migrate-staging")).toEqual([
        expect.objectContaining({
          Action: ["secretsmanager:GetSecretValue"],
          Resource: [await databaseSecret(deployed)],
        }),
      ]);
    });

    test("looks every minute whether somebody uses it, and stops, never terminates", async () => {
      const InstanceId = (await instances(deployed)).get(BASTION)?.InstanceId;
      const attribute = async (Attribute: "userData" | "instanceInitiatedShutdownBehavior") =>
        ec2(deployed).send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute }));
      const { UserData } = await attribute("userData");
      const script = Buffer.from(UserData?.Value ?? "", "base64").toString();
      expect(script).toContain("systemctl enable --now stop-when-idle.timer");
      expect(script).toContain('[ "$idle" -lt 900 ] || systemctl poweroff');
      expect((await attribute("instanceInitiatedShutdownBehavior")).InstanceInitiatedShutdownBehavior?.Value).toBe(
        "stop",
      );
    });

    test("is started, and told to migrate staging, by the workflow of the migrations", async () => {
      const statements = await allowedTo(
        deployed.client(REGION),
        "tiny-staging-migrate-migrations",
        "tiny-staging-migrate-migrations",
      );
      expect(statements).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            Action: ["ssm:SendCommand"],
            Resource: [`arn:aws:ssm:${REGION}:${ACCOUNT}:document/tiny-shared-migrate-staging`],
          }),
          expect.objectContaining({
            Action: ["ec2:StartInstances"],
            Condition: { StringEquals: expect.objectContaining({ "aws:ResourceTag/Name": [BASTION] }) },
          }),
        ]),
      );
    });
  });

  describe("env files", () => {
    test("lie in a bucket that is private, encrypted and versioned, where nobody overwrites one", async () => {
      expect(await bucketSafety(deployed.client(REGION), ENV_FILES)).toEqual({
        private: true,
        encrypted: true,
        versioned: true,
      });
      const s3 = new S3Client({ ...deployed.client(REGION), forcePathStyle: true });
      const { Policy = "{}" } = await s3.send(new GetBucketPolicyCommand({ Bucket: ENV_FILES }));
      const { Statement } = JSON.parse(Policy) as { Statement: unknown[] };
      expect(Statement).toContainEqual(
        expect.objectContaining({
          Sid: "DenyOverwriting",
          Effect: "Deny",
          Principal: "*",
          Condition: expect.objectContaining({ Null: { "s3:if-none-match": "true" } }),
        }),
      );
    });

    test("are uploaded for staging by the backend's workflow, which reads none", async () => {
      const role = "tiny-staging-env-files-backend";
      expect(gitHubTrusts(await rolesOf(deployed.client(REGION), "tiny"))[role]).toEqual({
        StringEquals: {
          aud: "sts.amazonaws.com",
          sub: ["repo:acme/backend:environment:staging", "repo:acme@1001/backend@2002:environment:staging"],
          repository_id: "2002",
          repository_owner_id: "1001",
          ref: "refs/heads/main",
        },
      });
      expect(await allowedTo(deployed.client(REGION), role, role)).toEqual([
        {
          Sid: "UploadEnvFile1",
          Effect: "Allow",
          Action: ["s3:PutObject"],
          Resource: [`arn:aws:s3:::${ENV_FILES}/.env-staging-v*`],
          Condition: { Null: { "s3:if-none-match": "false" } },
        },
      ]);
    });
  });

  test("stops its host and its database at night and on weekends, and starts them again", async () => {
    const scheduler = new SchedulerClient(deployed.client(REGION));
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
    const schedules = await Promise.all(Schedules.map(({ Name }) => scheduler.send(new GetScheduleCommand({ Name }))));
    const InstanceIds = [(await instances(deployed)).get(API)?.InstanceId];
    const told = schedules.map(({ ScheduleExpression, ScheduleExpressionTimezone, Target }) => ({
      does: Target?.Arn?.replace("arn:aws:scheduler:::aws-sdk:", ""),
      with: JSON.parse(Target?.Input ?? "{}") as unknown,
      at: `${ScheduleExpression} ${ScheduleExpressionTimezone}`,
    }));
    const [evening, morning] = ["cron(0 20 ? * MON-FRI *) Europe/Paris", "cron(0 8 ? * MON-FRI *) Europe/Paris"];
    expect(told.sort((one, other) => ((one.does ?? "") < (other.does ?? "") ? -1 : 1))).toEqual([
      { does: "ec2:startInstances", with: { InstanceIds }, at: morning },
      { does: "ec2:stopInstances", with: { InstanceIds }, at: evening },
      { does: "rds:startDBInstance", with: { DbInstanceIdentifier: "tiny-staging-db" }, at: morning },
      { does: "rds:stopDBInstance", with: { DbInstanceIdentifier: "tiny-staging-db" }, at: evening },
    ]);
  });

  test("keeps uploads in a private bucket, and two private registries whose tags never move", async () => {
    expect(await bucketSafety(deployed.client(REGION), `tiny-staging-uploads-${ACCOUNT}`)).toEqual({
      private: true,
      encrypted: true,
      versioned: true,
    });
    const { repositories = [] } = await new ECRClient(deployed.client(REGION)).send(
      new DescribeRepositoriesCommand({}),
    );
    const movable = repositories.map(
      ({ repositoryName, imageTagMutability }) => `${repositoryName} ${imageTagMutability}`,
    );
    expect(movable.sort()).toEqual(["tiny/api IMMUTABLE", "tiny/migrations IMMUTABLE"]);
  });
});

interface CommandDocument {
  readonly parameters: Readonly<Record<string, object>>;
  readonly mainSteps: ReadonlyArray<{ readonly inputs: { readonly runCommand: readonly string[] } }>;
}

const ec2 = (deployed: DeployedSystem) => new EC2Client(deployed.client(REGION));
const ssm = (deployed: DeployedSystem) => new SSMClient(deployed.client(REGION));

/** Every instance by its name, sorted. */
async function instances(deployed: DeployedSystem): Promise<ReadonlyMap<string, Instance>> {
  const found: Array<[string, Instance]> = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2(deployed) }, {})) {
    for (const instance of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      found.push([instance.Tags?.find(({ Key }) => Key === "Name")?.Value ?? "", instance]);
    }
  }
  return new Map(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

async function databaseSecret(deployed: DeployedSystem): Promise<string | undefined> {
  const { DBInstances = [] } = await new RDSClient(deployed.client(REGION)).send(new DescribeDBInstancesCommand({}));
  return DBInstances[0]?.MasterUserSecret?.SecretArn;
}
