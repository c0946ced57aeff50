import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "./support/conventions";
import {
  anyTypes,
  emptyFileNames,
  filesBelow,
  forbiddenWords,
  generatedPatterns,
  kebabCase,
  matchesPattern,
  membersByInterface,
  misplacedClasses,
  narrowedTests,
  providerIndexImports,
  silentlyGenerated,
  strayBackends,
  subjectsOf,
  undocumented,
  undocumentedDefaults,
  unpinnedActions,
  writableMembers,
} from "./support/conventions";

const root = join(__dirname, "..");
const paths = filesBelow(root);

function read(path: string): SourceFile {
  return { path, text: readFileSync(join(root, path), "utf8") };
}

const typescript = paths.filter((path) => path.endsWith(".ts") && !path.startsWith("__tests__/fixtures/")).map(read);
const inFolders = (...folders: string[]): SourceFile[] =>
  typescript.filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)));

/** Text that people wrote or generate; not what other programs keep (lock file, golden outputs, pictures). */
const written = paths
  .filter((path) => /\.(ts|mjs|js|py|sh|md|ya?ml|json|toml|html|css|tf)$|(^|\/)[^.]*$|(^|\/)\.[^/.]+$/.test(path))
  .filter((path) => path !== "package-lock.json" && !/^__tests__\/(golden|fixtures)\//.test(path))
  .map(read);

/** Tests that are about the project as a whole, or about something that has no TypeScript file of its own. */
const TESTS_OF_THE_WHOLE: Readonly<Record<string, string>> = {
  "__tests__/conventions.test.ts": "about every file",
  "__tests__/eslint.test.ts": "about eslint.config.mjs",
  "__tests__/imports.test.ts": "about .dependency-cruiser.mjs",
  "__tests__/stacks/any-environment.test.ts": "about all stacks of any environment that validation accepts",
  "__tests__/stacks/systems.test.ts": "about the stacks of every system, and that no module knows one",
  "__tests__/stacks/delivery-reach.test.ts": "about the roles of delivery against all stacks of every system",
  "__tests__/stacks/golden.test.ts": "about all stacks of the default system",
  "__tests__/stacks/policies.test.ts": "about the policies of all stacks",
  "__tests__/docs.test.ts": "about the pages for readers",
  "__tests__/workflows.test.ts": "about .github/workflows",
  "__tests__/tools/review/fixtures.test.ts": "about every form of the review of every kept plan",
  "__tests__/tools/review/fuzz.test.ts": "about the whole way from a plan to the forms of its review",
  "__tests__/tools/cli/plan-apply.test.ts": "about the commands plan and apply together",
  "__tests__/tools/cli/plan-sandbox.test.ts": "about the commands plan and apply in the sandbox",
  "__tests__/tools/cli/drift-destroy.test.ts": "about the commands drift and destroy together",
  "__tests__/tools/cli/interrupts.test.ts": "about all commands that change something",
};

const source = (text: string, path = "modules/it.ts"): SourceFile => ({ path, text });

/** Each check with a text it must find fault with, the fault, and the corrected text. */
const planted: ReadonlyArray<
  readonly [check: (file: SourceFile) => string[], wrong: SourceFile, fault: string, right: SourceFile]
> = [
  [
    undocumentedDefaults,
    source("export interface VpcSettings {\n /** Number of zones. */ readonly zones?: number;\n}"),
    "modules/it.ts: VpcSettings.zones has no @default",
    source("export interface VpcSettings {\n /** Number of zones.\n @default 2 */ readonly zones?: number;\n}"),
  ],
  [
    undocumentedDefaults,
    source("export interface A {\n /** B.\n @default */ readonly b?: number;\n}"),
    "modules/it.ts: A.b has no @default",
    source("interface A {\n readonly b?: number;\n}"),
  ],
  [
    undocumentedDefaults,
    source(
      `export type Nat = { readonly kind: "instance";\n /** Size. */ readonly size?: string } | { readonly kind: "none" };`,
    ),
    "modules/it.ts: Nat.size has no @default",
    source(`export type Nat = { readonly kind: "instance";\n /** Size.\n @default "nano" */ readonly size?: string };`),
  ],
  [
    undocumented,
    source("export interface A {\n readonly b: number;\n}"),
    "modules/it.ts: A.b has no doc comment",
    source(`export interface A {\n /** B. */ readonly b: number;\n readonly kind: "a";\n}`),
  ],
  [
    undocumented,
    source("export class It {}"),
    "modules/it.ts: It has no doc comment",
    source("/** It. */\nexport class It {\n private readonly hidden = 1;\n constructor() {}\n}"),
  ],
  [
    undocumented,
    source("/** It. */\nexport class It {\n readonly arn: string;\n}"),
    "modules/it.ts: It.arn has no doc comment",
    source("/** It. */\nexport class It {\n /** Its ARN. */\n readonly arn: string;\n}"),
  ],
  [
    writableMembers,
    source("export interface A {\n b: number;\n}"),
    "modules/it.ts: A.b is not readonly",
    source("export interface A {\n readonly b: number;\n c(): void;\n}"),
  ],
  [
    misplacedClasses,
    source("export class It {}\nexport class Other {}"),
    "modules/it.ts: exports 2 classes (It, Other); give each its own file",
    source("export class It {}\nclass Local {}"),
  ],
  [
    misplacedClasses,
    source("export class WebService {}"),
    "modules/it.ts: exports WebService, which belongs in web-service.ts",
    source("export class WebService {}", "modules/web-service.ts"),
  ],
  [
    misplacedClasses,
    source("export class UpstashClient {}", "modules/cache/upstash/provider.ts"),
    "modules/cache/upstash/provider.ts: exports UpstashClient, which belongs in upstash-client.ts",
    source("export class UpstashProvider {}", "modules/cache/upstash/provider.ts"),
  ],
  [
    anyTypes,
    source("const a = 1;\nexport const b = (c: any[]) => c;"),
    "modules/it.ts:2: the type any; name the type, or use unknown and narrow it",
    source("export const b = (any: unknown[]) => any;"),
  ],
  [
    providerIndexImports,
    source(`import { vpc } from "@cdktf/provider-aws";`),
    "modules/it.ts:1: imports a provider's index; import /lib/<resource>",
    source(`import { Vpc } from "@cdktf/provider-aws/lib/vpc";`),
  ],
  [
    providerIndexImports,
    source(`export const aws = require("@cdktf/provider-github/lib");`),
    "modules/it.ts:1: imports a provider's index; import /lib/<resource>",
    source(`export const name = ["@cdktf/provider-github"];`),
  ],
  [
    strayBackends,
    source(`new S3Backend(this, { bucket });`),
    "modules/it.ts:1: makes a backend; only stacks/base-stack.ts does",
    source(`new S3Backend(this, { bucket });`, "stacks/base-stack.ts"),
  ],
  [
    forbiddenWords,
    source(`// ${"TO" + "DO"}: later`),
    "modules/it.ts:1: work left open; do it, or open an issue",
    source("// done"),
  ],
  [
    forbiddenWords,
    source(`const cache = "/${"home"}/me/cache";`),
    "modules/it.ts:1: a path of one machine; find it on PATH or take it as a setting",
    source(`const url = "https://example.com/${"home"}/me"; const path = "/health";`),
  ],
  [
    narrowedTests,
    source(`test.each([1]).${"only"}("one", () => {});\ndescribe.${"skip"}("two", () => {});`, "__tests__/it.test.ts"),
    `__tests__/it.test.ts:2: describe.${"skip"}; every test runs`,
    source(`test.each([1])("one", () => {}); retry.skip();`, "__tests__/it.test.ts"),
  ],
  [
    unpinnedActions,
    source("steps:\n  - uses: actions/checkout@v7\n", ".github/workflows/ci.yml"),
    ".github/workflows/ci.yml:2: actions/checkout@v7; pin it by the full commit",
    source(
      `steps:\n  - uses: actions/checkout@${"0a".repeat(20)} # v7\n  - uses: ./local\n`,
      ".github/workflows/ci.yml",
    ),
  ],
  [
    (file) => silentlyGenerated(file, ["docs/reference/**"]),
    source("# Settings", "docs/reference/a/b.md"),
    `docs/reference/a/b.md: is marked as generated; say on line one "Generated by <command>"`,
    source("<!-- Generated by npm run docs -->\n# Settings", "docs/reference/a/b.md"),
  ],
  [
    (file) => silentlyGenerated(file, ["docs/reference/**", "*.lock.json"]),
    source("// Generated by hand"),
    "modules/it.ts: says that it is generated; mark it linguist-generated in .gitattributes",
    source("{}", "docs/tree.lock.json"),
  ],
];

describe("the conventions' checks", () => {
  for (const [check, wrong, fault, right] of planted) {
    test(`find: ${fault}`, () => {
      expect(check(wrong)).toContain(fault);
      expect(check(right)).toEqual([]);
    });
  }

  test.each([
    ["tools/string-utils.ts", [`tools/string-utils.ts: "utils" says nothing; name the file after what is in it`]],
    [
      "modules/common/helpers.ts",
      [`modules/common/helpers.ts: "helpers" says nothing; name the file after what is in it`],
    ],
    ["modules/vpc-v2.ts", [`modules/vpc-v2.ts: "v2" says nothing; name the file after what is in it`]],
    ["modules/network/vpc-settings.ts", []],
  ])("file name %s", (path, faults) => {
    expect(emptyFileNames(path)).toEqual(faults);
  });

  test.each([
    ["WebService", "web-service"],
    ["S3Bucket", "s3-bucket"],
    ["GitHubOidcProvider", "github-oidc-provider"],
    ["CloudFrontSite", "cloudfront-site"],
    ["HTTPListener", "http-listener"],
  ])("kebab-case of %s is %s", (name, expected) => {
    expect(kebabCase(name)).toBe(expected);
  });

  test.each([
    ["docs/reference/a/b.md", "docs/reference/**", true],
    ["docs/reference/a/b.md", "docs/reference/*", false],
    ["docs/a.svg", "*.svg", true],
    ["docs/asvg", "*.svg", false],
    ["x/docs/reference/a.md", "docs/reference/**", false],
  ])("%s under the pattern %s", (path, pattern, expected) => {
    expect(matchesPattern(path, pattern)).toBe(expected);
  });

  test("a member declared again keeps the comment of the interface it extends", () => {
    const base = source("export interface Base {\n /** B. */ readonly b?: string;\n}");
    const derived = source("export interface Derived extends Base {\n readonly b: string;\n readonly c: string;\n}");
    expect(undocumented(derived, membersByInterface([base]))).toEqual(["modules/it.ts: Derived.c has no doc comment"]);
  });

  test.each([
    ["__tests__/modules/network/vpc.test.ts", "modules/network/vpc.ts"],
    ["__tests__/tools/run.test.ts", "tools/run.mjs"],
    ["__tests__/envs.test.ts", "envs/index.ts"],
    ["__tests__/support/iam.test.ts", "__tests__/support/iam.ts"],
  ])("%s is about %s", (test, subject) => {
    expect(subjectsOf(test)).toContain(subject);
  });

  test("generated files are those that .gitattributes marks", () => {
    const text =
      "# docs/a.md linguist-generated\n* text=auto\ndocs/b.md linguist-generated\n*.svg -text linguist-generated\n";
    expect(generatedPatterns(text)).toEqual(["docs/b.md", "*.svg"]);
  });
});

describe("the project", () => {
  test("has files for the checks to read", () => {
    expect(inFolders("modules").length).toBeGreaterThan(10);
    expect(written.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["main.ts", "package.json", "LICENSE", ".gitignore"]),
    );
  });

  test("documents the default of every optional member of an exported interface", () => {
    expect(inFolders("modules", "envs", "stacks").flatMap(undocumentedDefaults)).toEqual([]);
  });

  test("documents every member of an exported interface, every exported class and its public fields", () => {
    const files = inFolders("modules", "envs", "stacks");
    const inherited = membersByInterface(files);
    expect(files.flatMap((file) => undocumented(file, inherited))).toEqual([]);
  });

  test("hands out read-only values", () => {
    expect(inFolders("modules", "envs", "stacks").flatMap(writableMembers)).toEqual([]);
  });

  test("has one class per file, under the file's name", () => {
    expect(inFolders("modules", "envs", "stacks").flatMap(misplacedClasses)).toEqual([]);
  });

  test("never writes the type any", () => {
    expect(typescript.flatMap(anyTypes)).toEqual([]);
  });

  test("imports provider resources by their path", () => {
    expect(typescript.flatMap(providerIndexImports)).toEqual([]);
  });

  test("makes backends in the base stack only", () => {
    expect(inFolders("modules", "envs", "stacks", "tools").flatMap(strayBackends)).toEqual([]);
  });

  test("names files after what is in them", () => {
    expect(paths.flatMap(emptyFileNames)).toEqual([]);
  });

  test("leaves no work open and knows no machine", () => {
    expect(written.flatMap(forbiddenWords)).toEqual([]);
  });

  test("pins every action of its workflows", () => {
    const workflows = written.filter(({ path }) => path.startsWith(".github/workflows/"));
    expect(workflows.map(({ path }) => path)).toContain(".github/workflows/ci.yml");
    expect(workflows.flatMap(unpinnedActions)).toEqual([]);
  });

  test("runs every test", () => {
    expect(inFolders("__tests__").flatMap(narrowedTests)).toEqual([]);
  });

  test("mirrors its files in __tests__", () => {
    const strays = paths
      .filter(
        (path) =>
          /^__tests__\/(?!fixtures\/).*\.test\.ts$/.test(path) && !/^__tests__\/(terraform|e2e|page)\//.test(path),
      )
      .filter(
        (path) => !(path in TESTS_OF_THE_WHOLE) && !subjectsOf(path).some((subject) => existsSync(join(root, subject))),
      );
    expect(strays).toEqual([]);
  });

  test("lists no test of the whole that is gone", () => {
    expect(Object.keys(TESTS_OF_THE_WHOLE).filter((path) => !paths.includes(path))).toEqual([]);
  });

  test("has a test beside every module that a stack uses", () => {
    const stacks = inFolders("stacks").map(({ text }) => text);
    const untested = inFolders("modules")
      .filter(({ text }) => /^export (abstract )?class /m.test(text))
      .map(({ path }) => path.replace(/\.ts$/, ""))
      .filter((stem) => stacks.some((text) => text.includes(`"../${stem}"`)))
      .filter((stem) => !paths.includes(`__tests__/${stem}.test.ts`));
    expect(untested).toEqual([]);
  });

  test("says so in generated files, and marks them", () => {
    const patterns = generatedPatterns(read(".gitattributes").text);
    expect(written.flatMap((file) => silentlyGenerated(file, patterns))).toEqual([]);
  });
});
