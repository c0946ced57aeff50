import type { Review } from "../review";

/** A review as JSON (docs/reference/review.schema.json). Keys stand in the order of their names, so that the same review always gives the same bytes. */
export function renderJson(review: Review): string {
  return `${JSON.stringify(ordered(review), null, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, inner]) => [key, ordered(inner)]),
  );
}
