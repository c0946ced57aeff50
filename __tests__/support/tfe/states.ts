import { objectOf, stringOf, numberOf, type JsonObject } from "../../../tools/json";
import type { StateVersion, Workspace } from "./model";
import type { Store } from "./store";

/** Adds a state to a workspace. */
export function addState(store: Store, workspace: Workspace, text: string, run: string | undefined): StateVersion {
  const document = objectOf(JSON.parse(text));
  const version: StateVersion = {
    id: store.id("sv"),
    workspace: workspace.id,
    serial: numberOf(document["serial"]) ?? 0,
    lineage: stringOf(document["lineage"]) ?? "",
    run,
    text,
    json: undefined,
    at: new Date().toISOString(),
  };
  workspace.states.push(version);
  return version;
}

/** An output of a state. */
export interface Output {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
  readonly type: unknown;
  readonly sensitive: boolean;
}

/** The outputs of a state. */
export function outputsOf({ id, text }: StateVersion): Output[] {
  const outputs = text === undefined ? {} : objectOf((JSON.parse(text) as JsonObject)["outputs"]);
  return Object.entries(outputs).map(([name, output]) => ({
    id: `wsout-${id}-${name}`,
    name,
    value: objectOf(output)["value"],
    type: objectOf(output)["type"],
    sensitive: objectOf(output)["sensitive"] === true,
  }));
}
