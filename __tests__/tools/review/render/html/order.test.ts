import { order } from "../../../../../tools/review/render/html/order";
import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import type { Review } from "../../../../../tools/review/review";
import { fullReview, riskyReview } from "../../../../support/reviews";
import { erroredReview, noChange, systemReview } from "../../../../support/system-reviews";

const drawn = (review: Review) => order(new PageIndex(review)).text.replaceAll(/\s+/g, " ");

/** Rows of the table as texts of their cells; what is only heard is left out. */
function rows(review: Review): string[][] {
  return [...drawn(review).matchAll(/<tr[^>]*>(.*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = ""]) =>
      cell
        .replaceAll(/<span class="vh">.*?<\/span>|<svg.*?<\/svg>/g, "")
        .replaceAll(/<[^>]*>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    ),
  );
}

describe("order", () => {
  test("counts by stack and action, wave after wave, and all together", () => {
    expect(rows(systemReview(4, 20))).toEqual([
      ["Wave", "Stacks", "−/+ replace", "~ update", "+ create", "Risks"],
      ["1", "prod-network", "", "4", "1", ""],
      ["prod-data", "1", "4", "1", "1"],
      ["prod-identity", "", "4", "1", ""],
      ["2", "prod-edge", "", "4", "1", ""],
      ["", "All together", "1", "16", "4", ""],
    ]);
  });

  test("has no wave and no sum for a single stack", () => {
    expect(rows(riskyReview())).toEqual([
      ["Stack", "−/+ replace", "~ update", "+ create", "Risks"],
      ["stack", "1", "27", "15", "2 1"],
    ]);
    expect(rows(noChange())).toEqual([["Stack"], ["stack"]]);
  });

  test("says in words what would make the table too wide", () => {
    const [head, row = []] = rows(fullReview());
    expect(head).toEqual(["Stack", "− destroy", "−/+ replace", "~ update", "+ create", "Risks"]);
    expect(row[0]).toBe(
      "stack 1 unknown · 1 forget · 1 import · 1 move · 1 read · 2 outputs · 1 drifted · 1 deferred · 1 check failed",
    );
  });

  test("says what failed, what is a preview, and what that means", () => {
    expect(rows(erroredReview()).map(([first, second]) => [first, second])).toEqual([
      ["Wave", "Stacks"],
      ["1", "prod-network"],
      ["prod-data failed", ""],
      ["2", "prod-identity preview"],
      ["", "All together"],
    ]);
    expect(drawn(erroredReview())).toContain("What failed is not counted.");
    expect(drawn(erroredReview())).toContain("A preview stands on placeholders");
    expect(drawn(systemReview(4, 20))).not.toMatch(/preview|failed/);
  });
});
