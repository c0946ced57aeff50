import type { Severity } from "../review";
import { attribute, type Finding, type JudgedStack } from "./risk-rule";

/** A type of resource whose mere absence takes a protection away. */
export interface Guard {
  readonly title: string;
  readonly severity: Severity;
  /**
   * The attribute that names what it guards, and the type of that; when that is destroyed too, nothing is left to guard.
   * @default - it guards more than one thing
   */
  readonly of?: { readonly attribute: string; readonly type: RegExp };
}

/** The guards that a stack destroys, but for those that go together with what they guard. */
export function lostGuards({ plan, kind }: JudgedStack, guards: Readonly<Record<string, Guard>>): Finding[] {
  if (kind === "destroy") return [];
  const gone = plan.changes.filter(
    ({ action, mode, deposed }) => action === "delete" && mode === "managed" && deposed === undefined,
  );
  const lost = gone.filter(({ type }) => Object.hasOwn(guards, type));
  if (lost.length === 0) return [];
  const names = new Map<string, Set<string>>();
  for (const { type, before } of gone) {
    for (const key of NAMES) {
      const name = attribute(before, key);
      if (typeof name === "string") names.set(name, (names.get(name) ?? new Set()).add(type));
    }
  }
  return lost.flatMap((change): Finding[] => {
    const guard = guards[change.type];
    if (guard === undefined) return [];
    const { title, severity, of } = guard;
    const guarded = of === undefined ? undefined : attribute(change.before, of.attribute);
    const goesToo =
      typeof guarded === "string" &&
      [...(names.get(guarded) ?? [])].some((type) => type !== change.type && of?.type.test(type) === true);
    return goesToo ? [] : [{ change, severity, title, evidence: "actions: delete" }];
  });
}

/** By what others name an object. */
const NAMES = ["id", "arn", "name", "bucket", "node_id"];
