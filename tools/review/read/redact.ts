import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject } from "../../json";
import { Digits, Masked, UNKNOWN, type Path, type PathStep, type Value } from "../value";
import { parsed } from "./documents";
import { isIdentifierName, isSecretName } from "./secret-names";
import { MASKED_PART, withoutSecrets } from "./secret-shapes";

/** A change as the plan has it. A side that is undefined is not there. */
export interface RawChange {
  readonly before: unknown;
  readonly after: unknown;
  readonly afterUnknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

/** Both sides, with nothing in them that must not be shown. */
export interface RedactedChange {
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  /** Where a value becomes sensitive or no longer is, and stays as it was. */
  readonly sensitivityChanges: readonly Path[];
}

/** Takes note of a secret that was masked, so that it can be found wherever else it is written. */
export type OnSecret = (secret: string) => void;

/** Redacts a change: what either side marks, what is named like a secret, and what looks like one. */
export function redact(change: RawChange, onSecret: OnSecret, name = ""): RedactedChange {
  const walk = new Redaction(onSecret);
  const [before, after] = walk.fold(
    change.before,
    change.after,
    { unknown: change.afterUnknown, was: change.beforeSensitive, will: change.afterSensitive },
    name,
    [],
  );
  return { before, after, sensitivityChanges: walk.sensitivityChanges };
}

/** Redacts a value that is no side of a change. */
export function redactValue(value: unknown, onSecret: OnSecret, name = ""): Value {
  return new Redaction(onSecret).fold(undefined, value, {}, name, [])[1] ?? null;
}

/** The marks that lie over a value: trees of the same shape, or a boolean for all of it. */
interface Marks {
  readonly unknown?: unknown;
  readonly was?: unknown;
  readonly will?: unknown;
}

type Sides = [before: Value | undefined, after: Value | undefined];

/** Deeper than any provider's schema; what lies below is masked, so that a crafted plan cannot exhaust the stack. */
const DEEPEST = 100;

/** Null, and a list, a block or a text with nothing in it. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === "") return true;
  return (Array.isArray(value) || isObject(value)) && Object.keys(value).length === 0;
}

class Redaction {
  readonly sensitivityChanges: Path[] = [];

  constructor(private readonly onSecret: OnSecret) {}

  fold(before: unknown, after: unknown, marks: Marks, name: string, path: Path): Sides {
    if (marks.was === true || marks.will === true) return this.marked(before, after, marks, path);
    if (marks.unknown === true) return [this.side(before, name, path), UNKNOWN];
    if (path.length > DEEPEST) return this.masked(before, after, "looks secret");
    const now = after === undefined || after === null ? (unknownShape(marks.unknown) ?? after) : after;
    const kinds = new Set([before, now].filter((side) => side !== undefined && side !== null).map(kindOf));
    if (kinds.size > 1) {
      // Of two kinds: nothing in the one stands against something in the other.
      const [old] = this.fold(before, undefined, { was: marks.was }, name, path);
      return [old, this.fold(undefined, now, { unknown: marks.unknown, will: marks.will }, name, path)[1]];
    }
    if (kinds.has("list")) return this.lists(before, now, marks, name, path);
    if (kinds.has("object")) return this.objects(before, now, marks, name, path);
    return this.leaves(before, now, name);
  }

  /** A side whose other one is known only after apply. */
  private side(value: unknown, name: string, path: Path): Value | undefined {
    return value === undefined ? undefined : this.fold(value, undefined, {}, name, path)[0];
  }

  private marked(before: unknown, after: unknown, marks: Marks, path: Path): Sides {
    const unknown = marks.unknown === true;
    const both = before !== undefined && after !== undefined && !unknown;
    if (both && (marks.was === true) !== (marks.will === true) && before !== null && isDeepStrictEqual(before, after)) {
      this.sensitivityChanges.push(path);
    }
    const [old, now] = this.masked(before, after, "sensitive");
    return [old, unknown ? UNKNOWN : now];
  }

