import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..");
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
].sort();
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** Targets of links to files of this repository. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** Scripts that a page tells its reader to run. */
function scriptsIn(text: string): string[] {
  return [...text.matchAll(/npm run (?:--silent )?([a-z][a-z0-9:-]*)/g)].map(([, script = ""]) => script);
}

describe.each(pages)("%s", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");

  test("links to files that are there", () => {
    expect(linksIn(text).filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
  });

  test("names scripts that are there", () => {
    expect(scriptsIn(text).filter((script) => !(script in scripts))).toEqual([]);
  });
});

test("a link and a script are found where they stand", () => {
  expect(linksIn("[a](docs/a.md#b) [c](https://example.com) [d](../d.ts)")).toEqual(["docs/a.md", "../d.ts"]);
  expect(scriptsIn("`npm run synth -- all`, npm run test:e2e.")).toEqual(["synth", "test:e2e"]);
});
