import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFile } from "../../../tools/files";

/** A folder that is there for the tests of one file and gone afterwards. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "groundplan-test-")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a program that can be started. */
export function writeProgram(path: string, text: string): string {
  writeFile(path, text);
  chmodSync(path, 0o755);
  return path;
}
