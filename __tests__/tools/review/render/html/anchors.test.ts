import { Anchors } from "../../../../../tools/review/render/html/anchors";
import { planOf, reviewOf, type ChangeSketch } from "../../../../support/plan-json";
import { fullReview, HOSTILE } from "../../../../support/reviews";
import { systemReview, withHostileText } from "../../../../support/system-reviews";

const made = (address: string): ChangeSketch => ({ address, actions: ["create"], after: {} });

/** Every anchor of a review, in order. */
function all(review: ReturnType<typeof fullReview>): string[] {
  const anchors = new Anchors(review);
  return [
    ...review.stacks.flatMap(({ name, changes, drift, otherDrift, deferred }) => [
      anchors.stack(name),
      ...[...changes, ...drift, ...otherDrift, ...deferred.map(({ change }) => change)].map((one) =>
        anchors.change(one),
      ),
    ]),
    ...review.blastRadius.map((reach) => anchors.reach(reach)),
  ].map((anchor) => anchor ?? "none");
}

describe("Anchors", () => {
  test.each([
    ["a review of everything", fullReview()],
    ["a system", systemReview(10, 30)],
    ["hostile text", withHostileText(fullReview(), HOSTILE)],
  ])("are unique and plain in %s", (_name, review) => {
    const anchors = all(review);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(anchors.filter((anchor) => !/^(stack|change|drift|deferred|reach)-[\w.-]+$/.test(anchor))).toEqual([]);
  });

  test("keep names apart that differ in what an anchor cannot hold", () => {
    const review = reviewOf(
      planOf([made('aws_a.b["x"]'), made("aws_a.b[0]"), made('aws_a.b["0"]'), made("aws_a.b-0"), made("aws_a.b-0.2")]),
    );
    expect(all(review)).toEqual([
      "stack-stack",
      "change-stack-aws_a.b-x",
      "change-stack-aws_a.b-0",
      "change-stack-aws_a.b-0.2",
      "change-stack-aws_a.b-0.3",
      "change-stack-aws_a.b-0.2.2",
    ]);
  });

  test("are cut where a name has no end, and still unique", () => {
    const long = "x".repeat(400);
    const anchors = all(reviewOf(planOf([made(`aws_a.${long}1`), made(`aws_a.${long}2`)])));
    expect(anchors.every((anchor) => anchor.length < 200)).toBe(true);
    expect(new Set(anchors).size).toBe(3);
  });

  test("know nothing of a stack that is not there", () => {
    expect(new Anchors(fullReview()).stack("other")).toBeUndefined();
  });
});
