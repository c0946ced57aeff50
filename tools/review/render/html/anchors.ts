import type { Change, Reach, Review } from "../../review";

const LONGEST = 160;

/** Names that links lead to: each once in the page, and the same for the same review. */
export class Anchors {
  private readonly used = new Map<string, number>();
  private readonly ofThings = new Map<Change | Reach, string>();
  private readonly ofStacks = new Map<string, string>();

  constructor({ stacks, blastRadius }: Review) {
    for (const { name, changes, drift, otherDrift, deferred } of stacks) {
      this.ofStacks.set(name, this.unique(`stack-${slug(name)}`));
      for (const change of changes) this.note(change, "change");
      for (const change of [...drift, ...otherDrift]) this.note(change, "drift");
      for (const { change } of deferred) this.note(change, "deferred");
    }
    for (const reach of blastRadius) this.note(reach, "reach");
  }

  /** Of a stack; undefined if the page has none of that name. */
  stack(name: string): string | undefined {
    return this.ofStacks.get(name);
  }

  /** Of a change that the page shows, drift and what is put off included. */
  change(change: Change): string | undefined {
    return this.ofThings.get(change);
  }

  /** Of the list of what depends on an object. */
  reach(reach: Reach): string | undefined {
    return this.ofThings.get(reach);
  }

  private note(thing: Change | Reach, kind: string): void {
    const deposed = "deposed" in thing && thing.deposed !== undefined ? `-${slug(thing.deposed)}` : "";
    this.ofThings.set(thing, this.unique(`${kind}-${slug(thing.stack)}-${slug(thing.address)}${deposed}`));
  }

  private unique(wanted: string): string {
    let number = this.used.get(wanted) ?? 1;
    const numbered = () => (number === 1 ? wanted : `${wanted}.${number}`);
    while (this.used.has(numbered())) number++;
    const id = numbered();
    this.used.set(wanted, number + 1);
    if (id !== wanted) this.used.set(id, 2);
    return id;
  }
}

/** Letters, digits, `_`, `.` and `-`; all else becomes a hyphen. */
function slug(text: string): string {
  return text
    .replaceAll(/[^\w.-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, LONGEST);
}
