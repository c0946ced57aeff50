import { createHash } from "node:crypto";
import type { ResourceChange } from "../../plan-document";
import { Digits, isRecord, isValueList, Masked, Unknown, type Value } from "../../value";
import type { Finding, RiskRule } from "../risk-rule";
import { statefulType } from "../stateful-types";

/** Attributes that the provider or the place of an object decides: they differ between an old and a new object that are meant to be one. */
const COMPUTED =
  /^(id|arn|.*_arn|unique_id|create_date|created_at|tags_all|.*_id|endpoint|address|status|self_link|hosted_zone_id|url|etag|version_id|owner_id)$/;

export const probableRename: RiskRule = {
  id: "probable-rename",
  title: "A renamed resource is destroyed and another one created",
  why: "An object that is destroyed and one that is created are alike: the code was moved or renamed, and Terraform takes them for two.",
  fix: 'Say that it moved: in cdktf `resource.moveFromId("<old address>")`, in HCL a `moved` block.',
  check: ({ plan }) => {
    const moves = new Map<string, Move>();
    const gone = byType(plan.changes, "delete");
    const made = byType(plan.changes, "create");
    for (const [type, created] of made) {
      const destroyed = gone.get(type);
      if (destroyed === undefined) continue;
      // A new object is compared by what is known of it: its other attributes are left out of the old ones too.
      for (const [signature, alike] of bySignature(created)) {
        const later = new Set(signature.split("\n"));
        const old = byBody(destroyed, ({ before }) => bodyOf(before, later));
        const now = byBody(alike, ({ after }) => bodyOf(after, later));
        for (const [body, news] of now) {
          const olds = old.get(body);
          if (olds === undefined) continue;
          const move = moves.get(`${type} ${body}`) ?? { olds, news: [] };
          move.news.push(...news);
          moves.set(`${type} ${body}`, move);
        }
      }
    }
    const seen = new Set<ResourceChange>();
    return [...moves.values()].flatMap(({ olds, news }) =>
      olds.flatMap((change): Finding[] => {
        if (seen.has(change)) return [];
        seen.add(change);
        const names = listed(news.map(({ address }) => address));
        const ambiguous = olds.length > 1 || news.length > 1;
        return [
          {
            change,
            severity: statefulType(change.type)?.severity ?? "medium",
            evidence: `${change.address} goes, ${names} comes${ambiguous ? "; which is which is not certain" : ""}`,
            fix: `Say that it moved: in cdktf \`moveFromId("${change.address}")\` on ${names}, in HCL a \`moved\` block.`,
          },
        ];
      }),
    );
  },
};

/** Objects that are alike: those that go, and those that come. */
interface Move {
  readonly olds: readonly ResourceChange[];
  readonly news: ResourceChange[];
}

const MOST_NAMED = 3;
/** New objects of a type of which other things are known are compared so often; it takes all old ones each time. */
const MOST_SIGNATURES = 20;

function listed(addresses: readonly string[]): string {
  const rest = addresses.length - MOST_NAMED;
  return [...addresses.slice(0, MOST_NAMED), ...(rest > 0 ? [`one of ${rest} more`] : [])].join(" or ");
}

function byType(changes: readonly ResourceChange[], action: "create" | "delete"): Map<string, ResourceChange[]> {
  const found = new Map<string, ResourceChange[]>();
  for (const change of changes) {
    if (change.action !== action || change.mode !== "managed" || change.deposed !== undefined) continue;
    const known = found.get(change.type);
    if (known === undefined) found.set(change.type, [change]);
    else known.push(change);
  }
  return found;
}

/** New objects by which of their attributes are known only after apply, or not all of. */
function bySignature(created: readonly ResourceChange[]): Array<readonly [string, ResourceChange[]]> {
  const found = new Map<string, ResourceChange[]>();
  for (const change of created) {
    const entries = Object.entries(isRecord(change.after) ? change.after : {});
    const signature = entries
      .flatMap(([key, value]) => (isPartlyLater(value) ? [key] : []))
      .sort()
      .join("\n");
    const known = found.get(signature);
    if (known === undefined) found.set(signature, [change]);
    else known.push(change);
  }
  return [...found].slice(0, MOST_SIGNATURES);
}

/** Objects by their bodies; those of which nothing is left to compare are left out. */
function byBody(
  changes: readonly ResourceChange[],
  body: (change: ResourceChange) => readonly unknown[],
): Map<string, ResourceChange[]> {
  const found = new Map<string, ResourceChange[]>();
  for (const change of changes) {
    const parts = body(change);
    if (parts.length === 0) continue;
    const key = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
    const known = found.get(key);
    if (known === undefined) found.set(key, [change]);
    else known.push(change);
  }
  return found;
}

/** What is set of an object, but for what is computed and what is known later. */
function bodyOf(side: Value | undefined, later: ReadonlySet<string>): Array<readonly [string, unknown]> {
  return Object.entries(isRecord(side) ? side : {})
    .filter(([key, value]) => !COMPUTED.test(key) && !later.has(key) && !isNothing(value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, plain(value)] as const);
}

function plain(value: Value): unknown {
  if (value instanceof Unknown || value instanceof Masked) return null;
  if (value instanceof Digits) return value.text;
  if (isValueList(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  return Object.entries(value)
    .filter(([, inner]) => !isNothing(inner))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, plain(inner)]);
}

function isPartlyLater(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (isValueList(value)) return value.some(isPartlyLater);
  return isRecord(value) && Object.values(value).some(isPartlyLater);
}

/** What is not set, known later, or masked says nothing about whether two are alike. */
function isNothing(value: Value): boolean {
  if (value === null || value === false || value === "" || value instanceof Unknown || value instanceof Masked)
    return true;
  return typeof value === "object" && !(value instanceof Digits) && Object.keys(value).length === 0;
}
