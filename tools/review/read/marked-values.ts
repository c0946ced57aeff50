import { isObject, listOf, objectOf } from "../../json";
import type { OnSecret } from "./redact";
import { isSecretName } from "./secret-names";

/**
 * Finds secrets in the sections of a plan that are not shown: state and planned values with their marks, variables whose value or name is marked as secret.
 * They may be written again in a section that is.
 */
export function collectMarked(document: Readonly<Record<string, unknown>>, onSecret: OnSecret): void {
  for (const state of [document["planned_values"], objectOf(document["prior_state"])["values"]]) {
    modules(objectOf(objectOf(state)["root_module"]), onSecret, 0);
    for (const output of Object.values(objectOf(objectOf(state)["outputs"]))) {
      if (objectOf(output)["sensitive"] === true) strings(objectOf(output)["value"], onSecret);
    }
  }
  const declared = objectOf(objectOf(objectOf(document["configuration"])["root_module"])["variables"]);
  for (const [name, variable] of Object.entries(objectOf(document["variables"]))) {
    const sensitive = Object.hasOwn(declared, name) && objectOf(declared[name])["sensitive"] === true;
    if (sensitive || isSecretName(name)) strings(objectOf(variable)["value"], onSecret);
  }
}

const DEEPEST = 50;

function modules(module: Readonly<Record<string, unknown>>, onSecret: OnSecret, depth: number): void {
  if (depth > DEEPEST) return;
  for (const resource of listOf(module["resources"]).filter(isObject))
    marked(resource["values"], resource["sensitive_values"], onSecret, 0);
  for (const child of listOf(module["child_modules"]).filter(isObject)) modules(child, onSecret, depth + 1);
}

function marked(value: unknown, mark: unknown, onSecret: OnSecret, depth: number): void {
  if (depth > DEEPEST || mark === undefined || mark === false) return;
  if (mark === true) return strings(value, onSecret);
  if (Array.isArray(mark)) {
    listOf(mark).forEach((inner, index) => marked(listOf(value)[index], inner, onSecret, depth + 1));
  } else if (isObject(mark)) {
    for (const [key, inner] of Object.entries(mark)) marked(objectOf(value)[key], inner, onSecret, depth + 1);
  }
}

function strings(value: unknown, onSecret: OnSecret): void {
  if (typeof value === "string") onSecret(value);
  else if (typeof value === "object" && value !== null)
    Object.values(value).forEach((inner) => strings(inner, onSecret));
}
