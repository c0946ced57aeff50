import { estimate, type Estimate } from "../cost/estimate";
import { objectOf } from "../json";
import type { Stack } from "../plan/stack";
import { digestOf } from "./digest";
import { standing, type Standing, type TrialRecord } from "./record";
import type { ListedSystem } from "./system-list";

/** A system with what it synthesizes to. */
export interface SynthesizedSystem extends ListedSystem {
  /** Every stack of every environment, and those of the account. */
  readonly stacks: readonly Stack[];
}

/** What is known of one environment of a system, without an account. */
export interface SurveyRow {
  readonly system: string;
  readonly environment: string;
  /** Stacks of the environment, without those of the account. */
  readonly stacks: number;
  /** Resources in them. */
  readonly resources: number;
  /** Whether the real provider planned it. */
  readonly planned: Standing;
  /** Whether it was deployed to the emulator, with an empty second plan, and destroyed. */
  readonly deployed: Standing;
  /** At list price, without what depends on usage. */
  readonly cost: Estimate;
}

/** What the record calls an environment. */
export function trialKey(system: string, environment: string): string {
  return `${system}/${environment}`;
}

/** The stacks of one environment; those of the account belong to none. */
export function stacksOf<T extends { readonly name: string }>(stacks: readonly T[], environment: string): T[] {
  return stacks.filter(({ name }) => name.startsWith(`${environment}-`));
}

/** The stacks of the account: those of no environment. */
export function sharedStacksOf<T extends { readonly name: string }>(
  stacks: readonly T[],
  environments: ReadonlyArray<{ readonly name: string }>,
): T[] {
  return stacks.filter(({ name }) => !environments.some((environment) => name.startsWith(`${environment.name}-`)));
}

/** What stands for an environment in the record: its own stacks and those of the account. */
export function environmentDigest({ stacks, environments }: SynthesizedSystem, environment: string): string {
  return digestOf([...sharedStacksOf(stacks, environments), ...stacksOf(stacks, environment)]);
}

/** A row for each environment of each system. */
export function survey(systems: readonly SynthesizedSystem[], record: TrialRecord): SurveyRow[] {
  return systems.flatMap((system) =>
    system.environments.map(({ name: environment }) => {
      const stacks = stacksOf(system.stacks, environment);
      const trials = record[trialKey(system.name, environment)] ?? {};
      const digest = environmentDigest(system, environment);
      return {
        system: system.name,
        environment,
        stacks: stacks.length,
        resources: stacks.reduce((sum, stack) => sum + resourcesIn(stack), 0),
        planned: standing(trials.planned, digest),
        deployed: standing(trials.deployed, digest),
        cost: estimate(stacks),
      };
    }),
  );
}

/** How many resources a stack declares. */
export function resourcesIn({ document }: Pick<Stack, "document">): number {
  const types = Object.values(objectOf(document["resource"]));
  return types.reduce<number>((sum, named) => sum + Object.keys(objectOf(named)).length, 0);
}
