import type { Review } from "../review";

/** A review as JSON (docs/reference/review.schema.json). The same review always gives the same bytes: its keys stand in the order in which it was built. */
export function renderJson(review: Review): string {
  return `${JSON.stringify(review, null, 1)}\n`;
}
