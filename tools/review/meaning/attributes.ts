import type { ResourceChange } from "../plan-document";
import type { AttributeChange } from "../review";
import { isRecord, Masked, pathText, stepText, Unknown, UNKNOWN, type Path, type Value } from "../value";
import { aligned, reordered } from "./align";
import { hunkOf } from "./hunk";
import { jsonIn, orderless } from "./json-text";
import { policyMeaning } from "./policy/policy-meaning";
import { own, same } from "./same";
import { shown } from "./shown";

/** The attributes of a change that differ, and how many do not. */
export interface Attributes {
  readonly attributes: readonly AttributeChange[];
  readonly unchanged: number;
}

/** More than anybody reads of one object; the rest is one line that counts it. */
const MOST = 200;

/** By what a destroyed object is known. */
const IDENTITY = [
  "id",
  "identifier",
  "cluster_identifier",
  "name",
  "bucket",
  "arn",
  "engine",
  "instance_class",
  "instance_type",
  "domain_name",
];

/** What a change does to the attributes of its object: those that force a replacement first, then what is known, then what is known after apply. */
export function attributesOf(change: ResourceChange): Attributes {
  const { before, after, action } = change;
  if (action === "delete" || action === "forget" || after === undefined)
    return { attributes: identity(before), unchanged: 0 };
  if (before === undefined) return created(after);
  const [old, now] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  const keys = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  const differing = keys.filter((key) => !same(own(old, key), own(now, key)));
  const changed = new Set(differing);
  const unchanged = keys.filter((key) => !changed.has(key) && (own(now, key) ?? null) !== null).length;
  const found = (empties: boolean) => {
    const walk = new Walk(change.replacePaths, empties);
    differing.forEach((key) => walk.between(own(old, key), own(now, key), [key], key));
    return walk.found;
  };
  // An empty text that becomes null is news only where there is none else.
  const telling = found(false);
  const sensitivity = change.sensitivityChanges.map((path): AttributeChange => ({
    path: pathText(path),
    kind: "sensitivity",
    forcesReplacement: false,
    ...sides(at(before, path), at(after, path)),
  }));
  return {
    attributes: bounded(
      [...(telling.length > 0 ? telling : found(true)), ...sensitivity].sort((a, b) => rank(a) - rank(b)),
    ),
    unchanged,
  };
}

function identity(before: Value | undefined): AttributeChange[] {
  if (!isRecord(before)) return [];
  return IDENTITY.flatMap((key) => {
    const value = own(before, key) ?? null;
    return value === null || typeof value === "object"
      ? []
      : [{ path: key, kind: "remove" as const, before: shown(value), forcesReplacement: false }];
  });
}

function created(after: Value): Attributes {
  const entries = isRecord(after) ? Object.entries(after) : [];
  const set = entries.filter(([, value]) => !isEmpty(value));
  const attributes = set.map(([key, value]): AttributeChange => {
    const meaning = policyMeaning(undefined, value);
    return {
      path: key,
      kind: "add",
      after: shown(value),
      forcesReplacement: false,
      ...(meaning.isPolicy && meaning.gained.length > 0 ? { meaning: meaning.gained } : {}),
    };
  });
  return { attributes: bounded(attributes.sort((a, b) => rank(a) - rank(b))), unchanged: 0 };
}

function isEmpty(value: Value): boolean {
  return (
    value === null ||
    (typeof value === "object" &&
      !(value instanceof Masked) &&
      !(value instanceof Unknown) &&
      Object.keys(value).length === 0)
  );
}

function isBlank(value: Value): boolean {
  return value === "" || isEmpty(value);
}

function rank({ forcesReplacement, meaning, after }: AttributeChange): number {
  if (forcesReplacement) return 0;
  if (meaning !== undefined) return 1;
  return after?.kind === "unknown" ? 3 : 2;
}

function bounded(attributes: AttributeChange[]): AttributeChange[] {
  if (attributes.length <= MOST) return attributes;
  const rest = attributes.length - MOST;
  const line = {
    path: `and ${rest} more`,
    kind: "change" as const,
    forcesReplacement: attributes.slice(MOST).some((one) => one.forcesReplacement),
  };
  return [...attributes.slice(0, MOST), line];
}

