import { listOf } from "../../json";
import type { Rule } from "../charge";

const once = (what: string, item: string) => ({
  what,
  item,
  unit: "month",
  factors: [{ value: 1, unit: "" }],
});

/** A secret, with its copies in other regions. */
export const secret: Rule = {
  types: ["aws_secretsmanager_secret"],
  charges: (one) => {
    const replicas = listOf(one.config["replica"]).length;
    const price = once("secret", "Secrets Manager secret");
    return [replicas === 0 ? price : { ...price, factors: [{ value: replicas + 1, unit: "regions" }] }];
  },
};

/** A customer-managed key. */
export const key: Rule = {
  types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"],
  charges: () => [once("KMS key", "KMS key")],
};

/** A hosted zone. */
export const zone: Rule = {
  types: ["aws_route53_zone"],
  charges: () => [once("hosted zone", "Route 53 hosted zone")],
};

/** An alarm, for each metric it looks at. */
export const alarm: Rule = {
  types: ["aws_cloudwatch_metric_alarm"],
  charges: (one) => {
    const metrics = listOf(one.config["metric_query"]).filter(
      (query) => typeof query === "object" && query !== null && "metric" in query,
    ).length;
    const price = once("alarm", "CloudWatch alarm");
    return [metrics > 1 ? { ...price, factors: [{ value: metrics, unit: "metrics" }] } : price];
  },
};

/** What costs a fixed sum a month whatever it is set to, for which the price data may hold no price. */
export const flat: Rule = {
  types: [
    "aws_cloudwatch_composite_alarm",
    "aws_cloudwatch_dashboard",
    "aws_wafv2_web_acl",
    "aws_route53_health_check",
  ],
  charges: ({ type }) => {
    const what = FLAT[type] ?? type;
    return [once(what.toLowerCase(), `${what}`)];
  },
};

const FLAT: Readonly<Record<string, string>> = {
  aws_cloudwatch_composite_alarm: "Composite alarm",
  aws_cloudwatch_dashboard: "Dashboard",
  aws_wafv2_web_acl: "WAF web ACL",
  aws_route53_health_check: "Route 53 health check",
};
