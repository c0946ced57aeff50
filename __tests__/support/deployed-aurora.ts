import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  type ServiceNamespace,
} from "@aws-sdk/client-application-auto-scaling";
import { CloudFrontClient, GetDistributionCommand, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { DescribeFlowLogsCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { DeployedSystem } from "./deployed-system";

/** Regions and account of the system aurora. */
export const REGION = "us-east-1";
export const SECOND = "us-west-2";
export const ACCOUNT = "123456789012";

/** A client of S3. */
export function s3(deployed: DeployedSystem, region = REGION): S3Client {
  return new S3Client({ ...deployed.client(region), forcePathStyle: true });
}

/** Every Aurora cluster of a region. */
export async function clusters(deployed: DeployedSystem, region: string) {
  const { DBClusters = [] } = await new RDSClient(deployed.client(region)).send(new DescribeDBClustersCommand({}));
  return DBClusters.map((cluster) => ({
    engine: cluster.Engine,
    version: cluster.EngineVersion,
    encrypted: cluster.StorageEncrypted,
    backupDays: cluster.BackupRetentionPeriod,
    members: cluster.DBClusterMembers?.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).sort(),
  }));
}

/** Every instance of those clusters, by name. */
export async function instances(deployed: DeployedSystem, region: string) {
  const { DBInstances = [] } = await new RDSClient(deployed.client(region)).send(new DescribeDBInstancesCommand({}));
  return DBInstances.map((instance) => ({
    name: instance.DBInstanceIdentifier ?? "",
    instanceClass: instance.DBInstanceClass,
    publicly: instance.PubliclyAccessible,
  })).sort((one, other) => one.name.localeCompare(other.name));
}

/** What scales between which bounds, and by which targets. */
export async function scaling(deployed: DeployedSystem, namespace: ServiceNamespace) {
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
export async function flowLogs(deployed: DeployedSystem) {
  const ec2 = new EC2Client(deployed.client(REGION));
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const ours = new Set(Vpcs.filter(({ IsDefault }) => !IsDefault).map(({ VpcId }) => VpcId));
  const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand({}));
  return FlowLogs.filter(({ ResourceId }) => ours.has(ResourceId)).map(({ TrafficType }) => TrafficType);
}

/** Every CloudFront distribution. */
export async function distributions(deployed: DeployedSystem) {
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
      // A set to CloudFront.
      origins: config?.Origins?.Items?.map(
        ({ DomainName, CustomOriginConfig, OriginAccessControlId }) =>
          `${DomainName}, ${OriginAccessControlId ? "signed" : CustomOriginConfig?.OriginProtocolPolicy}`,
      ).sort(),
      paths: behaviors.map(({ PathPattern }) => PathPattern),
    };
  });
}

/** Passwords and keys that Secrets Manager holds. */
export async function secretValues(deployed: DeployedSystem): Promise<string[]> {
  const client = new SecretsManagerClient(deployed.client(REGION));
  const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
  const passwords = SecretList.filter(({ Name = "" }) => Name.endsWith("db-master"));
  const found = await Promise.all(
    passwords.map(({ ARN }) => client.send(new GetSecretValueCommand({ SecretId: ARN }))),
  );
  return found.map(({ SecretString = "{}" }) => (JSON.parse(SecretString) as { password: string }).password);
}

/** What a role of GitHub Actions demands of a token. */
export function trusted(sub: readonly string[]) {
  return {
    StringEquals: expect.objectContaining({ sub, repository_id: "5001", repository_owner_id: "1001" }) as unknown,
  };
}
