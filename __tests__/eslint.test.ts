import { spawnSync } from "node:child_process";
import { join } from "node:path";

interface Message {
  readonly ruleId: string | null;
  readonly message: string;
}

const root = join(__dirname, "..");

/** What ESLint says about a text, as if it stood in a file of this project. */
function lint(text: string, path: string): Message[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/eslint/bin/eslint.js"), "--stdin", "--stdin-filename", path, "--format", "json"],
    { cwd: root, input: text, encoding: "utf8" },
  );
  const [result] = JSON.parse(
    stdout || `[{ "messages": [{ "ruleId": null, "message": ${JSON.stringify(stderr)} }] }]`,
  ) as Array<{ messages: Message[] }>;
  return result?.messages ?? [];
}

describe("eslint.config.mjs", () => {
  test("finds what is planted in TypeScript", () => {
    const text = `
      import { Construct } from "constructs";
      import { vpc } from "@cdktf/provider-aws";
      async function save(): Promise<number> { await Promise.resolve(); return 1; }
      export function planted(scope: Construct, value: any, kind: "a" | "b"): boolean {
        save();
        switch (kind) { case "a": return value == 1; }
        return vpc !== undefined && save.length === save.length;
      }
      // eslint-disable-next-line no-var
      var old = 1;
    `;
    const rules = new Set(lint(text, "modules/validation.ts").map(({ ruleId }) => ruleId));
    expect([...rules]).toEqual(
      expect.arrayContaining([
        "@typescript-eslint/consistent-type-imports",
        "@typescript-eslint/no-explicit-any",
        "@typescript-eslint/no-floating-promises",
        "@typescript-eslint/switch-exhaustiveness-check",
        "eqeqeq",
        "groundplan/disable-with-reason",
        "no-restricted-imports",
        "no-self-compare",
      ]),
    );
  });

  test("accepts a disabled rule that says why", () => {
    const text =
      "// eslint-disable-next-line eqeqeq -- null and undefined mean the same here\nexport const none = (a) => a == null;\n";
    expect(lint(text, "tools/planted.mjs")).toEqual([]);
    expect(lint(text.replace(/ --.*/, ""), "tools/planted.mjs")).toEqual([
      expect.objectContaining({
        ruleId: "groundplan/disable-with-reason",
        message: "say why the rule is off: `eslint-disable-next-line <rule> -- <reason>`",
      }),
    ]);
  });
});
