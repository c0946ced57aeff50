import fc from "fast-check";
import { aligned, reordered, type Pair } from "../../../../tools/review/meaning/align";
import { same } from "../../../../tools/review/meaning/same";
import type { Value } from "../../../../tools/review/value";

const plain = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 8 });
const named = fc.uniqueArray(fc.record({ name: fc.constantFrom("a", "b", "c", "d", "e"), value: fc.nat(2) }), {
  selector: ({ name }) => name,
  maxLength: 5,
});

/** Both sides, put together again from pairs. */
function sidesOf(pairs: readonly Pair[], before: readonly Value[]): { old: Value[]; now: Value[] } {
  const now: Value[] = [];
  for (const { after, index } of pairs) if (after !== undefined) now[index] = after;
  const rest = [...before];
  const old = pairs.flatMap((pair): Value[] => {
    if (pair.before === undefined) return [];
    const at = rest.findIndex((item) => same(item, pair.before));
    return at < 0 ? ["not there"] : rest.splice(at, 1);
  });
  return { old: [...old, ...rest.map(() => "left over")], now };
}

describe("aligned", () => {
  test.each<[string, readonly Value[], readonly Value[], readonly Pair[]]>([
    [
      "one put in at the front",
      ["a", "b"],
      ["x", "a", "b"],
      [
        { after: "x", index: 0 },
        { before: "a", after: "a", index: 1 },
        { before: "b", after: "b", index: 2 },
      ],
    ],
    [
      "one taken away at the front",
      ["x", "a", "b"],
      ["a", "b"],
      [
        { before: "x", index: 0 },
        { before: "a", after: "a", index: 0 },
        { before: "b", after: "b", index: 1 },
      ],
    ],
    [
      "one changed in the middle",
      ["a", "b", "c"],
      ["a", "x", "c"],
      [
        { before: "a", after: "a", index: 0 },
        { before: "b", after: "x", index: 1 },
        { before: "c", after: "c", index: 2 },
      ],
    ],
    [
      "one taken away behind several that came, by its own index",
      ["x", "a", "b"],
      ["x", "n", "m", "a"],
      [
        { before: "x", after: "x", index: 0 },
        { after: "n", index: 1 },
        { after: "m", index: 2 },
        { before: "a", after: "a", index: 3 },
        { before: "b", index: 2 },
      ],
    ],
    [
      "elements with a name, in another order",
      [
        { name: "a", v: 1 },
        { name: "b", v: 1 },
      ],
      [
        { name: "b", v: 2 },
        { name: "c", v: 1 },
      ],
      [
        { before: { name: "b", v: 1 }, after: { name: "b", v: 2 }, index: 0 },
        { after: { name: "c", v: 1 }, index: 1 },
        { before: { name: "a", v: 1 }, index: 0 },
      ],
    ],
    [
      "names that are not unique, by position",
      [
        { name: "a", v: 1 },
        { name: "a", v: 2 },
      ],
      [
        { name: "a", v: 3 },
        { name: "a", v: 2 },
      ],
      [
        { before: { name: "a", v: 1 }, after: { name: "a", v: 3 }, index: 0 },
        { before: { name: "a", v: 2 }, after: { name: "a", v: 2 }, index: 1 },
      ],
    ],
    [
      "statements by their Sid before anything else",
      [{ Sid: "A", id: "1" }],
      [{ Sid: "B", id: "1" }],
      [
        { after: { Sid: "B", id: "1" }, index: 0 },
        { before: { Sid: "A", id: "1" }, index: 0 },
      ],
    ],
    ["nothing and something", [], ["a"], [{ after: "a", index: 0 }]],
    ["nothing and nothing", [], [], []],
  ])("pairs %s", (_, before, after, expected) => {
    expect(aligned(before, after)).toEqual(expected);
  });

  test.each<[string, fc.Arbitrary<Value[]>]>([
    ["texts", plain],
    ["things with a name", named],
  ])("has every element of both sides once, for any two lists of %s", (_, list) => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const pairs = aligned(before, after);
        const { old, now } = sidesOf(pairs, before);
        expect(now).toEqual(after);
        expect(old.filter((item) => item === "not there" || item === "left over")).toEqual([]);
        for (const { before: was, after: is, index } of pairs)
          expect(is === undefined ? same(was, before[index]) : same(is, after[index])).toBe(true);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  test("keeps as many as can be kept in their order", () => {
    fc.assert(
      fc.property(plain, plain, (before, after) => {
        const common = (i: number, j: number): number =>
          i === before.length || j === after.length
            ? 0
            : before[i] === after[j]
              ? 1 + common(i + 1, j + 1)
              : Math.max(common(i + 1, j), common(i, j + 1));
        const kept = aligned(before, after).filter((pair) => pair.before !== undefined && pair.before === pair.after);
        expect(kept.length).toBeGreaterThanOrEqual(common(0, 0));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test("pairs very long lists by position", () => {
    const before = Array.from({ length: 201 }, (_, index) => `a${index}`);
    const after = before.map((_, index) => `b${index}`);
    expect(aligned(before, after)).toEqual(before.map((old, index) => ({ before: old, after: after[index], index })));
  });
});

describe("reordered", () => {
  test.each<[readonly Value[], readonly Value[], boolean]>([
    [["a", "b"], ["b", "a"], true],
    [["a", "a", "b"], ["a", "b", "b"], false],
    [["a"], ["a", "b"], false],
    [[{ x: 1 }, { x: 2 }], [{ x: 2, y: null }, { x: 1 }], true],
    [[], [], true],
  ])("of %j and %j is %j", (before, after, expected) => {
    expect(reordered(before, after)).toBe(expected);
  });

  test("is not asked of very long lists", () => {
    const list = Array.from({ length: 201 }, (_, index) => index);
    expect(reordered(list, [...list].reverse())).toBe(false);
    expect(reordered(list.slice(1), list.slice(1).reverse())).toBe(true);
  });
});
