import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudFrontAccessLogs } from "../../../modules/edge/cloudfront-access-logs";
import { context, policyOf, resources, synth } from "../../support/synth";

const distributionArn = "arn:aws:cloudfront::123456789012:distribution/E1";
const logs = (destroyable = false) =>
  synth((scope) => {
    const usEast1 = new AwsProvider(scope, "us-east-1", { region: "us-east-1", alias: "us-east-1" });
    new CloudFrontAccessLogs(scope, "logs", {
      context: context({ destroyable }),
      name: "web",
      distributionArn,
      usEast1,
      retentionDays: 30,
    });
  });

describe(CloudFrontAccessLogs, () => {
  test("joins the distribution to a bucket, in the region where CloudFront's deliveries are", () => {
    const synthesized = logs();
    const common = { provider: "aws.us-east-1", tags: { Name: "acme-test-web-access" } };
    expect(resources(synthesized, "aws_cloudwatch_log_delivery_source")).toEqual([
      { ...common, name: "acme-test-web-access", log_type: "ACCESS_LOGS", resource_arn: distributionArn },
    ]);
    expect(resources(synthesized, "aws_cloudwatch_log_delivery_destination")).toEqual([
      {
        ...common,
        name: "acme-test-web-access",
        output_format: "json",
        delivery_destination_configuration: [
          { destination_resource_arn: expect.stringMatching(/^\$\{aws_s3_bucket\.\w+\.arn\}$/) as string },
        ],
      },
    ]);
    expect(resources(synthesized, "aws_cloudwatch_log_delivery")).toEqual([
      {
        ...common,
        delivery_source_name: expect.stringMatching(/^\$\{aws_cloudwatch_log_delivery_source\.\w+\.name\}$/) as string,
        delivery_destination_arn: expect.stringMatching(
          /^\$\{aws_cloudwatch_log_delivery_destination\.\w+\.arn\}$/,
        ) as string,
        tags: { ...common.tags, Bucket: expect.stringMatching(/^\$\{aws_s3_bucket_policy\.\w+\.bucket\}$/) as string },
      },
    ]);
  });

  test("lets only this delivery write, and only below CloudFront's own prefix", () => {
    const [policy, ...others] = resources(logs(), "aws_s3_bucket_policy");
    expect(others).toEqual([]);
    const allowed = policyOf(policy ?? {}).Statement.filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toEqual([
      {
        Sid: "LogDelivery",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::acme-test-web-access-logs-123456789012/AWSLogs/123456789012/CloudFront/*",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012", "s3:x-amz-acl": "bucket-owner-full-control" },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:delivery-source:acme-test-web-access" },
        },
      },
    ]);
  });

  test("keeps each log as long as it is told, and no versions", () => {
    expect(resources(logs(), "aws_s3_bucket_versioning")).toEqual([]);
    expect(resources(logs(), "aws_s3_bucket_lifecycle_configuration")[0]).toMatchObject({
      rule: [{ id: "clean-up" }, { id: "expire", expiration: [{ days: 30 }] }],
    });
  });

  test("may be destroyed where everything may", () => {
    expect(resources(logs(), "aws_s3_bucket")[0]).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(resources(logs(true), "aws_s3_bucket")[0]).toMatchObject({ force_destroy: true });
  });
});
