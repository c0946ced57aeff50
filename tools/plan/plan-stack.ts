import { chmodSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bookmarkIn } from "../cloud/bookmark";
import type { RunOutcome } from "../cloud/classify";
import { readText, writeFile } from "../files";
import { isObject, objectOf, type JsonObject } from "../json";
import type { Activity, Phase } from "../sandbox/deploy";
import type { Diagnostic } from "../terraform/events";
import { lockedVersions } from "../terraform/lock-files";
import { problemsOf } from "../terraform/problem";
import type { CommandResult, Terraform } from "../terraform/terraform";
import type { BundleKind, BundlePaths, BundleProblem, BundleStack, PlanStatus } from "./bundle";
import { makePreviewFolder } from "./preview-folder";
import { actionDigest, actionsOf, changesOutputs } from "./shown-actions";
import type { Site } from "./site";
import type { Stack } from "./stack";
import { backendOf, markOfState, pullState, type StackState } from "./stack-state";
import { fileDigest, synthDigest } from "./synth-digest";
import type { PreviewOutput, Upstream } from "./upstream-outputs";

/** What planning and applying ask of Terraform Cloud besides what Terraform does itself. */
export interface CloudSeam {
  /** Whether a stack is planned and applied there rather than here. */
  readonly isRemote: (stack: Pick<Stack, "name" | "document" | "folder">) => boolean;
  /** How a plan came out whose log is given, as the CLI does not tell a discarded run from one without changes. */
  readonly planned: (stack: Stack, log: string) => Promise<RunOutcome | undefined>;
  /** How the apply of a run came out, or how far it is. */
  readonly outcome: (stack: Stack, run: NonNullable<BundleStack["run"]>) => Promise<RunOutcome | undefined>;
  /** Takes back a run that nobody will apply. */
  readonly discard: (run: NonNullable<BundleStack["run"]>) => Promise<void>;
}

/** What planning a stack takes, the same for all of an environment. */
export interface PlanContext {
  readonly site: Site;
  readonly kind: BundleKind;
  readonly terraform: Terraform;
  /** Environment of providers and backends. */
  readonly environment: NodeJS.ProcessEnv;
  readonly paths: BundlePaths;
  /** Whether to lock states while planning. */
  readonly lock: boolean;
  /** How long to wait for a lock that another holds. */
  readonly lockSeconds: number;
  /** Terraform Cloud, for stacks that are there. */
  readonly cloud: CloudSeam;
  readonly onActivity: (activity: Activity) => void;
}

/** A planned stack, and what others that read from it need. */
export interface Planned {
  readonly entry: BundleStack;
  readonly upstream: Upstream;
  /** Whether the program was told to stop before it was done. */
  readonly canceled: boolean;
}

/** What is known of a stack before it is planned. */
export interface Place {
  readonly stack: Stack;
  /** From 1. */
  readonly wave: number;
}

/** Why a stack is previewed rather than planned, and what it will read. */
export interface Ahead {
  /** A sentence without its full stop. */
  readonly reason: string;
  readonly outputs: ReadonlyMap<string, ReadonlyMap<string, PreviewOutput>>;
}

/**
 * Plans a stack for real, or previews it in a folder of its own if something ahead of it is not applied yet. Leaves its plan, the plan's JSON
 * and its log in the bundle. A failure is a result like any other.
 */
export async function planStack(place: Place, ahead: Ahead | undefined, context: PlanContext): Promise<Planned> {
  const { stack } = place;
  const { site, terraform, environment, onActivity } = context;
  const phase = (name: Phase, note?: string) =>
    onActivity({ stack: stack.name, at: Date.now(), kind: "phase", phase: name, note });
  phase("preparing");
  writeFile(context.paths.document(stack.name), JSON.stringify(stack.document), 0o600);
  site.prepare(stack, context.kind === "destroy");
  const end = (planned: Planned): Planned => {
    phase(planned.canceled ? "canceled" : planned.entry.status === "failed" ? "failed" : "done");
    return planned;
  };
  const failed = (diagnostics: readonly Diagnostic[], state?: StackState): Planned =>
    end({
      entry: { ...entryOf(place, "failed"), state: markOfState(state), ...said(stack, diagnostics) },
      upstream: { state },
      canceled: terraform.interrupted,
    });

  const init = await terraform.ready(stack, { environment });
  if (!init.ok) return failed(init.diagnostics);
  const { state, problem } = await pullState(stack, terraform, environment);
  if (problem !== undefined || terraform.interrupted) return failed(problem ?? [], state);
  if (state === undefined && context.kind !== "plan") {
    const entry = { ...entryOf(place, "skipped"), reason: "it is not deployed" };
    return end({ entry, upstream: {}, canceled: false });
  }
  phase("planning");
  const result = await (ahead === undefined ? planned(place, state, context) : preview(place, ahead, state, context));
  return end(result ?? failed([], state));
}

