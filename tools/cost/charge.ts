import type { Resource, Synthesized } from "../plan/synthesized";
import type { RunningHours } from "./running-hours";

/** One number of a line's arithmetic. */
export interface Factor {
  readonly value: number;
  /** What it counts, such as `h` or `tasks`; empty for a plain number. */
  readonly unit: string;
  /**
   * What it may grow to by itself, as when a service scales.
   * @default - it stays as it is
   */
  readonly most?: number;
}

/** One thing a resource is billed for. */
export interface Charge {
  /** What it is, such as `db.t4g.micro`. */
  readonly what: string;
  /** Item of the price data. */
  readonly item: string;
  /** What the price is for, such as `hour`. */
  readonly unit: string;
  /** Their product is the quantity of a month; `usage` if only use decides it. */
  readonly factors: readonly Factor[] | "usage";
  /**
   * What was assumed.
   * @default - nothing
   */
  readonly note?: string;
}

/** What a rule may look at. */
export interface Surroundings {
  readonly system: Synthesized;
  /** How much of a month a resource runs. */
  readonly running: (resource: Resource) => RunningHours;
}

/** What resources of some types are billed for. */
export interface Rule {
  readonly types: readonly string[];
  readonly charges: (resource: Resource, surroundings: Surroundings) => readonly Charge[];
}

/** A charge that depends on use. */
export function usage(what: string, item: string, unit: string): Charge {
  return { what, item, unit, factors: "usage" };
}

/** The secret in which AWS keeps a master password it manages. */
export function masterSecret(): Charge {
  return { what: "master password", item: "Secrets Manager secret", unit: "month", factors: [{ value: 1, unit: "" }] };
}

/** Hours as a factor, with what was assumed about them. */
export function hourly({ hours, note }: RunningHours): Pick<Charge, "note"> & { readonly factor: Factor } {
  return { factor: { value: hours, unit: "h" }, note };
}
