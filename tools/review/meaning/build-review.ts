import type { OutputChange, ResourceChange } from "../plan-document";
import {
  SEVERITIES,
  type Banner,
  type Change,
  type OutputReview,
  type Review,
  type Risk,
  type Severity,
  type StackReview,
  type Verdict,
} from "../review";
import { withoutIndexes } from "../read/changes";
import { isRecord } from "../value";
import { accept } from "./allow-list";
import { attributesOf } from "./attributes";
import { bannersOf } from "./banners";
import { blastRadius, type Reference } from "./blast-radius";
import { constructsOf, type Constructs } from "./constructs";
import { countsOf, isChange, NONE, sumOf } from "./counts";
import { driftIn, type Drift } from "./drift";
import { RULES } from "./risks";
import type { ReviewInput, StackInput } from "./review-input";
import { shown } from "./shown";
import { replacePathText, whyDeferred, whyOf } from "./why";

/** Threshold of a review that is given none. */
const DEFAULT_THRESHOLD: Severity = "high";

/** Makes a review of plans: what they do, what is dangerous about it, and what it reaches. The same input gives the same review. */
export function buildReview(input: ReviewInput): Review {
  const { kind, title, subject, allowList, today, threshold = DEFAULT_THRESHOLD } = input;
  const constructs = new Map(input.stacks.map(({ name, document }) => [name, constructsOf(document)]));
  const of = (stack: string): Constructs => constructs.get(stack) ?? constructsOf(undefined);
  const parts = input.stacks.flatMap(({ plan }) => plan?.parts ?? []);
  const drifts = new Map(
    input.stacks.map(({ name, plan }) => [name, plan === undefined ? NO_DRIFT : driftIn(plan, parts)]),
  );
  const driftOf = (stack: string) => drifts.get(stack) ?? NO_DRIFT;
  const found = input.stacks.flatMap((stack) => risksOf(stack, input, of(stack.name), driftOf(stack.name)));
  const { risks, accepted, problems } = accept(found.sort(byGravity), allowList, today);
  const gravest = severities(risks);
  const stacks = input.stacks.map((stack) =>
    stackReview(stack, { kind, found: driftOf(stack.name), constructs: of(stack.name), gravest }),
  );
  const counts = sumOf(stacks.map((stack) => stack.counts));
  const all = stacks.flatMap(({ changes }) => changes);
  const picture = input.picture?.(stacks);
  return {
    version: 1,
    kind,
    title,
    subject,
    verdict: verdictOf(input, risks, { objects: objectsIn(stacks, kind), outputs: outputsIn(stacks) }, threshold),
    banners: [...bannersOf(input), ...(input.banners ?? []), ...(kind === "drift" ? leftOut(stacks) : [])],
    counts,
    stacks,
    risks,
    accepted,
    allowListProblems: problems,
    blastRadius: blastRadius(all, referencesOf(input.stacks), (stack, address) => of(stack).pathOf(address)),
    ...(input.policy === undefined ? {} : { policy: input.policy }),
    ...(input.cost === undefined ? {} : { cost: input.cost }),
    ...(picture === undefined ? {} : { picture }),
  };
}

const NO_DRIFT: Drift = { drift: [], settled: 0 };

/** What is dangerous in a plan; in a report of drift, in what somebody has done already. */
function risksOf(
  { name, plan: given }: StackInput,
  { kind, subject }: ReviewInput,
  constructs: Constructs,
  { drift }: Drift,
): Risk[] {
  if (given === undefined) return [];
  const plan = kind === "drift" ? { ...given, changes: drift, drift: [] } : { ...given, drift };
  const judged = { name, kind, tier: subject.tier, plan, lifecycleOf: constructs.lifecycleOf };
  return RULES.flatMap((rule) =>
    rule.check(judged).map(({ change, severity, evidence, ...own }): Risk => ({
      rule: rule.id,
      severity,
      title: own.title ?? rule.title,
      stack: name,
      address: change.address,
      construct: constructs.pathOf(change.address),
      evidence,
      why: own.why ?? rule.why,
      fix: own.fix ?? rule.fix,
    })),
  );
}

interface Surroundings {
  readonly kind: Review["kind"];
  readonly found: Drift;
  readonly constructs: Constructs;
  readonly gravest: ReadonlyMap<string, Severity>;
}

