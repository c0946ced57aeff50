import { SEVERITIES, type Severity } from "../review/review";
import type { Flag } from "./command";

/** From which severity a risk stops a command. */
export const RISK_FLAG: Readonly<Record<"fail-on", Flag>> = {
  "fail-on": {
    summary: `severity from which a risk stops, until accepted: ${SEVERITIES.join(", ")} or none`,
    value: "SEVERITY",
    default: "high",
    problem: (value) =>
      value === "none" || SEVERITIES.some((severity) => severity === value)
        ? undefined
        : `must be ${SEVERITIES.join(", ")} or none`,
  },
};

/** The severity a flag names; undefined for none. */
export function thresholdOf(value: string | true | undefined): Severity | undefined {
  return SEVERITIES.find((severity) => severity === value);
}
