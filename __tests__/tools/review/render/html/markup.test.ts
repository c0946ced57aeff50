import fc from "fast-check";
import { escaped, html, joined, trusted } from "../../../../../tools/review/render/html/markup";

describe("html", () => {
  test.each([
    ["<b>", "&lt;b&gt;"],
    [`"'\``, "&quot;&#39;&#96;"],
    ["a & b", "a &amp; b"],
    ["&lt;", "&amp;lt;"],
    ["\u202eabc\u2066", "[U+202E]abc[U+2066]"],
    ["\u0000\u001b\u007f\u0085", "[U+0000][U+001B][U+007F][U+0085]"],
    ["\u200b\ufeff\u00ad", "[U+200B][U+FEFF][U+00AD]"],
    ["\ud800x\udc00", "[U+D800]x[U+DC00]"],
    ["\u{e0041}", "[U+E0041]"],
    ["tab\tand\nline, é, 🙂, 日本", "tab\tand\nline, é, 🙂, 日本"],
  ])("escapes %j", (text, expected) => {
    expect(html`${text}`.text).toBe(expected);
  });

  test("lets no text become markup, in text or in an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        // eslint-disable-next-line no-control-regex -- they are what may not be there
        expect(escaped(text)).not.toMatch(/[<>"'`\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
      }),
      { seed: 5 },
    );
  });

  test("keeps markup, numbers and lists, and leaves out what is not there", () => {
    expect(html`<i>${html`<b>${1}</b>`}${[0, "x", undefined, false]}${undefined}${false}</i>`.text).toBe(
      "<i><b>1</b>0x</i>",
    );
  });
});

describe("joined", () => {
  test("escapes what is joined and what stands between", () => {
    expect(joined(["<a>", trusted("<b>")], " & ").text).toBe("&lt;a&gt; &amp; <b>");
  });
});
