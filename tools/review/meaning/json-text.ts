import { parsed } from "../read/documents";
import { isRecord, type Value } from "../value";

/** Larger texts are compared as texts. */
const LONGEST = 1_000_000;

/** The value that a text holds as JSON; undefined if it holds no object and no list. */
export function jsonIn(text: string): Value | undefined {
  if (!/^\s*[[{]/.test(text) || text.length > LONGEST) return undefined;
  return parsed(text)?.value as Value | undefined;
}

/** Keys of a policy whose lists have no order, and for which one text is the list of it. */
const SETS: ReadonlySet<string> = new Set([
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "AWS",
  "Service",
  "Federated",
  "CanonicalUser",
]);

/** A JSON document with what has no order for its reader in one order: the lists of a policy, and key order, which `same` does not see. */
export function orderless(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(orderless);
  if (!isRecord(value)) return value;
  const policy =
    "Statement" in value || "Effect" in value || "AWS" in value || "Service" in value || "Federated" in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (policy && SETS.has(key)) return [key, sorted(inner)];
      if (key === "Statement" && isRecord(inner)) return [key, [orderless(inner)]];
      return [key, orderless(inner)];
    }),
  );
}

function sorted(value: Value): Value {
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? [...value].sort() : value;
}
