import { BatchGetProjectsCommand, CodeBuildClient } from "@aws-sdk/client-codebuild";
import { CodeDeployClient, GetDeploymentGroupCommand } from "@aws-sdk/client-codedeploy";
import { CodePipelineClient, GetPipelineCommand, type PipelineDeclaration } from "@aws-sdk/client-codepipeline";
import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  alarmThresholds,
  allowedTo,
  bucketSafety,
  rolesOf,
  subnetNames,
  taskDefinitions,
  variablesOf,
  waysInto,
} from "../../support/deployed-aws";
import { type DeployedSystem, describeDeployment } from "../../support/deployed-system";

const REGION = "us-east-1";
const ACCOUNT = "123456789012";
const SERVICES = ["backend", "frontend"] as const;

describeDeployment("blue-green", "staging", (deployed) => {
  describe("a release", () => {
    test.each(SERVICES)("of %s goes from one target group to the other, or back", async (service) => {
      const name = `ship-staging-${service}`;
      const { deploymentGroupInfo: group } = await new CodeDeployClient(deployed.client(REGION)).send(
        new GetDeploymentGroupCommand({ applicationName: name, deploymentGroupName: name }),
      );
      expect(group).toMatchObject({
        computePlatform: "ECS",
        deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce",
        deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
        ecsServices: [{ clusterName: "ship-staging", serviceName: name }],
        blueGreenDeploymentConfiguration: {
          deploymentReadyOption: { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
          terminateBlueInstancesOnDeploymentSuccess: { action: "TERMINATE", terminationWaitTimeInMinutes: 5 },
        },
        alarmConfiguration: {
          enabled: true,
          alarms: [{ name: `${name}-release-errors` }, { name: `${name}-release-unhealthy` }],
        },
        loadBalancerInfo: {
          targetGroupPairInfoList: [
            {
              targetGroups: [{ name: `${name}-blue` }, { name: `${name}-green` }],
              prodTrafficRoute: { listenerArns: [(await listener(deployed, 443))?.ListenerArn] },
              testTrafficRoute: { listenerArns: [(await listener(deployed, 8443))?.ListenerArn] },
            },
          ],
        },
      });
      const { enabled, events = [] } = group?.autoRollbackConfiguration ?? {};
      expect({ enabled, events: [...events].sort() }).toEqual({
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
      });
    });

    test("is taken back by alarms that exist", async () => {
      const names = SERVICES.flatMap((service) =>
        ["errors", "unhealthy"].map((what) => `ship-staging-${service}-release-${what}`),
      );
      const alarms = Object.keys(await alarmThresholds(deployed.client(REGION)));
      expect(alarms.filter((name) => name.startsWith("ship-")).sort()).toEqual(names); // those of the scaling are AWS's own
    });

    test("begins with visitors at blue and tests at green, by the same host names", async () => {
      const both = [
        ["api.staging.example.com", "ship-staging-backend"],
        ["staging.example.com", "ship-staging-frontend"],
      ];
      expect(await targetsOf(deployed, 443)).toEqual(both.map(([host, name]) => `${host} to ${name}-blue`));
      expect(await targetsOf(deployed, 8443)).toEqual(both.map(([host, name]) => `${host} to ${name}-green`));
    });

    test("is seen before the visitors see it from inside the network alone", async () => {
      const ways = await waysInto(deployed.client(REGION), "ship-staging-load-balancer");
      expect(ways).toEqual(["443 from 0.0.0.0/0", "80 from 0.0.0.0/0", "8443 from 10.50.0.0/16"]);
    });

    test("may be made by a role that passes on the two roles of its service, and no other", async () => {
      const statements = await allowedTo(deployed.client(REGION), "ship-staging-backend-codedeploy", "release");
      const passed = statements.filter(({ Action }) => [Action].flat().includes("iam:PassRole"));
      expect(passed.map(({ Resource }) => Resource)).toEqual([
        [
          `arn:aws:iam::${ACCOUNT}:role/ship-staging-backend-task`,
          `arn:aws:iam::${ACCOUNT}:role/ship-staging-backend-execution`,
        ],
      ]);
    });
  });

  describe("its services", () => {
    test("are released by CodeDeploy, one task each at first, in private subnets", async () => {
      const { services = [] } = await new ECSClient(deployed.client(REGION)).send(
        new DescribeServicesCommand({ cluster: "ship-staging", services: SERVICES.map((it) => `ship-staging-${it}`) }),
      );
      const one = {
        controller: "CODE_DEPLOY",
        launchType: "FARGATE",
        tasks: 1,
        publicIp: "DISABLED",
        subnets: ["ship-staging-private-a", "ship-staging-private-b"],
      };
      const found = await Promise.all(
        services.map(async ({ deploymentController, launchType, desiredCount, networkConfiguration }) => ({
          controller: deploymentController?.type,
          launchType,
          tasks: desiredCount,
          publicIp: networkConfiguration?.awsvpcConfiguration?.assignPublicIp,
          subnets: await subnetNames(deployed.client(REGION), networkConfiguration?.awsvpcConfiguration?.subnets),
        })),
      );
      expect(found).toEqual([one, one]);
    });

    test("run as users that are not root, on files they cannot change", async () => {
      const definitions = await taskDefinitions(deployed.client(REGION));
      const containers = Object.values(definitions).flatMap(({ containerDefinitions = [] }) => containerDefinitions);
      expect(
        containers.map(({ name, user, readonlyRootFilesystem, privileged = false, linuxParameters }) => ({
          ...{ name, user, readonlyRootFilesystem, privileged },
          writable: linuxParameters?.tmpfs?.map(({ containerPath }) => containerPath),
        })),
      ).toEqual([
        { name: "backend", user: "1000:1000", readonlyRootFilesystem: true, privileged: false, writable: ["/tmp"] },
        {
          name: "frontend",
          user: "101:101",
          readonlyRootFilesystem: true,
          privileged: false,
          writable: ["/tmp", "/var/cache/nginx", "/var/run"],
        },
      ]);
    });

    test("listen on the ports of the document, also the front end on 80 without root", async () => {
      const definitions = await taskDefinitions(deployed.client(REGION));
      const ports = Object.values(definitions).map(({ family, containerDefinitions: [main] = [] }) => ({
        family,
        port: main?.portMappings?.[0]?.containerPort,
        controls: main?.systemControls ?? [],
      }));
      expect(ports).toEqual([
        { family: "ship-staging-backend", port: 3000, controls: [] },
        {
          family: "ship-staging-frontend",
          port: 80,
          controls: [{ namespace: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
        },
      ]);
    });

    test("are asked whether they are well, the back end at /health", async () => {
      const { TargetGroups = [] } = await elb(deployed).send(new DescribeTargetGroupsCommand({}));
      expect(
        TargetGroups.map(({ TargetGroupName, HealthCheckPath }) => `${TargetGroupName} ${HealthCheckPath}`).sort(),
      ).toEqual([
        "ship-staging-backend-blue /health",
        "ship-staging-backend-green /health",
        "ship-staging-frontend-blue /",
        "ship-staging-frontend-green /",
      ]);
    });

    test("get what they need, the password and the JWT secret by reference", async () => {
      const definitions = await taskDefinitions(deployed.client(REGION));
      expect(Object.values(definitions).map(variablesOf)).toEqual([
        {
          backend: {
            clear: ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT"],
            secret: ["DATABASE_PASSWORD", "DATABASE_USER", "JWT_SECRET"],
          },
        },
        { frontend: { clear: [], secret: [] } },
      ]);
    });
  });

  test("keeps the value of the JWT secret in Secrets Manager, and in no state", async () => {
    const { SecretString = "" } = await new SecretsManagerClient(deployed.client(REGION)).send(
      new GetSecretValueCommand({ SecretId: "ship-staging-jwt" }),
    );
    expect(SecretString).toMatch(/^[A-Za-z0-9]{64}$/);
    for (const { name } of deployed.stacks) expect(deployed.state(name)).not.toContain(SecretString);
  });

  test("lets the back end alone into PostgreSQL 16, which is private and encrypted", async () => {
    expect(await waysInto(deployed.client(REGION), "ship-staging-db")).toEqual([
      "5432 from ship-staging-backend-tasks",
    ]);
    const { DBInstances = [] } = await new RDSClient(deployed.client(REGION)).send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toEqual([
      expect.objectContaining({
        Engine: "postgres",
        EngineVersion: "16",
        PubliclyAccessible: false,
        StorageEncrypted: true,
        MasterUserSecret: expect.objectContaining({ SecretStatus: "active" }),
      }),
    ]);
  });

  describe("its pipeline", () => {
    test("takes each push to main, builds it, and releases both services at the same time", async () => {
      const { stages = [] } = await pipeline(deployed);
      expect(
        stages.map(({ name, actions = [] }) => ({
          stage: name,
          does: actions.map(({ actionTypeId, runOrder }) => `${actionTypeId?.provider} ${runOrder}`),
        })),
      ).toEqual([
        { stage: "Source", does: ["CodeStarSourceConnection 1"] },
        { stage: "Build", does: ["CodeBuild 1"] },
        { stage: "Deploy", does: ["CodeDeployToECS 1", "CodeDeployToECS 1"] },
      ]);
      const actions = stages.flatMap((stage) => stage.actions ?? []);
      expect(actions.map(({ configuration }) => configuration)).toEqual([
        expect.objectContaining({ FullRepositoryId: "acme/shop", BranchName: "main", DetectChanges: "true" }),
        { ProjectName: "ship-staging-release-build" },
        expect.objectContaining({ DeploymentGroupName: "ship-staging-frontend" }),
        expect.objectContaining({ DeploymentGroupName: "ship-staging-backend" }),
      ]);
    });

    test("hands over what its build writes: every artifact that is taken in was given out", async () => {
      const { stages = [] } = await pipeline(deployed);
      const given: string[] = [];
      for (const { actions = [] } of stages) {
        const taken = actions.flatMap(({ inputArtifacts = [] }) => inputArtifacts.map(({ name = "" }) => name));
        expect(taken.filter((name) => !given.includes(name))).toEqual([]);
        given.push(...actions.flatMap(({ outputArtifacts = [] }) => outputArtifacts.map(({ name = "" }) => name)));
      }
      expect(given).toEqual(["Source", "frontend", "backend"]);
    });

    test("installs, tests, builds both images and pushes them under the commit", async () => {
      const { projects = [] } = await new CodeBuildClient(deployed.client(REGION)).send(
        new BatchGetProjectsCommand({ names: ["ship-staging-release-build"] }),
      );
      const { phases } = JSON.parse(projects[0]?.source?.buildspec ?? "{}") as BuildSpec;
      const commands = phases.build.commands.join("\n");
      expect(commands).toMatch(/^npm ci\nnpm test --if-present\n/);
      for (const service of SERVICES) {
        const image = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/ship/${service}:$CODEBUILD_RESOLVED_SOURCE_VERSION`;
        expect(commands).toContain(
          `--file ${service}/Dockerfile --tag "${image}" ${service} && docker push "${image}"`,
        );
      }
    });

    test("keeps its artifacts in a bucket that is private and encrypted", async () => {
      const { artifactStore } = await pipeline(deployed);
      const bucket = `ship-staging-release-artifacts-${ACCOUNT}`;
      expect(artifactStore).toEqual({ type: "S3", location: bucket });
      expect(await bucketSafety(deployed.client(REGION), bucket)).toMatchObject({ private: true, encrypted: true });
    });

    test("is the one thing that releases: no role of the system is for GitHub Actions", async () => {
      const roles = await rolesOf(deployed.client(REGION), "ship");
      const trusted = roles.flatMap(({ trust }) => trust.flatMap(({ Principal }) => Principal.Service ?? "somebody"));
      expect([...new Set(trusted)].sort()).toEqual([
        "codebuild.amazonaws.com",
        "codedeploy.amazonaws.com",
        "codepipeline.amazonaws.com",
        "ecs-tasks.amazonaws.com",
      ]);
    });
  });
});

interface BuildSpec {
  readonly phases: { readonly build: { readonly commands: readonly string[] } };
}

const elb = (deployed: DeployedSystem) => new ElasticLoadBalancingV2Client(deployed.client(REGION));

async function pipeline(deployed: DeployedSystem): Promise<PipelineDeclaration> {
  const { pipeline: found } = await new CodePipelineClient(deployed.client(REGION)).send(
    new GetPipelineCommand({ name: "ship-staging-release" }),
  );
  return found ?? { name: "none", roleArn: "", stages: [] };
}

async function listener(deployed: DeployedSystem, port: number): Promise<Listener | undefined> {
  const { LoadBalancers = [] } = await elb(deployed).send(new DescribeLoadBalancersCommand({}));
  const { Listeners = [] } = await elb(deployed).send(
    new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn }),
  );
  return Listeners.find(({ Port }) => Port === port);
}

/** Where a listener leads each host name to, by the name of the target group. */
async function targetsOf(deployed: DeployedSystem, port: number): Promise<string[]> {
  const { Rules = [] } = await elb(deployed).send(
    new DescribeRulesCommand({ ListenerArn: (await listener(deployed, port))?.ListenerArn }),
  );
  return Rules.filter(({ IsDefault }) => IsDefault !== true)
    .map(({ Conditions = [], Actions = [] }) => {
      const hosts = Conditions.flatMap(({ HostHeaderConfig }) => HostHeaderConfig?.Values ?? []).join(" ");
      const targets = Actions.map(({ TargetGroupArn = "" }) => TargetGroupArn.split("/")[1]);
      return `${hosts} to ${targets.join(" ")}`;
    })
    .sort();
}
