import { cidrContains } from "../network/cidr-set";
import { contains, overlaps } from "./glob";
import { STAND_IN, statementsOf, type Condition, type PatternSet, type Statement } from "./policy-document";

/** Something that is allowed, or denied: what of a statement one side has and the other has not. */
export type Grant = Statement;

/** What two policies come to, one against the other. */
export interface PolicyComparison {
  /** Allowed after the change and not before. */
  readonly gained: readonly Grant[];
  /** Allowed before and no longer. */
  readonly lost: readonly Grant[];
  /** Denied before and no longer. */
  readonly undenied: readonly Grant[];
  readonly newlyDenied: readonly Grant[];
}

/** Compares two policy documents by what they allow. An absent one allows nothing. Undefined if neither is a policy. */
export function comparePolicies(before: unknown, after: unknown): PolicyComparison | undefined {
  const [old, now] = [statementsOf(before), statementsOf(after)];
  if (old === undefined && now === undefined) return undefined;
  const [from, to] = [old ?? [], now ?? []];
  const lost = beyond(allows(from), allows(to)).filter((grant) => !isDenied(grant, denies(from)));
  return {
    gained: beyond(allows(to), allows(from))
      .filter((grant) => !isDenied(grant, denies(to)))
      .flatMap((grant) => withoutSuccession(grant, lost)),
    lost,
    undenied: beyond(denies(from), denies(to)),
    newlyDenied: beyond(denies(to), denies(from)),
  };
}

/**
 * A grant on something that is known only after another stack is applied, without what was allowed on another thing and no longer is: the new one
 * comes in the place of the old one.
 */
function withoutSuccession(grant: Grant, lost: readonly Grant[]): Grant[] {
  const { actions, resources } = grant;
  if (resources.not || !resources.patterns.every((pattern) => pattern.startsWith(STAND_IN))) return [grant];
  const rest = single(actions).filter(
    (action) => !lost.some((other) => covers({ ...other, resources }, { ...grant, actions: action })),
  );
  const patterns = rest.flatMap((action) => action.patterns);
  return rest.length === 0 ? [] : [{ ...grant, actions: { not: actions.not, patterns } }];
}

function allows(statements: readonly Statement[]): Statement[] {
  return statements.filter(({ effect }) => effect === "Allow");
}

function denies(statements: readonly Statement[]): Statement[] {
  return statements.filter(({ effect }) => effect === "Deny");
}

/** What statements grant that none of others grants, in the fewest words: the parts of each that nothing covers. */
function beyond(statements: readonly Statement[], others: readonly Statement[]): Grant[] {
  return statements.flatMap((statement) => {
    const parts = atomsOf(statement).filter((atom) => !others.some((other) => covers(other, atom)));
    return parts.length === 0 ? [] : joined(statement, parts);
  });
}

/** More combinations than this are looked at as one. */
const MOST_ATOMS = 4_000;

/** A statement as its single combinations of action, resource and principal; one with a `Not…` stays whole there. */
function atomsOf(statement: Statement): Statement[] {
  const { actions, resources, principals } = statement;
  if (actions.patterns.length * resources.patterns.length * principals.patterns.length > MOST_ATOMS) return [statement];
  return single(actions).flatMap((action) =>
    single(resources).flatMap((resource) =>
      single(principals).map((principal) => ({
        ...statement,
        actions: action,
        resources: resource,
        principals: principal,
      })),
    ),
  );
}

function single(set: PatternSet): PatternSet[] {
  return set.not ? [set] : set.patterns.map((pattern) => ({ not: false, patterns: [pattern] }));
}

/** Combinations with the same actions left over in one: they differ in the resource or the principal only. */
function joined(statement: Statement, parts: readonly Statement[]): Grant[] {
  const of = (pick: (part: Statement) => PatternSet): PatternSet => {
    const [first] = parts;
    if (first !== undefined && pick(first).not) return pick(first);
    return { not: false, patterns: [...new Set(parts.flatMap((part) => pick(part).patterns))] };
  };
  const [actions, resources, principals] = [
    of((part) => part.actions),
    of((part) => part.resources),
    of((part) => part.principals),
  ];
  const whole = { ...statement, actions, resources, principals };
  return atomsOf(whole).length === parts.length || parts.length > MOST_ATOMS ? [whole] : bySet(parts);
}

