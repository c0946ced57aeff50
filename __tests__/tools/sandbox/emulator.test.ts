import {
  CreateLogGroupCommand,
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeQueryDefinitionsCommand,
  PutQueryDefinitionCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  ModifyInstanceMaintenanceOptionsCommand,
  ModifySecurityGroupRulesCommand,
  MonitorInstancesCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import {
  AddTagsToResourceCommand,
  CreateCacheParameterGroupCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  CreateServerlessCacheCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteCacheParameterGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DeleteReplicationGroupCommand,
  DeleteServerlessCacheCommand,
  DeleteUserCommand,
  DescribeCacheClustersCommand,
  DescribeCacheParametersCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCachesCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
  IncreaseReplicaCountCommand,
  ListTagsForResourceCommand,
  ModifyCacheParameterGroupCommand,
  ModifyReplicationGroupCommand,
} from "@aws-sdk/client-elasticache";
import { GetPolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBParameterGroupCommand,
  DeleteDBInstanceCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import {
  CreateBucketCommand,
  DeleteBucketIntelligentTieringConfigurationCommand,
  GetBucketIntelligentTieringConfigurationCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../../support/emulator";
import { EmulatorCalls } from "../../support/emulator-calls";

const PACKAGES = join(__dirname, "..", "..", "..", "tools", "sandbox");
const REGION = "eu-west-3";
const ACCOUNT = "123456789012";

let emulator: TestEmulator;

beforeAll(async () => {
  emulator = await startTestEmulator();
}, 60_000);

afterAll(() => stopTestEmulator(emulator));

const client = <T>(Client: new (config: object) => T): T =>
  new Client({
    region: REGION,
    endpoint: emulator.url,
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
    maxAttempts: 1,
  });

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly target?: string;
  readonly body?: string;
}

/** A call of an AWS service in its own words; the emulator does not look at signatures. */
function call(service: string, { method = "POST", path = "/", target, body }: Call): Promise<Response> {
  const headers: Record<string, string> = {
    authorization: `AWS4-HMAC-SHA256 Credential=x/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=x`,
  };
  if (target !== undefined) {
    headers["x-amz-target"] = target;
    headers["content-type"] = "application/x-amz-json-1.1";
  } else if (body?.startsWith("Action=")) {
    headers["content-type"] = "application/x-www-form-urlencoded; charset=utf-8";
  }
  return fetch(emulator.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
}

async function json(service: string, target: string, body: object): Promise<unknown> {
  const response = await call(service, { target, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);
}

/** Runs the emulator to its end. */
function run(args: readonly string[], pythonPath = PACKAGES) {
  const { status, stdout, stderr } = spawnSync("python3", ["-m", "emulator", ...args], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: pythonPath },
  });
  return { status, stdout, stderr };
}

describe("the server", () => {
  test("says on its health page what it is", async () => {
    const health: unknown = await (await fetch(`${emulator.url}/_groundplan/health`)).json();
    expect(health).toEqual({
      status: "ok",
      moto: "5.2.1",
      uptimeSeconds: expect.any(Number),
      fillers: expect.arrayContaining(["ecs", "elasticache", "rds", "s3"]),
    });
  });

  test.each<[string, string, Call, string]>([
    [
      "json",
      "ecs",
      { target: "AmazonEC2ContainerServiceV20141113.SubmitTaskStateChange", body: "{}" },
      "ecs.SubmitTaskStateChange",
    ],
    [
      "query",
      "rds",
      { body: "Action=ApplyPendingMaintenanceAction&Version=2014-10-31" },
      "rds.ApplyPendingMaintenanceAction",
    ],
    [
      "query of another name",
      "elasticloadbalancing",
      { body: "Action=ModifyIpPools&Version=2015-12-01" },
      "elbv2.ModifyIpPools",
    ],
    ["ec2", "ec2", { body: "Action=ModifyFpgaImageAttribute&Version=2016-11-15" }, "ec2.ModifyFpgaImageAttribute"],
    ["rest-json", "backup", { method: "GET", path: "/backup/template/plans" }, "backup.ListBackupPlanTemplates"],
    ["rest-xml", "cloudfront", { method: "GET", path: "/2020-05-31/anycast-ip-list" }, "cloudfront.ListAnycastIpLists"],
    ["s3", "s3", { method: "GET", path: "/bucket?metadataTable" }, "s3.GetBucketMetadataTableConfiguration"],
    [
      "a service moto lacks",
      "apprunner",
      { target: "AppRunner.StartDeployment", body: "{}" },
      "apprunner.StartDeployment",
    ],
  ])("refuses what it does not implement in words and for good: %s", async (_protocol, service, request, action) => {
    const response = await call(service, request);
    expect(response.status).toBe(501); // the SDKs retry 500, 502, 503 and 504
    const text = await response.text();
    expect(text).toContain("NotImplemented");
    expect(text).toContain(`groundplan's emulator: ${action} is not implemented`);
  });

  test("says in words, and for good, when it fails itself", async () => {
    const response = await call("ssm", { target: "AmazonSSM.GetParameter", body: "{}" });
    expect(response.status).toBe(501);
    expect(await response.text()).toContain("groundplan's emulator: ssm.GetParameter failed with AttributeError: ");
    const counts: unknown = await (await fetch(`${emulator.url}/_groundplan/requests`)).json();
    expect(counts).toMatchObject({ failed: { "ssm.GetParameter": 1 } });
  });

  test("counts what was asked of it, and what it refused", async () => {
    await call("rds", { body: "Action=RebootDBShardGroup&Version=2014-10-31" });
    await client(IAMClient).send(new GetPolicyCommand({ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }));
    const counts: unknown = await (await fetch(`${emulator.url}/_groundplan/requests`)).json();
    expect(counts).toMatchObject({
      actions: { "iam.GetPolicy": 1, "rds.RebootDBShardGroup": 1 },
      notImplemented: { "rds.RebootDBShardGroup": 1 },
    });
  });

  test("keeps connections open", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve, reject) => {
        const asked = request(`${emulator.url}/_groundplan/health`, { agent }, (response) => {
          ports.add(response.socket.localPort);
          response.resume().on("end", resolve);
        });
        asked.on("error", reject).end();
      });
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  test("is the proxy for hosts that carry the account id, as S3 Control's do", async () => {
    const body =
      "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>";
    const { hostname, port, host } = new URL(emulator.url);
    const status = await new Promise((resolve, reject) => {
      const proxied = request(
        {
          hostname,
          port,
          method: "PUT",
          path: `http://${ACCOUNT}.${host}/v20180820/configuration/publicAccessBlock`,
          headers: {
            host: `${ACCOUNT}.${host}`,
            "x-amz-account-id": ACCOUNT,
            authorization: `AWS4-HMAC-SHA256 Credential=x/20260101/${REGION}/s3/aws4_request, SignedHeaders=host, Signature=x`,
          },
        },
        (response) => resolve(response.resume().statusCode),
      );
      proxied.on("error", reject).end(body);
    });
    expect(status).toBe(200);
  });

  test("lists every filler with its reason", () => {
    const { status, stdout } = run(["--list"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^service +action +why\n/);
    expect(stdout).toMatch(/^ecs +CreateService +moto drops the capacity provider strategy/m);
    expect(stdout.split("\n").filter((line) => !/^(\S+ +\S+ +\S.*)?$/.test(line))).toEqual([]);
  });

  test("has gaps that it knows of, and does not claim to have filled", () => {
    const gaps = JSON.parse(readFileSync(join(PACKAGES, "gaps.json"), "utf8")) as Array<Record<string, string>>;
    const filled = new Set(
      run(["--list"])
        .stdout.split("\n")
        .map((line) => line.split(/ +/).slice(0, 2).join(".")),
    );
    for (const gap of gaps) {
      expect(Object.keys(gap).sort()).toEqual(["action", "resource", "why"]);
      expect(filled).not.toContain(gap["action"]);
    }
  });

  test("fails with one line when the port is taken", () => {
    const { port } = new URL(emulator.url);
    expect(run(["--port", port])).toEqual({
      status: 1,
      stdout: "",
      stderr: `emulator: cannot listen on 127.0.0.1:${port}: Address already in use\n`,
    });
  });

  test("says what to install when moto is missing", () => {
    const folder = mkdtempSync(join(tmpdir(), "groundplan-emulator-"));
    try {
      writeFileSync(join(folder, "moto.py"), 'raise ImportError("No module named moto")\n');
      expect(run([], `${folder}:${PACKAGES}`)).toEqual({
        status: 1,
        stdout: "",
        stderr:
          "emulator: moto[server] 5.2.1 is needed and cannot be imported (No module named moto); " +
          "run: python3 -m pip install 'moto[server]==5.2.1'\n",
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("writes one line per request to its log, and ends with the process it was told to watch", async () => {
    const folder = mkdtempSync(join(tmpdir(), "groundplan-emulator-"));
    const log = join(folder, "requests.log");
    const watched = spawn("sleep", ["60"]);
    const child = spawn("python3", ["-m", "emulator", "--log", log, "--parent-pid", String(watched.pid)], {
      env: { ...process.env, PYTHONPATH: PACKAGES },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const exit = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
      const line = await new Promise<string>((resolve) => child.stdout.once("data", (text) => resolve(String(text))));
      const ready = JSON.parse(line) as { port: number };
      expect(ready).toEqual({
        ready: true,
        port: expect.any(Number),
        pid: child.pid,
        moto: "5.2.1",
        accountId: ACCOUNT,
      });
      await fetch(`http://127.0.0.1:${ready.port}/`, {
        method: "POST",
        body: "Action=GetCallerIdentity",
        headers: {
          authorization: "x Credential=x/20260101/eu-west-3/sts/aws4_request",
          "content-type": "application/x-www-form-urlencoded",
        },
      });
      watched.kill();
      expect(await exit).toBe(0);
      const [entry, ...rest] = readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((text): unknown => JSON.parse(text));
      expect(entry).toEqual({
        time: expect.any(Number),
        action: "sts.GetCallerIdentity",
        status: 200,
        milliseconds: expect.any(Number),
      });
      expect(rest).toEqual([]);
    } finally {
      child.kill("SIGKILL");
      watched.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe("rds", () => {
  const instance = { Engine: "postgres", EngineVersion: "16.4", DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20 };

  test("gives each instance a resource id, and remembers monitoring and Performance Insights", async () => {
    const rds = client(RDSClient);
    const monitoring = { MonitoringInterval: 60, MonitoringRoleArn: `arn:aws:iam::${ACCOUNT}:role/monitoring` };
    const insights = { EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 31 };
    const request = { ...instance, ManageMasterUserPassword: true, MasterUsername: "postgres" };
    await rds.send(
      new CreateDBInstanceCommand({ DBInstanceIdentifier: "one", ...request, ...monitoring, ...insights }),
    );
    await rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier: "two", ...request }));
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: "two", EnablePerformanceInsights: true }));
    const { DBInstances: [one, two] = [] } = await rds.send(new DescribeDBInstancesCommand({}));
    expect(one).toMatchObject({
      ...monitoring,
      PerformanceInsightsEnabled: true,
      PerformanceInsightsRetentionPeriod: 31,
    });
    expect(two).toMatchObject({ PerformanceInsightsEnabled: true, PerformanceInsightsRetentionPeriod: 7 });
    expect(one?.DbiResourceId).toMatch(/^db-[A-Z0-9]{26}$/);
    expect(two?.DbiResourceId).not.toBe(one?.DbiResourceId);
  });

  test("makes a replica that goes without its primary's secret, here and from another region", async () => {
    const rds = client(RDSClient);
    const far = new RDSClient({
      region: "eu-central-1",
      endpoint: emulator.url,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: "primary",
        ...instance,
        ManageMasterUserPassword: true,
        MasterUsername: "postgres",
        EnableCloudwatchLogsExports: ["postgresql"],
      }),
    );
    await rds.send(
      new CreateDBInstanceReadReplicaCommand({ DBInstanceIdentifier: "near", SourceDBInstanceIdentifier: "primary" }),
    );
    await far.send(
      new CreateDBInstanceReadReplicaCommand({
        DBInstanceIdentifier: "far",
        SourceDBInstanceIdentifier: `arn:aws:rds:${REGION}:${ACCOUNT}:db:primary`,
      }),
    );
    const read = async () =>
      (await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: "primary" }))).DBInstances?.[0];
    const primary = await read();
    expect(primary?.ReadReplicaDBInstanceIdentifiers).toEqual(["near", `arn:aws:rds:eu-central-1:${ACCOUNT}:db:far`]);
    const { DBInstances: [near] = [] } = await rds.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: "near" }),
    );
    expect(near?.DbiResourceId).not.toBe(primary?.DbiResourceId);
    expect(near?.MasterUserSecret).toBeUndefined();
    expect(near?.EnabledCloudwatchLogsExports ?? []).toEqual([]);
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "near", SkipFinalSnapshot: true }));
    await far.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "far", SkipFinalSnapshot: true }));
    const alone = await read();
    expect(alone?.ReadReplicaDBInstanceIdentifiers ?? []).toEqual([]);
    expect(alone?.MasterUserSecret).toEqual(
      primary?.MasterUserSecret && { ...primary.MasterUserSecret, SecretStatus: "active" },
    );
  });

  test("says that a parameter was set by the user", async () => {
    const rds = client(RDSClient);
    const DBParameterGroupName = "pg16";
    const parameter = { ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate" as const };
    await rds.send(
      new CreateDBParameterGroupCommand({
        DBParameterGroupName,
        DBParameterGroupFamily: "postgres16",
        Description: "x",
      }),
    );
    await rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters: [parameter] }));
    const { Parameters } = await rds.send(new DescribeDBParametersCommand({ DBParameterGroupName }));
    expect(Parameters).toEqual([{ ...parameter, Source: "user" }]);
  });

  test.each([
    ["postgres", "16.4", "postgres16"],
    ["aurora-mysql", "8.0.39", "aurora-mysql8.0"],
  ])("knows the family of %s %s", async (Engine, EngineVersion, DBParameterGroupFamily) => {
    const { DBEngineVersions } = await client(RDSClient).send(
      new DescribeDBEngineVersionsCommand({ Engine, EngineVersion }),
    );
    expect(DBEngineVersions).toEqual([expect.objectContaining({ Engine, EngineVersion, DBParameterGroupFamily })]);
  });
});

