import { visible } from "../../../tools/review/visible";

describe("visible", () => {
  test.each([
    ["a\u0000b", "a\\u0000b"],
    ["bell \u0007", "bell \\u0007"],
    ["escape \u001b[31m", "escape \\u001b[31m"],
    ["delete \u007f", "delete \\u007f"],
    ["next line \u0085", "next line \\u0085"],
    ["turned \u202etxt", "turned \\u202etxt"],
    ["isolated \u2066a\u2069", "isolated \\u2066a\\u2069"],
    ["nothing wide \u200b", "nothing wide \\u200b"],
    ["joined \u200d", "joined \\u200d"],
    ["line \u2028 paragraph \u2029", "line \\u2028 paragraph \\u2029"],
    ["mark \ufeff", "mark \\ufeff"],
    ["arabic \u061c", "arabic \\u061c"],
    ["return\r\n", "return\\u000d\n"],
  ])("shows what cannot be seen in %j", (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test.each(["", "plain", "tab\tand line\nend", "é ü 漢 🙂", "\u00a0", "\\u202e"])("leaves %j as it is", (text) => {
    expect(visible(text)).toBe(text);
  });
});
