import { DescribeSecurityGroupRulesCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { DescribeClustersCommand, DescribeServicesCommand, ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetRoleCommand, IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetPublicAccessBlockCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Children } from "../../tools/terraform/children";
import { emulatorEnvironment } from "../../tools/terraform/environment";
import { setUpTerraform } from "../../tools/terraform/setup";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../support/emulator";

// What a user with an account types, against the emulator: cdktf deploy and destroy, the real AWS provider, the default staging system.
const ROOT = join(__dirname, "..", "..");
const MINUTES = 60_000;

/** AWS alone, upstream first. cdktf would refuse a stack whose Cloudflare or Upstash upstream is not selected, so each wave names its own. */
const WAVES = [["shared", "staging-delivery"], ["staging-network"], ["staging-data"], ["staging-app"]];
const STACKS = WAVES.flat();

const folder = mkdtempSync(join(tmpdir(), "groundplan-e2e-"));
const outdir = join(folder, "cdktf.out");
let emulator: TestEmulator;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  emulator = await startTestEmulator();
  const children = new Children();
  const aws = { source: "hashicorp/aws", version: "5.100.0" };
  const setup = await setUpTerraform({ children, environment: process.env, folder, needs: [aws] });
  environment = {
    ...emulatorEnvironment(setup.environment, emulator.url),
    AWS_REGION: "eu-west-3",
    GROUNDPLAN_ENV: "staging",
    GROUNDPLAN_STATE: "local",
    GROUNDPLAN_DESTROYABLE: "true",
    CHECKPOINT_DISABLE: "1",
    CI: "1",
  };
}, MINUTES);

afterAll(async () => {
  await stopTestEmulator(emulator);
  rmSync(folder, { recursive: true });
});

const run = (command: string, args: string[], cwd = ROOT) =>
  new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = spawn(command, args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
    child.on("close", (code) => resolve({ code, output }));
  });

const cdktf = (command: "deploy" | "destroy", stacks: string[]) =>
  run("npx", [
    "cdktf",
    command,
    ...stacks,
    "--auto-approve",
    "--ignore-missing-stack-dependencies",
    "--skip-provider-lock",
    // With its default, `cdktf destroy --ignore-missing-stack-dependencies` starts the same stack again and again until it is done.
    ...(command === "destroy" ? ["--parallelism", "1"] : []),
    "--output",
    outdir,
  ]);

const client = () => ({
  endpoint: emulator.url,
  region: "eu-west-3",
  credentials: { accessKeyId: "x", secretAccessKey: "x" },
});

const stateOf = (stack: string) => join(folder, ".groundplan", "state", `${stack}.tfstate`);