describe("elasticache", () => {
  test("keeps a parameter group and its parameters until it is deleted", async () => {
    const cache = client(ElastiCacheClient);
    const group = { CacheParameterGroupName: "valkey" };
    await cache.send(
      new CreateCacheParameterGroupCommand({ ...group, CacheParameterGroupFamily: "valkey8", Description: "x" }),
    );
    const parameter = { ParameterName: "maxmemory-policy", ParameterValue: "allkeys-lru" };
    await cache.send(new ModifyCacheParameterGroupCommand({ ...group, ParameterNameValues: [parameter] }));
    const { Parameters } = await cache.send(new DescribeCacheParametersCommand({ ...group, Source: "user" }));
    expect(Parameters).toEqual([{ ...parameter, Source: "user" }]);
    await cache.send(new DeleteCacheParameterGroupCommand(group));
    await expect(cache.send(new DescribeCacheParametersCommand(group))).rejects.toMatchObject({
      name: "CacheParameterGroupNotFoundFault",
    });
  });

  test("deletes a subnet group", async () => {
    const cache = client(ElastiCacheClient);
    const { Subnets = [] } = await client(EC2Client).send(new DescribeSubnetsCommand({}));
    const SubnetIds = Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId);
    const group = { CacheSubnetGroupName: "subnets" };
    await cache.send(new CreateCacheSubnetGroupCommand({ ...group, CacheSubnetGroupDescription: "x", SubnetIds }));
    await cache.send(new DeleteCacheSubnetGroupCommand(group));
    await expect(cache.send(new DeleteCacheSubnetGroupCommand(group))).rejects.toMatchObject({
      name: "CacheSubnetGroupNotFoundFault",
    });
  });

  test("keeps users with their groups and tags until they are deleted", async () => {
    const cache = client(ElastiCacheClient);
    const user = { UserId: "app", UserName: "app", Engine: "valkey", AccessString: "on ~* +@all" };
    const { ARN: ResourceName } = await cache.send(
      new CreateUserCommand({ ...user, AuthenticationMode: { Type: "iam" }, Tags: [{ Key: "a", Value: "1" }] }),
    );
    await cache.send(new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: "b", Value: "2" }] }));
    await cache.send(new CreateUserGroupCommand({ UserGroupId: "users", Engine: "valkey", UserIds: ["app"] }));
    const { Users } = await cache.send(new DescribeUsersCommand({ UserId: "app" }));
    expect(Users).toEqual([
      expect.objectContaining({ ...user, Status: "active", UserGroupIds: ["users"], Authentication: { Type: "iam" } }),
    ]);
    const { TagList } = await cache.send(new ListTagsForResourceCommand({ ResourceName }));
    expect(TagList).toEqual([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ]);
    await cache.send(new DeleteUserCommand({ UserId: "app" }));
    await expect(cache.send(new DescribeUsersCommand({ UserId: "app" }))).rejects.toMatchObject({
      name: "UserNotFoundFault",
    });
  });

  test("makes the clusters of a replication group, changes and deletes them with it", async () => {
    const cache = client(ElastiCacheClient);
    const group = { ReplicationGroupId: "cache" };
    const log = {
      LogType: "slow-log",
      DestinationType: "cloudwatch-logs",
      LogFormat: "json",
      DestinationDetails: { CloudWatchLogsDetails: { LogGroup: "/cache" } },
    } as const;
    await cache.send(
      new CreateReplicationGroupCommand({
        ...group,
        ReplicationGroupDescription: "x",
        Engine: "valkey",
        EngineVersion: "8.0",
        CacheNodeType: "cache.t4g.micro",
        NumCacheClusters: 2,
        AutomaticFailoverEnabled: true,
        MultiAZEnabled: true,
        TransitEncryptionEnabled: true,
        AtRestEncryptionEnabled: true,
        SecurityGroupIds: ["sg-1"],
        LogDeliveryConfigurations: [log],
      }),
    );
    const read = async () => (await cache.send(new DescribeReplicationGroupsCommand(group))).ReplicationGroups?.[0];
    expect(await read()).toMatchObject({
      Status: "available",
      MemberClusters: ["cache-001", "cache-002"],
      AutomaticFailover: "enabled",
      MultiAZ: "enabled",
      ClusterMode: "disabled",
      TransitEncryptionMode: "required",
      LogDeliveryConfigurations: [{ ...log, Status: "active" }],
    });
    await cache.send(
      new ModifyReplicationGroupCommand({
        ...group,
        PreferredMaintenanceWindow: "sun:04:30-sun:05:30",
        SecurityGroupIds: ["sg-2"],
      }),
    );
    await cache.send(new IncreaseReplicaCountCommand({ ...group, NewReplicaCount: 2, ApplyImmediately: true }));
    const { CacheClusters = [] } = await cache.send(new DescribeCacheClustersCommand({ CacheClusterId: "cache-003" }));
    expect(CacheClusters).toEqual([
      expect.objectContaining({
        EngineVersion: "8.0.0",
        CacheNodeType: "cache.t4g.micro",
        PreferredMaintenanceWindow: "sun:04:30-sun:05:30",
        SecurityGroups: [{ SecurityGroupId: "sg-2", Status: "active" }],
      }),
    ]);
    await cache.send(new DeleteReplicationGroupCommand(group));
    await expect(read()).rejects.toMatchObject({ name: "ReplicationGroupNotFoundFault" });
    expect((await cache.send(new DescribeCacheClustersCommand({}))).CacheClusters ?? []).toEqual([]);
  });

  test("keeps a serverless cache until it is deleted", async () => {
    const cache = client(ElastiCacheClient);
    const name = { ServerlessCacheName: "serverless" };
    const limits = { DataStorage: { Maximum: 10, Unit: "GB" as const }, ECPUPerSecond: { Maximum: 5000 } };
    await cache.send(new CreateServerlessCacheCommand({ ...name, Engine: "valkey", CacheUsageLimits: limits }));
    const { ServerlessCaches } = await cache.send(new DescribeServerlessCachesCommand(name));
    expect(ServerlessCaches).toEqual([
      expect.objectContaining({ ...name, Status: "available", MajorEngineVersion: "8", CacheUsageLimits: limits }),
    ]);
    await cache.send(new DeleteServerlessCacheCommand(name));
    await expect(cache.send(new DescribeServerlessCachesCommand(name))).rejects.toMatchObject({
      name: "ServerlessCacheNotFoundFault",
    });
  });
});

