import { Masked, Unknown, type Value } from "../../value";
import { jsonIn } from "../json-text";
import { comparePolicies, type Grant, type PolicyComparison } from "./compare-policies";
import { STAND_IN, type PatternSet } from "./policy-document";

/** What a change of a policy comes to, in sentences. */
export interface PolicyMeaning {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Whether a part of it is known only after apply, or masked. */
  readonly unknown: boolean;
  readonly isPolicy: boolean;
}

const MOST_SENTENCES = 20;
const NOTHING: PolicyComparison = { gained: [], lost: [], undenied: [], newlyDenied: [] };

/** What a change of a policy document comes to; `isPolicy` is false for any other value. */
export function policyMeaning(before: Value | undefined, after: Value | undefined): PolicyMeaning {
  const comparison = policyComparison(before, after);
  if (comparison === undefined) return { gained: [], lost: [], unknown: false, isPolicy: false };
  const { gained, lost, undenied, newlyDenied } = comparison;
  const unknown = [before, after].some(isUnreadable);
  const sentences = (grants: readonly Grant[], verb: string, rest: string) =>
    grants.map((grant) => `${verb} ${grantText(grant)}${rest}`);
  return {
    gained: bounded([
      ...sentences(gained, "allows", ", which it did not"),
      ...sentences(undenied, "no longer denies", ""),
    ]),
    lost: bounded([
      ...sentences(lost, "no longer allows", ""),
      ...sentences(newlyDenied, "denies", ", which it did not"),
    ]),
    unknown,
    isPolicy: true,
  };
}

/** Two sides of an attribute compared as policies; undefined if neither is one. Rules and diffs ask for the same two: the last answers are kept. */
export function policyComparison(before: Value | undefined, after: Value | undefined): PolicyComparison | undefined {
  if (typeof after !== "string" && typeof before !== "string") return undefined;
  if (typeof after !== "string" || (before !== undefined && typeof before !== "string")) return compared(before, after);
  const known = cache.get(after);
  if (known?.has(before) === true) return known.get(before);
  const result = compared(before, after);
  if (known !== undefined) known.set(before, result);
  else {
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(after, new Map([[before, result]]));
  }
  return result;
}

const CACHE_SIZE = 1_000;
const cache = new Map<string, Map<string | undefined, PolicyComparison | undefined>>();

function compared(before: Value | undefined, after: Value | undefined): PolicyComparison | undefined {
  const [old, now] = [documentIn(before), documentIn(after)];
  if (old === undefined && now === undefined) return undefined;
  if ((isUnreadable(before) && old === undefined) || (isUnreadable(after) && now === undefined)) return NOTHING;
  return comparePolicies(old, now);
}

/** Whether a side is known only after apply, or holds what is masked or known only after another stack is applied. */
export function isHidden(side: Value | undefined): boolean {
  return (
    side instanceof Unknown ||
    side instanceof Masked ||
    (typeof side === "string" && (side.includes("(masked") || side.includes(STAND_IN)))
  );
}

/** Whether nothing can be said of a side: it is hidden, or a text that is no policy, such as a reference to one. */
export function isUnreadable(side: Value | undefined): boolean {
  return isHidden(side) || (typeof side === "string" && side !== "" && documentIn(side) === undefined);
}

/** A grant in words, such as `s3:GetObject, s3:ListBucket on arn:aws:s3:::a, if aws:SourceIp is 10.0.0.0/8`. */
function grantText({ actions, resources, principals, conditions }: Grant): string {
  const own = principals.patterns.length === 1 && principals.patterns[0] === "self";
  const self = resources.patterns.length === 1 && resources.patterns[0] === "self";
  const when = conditions.map(
    ({ operator, key, values }) =>
      `${key} ${operator} ${values.slice(0, 3).join(" or ")}${values.length > 3 ? " or …" : ""}`,
  );
  return [
    setText(actions, "every action"),
    self ? "" : ` on ${setText(resources, "everything")}`,
    own ? "" : ` for ${setText(principals, "everybody")}`,
    when.length === 0 ? "" : `, if ${when.join(" and ")}`,
  ].join("");
}

/** What a policy newly lets happen, in words, such as `policy newly allows s3:* on everything`. */
export function gainText(path: string, grant: Grant): string {
  return `${path} ${grant.effect === "Deny" ? "no longer denies" : "newly allows"} ${grantText(grant)}`;
}

const MOST_NAMED = 6;

function setText({ not, patterns }: PatternSet, all: string): string {
  if (!not && patterns.includes("*")) return all;
  const named = patterns.slice(0, MOST_NAMED).join(", ");
  const rest = patterns.length > MOST_NAMED ? ` and ${patterns.length - MOST_NAMED} more` : "";
  return not ? `${all} but ${named}${rest}` : `${named}${rest}`;
}

function documentIn(side: Value | undefined): unknown {
  if (typeof side !== "string" || !side.includes('"Statement"')) return undefined;
  const document = jsonIn(side);
  return typeof document === "object" && document !== null && "Statement" in document ? document : undefined;
}

function bounded(sentences: readonly string[]): string[] {
  if (sentences.length <= MOST_SENTENCES) return [...sentences];
  return [...sentences.slice(0, MOST_SENTENCES), `and ${sentences.length - MOST_SENTENCES} more`];
}
