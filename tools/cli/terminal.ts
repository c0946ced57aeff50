import { codeOf } from "../files";
import { ask } from "./ask";

/** Marks up text for a terminal. */
export type Paint = Readonly<Record<"bold" | "dim" | "red" | "green" | "yellow" | "cyan", (text: string) => string>>;

/** Where a command writes: the only way out of the program besides files. */
export interface Terminal {
  /** Writes text to standard output as it is. */
  readonly out: (text: string) => void;
  /** Writes text to standard error as it is. */
  readonly err: (text: string) => void;
  /** Whether lines on standard output may be drawn over. */
  readonly interactive: boolean;
  /** Width of the window now. */
  readonly columns: () => number;
  /** Colours for standard output; plain text when it is piped or `NO_COLOR` is set. */
  readonly paint: Paint;
  /** Colours for standard error, likewise. */
  readonly errorPaint: Paint;
  /**
   * Asks the person at the keyboard; undefined if there is no answer, because of Ctrl-C for instance.
   * @default - nobody is there: standard input is no terminal
   */
  readonly ask?: (question: string) => Promise<string | undefined>;
}

const DEFAULT_COLUMNS = 80;

/** The terminal of this process. A reader that goes away, as `head` does, ends the output and not the work. */
export async function processTerminal(environment: NodeJS.ProcessEnv): Promise<Terminal> {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on("error", (error) => {
      if (codeOf(error) !== "EPIPE" && codeOf(error) !== "EIO") throw error;
    });
  }
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    interactive: stdout.isTTY === true && environment["TERM"] !== "dumb",
    columns: () => stdout.columns ?? DEFAULT_COLUMNS,
    paint: await painter(stdout.isTTY === true, environment),
    errorPaint: await painter(stderr.isTTY === true, environment),
    ...(process.stdin.isTTY === true
      ? { ask: (question: string) => ask(question, { input: process.stdin, output: stdout }) }
      : {}),
  };
}

/** Colours, or none of them. */
export async function painter(isTerminal: boolean, environment: NodeJS.ProcessEnv): Promise<Paint> {
  const { Ansis } = await import("ansis");
  const forced = Boolean(environment["FORCE_COLOR"]) && environment["FORCE_COLOR"] !== "0";
  const plain = Boolean(environment["NO_COLOR"]) || environment["TERM"] === "dumb" || !(isTerminal || forced);
  return new Ansis(plain ? NO_COLOURS : SIXTEEN_COLOURS);
}

const NO_COLOURS = 0;
const SIXTEEN_COLOURS = 1;
