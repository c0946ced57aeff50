import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systems } from "../../envs";
import { synthSystem } from "../support/system";

const folder = join(__dirname, "..", "golden");
const update = process.env["UPDATE_GOLDEN"] === "1";

// What prod would be, to the byte. A change here is a change of somebody's production: read it, then run `npm run golden`.
describe.each(Object.values(systems))("prod of system $name", (system) => {
  const environments = system.environments.filter(({ tier }) => tier === "prod");
  const { bytes } = synthSystem({ system, environments });
  const golden = join(folder, system.name);

  if (update) {
    rmSync(golden, { recursive: true, force: true });
    mkdirSync(golden, { recursive: true });
    for (const [name, text] of Object.entries(bytes))
      writeFileSync(join(golden, `${name}.json`), `${text.trimEnd()}\n`);
  }

  test("has a golden for each stack, and no other", () => {
    const files = existsSync(golden) ? readdirSync(golden).sort() : [];
    expect(files).toEqual(
      Object.keys(bytes)
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  test.each(Object.keys(bytes))("%s is as its golden", (name) => {
    expect(`${bytes[name]?.trimEnd()}\n`).toBe(readFileSync(join(golden, `${name}.json`), "utf8"));
  });
});
