import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import {
  type BucketAccess,
  bucketArn,
  readStatements,
  readVersionStatements,
  readWriteStatements,
} from "./bucket-access";
import { lifecycleRules } from "./bucket-lifecycle";
import { bucketName, bucketNameProblem, bucketProblems, type BucketSettings, type CorsRule } from "./bucket-settings";
import { allowsEverybody, type PolicyStatement } from "./policy-statement";
import { PrivateBucket } from "./private-bucket";

export interface BucketProps extends BucketSettings {
  /** For whom and where. */
  readonly context: Context;

  /** What the bucket holds, as part of its name: `uploads`, `env-files`. */
  readonly name: string;

  /**
   * KMS key that encrypts the objects, which then costs per use and needs its own permissions.
   * @default - S3's own keys, free
   */
  readonly kmsKeyArn?: string;

  /**
   * Statements of the bucket policy besides those that demand TLS: a service that delivers logs, a CloudFront distribution.
   * @default - none
   */
  readonly policyStatements?: readonly PolicyStatement[];

  /**
   * Bucket that takes the access logs; its policy needs `accessLogStatement`.
   * @default - no access logs
   */
  readonly accessLogBucketName?: string;
}

/**
 * A private bucket with lifecycle rules: closed to the public, encrypted, reached by TLS 1.2 or later only, and free of parts of uploads
 * that were never finished. Outside destroyable environments Terraform refuses to remove it. Replication to a second region starts
 * from `bucketName`, `arn` and `versioned`, which are all it needs to know.
 */
export class Bucket extends Construct {
  /** Name of the bucket. */
  readonly bucketName: string;

  /** ARN of the bucket. */
  readonly arn: string;

  /** Host that serves the bucket in its region, the form CloudFront wants for an origin. */
  readonly regionalDomainName: string;

  /** Whether former versions are kept, which replication demands. */
  readonly versioned: boolean;

  private readonly access: BucketAccess;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { versioning = true, cors = [], eventBridge = false, context, policyStatements = [] } = props;
    const { project, environment, accountId, region, destroyable } = context;
    assertValid(this, [
      bucketNameProblem(project, environment, props.name, accountId),
      ...bucketProblems(props),
      ...policyStatements.filter(allowsEverybody).map(publicProblem),
    ]);

    const name = bucketName(project, environment, props.name, accountId);
    const bucket = new PrivateBucket(this, "bucket", {
      bucketName: name,
      destroyable,
      versioning,
      lifecycleRules: lifecycleRules(props),
      kmsKeyArn: props.kmsKeyArn,
      policyStatements,
      accessLogBucketName: props.accessLogBucketName,
    });
    if (cors.length > 0) {
      new S3BucketCorsConfiguration(this, "cors", { bucket: bucket.bucketName, corsRule: cors.map(corsRule) });
    }
    if (eventBridge) new S3BucketNotification(this, "events", { bucket: bucket.bucketName, eventbridge: true });

    this.bucketName = bucket.bucketName;
    this.arn = bucket.arn;
    this.regionalDomainName = bucket.regionalDomainName;
    this.versioned = versioning;
    // by name and not by reference, so that the plan of another stack shows the policy instead of "sensitive value"
    this.access = { bucketArn: bucketArn(name), region, kmsKeyArn: props.kmsKeyArn };
  }

  /** Identity-policy statements that list and read the objects below `prefix`, which ends with a slash; all without one. */
  readStatements(prefix?: string): PolicyStatement[] {
    return readStatements(this.access, prefix);
  }

  /** The same, and any former version too, for readers pinned to one version of an object. */
  readVersionStatements(prefix?: string): PolicyStatement[] {
    return readVersionStatements(this.access, prefix);
  }

  /** Identity-policy statements that list, read, write and delete below `prefix`, which ends with a slash; everywhere without one. */
  readWriteStatements(prefix?: string): PolicyStatement[] {
    return readWriteStatements(this.access, prefix);
  }
}

function corsRule(rule: CorsRule) {
  const {
    allowedOrigins,
    allowedMethods,
    allowedHeaders = ["*"],
    exposeHeaders = ["ETag"],
    maxAgeSeconds = 3600,
  } = rule;
  return {
    allowedOrigins: [...allowedOrigins],
    allowedMethods: [...allowedMethods],
    allowedHeaders: [...allowedHeaders],
    exposeHeaders: [...exposeHeaders],
    maxAgeSeconds,
  };
}

function publicProblem({ Sid }: PolicyStatement): string {
  return `policyStatements must not allow everybody, got Principal "*" in ${JSON.stringify(Sid ?? "a statement without Sid")}; name the service or the account`;
}
