import type { ResourceChange } from "../plan-document";
import type { Severity } from "../review";
import { Masked, Unknown, type Value } from "../value";
import { turn } from "./evidence";
import { attribute, type Finding, type JudgedStack } from "./risk-rule";
import { same } from "./same";

/** An attribute that makes something less safe when it turns to a value. */
export interface Turn {
  /** Types it holds for. */
  readonly types: RegExp;
  /** Path of the attribute; lists of one block are seen through. */
  readonly path: readonly string[];
  /** Whether a change to this value is a risk. `before` is undefined where the object is new. */
  readonly bad: (after: Value | undefined, before: Value | undefined, change: ResourceChange) => boolean;
  readonly severity: Severity;
  readonly title: string;
  /**
   * Whether it counts on a new object too.
   * @default false
   */
  readonly onCreate?: boolean;
  /**
   * Whether the provider takes it for on where nothing is set, so that turning it off is a change.
   * @default false
   */
  readonly onByDefault?: boolean;
}

/** Off, or not set. Providers that want to tell the two apart write a boolean as text. */
export const isFalse = (value: Value | undefined): boolean => isOff(value) || value === null || value === undefined;
export const isTrue = (value: Value | undefined): boolean => value === true || value === "true";
/** Off, and said so. */
export const isOff = (value: Value | undefined): boolean => value === false || value === "false";

/** A number, also one that is written as text. */
export function numberOf(value: Value | undefined): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Whether a number becomes smaller. What is unknown or masked does not count. */
export function lowered(after: Value | undefined, before: Value | undefined): boolean {
  const [now, old] = [numberOf(after), numberOf(before)];
  return now !== undefined && old !== undefined && now < old;
}

/** Everything in a stack that turns to the worse. An object that goes is for other rules; an attribute known only later is none of these. */
export function turnsIn({ plan }: JudgedStack, turns: readonly Turn[]): Finding[] {
  const byType = new Map<string, readonly Turn[]>();
  const turnsOf = (type: string) => {
    const known = byType.get(type) ?? turns.filter(({ types }) => types.test(type));
    byType.set(type, known);
    return known;
  };
  return plan.changes.flatMap((change) => {
    const { after, before, mode, type, action } = change;
    if (mode !== "managed" || after === undefined || action === "delete" || action === "forget") return [];
    return turnsOf(type).flatMap(({ path, bad, severity, title, onCreate = false, onByDefault = false }): Finding[] => {
      if (before === undefined && !onCreate) return [];
      const [old, now] = [attribute(before, ...path), attribute(after, ...path)];
      if (now instanceof Unknown || now instanceof Masked || old instanceof Masked) return [];
      if (before !== undefined && (same(old, now) || (!onByDefault && isUnset(old) && isUnset(now)))) return [];
      if (!bad(now, before === undefined ? undefined : (old ?? null), change)) return [];
      return [
        {
          change,
          severity,
          title,
          evidence: turn(path.join("."), before === undefined ? undefined : (old ?? null), now ?? null),
        },
      ];
    });
  });
}

/** Whether nothing is set, however that is written: null, false, an empty text and an empty list are one to a provider. */
function isUnset(value: Value | undefined): boolean {
  return isFalse(value) || value === "" || (Array.isArray(value) && value.length === 0);
}
