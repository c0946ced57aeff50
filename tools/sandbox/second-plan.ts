import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Stack } from "../plan/stack";
import { problemsOf, type Problem } from "../terraform/problem";
import type { Terraform } from "../terraform/terraform";
import type { Activity } from "./deploy";
import { schedule } from "./schedule";

interface CheckOptions {
  /** Deployed stacks. */
  readonly stacks: readonly Stack[];
  readonly terraform: Terraform;
  /** Environment that leads the provider to the emulator. */
  readonly environment: NodeJS.ProcessEnv;
  readonly onActivity: (activity: Activity) => void;
}

/** What a plan right after a deployment says of one stack. */
export interface SecondPlan {
  readonly stack: string;
  /** What it would still change, as `update aws_vpc.main`; empty is as it should be. */
  readonly changes: readonly string[];
  readonly problems: readonly Problem[];
}

const PLAN_FILE = "second.tfplan";

/** Plans deployed stacks once more, as wide as the cores, to prove that nothing is left to change. */
export async function planAgain({ stacks, terraform, environment, onActivity }: CheckOptions): Promise<SecondPlan[]> {
  const results = new Map<string, SecondPlan>();
  await schedule({
    nodes: stacks.map((stack) => ({ ...stack, dependencies: [] })),
    limit: availableParallelism(),
    stopped: () => terraform.interrupted,
    run: async ({ name, folder }) => {
      onActivity({ stack: name, at: Date.now(), kind: "phase", phase: "checking" });
      const changes: string[] = [];
      const plan = await terraform.plan(folder, {
        out: PLAN_FILE,
        refresh: true,
        environment,
        onEvent: (event) => {
          if (event.kind === "planned" && event.action !== "read") changes.push(`${event.action} ${event.address}`);
        },
      });
      rmSync(join(folder, PLAN_FILE), { force: true });
      results.set(name, { stack: name, changes, problems: plan.ok ? [] : problemsOf(name, plan.diagnostics) });
      const phase = plan.ok ? "done" : terraform.interrupted ? "canceled" : "failed";
      const note = changes.length > 0 ? `still to change: ${changes.join(", ")}` : undefined;
      onActivity({ stack: name, at: Date.now(), kind: "phase", phase, note });
      return plan.ok;
    },
  });
  return stacks.flatMap((stack) => results.get(stack.name) ?? []);
}
