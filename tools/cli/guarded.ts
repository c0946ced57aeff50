import { ExitCode } from "../exit-code";
import type { Activity } from "../sandbox/deploy";
import { takeLock } from "../sandbox/lock";
import { Children } from "../terraform/children";
import { handleInterrupts } from "../terraform/interrupts";
import { UserError } from "../user-error";
import type { Invocation } from "./command";
import { Live } from "./live";

/** What a command works with while it is guarded. */
export interface Guarded {
  readonly children: Children;
  /** Writes a line to standard output, above what is drawn over. */
  readonly say: (line?: string) => void;
  /** Shows the activity of stacks while the work goes on. */
  readonly watch: <T>(work: (show: (activity: Activity) => void) => Promise<T>) => Promise<T>;
}

/** Runs a command's work with interruptions handled, holding a lock if it names one. Nothing it started outlives it. */
export async function guarded(
  { terminal }: Pick<Invocation, "terminal">,
  { command, lock }: { readonly command: string; readonly lock?: string },
  work: (session: Guarded) => Promise<ExitCode>,
): Promise<ExitCode> {
  const children = new Children();
  const held = lock === undefined ? undefined : takeLock(lock, command);
  let live: Live | undefined;
  const restore = handleInterrupts({
    children,
    say: (line) => {
      // A block that is drawn over would swallow a line it does not know of.
      if (terminal.interactive && live !== undefined) live.line(terminal.paint.yellow(line));
      else terminal.err(`${terminal.errorPaint.yellow(line)}\n`);
    },
  });
  try {
    return await work({
      children,
      say: (line = "") => (live === undefined ? terminal.out(`${line}\n`) : live.line(line.replace(/^ {2}/, ""))),
      watch: async (watched) => {
        live = new Live(terminal);
        try {
          return await watched(live.show);
        } finally {
          live.stop();
          live = undefined;
        }
      },
    });
  } catch (error) {
    if (children.interrupted && error instanceof UserError) return ExitCode.canceled;
    throw error;
  } finally {
    restore();
    children.kill();
    held?.release();
  }
}
