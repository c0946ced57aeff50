import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

interface Report {
  readonly rules: ReadonlyArray<{ readonly name: string; readonly comment?: string }>;
  readonly violations: readonly string[];
  readonly cruised: number;
}

const root = join(__dirname, "..");

/** What dependency-cruiser says about a folder, by this project's rules. */
function cruise(folder: string): Report {
  const tops = ["main.ts", "envs", "stacks", "modules", "tools", "__tests__"].filter((top) =>
    existsSync(join(folder, top)),
  );
  const script = join(__dirname, "support", "cruise.mjs");
  return JSON.parse(execFileSync(process.execPath, [script, ...tops], { cwd: folder, encoding: "utf8" })) as Report;
}

/** A small project that keeps every rule, with type-only imports where a loading one would break a rule. */
const clean: Record<string, string> = {
  "package.json": JSON.stringify({
    dependencies: { cdktf: "0", "@cdktf/provider-aws": "0" },
    devDependencies: { dev: "0" },
  }),
  "node_modules/cdktf/index.js": "exports.App = class {};",
  "node_modules/dev/index.js": "exports.dev = 1;",
  "node_modules/@cdktf/provider-aws/package.json": JSON.stringify({ main: "lib/index.js" }),
  "node_modules/@cdktf/provider-aws/lib/index.js": "exports.vpc = require('./vpc');",
  "node_modules/@cdktf/provider-aws/lib/vpc/index.js": "exports.Vpc = class {};",
  "node_modules/@cdktf/provider-aws/lib/provider/index.js": "exports.AwsProvider = class {};",
  "modules/naming.ts": `import type { App } from "cdktf"; export const nameOf = (app: App) => String(app);`,
  "modules/vpc-settings.ts": `import { nameOf } from "./naming"; export interface VpcSettings { cidr: string } export const problems = nameOf;`,
  "modules/vpc.ts": `import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";\nexport class Vpc extends AwsVpc {}`,
  "modules/other/provider.ts": `import { App } from "cdktf";\nexport class OtherProvider extends App {}`,
  "envs/staging.ts": `import { problems } from "../modules/vpc-settings"; import type { Vpc } from "../modules/vpc"; export const staging = (vpc: Vpc) => problems(vpc as never);`,
  "stacks/base-stack.ts": `import { AwsProvider } from "@cdktf/provider-aws/lib/provider"; import { OtherProvider } from "../modules/other/provider"; import { Vpc } from "../modules/vpc"; import type { staging } from "../envs/staging";\nexport class BaseStack extends AwsProvider { use(env: typeof staging) { return [env, new Vpc(), new OtherProvider()]; } }`,
  "modules/hen.ts": `import * as egg from "./egg"; export const hen = egg;`, // with the planted egg, a circle
  "tools/cli.ts": `import { join } from "node:path"; export const cli = join("a", "b");`,
  "__tests__/main.test.ts": `import { dev } from "dev"; import { main } from "../main"; export default [dev, main];`,
};

/** For each rule: files that break it, with what they import. `type` imports break rules too where the design says so. */
const planted: Record<string, Record<string, string>> = {
  "no-circular": { "modules/egg.ts": "./hen" },
  "no-unresolved": { "modules/lost.ts": "./nowhere" },
  "main-is-the-top": { "stacks/upward.ts": "../main", "tools/upward.ts": "type ../main" },
  "tests-are-leaves": { "tools/tested.ts": "../__tests__/main.test", "modules/tested.ts": "../__tests__/main.test" },
  "modules-know-no-caller": {
    "modules/to-stacks.ts": "type ../stacks/base-stack",
    "modules/to-envs.ts": "type ../envs/staging",
    "modules/to-tools.ts": "../tools/cli",
  },
  "stacks-know-no-environment": { "stacks/to-envs.ts": "../envs/staging" },
  "stacks-know-no-tools": { "stacks/to-tools.ts": "type ../tools/cli" },
  "envs-choose-from-modules": { "envs/to-stacks.ts": "type ../stacks/base-stack", "envs/to-tools.ts": "../tools/cli" },
  "envs-stay-plain": {
    "envs/constructs.ts": "../modules/vpc",
    "envs/framework.ts": "cdktf",
    "envs/reader.ts": "node:fs",
  },
  "pure-files-stay-pure": { "modules/heavy-settings.ts": "./vpc", "modules/cidr.ts": "cdktf" },
  "tools-stand-alone": { "tools/to-modules.ts": "../modules/naming", "tools/framework.ts": "type cdktf" },
  "provider-by-path": { "modules/whole-provider.ts": "type @cdktf/provider-aws" },
  "providers-in-base-stack": {
    "stacks/own-provider.ts": "@cdktf/provider-aws/lib/provider",
    "stacks/other-provider.ts": "../modules/other/provider",
  },
  "resources-in-modules": { "stacks/own-resource.ts": "@cdktf/provider-aws/lib/vpc" },
  "main-makes-no-constructs": { "main.ts": "./modules/vpc" },
  "no-dev-dependency-at-run-time": { "tools/dev.ts": "dev" },
};

const targets: Record<string, string> = {
  cdktf: "node_modules/cdktf/index.js",
  dev: "node_modules/dev/index.js",
  "node:fs": "fs",
  "./nowhere": "./nowhere",
  "@cdktf/provider-aws": "node_modules/@cdktf/provider-aws/lib/index.js",
  "@cdktf/provider-aws/lib/vpc": "node_modules/@cdktf/provider-aws/lib/vpc/index.js",
  "@cdktf/provider-aws/lib/provider": "node_modules/@cdktf/provider-aws/lib/provider/index.js",
};

function breaking(specifier: string): string {
  const [path = "", isType] = specifier.startsWith("type ") ? [specifier.slice(5), true] : [specifier, false];
  return isType
    ? `import type * as it from "${path}"; export const main = (value: typeof it) => String(value);`
    : `import * as it from "${path}"; export const main = String(it);`;
}

function expected(rule: string, file: string, specifier: string): string {
  const path = specifier.replace(/^type /, "");
  return `${rule}: ${file} → ${targets[path] ?? `${join(dirname(file), path)}.ts`}`;
}

describe("import rules", () => {
  const folder = mkdtempSync(join(tmpdir(), "groundplan-imports-"));
  let report: Report;

  beforeAll(() => {
    const broken = Object.values(planted).flatMap((files) =>
      Object.entries(files).map(([file, specifier]) => [file, breaking(specifier)] as const),
    );
    for (const [file, source] of [...Object.entries(clean), ...broken]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${source}\n`);
    }
    report = cruise(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(Object.entries(planted))("%s reports what breaks it, and nothing else", (rule, files) => {
    const found = report.violations.filter((violation) => violation.startsWith(`${rule}: `));
    expect(found.sort()).toEqual(
      Object.entries(files)
        .map(([file, specifier]) => expected(rule, file, specifier))
        .sort(),
    );
  });

  test("no file breaks a rule that it was not planted for", () => {
    expect(report.violations).toHaveLength(Object.values(planted).flatMap(Object.keys).length);
  });

  test("every rule has a planted violation and says what to do instead", () => {
    expect(report.rules.map(({ name }) => name).sort()).toEqual(Object.keys(planted).sort());
    for (const { comment = "" } of report.rules) expect(comment).toMatch(/\. .+\.$/);
  });

  test("hold in this project", () => {
    const { violations, cruised } = cruise(root);
    expect(violations).toEqual([]);
    expect(cruised).toBeGreaterThan(20);
  });
});
