import {
  BackupClient,
  GetBackupPlanCommand,
  ListBackupPlansCommand,
  ListBackupVaultsCommand,
} from "@aws-sdk/client-backup";
import { DescribeNatGatewaysCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeGlobalClustersCommand, RDSClient } from "@aws-sdk/client-rds";
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import {
  alarmThresholds,
  gitHubTrusts,
  logRetention,
  rolesOf,
  taskDefinitions,
  variablesOf,
} from "../../support/deployed-aws";
import { describeDeployment } from "../../support/deployed-system";
import {
  REGION,
  SECOND,
  ACCOUNT,
  s3,
  clusters,
  instances,
  scaling,
  flowLogs,
  distributions,
  secretValues,
  trusted,
} from "../../support/deployed-aurora";

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
        origins: ["api.example.com, https-only", `braid-prod-app-site-${ACCOUNT}.s3.us-east-1.amazonaws.com, signed`],
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
