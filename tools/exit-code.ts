/** The one table of exit codes, the same for every command. */
export const ExitCode = {
  /** Done, or nothing to do. */
  fine: 0,
  /** Something failed. */
  failed: 1,
  /** A plan or a review that has changes. */
  changes: 2,
  /** A person discarded the run. */
  discarded: 3,
  /** Interrupted, by Ctrl-C or from outside. */
  canceled: 4,
  /** A policy forbids it. */
  blockedByPolicy: 5,
  /** Waits for a person. */
  waiting: 6,
  /** Stale, or not what was reviewed. */
  stale: 7,
  /** The risk is at or above the threshold. */
  risk: 8,
  /** Wrong arguments. */
  usage: 64,
  /** Something the command needs is missing or misconfigured. */
  configuration: 66,
  /** Detached from a run that goes on. */
  detached: 75,
} as const;

/** A code of that table. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
