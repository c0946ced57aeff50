import type { Context } from "../../../modules/context";
import { FlowLogs } from "../../../modules/network/flow-logs";
import { context, policyOf, resources, synth } from "../../support/synth";

const synthOf = (overrides: Partial<Context> = {}) =>
  synth(
    (scope) => new FlowLogs(scope, "flow-logs", { context: context(overrides), vpcId: "vpc-1", retentionDays: 30 }),
  );

describe("FlowLogs", () => {
  test("records accepted and rejected flows in a log group that forgets", () => {
    expect(resources(synthOf(), "aws_flow_log")).toEqual([
      expect.objectContaining({
        vpc_id: "vpc-1",
        traffic_type: "ALL",
        log_destination_type: "cloud-watch-logs",
        log_destination: expect.stringContaining("aws_cloudwatch_log_group"),
        max_aggregation_interval: 600,
      }),
    ]);
    expect(resources(synthOf(), "aws_cloudwatch_log_group")).toEqual([
      expect.objectContaining({ name: "acme-test-flow-logs", retention_in_days: 30 }),
    ]);
  });

  test("writes to that log group only and cannot make one", () => {
    const policies = resources(synthOf(), "aws_iam_role_policy").map((policy) => policyOf(policy).Statement);
    expect(policies).toEqual([
      [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.[\w-]+\.arn\}:\*$/),
        },
      ],
    ]);
  });

  test("has a role that only flow logs of this account and region assume, within the boundary", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    const [role = {}] = resources(synthOf({ permissionsBoundaryArn }), "aws_iam_role");
    expect(role).toMatchObject({ name: "acme-test-flow-logs", permissions_boundary: permissionsBoundaryArn });
    expect(policyOf(role, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-3:123456789012:vpc-flow-log/*" },
        },
      },
    ]);
  });
});
