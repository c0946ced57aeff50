import { heights, type Node } from "../plan/waves";

/** What became of a node. */
export type Fate = "done" | "failed" | "blocked" | "canceled";

interface ScheduleOptions<T extends Node> {
  /** Nodes to run; a dependency that is not among them counts as done. */
  readonly nodes: readonly T[];
  /** How many may run at once. */
  readonly limit: number;
  /** Runs one node; false means that it failed. */
  readonly run: (node: T) => Promise<boolean>;
  /** Whether to start nothing more. */
  readonly stopped: () => boolean;
  /** Called for a node that will not run because one it depends on did not succeed. */
  readonly onBlocked?: (node: T, by: string) => void;
}

/**
 * Runs every node as soon as all it depends on is done, the one with the longest way below it first. A failure blocks what
 * depends on it and nothing else. An error thrown by `run` is thrown again once the nodes that run have ended.
 */
export async function schedule<T extends Node>(options: ScheduleOptions<T>): Promise<ReadonlyMap<string, Fate>> {
  const { nodes, limit, run, stopped, onBlocked } = options;
  const height = heights(nodes);
  const names = new Set(nodes.map((node) => node.name));
  const fates = new Map<string, Fate>();
  const running = new Map<string, Promise<void>>();
  const errors: unknown[] = [];
  const order = [...nodes].sort((a, b) => (height.get(b.name) ?? 0) - (height.get(a.name) ?? 0));
  const waiting = () => order.filter((node) => !fates.has(node.name) && !running.has(node.name));

  for (;;) {
    for (const node of waiting()) {
      const unmet = node.dependencies.filter((other) => names.has(other) && fates.get(other) !== "done");
      const by = unmet.find((other) => fates.has(other));
      if (by !== undefined) {
        const canceled = fates.get(by) === "canceled";
        fates.set(node.name, canceled ? "canceled" : "blocked");
        if (!canceled) onBlocked?.(node, by);
      } else if (stopped() || errors.length > 0) {
        fates.set(node.name, "canceled");
      } else if (unmet.length === 0 && running.size < limit) {
        running.set(node.name, settle(node));
      }
    }
    if (running.size === 0 && waiting().length === 0) break;
    if (running.size > 0) await Promise.race(running.values());
  }
  if (errors.length > 0) throw errors[0];
  return fates;

  async function settle(node: T): Promise<void> {
    try {
      const ok = await run(node);
      fates.set(node.name, ok ? "done" : stopped() ? "canceled" : "failed");
    } catch (error) {
      errors.push(error);
      fates.set(node.name, "failed");
    } finally {
      running.delete(node.name);
    }
  }
}
