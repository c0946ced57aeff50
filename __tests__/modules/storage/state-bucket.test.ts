import { Token } from "cdktf";
import { StateBucket } from "../../../modules/storage/state-bucket";
import type { StateBucketProps } from "../../../modules/storage/state-bucket";
import { stateBucketName } from "../../../modules/storage/state-bucket-name";
import { context, policyOf, resources, synth } from "../../support/synth";

const bucket = (props: Partial<StateBucketProps> = {}) =>
  synth((scope) => new StateBucket(scope, "state", { context: context(), ...props }));
const oldVersions = (props: Partial<StateBucketProps>) =>
  resources(bucket(props), "aws_s3_bucket_lifecycle_configuration")[0];

describe(StateBucket, () => {
  test("is private, encrypted, versioned, reached by TLS only and protected from deletion", () => {
    const synthesized = bucket();
    expect(resources(synthesized, "aws_s3_bucket")).toEqual([
      expect.objectContaining({
        bucket: stateBucketName("acme", "123456789012"),
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_public_access_block")).toHaveLength(1);
    expect(resources(synthesized, "aws_s3_bucket_server_side_encryption_configuration")).toHaveLength(1);
    expect(resources(synthesized, "aws_s3_bucket_versioning")).toHaveLength(1);
    const [policy] = resources(synthesized, "aws_s3_bucket_policy");
    expect(policyOf(policy ?? {}).Statement.map(({ Sid }) => Sid)).toEqual(["DenyPlainHttp", "DenyOldTls"]);
  });

  test("may be destroyed in a sandbox only", () => {
    const [destroyable] = resources(bucket({ context: context({ destroyable: true }) }), "aws_s3_bucket");
    expect(destroyable).toMatchObject({ force_destroy: true });
    expect(destroyable).not.toHaveProperty("lifecycle");
  });

  test.each([
    [undefined, 365],
    [30, 30],
    [3650, 3650],
  ])("with oldVersionDays %j keeps old states for %j days", (oldVersionDays, days) => {
    expect(oldVersions({ oldVersionDays })).toMatchObject({
      rule: [
        {
          noncurrent_version_expiration: [{ noncurrent_days: days }],
          expiration: [{ expired_object_delete_marker: true }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
    });
  });

  test.each([29, 3651, 30.5])("fails on oldVersionDays %j", (oldVersionDays) => {
    expect(() => bucket({ oldVersionDays })).toThrow(
      new Error(`test/state: oldVersionDays must be a whole number from 30 to 3650, got ${oldVersionDays}`),
    );
  });

  test("lets days pass that only Terraform knows", () => {
    expect(oldVersions({ oldVersionDays: Token.asNumber("${var.days}") })).toMatchObject({
      rule: [{ noncurrent_version_expiration: [{ noncurrent_days: "${var.days}" }] }],
    });
  });

  test("takes a key and a bucket for access logs", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/1";
    const synthesized = bucket({ kmsKeyArn, accessLogBucketName: "logs" });
    expect(resources(synthesized, "aws_s3_bucket_logging")).toEqual([
      expect.objectContaining({ target_bucket: "logs" }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_server_side_encryption_configuration")).toEqual([
      expect.objectContaining({
        rule: [
          expect.objectContaining({
            apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn },
          }),
        ],
      }),
    ]);
  });
});
