import type { Value } from "./evaluate";
import type { PreviewOutput } from "./upstream-outputs";

/** Shorter texts, such as a port or a zone's letter, stand in too many places for other things. */
const SHORTEST = 8;

/**
 * The JSON of a preview with what was made up in it called what it is: `(known after prod-data)` in the place of an address that nobody has yet. Terraform
 * needs a value of the right shape; a reader must not take it for one.
 */
export function withoutStandIns(
  json: string,
  outputs: ReadonlyMap<string, ReadonlyMap<string, PreviewOutput>>,
): string {
  const made = [...outputs].flatMap(([producer, values]) =>
    [...values.values()]
      .filter(({ invented }) => invented)
      .flatMap(({ value }) => textsIn(value))
      .filter((text) => text.length >= SHORTEST)
      .map((text) => [JSON.stringify(text).slice(1, -1), `(known after ${producer})`] as const),
  );
  // A longer one first: another may be a part of it.
  const longest = [...new Map(made)].sort(([a], [b]) => b.length - a.length);
  return longest.reduce((text, [standIn, name]) => text.replaceAll(standIn, name), json);
}

function textsIn(value: Value): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
