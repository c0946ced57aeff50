import type { Children } from "../terraform/children";

/** What git says of the project's folder. */
export interface WorkingTree {
  /**
   * Full revision.
   * @default - it is no git repository, or has no commit
   */
  readonly revision?: string;
  /** Whether files differ from the revision or are not in it; those that git ignores do not count. */
  readonly dirty: boolean;
}

/** The revision that is checked out, and whether the files are those of the revision. */
export async function workingTree(options: {
  readonly children: Children;
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
}): Promise<WorkingTree> {
  const { children, root, environment } = options;
  const git = (...args: string[]) => children.run("git", args, { cwd: root, environment }).catch(() => undefined);
  const revision = await git("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
  const status = await git("status", "--porcelain", "--untracked-files=normal");
  return {
    revision: revision?.exitCode === 0 ? revision.stdout.trim() : undefined,
    dirty: status?.exitCode === 0 ? status.stdout.trim() !== "" : false,
  };
}
