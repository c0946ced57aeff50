import { forcing } from "../evidence";
import { replaces, type RiskRule } from "../risk-rule";
import { milder, statefulType } from "../stateful-types";

export const statefulReplace: RiskRule = {
  id: "stateful-replace",
  title: "Something that holds data is destroyed and made anew",
  why: "The new one is empty: what the old one held is gone, unless there is a copy elsewhere.",
  fix: "Take the change of the named attribute back, or make the new one beside the old one and move the data first.",
  check: ({ plan, tier }) =>
    plan.changes.flatMap((change) => {
      const stateful = replaces(change) && change.mode === "managed" ? statefulType(change.type) : undefined;
      if (stateful === undefined) return [];
      const severity = tier === "staging" ? milder(stateful.severity) : stateful.severity;
      return [{ change, severity, title: `${stateful.what} is destroyed and made anew`, evidence: forcing(change) }];
    }),
};
