import type { ExitCode } from "../exit-code";
import type { Terminal } from "./terminal";

/** A flag of a command. */
export interface Flag {
  readonly summary: string;
  /**
   * What its value is called in the help, such as `NAME`.
   * @default - the flag takes no value
   */
  readonly value?: string;
  /**
   * Value if the flag is left out.
   * @default - none
   */
  readonly default?: string;
  /**
   * What is wrong with a value, after the flag's name, such as `must be a port`.
   * @default - every value is fine
   */
  readonly problem?: (value: string) => string | undefined;
}

/** A word of a command that is no flag, such as the environment of `npm run plan staging`. */
export interface Positional {
  /** What it is called in the help, such as `environment`. */
  readonly name: string;
  readonly summary: string;
  /**
   * Whether it may be left out.
   * @default false
   */
  readonly optional?: boolean;
  /**
   * Whether more than one may stand there. Only the last may.
   * @default false
   */
  readonly many?: boolean;
  /**
   * What is wrong with a value, after the name, such as `must be a name`.
   * @default - every value is fine
   */
  readonly problem?: (value: string) => string | undefined;
}

/** What a command works with. */
export interface Invocation {
  /** The words that are no flags, in order. */
  readonly positionals: readonly string[];
  /** Flags by name without the dashes: a string, or true for one without a value. */
  readonly flags: Readonly<Record<string, string | true | undefined>>;
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder the command was started in. */
  readonly folder: string;
}

/** A command as data: arguments, help and completion are derived from it. */
export interface Command {
  /** How it is typed after `npm`, such as `run sandbox up`; the root has an empty name. */
  readonly name: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /**
   * Further lines of its help.
   * @default - none
   */
  readonly details?: readonly string[];
  /**
   * Words it takes besides flags, in order.
   * @default - flags only
   */
  readonly positionals?: readonly Positional[];
  /**
   * Flags by name without the dashes, in the order of the help.
   * @default - `--help` only
   */
  readonly flags?: Readonly<Record<string, Flag>>;
  /**
   * Commands below it. A command has either these or `run`.
   * @default - none
   */
  readonly commands?: readonly Command[];
  /**
   * Examples of its use.
   * @default - none
   */
  readonly examples?: readonly string[];
  /**
   * Does the work.
   * @default - the command only groups others
   */
  readonly run?: (invocation: Invocation) => Promise<ExitCode>;
}
