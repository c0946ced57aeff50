import type { Action } from "../plan-document";
import type { Change, Reach } from "../review";
import { withoutIndexes } from "../read/changes";

/** A reference from one resource to another, both as `<stack>/<address without indexes>`. */
export interface Reference {
  readonly from: string;
  readonly to: string;
}

/** So many are listed of one resource, the nearest; nobody reads more. */
const MOST_AFFECTED = 50;
const MOST_REACHES = 100;

/** What reads the resources that are replaced or destroyed, directly or through others, the nearest first; those that nobody reads are left out. */
export function blastRadius(
  changes: readonly Change[],
  references: readonly Reference[],
  constructOf: (stack: string, address: string) => string,
): Reach[] {
  const readers = new Map<string, string[]>();
  for (const { from, to } of references) {
    const known = readers.get(to);
    if (known === undefined) readers.set(to, [from]);
    else known.push(from);
  }
  const actions = new Map<string, Action>();
  for (const change of changes) actions.set(`${change.stack}/${withoutIndexes(change.address)}`, change.action);
  const gone = changes.filter(
    ({ action, mode, deposed }) => mode === "managed" && deposed === undefined && isGone(action),
  );
  const read = gone.filter(({ stack, address }) => readers.has(`${stack}/${withoutIndexes(address)}`));
  return read.slice(0, MOST_REACHES).map((change): Reach => {
    const { stack, address, construct, action } = change;
    const affected = reached(`${stack}/${withoutIndexes(address)}`, readers).map(({ key, distance }) => {
      const [otherStack, otherAddress] = split(key);
      return {
        stack: otherStack,
        address: otherAddress,
        construct: constructOf(otherStack, otherAddress),
        action: actions.get(key) ?? ("no-op" as const),
        distance,
      };
    });
    return { stack, address, construct, action, affected };
  });
}

function isGone(action: Action): boolean {
  return action === "delete" || action === "replace" || action === "replace-create-first";
}

function reached(
  start: string,
  readers: ReadonlyMap<string, readonly string[]>,
): Array<{ key: string; distance: number }> {
  const seen = new Set([start]);
  const found: Array<{ key: string; distance: number }> = [];
  let front = [start];
  for (let distance = 1; front.length > 0 && found.length < MOST_AFFECTED; distance += 1) {
    const next = [...new Set(front.flatMap((key) => readers.get(key) ?? []))].filter((key) => !seen.has(key)).sort();
    next.forEach((key) => seen.add(key));
    found.push(...next.map((key) => ({ key, distance })));
    front = next;
  }
  return found.slice(0, MOST_AFFECTED);
}

function split(key: string): readonly [string, string] {
  const slash = key.indexOf("/");
  return [key.slice(0, slash), key.slice(slash + 1)];
}
