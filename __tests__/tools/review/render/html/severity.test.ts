import { badge, bySeverity, tally } from "../../../../../tools/review/render/html/severity";

describe("severity", () => {
  test("is counted the gravest first, without what is not there", () => {
    const all = (["low", "critical", "low", "high"] as const).map((severity) => ({ severity }));
    expect(bySeverity(all)).toEqual([
      ["critical", 1],
      ["high", 1],
      ["low", 2],
    ]);
    expect(bySeverity([])).toEqual([]);
  });

  test("is a shape and a word, and not a colour alone", () => {
    for (const severity of ["critical", "high", "medium", "low"] as const) {
      expect(badge(severity).text).toMatch(new RegExp(`href="#icon-${severity}"/></svg>${severity}</span>$`));
      expect(tally(severity, 3).text).toMatch(new RegExp(`</svg>3<span class="vh"> ${severity}</span></span>$`));
    }
  });
});
