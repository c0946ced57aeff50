import { turn } from "../evidence";
import { attribute, type Finding, type RiskRule } from "../risk-rule";
import type { ResourceChange } from "../../plan-document";
import { same } from "../same";

export const settingsChange: RiskRule = {
  id: "settings-change",
  title: "Where or with what Terraform works changes",
  why: "A setting of Terraform itself changes, and with it what every resource of the stack means.",
  fix: "Move the state first (terraform init -migrate-state), or upgrade the provider by itself, without another change.",
  check: ({ plan, kind }) => {
    if (kind !== "configuration-diff") return [];
    // A stack that is new has no state yet, and one that is gone needs none.
    const stays =
      plan.changes.some(({ before }) => before !== undefined) && plan.changes.some(({ after }) => after !== undefined);
    return stays ? plan.changes.flatMap(findings) : [];
  },
};

function findings(change: ResourceChange): Finding[] {
  const { type, action, before, after } = change;
  if (action === "no-op") return [];
  switch (type) {
    case "terraform_backend":
      return [
        {
          change,
          severity: "high",
          title: "The state moves to another place",
          evidence: turn("backend", before ?? null, after),
        },
      ];
    case "terraform_provider":
      return same(attribute(before, "region"), attribute(after, "region")) ||
        before === undefined ||
        after === undefined
        ? []
        : [
            {
              change,
              severity: "critical",
              title: "The region changes: everything is made anew elsewhere",
              evidence: turn("region", attribute(before, "region") ?? null, attribute(after, "region") ?? null),
            },
          ];
    case "terraform_required_provider":
      return provider(change);
    default:
      return [];
  }
}

function provider(change: ResourceChange): Finding[] {
  const [old, now] = [attribute(change.before, "version"), attribute(change.after, "version")];
  if (typeof old !== "string" || typeof now !== "string" || old === now) return [];
  const [a, b] = [numbers(old), numbers(now)];
  const evidence = turn("version", old, now);
  if (isOlder(b, a))
    return [{ change, severity: "high", title: "A provider is set back to an older version", evidence }];
  return [{ change, severity: a[0] === b[0] ? "low" : "medium", title: "A provider is upgraded", evidence }];
}

function numbers(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}

function isOlder(a: readonly number[], b: readonly number[]): boolean {
  const index = [0, 1, 2].find((place) => (a[place] ?? 0) !== (b[place] ?? 0));
  return index !== undefined && (a[index] ?? 0) < (b[index] ?? 0);
}
