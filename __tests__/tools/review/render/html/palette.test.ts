import { PALETTE, variables, WRITTEN_ON, type ColourName } from "../../../../../tools/review/render/html/palette";
import { PICTURE_ON_PAGE } from "../../../../../tools/review/render/html/picture-style";
import { STYLE } from "../../../../../tools/review/render/html/style";

/** Relative luminance of `#rrggbb`, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe("the palette", () => {
  test.each([
    ["#000000", "#ffffff", 21],
    ["#ffffff", "#ffffff", 1],
    ["#767676", "#ffffff", 4.54],
  ])("is judged by a formula that gives %s on %s %f", (text, ground, expected) => {
    expect(contrast(text, ground)).toBeCloseTo(expected, 2);
  });

  test.each(WRITTEN_ON.flatMap(([text, ground]) => [0, 1].map((night) => ({ text, ground, night }))))(
    "$text on $ground can be read, by day or by night ($night)",
    ({ text, ground, night }) => {
      expect(contrast(PALETTE[text][night] ?? "", PALETTE[ground][night] ?? "")).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(["strong", "focus"] as const)("%s is seen as the edge of something", (name) => {
    for (const night of [0, 1] as const) {
      for (const ground of ["page", "card"] as const) {
        expect(contrast(PALETTE[name][night], PALETTE[ground][night])).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test("has nothing that is never used", () => {
    const sheet = `${STYLE}${PICTURE_ON_PAGE}`;
    expect(Object.keys(PALETTE).filter((name) => !sheet.includes(`var(--${name})`) && name !== "high")).toEqual([]);
  });

  test("has every colour the style sheet asks for", () => {
    const asked = [...STYLE.matchAll(/var\(--([\w-]+)/g)].map((match) => match[1] ?? "");
    const own = [...STYLE.matchAll(/--([\w-]+):/g)].map((match) => match[1] ?? "");
    expect(asked.filter((name) => !(name in PALETTE) && !own.includes(name) && name !== "bar")).toEqual([]);
  });

  test("is light on paper and where nothing else is preferred", () => {
    const [light = "", dark = ""] = variables().split("\n");
    const name: ColourName = "text";
    expect(light).toContain(`--${name}:${PALETTE[name][0]}`);
    expect(dark).toMatch(/^@media screen and \(prefers-color-scheme:dark\)/);
    expect(dark).toContain(`--${name}:${PALETTE[name][1]}`);
  });
});
