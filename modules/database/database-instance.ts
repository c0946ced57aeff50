import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { assertValid, isUnresolved } from "../validation";
import { subnetProblem } from "./database-checks";
import type { DatabaseConnection } from "./database-connection";
import type { DatabaseEngine, DatabaseInstanceSettings, DatabaseRestore } from "./database-instance-settings";
import { hasGivenPassword, instanceParameters, maxStorageOf } from "./database-instance-settings";
import { MasterSecret } from "./master-secret";
import { MonitoringRole } from "./monitoring-role";

export interface DatabaseInstanceProps extends DatabaseInstanceSettings {
  /** For whom and where. */
  readonly context: Context;

  /** The VPC of the subnets. */
  readonly vpcId: string;

  /** Isolated subnets, in at least two zones. */
  readonly subnetIds: readonly string[];

  /**
   * Last part of every cloud name, for a stack with several databases.
   * @default "db"
   */
  readonly thing?: string;

  /**
   * ARN of the KMS key for disk, backups and Performance Insights. Changing it replaces the instance.
   * @default - the account's own key for RDS
   */
  readonly kmsKeyArn?: string;
}

/**
 * A database instance on RDS with its read replicas, as `Postgres` and `Mysql` make it once they have checked the settings.
 *
 * It is always encrypted, private, reached over TLS only, backed up, and updated to the latest minor version. Its administrator's password
 * is in no state. Nothing may connect until `allowFrom`, or a rule elsewhere for `securityGroupId` and `port`, says so.
 * Unless the context is destroyable it is protected from deletion, by RDS and by Terraform, and leaves a final snapshot and its backups.
 */
export abstract class DatabaseInstance extends Construct implements DatabaseConnection {
  /** First part of a connection string. */
  readonly scheme: "postgres" | "mysql";

  /** Host and port, as `host:port`. */
  readonly endpoint: string;

  /** Host name. */
  readonly address: string;

  /** Port of the database and its replicas. */
  readonly port: number;

  /** The security group that guards the port. */
  readonly securityGroupId: string;

  /** ARN of the administrator's secret, JSON with `username` and `password`. Without replicas RDS keeps it, and rotates it every seven days. */
  readonly masterSecretArn: string;

  /** Name of the administrator. */
  readonly masterUsername: string;

  /** Name of the instance, as alarms and backups call it. */
  readonly instanceIdentifier: string;

  /** ARN of the instance. */
  readonly instanceArn: string;

  /** RDS instance class. */
  readonly instanceClass: string;

  /** Whether there is a standby in a second zone. */
  readonly multiAz: boolean;

  /** Name of the first database. */
  readonly databaseName: string;

  /** The id that never changes, by which IAM policies for `rds-db:connect` name the instance. */
  readonly resourceId: string;

  /** Host names of the read replicas. */
  readonly replicaAddresses: string[];

  private readonly label: string;

