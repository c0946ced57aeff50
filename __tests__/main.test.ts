import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { systems } from "../envs";
import { temporaryFolder } from "./tools/support/folder";

const SOURCES = ["main.ts", "envs", "stacks", "modules", "tools/run.mjs", "package.json", "package-lock.json"];
const CONFIGURATIONS = ["tsconfig.json", "tsconfig.app.json"];

const root = join(__dirname, "..");
const folder = temporaryFolder();
const project = join(folder, "project");

/** Runs the program, in a copy of the project, as `npm run synth` does. */
function synth(outdir: string, args: readonly string[] = [], variables: Readonly<Record<string, string>> = {}) {
  mkdirSync(outdir, { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/run.mjs", "main.ts", ...args], {
    cwd: project,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: folder, CDKTF_OUTDIR: outdir, ...variables },
  });
  return { status, stdout, stderr };
}

/** Every file below a folder, by its path from there. */
function filesIn(outdir: string): string[] {
  return readdirSync(outdir, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(outdir, path)).isFile())
    .sort();
}

const bytesIn = (outdir: string) =>
  Object.fromEntries(filesIn(outdir).map((path) => [path, readFileSync(join(outdir, path), "utf8")]));
const timesIn = (outdir: string) =>
  Object.fromEntries(filesIn(outdir).map((path) => [path, statSync(join(outdir, path)).mtimeMs]));
const filesOf = (...stacks: string[]) =>
  ["manifest.json", ...stacks.map((name) => `stacks/${name}/cdk.tf.json`)].sort();

const common = ["bootstrap", "shared"];
const parts = ["delivery", "network", "data", "upstash", "edge", "app", "github"];
const ofStaging = parts.map((part) => `staging-${part}`);
const ofProd = parts.filter((part) => part !== "upstash").map((part) => `prod-${part}`);
const quiet = { status: 0, stdout: "", stderr: "" };

