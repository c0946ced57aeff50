import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systems } from "../../../envs";
import { pagePath, pages } from "../../../tools/systems/pages";
import { readRecord } from "../../../tools/systems/record";
import { survey } from "../../../tools/systems/survey";
import { synthesizedSystem } from "../../support/trials";

const root = join(__dirname, "..", "..", "..");
const text = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "");

// What the README and the pages say of the systems follows from what is synthesized: `npm run systems -- --write`.
describe("the pages of the systems", () => {
  const synthesized = Object.values(systems).map(synthesizedSystem);
  const rows = survey(synthesized, readRecord(join(root, "docs", "systems", "record.json")));

  test("are there for each system", () => {
    expect(synthesized.map(({ name }) => name).filter((name) => text(pagePath(name)) === "")).toEqual([]);
  });

  test("are as the systems are now", async () => {
    const stale = (await pages(root, synthesized, rows)).filter((page) => text(page.path) !== page.text);
    expect(stale.map(({ path }) => path)).toEqual([]);
  }, 120_000);

  test("know every type of resource to the estimate", () => {
    expect(rows.flatMap(({ system, cost }) => cost.unknownTypes.map((type) => `${system}: ${type}`))).toEqual([]);
  });
});
