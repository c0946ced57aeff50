// Runs a TypeScript entry of this project: node tools/run.mjs <entry.ts> [arguments]
//
// The entry is bundled once and kept in .cache/; while no source changed, later runs load the bundle with V8's code cache and start
// faster than cdktf alone loads from node_modules. After a change, the bundle is made anew and the types are checked: a type error
// stops the run, so that a typo in an environment never reaches Terraform.
//
// An entry whose output follows from its sources, its arguments and its variables alone may export `receipt`: what it wrote and what it
// said. While all of those and the files are as they were, the next run says the same and writes nothing. GROUNDPLAN_FRESH=1 runs it anyway.
import { spawn } from "node:child_process";
import { isAscii } from "node:buffer";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire, SourceMap } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(join(root, "package.json"));

const [entry, ...args] = process.argv.slice(2);
if (!entry || !existsSync(resolve(root, entry))) {
  console.error(`tools/run.mjs: entry must be a TypeScript file of this project, got ${JSON.stringify(entry ?? "")}`);
  process.exit(64);
}

const folder = join(root, ".cache", "run");
const stem = join(
  folder,
  relative(root, resolve(root, entry))
    .replaceAll(/[^\w]+/g, "-")
    .replace(/-ts$/, ""),
);
const bundle = `${stem}.cjs`;
const record = `${stem}.json`;
const codeCache = `${stem}.v8`;
/** What the bundle is wrapped in, as a module is. */
const BEFORE = "(function (exports, require, module, __filename, __dirname) {";

/** Whether the bundle was made from the files as they are now. */
function fresh() {
  let known;
  try {
    known = JSON.parse(readFileSync(record, "utf8"));
  } catch {
    return false; // no record, or one cut short: build anew
  }
  if (known.node !== process.version || known.trace !== !!process.env.GROUNDPLAN_TRACE || !existsSync(bundle))
    return false;
  return known.inputs.every(([path, stamp]) => stampOf(path) === stamp);
}

function stampOf(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  return stat ? `${stat.size}:${stat.mtimeMs}` : "missing";
}

/** A file saved while it was being checked makes the next run build again. */
function changedSince(path, time) {
  return (statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0) > time;
}

function sources(name) {
  return readdirSync(join(root, name), { recursive: true })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(name, path));
}

async function build() {
  let esbuild;
  try {
    esbuild = require("esbuild");
  } catch (error) {
    fail(`esbuild could not be loaded (${error.code ?? error.message}); run: npm ci`);
  }
  const before = Date.now();
  const typesChecked = checkTypes();
  let result;
  try {
    result = await esbuild.build({
      entryPoints: [resolve(root, entry)],
      absWorkingDir: root,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      outfile: bundle,
      sourcemap: "linked", // read only under NODE_OPTIONS=--enable-source-maps: cdktf takes a stack trace for every token
      minifyWhitespace: true,
      charset: "ascii",
      metafile: true,
      write: false,
      logLevel: "silent",
      plugins: [withoutTokenTraces],
    });
  } catch (error) {
    const messages = (error.errors ?? []).map((problem) =>
      problem.location ? `${problem.location.file}:${problem.location.line}: ${problem.text}` : problem.text,
    );
    await typesChecked;
    fail(messages.length > 0 ? messages.join("\n") : String(error));
  }
  // Files imported for their types only are in no bundle, yet a change of theirs must be checked: hence the folders too.
  const inputs = new Set([
    ...Object.keys(result.metafile.inputs).filter((path) => !path.includes("node_modules/")),
    ...["envs", "stacks", "modules", "tools"].flatMap(sources),
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.app.json",
    "tools/run.mjs",
  ]);
  if (!(await typesChecked)) process.exit(1);
  const stamps = [...inputs].map((path) => [path, changedSince(path, before) ? "changed meanwhile" : stampOf(path)]);
  mkdirSync(folder, { recursive: true });
  rmSync(codeCache, { force: true });
  for (const file of result.outputFiles) writeAtomically(file.path, file.contents);
  writeAtomically(
    record,
    JSON.stringify({ node: process.version, trace: !!process.env.GROUNDPLAN_TRACE, inputs: stamps }),
  );
}

/**
 * cdktf notes the whole stack at the birth of every token, for the rare message about a token that cannot be resolved; a sixth of a synth.
 * GROUNDPLAN_TRACE=1 leaves it in.
 */
const withoutTokenTraces = {
  name: "without-token-traces",
  setup(build) {
    if (process.env.GROUNDPLAN_TRACE) return;
    build.onLoad({ filter: /cdktf[\\/]lib[\\/]tokens[\\/]private[\\/]stack-trace\.js$/ }, () => ({
      contents: "exports.captureStackTrace = () => [];",
    }));
  },
};

