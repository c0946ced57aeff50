import type { Context } from "../../../modules/context";
import { AccessLogBucket } from "../../../modules/network/access-log-bucket";
import { loadBalancerLogAccount } from "../../../modules/network/load-balancer-log-accounts";
import { context, policyOf, resources, synth } from "../../support/synth";

const synthOf = (overrides: Partial<Context> = {}) =>
  synth((scope) => new AccessLogBucket(scope, "logs", { context: context(overrides), retentionDays: 30 }));
const statementsOf = (region: string) =>
  resources(synthOf({ region }), "aws_s3_bucket_policy").flatMap((policy) => policyOf(policy).Statement);

describe("AccessLogBucket", () => {
  test("is private, encrypted with S3's own key, and its logs expire", () => {
    const synthesized = synthOf();
    expect(resources(synthesized, "aws_s3_bucket")).toHaveLength(1);
    expect(resources(synthesized, "aws_s3_bucket_public_access_block")).toEqual([
      expect.objectContaining({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_ownership_controls")).toEqual([
      expect.objectContaining({ rule: { object_ownership: "BucketOwnerEnforced" } }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_server_side_encryption_configuration")).toEqual([
      expect.objectContaining({ rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }] }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_lifecycle_configuration")).toEqual([
      expect.objectContaining({
        rule: [
          {
            id: "expire",
            status: "Enabled",
            filter: [{ prefix: "" }],
            expiration: [{ days: 30 }],
            abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
          },
        ],
      }),
    ]);
  });

  test("is kept in prod, and goes with everything else where all may be destroyed", () => {
    expect(resources(synthOf(), "aws_s3_bucket")).toEqual([
      expect.objectContaining({
        bucket: "acme-test-access-logs-123456789012",
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
    const [bucket] = resources(synthOf({ destroyable: true }), "aws_s3_bucket");
    expect(bucket).toMatchObject({ force_destroy: true });
    expect(bucket).not.toHaveProperty("lifecycle");
  });

  test.each([["eu-west-3"], ["us-east-1"], ["eu-south-2"], ["il-central-1"]])(
    "accepts logs of this account by TLS only, from the delivery service, in %s",
    (region) => {
      const path = expect.stringMatching(/^\$\{aws_s3_bucket\.[\w-]+\.arn\}\/AWSLogs\/123456789012\/\*$/);
      const [tlsOnly, ...writers] = statementsOf(region);
      expect(tlsOnly).toMatchObject({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
      expect(tlsOnly?.Resource).toHaveLength(2);
      expect(writers[0]).toEqual({
        Sid: "LogDelivery",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: path,
      });
      for (const writer of writers) expect(writer).toMatchObject({ Action: "s3:PutObject", Resource: path });
    },
  );

  test("also accepts them from the region's own account where there is one", () => {
    expect(statementsOf("eu-west-3").slice(2)).toEqual([
      expect.objectContaining({
        Sid: "LogDeliveryOfOlderRegions",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::009996457667:root" },
      }),
    ]);
    expect(statementsOf("eu-south-2")).toHaveLength(2);
  });
});

describe("loadBalancerLogAccount", () => {
  test.each([
    ["eu-west-3", "009996457667"],
    ["us-east-1", "127311923021"],
    ["eu-central-1", "054676820928"],
    ["ap-southeast-3", "589379963580"],
    ["eu-south-2", undefined],
    ["eu-central-2", undefined],
    ["us-gov-west-1", undefined],
  ])("of %s is %s", (region, account) => {
    expect(loadBalancerLogAccount(region)).toBe(account);
  });
});
