import fc from "fast-check";
import { contains, overlaps } from "../../../../../tools/review/meaning/policy/glob";

/** Whether a pattern matches a text, by a regular expression. */
function matches(pattern: string, text: string): boolean {
  const parts = [...pattern].map((one) => (one === "*" ? ".*" : one === "?" ? "." : one));
  return new RegExp(`^${parts.join("")}$`, "s").test(text);
}

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 5 });
/** Every text of up to five letters, of which one is in no pattern. */
const texts = [""];
for (let from = 0; (texts[from]?.length ?? 5) < 5; from += 1)
  for (const letter of "abc") texts.push(`${texts[from]}${letter}`);

describe("contains", () => {
  test("agrees with trying every short text", () => {
    fc.assert(
      fc.property(pattern, pattern, (outer, inner) => {
        const all = texts.every((text) => !matches(inner, text) || matches(outer, text));
        // Short texts may miss a difference between longer patterns, and never invent one.
        expect(contains(outer, inner) && !all).toBe(false);
        if (inner.length + outer.length <= 5) expect(contains(outer, inner)).toBe(all);
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });

  test.each([
    ["s3:*", "s3:getobject", true],
    ["s3:getobject", "s3:*", false],
    ["*", "anything", true],
    ["arn:aws:s3:::a/*", "arn:aws:s3:::a/b/*", true],
    ["arn:aws:s3:::a/*", "arn:aws:s3:::a*", false],
    ["?*", "*?", true],
    ["", "", true],
    ["", "*", false],
  ])("%j over %j is %j", (outer, inner, expected) => {
    expect(contains(outer, inner)).toBe(expected);
  });
});

describe("overlaps", () => {
  test("agrees with trying every short text", () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const some = texts.some((text) => matches(a, text) && matches(b, text));
        if (some) expect(overlaps(a, b)).toBe(true);
        if (a.length + b.length <= 5) expect(overlaps(a, b)).toBe(some);
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });
});
