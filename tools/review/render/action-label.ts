import type { Action } from "../plan-document";
import type { Change, Counts } from "../review";

/** What happens to an object, as the page says it. */
export interface ActionLabel {
  /** Class and filter; `noop` for what stays as it is. */
  readonly key: ActionKey | "noop";
  readonly symbol: string;
  readonly word: string;
}

/** A kind of action that is counted. */
export type ActionKey = Exclude<keyof Counts, "noop">;

/** In the order in which they matter. */
export const ACTION_KEYS: readonly ActionKey[] = [
  "delete",
  "replace",
  "unknown",
  "forget",
  "update",
  "create",
  "import",
  "move",
  "read",
];

const LABELS: Readonly<Record<ActionKey, Omit<ActionLabel, "key">>> = {
  create: { symbol: "+", word: "create" },
  update: { symbol: "~", word: "update" },
  replace: { symbol: "−/+", word: "replace" },
  delete: { symbol: "−", word: "destroy" },
  forget: { symbol: "×", word: "forget" },
  import: { symbol: "↓", word: "import" },
  move: { symbol: "→", word: "move" },
  read: { symbol: "<=", word: "read" },
  unknown: { symbol: "?", word: "unknown" },
};

const KEYS: Readonly<Record<Action, ActionKey | undefined>> = {
  "no-op": undefined,
  create: "create",
  read: "read",
  update: "update",
  delete: "delete",
  replace: "replace",
  "replace-create-first": "replace",
  forget: "forget",
  "create-forget": "replace",
  open: "read",
  unknown: "unknown",
};

const WORDS: Readonly<Partial<Record<Action, Omit<ActionLabel, "key">>>> = {
  "replace-create-first": { symbol: "+/−", word: "replace" },
  "create-forget": { symbol: "+/×", word: "replace" },
  open: { symbol: "<=", word: "open" },
};

/** The label of a counted kind. */
export function labelOfKey(key: ActionKey): ActionLabel {
  return { key, ...LABELS[key] };
}

/** The label of a change; one that leaves the object as it is may still import or move it. */
export function labelOf(change: Pick<Change, "action" | "importing" | "previousAddress">): ActionLabel {
  const key =
    KEYS[change.action] ??
    (change.importing !== undefined ? "import" : change.previousAddress !== undefined ? "move" : undefined);
  if (key === undefined) return { key: "noop", symbol: "·", word: "no change" };
  return { key, ...(WORDS[change.action] ?? LABELS[key]) };
}

/** Whether something is lost or made anew by it. */
export function isDestructive({ action }: Pick<Change, "action">): boolean {
  return action === "delete" || KEYS[action] === "replace";
}
