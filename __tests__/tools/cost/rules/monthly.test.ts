import { costs, lines } from "../../support/cost";
import { temporaryFolder } from "../../support/folder";

const folder = temporaryFolder();
const metric = (id: string) => ({ id, metric: { metric_name: "x" } });

describe("what costs a fixed sum a month", () => {
  test.each([
    ["aws_secretsmanager_secret", {}, "secret: $0.40"],
    ["aws_secretsmanager_secret", { replica: [{ region: "eu-west-1" }] }, "secret: 2 regions × $0.40 = $0.80"],
    ["aws_kms_key", {}, "KMS key: $1.00"],
    ["aws_route53_zone", {}, "hosted zone: $0.50"],
    ["aws_cloudwatch_metric_alarm", {}, "alarm: not in the price data"],
    ["aws_cloudwatch_dashboard", {}, "dashboard: not in the price data"],
  ])("%s %j", (type, config, line) => {
    expect(costs(folder, { [type]: { one: config } })).toEqual([line]);
  });
});

describe("alarm", () => {
  test("counts the metrics it looks at, not the arithmetic", () => {
    const queries = [metric("a"), metric("b"), { id: "c", expression: "a/b" }];
    const found = lines(folder, { aws_cloudwatch_metric_alarm: { one: { metric_query: queries } } });
    expect(found.map(({ quantity }) => quantity)).toEqual([2]);
  });
});
