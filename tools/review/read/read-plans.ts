import { isObject, listOf, numberOf, objectOf, stringOf, type JsonObject } from "../../json";
import type {
  ActionInvocation,
  CheckResult,
  DeferredChange,
  PlanDocument,
  ResourceChange,
  ResourceDrift,
} from "../plan-document";
import { isRecord, type Value } from "../value";
import { visible } from "../visible";
import { outputChangeOf, resourceChangeOf, withoutIndexes, type Reading } from "./changes";
import { decode, unreadable } from "./decode";
import { documentsIn } from "./documents";
import { Echoes } from "./echoes";
import { collectMarked } from "./marked-values";
import { configuredIn, referencesIn } from "./references";
import { partsIn } from "./parts";

/**
 * Reads plans as `terraform show -json` writes them, of any project: several in one file too. What comes back is redacted. Throws a `UserError` for what is no
 * plan, cut short, or of a format of the future; whatever else is odd becomes a remark.
 */
export function readPlans(bytes: Uint8Array, source: string): PlanDocument[] {
  return readTogether([{ bytes, source }])[0] ?? [];
}

/** A file with plans. */
export interface PlanFile {
  readonly bytes: Uint8Array;
  readonly source: string;
}

/**
 * Reads several files as one: what is a secret in one of them is masked in all. Terraform drops the mark of an output when another stack reads it from the
 * state, and would show it there.
 */
export function readTogether(files: readonly PlanFile[]): PlanDocument[][] {
  const echoes = new Echoes();
  const read = files.map(({ bytes, source }) => {
    const documents = documentsIn(decode(bytes, source), source).filter(isObject);
    if (documents.length === 0)
      throw unreadable(`${source} holds no plan`, "terraform show -json <plan file> > plan.json");
    return documents.map((document, index) =>
      planOf(document, index === 0 ? source : `${source}#${index + 1}`, echoes),
    );
  });
  return read.map((plans) => plans.map((plan) => withoutEchoes(plan, echoes)));
}

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...["format_version", "terraform_version", "variables", "planned_values", "resource_drift", "resource_changes"],
  ...[
    "deferred_changes",
    "output_changes",
    "prior_state",
    "configuration",
    "relevant_attributes",
    "checks",
    "timestamp",
  ],
  ...[
    "applyable",
    "complete",
    "errored",
    "action_invocations",
    "deferred_action_invocations",
    "provider_format_version",
  ],
]);

/** What a plan has at least one of. */
const PLAN_KEYS = [
  "resource_changes",
  "planned_values",
  "output_changes",
  "configuration",
  "errored",
  "resource_drift",
];

function planOf(document: JsonObject, source: string, echoes: Echoes): PlanDocument {
  const remarks: string[] = [];
  const reading: Reading = { onSecret: echoes.add, remark: (text) => remarks.push(text) };
  const formatVersion = assertFormat(document, source, reading);
  // Secrets are written in these sections too, and nowhere else marked: learnt from here, masked wherever they come again.
  collectMarked(document, echoes.add);
  for (const key of Object.keys(document)) {
    if (!KNOWN_KEYS.has(key))
      reading.remark(`the plan has a section ${JSON.stringify(key)} that this reader does not know`);
  }
  const relevant = relevantIn(document["relevant_attributes"]);
  return {
    source,
    formatVersion,
    terraformVersion: stringOf(document["terraform_version"]),
    errored: document["errored"] === true,
    complete: document["complete"] !== false,
    applyable: document["applyable"] !== false,
    changes: each(document, "resource_changes", reading, (value) =>
      resourceChangeOf(value, "resource_changes", reading),
    ),
    drift: each(document, "resource_drift", reading, (value) => driftOf(value, relevant, reading)),
    outputs: Object.entries(objectOf(document["output_changes"])).map(([name, value]) =>
      outputChangeOf(name, value, reading),
    ),
    deferred: each(document, "deferred_changes", reading, (value) => deferredOf(value, reading)),
    checks: each(document, "checks", reading, checkOf),
    invocations: [
      ...each(document, "action_invocations", reading, (value) => invocationOf(value, false)),
      ...each(document, "deferred_action_invocations", reading, (value) =>
        invocationOf(objectOf(value)["action_invocation"], true),
      ),
    ],
    references: referencesIn(document["configuration"]),
    configured: configuredIn(document["configuration"]),
    parts: partsIn(document["prior_state"]),
    remarks,
  };
}

function assertFormat(document: JsonObject, source: string, { remark }: Reading): string | undefined {
  const { format_version: version } = document;
  if (!PLAN_KEYS.some((key) => key in document)) {
    const what = "values" in document || "lineage" in document ? "a state" : "no plan";
    throw unreadable(
      `${source} is ${what}`,
      "terraform show -json <plan file> > plan.json, with the file that terraform plan -out wrote",
    );
  }
  const text = stringOf(version) ?? (numberOf(version) === undefined ? undefined : String(version));
  if (text === undefined) {
    remark("the plan does not say which format it has; it is read as 1.2");
    return undefined;
  }
  const major = Number(/^\d+/.exec(text)?.[0] ?? Number.NaN);
  if (major >= 2) {
    throw unreadable(
      `${source} has plan format ${text}, and formats up to 1.x are known`,
      "use a newer groundplan, or an older Terraform",
    );
  }
  if (!/^(0\.[12]|1\.\d+)$/.test(text))
    remark(`the plan's format ${JSON.stringify(text)} is not known; it is read as 1.2`);
  return text;
}

