import { join } from "node:path";
import { costDelta } from "../cost/delta";
import { readJson, readText, writeFile } from "../files";
import { objectOf } from "../json";
import { NO_ALLOW_LIST, parseAllowList, type AllowList } from "../review/meaning/allow-list";
import { buildReview } from "../review/meaning/build-review";
import type { StackInput } from "../review/meaning/review-input";
import { RULE_IDS } from "../review/meaning/risks";
import { pictureOf } from "../review/picture/picture-of";
import type { PlanDocument } from "../review/plan-document";
import { readTogether } from "../review/read/read-plans";
import { formsOf } from "../review/render/forms";
import { SEVERITIES, type Banner, type Review, type Severity } from "../review/review";
import { hasChanges, writeBundle, type Bundle, type BundlePaths, type BundleRisk, type BundleStack } from "./bundle";
import { providersOf, remoteStatesOf, type Stack } from "./stack";

/** A reviewed bundle. */
export interface Reviewed {
  readonly bundle: Bundle;
  readonly review: Review;
  /** For a terminal, without colours. */
  readonly text: string;
  /** Whether a policy forbids it. */
  readonly blocked: boolean;
}

/** File with the thresholds and the risks that are accepted, below the project's folder. */
const ALLOW_LIST = join("envs", "review.yaml");

/** The allow-list of a project; nothing is accepted where there is none. */
export function readAllowList(root: string): AllowList {
  const path = join(root, ALLOW_LIST);
  const text = readText(path);
  return text === undefined ? NO_ALLOW_LIST : parseAllowList(text, ALLOW_LIST, RULE_IDS);
}

interface ReviewOptions {
  readonly allowList: AllowList;
  /** Severity from which a risk has to be accepted expressly; undefined for none. */
  readonly threshold: Severity | undefined;
}

/** Reviews a bundle, writes the review into its folder in every form, and completes it. */
export async function reviewBundle(bundle: Bundle, paths: BundlePaths, options: ReviewOptions): Promise<Reviewed> {
  const review = reviewOf(bundle, paths, options);
  const forms = await formsOf(review, markerOf(bundle));
  for (const [ending, text] of Object.entries(forms)) writeFile(paths.review(ending as keyof typeof forms), text);
  const risks = review.risks.map(({ rule, severity, stack, address }) => ({ rule, severity, stack, address }));
  const complete: Bundle = { ...bundle, complete: true, threshold: options.threshold, risks };
  writeBundle(paths, complete);
  return { bundle: complete, review, text: forms.txt, blocked: review.verdict.outcome === "blocked" };
}

/** First line of a comment, by which it is found again. */
function markerOf({ system, environment }: Pick<Bundle, "system" | "environment">): string {
  return `<!-- groundplan review: ${system}/${environment} -->`;
}

/** The file in which a person reads the review. */
export function reviewPage(paths: BundlePaths): string {
  return paths.review("html");
}

/** Risks of a stack's plan, as it lies in the bundle's folder now. */
export function risksOf(
  bundle: Bundle,
  entry: BundleStack,
  paths: BundlePaths,
  allowList: AllowList,
): readonly BundleRisk[] {
  const one = { ...bundle, stacks: bundle.stacks.map((stack) => (stack.name === entry.name ? entry : stack)) };
  return reviewOf(one, paths, { allowList, threshold: undefined })
    .risks.filter(({ stack }) => stack === entry.name)
    .map(({ rule, severity, stack, address }) => ({ rule, severity, stack, address }));
}

/** Whether a severity is at or above another. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** The risks of a bundle that have to be accepted expressly. */
export function gravest({ risks, threshold }: Pick<Bundle, "risks" | "threshold">): BundleRisk[] {
  return threshold === undefined ? [] : risks.filter(({ severity }) => isAtLeast(severity, threshold));
}

function reviewOf(bundle: Bundle, paths: BundlePaths, { allowList, threshold }: ReviewOptions): Review {
  const { kind, system, environment, tier, revision, dirty, plannedAt, terraformVersion } = bundle;
  const documents = new Map(bundle.stacks.map(({ name }) => [name, objectOf(readJson(paths.document(name)))]));
  const names = [...documents.keys()];
  const entries = bundle.stacks.filter(({ status }) => status !== "skipped");
  const plans = plansOf(entries, paths);
  const stacks = entries.map((entry) =>
    stackInput(entry, documents.get(entry.name) ?? {}, names, plans.get(entry.name)),
  );
  const drawn = bundle.stacks.map(({ name, dependencies }) => ({
    name,
    dependencies,
    document: documents.get(name) ?? {},
  }));
  const sandbox = bundle.site === "sandbox" ? ", in the local sandbox" : "";
  return buildReview({
    kind,
    title: `${environment} of ${system}${sandbox}`,
    subject: {
      system,
      environment,
      tier,
      ...(revision === undefined ? {} : { revision }),
      dirty,
      plannedAt,
      terraformVersion,
    },
    stacks,
    allowList,
    today: plannedAt.slice(0, 10),
    ...(threshold === undefined ? {} : { threshold }),
    banners: notesOn(bundle),
    ...(kind === "plan" ? { cost: costDelta(undefined, drawn.map(stackFor(names))) } : {}),
    picture: (reviews) => pictureOf(drawn, reviews),
  });
}

/** What a reader must know of how it was planned. */
function notesOn({ leftOut = [], refreshed = true }: Bundle): Banner[] {
  const texts = [
    ...(leftOut.length === 0 ? [] : [`Left out on the command line: ${leftOut.join(", ")}.`]),
    ...(refreshed ? [] : ["Planned from the states as they are: what was changed outside of Terraform is not seen."]),
  ];
  return texts.map((text) => ({ level: "note", text }));
}

function stackInput(
  entry: BundleStack,
  document: Stack["document"],
  names: readonly string[],
  plan: PlanDocument | undefined,
): StackInput {
  const { name, wave, status, dependencies, placeholders, problems, warnings, reason } = entry;
  const blocked =
    status === "blocked"
      ? [{ summary: `not planned: ${reason ?? "a stack it needs could not be planned"}`, detail: "" }]
      : [];
  return {
    ...{ name, wave, dependencies, placeholders, warnings },
    status: statusOf(entry),
    problems: [...problems, ...blocked],
    document,
    reads: remoteStatesOf(document, names),
    ...(plan === undefined ? {} : { plan }),
  };
}

/** The plans of all stacks, read together. */
function plansOf(entries: readonly BundleStack[], paths: BundlePaths): ReadonlyMap<string, PlanDocument> {
  const files = entries.flatMap(({ name }) => {
    const json = readText(paths.json(name));
    return json === undefined ? [] : [{ name, source: `${name}.json`, bytes: Buffer.from(json) }];
  });
  const read = readTogether(files);
  return new Map(
    files.flatMap(({ name }, index) => {
      const plan = read[index]?.[0];
      return plan === undefined ? [] : [[name, plan] as const];
    }),
  );
}

function statusOf(entry: BundleStack): StackInput["status"] {
  switch (entry.status) {
    case "planned":
      return hasChanges(entry) ? "changes" : "no-changes";
    case "blocked":
      return "failed";
    default:
      return entry.status;
  }
}

function stackFor(names: readonly string[]) {
  return ({
    name,
    document,
    dependencies,
  }: {
    readonly name: string;
    readonly document: Stack["document"];
    readonly dependencies: readonly string[];
  }): Stack => ({
    ...{ name, document, dependencies, folder: "", file: "", annotations: [] },
    providers: providersOf(document),
    remoteStates: remoteStatesOf(document, names),
  });
}