describe("ecs", () => {
  test("keeps what a service was asked for, and runs as many tasks as are desired", async () => {
    const ecs = client(ECSClient);
    const { Subnets = [] } = await client(EC2Client).send(new DescribeSubnetsCommand({}));
    const awsvpcConfiguration = { subnets: [Subnets[0]?.SubnetId ?? ""], securityGroups: [] };
    await ecs.send(new CreateClusterCommand({ clusterName: "demo" }));
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "api",
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: "256",
        memory: "512",
        containerDefinitions: [{ name: "api", image: "nginx" }],
      }),
    );
    const kept = {
      enableExecuteCommand: true,
      enableECSManagedTags: true,
      healthCheckGracePeriodSeconds: 60,
      availabilityZoneRebalancing: "ENABLED" as const,
      propagateTags: "SERVICE" as const,
    };
    const strategy = [{ capacityProvider: "FARGATE_SPOT", weight: 3 }];
    await ecs.send(
      new CreateServiceCommand({
        cluster: "demo",
        serviceName: "api",
        taskDefinition: "api",
        desiredCount: 2,
        networkConfiguration: { awsvpcConfiguration },
        capacityProviderStrategy: strategy,
        ...kept,
      }),
    );
    const read = async () =>
      (await ecs.send(new DescribeServicesCommand({ cluster: "demo", services: ["api"] }))).services?.[0];
    expect(await read()).toMatchObject({
      ...kept,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 3, base: 0 }],
      runningCount: 2,
      pendingCount: 0,
      deployments: [{ rolloutState: "COMPLETED", runningCount: 2 }],
    });
    expect((await read())?.launchType).toBeUndefined();
    await ecs.send(
      new UpdateServiceCommand({ cluster: "demo", service: "api", desiredCount: 3, enableExecuteCommand: false }),
    );
    expect(await read()).toMatchObject({
      ...kept,
      enableExecuteCommand: false,
      runningCount: 3,
      deployments: [{ desiredCount: 3 }],
    });
  });
});

