import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { Bucket } from "./bucket";
import { bucketArn } from "./bucket-access";
import { envFileBucketProblems, type EnvFileBucketSettings } from "./env-file-bucket-settings";
import { ENV_FILES, envFileBucketName } from "./env-file";
import type { PolicyStatement } from "./policy-statement";

export interface EnvFileBucketProps extends EnvFileBucketSettings {
  /** For whom and where: the shared scope, because all environments keep their files in one bucket. */
  readonly context: Context;
}

/**
 * The bucket of all env files, one object per environment and version, named as `envFileKey` says. Private, encrypted and versioned, and
 * a version that was uploaded is never overwritten, whoever tries: a version that runs somewhere says what runs there.
 */
export class EnvFileBucket extends Construct {
  /** Name of the bucket. */
  readonly bucketName: string;

  /** ARN of the bucket. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EnvFileBucketProps) {
    super(scope, id);
    const { noncurrentDays = 365, context } = props;
    assertValid(this, envFileBucketProblems(props));

    const name = envFileBucketName(context.project, context.accountId);
    const bucket = new Bucket(this, "bucket", {
      context: { ...context, environment: "shared" },
      name: ENV_FILES,
      noncurrentDays,
      policyStatements: [writeOnce(bucketArn(name))],
    });
    this.bucketName = bucket.bucketName;
    this.arn = bucket.arn;
  }
}

/** Parts of a large upload cannot carry the condition, but the call that joins them has to. Source: S3 user guide, "Enforce conditional writes", read in 2026-11. */
function writeOnce(arn: string): PolicyStatement {
  return {
    Sid: "DenyOverwriting",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${arn}/*`,
    Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
  };
}
