import { limited, shown } from "../../../../tools/review/meaning/shown";
import { Digits, Masked, UNKNOWN, type Value } from "../../../../tools/review/value";

describe("shown", () => {
  test.each<[Value, string, string]>([
    [null, "null", "null"],
    ["a\nb", "value", '"a\\nb"'],
    ["", "value", '""'],
    [0, "value", "0"],
    [false, "value", "false"],
    [new Digits("9007199254740993"), "value", "9007199254740993"],
    [[], "value", "[]"],
    [{}, "value", "{}"],
    [{ a: null }, "value", "{}"],
    [{ a: [1, "x"], b: null, c: { d: true } }, "value", '{ a: [1, "x"], c: { d: true } }'],
    [UNKNOWN, "unknown", "(known after apply)"],
    [{ a: UNKNOWN, b: new Masked("name", false) }, "value", "{ a: (known after apply), b: (masked) }"],
    [new Masked("sensitive", false), "masked", "(sensitive)"],
    [new Masked("sensitive", true), "masked", "(sensitive, unchanged)"],
    [new Masked("write-only", false), "masked", "(sensitive)"],
    [new Masked("name", false), "masked", "(masked)"],
    [new Masked("looks secret", true), "masked", "(masked, unchanged)"],
    ["a\u202eb", "value", '"a\\u202eb"'],
  ])("%j is a %s, %s", (value, kind, text) => {
    expect(shown(value)).toEqual({ kind, text });
  });

  test("shortens what is long, and counts what is left out", () => {
    expect(shown("x".repeat(298)).text).toBe(`"${"x".repeat(298)}"`);
    expect(shown("x".repeat(299)).text).toBe(`"${"x".repeat(299)}… (1 more characters)`);
  });
});

describe("limited", () => {
  test.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "abc… (1 more characters)"],
    ["🙂🙂🙂", 3, "🙂🙂🙂"],
    ["🙂🙂🙂🙂", 3, "🙂🙂🙂… (1 more characters)"],
    ["", 0, ""],
  ])("%j to %i is %j", (text, longest, expected) => {
    expect(limited(text, longest)).toBe(expected);
  });
});
