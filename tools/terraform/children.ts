import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { ExitCode } from "../exit-code";
import { codeOf } from "../files";
import { UserError } from "../user-error";

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
    const child = spawn(program, args, { cwd, env: environment, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.running.set(child, onInterrupt);
    const stdout: string[] = [];
    const stderr: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      stdout.push(line);
      onLine?.(line);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
    return new Promise((resolve, reject) => {
      child.on("error", (error) => {
        this.running.delete(child);
        reject(notStarted(program, error));
      });
      child.on("close", (exitCode) => {
        this.running.delete(child);
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