/** Resolves to whether the program's types hold; the compiler's own words go to standard error. */
function checkTypes() {
  const compiler = require.resolve("typescript/bin/tsc");
  const child = spawn(
    process.execPath,
    [compiler, "-p", "tsconfig.app.json", "--pretty", String(!!process.stderr.isTTY)],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  child.stdout.on("data", (text) => process.stderr.write(text));
  return new Promise((done) => {
    child.on("error", (error) => fail(`the TypeScript compiler could not be started: ${error.message}`));
    child.on("close", (code) => done(code === 0));
  });
}

/** Whether the last run with these arguments and variables left everything as this one would; then what it said is said again. */
function repeated() {
  if (process.env.GROUNDPLAN_FRESH) return false;
  try {
    const receipt = JSON.parse(readFileSync(receiptPath(), "utf8"));
    if (receipt.bundle !== stampOf(relative(root, bundle))) return false;
    if (!receipt.outputs.every(([path, stamp]) => stampOf(path) === stamp)) return false;
    if (receipt.said) console.log(receipt.said);
    return true;
  } catch {
    return false; // no receipt, or one cut short
  }
}

function keepReceipt({ outputs, said }) {
  if (process.exitCode) return;
  const stamps = outputs.map((path) => relative(root, path)).map((path) => [path, stampOf(path)]);
  writeAtomically(receiptPath(), JSON.stringify({ bundle: stampOf(relative(root, bundle)), outputs: stamps, said }));
}

/** One receipt for each way to call the entry: arguments, folder, and the variables that it or cdktf reads. */
function receiptPath() {
  const variables = Object.entries(process.env).filter(([name]) => /^(GROUNDPLAN|CDKTF)_/.test(name));
  const call = JSON.stringify([args, process.cwd(), process.version, variables.sort()]);
  return `${stem}-${createHash("sha256").update(call).digest("hex").slice(0, 16)}.receipt`;
}

function load() {
  const bytes = readFileSync(bundle);
  const source = bytes.toString(isAscii(bytes) ? "latin1" : "utf8"); // ASCII loads faster; the raw text of a tagged template cannot be made so
  const stamp = Buffer.from(stampOf(relative(root, bundle)).padEnd(48));
  const cached = readCodeCache(stamp);
  const script = new vm.Script(`${BEFORE}${source}\n})`, {
    filename: bundle,
    cachedData: cached,
  });
  process.argv = [process.execPath, resolve(root, entry), ...args];
  const module = { exports: {} };
  try {
    script.runInThisContext()(module.exports, require, module, bundle, folder);
  } catch (error) {
    fail(error instanceof Error ? inSources(error) : String(error));
  }
  if (module.exports.receipt) keepReceipt(module.exports.receipt);
  if (!cached || script.cachedDataRejected) {
    // After the first run, so that the functions which that run compiled are in the cache too.
    process.once("exit", () => {
      try {
        writeAtomically(codeCache, Buffer.concat([stamp, script.createCachedData()]));
      } catch {
        // Only speed is lost.
      }
    });
  }
}

/** An error with the places in the sources where it comes from; Node itself would show a line of the bundle, which is endless. */
function inSources(error) {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const places = frames.map((frame) =>
    frame.replace(/([^\s(]+\.cjs):(\d+):(\d+)/, (whole, path, line, column) =>
      path === bundle ? (sourceAt(Number(line), Number(column)) ?? whole) : whole,
    ),
  );
  const own = places.filter((frame) => !/node_modules|node:|\.cjs:/.test(frame));
  return [`${error.name}: ${error.message}`, ...(own.length > 0 ? own : places).slice(0, 12)].join("\n");
}

let map;

function sourceAt(line, column) {
  try {
    map ??= new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, "utf8")));
    const { originalSource, originalLine, originalColumn } = map.findEntry(
      line - 1,
      column - 1 - (line === 1 ? BEFORE.length : 0),
    );
    if (originalSource === undefined) return undefined;
    return `${relative(root, resolve(folder, originalSource))}:${originalLine + 1}:${originalColumn + 1}`;
  } catch {
    return undefined; // only the place is lost
  }
}

/** The code cache, if it was made from this very bundle. */
function readCodeCache(stamp) {
  try {
    const data = readFileSync(codeCache);
    return data.subarray(0, stamp.length).equals(stamp) ? data.subarray(stamp.length) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, also when two runs write at once. */
function writeAtomically(path, contents) {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, contents);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (error.code === "ENOSPC")
      fail(`no space left on the disk while writing ${relative(root, path)}; free some and run again`);
    throw error;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (!fresh()) {
  await build();
  load();
} else if (!repeated()) {
  load();
}
