import { join } from "node:path";
import { readText, writeFile } from "../files";
import type { Diagnostic } from "../terraform/events";
import { dataFolder } from "../terraform/init-stamp";
import type { Stack } from "./stack";
import { backendOf, type StackState } from "./stack-state";

const MEMORY = "groundplan-state";

type Place = Pick<Stack, "name" | "folder" | "document">;

/** Remembers that a stack has a state, and where. One that holds nothing may go without anybody missing it. */
export function rememberState(stack: Place, state: StackState, environment: NodeJS.ProcessEnv): void {
  const text = state.objects === 0 ? "" : `${state.lineage}\n${backendOf(stack).kind}\n`;
  const memory = memoryOf(stack, environment);
  if (text !== (readText(memory) ?? "")) writeFile(memory, text);
}

/**
 * The error of a stack without a state that had one when it was planned or applied here before: it was moved to another backend without its state,
 * or the state was lost. A plan would make everything a second time.
 */
export function lostState(stack: Place, environment: NodeJS.ProcessEnv): Diagnostic | undefined {
  const memory = memoryOf(stack, environment);
  const [lineage = "", backend = ""] = (readText(memory) ?? "").split("\n");
  const now = backendOf(stack).kind;
  if (lineage === "") return undefined;
  const moved = backend !== now;
  const way = `npm run synth, then terraform init -migrate-state in cdktf.out/stacks/${stack.name}`;
  return {
    severity: "error",
    summary: moved ? `Its state was kept elsewhere (${backend}), and there is none here (${now})` : "Its state is gone",
    detail: [
      "A plan would make everything a second time.",
      moved ? `Move the state first: ${way}.` : "Bring the state back.",
      `If it is meant: remove ${memory}`,
    ].join("\n"),
  };
}

function memoryOf({ folder }: Place, environment: NodeJS.ProcessEnv): string {
  return join(dataFolder(folder, environment), MEMORY);
}
