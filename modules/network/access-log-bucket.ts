import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { iamArn } from "../context";
import type { Context } from "../context";
import { loadBalancerLogAccount } from "./load-balancer-log-accounts";

export interface AccessLogBucketProps {
  /** For whom and where; the load balancer must be in the same region. */
  readonly context: Context;

  /** How long logs are kept. */
  readonly retentionDays: number;
}

/**
 * The bucket of a load balancer's access logs. Always true of it: private, encrypted, reached through TLS only, and written by the
 * load balancers of this account alone. It is not versioned: nobody changes a log, and each expires.
 */
export class AccessLogBucket extends Construct {
  /** The bucket's name. */
  readonly bucketName: string;

  /** What a load balancer must wait for: it tries to write as soon as it is told to. */
  readonly writable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    const { context, retentionDays } = props;

    const { bucket, arn: bucketArn } = new S3Bucket(this, "bucket", {
      bucket: context.names("bucket", `access-logs-${context.accountId}`), // bucket names are shared by all accounts
      forceDestroy: context.destroyable,
      lifecycle: context.destroyable ? undefined : { preventDestroy: true },
    });
    const privacy = new S3BucketPublicAccessBlock(this, "privacy", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }], // the only one load balancers can write to
    });
    new S3BucketLifecycleConfiguration(this, "expiry", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: retentionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    this.writable = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: bucketPolicy(context, bucketArn),
      dependsOn: [privacy, encryption],
    });
    this.bucketName = bucket;
  }
}

/** Every region accepts the service principal; those older than August 2022 also have an account of their own, which still delivers. */
function bucketPolicy(context: Context, bucketArn: string): string {
  const account = loadBalancerLogAccount(context.region);
  const writers = [
    { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    ...(account === undefined ? [] : [{ AWS: iamArn({ ...context, accountId: account }, "root") }]),
  ];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      ...writers.map((Principal) => ({
        Sid: "Service" in Principal ? "LogDelivery" : "LogDeliveryOfOlderRegions",
        Effect: "Allow",
        Principal,
        Action: "s3:PutObject",
        Resource: `${bucketArn}/AWSLogs/${context.accountId}/*`, // the path names the account, which keeps other accounts out
      })),
    ],
  });
}
