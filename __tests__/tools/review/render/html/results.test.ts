import { html } from "../../../../../tools/review/render/html/markup";
import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import { cost, policy } from "../../../../../tools/review/render/html/results";
import type { CostDelta, Review } from "../../../../../tools/review/review";
import { fullReview } from "../../../../support/reviews";
import { noChange } from "../../../../support/system-reviews";

const text = (content: Parameters<typeof html>[1]) =>
  html`${content}`.text
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
const priced = (delta: Partial<CostDelta>): Review => ({
  ...noChange(),
  cost: { after: 10, unpriced: 0, lines: [], ...delta },
});

describe("policy", () => {
  test("counts and shows what a tool found, with a link to the change", () => {
    const content = policy(new PageIndex(fullReview()));
    expect(text(content)).toMatch(
      /^Policy 1 failed · 3 passed · 1 not known before apply · 1 suppressed Checked by own\. .* error r aws_a\.made in stack /,
    );
    expect(html`${content}`.text).toContain('href="#change-stack-aws_a.made"');
  });

  test("is left out where no tool ran", () => {
    expect(policy(new PageIndex(noChange()))).toBeUndefined();
  });
});

describe("cost", () => {
  test.each<[Partial<CostDelta>, string]>([
    [{ before: 8, after: 10 }, "Cost $8.00 → $10.00 a month $2.00 more a month ."],
    [{ before: 10.5, after: 10 }, "Cost $10.50 → $10.00 a month $0.50 less a month ."],
    [{ before: 10 }, "Cost $10.00 → $10.00 a month The bill stays as it is ."],
    [{}, "Cost $10.00 a month"],
    [
      { before: 8, unpriced: 1 },
      "Cost $8.00 → $10.00 a month $2.00 more a month, without 1 thing that has no price here or depends on use.",
    ],
  ])("says of %j: %s", (delta, said) => {
    expect(text(cost(new PageIndex(priced(delta))))).toBe(said.replaceAll(" .", "."));
  });

  test("is left out where it was not reckoned", () => {
    expect(cost(new PageIndex(noChange()))).toBeUndefined();
  });
});
