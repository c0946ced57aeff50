import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readText, writeFile, writeJson } from "../files";
import type { ProviderNeed } from "../plan/stack";
import type { Children } from "./children";
import { entryFile, hashesIn, lockEntries } from "./lock-files";
import type { Mirror } from "./mirrors";

/** Where people and pipelines run Terraform. */
export const PLATFORMS: readonly string[] = [
  "linux_amd64",
  "linux_arm64",
  "darwin_arm64",
  "darwin_amd64",
  "windows_amd64",
];

interface LockOptions {
  readonly children: Children;
  /** Path of Terraform. */
  readonly terraform: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder of the committed entries. */
  readonly folder: string;
  readonly mirrors: readonly Mirror[];
  /** The platform of this machine, which is all that a mirror on it holds. */
  readonly platform: string;
}

/** What became of the lock entry of one provider version. */
export interface Locked {
  readonly need: ProviderNeed;
  /** `all`: every platform, from its registry. `here`: this one only, from a mirror; what was committed of others stays. `none`: it was not to be had. */
  readonly platforms: "all" | "here" | "none";
  /** Whether the file is another now. */
  readonly changed: boolean;
  /**
   * Why it is not locked for all platforms, in Terraform's words.
   * @default - it is
   */
  readonly problem?: string;
}

/**
 * Locks a provider version for every platform. What is committed already has to hold: Terraform refuses a package that is not of the hashes which are
 * there, so that an entry only ever grows.
 */
export async function lockProvider(need: ProviderNeed, options: LockOptions): Promise<Locked> {
  const { folder, mirrors, platform } = options;
  const path = join(folder, entryFile(need));
  const before = readText(path);
  const mirror = mirrors.find(({ providers }) =>
    providers.some(({ source, version }) => source === need.source && version === need.version),
  );
  const all = await locked(need, before, PLATFORMS, [], options);
  const here =
    all.entry === undefined && mirror !== undefined
      ? await locked(need, before, [platform], [`-fs-mirror=${mirror.folder}`], options)
      : undefined;
  const entry = all.entry ?? here?.entry;
  if (entry !== undefined && entry !== before) writeFile(path, entry);
  const changed = entry !== undefined && entry !== before;
  // Checksums of packages come from the registry's own list, which is of all platforms.
  const isWhole = entry !== undefined && [...hashesIn(entry)].some((hash) => hash.startsWith("zh:"));
  if (all.entry !== undefined || isWhole) return { need, platforms: "all", changed };
  return { need, platforms: entry === undefined ? "none" : "here", changed, problem: all.problem };
}

/** Locks in a folder of its own, on top of what is there. */
async function locked(
  { source, version }: ProviderNeed,
  before: string | undefined,
  platforms: readonly string[],
  from: readonly string[],
  { children, terraform, environment }: LockOptions,
): Promise<{ entry?: string; problem: string }> {
  const work = mkdtempSync(join(tmpdir(), "groundplan-lock-"));
  try {
    const required = { provider: { source, ...(version === undefined ? {} : { version }) } };
    writeJson(join(work, "main.tf.json"), { terraform: { required_providers: required } });
    const file = join(work, ".terraform.lock.hcl");
    if (before !== undefined) writeFile(file, before);
    const args = ["providers", "lock", "-no-color", ...from, ...platforms.map((platform) => `-platform=${platform}`)];
    const { exitCode, stdout, stderr } = await children.run(terraform, args, { cwd: work, environment });
    const problem = (stderr || stdout).trim();
    return exitCode === 0 ? { entry: lockEntries(readText(file) ?? "").get(source), problem } : { problem };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
