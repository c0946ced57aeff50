import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput } from "cdktf";
import { BucketReplica, type BucketReplicaProps } from "../../../modules/storage/bucket-replica";
import { context, resources, synth } from "../../support/synth";

const there = context({ region: "eu-central-1" });
const replica = (props: Partial<BucketReplicaProps> = {}) =>
  synth((scope) => new BucketReplica(scope, "replica", { context: there, name: "uploads", ...props }));
const rules = (props: Partial<BucketReplicaProps> = {}) =>
  resources(replica(props), "aws_s3_bucket_lifecycle_configuration");

describe(BucketReplica, () => {
  test("is private, encrypted, versioned and protected from deletion under a name of its own", () => {
    const synthesized = replica();
    expect(resources(synthesized, "aws_s3_bucket")).toEqual([
      expect.objectContaining({
        bucket: "acme-test-uploads-replica-123456789012",
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_versioning")).toEqual([
      expect.objectContaining({ versioning_configuration: { status: "Enabled" } }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_public_access_block")).toEqual([
      expect.objectContaining({ block_public_acls: true, restrict_public_buckets: true }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_server_side_encryption_configuration")).toHaveLength(1);
    expect(resources(synthesized, "aws_s3_bucket_policy")).toHaveLength(1);
  });

  test("is known by its name only after its versions are on", () => {
    const synthesized = synth((scope) => {
      const { bucketName, arn } = new BucketReplica(scope, "replica", { context: there, name: "uploads" });
      new TerraformOutput(scope, "name", { value: bucketName });
      new TerraformOutput(scope, "arn", { value: arn });
    });
    expect(synthesized.output).toMatchObject({
      name: { value: expect.stringMatching(/^\$\{aws_s3_bucket_versioning\.\w+\.bucket\}$/) as string },
      arn: { value: expect.stringMatching(/^\$\{aws_s3_bucket\.\w+\.arn\}$/) as string },
    });
  });

  test("removes former versions after 90 days, or as the bucket does", () => {
    expect(rules()).toMatchObject([
      { rule: [{ id: "clean-up", noncurrent_version_expiration: [{ noncurrent_days: 90 }] }] },
    ]);
    expect(rules({ noncurrentDays: 30, expireDays: 365, intelligentTieringAfterDays: 0 })).toMatchObject([
      {
        rule: [
          { id: "clean-up", noncurrent_version_expiration: [{ noncurrent_days: 30 }] },
          { id: "move", transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }] },
          { id: "expire", expiration: [{ days: 365 }] },
        ],
      },
    ]);
  });

  test("may be destroyed with all it holds where everything may", () => {
    const [destroyable] = resources(replica({ context: context({ destroyable: true }) }), "aws_s3_bucket");
    expect(destroyable).toMatchObject({ force_destroy: true });
    expect(destroyable).not.toHaveProperty("lifecycle");
  });

  test("is encrypted with a key of its region when given one", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/2";
    expect(resources(replica({ kmsKeyArn }), "aws_s3_bucket_server_side_encryption_configuration")).toMatchObject([
      {
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn } }],
      },
    ]);
  });

  test("is in another region with all it has, in a stack that has two", () => {
    const synthesized = synth((scope) => {
      const provider = new AwsProvider(scope, "second", { alias: "second", region: "eu-central-1" });
      new BucketReplica(scope, "replica", { context: there, name: "uploads", provider });
    });
    const made = Object.values(synthesized.resource ?? {}).flatMap((named) => Object.values(named));
    expect(made.length).toBeGreaterThan(5);
    expect(made.filter(({ provider }) => provider !== "aws.second")).toEqual([]);
    const alone = Object.values(replica().resource ?? {}).flatMap((named) => Object.values(named));
    expect(alone.filter((resource) => "provider" in resource)).toEqual([]);
  });

  test.each<[Partial<BucketReplicaProps>, string]>([
    [
      { name: "Uploads", noncurrentDays: 0 },
      'test/replica: name of bucket must be lower-case letters, digits and single hyphens, got "acme-test-Uploads-replica-123456789012"; noncurrentDays must be a whole number from 1 to 3650, got 0',
    ],
  ])("fails on %j", (props, message) => {
    expect(() => replica(props)).toThrow(new Error(message));
  });
});
