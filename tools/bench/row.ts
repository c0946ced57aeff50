/** Something measured, and what it may be. */
export interface Row {
  /** Short name, for `--json` and for reading one line of the table. */
  readonly id: string;
  /** What is measured, in words. */
  readonly what: string;
  /** The value, or undefined if there is nothing to measure yet; `detail` says what to do then. */
  readonly measured: number | undefined;
  readonly unit: "×" | "MB" | "s" | "characters";
  /** The limit, and on which side of it the value has to be. */
  readonly limit: { readonly atMost: number } | { readonly atLeast: number };
  /** The numbers behind the value. */
  readonly detail: string;
}

/** Whether a value keeps its limit; undecided without a value. */
export function verdictOf({ measured, limit }: Pick<Row, "measured" | "limit">): "pass" | "fail" | "not measured" {
  if (measured === undefined) return "not measured";
  const kept = "atMost" in limit ? measured <= limit.atMost : measured >= limit.atLeast;
  return kept ? "pass" : "fail"; // a NaN is a fail
}
