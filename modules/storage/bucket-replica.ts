import { type TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { lifecycleRules } from "./bucket-lifecycle";
import { bucketReplicaName, bucketReplicaNameProblem, type ReplicaSettings } from "./bucket-replication-settings";
import { bucketProblems } from "./bucket-settings";
import { PrivateBucket } from "./private-bucket";

/** Settings of the bucket it is a replica of, and where it is. */
export interface BucketReplicaProps extends ReplicaSettings {
  /** For whom and where: its region is that of the replica. */
  readonly context: Context;

  /** What the bucket it is a replica of holds, as part of both names. */
  readonly name: string;

  /**
   * KMS key of the replica's region that encrypts the objects.
   * @default - S3's own keys, free
   */
  readonly kmsKeyArn?: string;

  /**
   * Provider of the context's region, in a stack that has several.
   * @default - the stack's only provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * The bucket in another region that takes copies of a bucket's objects: as private, encrypted and protected as that one, and always
 * versioned.
 */
export class BucketReplica extends Construct {
  /** Name of the bucket, for what comes after its versions are on. */
  readonly bucketName: string;

  /** ARN of the bucket. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: BucketReplicaProps) {
    super(scope, id);
    const { context, name, kmsKeyArn, provider } = props;
    const { noncurrentDays, expireDays, intelligentTieringAfterDays, transitions } = props;
    const { project, environment, accountId, destroyable } = context;
    const kept = { noncurrentDays, expireDays, intelligentTieringAfterDays, transitions };
    assertValid(this, [bucketReplicaNameProblem(project, environment, name, accountId), ...bucketProblems(kept)]);

    const bucket = new PrivateBucket(this, "bucket", {
      bucketName: bucketReplicaName(project, environment, name, accountId),
      destroyable,
      versioning: true,
      lifecycleRules: lifecycleRules(kept),
      kmsKeyArn,
    });
    for (const child of this.node.findAll()) {
      if (TerraformResource.isTerraformResource(child)) child.provider = provider;
    }
    this.bucketName = bucket.versionedName; // S3 refuses to replicate into a bucket without versions
    this.arn = bucket.arn;
  }
}
