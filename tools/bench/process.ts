import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../user-error";

/** A command to run, as it would be typed. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /**
   * Environment variables on top of this process's own.
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command to its end and returns its output. */
export function run({ command, args, cwd, env }: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const all: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => {
      out.push(data);
      all.push(data);
    });
    child.stderr.on("data", (data: Buffer) => all.push(data));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(out).toString());
      const line = [command, ...args].join(" ");
      const details = Buffer.concat(all).toString().trim().split("\n").slice(-20).join("\n");
      reject(new UserError(`${line} ended with ${signal ?? `exit code ${code}`}`, { details, tryThis: line }));
    });
  });
}

/** How long a command takes by the clock on the wall, in milliseconds. */
export async function wallMs(command: Command): Promise<number> {
  const start = performance.now();
  await run(command);
  return performance.now() - start;
}

/** The largest resident memory that any Node process of a command had, in MB of a million bytes. `folder` is emptied and used. */
export async function peakMemoryMb(command: Command, folder: string): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const probe = join(folder, "probe.cjs");
  const record = `require("node:fs").writeFileSync(${JSON.stringify(folder)} + "/" + process.pid + ".kib", String(process.resourceUsage().maxRSS))`;
  writeFileSync(probe, `process.on("exit", () => ${record});\n`);
  await run({ ...command, env: { ...command.env, NODE_OPTIONS: `--require ${JSON.stringify(probe)}` } });
  const peaks = readdirSync(folder).filter((name) => name.endsWith(".kib"));
  return (Math.max(...peaks.map((name) => Number(readFileSync(join(folder, name), "utf8")))) * 1024) / 1_000_000;
}
