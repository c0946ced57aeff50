import { randomUUID } from "node:crypto";
import { readJson, writeFile } from "../files";
import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../json";
import type { Value } from "./evaluate";

/** One resource instance of a state file. */
export interface StateInstance {
  /** Terraform address, such as `aws_subnet.public[0]`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: JsonObject;
  /** Names of top-level attributes that hold something secret. */
  readonly sensitive: ReadonlySet<string>;
  /** Addresses, without indexes, of what it depends on. */
  readonly dependencies: readonly string[];
}

/** An output of a state file. */
export interface StateOutput {
  readonly value: unknown;
  readonly sensitive: boolean;
}

/** What a local state file holds of managed resources and outputs. */
export interface State {
  readonly instances: readonly StateInstance[];
  readonly outputs: ReadonlyMap<string, StateOutput>;
}

/** Reads a local state file; undefined if there is none. */
export function readState(path: string): State | undefined {
  const state = readJson(path);
  return isObject(state) ? stateOf(state) : undefined;
}

/** What a state, as Terraform writes it, holds of managed resources and outputs. */
export function stateOf(state: JsonObject): State {
  const resources = listOf(state["resources"]).filter(isObject);
  return {
    instances: resources.filter((resource) => resource["mode"] === "managed").flatMap(instancesOf),
    outputs: new Map(
      Object.entries(objectOf(state["outputs"])).map(([name, output]) => [
        name,
        { value: objectOf(output)["value"], sensitive: objectOf(output)["sensitive"] === true },
      ]),
    ),
  };
}

/** Writes a state file that holds outputs and nothing else; none is marked sensitive, as none is real, so that a preview can be read. */
export function writeOutputs(path: string, outputs: ReadonlyMap<string, Value>): void {
  writeOutputState(path, new Map([...outputs].map(([name, value]) => [name, { value, sensitive: false }])));
}

/** Writes a state file that holds outputs and nothing else, for its owner's eyes only. */
export function writeOutputState(
  path: string,
  outputs: ReadonlyMap<string, { readonly value: Value; readonly sensitive: boolean }>,
): void {
  const state = {
    version: 4,
    terraform_version: "1.10.0",
    serial: 1,
    lineage: randomUUID(),
    outputs: Object.fromEntries(
      [...outputs].map(([name, { value, sensitive }]) => [name, { value, type: typeOf(value), sensitive }]),
    ),
    resources: [],
    check_results: null,
  };
  writeFile(path, `${JSON.stringify(state, null, 2)}\n`, 0o600);
}

/** Terraform's type of a value, as a state file writes it. */
export function typeOf(value: Value): unknown {
  if (value === null || typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "number";
  if (Array.isArray(value)) {
    const types = (value as readonly Value[]).map(typeOf);
    const [first] = types;
    const alike = types.every((type) => JSON.stringify(type) === JSON.stringify(first));
    return alike && first !== undefined ? ["list", first] : ["tuple", types];
  }
  return ["object", Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typeOf(inner)]))];
}

function instancesOf(resource: JsonObject): StateInstance[] {
  const type = stringOf(resource["type"]) ?? "";
  const base = [stringOf(resource["module"]), type, stringOf(resource["name"])].filter(Boolean).join(".");
  return listOf(resource["instances"])
    .filter(isObject)
    .map((instance) => ({
      address: "index_key" in instance ? `${base}[${JSON.stringify(instance["index_key"])}]` : base,
      type,
      attributes: objectOf(instance["attributes"]),
      sensitive: new Set(listOf(instance["sensitive_attributes"]).flatMap(sensitiveNames)),
      dependencies: listOf(instance["dependencies"]).filter((address) => typeof address === "string"),
    }));
}

/** A sensitive path is a list of steps; its first step names the attribute. */
function sensitiveNames(path: unknown): string[] {
  const first = objectOf(listOf(path)[0]);
  const name = stringOf(first["value"]);
  return name === undefined ? [] : [name];
}
