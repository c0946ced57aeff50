import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { cleanupRule } from "./bucket-lifecycle";
import { PrivateBucket } from "./private-bucket";
import { stateBucketName, stateBucketNameProblem } from "./state-bucket-name";
import { stateBucketProblems, type StateBucketSettings } from "./state-bucket-settings";

export interface StateBucketProps extends StateBucketSettings {
  /** For whom and where; one bucket serves all environments of an account. */
  readonly context: Context;

  /**
   * KMS key that encrypts the states.
   * @default - S3's own keys, free
   */
  readonly kmsKeyArn?: string;

  /**
   * Bucket that takes the access logs; its policy needs `accessLogStatement`.
   * @default - no access logs
   */
  readonly accessLogBucketName?: string;
}

/**
 * The bucket of the Terraform state of all stacks: versioned, encrypted, private, reached by TLS 1.2 or later only. Terraform refuses to
 * remove it unless the context is destroyable, as in a sandbox. Its own stack keeps its state elsewhere.
 */
export class StateBucket extends Construct {
  /** Name of the bucket. */
  readonly bucketName: string;

  /** ARN of the bucket. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const { oldVersionDays = 365, context } = props;
    assertValid(this, [
      stateBucketNameProblem(context.project, context.accountId),
      ...stateBucketProblems({ oldVersionDays }),
    ]);

    const bucket = new PrivateBucket(this, "bucket", {
      bucketName: stateBucketName(context.project, context.accountId),
      destroyable: context.destroyable,
      versioning: true,
      lifecycleRules: [cleanupRule({ noncurrentDays: oldVersionDays, deleteMarkers: true })],
      kmsKeyArn: props.kmsKeyArn,
      accessLogBucketName: props.accessLogBucketName,
    });
    this.bucketName = bucket.bucketName;
    this.arn = bucket.arn;
  }
}
