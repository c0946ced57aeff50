import type { Construct } from "constructs";
import type { ResolvedEnvironment } from "../envs/tiers";
import { Vpc } from "../modules/network/vpc";
import { BackupVault } from "../modules/recovery/backup-vault";
import { BucketReplica } from "../modules/storage/bucket-replica";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the recovery stack is given; the region of its context is the second one. */
export interface RecoveryStackProps extends BaseStackProps {
  /** The environment it is part of; it must have a `recovery`. */
  readonly environment: ResolvedEnvironment & { readonly recovery: NonNullable<ResolvedEnvironment["recovery"]> };
}

/**
 * The second region, before anything is copied there: the vault of the backups' copies, the replicas of the buckets, and the network that a replica of
 * the database stands in. What copies to it knows it by name.
 */
export class RecoveryStack extends BaseStack {
  /** The network in the second region, if the database has a replica there. */
  readonly vpc: Vpc | undefined;

  constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { recovery, buckets, zones } = props.environment;
    if (recovery.backup) new BackupVault(this, "vault", { context, lockDays: recovery.backup.lockDays });
    for (const name of recovery.buckets ?? []) {
      const { noncurrentDays, expireDays, intelligentTieringAfterDays, transitions } = buckets[name] ?? {};
      new BucketReplica(this, `bucket-${name}`, {
        context,
        name,
        noncurrentDays,
        expireDays,
        intelligentTieringAfterDays,
        transitions,
      });
    }
    if (recovery.databaseReplica && recovery.cidr !== undefined) {
      this.vpc = new Vpc(this, "vpc", {
        context,
        cidr: recovery.cidr,
        nat: "none",
        zoneNames: zones.map((letter) => `${context.region}${letter}`),
        flowLogs: false, // nothing but the database's own replication is in it; and the role of flow logs has no region in its name
      });
    }
  }
}
