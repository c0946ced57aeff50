import { changeRow, isOpened } from "../../../../../tools/review/render/html/change";
import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import type { Review } from "../../../../../tools/review/review";
import { fullReview, riskyReview } from "../../../../support/reviews";

/** The row of an address as text in one line. */
function row(review: Review, address: string): string {
  const change = review.stacks.flatMap(({ changes }) => changes).find((one) => one.address === address);
  if (change === undefined) throw new Error(`there is no change of ${address}`);
  return changeRow(change, new PageIndex(review), false, undefined).text.replaceAll(/\s+/g, " ");
}

const full = (address: string) => row(fullReview(), address);

describe("changeRow", () => {
  test("is a fold with the key of its action and its severity", () => {
    const text = row(riskyReview(), "aws_db_instance.database_instance_D7FC2283");
    expect(text).toMatch(/^<details class="change grave" data-a="replace" data-s="critical" ?>/);
    expect(text).toContain('id="change-stack-aws_db_instance.database_instance_D7FC2283"');
    expect(text).toContain("kms_key_id cannot be changed in place");
  });

  test("says the risk where the change is, and what depends on it", () => {
    const text = row(riskyReview(), "aws_db_instance.database_instance_D7FC2283");
    expect(text).toContain("<b>The database is destroyed and made anew.</b>");
    expect(text).toMatch(/<b>Fix:<\/b> Take the change/);
    expect(text).toMatch(/<a href="#reach-stack-aws_db_instance[^"]*" ?>1 thing depends on it<\/a/);
  });

  test.each([
    ["aws_a.moved", "It was <code>aws_a.before</code> before."],
    ["aws_a.taken", "Imported: <code>id "],
    ["aws_a.old", "An old object that is left from a replacement that did not finish, <code>00aa11bb</code>."],
    ["aws_a.strange", "Terraform says: <code>create, "],
    ["aws_lb.first", "The new object is made before the old one is destroyed."],
    ["aws_a.forgotten", "Terraform no longer manages it; it stays as it is."],
  ])("says of %s: %s", (address, remark) => {
    expect(full(address)).toContain(remark);
  });

  test("says what is no ordinary resource", () => {
    expect(full("data.aws_a.read")).toContain('<span class="tag">data source</span>');
    expect(full("aws_a.old")).toContain('<span class="tag">deposed</span>');
  });
});

describe("isOpened", () => {
  test("opens what has a risk, is destroyed or replaced, and nothing else", () => {
    const changes = fullReview().stacks.flatMap((stack) => stack.changes);
    expect(changes.filter(isOpened).map(({ address }) => address)).toEqual([
      "aws_db_instance.replaced",
      "aws_a.gone",
      "aws_a.old",
      "aws_lb.first",
      "aws_a.forgotten",
    ]);
  });
});
