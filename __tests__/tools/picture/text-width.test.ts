import { textWidth, wrap } from "../../../tools/picture/text-width";

describe("textWidth", () => {
  test("grows with the letters, the font size and the weight", () => {
    expect(textWidth("", 10)).toBe(0);
    expect(textWidth("iii", 10)).toBeLessThan(textWidth("mmm", 10));
    expect(textWidth("m", 20)).toBeCloseTo(2 * textWidth("m", 10), 10);
    expect(textWidth("m", 10, "bold")).toBeGreaterThan(textWidth("m", 10));
  });

  test("knows no letter narrower than nothing", () => {
    expect(textWidth("é", 10)).toBeGreaterThan(0);
  });
});

describe("wrap", () => {
  test("fills each line as far as it goes", () => {
    expect(wrap(["Fargate", "256 CPU", "512 MiB", "1–3 tasks"], 110, 11)).toEqual([
      "Fargate · 256 CPU",
      "512 MiB · 1–3 tasks",
    ]);
  });

  test("leaves a part that is too long on a line of its own", () => {
    expect(wrap(["Application Load Balancer", "internal"], 20, 11)).toEqual(["Application Load Balancer", "internal"]);
    expect(wrap([], 20, 11)).toEqual([]);
  });
});
