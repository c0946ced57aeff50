import { STYLE } from "../../../../../tools/review/render/html/style";

describe("the page's style", () => {
  test("loads nothing", () => {
    expect(STYLE).not.toMatch(/url\(|@import|@font-face|https?:/);
    expect(STYLE).not.toMatch(/<\/?style/i);
  });

  test("closes what it opens", () => {
    expect(STYLE.split("{").length).toBe(STYLE.split("}").length);
  });
});
