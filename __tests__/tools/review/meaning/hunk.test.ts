import fc from "fast-check";
import { hunkOf } from "../../../../tools/review/meaning/hunk";

/** Lines as they are read: what happens to them, then their text. */
const read = (before: string, after: string) => hunkOf(before, after)?.map(({ op, text }) => `${op}${text}`);
const lines = (number: number, more = "") =>
  Array.from({ length: number }, (_, index) => `l${index}${more}`).join("\n");

describe("hunkOf", () => {
  test.each<[string, string, string, readonly string[] | undefined]>([
    ["texts of one line each", "a", "b", undefined],
    [
      "a line that changes, with two around it",
      "1\n2\n3\n4\n5\n6\n7",
      "1\n2\n3\nx\n5\n6\n7",
      ["…1 unchanged line", " 2", " 3", "-4", "+x", " 5", " 6", "…1 unchanged line"],
    ],
    [
      "a line at each end",
      "a\n1\n2\n3\n4\n5\nb",
      "x\n1\n2\n3\n4\n5\ny",
      ["-a", "+x", " 1", " 2", "…1 unchanged line", " 4", " 5", "-b", "+y"],
    ],
    ["one line that becomes two", "a", "a\nb", ["-a", "+a", "+b"]],
    ["a line end that goes", "a\n", "a", ["-a", "+a"]],
    ["something that comes where nothing was", "", "a\nb\n", ["+a", "+b"]],
    ["characters that cannot be seen", "a\nb\u202e\n", "a\nb\r\n", [" a", "-b\\u202e", "+b\\u000d"]],
  ])("shows %s", (_, before, after, expected) => {
    expect(read(before, after)).toEqual(expected);
  });

  test("shortens a long line", () => {
    expect(read("a\n", `${"x".repeat(201)}\n`)).toEqual(["-a", `+${"x".repeat(200)}… (1 more characters)`]);
  });

  test("shows eighty lines and counts the others", () => {
    const shown = read(lines(41), lines(41, "x")) ?? [];
    expect(shown).toHaveLength(81);
    expect(shown.at(-1)).toBe("…2 more lines");
    expect(read(lines(40), lines(40, "x"))).toHaveLength(80);
  });

  test("compares no texts that are very long", () => {
    expect(hunkOf(lines(1_000), lines(1_001, "x"))).toBeUndefined();
    expect(hunkOf(lines(1_000), lines(1_000, "x"))).toHaveLength(81);
  });

  test("has every line that goes and every line that comes, for any two short texts", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c"), { minLength: 2, maxLength: 12 })
      .map((all) => `${all.join("\n")}\n`);
    fc.assert(
      fc.property(text, text, (before, after) => {
        const found = hunkOf(before, after) ?? [];
        const count = (op: string) => found.filter((line) => line.op === op).length;
        const left = (given: string) => given.split("\n").length;
        expect(count("+") - count("-")).toBe(left(after) - left(before));
        if (before !== after) expect(count("+") + count("-")).toBeGreaterThan(0);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
