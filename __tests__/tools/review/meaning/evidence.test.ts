import { forcing, turn, unjudged } from "../../../../tools/review/meaning/evidence";
import { UNKNOWN, type Value } from "../../../../tools/review/value";
import { planOf, replaced, type ChangeSketch } from "../../../support/plan-json";

describe("turn", () => {
  test.each<[Value | undefined, Value | undefined, string]>([
    ["a", "b", 'x: "a" → "b"'],
    [null, 1, "x: null → 1"],
    [1, null, "x: 1 → null"],
    [1, undefined, "x: 1 → nothing"],
    [undefined, 1, "x: 1"],
    [undefined, undefined, "x: null"],
    [1, UNKNOWN, "x: 1 → (known after apply)"],
  ])("from %j to %j is %s", (before, after, expected) => {
    expect(turn("x", before, after)).toBe(expected);
  });
});

describe("unjudged", () => {
  test.each<[Value | undefined, Value | undefined, string]>([
    ["{}", '{"Resource":"(known after prod-data):x"}', "p: a part of it is (known after prod-data)"],
    ["{}", '{"Resource":"(masked)"}', "p: a part of it is (masked)"],
    ["{}", '{"Resource":"(masked, may have changed)"}', "p: a part of it is (masked, may have changed)"],
    ["{}", UNKNOWN, 'p: "{}" → (known after apply)'],
    ["{}", "${data.x.y.json}", 'p: "{}" → "${data.x.y.json}"'],
  ])("from %j to %j is %s", (before, after, expected) => {
    expect(unjudged("p", before, after)).toBe(expected);
  });
});

describe("forcing", () => {
  test.each<[string, ChangeSketch, string]>([
    [
      "the attributes by their paths",
      replaced("aws_a.a", { x: [{ y: 1 }] }, { x: [{ y: 2 }] }, { replace_paths: [["x", 0, "y"]] }),
      "x[0].y: 1 → 2",
    ],
    ["each once", replaced("aws_a.a", { x: 1 }, { x: 2 }, { replace_paths: [["x"], ["x"]] }), "x: 1 → 2"],
    [
      "one that is not there any more",
      replaced("aws_a.a", { x: [{ y: 1 }] }, { x: [] }, { replace_paths: [["x", 0, "y"]] }),
      "x[0].y: 1 → null",
    ],
    [
      "one below a text",
      replaced("aws_a.a", { x: "a" }, { x: "b" }, { replace_paths: [["x", "y"]] }),
      "x.y: null → null",
    ],
    [
      "Terraform's word",
      replaced("aws_a.a", {}, {}, { entry: { action_reason: "replace_by_request" } }),
      "actions: replace (replace_by_request)",
    ],
  ])("is %s", (_, sketch, expected) => {
    const [change] = planOf([sketch]).changes;
    if (change === undefined) throw new Error("no change was read");
    expect(forcing(change)).toBe(expected);
  });
});
