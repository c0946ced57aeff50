import fc from "fast-check";
import { own, same } from "../../../../tools/review/meaning/same";
import { Digits, Masked, UNKNOWN, type Value } from "../../../../tools/review/value";

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Value>(null, true, false, 0, 1, "", "a"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "__proto__", "constructor"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** The value without keys that are null. */
function bare(one: Value): unknown {
  if (Array.isArray(one)) return one.map((item) => bare(item as Value));
  if (typeof one !== "object" || one === null) return one;
  const entries = Object.entries(one)
    .filter(([, inner]) => inner !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, bare(inner as Value)]);
  return { entries };
}

describe("same", () => {
  test.each<[Value | undefined, Value | undefined, boolean]>([
    [null, undefined, true],
    [undefined, undefined, true],
    [null, false, false],
    [null, "", false],
    [null, [], false],
    [0, "0", false],
    [[], {}, false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, null], false],
    [{ a: 1, b: null }, { a: 1 }, true],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { b: 1 }, false],
    [{}, { constructor: 1 }, false],
    [UNKNOWN, UNKNOWN, true],
    ['{"a":"(masked)"}', '{"a":"(masked)"}', true],
    ['{"a":"(masked, may have changed)"}', '{"a":"(masked, may have changed)"}', false],
    [[UNKNOWN], ["a"], false],
    ["a", UNKNOWN, false],
    [new Masked("sensitive", true), new Masked("sensitive", true), true],
    [new Masked("sensitive", true), new Masked("sensitive", false), false],
    [new Masked("sensitive", true), "a", false],
    [new Masked("sensitive", true), null, false],
    [new Digits("9007199254740993"), new Digits("9007199254740993"), true],
    [new Digits("9007199254740993"), new Digits("9007199254740992"), false],
    [new Digits("5"), 5, true],
    [new Digits("5"), "5", false],
  ])("of %j and %j is %j, either way round", (a, b, expected) => {
    expect(same(a, b)).toBe(expected);
    expect(same(b, a)).toBe(expected);
  });

  test("is what is equal but for nulls and the order of keys, for any two values", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(same(a, b)).toBe(JSON.stringify(bare(a)) === JSON.stringify(bare(b)));
        expect(same(a, structuredClone(a))).toBe(true);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });
});

describe("own", () => {
  test("knows no key of a prototype", () => {
    expect(own({ a: 1 }, "a")).toBe(1);
    expect(own({}, "constructor")).toBeUndefined();
  });
});
