import { isRecord, type Value } from "../value";
import { own, same } from "./same";

/** A pair of elements of two lists: the same one before and after, or one that is only on one side. */
export interface Pair {
  readonly before?: Value;
  readonly after?: Value;
  /** Index of the element, on the side that has it; after the change where both have. */
  readonly index: number;
}

/** Lists longer than this are compared by position: aligning takes the square of it. */
const LONGEST = 200;

/** Keys by which an element of a list is known, the surest first. */
const IDENTITIES = [
  "Sid",
  "name",
  "id",
  "key",
  "Name",
  "cidr_block",
  "containerPort",
  "valueFrom",
  "rule_id",
  "priority",
  "from_port",
  "device_name",
];

/**
 * Pairs the elements of two lists so that one put in at the front is one addition. Elements with a name of their own are paired by it, whatever their
 * order; others by the longest common run of equal ones, and what lies between two of those by position.
 */
export function aligned(before: readonly Value[], after: readonly Value[]): Pair[] {
  const identity = identityOf(before, after);
  if (identity !== undefined) return byIdentity(before, after, identity);
  let start = 0;
  while (start < before.length && start < after.length && same(before[start], after[start])) start += 1;
  let [oldEnd, newEnd] = [before.length, after.length];
  while (oldEnd > start && newEnd > start && same(before[oldEnd - 1], after[newEnd - 1]))
    [oldEnd, newEnd] = [oldEnd - 1, newEnd - 1];
  const head = pairs(before.slice(0, start), after.slice(0, start), 0, 0);
  const [old, now] = [before.slice(start, oldEnd), after.slice(start, newEnd)];
  const middle =
    old.length > LONGEST || now.length > LONGEST ? pairs(old, now, start, start) : between(old, now, start);
  return [...head, ...middle, ...pairs(before.slice(oldEnd), after.slice(newEnd), oldEnd, newEnd)];
}

/** Whether two lists hold the same elements in another order. */
export function reordered(before: readonly Value[], after: readonly Value[]): boolean {
  if (before.length !== after.length || before.length > LONGEST) return false;
  const rest = [...after];
  return before.every((item) => {
    const at = rest.findIndex((other) => same(item, other));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function identityOf(before: readonly Value[], after: readonly Value[]): string | undefined {
  if (before.length === 0 || after.length === 0 || ![...before, ...after].every(isRecord)) return undefined;
  return IDENTITIES.find((key) => [before, after].every((list) => isUnique(list, key)));
}

function isUnique(list: readonly Value[], key: string): boolean {
  const values = list.map((item) => (isRecord(item) ? own(item, key) : undefined));
  return (
    values.every((value) => typeof value === "string" || typeof value === "number") &&
    new Set(values).size === values.length
  );
}

function byIdentity(before: readonly Value[], after: readonly Value[], key: string): Pair[] {
  const idOf = (item: Value) => (isRecord(item) ? own(item, key) : undefined);
  const old = new Map(before.map((item) => [idOf(item), item]));
  const kept = new Set(after.map(idOf));
  return [
    ...after.map((item, index): Pair => {
      const was = old.get(idOf(item));
      return was === undefined ? { after: item, index } : { before: was, after: item, index };
    }),
    ...before.flatMap((item, index): Pair[] => (kept.has(idOf(item)) ? [] : [{ before: item, index }])),
  ];
}

/** Pairs by the longest common subsequence; a gap on both sides of the same length is paired by position. */
function between(before: readonly Value[], after: readonly Value[], offset: number): Pair[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const [row = new Uint16Array(), next = new Uint16Array()] = [lengths[i], lengths[i + 1]];
      row[j] = same(before[i], after[j]) ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  const result: Pair[] = [];
  let [i, j, gapI, gapJ] = [0, 0, 0, 0];
  const close = () => {
    result.push(...pairs(before.slice(gapI, i), after.slice(gapJ, j), offset + gapI, offset + gapJ));
  };
  while (i < before.length && j < after.length) {
    if (same(before[i], after[j])) {
      close();
      result.push({ before: before[i] ?? null, after: after[j] ?? null, index: offset + j });
      [i, j] = [i + 1, j + 1];
      [gapI, gapJ] = [i, j];
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  [i, j] = [before.length, after.length];
  close();
  return result;
}

/** Pairs by position. Each side says at which index of its own list it begins. */
function pairs(before: readonly Value[], after: readonly Value[], oldStart: number, newStart: number): Pair[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index): Pair => ({
    ...(index < before.length ? { before: before[index] ?? null } : {}),
    ...(index < after.length ? { after: after[index] ?? null } : {}),
    index: index < after.length ? newStart + index : oldStart + index,
  }));
}
