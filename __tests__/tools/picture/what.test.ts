import { WHATS, wordsOf } from "../../../tools/picture/what";

describe("wordsOf", () => {
  test.each([
    ["aws_redshift_cluster", "redshift cluster"],
    ["cloudflare_zone", "cloudflare zone"],
    ["terraform", "terraform"],
  ])("%s is a %s", (type, words) => {
    expect(wordsOf(type)).toBe(words);
  });
});

describe("WHATS", () => {
  test("has each type once", () => {
    const types = WHATS.map(({ type }) => type);
    expect(types.filter((type, at) => types.indexOf(type) !== at)).toEqual([]);
  });
});