function stackReview(
  stack: StackInput,
  { kind, found: { drift, settled }, constructs, gravest }: Surroundings,
): StackReview {
  const { name, wave, status, dependencies, placeholders, plan, problems, warnings } = stack;
  const reviewed = (change: ResourceChange) => changeOf(name, change, constructs, gravest);
  const common = { name, wave, status, dependencies, placeholders, problems, warnings };
  if (plan === undefined) {
    const nothing = {
      changes: [],
      outputs: [],
      drift: [],
      otherDrift: [],
      settledDrift: 0,
      deferred: [],
      checks: [],
      invocations: [],
      remarks: [],
    };
    return { ...common, counts: NONE, ...nothing };
  }
  return {
    ...common,
    ...(kind === "drift" && drift.length === 0 && status === "changes" ? { status: "no-changes" as const } : {}),
    counts: countsOf(kind === "drift" ? drift : plan.changes),
    changes: plan.changes.filter(isShown).map(reviewed).sort(byImportance),
    outputs: plan.outputs.filter(({ action }) => action !== "no-op").map(outputOf),
    drift: drift.filter(({ relevant }) => kind === "drift" || relevant).map(reviewed),
    otherDrift: drift.filter(({ relevant }) => kind !== "drift" && !relevant).map(reviewed),
    settledDrift: settled,
    deferred: plan.deferred.map(({ reason, change }) => ({ why: whyDeferred(reason), change: reviewed(change) })),
    checks: plan.checks.map(({ address, status: result, problems: found }) => ({
      address,
      status: result,
      problems: found,
    })),
    invocations: plan.invocations.map(({ address, trigger, deferred }) => ({ address, trigger, deferred })),
    remarks: plan.remarks,
  };
}

/** What a report of drift does not list. */
function leftOut(stacks: readonly StackReview[]): Banner[] {
  const number = stacks.reduce((sum, { settledDrift }) => sum + settledDrift, 0);
  const objects = number === 1 ? "1 object differs" : `${number} objects differ`;
  const text = `Not listed: ${objects} from the state only in what the service itself sets, or in parts that have a resource of their own.`;
  return number === 0 ? [] : [{ level: "note", text }];
}

/** What stays as it is and where it is, needs no reader. A change of nothing but sensitivity does. */
function isShown(change: ResourceChange): boolean {
  return (
    change.action !== "no-op" ||
    change.previousAddress !== undefined ||
    change.importing !== undefined ||
    change.sensitivityChanges.length > 0
  );
}

function changeOf(
  stack: string,
  change: ResourceChange,
  constructs: Constructs,
  gravest: ReadonlyMap<string, Severity>,
): Change {
  const { address, deposed, mode, type, provider, action, rawActions, previousAddress, importing, generatedConfig } =
    change;
  const why = whyOf(change);
  const severity = gravest.get(keyOf(stack, address));
  return {
    stack,
    address,
    ...(deposed === undefined ? {} : { deposed }),
    mode,
    type,
    construct: constructs.pathOf(address),
    provider,
    action,
    rawActions,
    ...(why === undefined ? {} : { why }),
    replacePaths: change.replacePaths.map(replacePathText),
    ...(previousAddress === undefined ? {} : { previousAddress }),
    ...(importing === undefined ? {} : { importing: importingText(importing) }),
    generatedConfig,
    ...attributesOf(change),
    ...(severity === undefined ? {} : { severity }),
  };
}

function importingText({ id, identity, unknown }: NonNullable<ResourceChange["importing"]>): string {
  if (unknown) return "an object whose id is known after apply";
  if (id !== undefined) return `id ${shown(id).text}`;
  return isRecord(identity) ? `identity ${shown(identity).text}` : "an existing object";
}

function outputOf({ name, action, before, after }: OutputChange): OutputReview {
  return {
    name,
    action,
    ...(before === undefined ? {} : { before: shown(before) }),
    ...(after === undefined ? {} : { after: shown(after) }),
  };
}

function referencesOf(stacks: readonly StackInput[]): Reference[] {
  return stacks.flatMap((stack) => [
    ...[...(stack.plan?.references ?? [])].flatMap(([from, targets]) =>
      targets.map((to) => ({ from: `${stack.name}/${from}`, to: `${stack.name}/${to}` })),
    ),
    ...crossStack(stack, stacks),
  ]);
}

/** What a stack reads from others: every resource that names the output refers to the resources behind it. */
function crossStack(stack: StackInput, stacks: readonly StackInput[]): Reference[] {
  const document = stack.document;
  if (document === undefined || stack.reads === undefined || stack.reads.length === 0) return [];
  const resources = resourceTexts(document);
  return stack.reads.flatMap(({ id, producer, outputs }) => {
    const source = stacks.find(({ name }) => name === producer)?.document;
    return outputs.flatMap((output) => {
      const value = JSON.stringify(
        (source?.["output"] as Record<string, { value?: unknown }> | undefined)?.[output]?.value ?? "",
      );
      const behind = [...value.matchAll(/\b((?:data\.)?[a-z]\w*_\w+\.[\w-]+)\./g)].map((match) => match[1] ?? "");
      const reference = `terraform_remote_state.${id}.outputs.${output}`;
      const readers = resources.filter(({ text }) => mentions(text, reference)).map(({ address }) => address);
      return readers.flatMap((from) =>
        behind.map((to) => ({ from: `${stack.name}/${from}`, to: `${producer}/${withoutIndexes(to)}` })),
      );
    });
  });
}

