import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { Bucket } from "../storage/bucket";
import { bucketArn } from "../storage/bucket-access";
import { bucketName } from "../storage/bucket-settings";

/** Where CloudFront's log deliveries are, whatever the region of the bucket. Source: CloudFront developer guide, standard logging (v2). */
const DELIVERY_REGION = "us-east-1";

export interface CloudFrontAccessLogsProps {
  /** For whom and where. */
  readonly context: Context;

  /** What the site is, as part of names. */
  readonly name: string;

  /** ARN of the distribution. */
  readonly distributionArn: string;

  /** AWS provider of us-east-1. */
  readonly usEast1: TerraformProvider;

  /** How long logs are kept. */
  readonly retentionDays: number;
}

/**
 * The access logs of a distribution, one line of JSON per request, in a private bucket without versions: nobody changes a log. Delivered by
 * CloudWatch (standard logging v2), because CloudFront's older way needs a bucket with access lists.
 */
export class CloudFrontAccessLogs extends Construct {
  /** Name of the bucket. */
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: CloudFrontAccessLogsProps) {
    super(scope, id);
    const { context, distributionArn, usEast1: provider, retentionDays } = props;

    const name = context.names("logDelivery", `${props.name}-access`);
    const bucketThing = `${props.name}-access-logs`;
    const logs = bucketArn(bucketName(context.project, context.environment, bucketThing, context.accountId));
    const bucket = new Bucket(this, "bucket", {
      context,
      name: bucketThing,
      versioning: false,
      expireDays: retentionDays,
      policyStatements: [
        {
          Sid: "LogDelivery",
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${logs}/AWSLogs/${context.accountId}/CloudFront/*`,
          Condition: {
            StringEquals: { "aws:SourceAccount": context.accountId, "s3:x-amz-acl": "bucket-owner-full-control" },
            ArnLike: {
              "aws:SourceArn": arn({ ...context, region: DELIVERY_REGION }, "logs", `delivery-source:${name}`),
            },
          },
        },
      ],
    });
    const tags = { Name: name };
    const source = new CloudwatchLogDeliverySource(this, "source", {
      provider,
      name,
      logType: "ACCESS_LOGS",
      resourceArn: distributionArn,
      tags,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, "destination", {
      provider,
      name,
      outputFormat: "json",
      deliveryDestinationConfiguration: [{ destinationResourceArn: bucket.arn }],
      tags,
    });
    const { bucketName: written } = bucket;
    new CloudwatchLogDelivery(this, "delivery", {
      provider,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      tags: { ...tags, Bucket: written }, // by a reference to the policy: without it AWS would write one itself
    });
    this.bucketName = written;
  }
}
