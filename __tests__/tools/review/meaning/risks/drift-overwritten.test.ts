import { driftOverwritten as rule } from "../../../../../tools/review/meaning/risks/drift-overwritten";
import {
  changeJson,
  findingsOf,
  planOf,
  replaced,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../../support/plan-json";

const address = "aws_lb.l";
/** The drift of one object, and the change that the plan makes to it. */
function found(drift: ChangeSketch, change: ChangeSketch, kind: "plan" | "drift" = "plan"): string[] {
  return findingsOf(rule, [change], { kind, plan: { resource_drift: [changeJson(drift)] } });
}

const drift = updated(address, { idle_timeout: 60, name: "a" }, { idle_timeout: 300, name: "a" });
const undo = updated(address, { idle_timeout: 300, name: "a" }, { idle_timeout: 60, name: "a" });

describe(rule.id, () => {
  test("says what is undone, by what it is seen, and what would make it safe", () => {
    expect(reviewOf(planOf([undo], { resource_drift: [changeJson(drift)] })).risks).toEqual([
      {
        rule: "drift-overwritten",
        severity: "medium",
        title: "What somebody changed by hand is undone",
        stack: "stack",
        address,
        construct: "",
        evidence: "idle_timeout: 300 → 60",
        why: "Somebody changed it outside of Terraform, perhaps for a reason that still holds.",
        fix: "Ask who changed it; if it is to stay, write it into the code.",
      },
    ]);
  });

  test("finds an attribute that was set by hand and goes again, and one that was taken away and comes back", () => {
    expect(
      found(
        updated(address, { a: null, b: "x" }, { a: 1, b: null }),
        updated(address, { a: 1, b: null }, { a: null, b: "x" }),
      ),
    ).toEqual(['medium: What somebody changed by hand is undone (a: 1 → null; b: null → "x")']);
  });

  test("names three of the attributes", () => {
    const side = (value: number) => ({ a: value, b: value, c: value, d: value });
    expect(found(updated(address, side(1), side(2)), updated(address, side(2), side(1)))).toEqual([
      "medium: What somebody changed by hand is undone (a: 2 → 1; b: 2 → 1; c: 2 → 1; and 1 more)",
    ]);
  });

  test.each<[string, ChangeSketch, ChangeSketch]>([
    [
      "a change that leaves it as it was made by hand",
      drift,
      updated(address, { idle_timeout: 300, a: 1 }, { idle_timeout: 300, a: 2 }),
    ],
    ["a change to a third value", drift, updated(address, { idle_timeout: 300 }, { idle_timeout: 30 })],
    [
      "a value known only after apply",
      drift,
      updated(address, { idle_timeout: 300 }, {}, { after_unknown: { idle_timeout: true } }),
    ],
    ["another object", drift, updated("aws_lb.other", { idle_timeout: 300 }, { idle_timeout: 60 })],
    ["a replacement, which other rules tell", drift, replaced(address, { idle_timeout: 300 }, { idle_timeout: 60 })],
    ["an object that somebody deleted", { address, actions: ["delete"], before: { a: 1 } }, undo],
  ])("finds nothing in %s", (_, drifted, change) => {
    expect(found(drifted, change)).toEqual([]);
  });

  test("finds nothing where drift is all that is looked at", () => {
    expect(found(drift, undo, "drift")).toEqual([]);
  });
});
