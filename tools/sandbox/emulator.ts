import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ExitCode } from "../exit-code";
import { explained, makeFolder, readJson, readText, writeFile, writeJson } from "../files";
import { isObject, numberOf, stringOf } from "../json";
import { signalGroup, type Children } from "../terraform/children";
import { UserError } from "../user-error";
import type { SandboxPaths } from "./paths";
import { isRunning, markOf, type ProcessMark } from "./process-mark";
import { findRuntime, type Runtime } from "./python";

/** A running emulator. */
export interface Emulator extends ProcessMark {
  readonly url: string;
  readonly port: number;
  /** The account it answers for. */
  readonly accountId: string;
  /** When it was started, in milliseconds since 1970. Also tells one emulator's memory from the next one's. */
  readonly startedAt: number;
  /** What it runs in, in words. */
  readonly runtime: string;
  /**
   * Container it runs in.
   * @default - it runs in a process of its own
   */
  readonly container?: { readonly engine: string; readonly name: string };
}

interface StartOptions {
  readonly paths: SandboxPaths;
  readonly children: Children;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder which holds the `emulator` Python package. */
  readonly packageFolder: string;
  /**
   * Port to listen on.
   * @default - a free one
   */
  readonly port?: number;
  readonly onProgress: (line: string) => void;
}

const HEALTH = "/_groundplan/health";
const MOTO_ACCOUNT = "123456789012";
const START_SECONDS = 60;
const STOP_SECONDS = 10;
const POLL_MILLISECONDS = 50;

/** The emulator that runs now. A record of one that has gone is removed. */
export function runningEmulator(paths: SandboxPaths): Emulator | undefined {
  const record = recordIn(paths);
  if (record === undefined) return undefined;
  if (isUp(record)) return record;
  rmSync(paths.emulatorRecord, { force: true });
  return undefined;
}

/** Starts an emulator that outlives this process, and waits until it answers. */
export async function startEmulator(options: StartOptions): Promise<Emulator> {
  const { paths, port } = options;
  if (port !== undefined && !(await isFree(port))) {
    throw new UserError(`port ${port} is in use by another program`, {
      tryThis: "choose another --port, or leave it out for a free one",
      exitCode: ExitCode.configuration,
    });
  }
  const runtime = await findRuntime({ ...options, venv: paths.venv });
  makeFolder(paths.sandbox);
  const emulator =
    runtime.kind === "python" ? await startProcess(runtime, options) : await startContainer(runtime, options);
  writeJson(paths.emulatorRecord, emulator);
  return emulator;
}

/** Stops the emulator, at once if it does not go by itself. */
export async function stopEmulator(paths: SandboxPaths, emulator: Emulator): Promise<void> {
  if (emulator.container !== undefined) {
    spawnSync(emulator.container.engine, ["rm", "--force", emulator.container.name], { stdio: "ignore" });
  } else if (isRunning(emulator)) {
    await endProcess(emulator);
  }
  rmSync(paths.emulatorRecord, { force: true });
}

