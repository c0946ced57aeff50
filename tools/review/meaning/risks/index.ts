import type { RiskRule } from "../risk-rule";

/** Every rule there is, in the order in which risks of the same severity are listed. */
export const RULES: readonly RiskRule[] = [];

/** The id of every rule. */
export const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));
