import { join } from "node:path";
import { readJson } from "../files";
import { numberOf, objectOf, stringOf } from "../json";
import { sandboxPaths } from "../sandbox/paths";

/** How long a deploy to the sandbox took, and how long it had to take at least. */
export interface DeployTiming {
  readonly startedAt: string;
  readonly wallSeconds: number;
  /** The slowest chain of waits for the provider. */
  readonly criticalPathSeconds: number;
}

/** The times of the last deploy to the sandbox, whichever system and environment it was. */
export function lastDeploy(root: string): DeployTiming | undefined {
  return deployTiming(readJson(sandboxPaths(join(root, ".groundplan")).timing));
}

/** Reads what a deploy recorded. Undefined if the record is not whole: a number that was not measured is never made up. */
export function deployTiming(record: unknown): DeployTiming | undefined {
  const { startedAt, wallSeconds, criticalPath } = objectOf(record);
  const timing = {
    startedAt: stringOf(startedAt),
    wallSeconds: numberOf(wallSeconds),
    criticalPathSeconds: numberOf(objectOf(criticalPath)["seconds"]),
  };
  return isWhole(timing) ? timing : undefined;
}

function isWhole(timing: Partial<DeployTiming>): timing is DeployTiming {
  const { startedAt, wallSeconds, criticalPathSeconds } = timing;
  return (
    startedAt !== undefined && wallSeconds !== undefined && criticalPathSeconds !== undefined && criticalPathSeconds > 0
  );
}
