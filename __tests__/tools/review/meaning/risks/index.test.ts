import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { RULE_IDS, RULES } from "../../../../../tools/review/meaning/risks";

describe("RULES", () => {
  test("has every rule once, under the name of its file", () => {
    const files = readdirSync(join("tools", "review", "meaning", "risks")).map((file) => basename(file, ".ts"));
    expect(RULES.map(({ id }) => id).sort()).toEqual(files.filter((file) => file !== "index").sort());
    expect([...RULE_IDS]).toEqual(RULES.map(({ id }) => id));
  });

  test.each(RULES.map(({ id, title, why, fix }) => [id, { title, why, fix }] as const))(
    "%s says what, why and what would make it safe, in sentences",
    (_, { title, why, fix }) => {
      expect(title).toMatch(/^[A-Z][^.]*[^.]$/);
      expect(why).toMatch(/^[A-Z].*\.$/);
      expect(fix).toMatch(/^[A-Z].*\.$/);
    },
  );
});
