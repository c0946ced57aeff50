import { renderTerminal } from "../../../../tools/review/render/terminal";
import { planOf, reviewOf } from "../../../support/plan-json";
import { fullReview, riskyReview } from "../../../support/reviews";
import { recordingTerminal } from "../../support/terminal";

const { paint } = recordingTerminal().terminal;
const shown = (review = riskyReview(), columns = 100, verbose = false) =>
  renderTerminal(review, { paint, columns, verbose });

describe("renderTerminal", () => {
  test("begins with the verdict, the counts and the gravest risks", () => {
    expect(shown().split("\n").slice(0, 19)).toEqual([
      "test: 2 critical, 1 high risks in 43 changes: read them before you apply",
      "",
      "         replace  update  create",
      "  stack  1        27      15",
      "",
      "Risks",
      "  critical The database is destroyed and made anew",
      "           stack  aws_db_instance.database_instance_D7FC2283",
      '           kms_key_id: "arn:aws:kms:eu-west-3:123456789012:key/1" →',
      '             "arn:aws:kms:eu-west-3:123456789012:key/2"',
      "           Take the change of the named attribute back, or make the new one beside the old one and",
      "             move the data first.",
      "  critical PostgreSQL is open to the internet",
      "           stack  aws_vpc_security_group_ingress_rule.database_access_from-office",
      "           lets in tcp 5432 from 0.0.0.0/0; it was tcp 5432 from 10.20.0.0/16",
      "           Let in the security group of the caller, or its addresses; reach hosts through SSM and",
      "             databases from the services alone.",
      "  high     A role may do more than before",
      "           stack  aws_iam_role_policy.service-api_roles_task-policy",
    ]);
  });

  test("shows the grave changes in full and counts the others", () => {
    const text = shown();
    expect(text).toContain("  −/+ aws_db_instance.database_instance_D7FC2283: kms_key_id cannot be changed in place\n");
    expect(text).toContain("policy: allows s3:* on arn:aws:s3:::acme-uploads/*, which it did not");
    expect(text).toContain("  ~ aws_cloudwatch_metric_alarm.alarm_0 and 24 more alike\n      threshold: 70 → 75\n");
    expect(text).toContain("and 4 more: --verbose shows them");
    expect(text.split("\n").length).toBeLessThan(80);
  });

  test("shows everything when it is told to", () => {
    const text = shown(riskyReview(), 100, true);
    expect(text.match(/alarm_\d+/g)).toHaveLength(25);
    expect(text).not.toContain("--verbose");
  });

  test.each([60, 100, 200])("stays within %i columns where a word is not longer", (columns) => {
    expect(
      shown(riskyReview(), columns)
        .split("\n")
        .filter((line) => line.length > columns && line.trim().includes(" ")),
    ).toEqual([]);
  });

  test("shows every part, and no control character of a plan", () => {
    const text = shown(fullReview(), 100, true);
    for (const part of [
      "output url",
      "changed outside of Terraform",
      "put off: + aws_a.later",
      "check fail check.up",
      "action action.a",
      "Accepted risks",
      "expired on",
      "Policies (own)",
      "Cost: $12.50",
    ]) {
      expect(text).toContain(part);
    }
    expect([...text].filter((letter) => letter === "\u202e" || (letter < " " && letter !== "\n"))).toEqual([]);
  });

  test("says that nothing changes", () => {
    expect(shown(reviewOf(planOf([])))).toBe("test: No changes\n");
  });

  test("counts the outputs that cdktf makes for other stacks, and shows those that change", () => {
    const name = (index: number) => `cross-stack-output-aws_vpcvpc_${index}id`;
    const made = { actions: ["create"], before: null, after: "x" };
    const changed = { actions: ["update"], before: "x", after: "y" };
    const outputs = { [name(1)]: made, [name(2)]: made, [name(3)]: changed, url: made };
    const review = reviewOf(planOf([], { output_changes: outputs }));
    expect(
      shown(review)
        .split("\n")
        .filter((line) => line.includes("output")),
    ).toEqual([
      `${review.title}: 4 outputs and nothing else, no risk found`,
      `  ~ output ${name(3)}: "x" → "y"`,
      '  + output url: "x"',
      "  + 2 outputs for other stacks",
    ]);
    expect(shown(review, 140, true)).toContain(`+ output ${name(1)}: "x"`);
  });
});
