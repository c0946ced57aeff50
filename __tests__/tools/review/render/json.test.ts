import Ajv2020 from "ajv/dist/2020";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderJson } from "../../../../tools/review/render/json";
import { fullReview, riskyReview } from "../../../support/reviews";

const schema = JSON.parse(readFileSync(join("docs", "reference", "review.schema.json"), "utf8")) as object;
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

describe("renderJson", () => {
  test.each([
    ["risky", riskyReview],
    ["full", fullReview],
  ])("writes the %s review as the schema says", (_, review) => {
    validate(JSON.parse(renderJson(review())));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("and a key that the schema does not know would be found", () => {
    expect(validate({ ...riskyReview(), more: 1 })).toBe(false);
  });

  test("gives the same bytes for the same review", () => {
    expect(renderJson(fullReview())).toBe(renderJson(fullReview()));
  });
});
