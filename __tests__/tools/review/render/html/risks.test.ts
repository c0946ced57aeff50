import { html } from "../../../../../tools/review/render/html/markup";
import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import { accepted, risks } from "../../../../../tools/review/render/html/risks";
import type { Review } from "../../../../../tools/review/review";
import { planOf, reviewOf, type ChangeSketch } from "../../../../support/plan-json";
import { fullReview, riskyReview } from "../../../../support/reviews";
import { erroredReview, noChange } from "../../../../support/system-reviews";

const drawn = (review: Review) => risks(new PageIndex(review)).text.replaceAll(/\s+/g, " ");
const lost = (type: string, number: number) =>
  reviewOf(
    planOf(
      Array.from({ length: number }, (_, index): ChangeSketch => ({
        address: `${type}.x${index}`,
        actions: ["delete"],
        before: { a: 1 },
      })),
    ),
  );
const heading = (review: Review) =>
  /<h2[^>]*>(.*?)<\/h2>/
    .exec(drawn(review))?.[1]
    ?.replaceAll(/<[^>]*>/g, "")
    .trim();

describe("risks", () => {
  test("shows the gravest first, each with where, what is seen, why and what to do", () => {
    const text = drawn(riskyReview());
    expect([...text.matchAll(/<article class="risk (\w+)">/g)].map((match) => match[1])).toEqual([
      "critical",
      "critical",
      "high",
    ]);
    const [, first = ""] = text.split("<article");
    expect(first).toContain(">The database is destroyed and made anew</a>");
    expect(first).toContain('href="#change-stack-aws_db_instance.database_instance_D7FC2283"');
    expect(first).toMatch(/<dt>Why<\/dt> <dd>The new one is empty/);
    expect(first).toMatch(/<dt>Fix<\/dt> <dd>Take the change/);
    expect(first).toContain("1 thing depends on it");
  });

  test.each([
    ["nothing", noChange(), "No risk found"],
    ["a part of a plan", erroredReview(), "No risk found in what could be planned"],
    [
      "a stack that was not planned",
      { ...noChange(), stacks: erroredReview().stacks.slice(1, 2) },
      "No risk found in what could be planned",
    ],
    ["risks", riskyReview(), "Read these first 2 critical · 1 high"],
  ])("says of %s what was found", (_name, review, said) => {
    expect(heading(review)).toBe(said);
  });

  test("does not call calm what is not known", () => {
    expect(drawn(erroredReview())).toContain("The rest may hold risks.");
    expect(drawn(noChange())).not.toContain("The rest may hold risks.");
  });

  test.each([
    [8, 8, undefined],
    [9, 8, "1 more risk: 1 critical"],
    [12, 8, "4 more risks: 4 critical"],
  ])("of %i shows %i in full", (number, open, folded) => {
    const [before = "", after] = drawn(lost("aws_db_instance", number)).split('<details class="more">');
    expect((before.match(/<article/g) ?? []).length).toBe(open);
    expect(after === undefined ? undefined : /<summary> ?(.*?) ?<\/summary>/.exec(after)?.[1]).toBe(folded);
  });

  test("names everything that is destroyed, where no rule speaks of it too", () => {
    const text = drawn(lost("aws_a", 9));
    expect(text).toContain("Destroyed or replaced");
    expect((text.match(/<code class="address">aws_a\.x\d<\/code>/g) ?? []).length).toBe(9);
    expect(text).toContain("<summary>3 more</summary>");
  });
});

describe("accepted", () => {
  test("shows who accepted what, why and until when, and what is wrong with the list", () => {
    const text = html`${accepted(new PageIndex(fullReview()))}`.text.replaceAll(/\s+/g, " ");
    expect(text).toMatch(
      /<td>Meant, while the import of old uploads runs<\/td> <td>ada<\/td> <td><time>2026-12-31<\/time><\/td>/,
    );
    expect(text).toContain("the acceptance of x by y expired on 2026-01-01");
  });

  test("is left out where nothing was accepted", () => {
    expect(accepted(new PageIndex(noChange()))).toBeUndefined();
  });
});
