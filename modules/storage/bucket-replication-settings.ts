import { bucketName, bucketNameProblem, type BucketSettings } from "./bucket-settings";

/** What of a bucket's settings decides how long its replica keeps objects. Lifecycle rules are not replicated, nor is what they delete. */
export type ReplicaSettings = Pick<
  BucketSettings,
  "noncurrentDays" | "expireDays" | "intelligentTieringAfterDays" | "transitions"
>;

/** Name of the replica of a bucket of that name; names of buckets are the same in all regions, so it needs one of its own. */
export function bucketReplicaName(project: string, environment: string, name: string, accountId: string): string {
  return bucketName(project, environment, replicaThing(name), accountId);
}

/** The problem with the name of the replica, if there is one. */
export function bucketReplicaNameProblem(
  project: string,
  environment: string,
  name: string,
  accountId: string,
): string | undefined {
  return bucketNameProblem(project, environment, replicaThing(name), accountId);
}

function replicaThing(name: string): string {
  return `${name}-replica`;
}
