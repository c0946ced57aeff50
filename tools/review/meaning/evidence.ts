import type { ResourceChange } from "../plan-document";
import { isRecord, type Path, type Value } from "../value";
import { own } from "./same";
import { shown } from "./shown";
import { replacePathText } from "./why";

/** Two values of an attribute, such as `engine: "mysql" → "postgres"`. A side that is not there is left out. */
export function turn(path: string, before: Value | undefined, after: Value | undefined): string {
  const [old, now] = [before ?? null, after ?? null];
  if (before === undefined) return `${path}: ${shown(now).text}`;
  return `${path}: ${shown(old).text} → ${after === undefined ? "nothing" : shown(now).text}`;
}

/** Why a policy cannot be judged: the part of it that is not known, else both of its sides. */
export function unjudged(path: string, before: Value | undefined, after: Value | undefined): string {
  const [hidden] = typeof after === "string" ? (/\((known after [\w-]+|masked)[^)]*\)/.exec(after) ?? []) : [];
  return hidden === undefined ? turn(path, before, after) : `${path}: a part of it is ${hidden}`;
}

const MOST_TURNS = 5;

/** The attributes that force a replacement, with their values; without any, what Terraform says. */
export function forcing({ replacePaths, before, after, reason, action }: ResourceChange): string {
  const turns = [...new Map(replacePaths.map((path) => [replacePathText(path), path])).entries()].map(([text, path]) =>
    turn(text, at(before, path) ?? null, at(after, path) ?? null),
  );
  const rest = turns.length - MOST_TURNS;
  if (turns.length > 0) return [...turns.slice(0, MOST_TURNS), ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
  return `actions: ${action}${reason === undefined ? "" : ` (${reason})`}`;
}

/** The part of a value that a path leads to. */
function at(value: Value | undefined, path: Path): Value | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) current = (current as readonly Value[])[step === -1 ? 0 : Number(step)];
    else if (isRecord(current)) current = own(current, String(step));
    else return undefined;
  }
  return current;
}
