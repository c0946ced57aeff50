import type { PolicyStatement } from "./policy-statement";

/** What access to a bucket's objects depends on. */
export interface BucketAccess {
  /** ARN of the bucket. */
  readonly bucketArn: string;

  /** Region of the bucket, through which its key may be used. */
  readonly region: string;

  /**
   * KMS key that encrypts the objects.
   * @default - S3's own keys, which need no permission
   */
  readonly kmsKeyArn?: string;
}

const READ = ["s3:GetObject"];
const READ_VERSIONS = ["s3:GetObject", "s3:GetObjectVersion"];
// a large upload runs in parts, and its abort must be allowed as well
const READ_WRITE = [
  "s3:GetObject",
  "s3:PutObject",
  "s3:DeleteObject",
  "s3:AbortMultipartUpload",
  "s3:ListMultipartUploadParts",
];

/** ARN of the bucket of that name; known before the bucket exists, so that a plan shows whole policies. */
export function bucketArn(bucketName: string): string {
  return `arn:aws:s3:::${bucketName}`;
}

/** List and read the objects below a prefix, or all of them. */
export function readStatements(access: BucketAccess, prefix = ""): PolicyStatement[] {
  return [...objectStatements(access, READ, prefix), ...keyStatements(access, ["kms:Decrypt"])];
}

/** The same, and any former version too: for readers that are pinned to one version of an object. */
export function readVersionStatements(access: BucketAccess, prefix = ""): PolicyStatement[] {
  return [...objectStatements(access, READ_VERSIONS, prefix), ...keyStatements(access, ["kms:Decrypt"])];
}

/** List, read, write and delete the objects below a prefix, or all of them; former versions stay out of reach. */
export function readWriteStatements(access: BucketAccess, prefix = ""): PolicyStatement[] {
  return [
    ...objectStatements(access, READ_WRITE, prefix),
    ...keyStatements(access, ["kms:Decrypt", "kms:GenerateDataKey"]),
  ];
}

/** Denies everything but HTTPS with TLS 1.2 or later, to everybody. */
export function tlsOnlyStatements(arn: string): PolicyStatement[] {
  const everything = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] } as const;
  return [
    { Sid: "DenyPlainHttp", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "DenyOldTls", ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ];
}

/** Lets S3 deliver access logs of this account's buckets; goes into `policyStatements` of the bucket that holds the logs. */
export function accessLogStatement(logBucketArn: string, accountId: string): PolicyStatement {
  return {
    Sid: "AccessLogDelivery",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${logBucketArn}/*`,
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
}

function objectStatements({ bucketArn: arn }: BucketAccess, actions: string[], prefix: string): PolicyStatement[] {
  assertPrefix(prefix);
  const below = prefix === "" ? {} : { Condition: { StringLike: { "s3:prefix": `${prefix}*` } } };
  return [
    { Effect: "Allow", Action: "s3:ListBucket", Resource: arn, ...below },
    { Effect: "Allow", Action: actions, Resource: `${arn}/${prefix}*` },
  ];
}

function keyStatements({ kmsKeyArn, region }: BucketAccess, actions: string[]): PolicyStatement[] {
  if (kmsKeyArn === undefined) return [];
  const throughS3 = { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } };
  return [{ Effect: "Allow", Action: actions, Resource: kmsKeyArn, Condition: throughS3 }];
}

function assertPrefix(prefix: string): void {
  if (prefix === "" || /^[^/*?][^*?]*\/$/.test(prefix)) return;
  throw new Error(
    `prefix must end with a slash, not begin with one and have no wildcard, got ${JSON.stringify(prefix)}; ` +
      `"uploads" would open "uploads-private/" too, "uploads/" does not`,
  );
}
