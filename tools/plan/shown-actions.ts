import { createHash } from "node:crypto";
import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../json";

/** What a plan does to one object, without any of its values. */
export interface ShownAction {
  readonly address: string;
  /** @default - it is the current object */
  readonly deposed?: string;
  /** Terraform's words in its order, such as `["delete", "create"]`. */
  readonly actions: readonly string[];
  /** Attributes that force a replacement, each as JSON text, sorted. */
  readonly replacePaths: readonly string[];
  /** @default - it keeps its address */
  readonly previousAddress?: string;
  /** Whether something that exists is taken over. */
  readonly importing: boolean;
}

/** Objects that are left alone, and reads, which change nothing. */
const HARMLESS: ReadonlySet<string> = new Set(["no-op", "read", "open"]);

/** What a plan, as `terraform show -json` prints it, does to objects: everything that changes something or the state, sorted by address. */
export function actionsOf(plan: JsonObject): ShownAction[] {
  const changes = listOf(plan["resource_changes"]).filter(isObject).map(actionOf);
  const invoked = listOf(plan["action_invocations"]).filter(isObject).map(invocationOf);
  return [...changes.filter(matters), ...invoked].sort((a, b) => compare(keyOf(a), keyOf(b)));
}

/** Whether a plan changes an output. Such a plan has to be applied although it touches no object, for those who read the output. */
export function changesOutputs(plan: JsonObject): boolean {
  return Object.values(objectOf(plan["output_changes"])).some((change) =>
    listOf(objectOf(change)["actions"]).some((action) => action !== "no-op"),
  );
}

/** One digest of what is done, the same wherever and whenever it is planned. Values are no part of it. */
export function actionDigest(actions: readonly ShownAction[]): string {
  const lines = actions.map(lineOf).sort(compare);
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

/** The actions of a plan that are not among those shown. */
export function notShown(shown: readonly ShownAction[], real: readonly ShownAction[]): ShownAction[] {
  const lines = new Set(shown.map(lineOf));
  return real.filter((action) => !lines.has(lineOf(action)));
}

/**
 * The actions of a plan that are no remainder of those shown, after an apply of these stopped half-way: what is left of a replacement is its
 * creation or the deletion of the old object, and an object that was only half made is made anew.
 */
export function noRemainder(shown: readonly ShownAction[], real: readonly ShownAction[]): ShownAction[] {
  return notShown(shown, real).filter((action) => {
    const before = shown.filter(({ address }) => address === action.address);
    const replaced = before.some(({ actions }) => isReplacement(actions));
    const created = before.some(({ actions }) => actions.join() === "create");
    // What was to be moved or imported is, as soon as the state was written once.
    if (before.some((other) => lineOf({ ...other, previousAddress: undefined, importing: false }) === lineOf(action)))
      return false;
    if (action.actions.join() === "create") return !replaced;
    if (action.actions.join() === "delete") return !(replaced && action.deposed !== undefined);
    return !(isReplacement(action.actions) && action.replacePaths.length === 0 && (created || replaced));
  });
}

/** An action in words, such as `delete, create of aws_db_instance.main`. */
export function actionText({ address, deposed, actions, previousAddress, importing }: ShownAction): string {
  const words = [...actions.filter((action) => action !== "no-op"), ...(importing ? ["import"] : [])];
  const moved = previousAddress === undefined ? "" : ` (was ${previousAddress})`;
  const which = deposed === undefined ? "" : ` (deposed ${deposed})`;
  return `${words.join(", ") || "move"} of ${address}${which}${moved}`;
}

function actionOf(change: JsonObject): ShownAction {
  const { actions, replace_paths: paths, importing } = objectOf(change["change"]);
  return {
    address: stringOf(change["address"]) ?? "",
    deposed: stringOf(change["deposed"]),
    actions: listOf(actions).map(String),
    replacePaths: listOf(paths)
      .map((path) => JSON.stringify(path))
      .sort(compare),
    previousAddress: stringOf(change["previous_address"]),
    importing: isObject(importing),
  };
}

/** An action of a provider that runs by itself. */
function invocationOf(invocation: JsonObject): ShownAction {
  const address = stringOf(invocation["address"]) ?? "";
  return { address, actions: ["invoke"], replacePaths: [], importing: false };
}

function matters({ actions, previousAddress, importing }: ShownAction): boolean {
  return importing || previousAddress !== undefined || actions.some((action) => !HARMLESS.has(action));
}

function isReplacement(actions: readonly string[]): boolean {
  return actions.length === 2 && actions.includes("delete") && actions.includes("create");
}

function lineOf(action: ShownAction): string {
  const { address, deposed, actions, replacePaths, previousAddress, importing } = action;
  return JSON.stringify([address, deposed ?? "", actions, replacePaths, previousAddress ?? "", importing]);
}

function keyOf({ address, deposed = "" }: ShownAction): string {
  return JSON.stringify([address, deposed]);
}

/** By code units, so that every machine sorts alike. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
