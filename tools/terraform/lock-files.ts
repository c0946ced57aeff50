import { join } from "node:path";
import { readText, writeFile } from "../files";
import type { ProviderNeed } from "../plan/stack";

const LOCK_FILE = ".terraform.lock.hcl";

/**
 * Remembers the lock entry of each provider version across stacks. With it, Terraform takes a provider from its plugin cache;
 * without, it downloads it again for every new folder.
 */
export class LockFiles {
  constructor(private readonly folder: string) {}

  /** Writes a lock file with the known entries into a stack's folder that has none. Returns whether it did. */
  offer(stackFolder: string, needs: readonly ProviderNeed[]): boolean {
    const path = join(stackFolder, LOCK_FILE);
    if (readText(path) !== undefined) return false;
    const entries = needs.map((need) => readText(this.entryFile(need))).filter((entry) => entry !== undefined);
    if (entries.length === 0) return false;
    writeFile(path, entries.join("\n"));
    return true;
  }

  /** Writes the known entries into a folder whose lock file does not have them; leaves one that has them as it is. */
  compose(stackFolder: string, needs: readonly ProviderNeed[]): void {
    const present = lockEntries(readText(join(stackFolder, LOCK_FILE)) ?? "");
    const known = needs.map((need) => [need, readText(this.entryFile(need))] as const);
    const missing = known.some(([{ source }, entry]) => entry !== undefined && present.get(source) === undefined);
    if (missing) writeFile(join(stackFolder, LOCK_FILE), known.flatMap(([, entry]) => entry ?? []).join("\n"));
  }

  /** Keeps the entries of a stack's lock file for other stacks. */
  remember(stackFolder: string, needs: readonly ProviderNeed[]): void {
    const entries = lockEntries(readText(join(stackFolder, LOCK_FILE)) ?? "");
    for (const need of needs) {
      const entry = entries.get(need.source);
      if (entry !== undefined && readText(this.entryFile(need)) !== entry) writeFile(this.entryFile(need), entry);
    }
  }

  private entryFile({ source, version = "any" }: ProviderNeed): string {
    return join(this.folder, `${source.replaceAll("/", "-")}-${version}.hcl`);
  }
}

/** The blocks of a lock file by provider source, the public registry's host left out. */
export function lockEntries(text: string): ReadonlyMap<string, string> {
  const blocks = text.matchAll(/^provider "([^"]+)" \{\n[\s\S]*?^\}\n?/gm);
  return new Map([...blocks].map(([block, source = ""]) => [source.replace(/^registry\.terraform\.io\//, ""), block]));
}

/** The versions a lock file selects, by provider source. */
export function lockedVersions(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...lockEntries(text)].map(([source, block]) => [source, /^\s*version\s*=\s*"([^"]+)"/m.exec(block)?.[1] ?? ""]),
  );
}
