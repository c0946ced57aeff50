import { isRecord } from "../../value";
import { turn } from "../evidence";
import type { RiskRule } from "../risk-rule";
import { own } from "../same";
import { milder, statefulType } from "../stateful-types";

export const statefulDestroy: RiskRule = {
  id: "stateful-destroy",
  title: "Something that holds data is destroyed",
  why: "What it held is gone, unless there is a copy elsewhere.",
  fix: "Keep it in the configuration; or copy what it holds first, and accept this risk with a reason.",
  check: ({ plan, tier, kind }) =>
    plan.changes.flatMap((change) => {
      const stateful = change.action === "delete" && change.mode === "managed" ? statefulType(change.type) : undefined;
      if (stateful === undefined) return [];
      const grave = tier === "staging" || kind === "destroy" ? milder(stateful.severity) : stateful.severity;
      const name = isRecord(change.before)
        ? (own(change.before, "identifier") ?? own(change.before, "name") ?? own(change.before, "id"))
        : undefined;
      return [
        {
          change,
          severity: change.deposed === undefined ? grave : "low",
          title: `${change.deposed === undefined ? stateful.what : "What is left of a replaced object"} is destroyed`,
          evidence:
            name === undefined
              ? `actions: delete${change.reason === undefined ? "" : ` (${change.reason})`}`
              : turn("it is", undefined, name),
        },
      ];
    }),
};
