import type { Stack } from "../plan/stack";
import type { CostDelta } from "../review/review";
import { estimate, type Line } from "./estimate";
import { money } from "./render";

/** Less than this is no change: half of what can be printed. */
const LEAST_USD = 0.005;

/**
 * What stacks cost in a month at list price, against what they cost before, in the form a review has it. Without a `before` there is a sum and no
 * difference. Only what has a price is in the sums; the rest is counted.
 */
export function costDelta(before: readonly Stack[] | undefined, after: readonly Stack[]): CostDelta {
  const now = estimate(after);
  const unpriced =
    now.lines.filter(({ usdPerMonth }) => typeof usdPerMonth !== "number").length + now.unknownTypes.length;
  if (before === undefined) return { after: now.usdPerMonth, unpriced, lines: [] };
  const was = estimate(before);
  const [old, fresh] = [byThing(was.lines), byThing(now.lines)];
  const lines = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [from, to] = [old.get(key), fresh.get(key)];
    const line = to?.line ?? from?.line;
    const [least, most] = [from?.usd ?? 0, to?.usd ?? 0];
    if (line === undefined || Math.abs(most - least) < LEAST_USD) return [];
    return [
      {
        by: most - least,
        stack: line.stack,
        address: line.address,
        text: `${line.what}: ${money(least)} → ${money(most)}`,
      },
    ];
  });
  return {
    before: was.usdPerMonth,
    after: now.usdPerMonth,
    unpriced,
    lines: lines
      .sort((a, b) => Math.abs(b.by) - Math.abs(a.by) || compare(a.stack, b.stack) || compare(a.address, b.address))
      .map(({ stack, address, text }) => ({ stack, address, text })),
  };
}

/** The priced lines of each resource, by what is billed of it, several of the same kind in one. */
function byThing(lines: readonly Line[]): ReadonlyMap<string, { readonly line: Line; readonly usd: number }> {
  const things = new Map<string, { readonly line: Line; readonly usd: number }>();
  for (const line of lines) {
    if (typeof line.usdPerMonth !== "number") continue;
    const key = JSON.stringify([line.stack, line.address, line.unit]);
    things.set(key, { line, usd: (things.get(key)?.usd ?? 0) + line.usdPerMonth });
  }
  return things;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
