import { isObject, listOf, objectOf, type JsonObject } from "../json";
import type { Value } from "./evaluate";
import { placeholder, type Producers } from "./placeholder";
import type { Stack } from "./stack";
import type { StackState } from "./stack-state";

/** What is known of a stack that others read from. */
export interface Upstream {
  /** @default - it was never deployed */
  readonly state?: StackState;
  /**
   * Its plan as JSON, if it has changes.
   * @default - its outputs stay what they are
   */
  readonly plan?: JsonObject;
}

/** An output as a preview is given it. */
export interface PreviewOutput {
  readonly value: Value;
  readonly sensitive: boolean;
  /** Whether all or a part of it is made up. */
  readonly invented: boolean;
}

/**
 * The outputs a stack reads, by producer, as they will be once these have been applied: from their plans where these know, else from their
 * states, else a placeholder of the right type and shape. Producers nothing is known of are left out: their states are read as they are.
 */
export function upstreamOutputs(
  stack: Pick<Stack, "remoteStates">,
  upstreams: ReadonlyMap<string, Upstream>,
  producers: Producers,
): ReadonlyMap<string, ReadonlyMap<string, PreviewOutput>> {
  return new Map(
    stack.remoteStates.flatMap(({ producer, outputs }) => {
      const upstream = upstreams.get(producer);
      if (upstream === undefined) return [];
      const made = () => (output: string) => placeholder(producers, producer, output);
      return [[producer, new Map(outputs.map((output) => [output, outputOf(upstream, output, made())]))] as const];
    }),
  );
}

function outputOf({ state, plan }: Upstream, name: string, made: (name: string) => Value): PreviewOutput {
  const change = plan === undefined ? undefined : objectOf(plan["output_changes"])[name];
  if (isObject(change)) {
    const unknown = change["after_unknown"];
    const known = !isUnknownAnywhere(unknown);
    const after = (change["after"] ?? null) as Value;
    const value = known ? after : filled(after, unknown, made(name));
    return { value, sensitive: change["after_sensitive"] !== false && known, invented: !known };
  }
  const found = plan === undefined ? state?.outputs.get(name) : undefined;
  if (found !== undefined) return { value: found.value as Value, sensitive: found.sensitive, invented: false };
  return { value: made(name), sensitive: false, invented: true };
}

/** What is known of a value, with made-up parts in the places of what is not. */
function filled(after: unknown, unknown: unknown, made: unknown): Value {
  if (unknown === true) return made as Value;
  if (isObject(unknown) && isObject(after ?? {})) {
    const [known, others] = [objectOf(after), objectOf(made)];
    const keys = [...new Set([...Object.keys(known), ...Object.keys(unknown)])].sort();
    return Object.fromEntries(keys.map((key) => [key, filled(known[key], unknown[key], others[key] ?? UNKNOWN_TEXT)]));
  }
  if (Array.isArray(unknown)) {
    const [known, others] = [listOf(after), listOf(made)];
    const length = Math.max(known.length, unknown.length);
    return Array.from({ length }, (_, index) =>
      filled(known[index], (unknown as unknown[])[index], others[index] ?? others[0] ?? UNKNOWN_TEXT),
    );
  }
  return (after ?? null) as Value;
}

const UNKNOWN_TEXT = "placeholder";

function isUnknownAnywhere(unknown: unknown): boolean {
  if (unknown === true) return true;
  if (Array.isArray(unknown)) return unknown.some(isUnknownAnywhere);
  return isObject(unknown) && Object.values(unknown).some(isUnknownAnywhere);
}