describe("the default staging system, deployed by cdktf", () => {
  test.each(WAVES.map((stacks) => [stacks]))(
    "%j deploys",
    async (stacks) => {
      const { code, output } = await cdktf("deploy", stacks);
      expect({ code, output: code === 0 ? "" : output.slice(-4000) }).toEqual({ code: 0, output: "" });
    },
    8 * MINUTES,
  );

  test(
    "a second plan is empty",
    async () => {
      for (const stack of STACKS) {
        const plan = ["plan", "-input=false", "-no-color", "-detailed-exitcode", "-lock=false"];
        const { code, output } = await run("terraform", plan, join(outdir, "stacks", stack));
        expect({ stack, code, output: code === 0 ? "" : output.slice(-4000) }).toEqual({ stack, code: 0, output: "" });
      }
    },
    5 * MINUTES,
  );

  test("no database is public, and each is encrypted", async () => {
    const { DBInstances = [] } = await new RDSClient(client()).send(new DescribeDBInstancesCommand({}));
    expect(
      DBInstances.map(({ PubliclyAccessible, StorageEncrypted }) => ({ PubliclyAccessible, StorageEncrypted })),
    ).toEqual([{ PubliclyAccessible: false, StorageEncrypted: true }]);
  });

  test("nothing but the load balancer's two ports is open to the internet", async () => {
    const ec2 = new EC2Client(client());
    const { Vpcs = [] } = await ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: "cidr", Values: ["10.10.0.0/16"] }] }),
    );
    expect(Vpcs).toHaveLength(1);
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    const open = SecurityGroupRules.filter(
      ({ IsEgress, CidrIpv4, CidrIpv6 }) => !IsEgress && (CidrIpv4 === "0.0.0.0/0" || CidrIpv6 === "::/0"),
    );
    expect(open.map(({ FromPort, ToPort }) => [FromPort, ToPort]).sort()).toEqual([
      [443, 443],
      [80, 80],
    ]);
  });

  test("the load balancer speaks TLS and redirects everything else", async () => {
    const elb = new ElasticLoadBalancingV2Client(client());
    const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
    expect(LoadBalancers).toHaveLength(1);
    const { Listeners = [] } = await elb.send(
      new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn }),
    );
    const summary = Listeners.map(({ Port, Protocol, SslPolicy, DefaultActions = [] }) => ({
      Port,
      Protocol,
      SslPolicy: Protocol === "HTTPS" ? SslPolicy : undefined, // the emulator reports one for plain HTTP too
      Redirect: DefaultActions[0]?.RedirectConfig?.Protocol,
    })).sort((one, other) => (one.Port ?? 0) - (other.Port ?? 0));
    expect(summary).toEqual([
      { Port: 80, Protocol: "HTTP", SslPolicy: undefined, Redirect: "HTTPS" },
      { Port: 443, Protocol: "HTTPS", SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", Redirect: undefined },
    ]);
  });

  test("the service runs in private subnets, and rolls back by itself", async () => {
    const ecs = new ECSClient(client());
    const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
    expect(clusterArns).toHaveLength(1);
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster: clusterArns[0], services: ["acme-staging-api"] }),
    );
    expect(services[0]?.networkConfiguration?.awsvpcConfiguration?.assignPublicIp).toBe("DISABLED");
    expect(services[0]?.deploymentConfiguration?.deploymentCircuitBreaker).toMatchObject({
      enable: true,
      rollback: true,
    });
  });

  test("image tags never move", async () => {
    const { repositories = [] } = await new ECRClient(client()).send(new DescribeRepositoriesCommand({}));
    expect(repositories.map(({ repositoryName, imageTagMutability }) => [repositoryName, imageTagMutability])).toEqual([
      ["acme/api", "IMMUTABLE"],
    ]);
  });

  test("no bucket is public", async () => {
    const s3 = new S3Client({ ...client(), forcePathStyle: true });
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toEqual(["acme-staging-uploads-123456789012"]);
    for (const { Name } of Buckets) {
      const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket: Name }));
      expect(PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  test("each role of GitHub Actions trusts exact subjects of one repository, and every role has a boundary", async () => {
    const iam = new IAMClient(client());
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const ours = Roles.filter(({ RoleName = "" }) => RoleName.startsWith("acme-"));
    const trusts: Record<string, unknown> = {};
    for (const { RoleName = "" } of ours) {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      expect({ RoleName, boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn }).toEqual({
        RoleName,
        boundary: expect.stringMatching(
          /^arn:aws:iam::123456789012:policy\/delivery\/acme-staging-(delivery-)?boundary$/,
        ),
      });
      const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}")) as Trust;
      const web = trust.Statement.filter(({ Action }) => [Action].flat().includes("sts:AssumeRoleWithWebIdentity"));
      if (web.length > 0) trusts[RoleName] = web.map(({ Condition }) => Condition["StringEquals"]?.[`${GITHUB}:sub`]);
    }
    expect(trusts).toEqual({
      "acme-staging-plan": [["repo:acme/platform:pull_request", "repo:acme@1001/platform@2001:pull_request"]],
      "acme-staging-deploy": [
        ["repo:acme/platform:environment:staging", "repo:acme@1001/platform@2001:environment:staging"],
      ],
      "acme-staging-push-api": [["repo:acme/api:environment:staging", "repo:acme@1001/api@2002:environment:staging"]],
      "acme-staging-release-api": [
        ["repo:acme/api:environment:staging", "repo:acme@1001/api@2002:environment:staging"],
      ],
    });
  });

  test("keeps no secret in a state", () => {
    const states = readdirSync(join(folder, ".groundplan", "state")).filter((name) => name.endsWith(".tfstate"));
    expect(states.sort()).toEqual(STACKS.map((stack) => `${stack}.tfstate`).sort());
    for (const name of states) {
      const text = readFileSync(join(folder, ".groundplan", "state", name), "utf8");
      expect(text).not.toMatch(/"(password|master_password|auth_token|secret_string)": "[^"]+"/);
    }
  });

  test.each([...WAVES].reverse().map((stacks) => [stacks]))(
    "%j is destroyed",
    async (stacks) => {
      const { code, output } = await cdktf("destroy", stacks);
      expect({ code, output: code === 0 ? "" : output.slice(-4000) }).toEqual({ code: 0, output: "" });
    },
    8 * MINUTES,
  );

  test("nothing is left", async () => {
    for (const stack of STACKS) {
      const { resources } = JSON.parse(readFileSync(stateOf(stack), "utf8")) as { resources: unknown[] };
      expect({ stack, resources }).toEqual({ stack, resources: [] });
    }
    expect(existsSync(join(ROOT, `terraform.${STACKS[0]}.tfstate`))).toBe(false);
    const { DBInstances } = await new RDSClient(client()).send(new DescribeDBInstancesCommand({}));
    const { clusterArns } = await new ECSClient(client()).send(new ListClustersCommand({}));
    const { clusters = [] } = await new ECSClient(client()).send(
      new DescribeClustersCommand({ clusters: clusterArns }),
    );
    const { repositories } = await new ECRClient(client()).send(new DescribeRepositoriesCommand({}));
    const { Roles = [] } = await new IAMClient(client()).send(new ListRolesCommand({}));
    const { LoadBalancers } = await new ElasticLoadBalancingV2Client(client()).send(
      new DescribeLoadBalancersCommand({}),
    );
    const { Vpcs = [] } = await new EC2Client(client()).send(new DescribeVpcsCommand({}));
    expect({
      DBInstances,
      clusters: clusters.filter(({ status }) => status !== "INACTIVE"), // ECS remembers a deleted cluster for a while
      repositories,
      LoadBalancers,
      roles: Roles.filter(({ RoleName = "" }) => RoleName.startsWith("acme-")),
      vpcs: Vpcs.filter(({ IsDefault }) => !IsDefault),
    }).toEqual({ DBInstances: [], clusters: [], repositories: [], LoadBalancers: [], roles: [], vpcs: [] });
  });
});

const GITHUB = "token.actions.githubusercontent.com";

interface Trust {
  readonly Statement: Array<{
    readonly Action: string | string[];
    readonly Condition: Record<string, Record<string, string[]>>;
  }>;
}
