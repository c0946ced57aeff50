import type { RiskRule } from "../risk-rule";
import { statefulType } from "../stateful-types";

export const unmanaged: RiskRule = {
  id: "unmanaged",
  title: "Terraform lets go of something that stays",
  why: "It goes on existing and costing, and no plan looks after it any more.",
  fix: "Import it where it belongs now, or destroy it on purpose.",
  check: ({ plan }) =>
    plan.changes.flatMap((change) =>
      change.mode === "managed" && (change.action === "forget" || change.action === "create-forget")
        ? [
            {
              change,
              severity: statefulType(change.type) === undefined ? ("low" as const) : ("medium" as const),
              evidence: `actions: ${change.rawActions.join(", ")}`,
            },
          ]
        : [],
    ),
};
