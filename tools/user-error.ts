import { ExitCode } from "./exit-code";

interface Resolution {
  /**
   * What to do about it: a command, or a sentence.
   * @default - the message says it all
   */
  readonly tryThis?: string;

  /**
   * Further lines below the message, such as another program's own words.
   * @default - none
   */
  readonly details?: string;

  /**
   * What the process exits with.
   * @default 1
   */
  readonly exitCode?: ExitCode;
}

/** Something the user can mend: printed as one line and a way out, never as a stack. */
export class UserError extends Error {
  readonly tryThis: string | undefined;
  readonly details: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, { tryThis, details, exitCode = ExitCode.failed }: Resolution = {}) {
    super(message);
    this.name = "UserError";
    this.tryThis = tryThis;
    this.details = details;
    this.exitCode = exitCode;
  }
}
