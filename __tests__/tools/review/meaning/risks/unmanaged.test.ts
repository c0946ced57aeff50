import { unmanaged as rule } from "../../../../../tools/review/meaning/risks/unmanaged";
import { destroyed, findingsOf, planOf, reviewOf, type ChangeSketch } from "../../../../support/plan-json";

const forgotten = (address: string): ChangeSketch => ({ ...destroyed(address), actions: ["forget"] });

describe(rule.id, () => {
  test("says what happens and what would make it safe", () => {
    expect(reviewOf(planOf([forgotten("aws_lb.l")])).risks).toEqual([
      {
        rule: "unmanaged",
        severity: "low",
        title: "Terraform lets go of something that stays",
        stack: "stack",
        address: "aws_lb.l",
        construct: "",
        evidence: "actions: forget",
        why: "It goes on existing and costing, and no plan looks after it any more.",
        fix: "Import it where it belongs now, or destroy it on purpose.",
      },
    ]);
  });

  test("is graver for what holds data, and counts an old object that a new one takes the place of", () => {
    const change = { ...forgotten("aws_s3_bucket.b"), actions: ["create", "forget"], after: {} };
    expect(findingsOf(rule, [change])).toEqual([
      "medium: Terraform lets go of something that stays (actions: create, forget)",
    ]);
  });

  test.each<[string, ChangeSketch]>([
    ["what is destroyed", destroyed("aws_s3_bucket.b")],
    ["what was only read", { ...forgotten("data.aws_lb.l"), entry: { type: "aws_lb" } }],
  ])("finds nothing in %s", (_, change) => {
    expect(findingsOf(rule, [change])).toEqual([]);
  });
});
