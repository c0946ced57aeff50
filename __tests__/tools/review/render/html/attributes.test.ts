import { attributes, shown } from "../../../../../tools/review/render/html/attributes";
import { html } from "../../../../../tools/review/render/html/markup";
import type { AttributeChange, Change } from "../../../../../tools/review/review";
import { planOf, reviewOf, type ChangeSketch } from "../../../../support/plan-json";

function changeOf(sketch: Partial<ChangeSketch>): Change {
  const [change] = reviewOf(planOf([{ address: "aws_a.b", actions: ["update"], ...sketch }])).stacks.flatMap(
    ({ changes }) => changes,
  );
  if (change === undefined) throw new Error("there is no change");
  return change;
}

const drawn = (change: Change) => html`${attributes(change)}`.text.replaceAll(/\s+/g, " ");
const of = (sketch: Partial<ChangeSketch>) => drawn(changeOf(sketch));
const many = (number: number, value: number) =>
  Object.fromEntries(Array.from({ length: number }, (_, index) => [`a${index + 10}`, value]));

describe("attributes", () => {
  test("shows both sides of a change, and how much stays", () => {
    const text = of({ before: { size: 1, name: "x" }, after: { size: 2, name: "x" } });
    expect(text).toMatch(/<th scope="row"> size ?<\/th> <td class="old">1<\/td> <td class="new">2<\/td>/);
    expect(text).toContain("1 other attribute stays as it is.");
  });

  test("lists what is set by a create, and what is gone by a destroy", () => {
    expect(of({ actions: ["create"], after: { size: 1 } })).toMatch(/<dl class="set"> <dt>size<\/dt> <dd>1<\/dd>/);
    expect(of({ actions: ["delete"], before: { name: "a" } })).toMatch(
      /<dl class="gone"> <dt>name<\/dt> <dd>&quot;a&quot;<\/dd>/,
    );
  });

  test("says what forces a replacement", () => {
    const text = of({
      actions: ["delete", "create"],
      before: { az: "a" },
      after: { az: "b" },
      replace_paths: [["az"]],
    });
    expect(text).toContain('az <b class="forces">forces replacement</b>');
  });

  test("marks the parts by which long texts differ", () => {
    const text = of({ before: { arn: "arn:aws:kms:eu:1:key/1" }, after: { arn: "arn:aws:kms:eu:1:key/2" } });
    expect(text).toContain("key/<mark>1</mark>");
    expect(text).toContain("key/<mark>2</mark>");
  });

  test("sets apart what is not known, not to be seen, or not set", () => {
    const text = of({
      before: { id: "x", password: "hunter1", gone: "y" },
      after: { password: "hunter2" },
      after_unknown: { id: true },
      before_sensitive: { password: true },
      after_sensitive: { password: true },
    });
    expect(text).toContain('<i class="unknown">(known after apply)</i>');
    expect(text).toContain('<i class="masked">');
    expect(text).toContain('<i class="unset">not set</i>');
    expect(text).not.toContain("hunter");
  });

  test("shows a text of several lines by the lines that change", () => {
    const text = of({ before: { script: "a\nb\nc" }, after: { script: "a\nB\nc" } });
    expect(text).toMatch(/<del>- b<\/del> ?<ins>\+ B<\/ins>/);
  });

  const attribute = (more: Partial<AttributeChange>): AttributeChange => ({
    ...{ path: "policy", kind: "change", forcesReplacement: false },
    ...{ before: { kind: "value", text: "old" }, after: { kind: "value", text: "new" } },
    ...more,
  });
  const meaning = (number: number) => Array.from({ length: number }, (_, index) => `allows s3:A${index}`);

  test.each([
    [8, 8, 0],
    [9, 8, 1],
    [200, 8, 192],
  ])("of %i sentences about a policy shows %i, and folds the rest", (number, open, folded) => {
    const text = drawn({
      ...changeOf({ before: {}, after: { a: 1 } }),
      attributes: [attribute({ meaning: meaning(number) })],
    });
    const [before = "", after = ""] = text.split(/<summary>\d+ more<\/summary>/);
    expect((before.match(/allows s3:/g) ?? []).length).toBe(open);
    expect((after.match(/allows s3:/g) ?? []).length).toBe(folded);
    expect(text).toContain("<summary>Its text</summary>");
  });

  test.each([
    [24, 24, 0],
    [25, 24, 1],
    [200, 24, 176],
  ])("of %i attributes shows %i, and folds the rest", (number, open, folded) => {
    const text = of({ before: many(number, 1), after: many(number, 2) });
    const [before = "", after = ""] = text.split(/<summary>\d+ more attributes?<\/summary>/);
    expect((before.match(/class="old"/g) ?? []).length).toBe(open);
    expect((after.match(/class="old"/g) ?? []).length).toBe(folded);
  });
});

describe("shown", () => {
  test("tells a value from a text that reads like something else", () => {
    const [real, text] = [
      shown({ kind: "unknown", text: "(known after apply)" }),
      shown({ kind: "value", text: "(known after apply)" }),
    ];
    expect([real.text, text.text]).toEqual(['<i class="unknown">(known after apply)</i>', "(known after apply)"]);
  });
});
