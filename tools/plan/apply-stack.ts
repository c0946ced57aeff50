import { rmSync } from "node:fs";
import type { RunOutcome } from "../cloud/classify";
import type { Counts } from "../terraform/events";
import { problemsOf, type Problem } from "../terraform/problem";
import type { Applied, BundleRisk, BundleStack } from "./bundle";
import { isReplayed } from "./freshness";
import type { PlanContext } from "./plan-context";
import { planStack } from "./plan-stack";
import { actionDigest, noRemainder, notShown, type ShownAction } from "./shown-actions";
import type { Stack } from "./stack";
import { markOfState, pullState } from "./stack-state";
import { rememberState } from "./state-memory";
import { fileDigest } from "./synth-digest";

/** What applying a stack takes. */
export interface ApplyContext extends PlanContext {
  /** Writes down what became of a stack, at once; undefined if it is as if nobody had tried. */
  readonly record: (stack: string, applied: Applied | undefined) => void;
  /** Grave risks of a stack's plan, as it lies in the bundle's folder now, that the review did not show. */
  readonly newRisks: (entry: BundleStack) => readonly BundleRisk[];
}

/** How it came out. `differs`: planned once more, it would do something that was not shown, so nothing was done. */
export type ApplyOutcome =
  "applied" | "unchanged" | "failed" | "interrupted" | "detached" | "stale" | "differs" | "refused";

/** What became of applying one stack. */
export interface AppliedStack {
  readonly stack: string;
  readonly outcome: ApplyOutcome;
  readonly problems: readonly Problem[];
  /** What it would do that was not shown. */
  readonly unexpected: readonly ShownAction[];
  /** What was shown and it would not do. */
  readonly missing: readonly ShownAction[];
  readonly newRisks: readonly BundleRisk[];
  /** @default - it was not applied */
  readonly counts?: Counts;
  /** @default - it is no run in Terraform Cloud */
  readonly run?: RunOutcome;
  readonly seconds: number;
}

/**
 * Applies what was shown of a stack and nothing else: the saved plan, or, where there was none to save or it was used up half-way, a new plan
 * that does the same.
 */
export async function applyStack(entry: BundleStack, stack: Stack, context: ApplyContext): Promise<AppliedStack> {
  const startedAt = Date.now();
  const { terraform, environment, paths, kind } = context;
  const end = (outcome: ApplyOutcome, rest: Partial<AppliedStack> = {}): AppliedStack => ({
    ...{ stack: stack.name, outcome, problems: [], unexpected: [], missing: [], newRisks: [] },
    ...rest,
    seconds: (Date.now() - startedAt) / 1000,
  });
  if (entry.applied?.outcome === "done" || entry.status === "no-changes") return end("unchanged");
  const resumed = await resumedRun();
  if (resumed !== undefined) return resumed;

  let current = entry;
  if (!isReplayed(entry)) {
    const { entry: again } = await planStack({ stack, wave: entry.wave }, undefined, context);
    if (terraform.interrupted) return end("interrupted");
    if (again.status === "no-changes" || again.status === "skipped") {
      await done();
      return end("unchanged");
    }
    if (again.status !== "planned")
      return end("failed", {
        problems: again.problems.map((one) => ({ ...one, severity: "error", stack: stack.name })),
      });
    const unlike = difference(entry, again);
    const newRisks = context.newRisks(again);
    if (unlike.unexpected.length + unlike.missing.length + newRisks.length > 0) {
      rmSync(paths.plan(stack.name), { force: true });
      return end("differs", { ...unlike, newRisks });
    }
    current = again;
  }
  return run(current);

  async function run({ planDigest, run: cloudRun }: BundleStack): Promise<AppliedStack> {
    const file = paths.plan(stack.name);
    if (fileDigest(file) !== planDigest) return end("stale");
    note("begun");
    const at = (kind: "applying" | "destroying") =>
      context.onActivity({ stack: stack.name, at: Date.now(), kind: "phase", phase: kind });
    at(kind === "destroy" ? "destroying" : "applying");
    const result = await terraform.applyPlan(stack.folder, file, {
      environment,
      lockSeconds: context.lockSeconds,
      wide: context.site.kind === "sandbox",
      remote: context.cloud.isRemote(stack),
      log: paths.log(stack.name, "apply"),
      onEvent: (event) => context.onActivity({ stack: stack.name, at: Date.now(), kind: "terraform", event }),
    });
    const outcome = cloudRun === undefined ? undefined : await context.cloud.outcome(stack, cloudRun);
    if (outcome !== undefined) return ofRun(outcome);
    if (result.ok) {
      await done();
      return end("applied", { counts: result.counts });
    }
    const problems = problemsOf(stack.name, result.diagnostics);
    const says = (words: RegExp) => problems.some(({ summary }) => words.test(summary));
    if (says(/saved plan is stale|acquiring the state lock/i)) {
      context.record(stack.name, undefined); // nothing was done, and the plan is as good as before
      return end(says(/saved plan is stale/i) ? "stale" : "failed", { problems });
    }
    rmSync(file, { force: true }); // used up half-way
    if (result.canceled) {
      note("interrupted");
      return end("interrupted", { problems });
    }
    note("failed");
    return end("failed", { problems, counts: result.counts });
  }

  /** A run that an earlier command confirmed and left: it may be done, or go on. */
  async function resumedRun(): Promise<AppliedStack | undefined> {
    const begun = entry.applied?.outcome === "begun" || entry.applied?.outcome === "detached";
    if (!begun || entry.run === undefined) return undefined;
    const outcome = await context.cloud.outcome(stack, entry.run);
    return outcome?.kind === "applied" || outcome?.kind === "detached" ? ofRun(outcome) : undefined;
  }

  async function ofRun(outcome: RunOutcome): Promise<AppliedStack> {
    if (outcome.kind === "applied" || outcome.kind === "no-changes") {
      await done();
      return end("applied", { run: outcome });
    }
    if (outcome.kind === "detached") {
      note("detached");
      return end("detached", { run: outcome });
    }
    // A run that waits is as good as before; of any other, nothing or a part is left, and it takes a new plan.
    if (outcome.kind === "waiting") context.record(stack.name, entry.applied);
    else note("failed");
    return end(outcome.kind === "stale" ? "stale" : outcome.kind === "failed" ? "failed" : "refused", { run: outcome });
  }

  async function done(): Promise<void> {
    rmSync(paths.plan(stack.name), { force: true });
    const { state } = await pullState(stack, terraform, environment);
    if (state !== undefined) rememberState(stack, state, environment);
    context.record(stack.name, { outcome: "done", at: new Date().toISOString(), state: markOfState(state) });
  }

  function note(outcome: Applied["outcome"]): void {
    context.record(stack.name, { outcome, at: new Date().toISOString() });
  }
}

/** How a new plan differs from what was shown. After a half-way apply, what is left of it is all that may come. */
function difference(shown: BundleStack, again: BundleStack): Pick<AppliedStack, "unexpected" | "missing"> {
  if (shown.applied !== undefined) return { unexpected: noRemainder(shown.actions, again.actions), missing: [] };
  if (actionDigest(shown.actions) === actionDigest(again.actions)) return { unexpected: [], missing: [] };
  return {
    unexpected: notShown(shown.actions, again.actions),
    missing: notShown(again.actions, shown.actions),
  };
}
