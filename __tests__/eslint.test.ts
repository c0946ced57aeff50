import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

interface Result {
  readonly filePath: string;
  readonly messages: ReadonlyArray<{ readonly ruleId: string | null; readonly message: string }>;
}

const root = join(__dirname, "..");

/** A project of a few files, so that TypeScript's part of the rules need not read all of ours. */
const files: Record<string, string> = {
  "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, types: [], lib: ["ES2022"] }, include: ["*.ts"] }),
  "shape.ts": "export interface Shape {\n  readonly kind: 'a' | 'b';\n}\n",
  "planted.ts": `
    import { Shape } from "./shape";
    import { vpc } from "@cdktf/provider-aws";
    async function save(): Promise<number> { await Promise.resolve(); return 1; }
    export function planted({ kind }: Shape, value: any): boolean {
      save();
      switch (kind) { case "a": return value == 1; }
      return vpc !== undefined && save.length === save.length;
    }
    // eslint-disable-next-line no-var
    var old = 1;
  `,
  "unexplained.mjs": "// eslint-disable-next-line eqeqeq\nexport const none = (a) => a == null;\n",
  "explained.mjs":
    "// eslint-disable-next-line eqeqeq -- null and undefined mean the same here\nexport const none = (a) => a == null;\n",
};

describe("eslint.config.mjs", () => {
  const folder = mkdtempSync(join(tmpdir(), "groundplan-eslint-"));
  const found = new Map<string, Result["messages"]>();

  beforeAll(() => {
    copyFileSync(join(root, "eslint.config.mjs"), join(folder, "eslint.config.mjs"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    const eslint = join(root, "node_modules/eslint/bin/eslint.js");
    const { stdout, stderr } = spawnSync(process.execPath, [eslint, "*.ts", "un*.mjs", "ex*.mjs", "--format", "json"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (stdout === "") throw new Error(stderr);
    for (const { filePath, messages } of JSON.parse(stdout) as Result[]) found.set(basename(filePath), messages);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    "@typescript-eslint/consistent-type-imports",
    "@typescript-eslint/no-explicit-any",
    "@typescript-eslint/no-floating-promises",
    "@typescript-eslint/switch-exhaustiveness-check",
    "eqeqeq",
    "groundplan/disable-with-reason",
    "no-restricted-imports",
    "no-self-compare",
  ])("%s finds what is planted", (rule) => {
    expect(found.get("planted.ts")?.map(({ ruleId }) => ruleId)).toContain(rule);
  });

  test("accepts a disabled rule that says why, and only that", () => {
    expect(found.get("explained.mjs")).toEqual([]);
    expect(found.get("unexplained.mjs")).toEqual([
      expect.objectContaining({
        ruleId: "groundplan/disable-with-reason",
        message: "say why the rule is off: `eslint-disable-next-line <rule> -- <reason>`",
      }),
    ]);
  });

  test("has nothing against a file that keeps the rules", () => {
    expect(found.get("shape.ts")).toEqual([]);
  });
});