  private masked(before: unknown, after: unknown, why: Masked["why"]): Sides {
    const same = before !== undefined && after !== undefined && isDeepStrictEqual(before, after);
    this.note(before);
    this.note(after);
    // That something is not set is no secret.
    const mask = (value: unknown) =>
      value === undefined ? undefined : isEmpty(value) ? (value as Value) : new Masked(why, same);
    return [mask(before), mask(after)];
  }

  private note(value: unknown): void {
    if (typeof value === "string") this.onSecret(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach((inner) => this.note(inner));
  }

  private lists(before: unknown, after: unknown, marks: Marks, name: string, path: Path): Sides {
    const [old, now, unknown] = [listIn(before), listIn(after), listIn(marks.unknown)];
    const length = Math.max(old?.length ?? 0, now?.length ?? 0, now === undefined ? 0 : (unknown?.length ?? 0));
    const sides = Array.from({ length }, (_, index) => {
      const was = inside(marks.was, index);
      return this.fold(
        old?.[index],
        now?.[index],
        { unknown: unknown?.[index], was, will: inside(marks.will, index) },
        name,
        [...path, index],
      );
    });
    const at = (index: 0 | 1) => sides.flatMap((side) => (side[index] === undefined ? [] : [side[index]]));
    return [old === undefined ? nothing(before) : at(0), now === undefined ? nothing(after) : at(1)];
  }

  private objects(before: unknown, after: unknown, marks: Marks, name: string, path: Path): Sides {
    const [old, now, unknown] = [objectIn(before), objectIn(after), objectIn(marks.unknown)];
    const keys = new Set(
      [old, now, now === undefined ? undefined : unknown].flatMap((side) => Object.keys(side ?? {})),
    );
    const secretValue = [old, now].some((side) => isSecretName(labelOf(side) ?? ""));
    const sides = [...keys].map((key): readonly [string, Sides] => {
      const inner = { unknown: own(unknown, key), was: inside(marks.was, key), will: inside(marks.will, key) };
      const named = key === "value" ? (secretValue ? "secret" : name) : key;
      return [key, this.fold(own(old, key), own(now, key), inner, named, [...path, key])];
    });
    const at = (index: 0 | 1) =>
      Object.fromEntries(sides.flatMap(([key, side]) => (side[index] === undefined ? [] : [[key, side[index]]])));
    return [old === undefined ? nothing(before) : at(0), now === undefined ? nothing(after) : at(1)];
  }

  private leaves(before: unknown, after: unknown, name: string): Sides {
    if ([before, after].some((value) => isSecretText(value, name))) return this.masked(before, after, "name");
    const json = this.json(before, after, name);
    if (json !== undefined) return json;
    const sides: Sides = [this.leaf(before, name), this.leaf(after, name)];
    const hidden = sides.some((side) => typeof side === "string" && side.includes(MASKED_PART));
    if (hidden && before !== after && isDeepStrictEqual(sides[0], sides[1]))
      return this.masked(before, after, "looks secret");
    return sides;
  }

  /** Text that holds JSON is redacted inside, both sides together, and is text again. */
  private json(before: unknown, after: unknown, name: string): Sides | undefined {
    const [old, now] = [before, after].map((side) => (typeof side === "string" ? jsonIn(side) : undefined));
    if (old === undefined && now === undefined) return undefined;
    const [from, to] = this.fold(old?.value, now?.value, {}, name, []);
    const text = (given: unknown, whole: typeof old, side: Value | undefined) =>
      whole === undefined || side === undefined
        ? this.leaf(given, name)
        : hasMask(side)
          ? JSON.stringify(plain(side))
          : (given as string);
    return [text(before, old, from), text(after, now, to)];
  }

  private leaf(value: unknown, name: string): Value | undefined {
    if (typeof value === "string") {
      const clean = withoutSecrets(value, isIdentifierName(name));
      if (clean !== value) this.noteParts(value, clean);
      return clean === MASKED_PART ? new Masked("looks secret", false) : clean;
    }
    if (value === undefined || value === null || typeof value === "number" || typeof value === "boolean") return value;
    if (value instanceof Digits) return value;
    return typeof value === "bigint" ? new Digits(value.toString()) : null;
  }

  /** What was cut out of a text, found between what was left of it. */
  private noteParts(value: string, clean: string): void {
    let rest = value;
    const pieces = clean.split(MASKED_PART);
    pieces.forEach((piece, index) => {
      const at = rest.indexOf(piece);
      if (index > 0 && at > 0) this.onSecret(rest.slice(0, at));
      rest = rest.slice(Math.max(at, 0) + piece.length);
    });
    if (pieces.at(-1) === "" && rest !== "") this.onSecret(rest);
  }
}

/** A side that holds nothing. */
function nothing(side: unknown): null | undefined {
  return side === null ? null : undefined;
}

/** An empty value of the shape that is known only after apply, where there is something of that kind. */
function unknownShape(unknown: unknown): [] | JsonObject | undefined {
  if (typeof unknown !== "object" || unknown === null || !hasTrue(unknown)) return undefined;
  return Array.isArray(unknown) ? [] : {};
}

function hasTrue(tree: unknown): boolean {
  return tree === true || (typeof tree === "object" && tree !== null && Object.values(tree).some(hasTrue));
}

function kindOf(value: unknown): "list" | "object" | "leaf" {
  return Array.isArray(value) ? "list" : isPlain(value) ? "object" : "leaf";
}

function isSecretText(value: unknown, name: string): boolean {
  if (!isSecretName(name)) return false;
  if (typeof value === "number" || value instanceof Digits) return true;
  // A reference to where a secret is kept tells nothing.
  return typeof value === "string" && value !== "" && !/^(arn:aws[\w-]*:|\$\{[^}]*\}$|true$|false$)/.test(value);
}

