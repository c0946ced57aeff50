import {
  accessLogStatement,
  bucketArn,
  readStatements,
  readVersionStatements,
  readWriteStatements,
  tlsOnlyStatements,
} from "../../../modules/storage/bucket-access";

const arn = bucketArn("acme-test-uploads-123456789012");
const access = { bucketArn: arn, region: "eu-west-3" };
const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/1";
const throughS3 = { StringEquals: { "kms:ViaService": "s3.eu-west-3.amazonaws.com" } };

describe("access to a bucket", () => {
  test("is to the bucket of that name", () => {
    expect(arn).toBe("arn:aws:s3:::acme-test-uploads-123456789012");
  });

  test("to read is to list and to get, below the prefix only", () => {
    expect(readStatements(access, "public/")).toEqual([
      {
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: arn,
        Condition: { StringLike: { "s3:prefix": "public/*" } },
      },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: `${arn}/public/*` },
    ]);
  });

  test("to everything has no condition", () => {
    expect(readStatements(access)).toEqual([
      { Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: `${arn}/*` },
    ]);
  });

  test("to former versions is asked for by name", () => {
    expect(readVersionStatements(access)[1]).toMatchObject({ Action: ["s3:GetObject", "s3:GetObjectVersion"] });
  });

  test("to write is to read, put, delete and abort, and reaches no former version", () => {
    expect(readWriteStatements(access, "a/b/")[1]).toEqual({
      Effect: "Allow",
      Action: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
      ],
      Resource: `${arn}/a/b/*`,
    });
  });

  test("to objects under a KMS key includes the key, through S3 only", () => {
    expect(readStatements({ ...access, kmsKeyArn })[2]).toEqual({
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: kmsKeyArn,
      Condition: throughS3,
    });
    expect(readWriteStatements({ ...access, kmsKeyArn })[2]).toEqual({
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: kmsKeyArn,
      Condition: throughS3,
    });
  });

  test.each(["uploads", "/uploads/", "/", "up*/", "up?/"])("fails on prefix %j", (prefix) => {
    const message =
      `prefix must end with a slash, not begin with one and have no wildcard, got "${prefix}"; ` +
      `"uploads" would open "uploads-private/" too, "uploads/" does not`;
    for (const statements of [readStatements, readVersionStatements, readWriteStatements]) {
      expect(() => statements(access, prefix)).toThrow(new Error(message));
    }
  });
});

describe("a bucket policy", () => {
  test("denies HTTP and old TLS to everybody", () => {
    const everything = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] };
    expect(tlsOnlyStatements(arn)).toEqual([
      { Sid: "DenyPlainHttp", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Sid: "DenyOldTls", ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ]);
  });

  test("lets S3 deliver access logs of this account only", () => {
    expect(accessLogStatement(arn, "123456789012")).toEqual({
      Sid: "AccessLogDelivery",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${arn}/*`,
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
  });
});
