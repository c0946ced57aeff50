import { priceOf, PRICES } from "../../../tools/cost/prices";

describe("PRICES", () => {
  test("names a source for each, and a date that is one or none", () => {
    for (const { source, date, usd } of PRICES) {
      expect(source).not.toBe("");
      expect(date).toMatch(/^(\d{4}-\d{2}(-\d{2})?)?$/);
      expect(usd).toBeGreaterThan(0);
    }
  });

  test("holds no price twice", () => {
    const keys = PRICES.map(({ item, unit, region }) => `${item} ${unit} ${region}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("priceOf", () => {
  test("answers with the price, its source and its date", () => {
    expect(priceOf("EC2 t3.micro Linux", "hour", "eu-west-3")).toEqual({
      item: "EC2 t3.micro Linux",
      unit: "hour",
      region: "eu-west-3",
      usd: 0.0118,
      source: "AWS Price List API",
      date: "2026-09-23",
    });
  });

  test("does not answer with another region's price", () => {
    expect(priceOf("EC2 t3.small Linux", "hour", "us-east-1")?.usd).toBe(0.0208);
    expect(priceOf("EC2 t3.small Linux", "hour", "eu-west-3")).toBeUndefined();
  });
});
