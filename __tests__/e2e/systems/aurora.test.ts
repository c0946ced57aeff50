import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  type ServiceNamespace,
} from "@aws-sdk/client-application-auto-scaling";
import {
  BackupClient,
  GetBackupPlanCommand,
  ListBackupPlansCommand,
  ListBackupVaultsCommand,
} from "@aws-sdk/client-backup";
import { CloudFrontClient, GetDistributionCommand, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import {
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeGlobalClustersCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  alarmThresholds,
  gitHubTrusts,
  logRetention,
  rolesOf,
  taskDefinitions,
  variablesOf,
} from "../../support/deployed-aws";
import { type DeployedSystem, describeDeployment } from "../../support/deployed-system";

const REGION = "us-east-1";
const SECOND = "us-west-2";
const ACCOUNT = "123456789012";

describeDeployment("aurora", "staging", (deployed) => {
  test("has one writer, private and encrypted, restorable to any second of 7 days", async () => {
    expect(await clusters(deployed, REGION)).toEqual([
      { engine: "aurora-postgresql", version: "15", encrypted: true, backupDays: 7, members: ["braid-staging-db-1"] },
    ]);
    expect(await instances(deployed, REGION)).toEqual([
      { name: "braid-staging-db-1", instanceClass: "db.t4g.medium", publicly: false },
    ]);
  });

  test("runs 1 to 2 tasks of the API, more at 70 % CPU or 80 % memory", async () => {
    expect(await scaling(deployed, "ecs")).toEqual({
      targets: [{ id: "service/braid-staging/braid-staging-api", min: 1, max: 2 }],
      policies: [
        { metric: "ECSServiceAverageCPUUtilization", target: 70, out: 60, in: 300 },
        { metric: "ECSServiceAverageMemoryUtilization", target: 80, out: 60, in: 300 },
      ],
    });
  });

  test("keeps every log for 30 days, and the logs of the network's flows", async () => {
    const days = await logRetention(deployed.client(REGION));
    expect(Object.values(days).filter((kept) => kept !== 30)).toEqual([]);
    expect(Object.keys(days).length).toBeGreaterThan(0);
    expect(await flowLogs(deployed)).toEqual(["ALL"]);
  });

  test("serves the site at its name, by CloudFront alone", async () => {
    expect(await distributions(deployed)).toEqual([
      {
        aliases: ["staging.example.com"],
        tls: "TLSv1.2_2021",
        toHttps: ["redirect-to-https", "https-only"],
        origins: [
          `braid-staging-app-site-${ACCOUNT}.s3.${REGION}.amazonaws.com, signed`,
          "api.staging.example.com, https-only",
        ],
        paths: ["/api/*"],
      },
    ]);
  });

  test("is changed and released by GitHub Actions of one repository", async () => {
    const roles = await rolesOf(deployed.client(REGION), "braid");
    expect(Object.keys(gitHubTrusts(roles)).sort()).toEqual([
      "braid-staging-deploy",
      "braid-staging-plan",
      "braid-staging-push-app",
      "braid-staging-release-app",
    ]);
    expect(gitHubTrusts(roles)["braid-staging-push-app"]).toEqual(
      trusted(["repo:acme/braid:environment:staging", "repo:acme@1001/braid@5001:environment:staging"]),
    );
  });
});

describeDeployment("aurora", "prod", (deployed) => {
  describe("the alarms of the document", () => {
    test.each([
      ["p99 of the API's response time above 2 s", "braid-prod-service-api-p99", "> 2"],
      ["the API's error rate above 1 %", "braid-prod-service-api-errors", "> 1"],
      ["CPU of the tasks above 85 %", "braid-prod-service-api-cpu", "> 85"],
      ["CPU of Aurora's writer above 80 %", "braid-prod-database-cluster-database-writer-cpu", "> 80"],
      ["CPU of Aurora's readers above 80 %", "braid-prod-database-cluster-database-reader-cpu", "> 80"],
      // a db.r6g.large accepts 1600
      ["connections to the writer above 80 %", "braid-prod-database-cluster-database-writer-connections", "> 1280"],
      ["connections to the readers above 80 %", "braid-prod-database-cluster-database-reader-connections", "> 1280"],
    ])("%s", async (_what, name, threshold) => {
      expect(await alarmThresholds(deployed.client(REGION))).toMatchObject({ [name]: threshold });
    });
  });

  test("runs 2 to 10 tasks of the API: out within a minute, in after five", async () => {
    expect(await scaling(deployed, "ecs")).toEqual({
      targets: [{ id: "service/braid-prod/braid-prod-api", min: 2, max: 10 }],
      policies: [
        { metric: "ECSServiceAverageCPUUtilization", target: 70, out: 60, in: 300 },
        { metric: "ECSServiceAverageMemoryUtilization", target: 80, out: 60, in: 300 },
      ],
    });
  });

  test("runs the API as the document says, and rolls back a release that fails", async () => {
    const { services = [] } = await new ECSClient(deployed.client(REGION)).send(
      new DescribeServicesCommand({ cluster: "braid-prod", services: ["braid-prod-api"] }),
    );
    expect(
      services.map(({ networkConfiguration, deploymentConfiguration }) => ({
        publicIp: networkConfiguration?.awsvpcConfiguration?.assignPublicIp,
        breaker: deploymentConfiguration?.deploymentCircuitBreaker,
      })),
    ).toEqual([{ publicIp: "DISABLED", breaker: expect.objectContaining({ enable: true, rollback: true }) }]);
    const { "braid-prod-api": task } = await taskDefinitions(deployed.client(REGION));
    expect({ cpu: task?.cpu, memory: task?.memory }).toEqual({ cpu: "512", memory: "1024" });
  });

  test("has a writer and a reader, to which AWS adds up to two at 70 % CPU of the readers", async () => {
    const before = { engine: "aurora-postgresql", version: "15", encrypted: true, backupDays: 7 };
    expect(await clusters(deployed, REGION)).toEqual([{ ...before, members: ["braid-prod-db-1", "braid-prod-db-2"] }]);
    const large = { instanceClass: "db.r6g.large", publicly: false };
    expect(await instances(deployed, REGION)).toEqual([
      { name: "braid-prod-db-1", ...large },
      { name: "braid-prod-db-2", ...large },
    ]);
    expect(await scaling(deployed, "rds")).toEqual({
      targets: [{ id: "cluster:braid-prod-db", min: 1, max: 3 }],
      policies: [{ metric: "RDSReaderAverageCPUUtilization", target: 70, out: 300, in: 300 }],
    });
  });

  test("has a replica of the database in the second region", async () => {
    const { GlobalClusters = [] } = await new RDSClient(deployed.client(REGION)).send(
      new DescribeGlobalClustersCommand({}),
    );
    const [members = []] = GlobalClusters.map(({ GlobalClusterMembers = [] }) => GlobalClusterMembers);
    expect(
      members.map(({ DBClusterArn, IsWriter }) => `${DBClusterArn} ${IsWriter === true ? "writes" : "follows"}`).sort(),
    ).toEqual([
      `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:braid-prod-db writes`,
      `arn:aws:rds:${SECOND}:${ACCOUNT}:cluster:braid-prod-db-standby follows`,
    ]);
    expect(await clusters(deployed, SECOND)).toEqual([
      {
        engine: "aurora-postgresql",
        version: "15",
        encrypted: true,
        backupDays: 7,
        members: ["braid-prod-db-standby-1"],
      },
    ]);
  });

  test("backs up daily for 7 days, with a copy in the second region", async () => {
    const backup = new BackupClient(deployed.client(REGION));
    const { BackupPlansList = [] } = await backup.send(new ListBackupPlansCommand({}));
    expect(BackupPlansList).toHaveLength(1);
    const { BackupPlan } = await backup.send(
      new GetBackupPlanCommand({ BackupPlanId: BackupPlansList[0]?.BackupPlanId }),
    );
    expect(BackupPlan?.Rules).toEqual([
      expect.objectContaining({
        ScheduleExpression: expect.stringMatching(/^cron\(\d+ \d+ \* \* \? \*\)$/),
        TargetBackupVaultName: "braid-prod",
        Lifecycle: expect.objectContaining({ DeleteAfterDays: 7 }),
        CopyActions: [
          expect.objectContaining({
            DestinationBackupVaultArn: `arn:aws:backup:${SECOND}:${ACCOUNT}:backup-vault:braid-prod`,
          }),
        ],
      }),
    ]);
    for (const region of [REGION, SECOND]) {
      const { BackupVaultList = [] } = await new BackupClient(deployed.client(region)).send(
        new ListBackupVaultsCommand({}),
      );
      expect(BackupVaultList.map(({ BackupVaultName }) => BackupVaultName)).toEqual(["braid-prod"]);
    }
  });

  describe("the attachments", () => {
    const bucket = `braid-prod-attachments-${ACCOUNT}`;

    test("are copied to the second region, whatever is written", async () => {
      const { ReplicationConfiguration } = await s3(deployed).send(new GetBucketReplicationCommand({ Bucket: bucket }));
      expect(ReplicationConfiguration?.Rules).toEqual([
        expect.objectContaining({
          Status: "Enabled",
          Filter: {}, // every object
          Destination: expect.objectContaining({
            Bucket: expect.stringMatching(/^arn:aws:s3:::braid-prod-attachments-/),
          }),
          DeleteMarkerReplication: { Status: "Enabled" },
        }),
      ]);
      const replica = ReplicationConfiguration?.Rules?.[0]?.Destination?.Bucket?.replace("arn:aws:s3:::", "");
      const { Status } = await s3(deployed, SECOND).send(new GetBucketVersioningCommand({ Bucket: replica }));
      expect(Status).toBe("Enabled");
    });

    test("keep former versions for 90 days, and move to the cheaper tier by themselves", async () => {
      const { Status } = await s3(deployed).send(new GetBucketVersioningCommand({ Bucket: bucket }));
      expect(Status).toBe("Enabled");
      const { Rules = [] } = await s3(deployed).send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
      expect(
        Rules.flatMap(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration?.NoncurrentDays ?? []),
      ).toEqual([90]);
      expect(Rules.flatMap(({ Transitions = [] }) => Transitions.map(({ StorageClass }) => StorageClass))).toEqual([
        "INTELLIGENT_TIERING",
      ]);
    });

    test("are encrypted with S3's own keys", async () => {
      const { ServerSideEncryptionConfiguration } = await s3(deployed).send(
        new GetBucketEncryptionCommand({ Bucket: bucket }),
      );
      expect(
        ServerSideEncryptionConfiguration?.Rules?.map(
          ({ ApplyServerSideEncryptionByDefault }) => ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
        ),
      ).toEqual(["AES256"]);
    });
  });

  test("has no bucket that is public", async () => {
    const { Buckets = [] } = await s3(deployed).send(new ListBucketsCommand({}));
    expect(Buckets.length).toBeGreaterThan(2);
    for (const { Name } of Buckets) {
      const { PublicAccessBlockConfiguration } = await s3(deployed).send(
        new GetPublicAccessBlockCommand({ Bucket: Name }),
      );
      expect({ Name, ...PublicAccessBlockConfiguration }).toEqual({
        Name,
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  test("keeps every log for 30 days, in both regions, and the logs of the network's flows", async () => {
    for (const region of [REGION, SECOND]) {
      const days = await logRetention(deployed.client(region));
      expect(Object.entries(days).filter(([, kept]) => kept !== 30)).toEqual([]);
      expect(Object.keys(days).length).toBeGreaterThan(0);
    }
    expect(await flowLogs(deployed)).toEqual(["ALL"]);
  });

  test("leaves private subnets through NAT in every zone", async () => {
    const { NatGateways = [] } = await new EC2Client(deployed.client(REGION)).send(new DescribeNatGatewaysCommand({}));
    expect(NatGateways.map(({ State }) => State)).toEqual(["available", "available", "available"]);
  });

  test("speaks TLS 1.3 and 1.2, and sends plain HTTP there", async () => {
    const elb = new ElasticLoadBalancingV2Client(deployed.client(REGION));
    const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
    expect(LoadBalancers).toHaveLength(1);
    const { Listeners = [] } = await elb.send(
      new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn }),
    );
    expect(
      Listeners.map(({ Port, Protocol, SslPolicy, DefaultActions = [] }) => {
        const redirect = DefaultActions[0]?.RedirectConfig;
        return Protocol === "HTTPS" ? `${Port} ${SslPolicy}` : `${Port} to ${redirect?.Protocol} ${redirect?.Port}`;
      }).sort(),
    ).toEqual(["443 ELBSecurityPolicy-TLS13-1-2-2021-06", "80 to HTTPS 443"]);
  });

  test("serves the site by CloudFront, which alone may read its bucket", async () => {
    expect(await distributions(deployed)).toEqual([
      {
        aliases: ["app.example.com"],
        tls: "TLSv1.2_2021",
        toHttps: ["redirect-to-https", "https-only"],
        origins: [`braid-prod-app-site-${ACCOUNT}.s3.${REGION}.amazonaws.com, signed`, "api.example.com, https-only"],
        paths: ["/api/*"],
      },
    ]);
    const { Policy = "{}" } = await s3(deployed).send(
      new GetBucketPolicyCommand({ Bucket: `braid-prod-app-site-${ACCOUNT}` }),
    );
    const { Statement } = JSON.parse(Policy) as { Statement: Array<Record<string, unknown>> };
    const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
    expect(allowed.length).toBeGreaterThan(0);
    for (const statement of allowed) {
      expect(statement).toMatchObject({
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceArn": expect.stringMatching(`^arn:aws:cloudfront::${ACCOUNT}:distribution/`) },
        },
      });
    }
  });

  test("gives the API the ARNs of its secrets, and writes no secret into a task definition or a state", async () => {
    const definitions = await taskDefinitions(deployed.client(REGION));
    const database = ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_READER_HOST"];
    expect(
      Object.fromEntries(Object.entries(definitions).map(([family, task]) => [family, variablesOf(task)])),
    ).toEqual({
      "braid-prod-api": {
        api: {
          clear: ["BUCKET_ATTACHMENTS", ...database, "DATABASE_SECRET_ARN", "JWT_PRIVATE_KEY_SECRET_ARN"],
          secret: [],
        },
      },
      "braid-prod-migrate-once": {
        "migrate-once": { clear: database, secret: ["DATABASE_PASSWORD", "DATABASE_USER"] },
      },
    });
    const values = await secretValues(deployed);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(JSON.stringify(definitions)).not.toContain(value);
    for (const { name } of deployed.stacks) {
      for (const value of values) expect(deployed.state(name)).not.toContain(value);
    }
  });

  test("is changed and released by GitHub Actions of one repository, each role by exact subjects", async () => {
    const roles = await rolesOf(deployed.client(REGION), "braid");
    const inProd = trusted(["repo:acme/braid:environment:prod", "repo:acme@1001/braid@5001:environment:prod"]);
    expect(gitHubTrusts(roles)).toEqual({
      "braid-prod-plan": trusted(["repo:acme/braid:pull_request", "repo:acme@1001/braid@5001:pull_request"]),
      "braid-prod-deploy": inProd,
      "braid-prod-release-app": inProd,
    });
  });

  test("gives no role more than its boundary, also in the second region", async () => {
    const roles = await rolesOf(deployed.client(REGION), "braid");
    expect(roles.length).toBeGreaterThan(8);
    const boundary = new RegExp(`^arn:aws:iam::${ACCOUNT}:policy/delivery/braid-prod-(delivery-)?boundary$`);
    expect(roles.filter((role) => !boundary.test(role.boundary ?? ""))).toEqual([]);
  });
});

function s3(deployed: DeployedSystem, region = REGION): S3Client {
  return new S3Client({ ...deployed.client(region), forcePathStyle: true });
}

async function clusters(deployed: DeployedSystem, region: string) {
  const { DBClusters = [] } = await new RDSClient(deployed.client(region)).send(new DescribeDBClustersCommand({}));
  return DBClusters.map((cluster) => ({
    engine: cluster.Engine,
    version: cluster.EngineVersion,
    encrypted: cluster.StorageEncrypted,
    backupDays: cluster.BackupRetentionPeriod,
    members: cluster.DBClusterMembers?.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).sort(),
  }));
}

async function instances(deployed: DeployedSystem, region: string) {
  const { DBInstances = [] } = await new RDSClient(deployed.client(region)).send(new DescribeDBInstancesCommand({}));
  return DBInstances.map((instance) => ({
    name: instance.DBInstanceIdentifier ?? "",
    instanceClass: instance.DBInstanceClass,
    publicly: instance.PubliclyAccessible,
  })).sort((one, other) => one.name.localeCompare(other.name));
}

async function scaling(deployed: DeployedSystem, namespace: ServiceNamespace) {
  const client = new ApplicationAutoScalingClient(deployed.client(REGION));
  const of = { ServiceNamespace: namespace };
  const { ScalableTargets = [] } = await client.send(new DescribeScalableTargetsCommand(of));
  const { ScalingPolicies = [] } = await client.send(new DescribeScalingPoliciesCommand(of));
  return {
    targets: ScalableTargets.map(({ ResourceId, MinCapacity, MaxCapacity }) => ({
      id: ResourceId,
      min: MinCapacity,
      max: MaxCapacity,
    })),
    policies: ScalingPolicies.map(({ TargetTrackingScalingPolicyConfiguration: tracking }) => ({
      metric: tracking?.PredefinedMetricSpecification?.PredefinedMetricType ?? "",
      target: tracking?.TargetValue,
      out: tracking?.ScaleOutCooldown,
      in: tracking?.ScaleInCooldown,
    })).sort((one, other) => one.metric.localeCompare(other.metric)),
  };
}

/** The traffic that the network's flow logs record. */
async function flowLogs(deployed: DeployedSystem) {
  const ec2 = new EC2Client(deployed.client(REGION));
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const ours = new Set(Vpcs.filter(({ IsDefault }) => !IsDefault).map(({ VpcId }) => VpcId));
  const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand({}));
  return FlowLogs.filter(({ ResourceId }) => ours.has(ResourceId)).map(({ TrafficType }) => TrafficType);
}

async function distributions(deployed: DeployedSystem) {
  const cloudFront = new CloudFrontClient(deployed.client(REGION));
  const { DistributionList } = await cloudFront.send(new ListDistributionsCommand({}));
  const ids = DistributionList?.Items?.map(({ Id }) => Id) ?? [];
  const found = await Promise.all(ids.map((Id) => cloudFront.send(new GetDistributionCommand({ Id }))));
  return found.map(({ Distribution }) => {
    const config = Distribution?.DistributionConfig;
    const behaviors = config?.CacheBehaviors?.Items ?? [];
    return {
      aliases: config?.Aliases?.Items,
      tls: config?.ViewerCertificate?.MinimumProtocolVersion,
      toHttps: [config?.DefaultCacheBehavior, ...behaviors].map((behavior) => behavior?.ViewerProtocolPolicy),
      origins: config?.Origins?.Items?.map(
        ({ DomainName, CustomOriginConfig, OriginAccessControlId }) =>
          `${DomainName}, ${OriginAccessControlId ? "signed" : CustomOriginConfig?.OriginProtocolPolicy}`,
      ),
      paths: behaviors.map(({ PathPattern }) => PathPattern),
    };
  });
}

/** Passwords and keys that Secrets Manager holds. */
async function secretValues(deployed: DeployedSystem): Promise<string[]> {
  const client = new SecretsManagerClient(deployed.client(REGION));
  const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
  const passwords = SecretList.filter(({ Name = "" }) => Name.endsWith("db-master"));
  const found = await Promise.all(
    passwords.map(({ ARN }) => client.send(new GetSecretValueCommand({ SecretId: ARN }))),
  );
  return found.map(({ SecretString = "{}" }) => (JSON.parse(SecretString) as { password: string }).password);
}

/** What a role of GitHub Actions demands of a token. */
function trusted(sub: readonly string[]) {
  return {
    StringEquals: expect.objectContaining({ sub, repository_id: "5001", repository_owner_id: "1001" }) as unknown,
  };
}