/** One grant for each resource and principal, with all actions left over there. */
function bySet(parts: readonly Statement[]): Grant[] {
  const groups = new Map<string, Statement>();
  for (const part of parts) {
    const key = JSON.stringify([part.resources, part.principals]);
    const known = groups.get(key);
    const patterns = [...(known?.actions.patterns ?? []), ...part.actions.patterns];
    groups.set(key, { ...part, actions: { ...part.actions, patterns } });
  }
  return [...groups.values()];
}

/** Whether all that a grant allows is allowed by a statement. */
function covers(outer: Statement, inner: Statement): boolean {
  return (
    isWithin(inner.actions, outer.actions) &&
    isWithin(inner.resources, outer.resources) &&
    isWithin(inner.principals, outer.principals) &&
    outer.conditions.every((condition) => inner.conditions.some((other) => implies(other, condition)))
  );
}

function isWithin(inner: PatternSet, outer: PatternSet): boolean {
  if (!inner.not && !outer.not)
    return inner.patterns.every((one) => outer.patterns.some((other) => contains(other, one)));
  // Within everything but some: it must touch none of them.
  if (!inner.not) return inner.patterns.every((one) => !outer.patterns.some((other) => overlaps(other, one)));
  if (!outer.not) return outer.patterns.includes("*");
  return outer.patterns.every((excluded) => inner.patterns.some((other) => contains(other, excluded)));
}

/** Operators whose values are compared as patterns, or one by one. Every other must be equal. */
const LIKE: ReadonlySet<string> = new Set(["StringLike", "ArnLike", "ArnEquals"]);
const EQUAL: ReadonlySet<string> = new Set([
  ...["StringEquals", "StringEqualsIgnoreCase", "NumericEquals", "DateEquals", "BinaryEquals", "Bool", "IpAddress"],
]);
/** Operators that say what a value must not be: the more values, the stricter. */
const UNLIKE: ReadonlySet<string> = new Set(["StringNotLike", "ArnNotLike", "ArnNotEquals"]);
const UNEQUAL: ReadonlySet<string> = new Set([
  ...["StringNotEquals", "StringNotEqualsIgnoreCase", "NumericNotEquals", "NotIpAddress"],
]);

/** Whether a condition is at least as strict as another. */
function implies(strict: Condition, loose: Condition): boolean {
  if (strict.key !== loose.key) return false;
  const [one, other] = [operatorOf(strict.operator), operatorOf(loose.operator)];
  // With these a request that lacks the key passes.
  if (one.ifExists && !other.ifExists) return false;
  if (one.quantifier === "ForAllValues" && other.quantifier !== "ForAllValues") return false;
  const includes = (values: readonly string[], value: string) =>
    values.some((given) => covered(given, value, other.base));
  if (LIKE.has(other.base) && (LIKE.has(one.base) || EQUAL.has(one.base)))
    return strict.values.every((value) => loose.values.some((pattern) => contains(pattern, value)));
  if (one.base !== other.base) return false;
  if (EQUAL.has(one.base)) return strict.values.every((value) => includes(loose.values, value));
  if (UNEQUAL.has(one.base)) return loose.values.every((value) => includes(strict.values, value));
  if (UNLIKE.has(one.base))
    return loose.values.every((value) => strict.values.some((pattern) => contains(pattern, value)));
  return JSON.stringify(strict.values) === JSON.stringify(loose.values);
}

/** Whether a value of a condition has another in it: of addresses a block has the blocks in it. */
function covered(outer: string, inner: string, operator: string): boolean {
  return outer === inner || (/IpAddress$/.test(operator) && cidrContains(outer, inner) === true);
}

/** `ForAnyValue:StringLikeIfExists` in its three parts. */
function operatorOf(operator: string): {
  readonly quantifier: string;
  readonly base: string;
  readonly ifExists: boolean;
} {
  const [, quantifier = "", base = "", ifExists] = /^(?:(\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  return { quantifier, base, ifExists: ifExists !== undefined };
}

function isDenied(grant: Grant, denials: readonly Statement[]): boolean {
  return denials.some((deny) => deny.conditions.length === 0 && covers(deny, grant));
}