describe("s3", () => {
  const tlsOnly = (bucket: string) => ({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });

  async function bucket(Bucket: string, ...statements: object[]): Promise<S3Client> {
    const s3 = new S3Client({
      region: REGION,
      endpoint: emulator.url,
      forcePathStyle: true,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
      maxAttempts: 1,
    });
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }));
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [tlsOnly(Bucket), ...statements] });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    return s3;
  }

  test("reads and writes objects under a policy that denies plain HTTP", async () => {
    const s3 = await bucket("objects");
    await s3.send(new PutObjectCommand({ Bucket: "objects", Key: "a/b.txt", Body: "hello" }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "objects", Key: "a/b.txt" }));
    expect(await Body?.transformToString()).toBe("hello");
  });

  test("returns a lifecycle as it was sent", async () => {
    const s3 = await bucket("lifecycle");
    const Rules = [
      {
        ID: "old",
        Status: "Enabled" as const,
        Filter: { And: { Prefix: "a/", ObjectSizeGreaterThan: 128_000 } },
        NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 5 },
      },
      {
        ID: "tier",
        Status: "Enabled" as const,
        Filter: { Prefix: "" },
        Transitions: [{ Days: 0, StorageClass: "INTELLIGENT_TIERING" as const }],
      },
    ];
    await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: "lifecycle" }))).rejects.toMatchObject({
      name: "NoSuchLifecycleConfiguration",
    });
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: "lifecycle", LifecycleConfiguration: { Rules } }),
    );
    const answer = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: "lifecycle" }));
    expect(answer).toMatchObject({ Rules, TransitionDefaultMinimumObjectSize: "all_storage_classes_128K" });
  });

  test("keeps settings moto takes for another request, each by its id, until they are deleted", async () => {
    const s3 = await bucket("tiering");
    const all = { Bucket: "tiering", Id: "all" };
    const IntelligentTieringConfiguration = {
      Id: "all",
      Status: "Enabled" as const,
      Tierings: [{ Days: 125, AccessTier: "ARCHIVE_ACCESS" as const }],
    };
    await s3.send(new PutBucketIntelligentTieringConfigurationCommand({ ...all, IntelligentTieringConfiguration }));
    expect(await s3.send(new GetBucketIntelligentTieringConfigurationCommand(all))).toMatchObject({
      IntelligentTieringConfiguration,
    });
    await s3.send(new DeleteBucketIntelligentTieringConfigurationCommand(all));
    await expect(s3.send(new GetBucketIntelligentTieringConfigurationCommand(all))).rejects.toMatchObject({
      name: "NoSuchConfiguration",
    });
    expect(await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: "tiering" }))).not.toHaveProperty(
      "TopicConfigurations",
    );
  });

  test("writes logs only to a bucket whose policy lets it", async () => {
    const s3 = await bucket("source");
    const writer = {
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::target/s3/*",
    };
    await bucket("target", writer);
    await bucket("closed");
    const log = (TargetBucket: string) =>
      s3.send(
        new PutBucketLoggingCommand({
          Bucket: "source",
          BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: "s3/" } },
        }),
      );
    await expect(log("closed")).rejects.toMatchObject({ name: "InvalidTargetBucketForLogging" });
    await expect(log("target")).resolves.toBeDefined();
  });
});

describe("ec2", () => {
  test("gives a launch template's own tags to nothing else", async () => {
    const ec2 = client(EC2Client);
    const Tags = [{ Key: "Name", Value: "nat" }];
    const { LaunchTemplate } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: "nat",
        LaunchTemplateData: { InstanceType: "t4g.nano" },
        TagSpecifications: [{ ResourceType: "launch-template", Tags }],
      }),
    );
    expect(LaunchTemplate?.Tags).toEqual(Tags);
    const { LaunchTemplateVersions } = await ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: "nat" }),
    );
    expect(LaunchTemplateVersions?.[0]?.LaunchTemplateData?.TagSpecifications ?? []).toEqual([]);
  });

  test("launches the image a template names by parameter, monitors it, and lets its network interface go", async () => {
    const ec2 = client(EC2Client);
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: Subnets[0]?.SubnetId }));
    const id = NetworkInterface?.NetworkInterfaceId;
    await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: "by-parameter",
        LaunchTemplateData: {
          ImageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
          UserData: "",
        },
      }),
    );
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({
        LaunchTemplate: { LaunchTemplateName: "by-parameter" },
        InstanceType: "t4g.nano",
        MinCount: 1,
        MaxCount: 1,
        NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: id }],
      }),
    );
    const InstanceIds = Instances.map(({ InstanceId = "" }) => InstanceId);
    const maintenance = async () =>
      (await ec2.send(new DescribeInstancesCommand({ InstanceIds }))).Reservations?.[0]?.Instances?.[0]
        ?.MaintenanceOptions;
    expect(await maintenance()).toEqual({ AutoRecovery: "default" });
    const [InstanceId] = InstanceIds;
    const { UserData } = await ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: "userData" }));
    expect(UserData?.Value).toBeUndefined();
    await ec2.send(new ModifyInstanceMaintenanceOptionsCommand({ InstanceId, AutoRecovery: "disabled" }));
    expect(await maintenance()).toEqual({ AutoRecovery: "disabled" });
    const { InstanceMonitorings } = await ec2.send(new MonitorInstancesCommand({ InstanceIds }));
    expect(InstanceMonitorings?.[0]?.Monitoring).toEqual({ State: "enabled" });
    const read = async () =>
      (await ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id ?? ""] })))
        .NetworkInterfaces?.[0];
    expect((await read())?.Attachment?.InstanceId).toBe(InstanceIds[0]);
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    expect(await read()).toMatchObject({ Status: "available" });
    expect((await read())?.Attachment).toBeUndefined();
  });

  test("keeps the description of a rule about another security group, and changes it", async () => {
    const ec2 = client(EC2Client);
    const make = async (GroupName: string) =>
      (await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: "x" }))).GroupId ?? "";
    const [GroupId, from] = [await make("database"), await make("service")];
    const { SecurityGroupRules: [added] = [] } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: from, Description: "first" }] }],
      }),
    );
    const id = added?.SecurityGroupRuleId ?? "";
    const description = async () =>
      (await ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] }))).SecurityGroupRules?.[0]
        ?.Description;
    expect(await description()).toBe("first");
    const SecurityGroupRule = { IpProtocol: "-1", ReferencedGroupId: from, Description: "second" };
    await ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
      }),
    );
    expect(await description()).toBe("second");
  });
});

describe("logs", () => {
  test("keeps the class of a group, and saved queries", async () => {
    const logs = client(CloudWatchLogsClient);
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/rare", logGroupClass: "INFREQUENT_ACCESS" }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/usual" }));
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups.map(({ logGroupClass }) => logGroupClass)).toEqual(["INFREQUENT_ACCESS", "STANDARD"]);
    const { queryDefinitionId } = await logs.send(
      new PutQueryDefinitionCommand({ name: "errors", queryString: "fields @message" }),
    );
    const { queryDefinitions } = await logs.send(
      new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: "err" }),
    );
    expect(queryDefinitions).toEqual([{ queryDefinitionId, name: "errors", queryString: "fields @message" }]);
  });
});

describe("services without a client here", () => {
  test("acm issues a certificate at once, with the key it was requested with", async () => {
    const { CertificateArn } = (await json("acm", "CertificateManager.RequestCertificate", {
      DomainName: "example.com",
      ValidationMethod: "DNS",
      KeyAlgorithm: "EC_prime256v1",
    })) as { CertificateArn: string };
    expect(await json("acm", "CertificateManager.DescribeCertificate", { CertificateArn })).toMatchObject({
      Certificate: { KeyAlgorithm: "EC_prime256v1", Status: "ISSUED" },
    });
  });

  test("application-autoscaling keeps the tags of a target", async () => {
    const scaling = (action: string, body: object) =>
      json("application-autoscaling", `AnyScaleFrontendService.${action}`, body);
    const target = {
      ServiceNamespace: "rds",
      ResourceId: "cluster:main",
      ScalableDimension: "rds:cluster:ReadReplicaCount",
    };
    const { ScalableTargetARN: ResourceARN } = (await scaling("RegisterScalableTarget", {
      ...target,
      MinCapacity: 1,
      MaxCapacity: 3,
      Tags: { a: "1" },
    })) as { ScalableTargetARN: string };
    await scaling("TagResource", { ResourceARN, Tags: { b: "2" } });
    await scaling("UntagResource", { ResourceARN, TagKeys: ["a"] });
    expect(await scaling("ListTagsForResource", { ResourceARN })).toEqual({ Tags: { b: "2" } });
  });

  test("kms remembers how often a key rotates", async () => {
    const {
      KeyMetadata: { KeyId },
    } = (await json("kms", "TrentService.CreateKey", {})) as { KeyMetadata: { KeyId: string } };
    await json("kms", "TrentService.EnableKeyRotation", { KeyId, RotationPeriodInDays: 180 });
    expect(await json("kms", "TrentService.GetKeyRotationStatus", { KeyId })).toEqual({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 180,
    });
  });

  test("kms keeps a replica apart from its primary", async () => {
    const there = new EmulatorCalls(emulator.url, "kms", "TrentService");
    const {
      KeyMetadata: { KeyId },
    } = (await json("kms", "TrentService.CreateKey", { MultiRegion: true, Description: "primary" })) as {
      KeyMetadata: { KeyId: string };
    };
    await json("kms", "TrentService.ReplicateKey", {
      KeyId,
      ReplicaRegion: "eu-central-1",
      Description: "replica",
      Tags: [{ TagKey: "a", TagValue: "1" }],
    });
    const replicas = [{ Region: "eu-central-1" }];
    expect(await json("kms", "TrentService.DescribeKey", { KeyId })).toMatchObject({
      KeyMetadata: {
        Description: "primary",
        MultiRegionConfiguration: { MultiRegionKeyType: "PRIMARY", ReplicaKeys: replicas },
      },
    });
    expect(await there.action("DescribeKey", { KeyId }, "eu-central-1")).toMatchObject({
      KeyMetadata: {
        Description: "replica",
        MultiRegionConfiguration: { MultiRegionKeyType: "REPLICA", ReplicaKeys: replicas },
      },
    });
    expect(await there.action("ListResourceTags", { KeyId }, "eu-central-1")).toMatchObject({
      Tags: [{ TagKey: "a", TagValue: "1" }],
    });
  });

  test("cloudwatch keeps a composite alarm", async () => {
    const cloudwatch = (action: string, parameters: string) =>
      call("monitoring", { body: `Action=${action}&Version=2010-08-01&${parameters}` });
    await cloudwatch("PutCompositeAlarm", "AlarmName=down&AlarmRule=ALARM(a)");
    const text = await (await cloudwatch("DescribeAlarms", "AlarmNames.member.1=down")).text();
    expect(text).toContain("<AlarmRule>ALARM(a)</AlarmRule>");
  });

  test("sqs answers a redrive policy without spaces", async () => {
    const RedrivePolicy = `{"deadLetterTargetArn":"arn:aws:sqs:${REGION}:${ACCOUNT}:dead","maxReceiveCount":5}`;
    await json("sqs", "AmazonSQS.CreateQueue", { QueueName: "dead" });
    const { QueueUrl } = (await json("sqs", "AmazonSQS.CreateQueue", {
      QueueName: "work",
      Attributes: { RedrivePolicy },
    })) as { QueueUrl: string };
    expect(await json("sqs", "AmazonSQS.GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] })).toMatchObject({
      Attributes: { RedrivePolicy },
    });
  });

  test("budgets answers who is told, and tags", async () => {
    const budgets = (action: string, body: object) =>
      json("budgets", `AWSBudgetServiceGateway.${action}`, { AccountId: ACCOUNT, ...body });
    const Budget = {
      BudgetName: "monthly",
      BudgetType: "COST",
      TimeUnit: "MONTHLY",
      BudgetLimit: { Amount: "50", Unit: "USD" },
    };
    const Notification = { NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", Threshold: 80 };
    const Subscribers = [{ SubscriptionType: "EMAIL", Address: "team@example.com" }];
    const ResourceTags = [{ Key: "a", Value: "1" }];
    await budgets("CreateBudget", {
      Budget,
      NotificationsWithSubscribers: [{ Notification, Subscribers }],
      ResourceTags,
    });
    expect(await budgets("DescribeSubscribersForNotification", { BudgetName: "monthly", Notification })).toEqual({
      Subscribers,
    });
    expect(await budgets("ListTagsForResource", { ResourceARN: `arn:aws:budgets::${ACCOUNT}:budget/monthly` })).toEqual(
      { ResourceTags },
    );
  });

  test("backup keeps selections, and answers tags", async () => {
    const send = async (method: string, path: string, body?: object): Promise<unknown> => {
      const response = await call("backup", { method, path, ...(body ? { body: JSON.stringify(body) } : {}) });
      return { status: response.status, ...((await response.json()) as object) };
    };
    const BackupPlan = { BackupPlanName: "daily", Rules: [{ RuleName: "daily", TargetBackupVaultName: "main" }] };
    const plan = (await send("PUT", "/backup/plans", { BackupPlan, BackupPlanTags: { a: "1" } })) as {
      BackupPlanId: string;
      BackupPlanArn: string;
    };
    const selections = `/backup/plans/${plan.BackupPlanId}/selections`;
    const BackupSelection = { SelectionName: "tagged", IamRoleArn: `arn:aws:iam::${ACCOUNT}:role/backup` };
    const { SelectionId } = (await send("PUT", selections, { BackupSelection })) as { SelectionId: string };
    expect(await send("GET", `${selections}/${SelectionId}`)).toMatchObject({ status: 200, BackupSelection });
    await send("DELETE", `${selections}/${SelectionId}`);
    expect(await send("GET", `${selections}/${SelectionId}`)).toMatchObject({ status: 400 });
    expect(await send("GET", `/tags/${encodeURIComponent(plan.BackupPlanArn)}`)).toMatchObject({ Tags: { a: "1" } });
  });

  test("backup keeps who a vault tells, and what a region backs up", async () => {
    const backup = new EmulatorCalls(emulator.url, "backup");
    const path = "/backup-vaults/told/notification-configuration";
    const told = { SNSTopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:alerts`, BackupVaultEvents: ["BACKUP_JOB_FAILED"] };
    await backup.document("PUT", "/backup-vaults/told", {});
    await expect(backup.document("GET", path)).rejects.toThrow("ResourceNotFoundException");
    await backup.document("PUT", path, told);
    expect(await backup.document("GET", path)).toMatchObject({ BackupVaultName: "told", ...told });
    await backup.document("DELETE", path);
    await expect(backup.document("GET", path)).rejects.toThrow("ResourceNotFoundException");
    await backup.document("PUT", "/account-settings", { ResourceTypeOptInPreference: { S3: true } });
    await backup.document("PUT", "/account-settings", { ResourceTypeOptInPreference: { RDS: false } });
    expect(await backup.document("GET", "/account-settings")).toEqual({
      ResourceTypeOptInPreference: { S3: true, RDS: false },
    });
  });

  test("codedeploy answers times as numbers, and a deployment group as it was sent", async () => {
    const codedeploy = (action: string, body: object) =>
      json("codedeploy", `CodeDeploy_20141006.${action}`, { applicationName: "demo", ...body });
    const style = { deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" } };
    const group = { deploymentGroupName: "api", serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/deploy`, ...style };
    await codedeploy("CreateApplication", { computePlatform: "ECS" });
    await codedeploy("CreateDeploymentGroup", group);
    expect(await codedeploy("GetApplication", {})).toMatchObject({ application: { createTime: expect.any(Number) } });
    expect(await codedeploy("GetDeploymentGroup", { deploymentGroupName: "api" })).toMatchObject({
      deploymentGroupInfo: group,
    });
    await codedeploy("DeleteApplication", {});
    await expect(codedeploy("GetApplication", {})).rejects.toThrow("ApplicationDoesNotExistException");
  });
});

// Last, because it takes the emulator of the others away.
describe("the end", () => {
  test("comes at once and well when it is asked for", async () => {
    const exit = new Promise((resolve) => emulator.process.once("exit", (code, signal) => resolve({ code, signal })));
    emulator.process.kill("SIGTERM");
    expect(await exit).toEqual({ code: 0, signal: null });
  });
});
