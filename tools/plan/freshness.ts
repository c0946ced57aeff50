import { join } from "node:path";
import { ExitCode } from "../exit-code";
import { readJson, readText, writeFile } from "../files";
import { objectOf } from "../json";
import { lockedVersions } from "../terraform/lock-files";
import type { Terraform } from "../terraform/terraform";
import { UserError } from "../user-error";
import type { Bundle, BundleKind, BundlePaths, BundleStack } from "./bundle";
import type { Site } from "./site";
import type { Stack } from "./stack";
import { pullState, sameState } from "./stack-state";
import { differences, fileDigest, synthDigest } from "./synth-digest";

/** Why a bundle must not be applied; `stack` is absent where it is about the whole. */
export interface Staleness {
  readonly stack?: string;
  /** A sentence without its full stop. */
  readonly reason: string;
}

interface WholeOptions {
  readonly site: Pick<Site, "kind" | "system" | "environment">;
  readonly kind: BundleKind;
  readonly now: Date;
  readonly maxAgeHours: number;
  readonly terraformVersion: string;
}

/** What speaks against a bundle as a whole. */
export function wholeProblems(bundle: Bundle, options: WholeOptions): Staleness[] {
  const { site, kind, now, maxAgeHours, terraformVersion } = options;
  const name = (of: Pick<Bundle, "system" | "environment"> & { kind: string }) =>
    `${of.environment} of system ${of.system} in the ${of.kind}`;
  const [mine, its] = [name(site), name({ ...bundle, kind: bundle.site })];
  const hours = (now.getTime() - Date.parse(bundle.plannedAt)) / 3_600_000;
  const problems = [
    bundle.kind === kind ? undefined : `it is a ${bundle.kind}, not a ${kind}`,
    mine === its ? undefined : `it was planned for ${its}, not for ${mine}`,
    bundle.complete ? undefined : "it is incomplete: the planning was interrupted",
    hours <= maxAgeHours ? undefined : `it is ${Math.floor(hours)} hours old, and may be ${maxAgeHours} at most`,
    bundle.terraformVersion === terraformVersion
      ? undefined
      : `it was planned by Terraform ${bundle.terraformVersion}, and this one is ${terraformVersion}`,
  ];
  return problems.flatMap((reason) => (reason === undefined ? [] : [{ reason }]));
}

interface StackOptions {
  /** As they are synthesized now. */
  readonly stacks: readonly Stack[];
  /** Those to apply. */
  readonly entries: readonly BundleStack[];
  readonly paths: BundlePaths;
}

/** What has changed in the configuration or in the saved plans since. Asks nobody. */
export function fileProblems(bundle: Bundle, { stacks, entries, paths }: StackOptions): Staleness[] {
  const planned = new Set(bundle.stacks.map(({ name }) => name));
  const left = bundle.leftOut ?? [];
  const added = stacks
    .filter(({ name }) => !planned.has(name) && !left.includes(name))
    .map(({ name }) => ({ stack: name, reason: "it is new since the plan" }));
  return [
    ...added,
    ...entries.flatMap((entry) => {
      const stack = stacks.find(({ name }) => name === entry.name);
      const reason = stack === undefined ? "it is no longer synthesized" : fileProblem(entry, stack, paths);
      return reason === undefined ? [] : [{ stack: entry.name, reason }];
    }),
  ];
}

function fileProblem(entry: BundleStack, stack: Stack, paths: BundlePaths): string | undefined {
  if (synthDigest(stack) !== entry.synthDigest) {
    const changed = differences(objectOf(readJson(paths.document(entry.name))), stack.document);
    const some = changed.slice(0, SHOWN).join(", ") + (changed.length > SHOWN ? ", …" : "");
    return `its configuration has changed since the plan${some === "" ? "" : `: ${some}`}`;
  }
  if (!isReplayed(entry)) return undefined;
  const digest = fileDigest(paths.plan(entry.name));
  if (digest === undefined) return "its saved plan is gone";
  return digest === entry.planDigest ? undefined : "its saved plan is not the one that was reviewed";
}

/** Whether a stack is applied from the plan in the bundle, rather than planned once more. */
export function isReplayed({ status, applied }: BundleStack): boolean {
  return status === "planned" && applied === undefined;
}

interface StateOptions extends StackOptions {
  readonly site: Pick<Site, "prepare">;
  readonly terraform: Terraform;
  readonly environment: NodeJS.ProcessEnv;
  readonly destroying: boolean;
}

/** What has changed in states and providers since. Makes the stacks' folders ready to be applied on the way. */
export async function stateProblems({ stacks, entries, paths, ...options }: StateOptions): Promise<Staleness[]> {
  const { site, terraform, environment, destroying } = options;
  const checked = entries.map(async (entry): Promise<Staleness[]> => {
    const stack = stacks.find(({ name }) => name === entry.name);
    if (stack === undefined) return [];
    const problem = (reason: string) => [{ stack: entry.name, reason }];
    site.prepare(stack, destroying);
    const lock = readText(paths.lock(entry.name));
    const file = join(stack.folder, ".terraform.lock.hcl");
    if (lock !== undefined && readText(file) !== lock) writeFile(file, lock);
    const init = await terraform.ready(stack, { environment });
    if (terraform.interrupted)
      throw new UserError("interrupted before anything was applied", { exitCode: ExitCode.canceled });
    if (!init.ok) throw notReady(entry.name, init.diagnostics);
    const versions = Object.fromEntries(lockedVersions(readText(file) ?? ""));
    const other = Object.entries(entry.providers).find(([source, version]) => versions[source] !== version);
    if (other !== undefined) {
      const [source, version] = other;
      return problem(`it was planned with ${source} ${version}, and here it is ${versions[source] ?? "missing"}`);
    }
    const { state, problem: unread } = await pullState(stack, terraform, environment);
    if (unread !== undefined) throw notReady(entry.name, unread);
    if (entry.applied !== undefined && entry.applied.outcome !== "done") return [];
    const expected = entry.applied?.outcome === "done" ? entry.applied.state : entry.state;
    return sameState(expected, state)
      ? []
      : problem("its state has changed since the plan: somebody applied something");
  });
  return (await Promise.all(checked)).flat();
}

/** One error that says everything that has changed. */
export function stale(problems: readonly Staleness[], tryThis: string): UserError {
  return new UserError("the plan is stale, nothing was applied", {
    details: problems.map(({ stack, reason }) => (stack === undefined ? reason : `${stack}: ${reason}`)).join("\n"),
    tryThis,
    exitCode: ExitCode.stale,
  });
}

function notReady(
  stack: string,
  diagnostics: readonly { readonly summary: string; readonly detail: string }[],
): UserError {
  return new UserError(`${stack} cannot be made ready, nothing was applied`, {
    details: diagnostics.map(({ summary, detail }) => `${summary}\n${detail}`.trim()).join("\n"),
  });
}

/** Changed parts that are named. */
const SHOWN = 3;
