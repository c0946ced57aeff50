import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf, explained } from "../files";
import { isObject, numberOf, stringOf } from "../json";
import { UserError } from "../user-error";
import { isRunning, markOf, type ProcessMark } from "./process-mark";

/** Who holds a lock. */
export interface Holder extends ProcessMark {
  /** The command as typed, such as `npm start`. */
  readonly command: string;
}

/** A held lock. */
export interface Lock {
  /** Gives it back. A second call does nothing. */
  release(): void;
}

/**
 * Takes a lock file or fails naming who holds it. The lock of a process that no longer runs is stale and taken over.
 */
export function takeLock(path: string, command: string): Lock {
  const holder: Holder = { ...markOf(process.pid), command };
  const text = JSON.stringify(holder);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (create(path, text)) return { release: () => release(path, text) };
    const found = read(path);
    if (found === undefined) continue; // given back just now
    const other = holderIn(found);
    if (other !== undefined && isRunning(other)) throw busy(other);
    discardStale(path, found);
  }
  throw new UserError(`${path} changes hands too fast to be taken`, { tryThis: "run the command again" });
}

/** Who holds a lock now; a stale lock is held by nobody. */
export function lockHolder(path: string): Holder | undefined {
  const holder = holderIn(read(path) ?? "");
  return holder !== undefined && isRunning(holder) ? holder : undefined;
}

const ATTEMPTS = 5;

function busy({ pid, command }: Holder): UserError {
  return new UserError(`another run is at work here: ${command} (process ${pid})`, {
    tryThis: `wait until it is done, or end it with: kill -INT ${pid}`,
  });
}

/** Creates the file with its contents in one step, so that nobody ever reads half a lock. */
function create(path: string, text: string): boolean {
  const own = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(own, text);
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw explained(error, path);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Takes a stale lock out of the way, unless another process has just done so and made its own. */
function discardStale(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") !== stale) linkSync(aside, path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && codeOf(error) !== "EEXIST") throw explained(error, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(path: string, text: string): void {
  if (read(path) === text) rmSync(path, { force: true });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw explained(error, path);
  }
}

function holderIn(text: string): Holder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // not one of ours, or cut short by a full disk: nobody holds it
  }
  if (!isObject(value)) return undefined;
  const pid = numberOf(value["pid"]);
  return pid === undefined
    ? undefined
    : { pid, mark: stringOf(value["mark"]) ?? "", command: stringOf(value["command"]) ?? "" };
}
