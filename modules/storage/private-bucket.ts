import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { bucketArn, tlsOnlyStatements } from "./bucket-access";
import { policyDocument, type PolicyStatement } from "./policy-statement";

export interface PrivateBucketProps {
  /** The whole name. */
  readonly bucketName: string;

  /** Whether the bucket may be destroyed with all it holds; if not, Terraform refuses any plan that would. */
  readonly destroyable: boolean;

  /** Whether former versions are kept. */
  readonly versioning: boolean;

  /** What happens to objects with age. */
  readonly lifecycleRules: S3BucketLifecycleConfigurationRule[];

  /**
   * KMS key that encrypts the objects.
   * @default - S3's own keys
   */
  readonly kmsKeyArn?: string;

  /**
   * Statements of the bucket policy besides those that demand TLS.
   * @default - none
   */
  readonly policyStatements?: readonly PolicyStatement[];

  /**
   * Bucket that takes the access logs, below a prefix of this bucket's name.
   * @default - no access logs
   */
  readonly accessLogBucketName?: string;
}

/**
 * What every bucket of groundplan is: closed to the public in all four ways, without access lists, encrypted, reached by TLS 1.2
 * or later only, and cleaned of unfinished uploads.
 */
export class PrivateBucket extends Construct {
  /** Name of the bucket. */
  readonly bucketName: string;

  /** ARN of the bucket. */
  readonly arn: string;

  /** Host that serves the bucket in its region, the form CloudFront wants for an origin. */
  readonly regionalDomainName: string;

  /** Name of the bucket for whoever needs its versions to be on, such as replication; without versions the same as `bucketName`. */
  readonly versionedName: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { kmsKeyArn, policyStatements = [], accessLogBucketName } = props;

    const s3Bucket = new S3Bucket(this, "bucket", {
      bucket: props.bucketName,
      forceDestroy: props.destroyable,
      lifecycle: props.destroyable ? undefined : { preventDestroy: true },
    });
    const { bucket } = s3Bucket; // unlike the id, known when planning
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            kmsKeyArn === undefined
              ? { sseAlgorithm: "AES256" }
              : { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
          bucketKeyEnabled: true, // one call to KMS per bucket key instead of one per object
        },
      ],
    });
    const policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyDocument([...policyStatements, ...tlsOnlyStatements(bucketArn(props.bucketName))]),
      dependsOn: [publicAccess], // S3 refuses two such changes at the same time
    });
    const versioning = this.createVersioning(bucket, props);
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: props.lifecycleRules,
      dependsOn: versioning === undefined ? undefined : [versioning],
    });
    if (accessLogBucketName !== undefined) {
      new S3BucketLoggingA(this, "access-logs", {
        bucket,
        targetBucket: accessLogBucketName,
        targetPrefix: `${props.bucketName}/`,
      });
    }
    this.bucketName = policy.bucket; // whoever uses the name comes after the policy: S3 refuses log delivery before
    this.versionedName = versioning?.bucket ?? this.bucketName;
    this.arn = s3Bucket.arn;
    this.regionalDomainName = s3Bucket.bucketRegionalDomainName;
  }

  private createVersioning(bucket: string, { versioning }: PrivateBucketProps): S3BucketVersioningA | undefined {
    // without the resource a new bucket has no versions, and removing it later suspends versioning
    if (!versioning) return undefined;
    return new S3BucketVersioningA(this, "versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
  }
}
