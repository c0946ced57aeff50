import { TerraformOutput } from "cdktf";
import { PrivateBucket } from "../../../modules/storage/private-bucket";
import type { PrivateBucketProps } from "../../../modules/storage/private-bucket";
import { policyOf, resources, synth } from "../../support/synth";

const bucketName = "acme-test-uploads-123456789012";
const arn = `arn:aws:s3:::${bucketName}`;
const reference = "${aws_s3_bucket.files_bucket_D7C8A516.bucket}";
const bucket = (props: Partial<PrivateBucketProps> = {}) =>
  synth(
    (scope) =>
      new PrivateBucket(scope, "files", {
        bucketName,
        destroyable: false,
        versioning: true,
        lifecycleRules: [],
        ...props,
      }),
  );

describe(PrivateBucket, () => {
  test("is closed to the public in all four ways", () => {
    expect(resources(bucket(), "aws_s3_bucket_public_access_block")).toEqual([
      expect.objectContaining({
        bucket: reference,
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
    ]);
  });

  test("has no access lists", () => {
    expect(resources(bucket(), "aws_s3_bucket_ownership_controls")).toEqual([
      expect.objectContaining({ bucket: reference, rule: { object_ownership: "BucketOwnerEnforced" } }),
    ]);
    expect(resources(bucket(), "aws_s3_bucket_acl")).toEqual([]);
  });

  test("demands TLS 1.2 of everybody, after the public is locked out", () => {
    const [policy, ...others] = resources(bucket(), "aws_s3_bucket_policy");
    expect(others).toEqual([]);
    expect(policy).toMatchObject({
      bucket: reference,
      depends_on: ["aws_s3_bucket_public_access_block.files_public-access_733C95EF"],
    });
    expect(policyOf(policy ?? {}).Statement).toEqual([
      expect.objectContaining({ Sid: "DenyPlainHttp", Effect: "Deny", Principal: "*", Resource: [arn, `${arn}/*`] }),
      expect.objectContaining({ Sid: "DenyOldTls", Effect: "Deny", Principal: "*", Resource: [arn, `${arn}/*`] }),
    ]);
  });

  test("puts further statements into the same policy", () => {
    const statement = { Effect: "Allow", Principal: { Service: "a" }, Action: "s3:PutObject", Resource: "b" } as const;
    const [policy] = resources(bucket({ policyStatements: [statement] }), "aws_s3_bucket_policy");
    expect(policyOf(policy ?? {}).Statement).toHaveLength(3);
    expect(policyOf(policy ?? {}).Statement).toContainEqual(statement);
  });

  test.each([
    ["S3's own keys", undefined, { sse_algorithm: "AES256" }],
    [
      "a KMS key",
      "arn:aws:kms:eu-west-3:123456789012:key/1",
      { sse_algorithm: "aws:kms", kms_master_key_id: "arn:aws:kms:eu-west-3:123456789012:key/1" },
    ],
  ])("is encrypted with %s and a bucket key", (_what, kmsKeyArn, encryption) => {
    expect(resources(bucket({ kmsKeyArn }), "aws_s3_bucket_server_side_encryption_configuration")).toEqual([
      expect.objectContaining({
        bucket: reference,
        rule: [{ apply_server_side_encryption_by_default: encryption, bucket_key_enabled: true }],
      }),
    ]);
  });

  test("cannot be removed, unless it is destroyable", () => {
    expect(resources(bucket(), "aws_s3_bucket")).toEqual([
      expect.objectContaining({ bucket: bucketName, force_destroy: false, lifecycle: { prevent_destroy: true } }),
    ]);
    const [destroyable] = resources(bucket({ destroyable: true }), "aws_s3_bucket");
    expect(destroyable).toMatchObject({ bucket: bucketName, force_destroy: true });
    expect(destroyable).not.toHaveProperty("lifecycle");
  });

  test("keeps versions before its lifecycle rules speak of them", () => {
    const versioned = bucket();
    expect(resources(versioned, "aws_s3_bucket_versioning")).toEqual([
      expect.objectContaining({ bucket: reference, versioning_configuration: { status: "Enabled" } }),
    ]);
    expect(resources(versioned, "aws_s3_bucket_lifecycle_configuration")).toEqual([
      expect.objectContaining({ depends_on: ["aws_s3_bucket_versioning.files_versioning_A79D4457"] }),
    ]);
  });

  test("has a name for those who wait for its versions", () => {
    const synthesized = synth((scope) => {
      for (const versioning of [true, false]) {
        const props = { bucketName, destroyable: false, versioning, lifecycleRules: [] };
        const { versionedName } = new PrivateBucket(scope, `b-${versioning}`, props);
        new TerraformOutput(scope, `name-${versioning}`, { value: versionedName });
      }
    });
    expect(Object.values(synthesized.output ?? {}).map(({ value }) => value)).toEqual([
      expect.stringMatching(/^\$\{aws_s3_bucket_policy\.b-false_\w+\.bucket\}$/),
      expect.stringMatching(/^\$\{aws_s3_bucket_versioning\.b-true_\w+\.bucket\}$/),
    ]);
  });

  test("keeps no versions where told so", () => {
    expect(resources(bucket({ versioning: false }), "aws_s3_bucket_versioning")).toEqual([]);
  });

  test("delivers access logs below its own name", () => {
    expect(resources(bucket({ accessLogBucketName: "logs" }), "aws_s3_bucket_logging")).toEqual([
      expect.objectContaining({ bucket: reference, target_bucket: "logs", target_prefix: `${bucketName}/` }),
    ]);
    expect(resources(bucket(), "aws_s3_bucket_logging")).toEqual([]);
  });
});
