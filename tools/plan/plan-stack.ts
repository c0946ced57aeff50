import { rmSync } from "node:fs";
import { join } from "node:path";
import { bookmarkIn } from "../cloud/bookmark";
import type { RunOutcome } from "../cloud/classify";
import { readText, writeFile } from "../files";
import type { Phase } from "../sandbox/deploy";
import type { Diagnostic } from "../terraform/events";
import { lockedVersions } from "../terraform/lock-files";
import type { CommandResult } from "../terraform/terraform";
import type { BundleStack } from "./bundle";
import { entryOf, said, type Ahead, type Place, type PlanContext, type Planned } from "./plan-context";
import { previewStack } from "./preview-stack";
import { runPlan } from "./run-plan";
import { actionDigest, actionsOf, changesOutputs } from "./shown-actions";
import type { Stack } from "./stack";
import { markOfState, pullState, type StackState } from "./stack-state";
import { lostState, rememberState } from "./state-memory";
import { fileDigest } from "./synth-digest";

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
  // The sandbox forgets its states together with its emulator.
  const lost = state === undefined && site.kind === "account" ? lostState(stack, environment) : undefined;
  if (lost !== undefined) return failed([lost]);
  if (state !== undefined) rememberState(stack, state, environment);
  if (state === undefined && context.kind !== "plan") {
    const entry = { ...entryOf(place, "skipped"), reason: "it is not deployed" };
    return end({ entry, upstream: {}, canceled: false });
  }
  phase("planning");
  const result = await (ahead === undefined
    ? planned(place, state, context)
    : previewStack(place, ahead, state, context));
  return end(result ?? failed([], state));
}

async function planned(place: Place, state: StackState | undefined, context: PlanContext): Promise<Planned> {
  const { stack } = place;
  const { paths, kind } = context;
  const file = paths.plan(stack.name);
  const { result, json } = await runPlan(stack, stack, file, context);
  const providers = Object.fromEntries(lockedVersions(readText(join(stack.folder, LOCK_FILE)) ?? ""));
  const lock = readText(join(stack.folder, LOCK_FILE));
  if (lock !== undefined) writeFile(paths.lock(stack.name), lock);
  const base = { ...entryOf(place, "no-changes"), providers, state: markOfState(state) };
  const outcome = await cloudOutcome(stack, result, context);
  if (outcome !== undefined && outcome.kind !== "changes" && outcome.kind !== "no-changes") {
    rmSync(file, { force: true });
    const refused = { ...base, status: "failed" as const, ...refusedBy(outcome, stack, result) };
    return { entry: refused, upstream: { state }, canceled: false };
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
  // A refresh plans to change nothing; what it found is told apart.
  const actions = actionsOf(kind === "drift" ? { resource_changes: json["resource_drift"] } : json);
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

/** How the run of a stack in Terraform Cloud came out. One that was interrupted here is ended there too. */
async function cloudOutcome(stack: Stack, { canceled }: CommandResult, { cloud, paths }: PlanContext) {
  if (!cloud.isRemote(stack)) return undefined;
  const log = readText(paths.log(stack.name, "plan")) ?? "";
  if (!canceled) return cloud.planned(stack, log);
  await cloud.abandon(stack, log);
  return undefined;
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

const LOCK_FILE = ".terraform.lock.hcl";
const MISSING_UPSTREAM = /unable to find remote state|no stored state was found/i;
