import { isObject, listOf, numberOf, stringOf } from "../json";

/** Where the last deploy to the sandbox says how long it took, from the root of the project. */
export const TIMING_FILE = ".groundplan/sandbox/timing.json";

/** How long a deploy took, and how long it had to take at least. */
export interface DeployTiming {
  /** From the first stack's start to the last one's end. */
  readonly wallSeconds: number;
  /** The longest chain of stacks that wait for each other. */
  readonly criticalPathSeconds: number;
}

interface StackTiming {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly seconds: number;
}

/**
 * Reads `{ wallSeconds, stacks: [{ name, dependencies, seconds }] }`. Undefined if no deploy was recorded, or if the record is not
 * whole: a number that was not measured is never made up.
 */
export function deployTiming(record: unknown): DeployTiming | undefined {
  if (!isObject(record)) return undefined;
  const wallSeconds = numberOf(record["wallSeconds"]);
  const stacks = listOf(record["stacks"]).map(stackTiming);
  const known = stacks.filter((stack) => stack !== undefined);
  if (wallSeconds === undefined || known.length === 0 || known.length < stacks.length) return undefined;
  return { wallSeconds, criticalPathSeconds: criticalPath(known) };
}

/** The longest chain of stacks, each beginning when the last of those it depends on has ended. */
export function criticalPath(stacks: readonly StackTiming[]): number {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const ends = new Map<string, number>();
  const endOf = (name: string): number => {
    const stack = byName.get(name);
    if (stack === undefined) return 0; // was there before this deploy
    const end = ends.get(name) ?? Math.max(0, ...stack.dependencies.map(endOf)) + stack.seconds;
    ends.set(name, end);
    return end;
  };
  return Math.max(0, ...stacks.map(({ name }) => endOf(name)));
}

function stackTiming(value: unknown): StackTiming | undefined {
  if (!isObject(value)) return undefined;
  const [name, seconds] = [stringOf(value["name"]), numberOf(value["seconds"])];
  const dependencies = listOf(value["dependencies"]).map(stringOf);
  if (name === undefined || seconds === undefined || dependencies.includes(undefined)) return undefined;
  return { name, seconds, dependencies: dependencies.filter((dependency) => dependency !== undefined) };
}