/** Whether a text has a reference in it, and not only one whose name begins like it. */
function mentions(text: string, reference: string): boolean {
  for (let at = text.indexOf(reference); at >= 0; at = text.indexOf(reference, at + 1))
    if (!/[\w-]/.test(text[at + reference.length] ?? "")) return true;
  return false;
}

function resourceTexts(document: Readonly<Record<string, unknown>>): Array<{ address: string; text: string }> {
  const resources = (document["resource"] ?? {}) as Record<string, Record<string, unknown>>;
  return Object.entries(resources).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, body]) => ({ address: `${type}.${name}`, text: JSON.stringify(body) })),
  );
}

function severities(risks: readonly Risk[]): ReadonlyMap<string, Severity> {
  const found = new Map<string, Severity>();
  for (const { stack, address, severity } of risks) {
    const key = keyOf(stack, address);
    if (!found.has(key)) found.set(key, severity); // the gravest comes first
  }
  return found;
}

function keyOf(stack: string, address: string): string {
  return `${stack}/${address}`;
}

function byGravity(a: Risk, b: Risk): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

const IMPORTANCE: ReadonlyArray<Change["action"]> = [
  ...(["unknown", "delete", "replace", "replace-create-first", "forget", "create-forget"] as const),
  ...(["update", "create", "read", "open", "no-op"] as const),
];

function byImportance(a: Change, b: Change): number {
  const grave = ({ severity }: Change) => (severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity));
  const [left, right] = [grave(a), grave(b)];
  // Those with a grave risk come before what is destroyed, and that before lesser risks.
  const first = (value: number) => (value <= 1 ? value : 2);
  return first(left) - first(right) || IMPORTANCE.indexOf(a.action) - IMPORTANCE.indexOf(b.action) || left - right;
}

/** How many objects are changed, made, destroyed, forgotten, imported or moved; one that is moved and changed is one. */
function objectsIn(stacks: readonly StackReview[], kind: Review["kind"]): number {
  const changes = stacks.flatMap((stack) => (kind === "drift" ? stack.drift : stack.changes));
  return changes.filter(isChange).length;
}

function outputsIn(stacks: readonly StackReview[]): number {
  return stacks.reduce((sum, { outputs }) => sum + outputs.length, 0);
}

function verdictOf(
  { stacks, policy, kind }: ReviewInput,
  risks: readonly Risk[],
  changes: { readonly objects: number; readonly outputs: number },
  threshold: Severity,
): Verdict {
  const failed = stacks.filter(({ status, plan }) => status === "failed" || plan?.errored === true);
  if (failed.length > 0) {
    return {
      outcome: "failed",
      text: `${failed.map(({ name }) => name).join(", ")} could not be planned: what follows is a part`,
    };
  }
  if ((policy?.failed ?? 0) > 0)
    return { outcome: "blocked", text: `${count(policy?.failed ?? 0, "finding")} of policies forbid it` };
  const grave = risks.filter(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold));
  const { objects, outputs } = changes;
  const what = objects === 0 && outputs > 0 ? `${count(outputs, "output")} and nothing else` : count(objects, "change");
  const total = kind === "drift" ? `${what} outside of Terraform` : what;
  if (grave.length > 0) {
    const each = SEVERITIES.flatMap((severity) => {
      const number = grave.filter((risk) => risk.severity === severity).length;
      return number === 0 ? [] : [`${number} ${severity}`];
    });
    return {
      outcome: "risk",
      text: `${each.join(", ")} ${grave.length === 1 ? "risk" : "risks"} in ${total}: ${kind === "drift" ? "look at" : "read"} ${grave.length === 1 ? "it" : "them"} ${kind === "drift" ? "now" : "before you apply"}`,
    };
  }
  if (objects + outputs === 0)
    return {
      outcome: "no-changes",
      text: kind === "drift" ? "Nothing was changed outside of Terraform" : "No changes",
    };
  const lesser = risks.length === 0 ? "no risk found" : `${count(risks.length, "lesser risk")}`;
  return { outcome: "changes", text: `${total}, ${lesser}` };
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
