import type { Stack } from "../plan/stack";
import { graphOf } from "./graph";
import { layout } from "./layout";
import { svgOf, type SvgOptions } from "./svg";

/**
 * An SVG picture of some stacks: a frame per stack, a box per construct directly below it, and an arrow for who asks whom. The same
 * stacks always give the same bytes.
 */
export async function picture(stacks: readonly Stack[], options: SvgOptions): Promise<string> {
  const graph = graphOf(stacks);
  return svgOf(graph, await layout(graph), options);
}
