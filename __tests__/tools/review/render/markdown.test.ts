import fc from "fast-check";
import { renderMarkdown } from "../../../../tools/review/render/markdown";
import { sizeOf } from "../../../../tools/review/render/github-text";
import { planOf, reviewOf, type ChangeSketch } from "../../../support/plan-json";
import { fullReview, riskyReview } from "../../../support/reviews";

const TAGS = /<(?!\/?(?:details|summary|sub)>|br>)/;
const MARKER = "<!-- groundplan review: default/prod -->";

/** What GitHub would take for markup: the text without code spans, fences and our marker. */
function outsideOfCode(text: string): string {
  return text
    .replace(MARKER, "")
    .replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "")
    .replaceAll(/(`+)[^`][\s\S]*?[^`]\1(?!`)|(`+)[^`]\2(?!`)/g, "");
}

const count = (text: string, part: string) => text.split(part).length - 1;

describe("renderMarkdown", () => {
  test("begins with the marker by which the comment is found again", () => {
    expect(renderMarkdown(riskyReview(), { marker: MARKER }).split("\n")[0]).toBe(MARKER);
  });

  test("says what is dangerous before anything else", () => {
    const lines = renderMarkdown(riskyReview())
      .split("\n")
      .filter((line) => /🟥|🟧|🟨/.test(line));
    expect(lines[0]).toContain("2 critical, 1 high risks in 43 changes");
    expect(lines.slice(1, 4).map((line) => /\*\*(.*?)\*\*/.exec(line)?.[1])).toEqual([
      "critical: The database is destroyed and made anew",
      "critical: PostgreSQL is open to the internet",
      "high: A role may do more than before",
    ]);
  });

  test("lets no text of a plan become markup, a mention or a link", () => {
    const text = outsideOfCode(renderMarkdown(fullReview(), { marker: MARKER }));
    expect(text).not.toMatch(TAGS);
    expect(text).not.toMatch(/@(?!\u200b)\w/);
    expect(text).not.toMatch(/(?<![\w&])#(?!\u200b)\d/);
    expect(text).not.toMatch(/https?:\/\//);
    expect(text).not.toContain("-->");
  });

  test("balances what it opens", () => {
    const text = outsideOfCode(renderMarkdown(fullReview()));
    expect(count(text, "<details>")).toBe(count(text, "</details>"));
    expect(count(text, "<summary>")).toBe(count(text, "</summary>"));
  });

  const change = fc.record({
    address: fc
      .tuple(fc.constantFrom("aws_db_instance", "aws_lb", "aws_iam_role"), fc.string({ maxLength: 30 }))
      .map(([type, key]) => `module.m.${type}.n[${JSON.stringify(key)}]`),
    actions: fc.constantFrom(["delete"], ["delete", "create"], ["create", "delete"], ["create"], ["update"]),
    before: fc.dictionary(fc.string({ maxLength: 12 }), fc.string({ maxLength: 200 }), { maxKeys: 4 }),
    after: fc.dictionary(fc.string({ maxLength: 12 }), fc.string({ maxLength: 200 }), { maxKeys: 4 }),
  });

  test("is within any limit, and escapes any text", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.integer({ min: 8_000, max: 65_000 }), (changes, limit) => {
        const text = renderMarkdown(reviewOf(planOf(changes)), { limit });
        expect(sizeOf(text).points).toBeLessThanOrEqual(limit);
        expect(outsideOfCode(text)).not.toMatch(TAGS);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test.each([50, 500, 2_000])("names every one of %i destroyed and replaced objects", (number) => {
    const changes = Array.from({ length: number }, (_, index): ChangeSketch => ({
      address: `module.part_${index % 7}.aws_s3_bucket.bucket_${index}`,
      actions: index % 2 === 0 ? ["delete"] : ["delete", "create"],
      before: { bucket: `b-${index}`, text: "x".repeat(300) },
      ...(index % 2 === 0
        ? {}
        : { after: { bucket: `c-${index}`, text: "y".repeat(300) }, replace_paths: [["bucket"]] }),
    }));
    const text = renderMarkdown(reviewOf(planOf(changes)));
    const names = new Set(text.match(/bucket_\d+/g));
    expect(changes.filter((_, index) => !names.has(`bucket_${index}`))).toEqual([]);
    expect(sizeOf(text).points).toBeLessThanOrEqual(65_000);
    expect(sizeOf(text).bytes).toBeLessThanOrEqual(262_144);
  });

  test("says how many have no room where even names do not fit", () => {
    const changes = Array.from({ length: 3_000 }, (_, index): ChangeSketch => ({
      address: `aws_s3_bucket.${"long".repeat(20)}_${index}`,
      actions: ["delete"],
      before: {},
    }));
    const text = renderMarkdown(reviewOf(planOf(changes)));
    expect(sizeOf(text).points).toBeLessThanOrEqual(65_000);
    const [, missing = "0"] = /(\d+) of 3000 destroyed or replaced objects have no room here/.exec(text) ?? [];
    expect(Number(missing)).toBe(3_000 - new Set(text.match(/long_\d+/g)).size);
    expect(Number(missing)).toBeGreaterThan(0);
  });

  test("counts bytes as well as characters", () => {
    const changes = Array.from({ length: 400 }, (_, index): ChangeSketch => ({
      address: `aws_a.a${index}`,
      actions: ["update"],
      before: { a: "x" },
      after: { a: "🙂".repeat(250) },
    }));
    const size = sizeOf(renderMarkdown(reviewOf(planOf(changes)), { byteLimit: 100_000 }));
    expect(size.bytes).toBeLessThanOrEqual(100_000);
  });

  test("says what was left out", () => {
    const changes = Array.from({ length: 400 }, (_, index): ChangeSketch => ({
      address: `aws_a.a${index}`,
      actions: ["create"],
      after: { a: "x".repeat(280) },
    }));
    expect(renderMarkdown(reviewOf(planOf(changes)))).toMatch(/Left out for want of room: \d+ × stack: created/);
  });

  test("gives the same bytes for the same review", () => {
    expect(renderMarkdown(fullReview())).toBe(renderMarkdown(fullReview()));
  });
});
