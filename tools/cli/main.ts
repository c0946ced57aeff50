import { ExitCode } from "../exit-code";
import { UserError } from "../user-error";
import { assertNothingSwallowed, parseArguments } from "./arguments";
import type { Command } from "./command";
import { renderHelp } from "./help";
import type { Terminal } from "./terminal";

interface Surroundings {
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder the program was started in. */
  readonly folder: string;
}

/** Runs the command the arguments name and returns the exit code. Prints every error; throws none. */
export async function main(root: Command, argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { terminal } = surroundings;
  try {
    const { path, flags, positionals, help } = parseArguments(root, argv);
    const command = path.at(-1);
    if (help || command?.run === undefined) {
      terminal.out(renderHelp(path));
      return ExitCode.fine;
    }
    assertNothingSwallowed({ path, flags }, surroundings.environment);
    return await command.run({ flags, positionals, ...surroundings });
  } catch (error) {
    terminal.err(renderError(error, terminal));
    return error instanceof UserError ? error.exitCode : ExitCode.failed;
  }
}

/** What is printed of an error: a line and the way out for the user's, a stack for ours. */
function renderError(error: unknown, { errorPaint: paint }: Pick<Terminal, "errorPaint">): string {
  if (!(error instanceof UserError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${paint.red("This is a bug in groundplan:")}\n${stack}\n`;
  }
  const lines = [
    `${paint.red("Error:")} ${error.message}`,
    ...(error.details ? error.details.split("\n").map((line) => `  ${line}`.trimEnd()) : []),
    ...(error.tryThis === undefined ? [] : [`${paint.bold("Try this:")} ${error.tryThis}`]),
  ];
  return `${lines.join("\n")}\n`;
}
