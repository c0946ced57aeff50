import { applyLimit, type Phase } from "../sandbox/deploy";
import { schedule } from "../sandbox/schedule";
import { applyStack, type AppliedStack, type ApplyContext } from "./apply-stack";
import { readBundle, writeBundle, type Applied, type Bundle, type BundleStack } from "./bundle";
import type { Stack } from "./stack";

interface ApplyEnvironmentOptions extends Omit<ApplyContext, "record"> {
  readonly bundle: Bundle;
  /** Those to apply, with dependencies among themselves. */
  readonly entries: readonly BundleStack[];
  readonly stacks: readonly Stack[];
  /** Called when it is known what became of a stack. */
  readonly onApplied: (result: AppliedStack) => void;
}

/** What became of an apply. */
export interface Application {
  /** Those that were begun, in the order of the bundle. */
  readonly results: readonly AppliedStack[];
  /** Those that were not begun, because of an interruption or of what they depend on. */
  readonly notBegun: ReadonlyArray<{ readonly stack: string; readonly because?: string }>;
}

const PHASES: Readonly<Partial<Record<AppliedStack["outcome"], Phase>>> = {
  applied: "done",
  unchanged: "done",
  interrupted: "canceled",
  detached: "canceled",
};

const GOES_ON: ReadonlySet<AppliedStack["outcome"]> = new Set(["applied", "unchanged"]);

/**
 * Applies the stacks of a bundle, each as soon as all it depends on is applied. One that fails, or would do what was not shown, stops what
 * depends on it and nothing else. What happens is written into the bundle as it happens, so that the next `apply` goes on from there.
 */
export async function applyEnvironment(options: ApplyEnvironmentOptions): Promise<Application> {
  const { entries, stacks, paths, terraform, onActivity, onApplied } = options;
  const results = new Map<string, AppliedStack>();
  const blocked = new Map<string, string>();
  let bundle = options.bundle;
  const record = (name: string, applied: Applied | undefined) => {
    bundle = { ...bundle, stacks: bundle.stacks.map((entry) => (entry.name === name ? { ...entry, applied } : entry)) };
    writeBundle(paths, bundle);
  };
  entries.forEach(({ name }) => onActivity({ stack: name, at: Date.now(), kind: "phase", phase: "waiting" }));
  await schedule({
    nodes: entries,
    limit: applyLimit(),
    stopped: () => terraform.interrupted,
    onBlocked: ({ name }, by) => blocked.set(name, by),
    run: async (entry) => {
      const stack = stacks.find(({ name }) => name === entry.name);
      if (stack === undefined) return false;
      // What is recorded of it, as it may have been applied since the entries were chosen.
      const present = readBundle(paths)?.stacks.find(({ name }) => name === entry.name) ?? entry;
      const result = await applyStack({ ...present, dependencies: entry.dependencies }, stack, { ...options, record });
      results.set(entry.name, result);
      onActivity({ stack: entry.name, at: Date.now(), kind: "phase", phase: PHASES[result.outcome] ?? "failed" });
      onApplied(result);
      return GOES_ON.has(result.outcome);
    },
  });
  return {
    results: entries.flatMap(({ name }) => results.get(name) ?? []),
    notBegun: entries
      .filter(({ name }) => !results.has(name))
      .map(({ name }) => ({ stack: name, because: blocked.get(name) })),
  };
}
