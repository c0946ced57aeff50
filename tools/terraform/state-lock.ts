import type { Diagnostic } from "./events";

/** Who locks a state, as Terraform tells it. */
export interface StateLock {
  readonly id: string;
  /** Such as `somebody@host`. */
  readonly who: string;
  /** When it was taken, as Terraform writes it. */
  readonly since: string;
  /** Such as `OperationTypeApply`. */
  readonly operation: string;
  /** The state it is on. */
  readonly path: string;
}

/** The lock that a diagnostic is about; undefined if it is about none, or does not tell. */
export function stateLockIn({ summary, detail }: Pick<Diagnostic, "summary" | "detail">): StateLock | undefined {
  if (!/acquiring the state lock/i.test(summary)) return undefined;
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s*(.*)$`, "m").exec(detail)?.[1]?.trim() ?? "";
  const id = field("ID");
  if (id === "") return undefined;
  return { id, who: field("Who"), since: field("Created"), operation: field("Operation"), path: field("Path") };
}

/** What to do about a lock that another holds. A local one goes with its holder; one in a bucket stays when its holder is killed. */
export function lockHint({ id, who, since, operation, path }: StateLock): string {
  const held = `It is held by ${who} since ${since}, for ${operation}, lock ${id}. Wait until that is done.`;
  const isFile = /^\.{0,2}\//.test(path);
  return isFile
    ? `${held} The lock goes when that Terraform ends.`
    : `${held} If it is certain that nothing of it runs any more: terraform force-unlock ${id}, in the stack's folder below .groundplan/work.`;
}
