import type { Environment } from "../../envs/environment";
import { system } from "./environments";
import { resources, type Synthesized } from "./synth";
import { type SynthesizedSystem, synthSystem } from "./system";

/** One environment, synthesized alone. */
export function synthEnvironment(environment: Environment): SynthesizedSystem {
  return synthSystem({ system: system(environment), environments: [environment] });
}

/** A stack of an environment, empty when there is none. */
export function stackOf(environment: Environment, part: string): Synthesized {
  return synthEnvironment(environment).stacks[`${environment.name}-${part}`] ?? {};
}

/** One attribute of every resource of a type. */
export function values(stack: Synthesized, type: string, attribute: string): unknown[] {
  return resources(stack, type).map((resource) => resource[attribute]);
}
