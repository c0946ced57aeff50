import fc from "fast-check";
import { median, ratioOf, takeTurns } from "../../../tools/bench/measure";

describe("median", () => {
  test.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 2, 100], 3],
  ])("of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test("of nothing is not a number", () => {
    expect(median([])).toBeNaN();
  });

  test("has as many values below it as above, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe("takeTurns", () => {
  test("measures one after the other, round by round, and leaves the warm-up out", async () => {
    const calls: string[] = [];
    const from = (name: string, values: number[]) => () => {
      calls.push(name);
      return Promise.resolve(values.shift() ?? NaN);
    };
    const measured = await takeTurns(
      { counted: 2, warmUps: 1 },
      { a: from("a", [1000, 10, 40]), b: from("b", [1, 10, 20]) },
    );
    expect(calls.join("")).toBe("ababab");
    expect(measured).toEqual({ a: [10, 40], b: [10, 20] });
  });
});

describe("ratioOf", () => {
  test("is the median of the ratios within each round, so a slow round does not count twice", () => {
    expect(ratioOf([10, 4000, 30], [10, 2000, 10])).toBe(2);
  });
});
