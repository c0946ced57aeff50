import { auroraStandbyProblems } from "../modules/database/aurora-settings";
import { vpcSizeProblem } from "../modules/network/subnets";
import { recoveryProblems } from "../modules/recovery/recovery-settings";
import { bucketReplicaNameProblem } from "../modules/storage/bucket-replication-settings";
import { shown, within } from "../modules/validation";
import type { ResolvedEnvironment } from "./tiers";

type Problems = Array<string | undefined>;

/** Every problem of what outlives the loss of a region. */
export function environmentRecoveryProblems(environment: ResolvedEnvironment): Problems {
  const { recovery, region, network } = environment;
  if (!recovery) return [];
  return within("recovery", [
    network ? undefined : "network must be set with a recovery, which is in AWS, got none",
    ...recoveryProblems(recovery, region),
    ...replicaProblems(environment),
    ...bucketProblems(environment),
  ]);
}

function replicaProblems({ recovery, database }: ResolvedEnvironment): Problems {
  if (!recovery?.databaseReplica) {
    return [
      recovery?.cidr === undefined
        ? undefined
        : `cidr must be left out without databaseReplica, got ${shown(recovery.cidr)}; nothing else stands in that network`,
    ];
  }
  const aurora = database?.engine === "aurora-postgresql" || database?.engine === "aurora-mysql" ? database : undefined;
  return [
    aurora
      ? undefined
      : `databaseReplica must be left out without Aurora, got ${shown(database?.engine ?? "no database")}; an RDS instance has copies of its backups in the second region`,
    ...(aurora ? within("databaseReplica", auroraStandbyProblems({}, aurora)) : []),
    aurora?.globalDatabase === false
      ? "databaseReplica must be left out with database.globalDatabase false, which is what copies to it"
      : undefined,
    recovery.cidr === undefined
      ? "cidr must be set with databaseReplica, got none; the replica stands in a network of its own"
      : vpcSizeProblem("cidr", recovery.cidr),
  ];
}

function bucketProblems({ recovery, buckets, shared, name, accountId }: ResolvedEnvironment): Problems {
  const known = Object.keys(buckets);
  return (recovery?.buckets ?? []).flatMap((bucket, index) => {
    const path = `buckets[${index}]`;
    const settings = buckets[bucket];
    if (!settings) return [`${path} must be one of buckets (${known.join(", ") || "none"}), got ${shown(bucket)}`];
    return [
      settings.versioning === false
        ? `${path} must keep versions, got ${shown(bucket)} without; S3 copies nothing from it`
        : undefined,
      ...within(path, [bucketReplicaNameProblem(shared.project, name, bucket, accountId)]),
    ];
  });
}
