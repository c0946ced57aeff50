import { type Row, verdictOf } from "../../../tools/bench/row";

describe("verdictOf", () => {
  test.each<[number | undefined, Row["limit"], ReturnType<typeof verdictOf>]>([
    [1.5, { atMost: 1.5 }, "pass"],
    [1.51, { atMost: 1.5 }, "fail"],
    [5, { atLeast: 5 }, "pass"],
    [4.99, { atLeast: 5 }, "fail"],
    [NaN, { atMost: 1.5 }, "fail"],
    [NaN, { atLeast: 5 }, "fail"],
    [undefined, { atMost: 1.5 }, "not measured"],
  ])("%p with the limit %j is %s", (measured, limit, verdict) => {
    expect(verdictOf({ measured, limit })).toBe(verdict);
  });
});