beforeAll(() => {
  for (const path of [...SOURCES, ...CONFIGURATIONS])
    cpSync(join(root, path), join(project, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  synth(join(folder, "first"), ["--help"]); // compiles
}, 60_000);

describe("main.ts", () => {
  const usage = readFileSync(join(root, "main.ts"), "utf8").match(/HELP = `([^`]*)`/)?.[1];

  test.each(["--help", "-h"])("with %s says how to use it, and writes nothing", (flag) => {
    const outdir = join(folder, "help");
    expect(usage).toMatch(/^Usage: npm run synth \[-- <environment>…\]\n/);
    expect(synth(outdir, [flag, "all"])).toEqual({ status: 0, stdout: `${usage}\n`, stderr: "" });
    expect(filesIn(outdir)).toEqual([]);
  });

  test("with --systems lists every system with its environments, and writes nothing", () => {
    const outdir = join(folder, "systems");
    const { status, stdout, stderr } = synth(outdir, ["--systems"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(
      Object.keys(systems).map((name) => ({
        name,
        environments: [
          { name: "staging", tier: "staging" },
          { name: "prod", tier: "prod" },
        ],
      })),
    );
    expect(filesIn(outdir)).toEqual([]);
  });

  test("with --compose writes a Compose file and an example of its variables, and no Terraform", () => {
    const outdir = join(folder, "no-terraform");
    const target = join(folder, "compose");
    const web = { GROUNDPLAN_SYSTEM: "web-api" };
    expect(synth(outdir, ["--compose", target, "staging"], web)).toEqual({
      status: 0,
      stdout: `compose.yaml and .env.example are in ${target}, from staging.\nNext: copy .env.example to .env, fill it in, and run docker compose up --build\n`,
      stderr: "",
    });
    expect(filesIn(target)).toEqual([".env.example", "compose.yaml"]);
    expect(filesIn(outdir)).toEqual([]);
    writeFileSync(join(target, ".env"), "");
    expect(synth(outdir, ["--compose", target], web).stdout).toBe(
      `compose.yaml and .env.example are in ${target}, from staging.\n`,
    );
  });

  test("with --compose makes it of one environment only", () => {
    const target = join(folder, "compose-of-all");
    expect(synth(join(folder, "no-terraform"), ["--compose", target, "all"])).toEqual({
      status: 66,
      stdout: "",
      stderr: "--compose must be given one environment, got staging, prod\n",
    });
    expect(existsSync(target)).toBe(false);
  });

  test("with a system's name writes that system", () => {
    const outdir = join(folder, "monorepo-managed");
    const { status, stdout } = synth(outdir, ["--list"], { GROUNDPLAN_SYSTEM: "monorepo-managed" });
    const stacks = ["staging-vercel", "staging-hosted", "staging-edge"];
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `4 stacks in ${outdir}: bootstrap, ${stacks.join(", ")}\n`,
    });
    expect(filesIn(outdir)).toEqual(filesOf("bootstrap", ...stacks));
  });

  test("exits with 64 on an unknown flag, and says how to use it", () => {
    const outdir = join(folder, "flag");
    const { status, stdout, stderr } = synth(outdir, ["--listt"]);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr).toMatch(/^Unknown option '--listt'/);
    expect(stderr.slice(stderr.indexOf("\n\n"))).toBe(`\n\n${usage}\n`);
    expect(filesIn(outdir)).toEqual([]);
  });

  test.each<[string, string[], Record<string, string>, string]>([
    ["environment", ["production"], {}, 'environment must be one of staging, prod, all, got "production"'],
    ["one of two", ["staging", "prd"], {}, 'environment must be one of staging, prod, all, got "prd"'],
    ["variable", [], { GROUNDPLAN_ENV: "Staging" }, 'GROUNDPLAN_ENV must be one of staging, prod, all, got "Staging"'],
    [
      "system",
      [],
      { GROUNDPLAN_SYSTEM: "other" },
      `GROUNDPLAN_SYSTEM must be one of ${Object.keys(systems).join(", ")}, got "other"`,
    ],
  ])("exits with 66 on an unknown %s, with one line and no stack", (_what, args, variables, message) => {
    const outdir = join(folder, "unknown");
    expect(synth(outdir, args, variables)).toEqual({ status: 66, stdout: "", stderr: `${message}\n` });
    expect(filesIn(outdir)).toEqual([]);
  });

  test.each<[string, string[], Record<string, string>, string[]]>([
    ["nothing but what is not prod by default", [], {}, ofStaging],
    ["the environment that is named", ["prod"], {}, ofProd],
    ["the environment of the variable", [], { GROUNDPLAN_ENV: "prod" }, ofProd],
    ["the named environment rather than that of the variable", ["staging"], { GROUNDPLAN_ENV: "prod" }, ofStaging],
    ["both when both are named", ["prod", "staging"], {}, [...ofStaging, ...ofProd]],
    ["everything for all", ["all"], {}, [...ofStaging, ...ofProd]],
  ])("writes %s", (what, args, variables, stacks) => {
    const outdir = join(folder, what);
    const said = `${stacks.length + 2} stacks in ${outdir}: ${[...common, ...stacks].join(", ")}\n`;
    expect(synth(outdir, ["--list", ...args], variables)).toEqual({ status: 0, stdout: said, stderr: "" });
    expect(filesIn(outdir)).toEqual(filesOf(...common, ...stacks));
  });

  test("says nothing without --list", () => {
    const outdir = join(folder, "quiet");
    expect(synth(outdir)).toEqual(quiet);
    expect(filesIn(outdir)).toEqual(filesOf(...common, ...ofStaging));
  });

  test("writes no path of the machine and no date but those of AWS's policies and of the settings", () => {
    const outdir = join(folder, "bytes");
    synth(outdir, ["all"]);
    const text = Object.values(bytesIn(outdir)).join("\n");
    for (const path of [root, folder, tmpdir(), homedir()].filter((one) => one !== "/"))
      expect(text).not.toContain(`${path}/`);
    expect(text).not.toMatch(/"\/(usr|var|opt|srv|tmp|mnt|root)\//);
    expect([...new Set(text.match(/\b(19|20)\d\d-[01]\d-[0-3]\d\b/g))].sort()).toEqual(["2012-10-17", "2026-11-01"]);
    expect(text).not.toMatch(/\b1[6-9]\d{8}(\d{3})?\b/); // seconds or milliseconds since 1970
  });

  describe("run again", () => {
    const outdir = join(folder, "again");
    const first = () => synth(outdir, ["--list"]);

    test("says the same and touches no file", () => {
      const said = first();
      const times = timesIn(outdir);
      expect(said.stdout).toContain("staging-app");
      expect(first()).toEqual(said);
      expect(timesIn(outdir)).toEqual(times);
    });

    test.each(["manifest.json", "stacks/shared/cdk.tf.json", "stacks/staging-app/cdk.tf.json"])(
      "writes %s again after it was changed or deleted",
      (path) => {
        const said = first();
        const bytes = bytesIn(outdir);
        writeFileSync(join(outdir, path), `${bytes[path]}\n`);
        expect(first()).toEqual(said);
        expect(bytesIn(outdir)).toEqual(bytes);
        rmSync(join(outdir, path));
        expect(first()).toEqual(said);
        expect(bytesIn(outdir)).toEqual(bytes);
      },
    );

    test("with GROUNDPLAN_FRESH=1 writes every file anew each time, with the same bytes", () => {
      const said = first();
      const bytes = bytesIn(outdir);
      for (const _time of ["first", "second"]) {
        const before = timesIn(outdir);
        expect(synth(outdir, ["--list"], { GROUNDPLAN_FRESH: "1" })).toEqual(said);
        expect(bytesIn(outdir)).toEqual(bytes);
        const after = timesIn(outdir);
        expect(Object.keys(after).filter((path) => after[path] === before[path])).toEqual([]);
      }
    });

    test("with other arguments or variables writes what those say", () => {
      first();
      synth(outdir, ["prod"]);
      expect(Object.keys(bytesIn(outdir))).toContain("stacks/prod-app/cdk.tf.json");
      synth(outdir, [], { GROUNDPLAN_DESTROYABLE: "true" });
      expect(bytesIn(outdir)["stacks/shared/cdk.tf.json"]).not.toContain('"prevent_destroy": true');
      first();
      expect(bytesIn(outdir)["stacks/shared/cdk.tf.json"]).toContain('"prevent_destroy": true');
    });
  });

  test("keeps a text as it is that cannot be written in ASCII", () => {
    const path = join(project, "tools", "said.ts");
    writeFileSync(path, "console.log(String.raw`−/+ · é`);\nexport {};\n");
    const { stdout } = spawnSync(process.execPath, ["tools/run.mjs", "tools/said.ts"], {
      cwd: project,
      encoding: "utf8",
    });
    rmSync(path);
    expect(stdout).toBe("−/+ · é\n");
  }, 30_000);

  // Last, because the program has to be compiled again afterwards.
  test("of an error in a module says what it is and where in the sources, and shows no line of the bundle", () => {
    const path = join(project, "modules", "storage", "bucket-access.ts");
    const text = readFileSync(path, "utf8");
    writeFileSync(
      path,
      text.replace('const READ = ["s3:GetObject"];', 'const READ = JSON.parse("no JSON") as string[];'),
    );
    const { status, stdout, stderr } = synth(join(folder, "broken"));
    writeFileSync(path, text);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^SyntaxError: Unexpected token [^\n]+\n/);
    expect(stderr).toMatch(/^ +at modules\/storage\/bucket-access\.ts:18:\d+$/m);
    expect(Math.max(...stderr.split("\n").map((line) => line.length))).toBeLessThan(200);
  }, 30_000);

  test("stops at a type error with the file and the field, and writes nothing, although it ran before", () => {
    const path = join(project, "envs", "staging.ts");
    const text = readFileSync(path, "utf8");
    const outdir = join(folder, "typo");
    writeFileSync(path, text.replace("instanceClass:", "instanceClas:"));
    const { status, stdout, stderr } = synth(outdir);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^envs\/staging\.ts\(\d+,\d+\): error TS\d+: [^\n]*'instanceClas'[^\n]*\n$/);
    expect(filesIn(outdir)).toEqual([]);
    expect(existsSync(join(project, "cdktf.out"))).toBe(false);
  }, 30_000);
});