/** A stack of a bundle of which nothing is known but its configuration. */
export function entryOf({ stack, wave }: Place, status: PlanStatus): BundleStack {
  return {
    name: stack.name,
    wave,
    dependencies: stack.dependencies,
    status,
    placeholders: [],
    providers: {},
    synthDigest: synthDigest(stack),
    actions: [],
    outputsChange: false,
    backend: backendOf(stack).kind,
    problems: [],
    warnings: [],
  };
}

async function planned(place: Place, state: StackState | undefined, context: PlanContext): Promise<Planned> {
  const { stack } = place;
  const { paths, kind } = context;
  const file = paths.plan(stack.name);
  const { result, json } = await run(stack, stack, file, context);
  const providers = Object.fromEntries(lockedVersions(readText(join(stack.folder, LOCK_FILE)) ?? ""));
  const lock = readText(join(stack.folder, LOCK_FILE));
  if (lock !== undefined) writeFile(paths.lock(stack.name), lock);
  const base = { ...entryOf(place, "no-changes"), providers, state: markOfState(state) };
  const isRemote = context.cloud.isRemote(stack) && !result.canceled;
  const run_ = isRemote ? await context.cloud.planned(stack, readText(paths.log(stack.name, "plan")) ?? "") : undefined;
  if (run_ !== undefined && run_.kind !== "changes" && run_.kind !== "no-changes") {
    rmSync(file, { force: true });
    return {
      entry: { ...base, status: "failed", ...refusedBy(run_, stack, result) },
      upstream: { state },
      canceled: false,
    };
  }
  if (!result.ok || json === undefined) {
    rmSync(file, { force: true });
    const words = said(stack, result.diagnostics);
    const missing = words.problems.find((problem) => MISSING_UPSTREAM.test(`${problem.summary}\n${problem.detail}`));
    const reads = stack.remoteStates.map(({ producer }) => producer).join(", ");
    const status = missing === undefined ? "failed" : "blocked";
    const reason = missing === undefined ? undefined : `it reads values of ${reads}, of which one is not deployed`;
    return {
      entry: { ...base, ...words, status, reason, actions: json === undefined ? [] : actionsOf(json) },
      upstream: { state },
      canceled: result.canceled,
    };
  }
  const actions = actionsOf(json);
  const changes = result.changes === true;
  const applicable = changes && kind !== "drift";
  const digest = applicable ? fileDigest(file) : undefined;
  const bookmark = bookmarkIn(readText(file) ?? "");
  const saved = bookmark === undefined ? undefined : { id: bookmark.runId, hostname: bookmark.hostname };
  if (!applicable) rmSync(file, { force: true });
  if (!applicable && saved !== undefined) await context.cloud.discard(saved);
  return {
    entry: {
      ...base,
      status: changes ? "planned" : "no-changes",
      planDigest: digest,
      actionDigest: actionDigest(actions),
      actions,
      outputsChange: changesOutputs(json),
      run: applicable ? saved : undefined,
      warnings: said(stack, result.diagnostics).warnings,
    },
    upstream: changes ? { state, plan: json } : { state },
    canceled: false,
  };
}

