import fc from "fast-check";
import { distance, nearest } from "../../../tools/cli/nearest";

const words = fc.string({ maxLength: 12 });

describe("nearest", () => {
  test.each([
    ["sytem", "system"],
    ["SYSTEM", "system"],
    ["evn", "env"],
    ["portt", "port"],
    ["x", undefined],
    ["completely", undefined],
  ])("of %j is %j", (word, expected) => {
    expect(nearest(word, ["system", "env", "port"])).toBe(expected);
  });
});

describe("distance", () => {
  test.each([
    ["deploy", "deploy", 0],
    ["deploy", "depoly", 1],
    ["deploy", "deply", 1],
    ["", "up", 2],
    ["kitten", "sitting", 3],
  ])("from %j to %j is %d", (from, to, expected) => {
    expect(distance(from, to)).toBe(expected);
  });

  test("is the same both ways, zero for equal words only, and never more than the longer word", () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b) === 0).toBe(a === b);
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