class Walk {
  readonly found: AttributeChange[] = [];

  constructor(
    private readonly replacePaths: readonly Path[],
    /** Whether it counts that something empty becomes empty in another way. */
    private readonly empties: boolean,
  ) {}

  /** What differs between two values that are not the same. `label` is the path as it is shown. */
  between(before: Value | undefined, after: Value | undefined, path: Path, label: string): void {
    if (same(before, after)) return;
    const [old, now] = [before ?? null, after ?? null];
    if (!this.empties && isBlank(old) && isBlank(now)) return;
    if (typeof old === "string" && typeof now === "string") return this.texts(old, now, path, label);
    if (Array.isArray(old) && Array.isArray(now))
      return this.lists(old as readonly Value[], now as readonly Value[], path, label);
    if (isRecord(old) && isRecord(now)) {
      for (const key of new Set([...Object.keys(now), ...Object.keys(old)])) {
        this.between(own(old, key), own(now, key), [...path, key], `${label}${stepText(key)}`);
      }
      return;
    }
    this.add(before, after, path, label);
  }

  private texts(before: string, after: string, path: Path, label: string): void {
    const [old, now] = [jsonIn(before), jsonIn(after)];
    if (old === undefined || now === undefined) {
      const hunk = hunkOf(before, after);
      return this.add(before, after, path, label, hunk === undefined ? {} : { hunk });
    }
    const [from, to] = [orderless(old), orderless(now)];
    if (same(from, to)) {
      return this.add(before, after, path, label, { meaning: ["says the same, written in another order or form"] });
    }
    const meaning = policyMeaning(before, after);
    if (meaning.isPolicy) {
      const sentences = [...meaning.gained, ...meaning.lost];
      const unknown = meaning.unknown
        ? ["part of it is known only after apply, or is masked, and cannot be judged"]
        : [];
      const said = [...sentences, ...unknown];
      this.add(before, after, path, label, {
        meaning: said.length > 0 ? said : ["allows and denies what it did before"],
      });
    }
    const inner = new Walk([], this.empties);
    inner.between(from, to, [], "");
    const forces = this.forces(path);
    this.found.push(
      ...inner.found.map((one) => ({
        ...one,
        path: `${label} › ${one.path.replace(/^\./, "") || "(all)"}`,
        forcesReplacement: forces,
      })),
    );
  }

  private lists(before: readonly Value[], after: readonly Value[], path: Path, label: string): void {
    if (reordered(before, after)) {
      return this.add(before, after, path, label);
    }
    for (const pair of aligned(before, after)) {
      this.between(pair.before, pair.after, [...path, pair.index], `${label}[${pair.index}]`);
    }
  }

  private add(
    before: Value | undefined,
    after: Value | undefined,
    path: Path,
    label: string,
    more: Partial<AttributeChange> = {},
  ): void {
    const kind = (before ?? null) === null ? "add" : (after ?? null) === null ? "remove" : "change";
    this.found.push({ path: label, kind, ...sides(before, after), forcesReplacement: this.forces(path), ...more });
  }

  /** Whether a path is one of those that force the replacement, above or below one. The index of an element is not stable. */
  private forces(path: Path): boolean {
    return this.replacePaths.some((forcing) => {
      const length = Math.min(forcing.length, path.length);
      return (
        length > 0 && forcing.slice(0, length).every((step, index) => typeof step === "number" || step === path[index])
      );
    });
  }
}

function sides(before: Value | undefined, after: Value | undefined): Pick<AttributeChange, "before" | "after"> {
  return {
    ...((before ?? null) === null && after !== undefined && after !== null ? {} : { before: shown(before ?? null) }),
    ...((after ?? null) === null && before !== undefined && before !== null ? {} : { after: shown(after ?? null) }),
  };
}

function at(value: Value, path: Path): Value {
  let current: Value = value;
  for (const step of path) {
    if (Array.isArray(current)) current = (current as readonly Value[])[Number(step)] ?? null;
    else if (isRecord(current)) current = own(current, String(step)) ?? null;
    else return current instanceof Unknown ? UNKNOWN : current;
  }
  return current;
}
