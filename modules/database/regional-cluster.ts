import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import type { RdsCluster, RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { assertValid } from "../validation";
import type { AuroraSettings } from "./aurora-settings";
import {
  auroraEngine,
  auroraFamily,
  auroraInstanceClass,
  clusterInstanceParameters,
  clusterParameters,
  hasPerformanceInsights,
} from "./aurora-settings";
import { subnetProblem } from "./database-checks";
import { MonitoringRole } from "./monitoring-role";

export interface RegionalClusterProps extends AuroraSettings {
  /** For whom and where. */
  readonly context: Context;

  /** The VPC of the subnets. */
  readonly vpcId: string;

  /** Isolated subnets, in at least two zones; Aurora keeps its data in three zones wherever they are. */
  readonly subnetIds: readonly string[];

  /** Last part of every cloud name. */
  readonly thing: string;

  /**
   * ARN of the KMS key of Performance Insights.
   * @default - the account's own key for RDS
   */
  readonly kmsKeyArn?: string;

  /**
   * Whether Application Auto Scaling adds readers.
   * @default false
   */
  readonly scaledReaders?: boolean;
}

/** How the instances of a cluster are made. */
interface Instances {
  readonly cluster: RdsCluster;
  readonly count: number;
}

/**
 * What an Aurora cluster has in whichever region: who may connect, where it stands, parameters that require TLS, logs, monitoring and
 * instances. `AuroraCluster` and `AuroraStandby` add the cluster itself.
 */
export abstract class RegionalCluster extends Construct {
  /** First part of a connection string. */
  readonly scheme: "postgres" | "mysql";

  /** Port of every instance. */
  readonly port: number;

  /** The security group that guards the port. */
  readonly securityGroupId: string;

  /** Name of the cluster, as alarms and backups call it. */
  readonly clusterIdentifier: string;

  /** ARN of the cluster. */
  readonly clusterArn: string;

  /** Instance class, `db.serverless` for Serverless v2. */
  readonly instanceClass: string;

  /** What both kinds of cluster have in common. */
  protected readonly shared: RdsClusterConfig;

  private readonly label: string;
  private readonly ofInstances: Omit<
    ConstructorParameters<typeof RdsClusterInstance>[2],
    "identifier" | "clusterIdentifier" | "dependsOn"
  >;
  private readonly role: MonitoringRole | undefined;
  private readonly instanceName: (number: number) => string;

  protected constructor(
    scope: Construct,
    id: string,
    props: RegionalClusterProps,
    problems: ReadonlyArray<string | undefined>,
  ) {
    super(scope, id);
    assertValid(this, [...problems, subnetProblem(props.subnetIds)]);
    const { context, thing, kmsKeyArn, serverless, scaledReaders = false } = props;
    const engine = auroraEngine(props.engine);
    const { version = engine.version, logExports = engine.defaultLogs, logRetentionDays = 365 } = props;
    const { backupRetentionDays = 7, backupWindow = "02:00-03:00", maintenanceWindow = "sun:03:30-sun:04:30" } = props;
    const { performanceInsightsRetentionDays = 7, monitoringIntervalSeconds = 60 } = props;
    const { storageType = "standard", iamAuthentication = false } = props;
    const { allowMajorVersionUpgrade = false, applyImmediately = false } = props;
    const performanceInsights = hasPerformanceInsights(props);

    const identifier = context.names("dbCluster", thing);
    const securityGroup = new SecurityGroup(this, "access", {
      name: context.names("securityGroup", thing),
      description: `Who may connect to ${identifier}`,
      vpcId: props.vpcId,
      tags: { Name: context.names("securityGroup", thing) },
    });
    const subnets = new DbSubnetGroup(this, "subnets", {
      name: context.names("dbSubnetGroup", thing),
      description: `Subnets of ${identifier}`,
      subnetIds: [...props.subnetIds],
    });
    const family = auroraFamily(props);
    const group = {
      description: `Parameters of ${identifier}`,
      family,
      lifecycle: { createBeforeDestroy: true }, // a group in use cannot be deleted, so an upgrade makes the next one first
    };
    const groupThing = `${thing}-${family.replace(/(\d)\.(\d)/, "$1-$2")}`;
    const parameters = new RdsClusterParameterGroup(this, "parameters", {
      ...group,
      name: context.names("dbClusterParameterGroup", groupThing),
      parameter: clusterParameters(props),
    });
    const instanceParameters = new DbParameterGroup(this, "instance-parameters", {
      ...group,
      name: context.names("dbParameterGroup", groupThing),
      parameter: clusterInstanceParameters(props),
    });
    // RDS would make the groups itself, and keep them and their logs for ever.
    const logs = new Construct(this, "logs");
    const logGroups = logExports.map(
      (log) =>
        new CloudwatchLogGroup(logs, log, {
          name: `/aws/rds/cluster/${identifier}/${log}`,
          retentionInDays: logRetentionDays,
        }),
    );

    this.shared = {
      clusterIdentifier: identifier,
      engine: props.engine,
      engineVersion: version,
      port: engine.port,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [securityGroup.id],
      dbClusterParameterGroupName: parameters.name,
      ...(allowMajorVersionUpgrade && { dbInstanceParameterGroupName: instanceParameters.name }),
      storageEncrypted: true,
      storageType: storageType === "io-optimized" ? "aurora-iopt1" : "aurora",
      ...(serverless && {
        serverlessv2ScalingConfiguration: {
          minCapacity: serverless.minAcu,
          maxCapacity: serverless.maxAcu,
          secondsUntilAutoPause: serverless.minAcu === 0 ? (serverless.pauseAfterSeconds ?? 300) : undefined,
        },
      }),
      backupRetentionPeriod: backupRetentionDays,
      preferredBackupWindow: backupWindow,
      preferredMaintenanceWindow: maintenanceWindow,
      copyTagsToSnapshot: true,
      iamDatabaseAuthenticationEnabled: iamAuthentication,
      enabledCloudwatchLogsExports: [...logExports],
      allowMajorVersionUpgrade,
      applyImmediately,
      deletionProtection: !context.destroyable,
      deleteAutomatedBackups: context.destroyable,
      dependsOn: logGroups,
    };
    this.role =
      monitoringIntervalSeconds === 0
        ? undefined
        : new MonitoringRole(this, "monitoring", { context, thing, scaledInstances: scaledReaders });
    this.instanceClass = auroraInstanceClass(props);
    this.ofInstances = {
      engine: props.engine,
      instanceClass: this.instanceClass,
      dbParameterGroupName: instanceParameters.name,
      dbSubnetGroupName: subnets.name,
      preferredMaintenanceWindow: maintenanceWindow,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: true,
      applyImmediately,
      monitoringInterval: monitoringIntervalSeconds,
      monitoringRoleArn: this.role?.arn,
      performanceInsightsEnabled: performanceInsights,
      ...(performanceInsights && {
        performanceInsightsRetentionPeriod: performanceInsightsRetentionDays,
        performanceInsightsKmsKeyId: kmsKeyArn,
      }),
    };
    this.instanceName = (number) => context.names("dbInstance", `${thing}-${number}`);

    this.scheme = engine.scheme;
    this.label = engine.label;
    this.port = engine.port;
    this.securityGroupId = securityGroup.id;
    this.clusterIdentifier = identifier;
    this.clusterArn = arn(context, "rds", `cluster:${identifier}`);
  }

  /** Lets a security group of the same stack connect to every instance. */
  allowFrom(id: string, securityGroupId: string): void {
    new VpcSecurityGroupIngressRule(this, `from-${id}`, {
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: securityGroupId,
      description: `${this.label} from ${id}`,
      ipProtocol: "tcp",
      fromPort: this.port,
      toPort: this.port,
    });
  }

  /** Instances 1 to `count`. The first is there before the others, so that it starts as the writer. */
  protected makeInstances({ cluster, count }: Instances): RdsClusterInstance[] {
    const waits: ITerraformDependable[] = this.role === undefined ? [] : [this.role.policy];
    return Array.from({ length: count }, (_, index) => index + 1).reduce<RdsClusterInstance[]>(
      (made, number) => [
        ...made,
        new RdsClusterInstance(this, `instance-${number}`, {
          ...this.ofInstances,
          identifier: this.instanceName(number),
          clusterIdentifier: cluster.id,
          promotionTier: number === 1 ? 0 : 1,
          dependsOn: [...waits, ...made.slice(0, 1)],
        }),
      ],
      [],
    );
  }
}
