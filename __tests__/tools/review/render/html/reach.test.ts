import { html } from "../../../../../tools/review/render/html/markup";
import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import { reach } from "../../../../../tools/review/render/html/reach";
import type { Reach, Review } from "../../../../../tools/review/review";
import { riskyReview } from "../../../../support/reviews";
import { oneChange } from "../../../../support/system-reviews";

const drawn = (review: Review) => html`${reach(new PageIndex(review))}`.text.replaceAll(/\s+/g, " ");
const affected = (number: number): Reach["affected"] =>
  Array.from({ length: number }, (_, index) => ({
    ...{ stack: "stack", address: `aws_a.x${index}`, construct: "", action: "no-op" as const, distance: index + 1 },
  }));
const reaching = (number: number): Review => ({
  ...riskyReview(),
  blastRadius: riskyReview().blastRadius.map((one) => ({ ...one, affected: affected(number) })),
});

describe("reach", () => {
  test("says what depends on what is lost, and how far away", () => {
    const text = drawn(reaching(2));
    expect(text).toContain('id="reach-stack-aws_db_instance.database_instance_D7FC2283"');
    expect(text).toContain("in stack, directly");
    expect(text).toContain("in stack, 2 references away");
  });

  test.each([
    [12, 12, 0],
    [13, 12, 1],
    [40, 12, 28],
  ])("of %i things shows %i, and folds the rest", (number, open, folded) => {
    const [before = "", after = ""] = drawn(reaching(number)).split(/<summary>\d+ more things?<\/summary>/);
    expect((before.match(/aws_a\.x\d/g) ?? []).length).toBe(open);
    expect((after.match(/aws_a\.x\d/g) ?? []).length).toBe(folded);
  });

  test("is left out where nothing depends on anything", () => {
    expect(drawn(oneChange())).toBe("");
    expect(drawn(reaching(0))).toBe("");
  });
});
