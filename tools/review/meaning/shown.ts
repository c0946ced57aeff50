import type { Shown } from "../review";
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

/** A text with its control characters, and those that turn the direction of writing, in a form that can be seen. */
export function visible(given: string): string {
  return given.replaceAll(
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A text of at most so many code points; what was cut off is counted. */
export function limited(given: string, longest = LONGEST): string {
  if (given.length <= longest) return given;
  const points = [...given];
  return points.length <= longest
    ? given
    : `${points.slice(0, longest).join("")}… (${points.length - longest} more characters)`;
}
