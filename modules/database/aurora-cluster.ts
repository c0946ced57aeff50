import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsGlobalCluster } from "@cdktf/provider-aws/lib/rds-global-cluster";
import type { Construct } from "constructs";
import type { Context } from "../context";
import { auroraEngine, auroraProblems, type AuroraRestore, type AuroraSettings } from "./aurora-settings";
import type { DatabaseConnection } from "./database-connection";
import { MasterSecret } from "./master-secret";
import { ReaderScaling } from "./reader-scaling";
import { RegionalCluster } from "./regional-cluster";

export interface AuroraClusterProps extends AuroraSettings {
  /** For whom and where. */
  readonly context: Context;

  /** The VPC of the subnets. */
  readonly vpcId: string;

  /** Isolated subnets, in at least two zones; the instances are spread over their zones. */
  readonly subnetIds: readonly string[];

  /**
   * Last part of every cloud name, for a stack with several databases.
   * @default "db"
   */
  readonly thing?: string;

  /**
   * ARN of the KMS key for data, backups and Performance Insights. Changing it replaces the cluster.
   * @default - the account's own key for RDS
   */
  readonly kmsKeyArn?: string;
}

/**
 * An Aurora cluster: a writer, its readers, and what scales them.
 *
 * It is always encrypted, private, reached over TLS only, and backed up; its administrator's password is in no state. Nothing may connect
 * until `allowFrom`, or a rule elsewhere for `securityGroupId` and `port`, says so. Unless the context is destroyable it is protected from
 * deletion, by RDS and by Terraform, and leaves a final snapshot and its backups.
 *
 * Instance 1 starts as the writer; after a failover another one is, and `address` follows it. Readers that Application Auto Scaling adds are
 * not Terraform's, named `application-autoscaling-…`, and last in line for a failover. AWS does not delete them with the scaling: before the
 * cluster is destroyed, set `max` to `min`, apply, and delete those that are left.
 *
 * With `globalDatabase`, an `AuroraStandby` in a second region can follow. Writes reach it about a second later, without waiting for it.
 * A planned switchover (`aws rds switchover-global-cluster`) loses nothing; after an outage, `aws rds failover-global-cluster
 * --allow-data-loss` promotes the standby. AWS states an RPO in the order of seconds and an RTO in the order of minutes.
 * Source: Aurora user guide, switchover and failover of Aurora Global Database, read in 2026-11. Afterwards the regions have changed roles,
 * which Terraform leaves as it is; switch back before the next change to the version.
 */
export class AuroraCluster extends RegionalCluster implements DatabaseConnection {
  /** Host name of the writer, whichever instance that is. */
  readonly address: string;

  /** Host name that spreads connections over the readers; the writer's while there is none. */
  readonly readerAddress: string;

  /** Name of the first database. */
  readonly databaseName: string;

  /** Name of the administrator. */
  readonly masterUsername: string;

  /** ARN of the administrator's secret, JSON with `username` and `password`. RDS keeps it and rotates it every seven days, but in a global database. */
  readonly masterSecretArn: string;

  /** Names of the instances that Terraform makes, the first writer first. */
  readonly instanceIdentifiers: readonly string[];

  /** The id that never changes, by which IAM policies for `rds-db:connect` name the cluster. */
  readonly resourceId: string;

  /** Name of the global database that it leads, if it does. */
  readonly globalClusterIdentifier: string | undefined;

  constructor(scope: Construct, id: string, props: AuroraClusterProps) {
    const { context, thing = "db", kmsKeyArn, readers = { min: 1 }, restore, globalDatabase = false } = props;
    const scales = (readers.max ?? readers.min) > readers.min;
    super(scope, id, { ...props, thing, scaledReaders: scales }, auroraProblems(props));
    const { databaseName = "app", masterUsername = auroraEngine(props.engine).masterUsername } = props;

    const secret = globalDatabase
      ? new MasterSecret(this, "master", { context, thing, username: masterUsername, kmsKeyArn })
      : undefined;
    const cluster = new RdsCluster(this, "cluster", {
      ...this.shared,
      kmsKeyId: kmsKeyArn,
      ...(secret === undefined
        ? { manageMasterUserPassword: true } // keeps the password out of Terraform state; refused in a global database
        : { masterPasswordWo: secret.password, masterPasswordWoVersion: secret.version }),
      ...(restore === undefined ? { databaseName, masterUsername } : restored(restore)),
      skipFinalSnapshot: context.destroyable,
      finalSnapshotIdentifier: context.destroyable ? undefined : context.names("dbSnapshot", `${thing}-final`),
      lifecycle: {
        preventDestroy: !context.destroyable,
        // The global database is made of this cluster, and a switchover makes it a follower; Terraform would undo both.
        ...(globalDatabase && { ignoreChanges: ["global_cluster_identifier", "replication_source_identifier"] }),
      },
    });
    const instances = this.makeInstances({ cluster, count: 1 + readers.min });
    if (scales) {
      const { clusterIdentifier } = this;
      new ReaderScaling(this, "scaling", { ...readers, clusterIdentifier, after: instances });
    }
    if (globalDatabase) {
      new RdsGlobalCluster(this, "global", {
        globalClusterIdentifier: context.names("globalCluster", thing),
        sourceDbClusterIdentifier: cluster.arn, // so that a cluster which is there already can become global
        forceDestroy: true, // takes the cluster out of it; only the standbys have to be gone
        deletionProtection: !context.destroyable,
        lifecycle: { preventDestroy: !context.destroyable },
      });
    }

    this.address = cluster.endpoint;
    this.readerAddress = cluster.readerEndpoint;
    this.databaseName = restore === undefined ? databaseName : cluster.databaseName;
    this.masterUsername = restore === undefined ? masterUsername : cluster.masterUsername;
    this.masterSecretArn = secret?.secretArn ?? cluster.masterUserSecret.get(0).secretArn;
    this.instanceIdentifiers = instances.map((_, index) => context.names("dbInstance", `${thing}-${index + 1}`));
    this.resourceId = cluster.clusterResourceId;
    this.globalClusterIdentifier = globalDatabase ? context.names("globalCluster", thing) : undefined;
  }
}

function restored(restore: AuroraRestore) {
  if (restore.kind === "snapshot") return { snapshotIdentifier: restore.snapshotIdentifier };
  const moment = restore.time === "latest" ? { useLatestRestorableTime: true } : { restoreToTime: restore.time };
  return { restoreToPointInTime: { sourceClusterIdentifier: restore.sourceClusterIdentifier, ...moment } };
}
