import { blocksIn, withBlock } from "../../../tools/systems/blocks";

/** A block keeps its own columns, which prettier would write over. */
const kept = (text: string) => `<!-- prettier-ignore-start -->\n\n${text}\n\n<!-- prettier-ignore-end -->`;

const page = `# Page

<!-- generated: one -->

old

<!-- end of generated -->

Written.

<!-- generated: two -->
<!-- end of generated -->
`;

describe("withBlock", () => {
  test("replaces what is between the marks, and nothing else", () => {
    expect(withBlock(page, "one", ["new", "lines"], "page.md")).toBe(page.replace("old", kept("new\nlines")));
    expect(withBlock(page, "two", ["first"], "page.md")).toBe(
      page.replace("<!-- generated: two -->\n", `<!-- generated: two -->\n\n${kept("first")}\n\n`),
    );
  });

  test("changes nothing the second time", () => {
    const once = withBlock(page, "two", ["", "first", ""], "page.md");
    expect(withBlock(once, "two", ["first"], "page.md")).toBe(once);
  });

  test.each([
    ["without its place", "three", page],
    ["whose end is missing", "two", page.replace(/<!-- end of generated -->\n$/, "")],
  ])("refuses a page %s", (_what, name, text) => {
    expect(() => withBlock(text, name, ["x"], "page.md")).toThrow(`page.md has no place for ${name}`);
  });
});

test("blocksIn lists the places of a page in their order", () => {
  expect(blocksIn(page)).toEqual(["one", "two"]);
  expect(blocksIn("none")).toEqual([]);
});
