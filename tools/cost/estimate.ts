import { listOf, objectOf, stringOf } from "../json";
import { awsProviders, readStacks, type Stack } from "../plan/stack";
import { Synthesized, type Resource } from "../plan/synthesized";
import { waves } from "../plan/waves";
import type { Charge, Factor, Surroundings } from "./charge";
import { freeOf } from "./free";
import { priceOf, type Price } from "./prices";
import { RULES } from "./rules";
import { runningHours } from "./running-hours";

/** The cost of a line that has no number. */
export type NoCost = "not in the price data" | "depends on usage";

/** One thing that is billed. */
export interface Line {
  readonly stack: string;
  /** Construct path below the stack, such as `vpc/nat/gateway-a`. */
  readonly path: string;
  /** Address of the resource in its stack. */
  readonly address: string;
  readonly region: string;
  readonly what: string;
  /** What the quantity is made of; nothing if it depends on use. */
  readonly factors: readonly Factor[];
  /**
   * How much of it a month has.
   * @default - it depends on use
   */
  readonly quantity?: number;
  /** Item of the price data, and what its price is for. */
  readonly item: string;
  readonly unit: string;
  /**
   * The price it was computed with, with its source and its date.
   * @default - not in the price data
   */
  readonly price?: Price;
  readonly usdPerMonth: number | NoCost;
  /**
   * What it may grow to by itself.
   * @default - it stays as it is
   */
  readonly usdPerMonthAtMost?: number;
  /**
   * What was assumed.
   * @default - nothing
   */
  readonly note?: string;
}

/** What some stacks cost in a month. */
export interface Estimate {
  /** Everything that is billed, in the order of the stacks. */
  readonly lines: readonly Line[];
  /** The sum of the lines with a number, unrounded. What is missing from the price data is missing here too. */
  readonly usdPerMonth: number;
  /** The same if everything that scales by itself is as large as it may be. */
  readonly usdPerMonthAtMost: number;
  /** Resource types that neither a rule nor the table of free things knows. */
  readonly unknownTypes: readonly string[];
}

/** The estimate of one environment, or of what all of them share. */
export interface EnvironmentEstimate {
  /** Name of the environment, or `shared`. */
  readonly name: string;
  readonly stacks: readonly string[];
  readonly estimate: Estimate;
}

/** What stacks cost in a month at list price, as far as the price data goes. */
export function estimate(stacks: readonly Stack[], system = new Synthesized(stacks)): Estimate {
  const names = new Set(stacks.map(({ name }) => name));
  const resources = system.resources.filter(({ stack }) => names.has(stack));
  const surroundings: Surroundings = { system, running: (resource) => runningHours(resource, system) };
  const lines = resources.flatMap((resource) =>
    RULES.filter(({ types }) => types.includes(resource.type))
      .flatMap((rule) => rule.charges(resource, surroundings))
      .map((charge) => lineOf(resource, charge)),
  );
  const types = [...new Set(resources.map(({ type }) => type))];
  return {
    lines,
    usdPerMonth: sum(lines.map(leastOf)),
    usdPerMonthAtMost: sum(lines.map((line) => line.usdPerMonthAtMost ?? leastOf(line))),
    unknownTypes: types.filter((type) => !isKnown(type)).sort(),
  };
}

/** Whether the estimate knows what a type of resource costs, or that it costs nothing. */
export function isKnown(type: string): boolean {
  return freeOf(type) !== undefined || RULES.some(({ types }) => types.includes(type));
}

/** What each environment of a synthesized output folder costs, and what they share, which comes last. */
export function estimateSystem(outdir: string): EnvironmentEstimate[] {
  const stacks = waves(readStacks(outdir)).flat();
  const system = new Synthesized(stacks);
  const byName = new Map<string, Stack[]>();
  const environments = [...new Set(stacks.flatMap(environmentTag))];
  for (const stack of stacks) {
    const [tag = environments.find((name) => stack.name.startsWith(`${name}-`)) ?? SHARED] = environmentTag(stack);
    byName.set(tag, [...(byName.get(tag) ?? []), stack]);
  }
  return [...byName]
    .sort(([a], [b]) => Number(a === SHARED) - Number(b === SHARED))
    .map(([name, own]) => ({ name, stacks: own.map((stack) => stack.name), estimate: estimate(own, system) }));
}

/** What stacks that belong to no environment are called. */
const SHARED = "shared";

function environmentTag({ name, document }: Stack): string[] {
  return [...awsProviders(document).values()]
    .flatMap((block) =>
      listOf(block["default_tags"]).map((tags) => stringOf(objectOf(objectOf(tags)["tags"])["Environment"])),
    )
    .filter((tag) => tag !== undefined)
    .filter((tag) => name.startsWith(`${tag}-`));
}

function lineOf(resource: Resource, charge: Charge): Line {
  const { stack, path, address, region } = resource;
  const { what, item, unit, note } = charge;
  const price = priceOf(item, unit, region);
  const common = { stack, path, address, region, what, item, unit, price, note };
  if (charge.factors === "usage") return { ...common, factors: [], usdPerMonth: "depends on usage" };
  const { factors } = charge;
  const quantity = product(factors.map(({ value }) => value));
  const most = product(factors.map(({ value, most = value }) => most));
  if (price === undefined) return { ...common, factors, quantity, usdPerMonth: "not in the price data" };
  return {
    ...common,
    factors,
    quantity,
    usdPerMonth: quantity * price.usd,
    ...(most > quantity ? { usdPerMonthAtMost: most * price.usd } : {}),
  };
}

function leastOf({ usdPerMonth }: Line): number {
  return typeof usdPerMonth === "number" ? usdPerMonth : 0;
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total * number, 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