/** The entries of a list that can be read. Something else than a list is a remark. */
function each<T>(document: JsonObject, key: string, { remark }: Reading, read: (value: unknown) => T | undefined): T[] {
  const value = document[key];
  if (value !== undefined && value !== null && !Array.isArray(value))
    remark(`${key} is not a list, so it is not shown`);
  return listOf(value).flatMap((entry) => {
    const found = read(entry);
    return found === undefined ? [] : [found];
  });
}

/** Attributes this plan was made because of, by the resource without indexes. */
function relevantIn(value: unknown): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const entry of listOf(value).filter(isObject)) {
    const resource = withoutIndexes(stringOf(entry["resource"]) ?? "");
    found.set(resource, [...(found.get(resource) ?? []), stringOf(listOf(entry["attribute"])[0]) ?? ""]);
  }
  return found;
}

function driftOf(
  value: unknown,
  relevant: ReadonlyMap<string, readonly string[]>,
  reading: Reading,
): ResourceDrift | undefined {
  const change = resourceChangeOf(value, "resource_drift", reading);
  if (change === undefined) return undefined;
  const attributes = relevant.get(withoutIndexes(change.address)) ?? [];
  const differs = (name: string) =>
    name === "" || JSON.stringify(sideOf(change.before, name)) !== JSON.stringify(sideOf(change.after, name));
  return { ...change, relevant: attributes.some(differs) };
}

function sideOf(side: Value | undefined, name: string): Value | undefined {
  return isRecord(side) && Object.hasOwn(side, name) ? side[name] : undefined;
}

function deferredOf(value: unknown, reading: Reading): DeferredChange | undefined {
  const { reason, resource_change: inner } = objectOf(value);
  const change = resourceChangeOf(inner, "deferred_changes", reading);
  return change === undefined ? undefined : { reason: stringOf(reason) ?? "unknown", change };
}

const STATUSES: ReadonlyArray<CheckResult["status"]> = ["pass", "fail", "error", "unknown"];

function checkOf(value: unknown): CheckResult | undefined {
  const { address, status, instances } = objectOf(value);
  const { to_display: display, kind } = objectOf(address);
  const problems = listOf(instances).flatMap((instance) =>
    listOf(objectOf(instance)["problems"]).map(
      (problem) => stringOf(objectOf(problem)["message"]) ?? "a problem without a message",
    ),
  );
  return {
    address: stringOf(display) ?? stringOf(address) ?? "a check without an address",
    kind: stringOf(kind) ?? "",
    status: STATUSES.find((known) => known === status) ?? "unknown",
    problems,
  };
}

function invocationOf(value: unknown, deferred: boolean): ActionInvocation | undefined {
  if (!isObject(value)) return undefined;
  const trigger = objectOf(value["lifecycle_action_trigger"]);
  const event = (stringOf(trigger["action_trigger_event"]) ?? "").toLowerCase().replaceAll("_", " ");
  const by = stringOf(trigger["triggering_resource_address"]);
  return {
    address: stringOf(value["address"]) ?? "an action without an address",
    type: stringOf(value["type"]) ?? "",
    trigger: by === undefined ? event : `${event || "a change"} of ${by}`,
    deferred,
  };
}

/** The plan with every secret that was masked in one place masked in all others. */
function withoutEchoes(plan: PlanDocument, echoes: Echoes): PlanDocument {
  const text = (given: string) => visible(echoes.cleaned(given));
  const maybe = (given: string | undefined) => (given === undefined ? undefined : text(given));
  const value = (given: Value | undefined) => (given === undefined ? undefined : echoes.cleanedValue(given));
  const change = <T extends ResourceChange>(given: T): T => {
    const [before, after] = [value(given.before), value(given.after)];
    const { importing } = given;
    return {
      ...given,
      address: text(given.address),
      name: text(given.name),
      module: text(given.module),
      reason: maybe(given.reason),
      previousAddress: maybe(given.previousAddress),
      before,
      after,
      replacePaths: given.replacePaths.map((path) =>
        path.map((step) => (typeof step === "string" ? text(step) : step)),
      ),
      ...(importing === undefined
        ? {}
        : { importing: { ...importing, id: value(importing.id), identity: value(importing.identity) } }),
    };
  };
  return {
    ...plan,
    changes: plan.changes.map(change),
    drift: plan.drift.map(change),
    outputs: plan.outputs.map((output) => ({
      ...output,
      name: text(output.name),
      before: value(output.before),
      after: value(output.after),
    })),
    deferred: plan.deferred.map((deferred) => ({ reason: text(deferred.reason), change: change(deferred.change) })),
    checks: plan.checks.map((check) => ({
      ...check,
      address: text(check.address),
      problems: check.problems.map(text),
    })),
    invocations: plan.invocations.map((one) => ({ ...one, address: text(one.address), trigger: text(one.trigger) })),
    references: new Map([...plan.references].map(([from, to]) => [text(from), to.map(text)])),
    remarks: plan.remarks.map(text),
  };
}
