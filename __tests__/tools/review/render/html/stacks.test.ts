import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import { stacks } from "../../../../../tools/review/render/html/stacks";
import type { Review } from "../../../../../tools/review/review";
import { planOf, reviewOf } from "../../../../support/plan-json";
import { fullReview, riskyReview } from "../../../../support/reviews";
import { erroredReview, noChange, systemReview } from "../../../../support/system-reviews";

const drawn = (review: Review) => stacks(new PageIndex(review)).text.replaceAll(/\s+/g, " ");
const opened = (text: string, kind: string) =>
  (text.match(new RegExp(`<details class="${kind}[^>]* open ?>`, "g")) ?? []).length;
const lost = (number: number) =>
  reviewOf(
    planOf(
      Array.from({ length: number }, (_, index) => ({
        address: `aws_a.x${index}`,
        actions: ["delete"],
        before: { a: 1 },
      })),
    ),
  );

describe("stacks", () => {
  test("opens stacks with something grave, and those that failed", () => {
    expect(opened(drawn(systemReview(4, 20)), "stack")).toBe(1);
    expect(opened(drawn(erroredReview()), "stack")).toBe(1);
    expect(opened(drawn(noChange()), "stack")).toBe(0);
  });

  test.each([
    [24, 24],
    [25, 24],
  ])("of %i destroyed opens %i", (number, open) => {
    expect(opened(drawn(lost(number)), "change")).toBe(open);
  });

  test.each([
    [300, true],
    [301, false],
  ])("are for paper in full: %i changes, %s", (number, few) => {
    expect(drawn(lost(number)).includes('<div id="stacks" class="few">')).toBe(few);
  });

  test("shows every part of a stack", () => {
    const text = drawn(fullReview());
    for (const part of [
      "Outputs",
      "Checks",
      "Actions that run",
      "Put off until a later plan",
      "Changed outside of Terraform",
      "2 resources unchanged",
      "the plan has a section &quot;surprises&quot; that this reader does not know",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("says why a stack could not be planned, and what to do", () => {
    const text = drawn(erroredReview());
    expect(text).toContain("<b>Invalid provider configuration</b>");
    expect(text).toContain("no valid credential sources found");
    expect(text).toContain("<b>What to do:</b> log in, then plan again");
    expect(text).toContain("It could not be planned, so its changes are not known.");
    expect(text).toContain("with placeholders for values of prod-data");
  });

  test("says how many there are of what, in words for who does not see it", () => {
    expect(drawn(riskyReview())).toMatch(/<\/span> 27<span class="vh"> update<\/span>/);
  });
});
