import { rmSync } from "node:fs";
import { join } from "node:path";
import { readText, writeFile } from "../files";
import type { ProviderNeed } from "../plan/stack";

const LOCK_FILE = ".terraform.lock.hcl";

/**
 * The lock entry of each provider version, across stacks: those that are committed, which hold for everybody, and those that this machine
 * has seen. With an entry, Terraform takes a provider from its plugin cache; without, it downloads it again for every new folder.
 */
export class LockFiles {
  /** `folder` is for what this machine has seen; `committed` for what the project says. */
  constructor(
    private readonly folder: string,
    private readonly committed?: string,
  ) {}

  /** Writes a lock file with the known entries into a stack's folder that has none. Returns whether it did. */
  offer(stackFolder: string, needs: readonly ProviderNeed[]): boolean {
    const path = join(stackFolder, LOCK_FILE);
    if (readText(path) !== undefined) return false;
    const entries = needs.flatMap((need) => this.entry(need) ?? []);
    if (entries.length === 0) return false;
    writeFile(path, entries.join("\n"));
    return true;
  }

  /** Writes the known entries into a folder whose lock file does not have them; leaves one that has them as it is. */
  compose(stackFolder: string, needs: readonly ProviderNeed[]): void {
    const present = lockEntries(readText(join(stackFolder, LOCK_FILE)) ?? "");
    const known = needs.map((need) => [need, this.entry(need)] as const);
    const lacks = known.some(([{ source }, entry]) => entry !== undefined && !covers(present.get(source) ?? "", entry));
    if (lacks) writeFile(join(stackFolder, LOCK_FILE), known.flatMap(([, entry]) => entry ?? []).join("\n"));
  }

  /**
   * Takes out what only this machine knows: it may be of another build of a provider than the one at hand. What is committed stays. Returns
   * whether that leaves another lock file than there was.
   */
  distrust(stackFolder: string, needs: readonly ProviderNeed[]): boolean {
    const path = join(stackFolder, LOCK_FILE);
    const text = needs.flatMap((need) => this.committedEntry(need) ?? []).join("\n");
    if ((readText(path) ?? "") === text) return false;
    if (text === "") rmSync(path, { force: true });
    else writeFile(path, text);
    return true;
  }

  /** Keeps the entries of a stack's lock file for other stacks. */
  remember(stackFolder: string, needs: readonly ProviderNeed[]): void {
    const entries = lockEntries(readText(join(stackFolder, LOCK_FILE)) ?? "");
    for (const need of needs) {
      const entry = entries.get(need.source);
      const path = join(this.folder, entryFile(need));
      if (entry !== undefined && readText(path) !== entry) writeFile(path, entry);
    }
  }

  /** The providers of which no entry is committed, by source, each once. */
  uncommitted(needs: readonly ProviderNeed[]): string[] {
    return [
      ...new Set(needs.filter((need) => this.committedEntry(need) === undefined).map(({ source }) => source)),
    ].sort();
  }

  /** What this machine has seen, unless it lacks something that is committed. */
  private entry(need: ProviderNeed): string | undefined {
    const seen = readText(join(this.folder, entryFile(need)));
    const committed = this.committedEntry(need);
    return committed === undefined || (seen !== undefined && covers(seen, committed)) ? seen : committed;
  }

  private committedEntry(need: ProviderNeed): string | undefined {
    return this.committed === undefined ? undefined : readText(join(this.committed, entryFile(need)));
  }
}

/** The name of the file with a provider version's entry. */
export function entryFile({ source, version = "any" }: ProviderNeed): string {
  return `${source.replaceAll("/", "-")}-${version}.hcl`;
}

/** The blocks of a lock file by provider source, the public registry's host left out. */
export function lockEntries(text: string): ReadonlyMap<string, string> {
  const blocks = text.matchAll(/^provider "([^"]+)" \{\n[\s\S]*?^\}\n?/gm);
  return new Map([...blocks].map(([block, source = ""]) => [source.replace(/^registry\.terraform\.io\//, ""), block]));
}

/** The versions a lock file selects, by provider source. */
export function lockedVersions(text: string): ReadonlyMap<string, string> {
  return new Map([...lockEntries(text)].map(([source, block]) => [source, versionIn(block)]));
}

/** The hashes of a lock entry, such as `h1:…`. */
export function hashesIn(entry: string): ReadonlySet<string> {
  return new Set([...entry.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash = ""]) => hash));
}

/** Whether an entry is of the same version as another and has all of its hashes. */
function covers(entry: string, other: string): boolean {
  const hashes = hashesIn(entry);
  return versionIn(entry) === versionIn(other) && [...hashesIn(other)].every((hash) => hashes.has(hash));
}

function versionIn(entry: string): string {
  return /^\s*version\s*=\s*"([^"]+)"/m.exec(entry)?.[1] ?? "";
}
