import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../../json";
import type { Importing, OutputChange, ResourceChange } from "../plan-document";
import type { Path, PathStep } from "../value";
import { actionOf } from "./actions";
import { redact, redactValue, type OnSecret } from "./redact";

/** What reading a part of a plan needs besides the part. */
export interface Reading {
  readonly onSecret: OnSecret;
  /** Takes a remark for the reader of the review. */
  readonly remark: (text: string) => void;
}

const MODES: readonly ResourceChange["mode"][] = ["managed", "data", "ephemeral"];

/** A change of an object; undefined, with a remark, if it does not say of what. */
export function resourceChangeOf(value: unknown, section: string, reading: Reading): ResourceChange | undefined {
  const entry = objectOf(value);
  const address = stringOf(entry["address"]) ?? "";
  if (address === "") {
    reading.remark(`${section} has an entry without an address, which is not shown`);
    return undefined;
  }
  const change = objectOf(entry["change"]);
  const rawActions = actionsIn(change["actions"]);
  const action = actionOf(rawActions);
  if (action === "unknown") {
    const words = rawActions.length === 0 ? "none" : rawActions.join(", ");
    reading.remark(`${address}: the actions are ${words}, which this reader does not know`);
  }
  const mode = MODES.find((known) => known === entry["mode"]);
  if (mode === undefined && entry["mode"] !== undefined)
    reading.remark(`${address}: its mode ${JSON.stringify(entry["mode"])} is not known`);
  const sides = redact(sidesOf(change), reading.onSecret);
  const [type, name] = typeAndName(entry, address);
  return {
    address,
    deposed: nonEmpty(stringOf(entry["deposed"])),
    mode: mode ?? (address.includes("data.") ? "data" : "managed"),
    type,
    name,
    module: stringOf(entry["module_address"]) ?? moduleIn(address),
    provider: (stringOf(entry["provider_name"]) ?? "").replace(/^registry\.terraform\.io\//, ""),
    action,
    rawActions,
    reason: nonEmpty(stringOf(entry["action_reason"])),
    before: change["before"] === null && action !== "no-op" ? undefined : sides.before,
    after: sides.after === null ? undefined : sides.after,
    replacePaths: listOf(change["replace_paths"])
      .map(pathOf)
      .filter((path) => path.length > 0),
    sensitivityChanges: sides.sensitivityChanges,
    previousAddress: nonEmpty(stringOf(entry["previous_address"])),
    importing: isObject(change["importing"]) ? importingOf(change["importing"], reading.onSecret) : undefined,
    generatedConfig: stringOf(change["generated_config"]) !== undefined,
  };
}

/** A change of an output. */
export function outputChangeOf(name: string, value: unknown, { onSecret }: Reading): OutputChange {
  const change = objectOf(value);
  const rawActions = actionsIn(change["actions"]);
  const { before, after } = redact(sidesOf(change), onSecret, name);
  const sensitive = change["before_sensitive"] === true || change["after_sensitive"] === true;
  return {
    name,
    action: actionOf(rawActions),
    rawActions,
    sensitive,
    before: before ?? undefined,
    after: after ?? undefined,
  };
}

/** The resource of an address without its indexes, the deposed key not among it. */
export function withoutIndexes(address: string): string {
  return address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, "");
}

function sidesOf(change: JsonObject) {
  return {
    before: change["before"] ?? undefined,
    after: change["after"] ?? undefined,
    afterUnknown: change["after_unknown"],
    beforeSensitive: change["before_sensitive"],
    afterSensitive: change["after_sensitive"],
  };
}

function actionsIn(value: unknown): string[] {
  return listOf(value).map((action) => stringOf(action) ?? JSON.stringify(action));
}

function importingOf(value: JsonObject, onSecret: OnSecret): Importing {
  return {
    ...(value["id"] === undefined ? {} : { id: redactValue(value["id"], onSecret) }),
    ...(value["identity"] === undefined ? {} : { identity: redactValue(value["identity"], onSecret) }),
    unknown: value["unknown"] === true,
  };
}

/** A path of strings and numbers. The element of a set is written as its whole value and has no index: -1. */
function pathOf(value: unknown): Path {
  return listOf(value).map((step): PathStep => (typeof step === "string" || typeof step === "number" ? step : -1));
}

function typeAndName(entry: JsonObject, address: string): readonly [string, string] {
  const parts = withoutIndexes(address).split(".");
  return [stringOf(entry["type"]) ?? parts.at(-2) ?? "", stringOf(entry["name"]) ?? parts.at(-1) ?? ""];
}

/** The modules at the front of an address, with their indexes. */
function moduleIn(address: string): string {
  const parts = /^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?\.)+/.exec(address);
  return parts === null ? "" : parts[0].slice(0, -1);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
