import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScheduledActionsCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { DescribeNatGatewaysCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import {
  allowedTo,
  gitHubTrusts,
  logRetention,
  rolesOf,
  subnetNames,
  taskDefinitions,
  variablesOf,
  waysInto,
} from "../../support/deployed-aws";
import { describeDeployment } from "../../support/deployed-system";

const REGION = "us-east-1";
const ACCOUNT = "123456789012";
const SERVICES = ["zero-staging-api", "zero-staging-frontend"];
const PUBLIC = ["zero-staging-public-a", "zero-staging-public-b"];
const EVENING = "cron(0 20 ? * MON-FRI *) Europe/Paris";
const MORNING = "cron(0 7 ? * MON-FRI *) Europe/Paris";

describeDeployment("web-api", "staging", (deployed) => {
  describe("its services", () => {
    test("run as tasks of 256 CPU units and 512 MiB, on the ports of the document", async () => {
      const definitions = await taskDefinitions(deployed.client(REGION));
      expect(
        Object.values(definitions).map(({ family, cpu, memory, containerDefinitions: [main] = [] }) => ({
          ...{ family, cpu, memory },
          port: main?.portMappings?.[0]?.containerPort,
        })),
      ).toEqual([
        { family: "zero-staging-api", cpu: "256", memory: "512", port: 4000 },
        { family: "zero-staging-frontend", cpu: "256", memory: "512", port: 3000 },
      ]);
    });

    test("run on Spot alone, and reach the internet by addresses of their own instead of NAT", async () => {
      const { services = [] } = await new ECSClient(deployed.client(REGION)).send(
        new DescribeServicesCommand({ cluster: "zero-staging", services: SERVICES }),
      );
      const one = {
        capacity: ["FARGATE_SPOT"],
        publicIp: "ENABLED",
        subnets: PUBLIC,
        breaker: { enable: true, rollback: true },
      };
      const found = await Promise.all(
        services.map(async ({ capacityProviderStrategy = [], networkConfiguration, deploymentConfiguration }) => {
          const network = networkConfiguration?.awsvpcConfiguration;
          const { enable, rollback } = deploymentConfiguration?.deploymentCircuitBreaker ?? {};
          return {
            capacity: capacityProviderStrategy.map(({ capacityProvider }) => capacityProvider),
            publicIp: network?.assignPublicIp,
            subnets: await subnetNames(deployed.client(REGION), network?.subnets),
            breaker: { enable, rollback },
          };
        }),
      );
      expect(found).toEqual([one, one]);
      const { NatGateways } = await new EC2Client(deployed.client(REGION)).send(new DescribeNatGatewaysCommand({}));
      expect(NatGateways).toEqual([]);
    });

    test("let in the load balancer alone, whatever their addresses", async () => {
      expect(await waysInto(deployed.client(REGION), "zero-staging-api-tasks")).toEqual([
        "4000 from zero-staging-load-balancer",
      ]);
      expect(await waysInto(deployed.client(REGION), "zero-staging-frontend-tasks")).toEqual([
        "3000 from zero-staging-load-balancer",
      ]);
    });

    test("scale from one task to three", async () => {
      const { ScalableTargets = [] } = await new ApplicationAutoScalingClient(deployed.client(REGION)).send(
        new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" }),
      );
      expect(
        ScalableTargets.map(
          ({ ResourceId, MinCapacity, MaxCapacity }) => `${ResourceId} ${MinCapacity}-${MaxCapacity}`,
        ).sort(),
      ).toEqual(SERVICES.map((service) => `service/zero-staging/${service} 1-3`));
    });

    test("get what they connect to: the API the database and the cache, the front end the API's address", async () => {
      const definitions = await taskDefinitions(deployed.client(REGION));
      expect(Object.values(definitions).map(variablesOf)).toEqual([
        {
          api: {
            clear: [
              "DATABASE_HOST",
              "DATABASE_NAME",
              "DATABASE_PORT",
              "REDIS_CACHE_NAME",
              "REDIS_CLUSTER",
              "REDIS_HOST",
              "REDIS_PORT",
              "REDIS_SERVERLESS",
              "REDIS_USER",
            ],
            secret: ["DATABASE_PASSWORD", "DATABASE_USER"],
          },
        },
        { frontend: { clear: ["API_URL"], secret: [] } },
      ]);
    });

    test("log to CloudWatch", async () => {
      const days = await logRetention(deployed.client(REGION));
      expect(Object.keys(days)).toEqual(
        expect.arrayContaining(["/ecs/zero-staging-api", "/ecs/zero-staging-frontend"]),
      );
      expect(Object.values(days)).not.toContain(undefined);
    });
  });

  describe("off hours", () => {
    test("leave no task in the evening, and bring them back in the morning", async () => {
      const { ScheduledActions = [] } = await new ApplicationAutoScalingClient(deployed.client(REGION)).send(
        new DescribeScheduledActionsCommand({ ServiceNamespace: "ecs" }),
      );
      const told = ScheduledActions.map(({ ScheduledActionName, Schedule, Timezone, ScalableTargetAction }) => ({
        name: ScheduledActionName,
        at: `${Schedule} ${Timezone}`,
        tasks: `${ScalableTargetAction?.MinCapacity}-${ScalableTargetAction?.MaxCapacity}`,
      }));
      expect(told.sort((one, other) => ((one.name ?? "") < (other.name ?? "") ? -1 : 1))).toEqual(
        SERVICES.flatMap((service) => [
          { name: `${service}-start`, at: MORNING, tasks: "1-3" },
          { name: `${service}-stop`, at: EVENING, tasks: "0-0" },
        ]),
      );
    });

    test("stop the database, and start it again", async () => {
      const scheduler = new SchedulerClient(deployed.client(REGION));
      const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
      const schedules = await Promise.all(
        Schedules.map(({ Name }) => scheduler.send(new GetScheduleCommand({ Name }))),
      );
      const told = schedules.map(({ ScheduleExpression, ScheduleExpressionTimezone, Target }) => ({
        does: Target?.Arn?.replace("arn:aws:scheduler:::aws-sdk:", ""),
        with: Target?.Input,
        at: `${ScheduleExpression} ${ScheduleExpressionTimezone}`,
      }));
      const Input = '{"DbInstanceIdentifier":"zero-staging-db"}';
      expect(told.sort((one, other) => ((one.does ?? "") < (other.does ?? "") ? -1 : 1))).toEqual([
        { does: "rds:startDBInstance", with: Input, at: MORNING },
        { does: "rds:stopDBInstance", with: Input, at: EVENING },
      ]);
    });
  });

  describe("its data", () => {
    test("is PostgreSQL 16 in one zone, private and encrypted, restorable to any second of 7 days", async () => {
      const { DBInstances = [] } = await new RDSClient(deployed.client(REGION)).send(
        new DescribeDBInstancesCommand({}),
      );
      expect(DBInstances).toEqual([
        expect.objectContaining({
          Engine: "postgres",
          EngineVersion: "16",
          DBInstanceClass: "db.t4g.micro",
          MultiAZ: false,
          PubliclyAccessible: false,
          StorageEncrypted: true,
          BackupRetentionPeriod: 7,
        }),
      ]);
      expect(await waysInto(deployed.client(REGION), "zero-staging-db")).toEqual(["5432 from zero-staging-api-tasks"]);
    });

    test("is Redis 7 on one node, encrypted on disk and on the way, for the API alone", async () => {
      const elastiCache = new ElastiCacheClient(deployed.client(REGION));
      const { ReplicationGroups = [] } = await elastiCache.send(new DescribeReplicationGroupsCommand({}));
      expect(ReplicationGroups).toEqual([
        expect.objectContaining({
          CacheNodeType: "cache.t4g.micro",
          MemberClusters: [expect.any(String)],
          AtRestEncryptionEnabled: true,
          TransitEncryptionEnabled: true,
        }),
      ]);
      const { CacheClusters = [] } = await elastiCache.send(new DescribeCacheClustersCommand({}));
      expect(CacheClusters.map(({ Engine, EngineVersion }) => `${Engine} ${EngineVersion}`)).toEqual([
        expect.stringMatching(/^redis 7\./),
      ]);
      expect(await waysInto(deployed.client(REGION), "zero-staging-cache")).toEqual([
        "6379 from zero-staging-api-tasks",
      ]);
    });
  });

  test("may send metrics of its own namespace, and of no other", async () => {
    const statements = await allowedTo(deployed.client(REGION), "zero-staging-api-task", "run");
    expect(statements.filter(({ Action }) => [Action].flat().includes("cloudwatch:PutMetricData"))).toEqual([
      {
        Effect: "Allow",
        Action: ["cloudwatch:PutMetricData"],
        Resource: ["*"],
        Condition: { StringEquals: { "cloudwatch:namespace": ["zero/staging"] } },
      },
    ]);
  });

  test("answers on HTTPS, and redirects everything else there", async () => {
    const elb = new ElasticLoadBalancingV2Client(deployed.client(REGION));
    const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
    const ids = LoadBalancers.flatMap(({ AvailabilityZones = [] }) =>
      AvailabilityZones.map((zone) => zone.SubnetId ?? ""),
    );
    expect(await subnetNames(deployed.client(REGION), ids)).toEqual(PUBLIC);
    const { Listeners = [] } = await elb.send(
      new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn }),
    );
    const summary = Listeners.map(
      ({ Port, Protocol, DefaultActions = [] }) =>
        `${Port} ${Protocol} ${DefaultActions[0]?.RedirectConfig?.Protocol ?? DefaultActions[0]?.Type}`,
    );
    expect(summary.sort()).toEqual(["443 HTTPS fixed-response", "80 HTTP HTTPS"]);
  });

  test("is built and released by the workflows of one repository", async () => {
    const { repositories = [] } = await new ECRClient(deployed.client(REGION)).send(
      new DescribeRepositoriesCommand({}),
    );
    const named = repositories.map(
      ({ repositoryName, imageTagMutability }) => `${repositoryName} ${imageTagMutability}`,
    );
    expect(named.sort()).toEqual(["zero/api IMMUTABLE", "zero/frontend IMMUTABLE"]);
    const roles = await rolesOf(deployed.client(REGION), "zero");
    expect(Object.keys(gitHubTrusts(roles)).sort()).toEqual([
      "zero-staging-deploy",
      "zero-staging-plan",
      "zero-staging-push-app",
      "zero-staging-release-app",
    ]);
    expect(new Set(roles.map(({ boundary }) => boundary))).toEqual(
      new Set(
        ["boundary", "delivery-boundary"].map((it) => `arn:aws:iam::${ACCOUNT}:policy/delivery/zero-staging-${it}`),
      ),
    );
  });
});
