import { age, columns, cut, duration, plural } from "../../../tools/cli/text";

describe("text", () => {
  test.each([
    [0, "0.0 s"],
    [9.94, "9.9 s"],
    [9.95, "10 s"],
    [59.4, "59 s"],
    [59.6, "1 min 0 s"],
    [102, "1 min 42 s"],
    [3_700, "61 min 40 s"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  test.each([
    [59_999, "just now"],
    [60_000, "1 min ago"],
    [3_600_000, "1 h ago"],
    [47.9 * 3_600_000, "47 h ago"],
    [48 * 3_600_000, "2 days ago"],
  ])("%d milliseconds are %s", (milliseconds, text) => {
    expect(age(milliseconds)).toBe(text);
  });

  test("counts one and many", () => {
    expect([plural(1, "stack"), plural(0, "stack"), plural(2, "stack")]).toEqual(["1 stack", "0 stacks", "2 stacks"]);
  });

  test("aligns columns but the last, without blanks at the end", () => {
    expect(
      columns([
        ["a", "long cell", "x"],
        ["bcd", "", "yz"],
        ["e", "f", ""],
      ]),
    ).toEqual(["  a    long cell  x", "  bcd             yz", "  e    f"]);
    expect(columns([])).toEqual([]);
  });

  test("cuts what is too long, with an ellipsis", () => {
    expect([cut("12345", 5), cut("123456", 5)]).toEqual(["12345", "1234…"]);
  });
});
