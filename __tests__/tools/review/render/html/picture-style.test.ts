import { PICTURE_ON_PAGE } from "../../../../../tools/review/render/html/picture-style";

/** Selectors of a style sheet, one by one. */
const selectors = [...PICTURE_ON_PAGE.replaceAll(/@media[^{]*\{/g, "").matchAll(/([^{}]+)\{/g)].flatMap(
  ([, list = ""]) =>
    list
      .replaceAll(/:is\([^)]*\)/g, "")
      .split(",")
      .map((selector) => selector.trim()),
);

describe("the picture's style", () => {
  test("holds for the picture and its frame alone", () => {
    expect(selectors.length).toBeGreaterThan(20);
    expect(selectors.filter((selector) => !/^\.(picture|picture-frame|legend|grave-mark)\b/.test(selector))).toEqual(
      [],
    );
  });

  test("leaves the page's colours as they are", () => {
    expect(PICTURE_ON_PAGE).not.toMatch(/--(text|soft|line):/);
  });

  test("is dark on screens alone", () => {
    expect(PICTURE_ON_PAGE.match(/@media[^{]*dark/g)).toEqual(["@media screen and (prefers-color-scheme: dark"]);
  });
});