  protected constructor(
    scope: Construct,
    id: string,
    props: DatabaseInstanceProps,
    engine: DatabaseEngine,
    problems: ReadonlyArray<string | undefined>,
  ) {
    super(scope, id);
    const { context, thing = "db", kmsKeyArn } = props;
    const { version = engine.version, instanceClass = "db.t4g.micro", storageGiB = 20, multiAz = true } = props;
    const { backupRetentionDays = 7, backupWindow = "02:00-03:00", maintenanceWindow = "sun:03:30-sun:04:30" } = props;
    const { performanceInsights = true, performanceInsightsRetentionDays = 7, monitoringIntervalSeconds = 60 } = props;
    const { readReplicas = 0, readReplicaInstanceClass = instanceClass, iamAuthentication = false } = props;
    const { allowMajorVersionUpgrade = false, applyImmediately = false, restore } = props;
    const { databaseName = "app", masterUsername = engine.masterUsername } = props;
    const { logExports = engine.logs, logRetentionDays = 365 } = props;
    assertValid(this, [...problems, subnetProblem(props.subnetIds)]);

    const identifier = context.names("dbInstance", thing);
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
    const family = `${engine.engine}${engine.majorVersionOf(version)}`;
    const parameters = new DbParameterGroup(this, "parameters", {
      name: context.names("dbParameterGroup", `${thing}-${isUnresolved(family) ? family : family.replace(".", "-")}`),
      description: `Parameters of ${identifier}`,
      family,
      parameter: instanceParameters(engine, props),
      lifecycle: { createBeforeDestroy: true }, // a group in use cannot be deleted, so an upgrade makes the next one first
    });
    const role =
      monitoringIntervalSeconds === 0 ? undefined : new MonitoringRole(this, "monitoring", { context, thing });
    const secret = hasGivenPassword(props)
      ? new MasterSecret(this, "master", { context, thing, username: masterUsername, kmsKeyArn })
      : undefined;

    const common = {
      storageType: "gp3",
      storageEncrypted: true,
      maxAllocatedStorage: maxStorageOf(props),
      port: engine.port,
      publiclyAccessible: false,
      vpcSecurityGroupIds: [securityGroup.id],
      parameterGroupName: parameters.name,
      maintenanceWindow,
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade,
      applyImmediately,
      iamDatabaseAuthenticationEnabled: iamAuthentication,
      copyTagsToSnapshot: true,
      deletionProtection: !context.destroyable,
      monitoringInterval: monitoringIntervalSeconds,
      monitoringRoleArn: role?.arn,
      performanceInsightsEnabled: performanceInsights,
      ...(performanceInsights && {
        performanceInsightsRetentionPeriod: performanceInsightsRetentionDays,
        performanceInsightsKmsKeyId: kmsKeyArn,
      }),
      enabledCloudwatchLogsExports: [...logExports],
      lifecycle: { preventDestroy: !context.destroyable },
    };
    const waits = role === undefined ? [] : [role.policy];
    const logs = { logExports, logRetentionDays };

    const instance = new DbInstance(this, "instance", {
      ...common,
      identifier,
      engine: engine.engine,
      engineVersion: version,
      instanceClass,
      allocatedStorage: storageGiB,
      kmsKeyId: kmsKeyArn,
      multiAz,
      dbSubnetGroupName: subnets.name,
      ...(secret === undefined
        ? { manageMasterUserPassword: true } // keeps the password out of Terraform state
        : { passwordWo: secret.password, passwordWoVersion: secret.version }),
      ...(restore === undefined ? { dbName: databaseName, username: masterUsername } : restored(restore)),
      backupRetentionPeriod: backupRetentionDays,
      backupWindow,
      deleteAutomatedBackups: context.destroyable,
      skipFinalSnapshot: context.destroyable,
      finalSnapshotIdentifier: context.destroyable ? undefined : context.names("dbSnapshot", `${thing}-final`),
      dependsOn: [...waits, ...this.logGroups("logs", identifier, logs)],
    });
    const replicas = Array.from({ length: readReplicas }, (_, index) => {
      const replica = `replica-${index + 1}`;
      const replicaIdentifier = context.names("dbInstance", `${thing}-${replica}`);
      return new DbInstance(this, replica, {
        ...common,
        identifier: replicaIdentifier,
        replicateSourceDb: instance.identifier, // brings engine, key, subnets and users with it, but no standby and no backups
        instanceClass: readReplicaInstanceClass,
        skipFinalSnapshot: true, // RDS takes none of a replica
        dependsOn: [...waits, ...this.logGroups(`${replica}-logs`, replicaIdentifier, logs)],
      });
    });

    this.scheme = engine.scheme;
    this.label = engine.label;
    this.endpoint = instance.endpoint;
    this.address = instance.address;
    this.port = engine.port;
    this.securityGroupId = securityGroup.id;
    this.masterSecretArn = secret?.secretArn ?? instance.masterUserSecret.get(0).secretArn;
    this.masterUsername = restore === undefined ? masterUsername : instance.username;
    this.instanceIdentifier = identifier;
    this.instanceArn = arn(context, "rds", `db:${identifier}`);
    this.instanceClass = instanceClass;
    this.multiAz = multiAz;
    this.databaseName = restore === undefined ? databaseName : instance.dbName;
    this.resourceId = instance.resourceId;
    this.replicaAddresses = replicas.map(({ address }) => address);
  }

  /** Lets a security group of the same stack connect to the database and its replicas. */
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

  /** RDS would make the groups itself, and keep them and their logs for ever. */
  private logGroups(
    id: string,
    identifier: string,
    { logExports, logRetentionDays }: { readonly logExports: readonly string[]; readonly logRetentionDays: number },
  ): CloudwatchLogGroup[] {
    const scope = new Construct(this, id);
    return logExports.map(
      (log) =>
        new CloudwatchLogGroup(scope, log, {
          name: `/aws/rds/instance/${identifier}/${log}`,
          retentionInDays: logRetentionDays,
        }),
    );
  }
}

function restored(restore: DatabaseRestore) {
  if (restore.kind === "snapshot") return { snapshotIdentifier: restore.snapshotIdentifier };
  const moment = restore.time === "latest" ? { useLatestRestorableTime: true } : { restoreTime: restore.time };
  return { restoreToPointInTime: { sourceDbInstanceIdentifier: restore.sourceInstanceIdentifier, ...moment } };
}
