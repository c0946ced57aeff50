import type { Change, Reach, Review, Risk } from "../../review";
import { Anchors } from "./anchors";

/** An object by its stack and its address. */
interface Named {
  readonly stack: string;
  readonly address: string;
}

/** A review with what its parts say of each other found at once, however large it is. */
export class PageIndex {
  readonly anchors: Anchors;
  private readonly changes = new Map<string, Change>();
  private readonly reaches = new Map<string, Reach>();
  private readonly risks = new Map<string, Risk[]>();

  constructor(readonly review: Review) {
    this.anchors = new Anchors(review);
    for (const { changes } of review.stacks) {
      for (const change of changes) if (!this.changes.has(keyOf(change))) this.changes.set(keyOf(change), change);
    }
    for (const reach of review.blastRadius) this.reaches.set(keyOf(reach), reach);
    for (const risk of review.risks) {
      const known = this.risks.get(keyOf(risk));
      if (known === undefined) this.risks.set(keyOf(risk), [risk]);
      else known.push(risk);
    }
  }

  /** The first change of an object. */
  change(object: Named): Change | undefined {
    return this.changes.get(keyOf(object));
  }

  /** What depends on an object that is replaced or destroyed. */
  reach(object: Named): Reach | undefined {
    return this.reaches.get(keyOf(object));
  }

  /** The risks of an object, the gravest first. */
  risksOf(object: Named): readonly Risk[] {
    return this.risks.get(keyOf(object)) ?? [];
  }

  /** Where the page shows an object's change. */
  link(object: Named): string | undefined {
    const change = this.change(object);
    return change === undefined ? undefined : this.anchors.change(change);
  }
}

function keyOf({ stack, address }: Named): string {
  return `${stack}\n${address}`;
}