async function preview(
  place: Place,
  { reason, outputs }: Ahead,
  state: StackState | undefined,
  context: PlanContext,
): Promise<Planned> {
  const { site, kind, terraform, environment } = context;
  const folder = makePreviewFolder({ stack: place.stack, folder: site.paths.previews, state, outputs });
  try {
    site.prepare(folder.stack, kind === "destroy");
    const base = { ...entryOf(place, "preview"), reason, state: markOfState(state), placeholders: folder.placeholders };
    const init = await terraform.ready(folder.stack, { environment });
    const file = join(folder.stack.folder, "preview.tfplan");
    const { result, json } = init.ok
      ? await run(place.stack, folder.stack, file, context)
      : { result: init, json: undefined };
    rmSync(file, { force: true }); // so that nobody applies it by hand
    if (!result.ok || json === undefined) {
      const invented = folder.placeholders.length > 0;
      const later = `it cannot be previewed before ${folder.placeholders.join(", ")} is applied`;
      return {
        entry: {
          ...base,
          ...said(place.stack, result.diagnostics),
          status: invented ? "blocked" : "failed",
          reason: invented ? later : reason,
        },
        upstream: { state },
        canceled: result.canceled,
      };
    }
    const actions = actionsOf(json);
    const { warnings } = said(place.stack, result.diagnostics);
    const changes = { actions, actionDigest: actionDigest(actions), outputsChange: changesOutputs(json), warnings };
    return { entry: { ...base, ...changes }, upstream: { state, plan: json }, canceled: false };
  } finally {
    folder.clear();
  }
}

/** Plans in a folder and keeps the plan's JSON; of a plan that failed half-way too, as far as there is one. */
async function run(
  { name }: Stack,
  stack: Stack,
  file: string,
  { kind, terraform, environment, paths, lock, lockSeconds, cloud, onActivity }: PlanContext,
): Promise<{ result: CommandResult; json?: JsonObject }> {
  const remote = cloud.isRemote(stack);
  const result = await terraform.plan(stack.folder, {
    out: file,
    refresh: true,
    mode: kind === "plan" ? "normal" : kind === "drift" ? "refresh-only" : "destroy",
    lock,
    lockSeconds,
    environment,
    remote,
    log: paths.log(name, "plan"),
    onEvent: (event) => onActivity({ stack: name, at: Date.now(), kind: "terraform", event }),
  });
  if (!existsSync(file)) return { result };
  chmodSync(file, 0o600);
  const { shown, json } = await jsonOf(stack, file, terraform, environment);
  if (json !== undefined) {
    writeFile(paths.json(name), shown.json, 0o600);
    return { result, json };
  }
  const silent = { severity: "error" as const, summary: "The plan's JSON cannot be read", detail: UNREADABLE };
  return { result: result.ok ? { ...shown, ok: false, diagnostics: shown.ok ? [silent] : shown.diagnostics } : result };
}

/** A saved plan as JSON. Terraform Cloud makes it a while after the plan; until then the CLI prints nothing and calls that a success. */
async function jsonOf({ folder }: Stack, file: string, terraform: Terraform, environment: NodeJS.ProcessEnv) {
  for (let tries = JSON_TRIES; ; tries -= 1) {
    const shown = await terraform.show(folder, file, { environment });
    const isLate = shown.ok && shown.json.trim() === "" && tries > 0 && !terraform.interrupted;
    if (!isLate) return { shown, json: shown.ok ? documentIn(shown.json) : undefined };
    await sleep(JSON_PAUSE_MILLISECONDS);
  }
}

/** What a run came to that is no plan to apply. What Terraform itself said goes with it if the run failed. */
function refusedBy(run: RunOutcome, stack: Stack, { diagnostics }: CommandResult): Partial<BundleStack> {
  const { exitCode, message, url, hint, kind } = run;
  const own = kind === "failed" ? said(stack, diagnostics).problems : [];
  return {
    refusal: { exitCode, message, url },
    problems: [{ summary: message, detail: url, hint }, ...own],
  };
}

/** What Terraform said, as a bundle keeps it. */
function said(stack: Stack, diagnostics: readonly Diagnostic[]): { problems: BundleProblem[]; warnings: string[] } {
  return {
    problems: problemsOf(stack.name, diagnostics).map(({ summary, detail, address, hint }) => ({
      summary,
      detail,
      address,
      hint,
    })),
    warnings: [...new Set(diagnostics.filter(({ severity }) => severity === "warning").map(({ summary }) => summary))],
  };
}

function documentIn(text: string): JsonObject | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? objectOf(document) : undefined;
  } catch {
    return undefined; // it ended before it had written all of it
  }
}

const JSON_TRIES = 60;
const JSON_PAUSE_MILLISECONDS = 1000;
const UNREADABLE = "In Terraform Cloud it takes the rights of the workspace's admin, and not an organization's token.";
const LOCK_FILE = ".terraform.lock.hcl";
const MISSING_UPSTREAM = /unable to find remote state|no stored state was found/i;
