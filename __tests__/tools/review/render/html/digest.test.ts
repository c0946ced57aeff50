import { digest } from "../../../../../tools/review/render/html/digest";
import { html } from "../../../../../tools/review/render/html/markup";
import { planOf, reviewOf, type ChangeSketch } from "../../../../support/plan-json";

/** The digest of a change as lines of text. */
function lines(sketch: Partial<ChangeSketch>): string[] {
  const review = reviewOf(planOf([{ address: "aws_a.b", actions: ["update"], ...sketch }]));
  const [change] = review.stacks.flatMap(({ changes }) => changes);
  if (change === undefined) throw new Error("there is no change");
  return [...html`${digest(change)}`.text.matchAll(/<span>(.*?)<\/span>/g)].map((match) =>
    (match[1] ?? "").replaceAll(/<\/?b>/g, "").replaceAll("&quot;", '"'),
  );
}

describe("digest", () => {
  test.each<[string, Partial<ChangeSketch>, string[]]>([
    ["a short value", { before: { size: 1 }, after: { size: 2 } }, ["size 1 → 2"]],
    ["text", { before: { name: "a" }, after: { name: "b" } }, ['name "a" → "b"']],
    ["a long value by its name alone", { before: { t: "x".repeat(40) }, after: { t: "y" } }, ["t"]],
    ["what is set, by its name", { before: {}, after: { a: 1 } }, ["a"]],
    [
      "the first two, and how many more",
      { before: { a: 1, b: 1, c: 1, d: 1 }, after: { a: 2, b: 2, c: 2, d: 2 } },
      ["a 1 → 2", "b 1 → 2", "and 2 more"],
    ],
    [
      "what forces a replacement before all else",
      { actions: ["delete", "create"], before: { a: 1, z: 1 }, after: { a: 2, z: 2 }, replace_paths: [["z"]] },
      ["z 1 → 2", "and 1 more"],
    ],
    ["nothing of a create", { actions: ["create"], after: { a: 1 } }, []],
    ["nothing of a destroy", { actions: ["delete"], before: { a: 1 } }, []],
  ])("says %s", (_name, sketch, expected) => {
    expect(lines(sketch)).toEqual(expected);
  });

  test("shows no secret", () => {
    const secret = {
      before: { v: "one" },
      after: { v: "two" },
      before_sensitive: { v: true },
      after_sensitive: { v: true },
    };
    expect(lines(secret)).toEqual(["v"]);
  });
});
