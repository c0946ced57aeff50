import { availableParallelism } from "node:os";
import type { Activity } from "../sandbox/deploy";
import { schedule } from "../sandbox/schedule";
import { bundlePaths, freshBundle, writeBundle, type Bundle, type BundleKind, type BundleStack } from "./bundle";
import { entryOf, type Ahead, type CloudSeam, type PlanContext, type Planned } from "./plan-context";
import { planStack } from "./plan-stack";
import { selected, type Selection } from "./selection";
import type { Site } from "./site";
import type { Stack } from "./stack";
import { upstreamOutputs, type Upstream } from "./upstream-outputs";
import { reversed, waves, without } from "./waves";
import type { WorkingTree } from "./working-tree";
import type { Terraform } from "../terraform/terraform";

interface PlanEnvironmentOptions {
  readonly site: Site;
  readonly kind: BundleKind;
  /** All synthesized stacks. */
  readonly stacks: readonly Stack[];
  readonly selection: Selection;
  readonly terraform: Terraform;
  /** Environment of providers and backends. */
  readonly environment: NodeJS.ProcessEnv;
  readonly tree: WorkingTree;
  /** When it is planned. */
  readonly now: Date;
  readonly lock: boolean;
  /**
   * Whether to look at what stands before planning.
   * @default true
   */
  readonly refresh?: boolean;
  /** How long to wait for a lock that another holds. */
  readonly lockSeconds: number;
  readonly cloud: CloudSeam;
  /**
   * How many stacks are planned at once.
   * @default - the cores
   */
  readonly concurrency?: number;
  readonly onActivity: (activity: Activity) => void;
  /** Called when it is known what a stack comes to. */
  readonly onPlanned: (entry: BundleStack) => void;
}

/**
 * Plans every selected stack of an environment, each as soon as all it depends on is planned, and leaves a bundle. One that reads from a stack
 * with changes is previewed; an error of one stack hides nothing of the others. The bundle is complete only once its review is written too,
 * which is the caller's part. If the program was told to stop, no bundle is left that could be applied.
 */
export async function planEnvironment(options: PlanEnvironmentOptions): Promise<{ bundle: Bundle; canceled: boolean }> {
  const { site, kind, stacks, selection, terraform, tree, now, onActivity, onPlanned } = options;
  const paths = freshBundle(site.paths.bundle(kind));
  const base: Bundle = {
    version: 1,
    kind,
    complete: false,
    site: site.kind,
    system: site.system,
    environment: site.environment,
    tier: site.tier,
    plannedAt: now.toISOString(),
    revision: tree.revision,
    dirty: tree.dirty,
    ...(options.refresh === false ? { refreshed: false } : {}),
    terraformVersion: terraform.binary.version,
    stacks: [],
    risks: [],
  };
  writeBundle(paths, base);

  const chosen = selected(stacks, selection);
  const leftOut = stacks.map(({ name }) => name).filter((name) => !chosen.some((stack) => stack.name === name));
  const hindered = new Map(site.obstacles(stacks).map(({ stack, reason }) => [stack, reason]));
  const reachable = without(chosen, ({ name }) => !hindered.has(name));
  const nodes = kind === "destroy" ? reversed(reachable) : reachable;
  const wave = new Map(waves(nodes).flatMap((level, index) => level.map(({ name }) => [name, index + 1] as const)));
  const place = (stack: Stack) => ({ stack, wave: wave.get(stack.name) ?? 0 });
  const context: PlanContext = { ...options, paths };
  const producers = new Map(stacks.map((stack) => [stack.name, stack]));
  const results = new Map<string, Planned>();

  nodes.forEach(({ name }) => onActivity({ stack: name, at: now.getTime(), kind: "phase", phase: "waiting" }));
  await schedule({
    // What is refreshed or destroyed is planned on what stands, whatever becomes of the others.
    nodes: kind === "plan" ? nodes : nodes.map((node) => ({ ...node, dependencies: [] })),
    limit: options.concurrency ?? availableParallelism(),
    stopped: () => terraform.interrupted,
    run: async ({ name }) => {
      const stack = nodes.find((node) => node.name === name);
      if (stack === undefined) return true;
      const planned = await planOne(stack);
      results.set(name, planned);
      if (!planned.canceled) onPlanned(planned.entry);
      return true;
    },
  });

  const canceled = terraform.interrupted;
  const left = chosen
    .filter(({ name }) => hindered.has(name))
    .map((stack) => ({ ...entryOf(place(stack), "skipped"), reason: hindered.get(stack.name) }));
  if (!canceled) left.forEach(onPlanned);
  const entries = [
    ...waves(nodes)
      .flat()
      .flatMap(({ name }) => results.get(name)?.entry ?? []),
    ...left,
  ];
  const bundle = { ...base, stacks: entries, leftOut };
  if (canceled) {
    freshBundle(paths.folder);
    await Promise.all(entries.flatMap(({ run }) => (run === undefined ? [] : options.cloud.discard(run))));
  }
  writeBundle(bundlePaths(paths.folder), canceled ? base : bundle);
  return { bundle, canceled };

  async function planOne(stack: Stack): Promise<Planned> {
    if (kind !== "plan") return planStack(place(stack), undefined, context);
    const upstream = aheadOf(stack);
    if (typeof upstream !== "string") return planStack(place(stack), upstream, context);
    onActivity({ stack: stack.name, at: Date.now(), kind: "phase", phase: "blocked", note: upstream });
    return { entry: { ...entryOf(place(stack), "blocked"), reason: upstream }, upstream: {}, canceled: false };
  }

  /** What is ahead of a stack: nothing, something to preview it by, or, in words, why it cannot be. */
  function aheadOf(stack: Stack): Ahead | string | undefined {
    const pending = stack.dependencies
      .flatMap((name) => results.get(name) ?? [])
      .filter(({ entry }) => isPending(entry));
    if (pending.length === 0) return undefined;
    const lost = pending.find(({ entry, upstream }) => {
      const isRead = stack.remoteStates.some(({ producer }) => producer === entry.name);
      return isRead && (entry.status === "failed" || entry.status === "blocked") && upstream.state === undefined;
    });
    if (lost !== undefined) return `it reads values of ${lost.entry.name}, which could not be planned and has no state`;
    const names = pending.map(({ entry }) => entry.name).join(", ");
    const read = new Map<string, Upstream>(pending.map(({ entry, upstream }) => [entry.name, upstream]));
    return {
      reason: `${names} ${pending.length > 1 ? "go" : "goes"} first`,
      outputs: upstreamOutputs(stack, read, producers),
    };
  }
}

function isPending({ status }: BundleStack): boolean {
  return status !== "no-changes" && status !== "skipped";
}
