import type { Shown } from "../review";
import { visible } from "../visible";
import { Digits, Masked, Unknown, type Value } from "../value";

/** How much of a value is shown on its line, in code points. */
const LONGEST = 300;

/** A value on one line, as a reader of Terraform knows it. */
export function shown(value: Value): Shown {
  if (value === null) return { kind: "null", text: "null" };
  if (value instanceof Unknown) return { kind: "unknown", text: "(known after apply)" };
  if (value instanceof Masked) return { kind: "masked", text: maskText(value) };
  return { kind: "value", text: limited(visible(text(value))) };
}

function maskText({ why, same }: Masked): string {
  const word = why === "sensitive" || why === "write-only" ? "sensitive" : "masked";
  return same ? `(${word}, unchanged)` : `(${word})`;
}

function text(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Digits) return value.text;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Unknown) return "(known after apply)";
  if (value instanceof Masked) return maskText(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(text).join(", ")}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return entries.length === 0 ? "{}" : `{ ${entries.map(([key, inner]) => `${key}: ${text(inner)}`).join(", ")} }`;
}

/** A text of at most so many code points; what was cut off is counted. */
export function limited(given: string, longest = LONGEST): string {
  if (given.length <= longest) return given;
  const points = [...given];
  return points.length <= longest
    ? given
    : `${points.slice(0, longest).join("")}… (${points.length - longest} more characters)`;
}
