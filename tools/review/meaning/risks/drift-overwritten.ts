import { isRecord } from "../../value";
import { turn } from "../evidence";
import type { RiskRule } from "../risk-rule";
import { own, same } from "../same";

const MOST_TURNS = 3;

export const driftOverwritten: RiskRule = {
  id: "drift-overwritten",
  title: "What somebody changed by hand is undone",
  why: "Somebody changed it outside of Terraform, perhaps for a reason that still holds.",
  fix: "Ask who changed it; if it is to stay, write it into the code.",
  check: ({ plan, kind }) => {
    if (kind !== "plan") return [];
    const changes = new Map(plan.changes.map((change) => [change.address, change]));
    return plan.drift.flatMap(({ address, before, after }) => {
      const change = changes.get(address);
      if (
        change === undefined ||
        change.action !== "update" ||
        !isRecord(before) ||
        !isRecord(after) ||
        !isRecord(change.after)
      )
        return [];
      const target = change.after;
      const undone = Object.keys(after).filter(
        (key) => !same(own(before, key), own(after, key)) && same(own(before, key), own(target, key)),
      );
      if (undone.length === 0) return [];
      const turns = undone
        .slice(0, MOST_TURNS)
        .map((key) => turn(key, own(after, key) ?? null, own(target, key) ?? null));
      const rest = undone.length - turns.length;
      const evidence = [...turns, ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
      return [{ change, severity: "medium" as const, evidence }];
    });
  },
};
