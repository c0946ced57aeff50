import { CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { GetRoleCommand, GetRolePolicyCommand, IAMClient, paginateListRoles } from "@aws-sdk/client-iam";
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { DeployedSystem } from "./deployed-system";
import type { PolicyStatement } from "./synth";

// What is asked of every deployed system, in the words of its facts.

type Client = ReturnType<DeployedSystem["client"]>;

/** A statement of a trust policy. */
interface TrustStatement {
  readonly Principal: { readonly Service?: string | string[]; readonly Federated?: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

/** A role of the project, with whom it trusts and how far it reaches at most. */
export interface DeployedRole {
  readonly name: string;
  readonly boundary: string | undefined;
  readonly trust: readonly TrustStatement[];
}

/** The threshold of every alarm, by its name, with the side it is on. */
export async function alarmThresholds(client: Client): Promise<Record<string, string>> {
  const thresholds: Record<string, string> = {};
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client: new CloudWatchClient(client) }, {})) {
    for (const { AlarmName = "", ComparisonOperator, Threshold } of MetricAlarms) {
      thresholds[AlarmName] = `${ComparisonOperator === "GreaterThanThreshold" ? ">" : "<"} ${Threshold}`;
    }
  }
  return thresholds;
}

/** How many days each log group keeps its logs, by its name. */
export async function logRetention(client: Client): Promise<Record<string, number | undefined>> {
  const days: Record<string, number | undefined> = {};
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: new CloudWatchLogsClient(client) }, {})) {
    for (const { logGroupName = "", retentionInDays } of logGroups) days[logGroupName] = retentionInDays;
  }
  return days;
}

/** The newest task definition of each family, by the family, sorted: stacks make theirs in no order. */
export async function taskDefinitions(client: Client): Promise<Record<string, TaskDefinition>> {
  const ecs = new ECSClient(client);
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({}));
  const found = await Promise.all(
    taskDefinitionArns.map((taskDefinition) => ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))),
  );
  const newest: Record<string, TaskDefinition> = {};
  for (const { taskDefinition } of found) {
    if (taskDefinition === undefined) continue;
    const { family = "", revision = 0 } = taskDefinition;
    if (revision >= (newest[family]?.revision ?? 0)) newest[family] = taskDefinition;
  }
  return Object.fromEntries(Object.entries(newest).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names of the variables in the clear, and of the secrets, of each container of a task definition. */
export function variablesOf({ containerDefinitions = [] }: TaskDefinition): Record<string, unknown> {
  return Object.fromEntries(
    containerDefinitions.map(({ name = "", environment = [], secrets = [] }) => {
      const variables = {
        clear: environment.map((variable) => variable.name),
        secret: secrets.map((secret) => secret.name),
      };
      return [name, variables] as const;
    }),
  );
}

/** Every role of the project. */
export async function rolesOf(client: Client, project: string): Promise<DeployedRole[]> {
  const iam = new IAMClient(client);
  const names: string[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client: iam }, {})) {
    names.push(...Roles.map(({ RoleName = "" }) => RoleName).filter((name) => name.startsWith(`${project}-`)));
  }
  return Promise.all(
    names.sort().map(async (name) => {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
      const document = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}")) as {
        readonly Statement: TrustStatement[];
      };
      return {
        name,
        boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
        trust: document.Statement,
      };
    }),
  );
}

/** What each role that GitHub Actions may take trusts: the condition as it stands, by the role. */
export function gitHubTrusts(roles: readonly DeployedRole[]): Record<string, unknown> {
  return Object.fromEntries(
    roles.flatMap(({ name, trust }) =>
      trust
        .filter(({ Principal }) => Principal.Federated?.endsWith("oidc-provider/token.actions.githubusercontent.com"))
        .map(({ Condition = {} }) => [name, withoutIssuer(Condition)] as const),
    ),
  );
}

/** What a policy of a role allows: its statements as they stand. */
export async function allowedTo(client: Client, role: string, policy: string): Promise<PolicyStatement[]> {
  const { PolicyDocument = "" } = await new IAMClient(client).send(
    new GetRolePolicyCommand({ RoleName: role, PolicyName: policy }),
  );
  const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as { readonly Statement: PolicyStatement[] };
  return Statement;
}

/** Whether a bucket is private, encrypted and versioned. */
export async function bucketSafety(client: Client, name: string): Promise<Record<string, boolean>> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const bucket = { Bucket: name };
  const { PublicAccessBlockConfiguration: blocked = {} } = await s3.send(new GetPublicAccessBlockCommand(bucket));
  const { ServerSideEncryptionConfiguration: encryption } = await s3.send(new GetBucketEncryptionCommand(bucket));
  const { Status } = await s3.send(new GetBucketVersioningCommand(bucket));
  return {
    private: Object.values(blocked).filter((block) => block === true).length === 4,
    encrypted: encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm !== undefined,
    versioned: Status === "Enabled",
  };
}

/** Names of subnets by their ids. */
export async function subnetNames(client: Client, ids: readonly string[] = []): Promise<string[]> {
  const { Subnets = [] } = await new EC2Client(client).send(new DescribeSubnetsCommand({ SubnetIds: [...ids] }));
  return Subnets.flatMap(({ Tags = [] }) =>
    Tags.filter(({ Key }) => Key === "Name").map(({ Value = "" }) => Value),
  ).sort();
}

/** Ids of the subnets of these names, in their order. */
export async function subnetIds(client: Client, names: readonly string[]): Promise<string[]> {
  const Filters = [{ Name: "tag:Name", Values: [...names] }];
  const { Subnets = [] } = await new EC2Client(client).send(new DescribeSubnetsCommand({ Filters }));
  const byName = new Map(
    Subnets.map(({ SubnetId = "", Tags = [] }) => [Tags.find(({ Key }) => Key === "Name")?.Value, SubnetId] as const),
  );
  return names.map((name) => byName.get(name) ?? `no subnet ${name}`);
}

/** Ids of the security groups of these names, in their order. */
export async function securityGroupIds(client: Client, names: readonly string[]): Promise<string[]> {
  const Filters = [{ Name: "group-name", Values: [...names] }];
  const { SecurityGroups = [] } = await new EC2Client(client).send(new DescribeSecurityGroupsCommand({ Filters }));
  const byName = new Map(SecurityGroups.map(({ GroupName, GroupId = "" }) => [GroupName, GroupId] as const));
  return names.map((name) => byName.get(name) ?? `no security group ${name}`);
}

/** Who may connect to a security group: the ports, and the name of the group or the addresses. */
export async function waysInto(client: Client, name: string): Promise<string[]> {
  const ec2 = new EC2Client(client);
  const [id] = await securityGroupIds(client, [name]);
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const names = new Map(SecurityGroups.map(({ GroupName, GroupId }) => [GroupId, GroupName] as const));
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
  return SecurityGroupRules.filter(({ GroupId, IsEgress }) => GroupId === id && IsEgress !== true)
    .map(({ FromPort, ToPort, ReferencedGroupInfo, CidrIpv4 }) => {
      const ports = FromPort === ToPort ? `${FromPort}` : `${FromPort}-${ToPort}`;
      return `${ports} from ${names.get(ReferencedGroupInfo?.GroupId) ?? CidrIpv4}`;
    })
    .sort();
}

function withoutIssuer(condition: NonNullable<TrustStatement["Condition"]>): unknown {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, claims]) => [
      operator,
      Object.fromEntries(
        Object.entries(claims).map(([claim, value]) => [
          claim.replace("token.actions.githubusercontent.com:", ""),
          value,
        ]),
      ),
    ]),
  );
}
