import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ExitCode } from "../exit-code";
import { makeFolder, readText, writeFile } from "../files";
import { isObject, listOf, stringOf } from "../json";
import type { Children, Outcome } from "../terraform/children";
import { UserError } from "../user-error";
import { readStacks, type Stack } from "./stack";
import { synthesize } from "./synth";

interface RevisionOptions {
  readonly children: Children;
  /** The project's folder. */
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder for checked-out revisions, such as one below `.groundplan`. */
  readonly folder: string;
}

interface SynthRevisionOptions extends RevisionOptions {
  /** Full revision. */
  readonly commit: string;
  readonly system: string;
  /** Names of environments; those the revision does not have count as empty. */
  readonly environments: readonly string[];
}

/** What a revision synthesizes. */
export interface RevisionSynth {
  readonly stacks: readonly Stack[];
  /** What a reader of a comparison must know about it, in sentences. */
  readonly remarks: readonly string[];
}

/** The full commit a revision names, such as `HEAD~2` or a tag. */
export async function commitOf(revision: string, { children, root, environment }: Omit<RevisionOptions, "folder">) {
  const found = await git(["rev-parse", "--verify", "--quiet", `${revision}^{commit}`], {
    children,
    root,
    environment,
  });
  const commit = found.stdout.trim();
  if (found.exitCode === 0 && commit !== "") return commit;
  throw new UserError(`${JSON.stringify(revision)} is no revision of this repository`, {
    ...(found.stderr.trim() === "" ? {} : { details: found.stderr.trim() }),
    tryThis: "name a commit, a branch or a tag, such as main or HEAD~1; git fetch brings those of others",
    exitCode: ExitCode.usage,
  });
}

/** Synthesizes environments as they were at a commit, without touching the working tree. */
export async function synthesizeRevision(options: SynthRevisionOptions): Promise<RevisionSynth> {
  const { children, root, environment, system } = options;
  const folder = await checkOut(options);
  const remarks =
    readText(join(folder, "package-lock.json")) === readText(join(root, "package-lock.json"))
      ? []
      : [
          `${short(options.commit)} asks for other packages than are installed; it was synthesized with the installed ones`,
        ];
  const known = await environmentsAt(folder, options);
  const environments = options.environments.filter((name) => known.includes(name));
  const absent = options.environments.filter((name) => !known.includes(name));
  const missing = absent.map((name) => `${short(options.commit)} has no environment ${name} of system ${system}`);
  if (environments.length === 0) return { stacks: [], remarks: [...remarks, ...missing] };
  const outdir = join(folder, "cdktf.out");
  await synthesize({ children, root: folder, environment, system, environments, outdir });
  return { stacks: readStacks(outdir), remarks: [...remarks, ...missing] };
}

/** Names of a system's environments, as the sources in a folder know them; none if the system is not there. */
export async function environmentsAt(
  folder: string,
  { children, environment, system }: Pick<SynthRevisionOptions, "children" | "environment" | "system">,
): Promise<string[]> {
  if (!existsSync(join(folder, "tools", "run.mjs"))) return [];
  const { exitCode, stdout, stderr } = await children.run(process.execPath, ["tools/run.mjs", "main.ts", "--systems"], {
    cwd: folder,
    environment,
  });
  if (children.interrupted) throw new UserError("interrupted while synthesizing", { exitCode: ExitCode.canceled });
  if (exitCode !== 0) {
    throw new UserError(`the sources in ${folder} do not run`, {
      details: (stderr || stdout).trim(),
      tryThis:
        "if they need other packages: git worktree add, npm ci there, and compare the two outputs of npm run synth",
      exitCode: ExitCode.configuration,
    });
  }
  const found = listOf(JSON.parse(stdout))
    .filter(isObject)
    .find(({ name }) => name === system);
  return listOf(found?.["environments"])
    .filter(isObject)
    .flatMap(({ name }) => stringOf(name) ?? []);
}

/** A commit's files in a folder of its own, kept until another commit is asked for. */
async function checkOut({ children, root, environment, folder, commit }: SynthRevisionOptions): Promise<string> {
  const place = join(folder, commit);
  const done = join(place, ".complete");
  if (existsSync(done)) return place;
  if (existsSync(folder)) {
    for (const old of readdirSync(folder)) rmSync(join(folder, old), { recursive: true, force: true });
  }
  makeFolder(place);
  // An index of its own, so that what is staged in the working tree stays as it is.
  const own = { ...environment, GIT_INDEX_FILE: join(folder, `${commit}.index`) };
  for (const args of [
    ["read-tree", commit],
    ["checkout-index", "--all", `--prefix=${place}/`],
  ]) {
    const { exitCode, stderr } = await git(args, { children, root, environment: own });
    if (children.interrupted) throw new UserError("interrupted while checking out", { exitCode: ExitCode.canceled });
    if (exitCode !== 0) throw new UserError(`git ${args[0]} failed for ${short(commit)}`, { details: stderr.trim() });
  }
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"), "dir");
  writeFile(done, "");
  return place;
}

function git(
  args: readonly string[],
  { children, root, environment }: Omit<RevisionOptions, "folder">,
): Promise<Outcome> {
  return children.run("git", args, { cwd: root, environment });
}

/** A commit as people write it. */
export function short(commit: string): string {
  return commit.slice(0, 10);
}
