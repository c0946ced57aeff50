import type { ResourceChange } from "../plan-document";
import type { Counts } from "../review";

/** Nothing at all. */
export const NONE: Counts = {
  create: 0,
  update: 0,
  replace: 0,
  delete: 0,
  forget: 0,
  import: 0,
  move: 0,
  read: 0,
  unknown: 0,
  noop: 0,
};

/** How many objects, by what happens to them. */
export function countsOf(changes: readonly ResourceChange[]): Counts {
  const counts = { ...NONE };
  for (const change of changes) {
    if (change.importing !== undefined) counts.import += 1;
    if (change.previousAddress !== undefined) counts.move += 1;
    counts[countedAs(change)] += 1;
  }
  return counts;
}

/** Several counts in one. */
export function sumOf(all: readonly Counts[]): Counts {
  const sum = { ...NONE };
  for (const counts of all) for (const key of Object.keys(sum) as Array<keyof Counts>) sum[key] += counts[key];
  return sum;
}

/** Whether something happens to an object, or to where it is. */
export function isChange({
  action,
  importing,
  previousAddress,
}: Pick<ResourceChange, "action" | "previousAddress"> & { readonly importing?: unknown }): boolean {
  if (importing !== undefined || previousAddress !== undefined) return true;
  return action !== "no-op" && action !== "read" && action !== "open";
}

function countedAs({ action }: ResourceChange): keyof Counts {
  switch (action) {
    case "replace":
    case "replace-create-first":
    case "create-forget": // the old object stays, and nobody looks after it
      return "replace";
    case "no-op":
      return "noop";
    case "open":
    case "read":
      return "read";
    default:
      return action;
  }
}
