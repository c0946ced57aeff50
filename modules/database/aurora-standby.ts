import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import type { Construct } from "constructs";
import type { Context } from "../context";
import { auroraStandbyProblems, type AuroraSettings, type AuroraStandbySettings } from "./aurora-settings";
import { RegionalCluster } from "./regional-cluster";

export interface AuroraStandbyProps extends AuroraStandbySettings {
  /** For whom and where; its region is the second one. */
  readonly context: Context;

  /** The VPC of the subnets, in the second region. */
  readonly vpcId: string;

  /** Isolated subnets in the second region, in at least two zones. */
  readonly subnetIds: readonly string[];

  /** What is chosen about the primary cluster; engine, version, parameters, backups and the like are the same here. */
  readonly primary: AuroraSettings;

  /** Region of the primary cluster. */
  readonly primaryRegion: string;

  /** Name of the global database that the primary cluster leads. It has to be there first. */
  readonly globalClusterIdentifier: string;

  /**
   * Last part of every cloud name. IAM roles have no region, so it differs from that of the primary.
   * @default "db-standby"
   */
  readonly thing?: string;

  /**
   * ARN of a KMS key in the second region.
   * @default - a key of its own, for about a dollar a month
   */
  readonly kmsKeyArn?: string;
}

/**
 * A cluster in a second region that follows an `AuroraCluster` with `globalDatabase`; how it takes over is said there. It has the data, users and
 * password of the primary, and the same protection. What is encrypted cannot cross regions with the key of the first, and the account's own key
 * for RDS has an ARN nobody knows beforehand, so it has a key of its own.
 *
 * Auto scaling and a final snapshot are left out: AWS has neither for a follower. After a failover the primary's readers are not here; raise
 * `instances` where there is none. Destroy it before the primary.
 */
export class AuroraStandby extends RegionalCluster {
  /** Host name for reads, and for writes once it is promoted: the writer's, of a cluster that has none yet. */
  readonly address: string;

  /** Host name for reads. */
  readonly readerAddress: string;

  /** ARN of the KMS key. */
  readonly kmsKeyArn: string;

  constructor(scope: Construct, id: string, props: AuroraStandbyProps) {
    const { context, vpcId, subnetIds, primary, thing = "db-standby" } = props;
    const { instances = 1, instanceClass = primary.instanceClass } = props;
    super(
      scope,
      id,
      { ...primary, instanceClass, context, vpcId, subnetIds, thing, kmsKeyArn: props.kmsKeyArn },
      auroraStandbyProblems(props, primary),
    );

    this.kmsKeyArn = props.kmsKeyArn ?? this.makeKey(context, thing);
    const cluster = new RdsCluster(this, "cluster", {
      ...this.shared,
      globalClusterIdentifier: props.globalClusterIdentifier,
      sourceRegion: props.primaryRegion, // for the signed request by which one region fetches what the other encrypted
      kmsKeyId: this.kmsKeyArn,
      skipFinalSnapshot: true, // RDS takes none of a follower
      lifecycle: {
        preventDestroy: !context.destroyable,
        ignoreChanges: ["replication_source_identifier"], // AWS fills it in, and without it Terraform would promote the cluster
      },
    });
    this.makeInstances({ cluster, count: instances });

    this.address = cluster.endpoint;
    this.readerAddress = cluster.readerEndpoint;
  }

  private makeKey(context: Context, thing: string): string {
    const key = new KmsKey(this, "key", {
      description: `Data of ${this.clusterIdentifier}`,
      enableKeyRotation: true,
      deletionWindowInDays: context.destroyable ? 7 : 30,
      lifecycle: { preventDestroy: !context.destroyable },
    });
    new KmsAlias(this, "key-alias", { name: `alias/${context.names("kmsAlias", thing)}`, targetKeyId: key.keyId });
    return key.arn;
  }
}
