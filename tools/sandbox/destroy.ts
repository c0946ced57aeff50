import { rmSync } from "node:fs";
import type { Stack } from "../plan/stack";
import { readState } from "../plan/state-file";
import { reversed, without } from "../plan/waves";
import { problemsOf } from "../terraform/problem";
import type { Terraform } from "../terraform/terraform";
import { applyLimit, type Activity, type Phase, type StackOutcome } from "./deploy";
import { writeOverlay } from "./overlay";
import { stateFile, statesIn, type DeploymentPaths } from "./paths";
import { schedule } from "./schedule";

interface DestroyOptions {
  readonly stacks: readonly Stack[];
  readonly paths: Pick<DeploymentPaths, "states">;
  readonly terraform: Terraform;
  /** Environment that leads the provider to the emulator. */
  readonly environment: NodeJS.ProcessEnv;
  /** The emulator's account. */
  readonly accountId: string;
  readonly onActivity: (activity: Activity) => void;
}

/** What is left after a destruction. */
export interface Destruction {
  /** One for each stack that had a state, in the order of the manifest. */
  readonly outcomes: readonly StackOutcome[];
  /** Addresses still in a state, by stack; empty when everything is gone. */
  readonly remaining: ReadonlyMap<string, readonly string[]>;
  readonly canceled: boolean;
}

/** Destroys every stack that has a state, what depends on others first, and removes the states that are empty afterwards. */
export async function destroy(options: DestroyOptions): Promise<Destruction> {
  const { stacks, paths, terraform, environment, accountId, onActivity } = options;
  const deployed = new Set(statesIn(paths));
  const nodes = reversed(without(stacks, (stack) => deployed.has(stack.name)));
  const results = new Map<string, StackOutcome>();
  const phase = (stack: string, name: Phase, note?: string) =>
    onActivity({ stack, at: Date.now(), kind: "phase", phase: name, note });

  nodes.forEach((stack) => phase(stack.name, "waiting"));
  const fates = await schedule({
    nodes,
    limit: applyLimit(),
    stopped: () => terraform.interrupted,
    onBlocked: (stack, by) => phase(stack.name, "blocked", `waits for ${by}, which failed`),
    run: async (stack) => {
      const { name, folder, providers } = stack;
      const startedAt = Date.now();
      phase(name, "preparing");
      writeOverlay(stack, { accountId, destroying: true });
      let result = await terraform.init(folder, providers);
      if (result.ok) {
        phase(name, "destroying");
        const onEvent = (event: (Activity & { kind: "terraform" })["event"]) =>
          onActivity({ stack: name, at: Date.now(), kind: "terraform", event });
        result = await terraform.destroy(folder, { environment, onEvent });
      }
      const fate = result.ok ? "done" : terraform.interrupted ? "canceled" : "failed";
      const problems = result.ok ? [] : problemsOf(name, result.diagnostics);
      results.set(name, {
        stack: name,
        fate,
        problems,
        counts: result.counts,
        seconds: (Date.now() - startedAt) / 1000,
      });
      phase(name, fate);
      return result.ok;
    },
  });
  for (const { name } of nodes) {
    if (fates.get(name) === "canceled" && !results.has(name)) phase(name, "canceled");
  }

  return {
    outcomes: nodes.map(({ name }) => {
      const fate = fates.get(name) ?? "canceled";
      return { ...(results.get(name) ?? { stack: name, problems: [], seconds: 0 }), fate };
    }),
    remaining: clearStates(paths),
    canceled: terraform.interrupted,
  };
}

/** Removes the states that hold no resource; returns what the others hold. */
function clearStates(paths: Pick<DeploymentPaths, "states">): Map<string, readonly string[]> {
  const remaining = new Map<string, readonly string[]>();
  for (const stack of statesIn(paths)) {
    const addresses = readState(stateFile(paths, stack))?.instances.map((instance) => instance.address) ?? [];
    if (addresses.length > 0) {
      remaining.set(stack, addresses);
      continue;
    }
    rmSync(stateFile(paths, stack), { force: true });
    rmSync(`${stateFile(paths, stack)}.backup`, { force: true });
  }
  return remaining;
}
