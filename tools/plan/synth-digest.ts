import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type JsonObject } from "../json";
import type { Stack } from "./stack";

/** One digest of what a stack was synthesized to: its document without the remarks of synth, and its assets. */
export function synthDigest({ document, folder }: Pick<Stack, "document" | "folder">): string {
  const hash = createHash("sha256").update(canonical(document));
  for (const [path, bytes] of assetsIn(folder)) hash.update(`\n${path}\n`).update(bytes);
  return hash.digest("hex");
}

/** One digest of a file's bytes; undefined if there is no such file. */
export function fileDigest(path: string): string | undefined {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return undefined;
  }
}

/** Where two documents differ, as paths three steps deep such as `resource.aws_vpc.main`, sorted; remarks of synth do not count. */
export function differences(before: JsonObject, after: JsonObject): string[] {
  const [old, now] = [parts(before), parts(after)];
  const paths = new Set([...old.keys(), ...now.keys()]);
  return [...paths].filter((path) => old.get(path) !== now.get(path)).sort();
}

function parts(document: JsonObject): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: readonly string[]) => {
    if (isObject(value) && path.length < DEPTH) {
      for (const [key, inner] of Object.entries(value)) if (key !== REMARKS) visit(inner, [...path, key]);
    } else found.set(path.join("."), canonical(value));
  };
  visit(document, []);
  return found;
}

/** JSON with sorted keys and without the remarks of synth. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === REMARKS) return undefined;
    if (!isObject(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function assetsIn(folder: string): Array<readonly [string, Buffer]> {
  const assets = join(folder, "assets");
  try {
    return readdirSync(assets, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(assets.length), readFileSync(path)]);
  } catch {
    return []; // most stacks have none
  }
}

const REMARKS = "//";
const DEPTH = 3;
