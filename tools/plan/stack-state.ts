import { resolve } from "node:path";
import { readText } from "../files";
import { isObject, numberOf, objectOf, stringOf, type JsonObject } from "../json";
import type { Diagnostic } from "../terraform/events";
import type { Terraform } from "../terraform/terraform";
import type { Stack } from "./stack";
import { stateOf, type StateOutput } from "./state-file";

/** Where a stack keeps its state. */
export type Backend = { readonly kind: "local"; readonly path: string } | { readonly kind: "s3" | "cloud" | "other" };

/** Which state it is: Terraform counts the serial up at each write, the lineage tells one history from another. */
export interface StateMark {
  readonly serial: number;
  readonly lineage: string;
}

/** The present state of a stack. Never written anywhere but into a private folder. */
export interface StackState extends StateMark {
  readonly outputs: ReadonlyMap<string, StateOutput>;
  /** How many objects it holds. */
  readonly objects: number;
  readonly text: string;
}

/** A state, or why it could not be read. No state and no problem means that the stack was never deployed. */
export interface Pulled {
  readonly state?: StackState;
  readonly problem?: readonly Diagnostic[];
}

/** Where a stack keeps its state, by its synthesized backend. */
export function backendOf({ document, folder }: Pick<Stack, "document" | "folder">): Backend {
  const terraform = objectOf(document["terraform"]);
  if (isObject(terraform["cloud"])) return { kind: "cloud" };
  const backend = objectOf(terraform["backend"]);
  if (isObject(backend["s3"])) return { kind: "s3" };
  if (isObject(backend["remote"])) return { kind: "cloud" };
  if (Object.keys(backend).length > 0 && !isObject(backend["local"])) return { kind: "other" };
  return {
    kind: "local",
    path: resolve(folder, stringOf(objectOf(backend["local"])["path"]) ?? "terraform.tfstate"),
  };
}

/** Reads a stack's present state; the stack must be initialized unless its state is a local file. */
export async function pullState(
  stack: Pick<Stack, "document" | "folder">,
  terraform: Terraform,
  environment: NodeJS.ProcessEnv,
): Promise<Pulled> {
  const backend = backendOf(stack);
  if (backend.kind === "local") return parsed(readText(backend.path) ?? "", backend.path);
  const { ok, state, diagnostics } = await terraform.statePull(stack.folder, { environment });
  return ok ? parsed(state, "the state") : { problem: diagnostics };
}

/** Whether two marks are of the same state at the same time. */
export function sameState(a: StateMark | undefined, b: StateMark | undefined): boolean {
  return a?.serial === b?.serial && a?.lineage === b?.lineage;
}

/** A mark without the rest. */
export function markOfState(state: StackState | undefined): StateMark | undefined {
  return state === undefined ? undefined : { serial: state.serial, lineage: state.lineage };
}

function parsed(text: string, where: string): Pulled {
  if (text.trim() === "") return {};
  const document = parse(text);
  const serial = numberOf(document?.["serial"]);
  if (document === undefined || serial === undefined) {
    const detail = `${where} is no state that Terraform wrote. Bring back an earlier version of it; do not delete it, as it knows what exists.`;
    return { problem: [{ severity: "error", summary: "Unsupported state file format", detail }] };
  }
  const { outputs, instances } = stateOf(document);
  const lineage = stringOf(document["lineage"]) ?? "";
  return { state: { serial, lineage, outputs, objects: instances.length, text } };
}

function parse(text: string): JsonObject | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}
