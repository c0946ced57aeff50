import fc from "fast-check";
import { partsThatDiffer } from "../../../../../tools/review/render/html/parts-that-differ";

describe("partsThatDiffer", () => {
  test.each([
    ["arn:aws:kms:eu:1:key/1", "arn:aws:kms:eu:1:key/2", ["arn:aws:kms:eu:1:key/", "1", "2", ""]],
    ["the quick brown fox", "the quick red fox", ["the quick ", "brown", "red", " fox"]],
    ["one two three four", "one two four", ["one two ", "three ", "", "four"]],
  ])("cuts whole words: %j, %j", (before, after, [start, old, now, end]) => {
    expect(partsThatDiffer(before, after)).toEqual({ start, old, now, end });
  });

  test.each([
    ["short", "shore"],
    ["the same long text", "the same long text"],
    ["nothing of this", "is anywhere there"],
  ])("leaves %j and %j whole", (before, after) => {
    expect(partsThatDiffer(before, after)).toBeUndefined();
  });

  test("gives back both texts, whatever they are", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "/", "🙂"), minLength: 8, maxLength: 40 });
    fc.assert(
      fc.property(text, text, text, (a, b, common) => {
        const [before, after] = [`${common}${a}${common}`, `${common}${b}${common}`];
        const parts = partsThatDiffer(before, after);
        if (parts === undefined) return;
        expect(parts.start + parts.old + parts.end).toBe(before);
        expect(parts.start + parts.now + parts.end).toBe(after);
        expect(() => Object.values(parts).map(encodeURIComponent)).not.toThrow(); // it does on half a pair
      }),
      { seed: 9 },
    );
  });
});
