import { join } from "node:path";
import { estimateSystem } from "../../../tools/cost/estimate";
import { estimatesMarkdown, money, renderEstimates } from "../../../tools/cost/render";
import { temporaryFolder } from "../support/folder";
import { awsStacks } from "../support/synthesized";
import { recordingTerminal } from "../support/terminal";

const folder = temporaryFolder();
const { paint } = recordingTerminal().terminal;
const NOW = Date.parse("2026-11-15");

awsStacks(folder, {
  "prod-data": {
    aws_instance: {
      "host.instance": {
        instance_type: "t3.micro",
        tags: { Schedule: "on-demand" },
        root_block_device: { volume_size: 8 },
      },
    },
    aws_cloudwatch_metric_alarm: { "alarms.cpu": {} },
    aws_s3_bucket: { "bucket.a": {}, "bucket.b": {}, "bucket.c": {}, "bucket.d": {} },
    aws_redshift_cluster: { warehouse: {} },
  },
  shared: {},
});
const estimates = estimateSystem(join(folder, "prod-data+shared"));

describe("renderEstimates", () => {
  test("shows the arithmetic, what is missing, what depends on usage, and the prices' age", () => {
    expect(renderEstimates(estimates, paint, NOW).join("\n")).toBe(`prod: at least $0.74 a month (1 stack)
  prod-data  host/instance  t3.micro  10 h × $0.0104 = $0.10
  prod-data  host/instance  gp3 disk  8 GB × $0.08 = $0.64

  Not in the price data, so not in the sum
    CloudWatch alarm per month in us-east-1  alarms/cpu

  Depends on usage, so not in the sum
    objects kept ($0.023 per GB-month)              bucket/a, bucket/b, bucket/c and 1 more
    writes to buckets ($0.005 per 1000 requests)    bucket/a, bucket/b, bucket/c and 1 more
    reads from buckets ($0.0004 per 1000 requests)  bucket/a, bucket/b, bucket/c and 1 more

  Assumed
    host/instance  stopped until it is needed, assumed to run 10 h a month
    host/instance  the disk is billed while the instance is stopped too

  Not known to the estimate
    aws_redshift_cluster

shared: $0.00 a month (1 stack)
  nothing has a fixed price

List prices in USD, without tax, free tier or discount; a month has 730 hours. 5 prices used, dated 2026-07-20 (3 months old) to 2026-10-08 (38 days old).`);
  });
});

describe("estimatesMarkdown", () => {
  test("is a table with lists below it", () => {
    expect(estimatesMarkdown(estimates)).toContain(`### prod: at least $0.74 a month

| Stack | Construct | What | A month |
| --- | --- | --- | --- |
| prod-data | \`host/instance\` | t3.micro | 10 h × $0.0104 = $0.10 |
| prod-data | \`host/instance\` | gp3 disk | 8 GB × $0.08 = $0.64 |

Not in the price data, so not in the sum:

- CloudWatch alarm per month in us-east-1: alarms/cpu
`);
  });
});

describe("money", () => {
  test.each([
    [0, "$0.00"],
    [7.592, "$7.59"],
    [0.005, "$0.01"],
    [1234567.891, "$1,234,567.89"],
  ])("%d is %s", (usd, text) => {
    expect(money(usd)).toBe(text);
  });
});
