import { createHash } from "node:crypto";
import type { ResourceChange } from "../../plan-document";
import { Digits, isRecord, Masked, Unknown, type Value } from "../../value";
import type { RiskRule } from "../risk-rule";
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
    const gone = new Map<string, ResourceChange[]>();
    for (const change of plan.changes) {
      if (change.action !== "delete" || change.mode !== "managed" || change.deposed !== undefined) continue;
      const key = bodyKey(change.type, change.before);
      gone.set(key, [...(gone.get(key) ?? []), change]);
    }
    if (gone.size === 0) return [];
    const made = new Map<string, ResourceChange[]>();
    for (const change of plan.changes) {
      if (change.action !== "create" || change.mode !== "managed") continue;
      const key = bodyKey(change.type, change.after, change.before);
      if (gone.has(key)) made.set(key, [...(made.get(key) ?? []), change]);
    }
    return [...made].flatMap(([key, created]) => {
      const old = gone.get(key) ?? [];
      return old.map((change) => {
        const ambiguous = old.length > 1 || created.length > 1;
        const names = created.map(({ address }) => address).join(" or ");
        const stateful = statefulType(change.type);
        return {
          change,
          severity: stateful?.severity ?? ("medium" as const),
          evidence: `${change.address} goes, ${names} comes${ambiguous ? "; which is which is not certain" : ""}`,
          fix: `Say that it moved: in cdktf \`moveFromId("${change.address}")\` on ${names}, in HCL a \`moved\` block.`,
        };
      });
    });
  },
};

/** One text for all objects of a type that are alike but for what is computed. */
function bodyKey(type: string, body: Value | undefined, _other?: Value): string {
  return `${type} ${createHash("sha256")
    .update(JSON.stringify(plain(body ?? null, true)))
    .digest("hex")}`;
}

function plain(value: Value, top: boolean): unknown {
  if (value instanceof Unknown || value instanceof Masked) return null;
  if (value instanceof Digits) return value.text;
  if (Array.isArray(value)) return (value as readonly Value[]).map((inner) => plain(inner, false));
  if (!isRecord(value)) return value;
  return Object.entries(value)
    .filter(([key, inner]) => !(top && COMPUTED.test(key)) && !isNothing(inner))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, plain(inner, false)]);
}

/** What is not set, known later, or masked says nothing about whether two are alike. */
function isNothing(value: Value): boolean {
  if (value === null || value === false || value === "" || value instanceof Unknown || value instanceof Masked)
    return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
