import { Ansis } from "ansis";
import { codeOf } from "../files";

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
  readonly paint: Ansis;
  /** Colours for standard error, likewise. */
  readonly errorPaint: Ansis;
}

const DEFAULT_COLUMNS = 80;

/** The terminal of this process. A reader that goes away, as `head` does, ends the output and not the work. */
export function processTerminal(environment: NodeJS.ProcessEnv): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error) => {
      if (codeOf(error) !== "EPIPE" && codeOf(error) !== "EIO") throw error;
    });
  }
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    interactive: process.stdout.isTTY === true && environment["TERM"] !== "dumb",
    columns: () => process.stdout.columns ?? DEFAULT_COLUMNS,
    paint: painter(process.stdout.isTTY === true, environment),
    errorPaint: painter(process.stderr.isTTY === true, environment),
  };
}

/** Colours, or none of them. */
export function painter(isTerminal: boolean, environment: NodeJS.ProcessEnv): Ansis {
  const forced = environment["FORCE_COLOR"] !== undefined && environment["FORCE_COLOR"] !== "0";
  const plain = Boolean(environment["NO_COLOR"]) || environment["TERM"] === "dumb" || !(isTerminal || forced);
  return new Ansis(plain ? NO_COLOURS : SIXTEEN_COLOURS);
}

const NO_COLOURS = 0;
const SIXTEEN_COLOURS = 1;
