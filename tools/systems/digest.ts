import { createHash } from "node:crypto";
import type { Stack } from "../plan/stack";

/** What stacks are, in 16 hex digits: every byte that synth wrote for them, in the order of their names. */
export function digestOf(stacks: ReadonlyArray<Pick<Stack, "name" | "document">>): string {
  const hash = createHash("sha256");
  const byName = [...stacks].sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const { name, document } of byName) hash.update(`${name}\n${JSON.stringify(document)}\n`);
  return hash.digest("hex").slice(0, 16);
}
