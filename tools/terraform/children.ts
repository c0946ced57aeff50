import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, fstatSync, openSync } from "node:fs";
import { createInterface } from "node:readline";
import { ExitCode } from "../exit-code";
import { codeOf, explained } from "../files";
import { UserError } from "../user-error";
import { Tail } from "./tail";

interface RunOptions {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Called with each line of standard output.
   * @default - standard output is only collected
   */
  readonly onLine?: (line: string) => void;
  /**
   * What an interruption does to it. `leave` ends the program at once and without a word, for one that only watches a run elsewhere,
   * which a signal would cancel.
   * @default "ask" - it gets a SIGINT and may end in good order
   */
  readonly onInterrupt?: "ask" | "leave";
  /**
   * File to which the program adds both of its outputs itself, for its owner only. So it goes on in good order when this process is killed; with a
   * pipe it would die at its next word.
   * @default - the outputs come through pipes
   */
  readonly log?: string;
}

/** How a child process ended. */
export interface Outcome {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The child processes of one command. Each runs in a process group of its own, so a Ctrl-C in the terminal reaches this process
 * only, which passes it on once; and killing the group leaves no grandchild, such as a provider, behind.
 */
export class Children {
  private readonly running = new Map<ChildProcess, "ask" | "leave">();
  private stopped = false;

  /** Whether the children were told to stop; none is started any more. */
  get interrupted(): boolean {
    return this.stopped;
  }

  /** Runs a program to its end. Rejects only if it cannot be started. */
  run(program: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
    const { cwd, environment, onLine, onInterrupt = "ask" } = options;
    if (this.stopped) return Promise.resolve({ exitCode: null, stdout: "", stderr: "" });
    const stdout: string[] = [];
    const stderr: string[] = [];
    const take = (line: string) => {
      stdout.push(line);
      onLine?.(line);
    };
    const log = options.log === undefined ? undefined : openLog(options.log);
    const outputs = log === undefined ? (["pipe", "pipe"] as const) : ([log.file, log.file] as const);
    const child = spawn(program, args, { cwd, env: environment, detached: true, stdio: ["ignore", ...outputs] });
    this.running.set(child, onInterrupt);
    if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", take);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
    const tail = log === undefined ? undefined : new Tail(log.path, log.size, take);
    if (log !== undefined) closeSync(log.file);
    return new Promise((resolve, reject) => {
      child.on("error", (error) => {
        this.running.delete(child);
        tail?.end();
        reject(notStarted(program, error));
      });
      child.on("close", (exitCode) => {
        this.running.delete(child);
        tail?.end();
        resolve({ exitCode, stdout: stdout.join("\n"), stderr: stderr.join("") });
      });
    });
  }

  /** Asks every child once to end in good order, and starts no further ones. */
  interrupt(): void {
    this.stopped = true;
    for (const [child, onInterrupt] of this.running) child.kill(onInterrupt === "ask" ? "SIGINT" : "SIGKILL");
  }

  /** Ends every child and whatever these have started, at once. */
  kill(): void {
    this.stopped = true;
    for (const { pid } of this.running.keys()) {
      if (pid !== undefined) signalGroup(pid, "SIGKILL");
    }
  }
}

/** Sends a signal to a process group; one that is gone already is fine. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

function openLog(path: string): { readonly path: string; readonly file: number; readonly size: number } {
  try {
    const file = openSync(path, "a", 0o600);
    return { path, file, size: fstatSync(file).size };
  } catch (error) {
    throw explained(error, path);
  }
}

function notStarted(program: string, error: Error): Error {
  const code = codeOf(error);
  if (code === "ENOENT") {
    return new UserError(`${program} was not found`, {
      tryThis: `install ${program}`,
      exitCode: ExitCode.configuration,
    });
  }
  if (code === "EACCES") {
    return new UserError(`${program} may not be executed`, { exitCode: ExitCode.configuration });
  }
  return error;
}
