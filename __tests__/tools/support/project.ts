import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, writeFile } from "../../../tools/files";
import { runningEmulator, stopEmulator } from "../../../tools/sandbox/emulator";
import { deploymentPaths, sandboxPaths } from "../../../tools/sandbox/paths";
import { writeProgram } from "./folder";
import { writeStacks, type StackSketch } from "./stacks";

/** Stands for a Python with moto: answers the probe, and serves a healthy nothing. */
export const PYTHON = `#!${process.execPath}
const args = process.argv.slice(2);
if (args[0] === "-c") {
  console.log("5.2.1");
} else {
  const server = require("node:http").createServer((request, response) => response.end("ok"));
  server.listen(Number(args[args.indexOf("--port") + 1]), "127.0.0.1", () =>
    console.log(JSON.stringify({ ready: true, port: server.address().port, pid: process.pid, moto: "5.2.1" })),
  );
  process.on("SIGTERM", () => process.exit(0));
}
`;

/** Stands for synth: copies the stacks of the test, or fails with what it should say. */
const SYNTH = `
import { cpSync, existsSync, readFileSync } from "node:fs";
if (existsSync("synth-error")) {
  console.error(readFileSync("synth-error", "utf8"));
  process.exit(66);
}
if (process.env.GROUNDPLAN_STATE !== "local") throw new Error("state is not local");
cpSync("synth", process.env.CDKTF_OUTDIR, { recursive: true });
`;

/** A project below a temporary folder, with an emulator that does nothing and stacks that need no provider. */
export function sandboxProject(root: string, sketches: Readonly<Record<string, StackSketch>>) {
  writeFile(join(root, "tools", "run.mjs"), SYNTH);
  const bin = makeFolder(join(root, "bin"));
  writeProgram(join(bin, "python3"), PYTHON);
  writeStacks(join(root, "synth"), sketches);
  const paths = sandboxPaths(join(root, ".groundplan"));
  return {
    root,
    paths,
    deployment: deploymentPaths(paths, "default", "staging"),
    environment: {
      PATH: `${bin}:${process.env["PATH"] ?? ""}`,
      HOME: makeFolder(join(root, "home")),
    } satisfies NodeJS.ProcessEnv,
    /** Changes what synth writes from now on. */
    synthesize: (next: Readonly<Record<string, StackSketch>>) => {
      rmSync(join(root, "synth"), { recursive: true, force: true });
      writeStacks(join(root, "synth"), next);
    },
    failSynth: (words: string) => writeFile(join(root, "synth-error"), words),
    emulatorRecord: () => JSON.parse(readFileSync(paths.emulatorRecord, "utf8")) as Record<string, unknown>,
    /** Ends the emulator, if a test has left one. */
    stop: async () => {
      const emulator = runningEmulator(paths);
      if (emulator !== undefined) await stopEmulator(paths, emulator);
    },
  };
}
