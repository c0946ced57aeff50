import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Token } from "cdktf";
import { Bucket } from "../../../modules/storage/bucket";
import type { BucketProps } from "../../../modules/storage/bucket";
import { bucketArn } from "../../../modules/storage/bucket-access";
import { context, policyOf, resources, synth } from "../../support/synth";

const arn = "arn:aws:s3:::acme-test-uploads-123456789012";
const bucket = (props: Partial<BucketProps> = {}) =>
  synth((scope) => new Bucket(scope, "uploads", { context: context(), name: "uploads", ...props }));

describe(Bucket, () => {
  test("is private, encrypted, versioned and protected from deletion under a name of its account", () => {
    const synthesized = bucket();
    expect(resources(synthesized, "aws_s3_bucket")).toEqual([
      expect.objectContaining({
        bucket: "acme-test-uploads-123456789012",
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
    expect(resources(synthesized, "aws_s3_bucket_public_access_block")).toHaveLength(1);
    expect(resources(synthesized, "aws_s3_bucket_server_side_encryption_configuration")).toHaveLength(1);
    expect(resources(synthesized, "aws_s3_bucket_versioning")).toHaveLength(1);
    expect(resources(synthesized, "aws_s3_bucket_lifecycle_configuration")).toHaveLength(1);
  });

  test("has neither cross-origin rules, nor events, nor access logs, unless asked", () => {
    const synthesized = bucket();
    for (const type of ["aws_s3_bucket_cors_configuration", "aws_s3_bucket_notification", "aws_s3_bucket_logging"]) {
      expect(resources(synthesized, type)).toEqual([]);
    }
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { versioning: undefined, noncurrentDays: undefined, cors: undefined, eventBridge: undefined };
    expect(bucket(settings)).toEqual(bucket());
  });

  test("may be destroyed with all it holds where everything may", () => {
    const [destroyable] = resources(bucket({ context: context({ destroyable: true }) }), "aws_s3_bucket");
    expect(destroyable).toMatchObject({ force_destroy: true });
    expect(destroyable).not.toHaveProperty("lifecycle");
  });

  test("passes its lifecycle on", () => {
    const [lifecycle] = resources(
      bucket({ noncurrentDays: 30, intelligentTieringAfterDays: 0, expireDays: 365 }),
      "aws_s3_bucket_lifecycle_configuration",
    );
    expect(lifecycle).toMatchObject({
      rule: [
        { id: "clean-up", noncurrent_version_expiration: [{ noncurrent_days: 30 }] },
        { id: "move", transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }] },
        { id: "expire", expiration: [{ days: 365 }] },
      ],
    });
  });

  test("answers pages of other origins by its rules", () => {
    const cors = [{ allowedOrigins: ["https://app.example.com"], allowedMethods: ["PUT" as const] }];
    expect(resources(bucket({ cors }), "aws_s3_bucket_cors_configuration")).toEqual([
      expect.objectContaining({
        cors_rule: [
          {
            allowed_origins: ["https://app.example.com"],
            allowed_methods: ["PUT"],
            allowed_headers: ["*"],
            expose_headers: ["ETag"],
            max_age_seconds: 3600,
          },
        ],
      }),
    ]);
  });

  test("reports changes to EventBridge when asked", () => {
    expect(resources(bucket({ eventBridge: true }), "aws_s3_bucket_notification")).toEqual([
      expect.objectContaining({ eventbridge: true }),
    ]);
  });

  test("gives its own objects in statements that a plan can show", () => {
    const synthesized = synth((scope) => {
      const uploads = new Bucket(scope, "uploads", { context: context(), name: "uploads" });
      const Statement = [
        ...uploads.readStatements("a/"),
        ...uploads.readVersionStatements("b/"),
        ...uploads.readWriteStatements(),
      ];
      new IamPolicy(scope, "policy", { policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    });
    const [policy] = resources(synthesized, "aws_iam_policy");
    expect(policyOf(policy ?? {}).Statement.map(({ Resource }) => Resource)).toEqual([
      arn,
      `${arn}/a/*`,
      arn,
      `${arn}/b/*`,
      arn,
      `${arn}/*`,
    ]);
  });

  test("gives the key along with the objects it encrypts", () => {
    const statements: unknown[] = [];
    synth((scope) => {
      const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/1";
      const uploads = new Bucket(scope, "uploads", { context: context(), name: "uploads", kmsKeyArn });
      statements.push(...uploads.readStatements());
    });
    expect(statements).toContainEqual(expect.objectContaining({ Action: ["kms:Decrypt"] }));
  });

  test("hands out its name only after its policy, its ARN and whether it keeps versions", () => {
    const found: boolean[] = [];
    const synthesized = synth((scope) => {
      const uploads = new Bucket(scope, "uploads", { context: context(), name: "uploads" });
      found.push(
        uploads.versioned,
        new Bucket(scope, "b", { context: context(), name: "b", versioning: false }).versioned,
      );
      new S3Object(scope, "object", {
        bucket: uploads.bucketName,
        key: uploads.arn,
        content: uploads.regionalDomainName,
      });
    });
    expect(found).toEqual([true, false]);
    expect(resources(synthesized, "aws_s3_object")).toEqual([
      expect.objectContaining({
        bucket: expect.stringMatching(/^\$\{aws_s3_bucket_policy\.\w+\.bucket\}$/) as string,
        key: expect.stringMatching(/^\$\{aws_s3_bucket\.\w+\.arn\}$/) as string,
        content: expect.stringMatching(/^\$\{aws_s3_bucket\.\w+\.bucket_regional_domain_name\}$/) as string,
      }),
    ]);
  });

  test("takes statements of services, and none that opens it to everybody", () => {
    const statement = { Effect: "Allow", Action: "s3:PutObject", Resource: `${bucketArn("b")}/*` } as const;
    const service = { ...statement, Sid: "Logs", Principal: { Service: "delivery.logs.amazonaws.com" } };
    const [policy] = resources(bucket({ policyStatements: [service] }), "aws_s3_bucket_policy");
    expect(policyOf(policy ?? {}).Statement).toContainEqual(service);

    const open = [{ ...statement, Principal: "*" } as const, { ...statement, Sid: "All", Principal: { AWS: "*" } }];
    expect(() => bucket({ policyStatements: open })).toThrow(
      new Error(
        `test/uploads: policyStatements must not allow everybody, got Principal "*" in "a statement without Sid"; name the service or the account; ` +
          `policyStatements must not allow everybody, got Principal "*" in "All"; name the service or the account`,
      ),
    );
  });

  test.each<[Partial<BucketProps>, string]>([
    [
      { expireDays: 0, noncurrentDays: 0 },
      "test/uploads: noncurrentDays must be a whole number from 1 to 3650, got 0; expireDays must be a whole number from 1 to 3650, got 0",
    ],
    [
      { name: "Uploads" },
      `test/uploads: name of bucket must be lower-case letters, digits and single hyphens, got "acme-test-Uploads-123456789012"`,
    ],
  ])("fails on %j", (props, message) => {
    expect(() => bucket(props)).toThrow(new Error(message));
  });

  test("lets values pass that only Terraform knows", () => {
    const days = Token.asNumber("${var.days}");
    const [lifecycle] = resources(
      bucket({ expireDays: days, noncurrentDays: days, intelligentTieringAfterDays: days }),
      "aws_s3_bucket_lifecycle_configuration",
    );
    expect(lifecycle).toMatchObject({
      rule: [
        { noncurrent_version_expiration: [{ noncurrent_days: "${var.days}" }] },
        { transition: [{ days: "${var.days}" }] },
        { expiration: [{ days: "${var.days}" }] },
      ],
    });
  });
});
