import { statefulDestroy as rule } from "../../../../../tools/review/meaning/risks/stateful-destroy";
import { destroyed, findingsOf, planOf, replaced, reviewOf, type ChangeSketch } from "../../../../support/plan-json";

describe(rule.id, () => {
  test("says what is lost, by what it is seen, and what would make it safe", () => {
    const change = destroyed("aws_db_instance.db", { identifier: "acme-prod", name: "n", id: "db-1" });
    expect(reviewOf(planOf([change])).risks).toEqual([
      {
        rule: "stateful-destroy",
        severity: "critical",
        title: "The database is destroyed",
        stack: "stack",
        address: "aws_db_instance.db",
        construct: "",
        evidence: 'it is: "acme-prod"',
        why: "What it held is gone, unless there is a copy elsewhere.",
        fix: "Keep it in the configuration; or copy what it holds first, and accept this risk with a reason.",
      },
    ]);
  });

  test.each<[string, ChangeSketch, string]>([
    [
      "a bucket, by its id where it has no name",
      destroyed("aws_s3_bucket.b", { identifier: null, id: "uploads" }),
      'critical: The bucket is destroyed (it is: "uploads")',
    ],
    [
      "a key that Terraform says is no longer configured",
      destroyed("aws_kms_key.k", {}, { entry: { action_reason: "delete_because_no_resource_config" } }),
      "critical: The key, and with it whatever it encrypts is destroyed (actions: delete (delete_because_no_resource_config))",
    ],
    [
      "a record whose name is masked",
      destroyed("cloudflare_dns_record.r", { name: "a" }, { before_sensitive: { name: true } }),
      "high: The DNS record is destroyed (it is: (sensitive))",
    ],
    [
      "logs, which are history only",
      destroyed("aws_cloudwatch_log_group.l"),
      "medium: The log group is destroyed (actions: delete)",
    ],
    [
      "what is left of a replaced object",
      destroyed("aws_db_instance.db", {}, { entry: { deposed: "00aa11bb" } }),
      "low: What is left of a replaced object is destroyed (actions: delete)",
    ],
  ])("finds %s", (_, change, expected) => {
    expect(findingsOf(rule, [change])).toEqual([expected]);
  });

  test.each<[string | undefined, "plan" | "destroy", string]>([
    ["prod", "plan", "critical"],
    [undefined, "plan", "critical"],
    ["staging", "plan", "high"],
    ["prod", "destroy", "high"],
    ["staging", "destroy", "high"],
  ])("of the tier %s in a %s is %s", (tier, kind, severity) => {
    const { risks } = reviewOf(planOf([destroyed("aws_dynamodb_table.t")]), { tier, kind });
    expect(risks.map((risk) => risk.severity)).toEqual([severity]);
  });

  test.each<[string, ChangeSketch]>([
    ["a type that holds nothing", destroyed("aws_lb.l")],
    ["a replacement, which is another rule's", replaced("aws_db_instance.db", {}, {})],
    ["what Terraform only lets go of", { ...destroyed("aws_db_instance.db"), actions: ["forget"] }],
    ["what is only read", { ...destroyed("data.aws_s3_bucket.b"), entry: { type: "aws_s3_bucket" } }],
  ])("finds nothing in %s", (_, change) => {
    expect(findingsOf(rule, [change])).toEqual([]);
  });
});