/** The name that an object such as `{ name: "DB_PASSWORD", value: "…" }` gives its value. */
function labelOf(side: JsonObject | undefined): string | undefined {
  const name = side?.["name"] ?? side?.["key"] ?? side?.["variable_name"] ?? side?.["parameter_key"] ?? side?.["Name"];
  return typeof name === "string" ? name : undefined;
}

const JSON_AT_MOST = 2_000_000;

function jsonIn(text: string): { readonly value: unknown } | undefined {
  const first = text.charCodeAt(0);
  if ((first !== 0x7b && first !== 0x5b && first > 0x20) || text.length < 8 || text.length > JSON_AT_MOST)
    return undefined;
  const found = parsed(text);
  return found !== undefined && typeof found.value === "object" && found.value !== null ? found : undefined;
}

function hasMask(value: Value): boolean {
  if (value instanceof Masked) return true;
  if (typeof value === "string") return value.includes(MASKED_PART);
  return typeof value === "object" && value !== null && Object.values(value).some((inner) => hasMask(inner as Value));
}

/** A value as JSON text holds it. A mask says whether the other side differs. */
function plain(value: Value): unknown {
  if (value instanceof Masked) return value.same ? MASKED_PART : `${MASKED_PART.slice(0, -1)}, may have changed)`;
  if (value instanceof Digits) return Number(value.text);
  if (Array.isArray(value)) return (value as readonly Value[]).map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner as Value)]));
}

function isPlain(value: unknown): value is JsonObject {
  return isObject(value) && !(value instanceof Digits);
}

function listIn(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as unknown[]) : undefined;
}

function objectIn(value: unknown): JsonObject | undefined {
  return isPlain(value) ? value : undefined;
}

/** A key of the object itself: `__proto__` and `constructor` are names like others. */
function own(object: JsonObject | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The mark of a part. A mark of another shape than the value counts for nothing, but a boolean counts for all below it. */
function inside(mark: unknown, step: PathStep): unknown {
  if (typeof mark === "boolean") return mark;
  if (Array.isArray(mark)) return typeof step === "number" ? (mark as unknown[])[step] : undefined;
  return isObject(mark) ? own(mark, String(step)) : undefined;
}