/** Whether the emulator answers. */
export async function isHealthy({ url }: Pick<Emulator, "url">): Promise<boolean> {
  try {
    return (await fetch(`${url}${HEALTH}`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // not listening yet, or no more
  }
}

async function startProcess(runtime: Extract<Runtime, { kind: "python" }>, options: StartOptions): Promise<Emulator> {
  const { paths, environment, packageFolder, port = 0 } = options;
  writeFile(paths.emulatorOutput, "");
  // Files, not pipes: the emulator goes on writing after this process has ended.
  const output = openForAppending(paths.emulatorOutput);
  const log = openForAppending(paths.emulatorLog);
  const child = spawn(runtime.python, ["-m", "emulator", "--host", "127.0.0.1", "--port", String(port)], {
    cwd: paths.sandbox,
    detached: true,
    stdio: ["ignore", output, log],
    env: {
      ...environment,
      PYTHONPATH: [packageFolder, environment["PYTHONPATH"]].filter(Boolean).join(":"),
      PYTHONUNBUFFERED: "1",
    },
  });
  closeSync(output);
  closeSync(log);
  let failure: Error | undefined;
  let ended = false;
  child.on("error", (error) => (failure = error));
  child.on("exit", () => (ended = true));
  child.unref();
  const { pid } = child;
  const mark = pid === undefined ? undefined : markOf(pid);
  const started = await waitFor(options.children, () => {
    if (failure !== undefined || ended) return "gone";
    const ready = readyIn(readText(paths.emulatorOutput) ?? "");
    return ready === undefined ? undefined : { ready };
  });
  if (mark === undefined || started === undefined || started === "gone") {
    if (mark !== undefined && isRunning(mark)) await endProcess(mark);
    throw notStarted(paths, options.children, failure);
  }
  const { ready } = started;
  // The interpreter on the PATH may be a wrapper, in which case the emulator's own id is another.
  const own = ready.pid === undefined || ready.pid === mark.pid ? mark : markOf(ready.pid);
  const emulator = {
    ...own,
    url: `http://127.0.0.1:${ready.port}`,
    port: ready.port,
    accountId: ready.accountId ?? MOTO_ACCOUNT,
    startedAt: Date.now(),
    runtime: `moto ${runtime.moto}, ${runtime.python}`,
  };
  return answering(emulator, paths, options.children);
}

async function startContainer(
  runtime: Extract<Runtime, { kind: "container" }>,
  options: StartOptions,
): Promise<Emulator> {
  const { paths, children, environment, packageFolder } = options;
  const port = options.port ?? (await freePort());
  const name = `groundplan-emulator-${randomBytes(4).toString("hex")}`;
  const args = [
    ...["run", "--detach", "--rm", "--name", name, "--publish", `127.0.0.1:${port}:${port}`],
    ...["--volume", `${packageFolder}:/groundplan:ro`, "--env", "PYTHONPATH=/groundplan", "--entrypoint", "python3"],
    ...[runtime.image, "-m", "emulator", "--host", "0.0.0.0", "--port", String(port)],
  ];
  const { exitCode, stderr } = await children.run(runtime.engine, args, { cwd: paths.sandbox, environment });
  const url = `http://127.0.0.1:${port}`;
  const emulator: Emulator = {
    // The container has no process here to watch; its engine is asked instead.
    pid: 0,
    mark: "",
    url,
    port,
    accountId: MOTO_ACCOUNT,
    startedAt: Date.now(),
    runtime: `${runtime.image}, ${runtime.engine}`,
    container: { engine: runtime.engine, name },
  };
  if (exitCode !== 0) {
    throw new UserError("the emulator's container did not start", {
      details: stderr.trim(),
      exitCode: ExitCode.configuration,
    });
  }
  return answering(emulator, paths, children);
}

/** Waits until a started emulator answers, and stops it if it never does. */
async function answering(emulator: Emulator, paths: SandboxPaths, children: Children): Promise<Emulator> {
  const answer = await waitFor(children, async () =>
    (await isHealthy(emulator)) ? true : isUp(emulator) ? undefined : "gone",
  );
  if (answer === true) return emulator;
  await stopEmulator(paths, emulator);
  throw notStarted(paths, children, undefined);
}

function notStarted(paths: SandboxPaths, children: Children, failure: Error | undefined): UserError {
  if (children.interrupted)
    return new UserError("interrupted while the emulator was starting", { exitCode: ExitCode.canceled });
  const words = failure?.message ?? (readText(paths.emulatorLog) ?? "").trim().split("\n").slice(-10).join("\n");
  return new UserError(`the emulator did not start, its log is ${paths.emulatorLog}`, { details: words });
}

async function waitFor<T>(
  children: Children,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  const end = Date.now() + START_SECONDS * 1000;
  while (Date.now() < end && !children.interrupted) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(POLL_MILLISECONDS);
  }
  return undefined;
}

async function endProcess(mark: ProcessMark): Promise<void> {
  signal(mark.pid, "SIGTERM");
  const end = Date.now() + STOP_SECONDS * 1000;
  while (isRunning(mark) && Date.now() < end) await sleep(POLL_MILLISECONDS);
  if (isRunning(mark)) signal(mark.pid, "SIGKILL");
  signalGroup(mark.pid, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It went between the look and the signal.
  }
}

function isUp(emulator: Emulator): boolean {
  if (emulator.container === undefined) return isRunning(emulator);
  const { engine, name } = emulator.container;
  const { stdout } = spawnSync(engine, ["inspect", "--format", "{{.State.Running}}", name], { encoding: "utf8" });
  return stdout?.trim() === "true";
}

function recordIn(paths: SandboxPaths): Emulator | undefined {
  const record = readJson(paths.emulatorRecord);
  if (!isObject(record) || typeof record["url"] !== "string" || typeof record["pid"] !== "number") return undefined;
  return record as unknown as Emulator;
}

function readyIn(output: string): { port: number; pid?: number; accountId?: string } | undefined {
  const line = output.split("\n").find((candidate) => candidate.startsWith("{") && candidate.endsWith("}"));
  const message: unknown = line === undefined ? undefined : JSON.parse(line);
  if (!isObject(message) || message["ready"] !== true) return undefined;
  const port = numberOf(message["port"]);
  const accountId = stringOf(message["accountId"]) ?? stringOf(message["account_id"]) ?? stringOf(message["account"]);
  return port === undefined ? undefined : { port, pid: numberOf(message["pid"]), accountId };
}

function openForAppending(path: string): number {
  try {
    return openSync(path, "a");
  } catch (error) {
    throw explained(error, path);
  }
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error("no free port");
  return port;
}

/** Listens for a moment; undefined if the port is taken. */
function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}
