import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ExitCode } from "./exit-code";
import { UserError } from "./user-error";

/** Writes a file whole or not at all, with the folders above it. `mode` is that of a new file, such as 0o600. */
export function writeFile(path: string, contents: string | Uint8Array, mode = 0o644): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, contents, { mode });
    renameSync(temporary, path);
  } catch (error) {
    discard(temporary);
    throw explained(error, path);
  }
}

/** Writes a value as indented JSON, whole or not at all. */
export function writeJson(path: string, value: unknown): void {
  writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Makes a folder and those above it. */
export function makeFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw explained(error, path);
  }
  return path;
}

/** Makes a folder that only its owner may look into, and those above it. */
export function makePrivateFolder(path: string): string {
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explained(error, path);
  }
  return path;
}

/** A file's text, or undefined if there is no such file. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw explained(error, path);
  }
}

/** A file's JSON, or undefined if there is no such file. A file that is no JSON is an error which names it. */
export function readJson(path: string): unknown {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${path} is not valid JSON`, { tryThis: "delete it and run the command again" });
  }
}

/** A file error the user can mend, in words; any other error as it is. */
export function explained(error: unknown, path: string): unknown {
  const exitCode = ExitCode.configuration;
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new UserError(`no space left on the disk while writing ${path}`, {
        tryThis: "free some space and run the command again",
        exitCode,
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new UserError(`${path} may not be read or written by this user`, {
        tryThis: `make ${dirname(path)} writable, then run the command again`,
        exitCode,
      });
    case "ENOTDIR":
    case "EEXIST":
      return new UserError(`${path} cannot be made, a file stands where a folder belongs`, {
        tryThis: "move that file away and run the command again",
        exitCode,
      });
    case "EISDIR":
      return new UserError(`${path} is a folder, not a file`, {
        tryThis: "move it away and run the command again",
        exitCode,
      });
    default:
      return error;
  }
}

/** The code of a system error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  // Not by instanceof: under jest, errors of Node's own modules come from another realm.
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The first error is the one to report.
  }
}
