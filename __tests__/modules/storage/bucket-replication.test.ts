import { BucketReplication, type BucketReplicationProps } from "../../../modules/storage/bucket-replication";
import { context, policyOf, resources, synth } from "../../support/synth";

const source = "acme-test-uploads-123456789012";
const replica = "acme-test-uploads-replica-123456789012";
const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/1";
const replicaKmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/2";
const replication = (props: Partial<BucketReplicationProps> = {}) =>
  synth(
    (scope) =>
      new BucketReplication(scope, "replication", {
        context: context(),
        name: "uploads",
        sourceBucketName: source,
        replicaBucketName: replica,
        replicaRegion: "eu-central-1",
        ...props,
      }),
  );
const rulesOf = (props: Partial<BucketReplicationProps> = {}) =>
  resources(replication(props), "aws_s3_bucket_replication_configuration");
const statements = (props: Partial<BucketReplicationProps> = {}) => {
  const [policy] = resources(replication(props), "aws_iam_role_policy");
  return policyOf(policy ?? {}).Statement;
};

describe(BucketReplication, () => {
  test("copies everything that is written, and the marks of what is deleted", () => {
    expect(rulesOf()).toEqual([
      expect.objectContaining({
        bucket: source,
        role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
        rule: [
          {
            id: "everything",
            status: "Enabled",
            priority: 1,
            filter: { prefix: "" },
            delete_marker_replication: { status: "Enabled" },
            destination: { bucket: `arn:aws:s3:::${replica}` },
          },
        ],
        depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
      }),
    ]);
  });

  test("has a role that reads the one bucket and writes the other, and that only S3 takes, below the boundary", () => {
    expect(statements()).toEqual([
      {
        Effect: "Allow",
        Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        Resource: `arn:aws:s3:::${source}`,
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
        Resource: `arn:aws:s3:::${source}/*`,
      },
      {
        Effect: "Allow",
        Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
        Resource: `arn:aws:s3:::${replica}/*`,
      },
    ]);
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    const [role, ...others] = resources(replication({ context: context({ permissionsBoundaryArn }) }), "aws_iam_role");
    expect(others).toEqual([]);
    expect(role).toMatchObject({ name: "acme-test-uploads-replication", permissions_boundary: permissionsBoundaryArn });
    expect(policyOf(role ?? {}, "assume_role_policy").Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  test("decrypts with the key of one region and encrypts with that of the other, through S3 alone", () => {
    const props = { kmsKeyArn, replicaKmsKeyArn };
    expect(statements(props).slice(3)).toEqual([
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-3.amazonaws.com" } },
      },
      {
        Effect: "Allow",
        Action: "kms:Encrypt",
        Resource: replicaKmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      },
    ]);
    expect(rulesOf(props)).toMatchObject([
      {
        rule: [
          {
            source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
            destination: { encryption_configuration: { replica_kms_key_id: replicaKmsKeyArn } },
          },
        ],
      },
    ]);
  });

  test("is held to 15 minutes when asked", () => {
    expect(rulesOf({ timeControl: true })).toMatchObject([
      {
        rule: [
          {
            destination: {
              replication_time: { status: "Enabled", time: { minutes: 15 } },
              metrics: { status: "Enabled", event_threshold: { minutes: 15 } },
            },
          },
        ],
      },
    ]);
    expect(rulesOf({ timeControl: undefined })).toEqual(rulesOf());
  });

  test.each<[Partial<BucketReplicationProps>, string]>([
    [
      { kmsKeyArn },
      "test/replication: replicaKmsKeyArn must be given with kmsKeyArn, got none; a key is of one region",
    ],
    [
      { name: "u".repeat(33) },
      `test/replication: name of bucket must be at most 63 characters, got 64 in "acme-test-${"u".repeat(33)}-replica-123456789012"; shorten the project, the environment or the part after it`,
    ],
  ])("fails on %j", (props, message) => {
    expect(() => replication(props)).toThrow(new Error(message));
  });
});
