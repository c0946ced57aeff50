import type { Change } from "../review";
import { attributeLine } from "./change-lines";

/** Changes with the same effect: a new tag on eighty objects is one thing to read. */
export interface Alike {
  readonly changes: readonly [Change, ...Change[]];
}

/** Groups updates that change the same attributes in the same way, in the order of the first of each; anything else stands alone. */
export function alike(changes: readonly Change[]): Alike[] {
  const groups: Array<{ changes: [Change, ...Change[]] }> = [];
  const byEffect = new Map<string, { changes: [Change, ...Change[]] }>();
  for (const change of changes) {
    const effect = effectOf(change);
    const known = effect === undefined ? undefined : byEffect.get(effect);
    if (known !== undefined) {
      known.changes.push(change);
      continue;
    }
    const group: { changes: [Change, ...Change[]] } = { changes: [change] };
    groups.push(group);
    if (effect !== undefined) byEffect.set(effect, group);
  }
  return groups;
}

/** What an update does, as one text; undefined for what is told one by one: anything with a risk, a reason or another name. */
function effectOf({ action, attributes, severity, why, previousAddress, importing }: Change): string | undefined {
  const ownStory =
    severity !== undefined || why !== undefined || previousAddress !== undefined || importing !== undefined;
  return action !== "update" || ownStory || attributes.length === 0
    ? undefined
    : attributes.map(attributeLine).join("\n");
}
