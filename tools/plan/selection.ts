import { ExitCode } from "../exit-code";
import { UserError } from "../user-error";
import type { Node } from "./waves";
import { without } from "./waves";

/** Which stacks a command is about. */
export interface Selection {
  /** Names or patterns such as `staging-*`; none means all. */
  readonly only: readonly string[];
  /** Names or patterns of those left out. */
  readonly except: readonly string[];
}

/** The words of a flag that takes several with commas between. */
export function patternsIn(value: string | true | undefined): string[] {
  return typeof value === "string"
    ? value
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== "")
    : [];
}

/** The nodes of a selection, with dependencies bent round those left out. A pattern that names nothing is an error, but not in `except`. */
export function selected<T extends Node>(nodes: readonly T[], { only, except }: Selection): T[] {
  const idle = only.find((pattern) => !nodes.some(({ name }) => matches(pattern, name)));
  if (idle !== undefined) {
    throw new UserError(`no stack is called ${JSON.stringify(idle)}`, {
      details: `There are ${nodes.map(({ name }) => name).join(", ")}.`,
      exitCode: ExitCode.usage,
    });
  }
  const chosen = without(
    nodes,
    ({ name }) =>
      (only.length === 0 || only.some((pattern) => matches(pattern, name))) &&
      !except.some((pattern) => matches(pattern, name)),
  );
  if (chosen.length > 0 || nodes.length === 0) return chosen;
  throw new UserError("no stack is left to work on", { exitCode: ExitCode.usage });
}

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replaceAll(/[^\w-]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`).test(name);
}
