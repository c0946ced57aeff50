import { availableParallelism } from "node:os";
import { obstacles, type Obstacle, type Stack } from "../plan/stack";
import { readState } from "../plan/state-file";
import { waves, without } from "../plan/waves";
import type { Counts, UiEvent } from "../terraform/events";
import { problemsOf, type Problem } from "../terraform/problem";
import type { CommandResult, Terraform } from "../terraform/terraform";
import { writeOverlay } from "./overlay";
import { stateFile, type DeploymentPaths } from "./paths";
import { schedule, type Fate } from "./schedule";
import { ResourceClock, span, type Span, type StackTiming, type Timings } from "./timing";

/** Something that happened to a stack, for those who watch. `at` is in milliseconds since 1970. */
export type Activity =
  | {
      readonly stack: string;
      readonly at: number;
      readonly kind: "phase";
      readonly phase: Phase;
      readonly note?: string;
    }
  | { readonly stack: string; readonly at: number; readonly kind: "terraform"; readonly event: UiEvent };

/** Where a stack stands. */
export type Phase =
  "waiting" | "planning" | "preparing" | "applying" | "destroying" | "checking" | "done" | Exclude<Fate, "done">;

interface DeployOptions {
  readonly stacks: readonly Stack[];
  readonly paths: Pick<DeploymentPaths, "states">;
  readonly terraform: Terraform;
  /** Environment that leads the provider to the emulator. */
  readonly environment: NodeJS.ProcessEnv;
  /** The emulator's account. */
  readonly accountId: string;
  /**
   * How many stacks may be applied at once. Applying is mostly waiting.
   * @default - the cores, at least four
   */
  readonly limit?: number;
  readonly onActivity: (activity: Activity) => void;
}

/** What became of one stack. */
export interface StackOutcome {
  readonly stack: string;
  readonly fate: Fate;
  readonly problems: readonly Problem[];
  /**
   * What was done.
   * @default - it did not get that far
   */
  readonly counts?: Counts;
  readonly seconds: number;
}

/** What became of a deployment. */
export interface Deployment {
  /** In the order of the manifest; those that cannot be deployed locally are not among them. */
  readonly outcomes: readonly StackOutcome[];
  readonly obstacles: readonly Obstacle[];
  readonly timings: Timings;
  readonly canceled: boolean;
}

/** How many stacks are applied at once unless told otherwise. */
export function applyLimit(): number {
  return Math.max(4, availableParallelism());
}

/** The stacks that can be deployed locally, in the order the whole gives them. */
export function deployable(stacks: readonly Stack[]): Stack[] {
  const hindered = new Set(obstacles(stacks).map((obstacle) => obstacle.stack));
  return without(stacks, (stack) => !hindered.has(stack.name));
}

/**
 * Deploys every stack it can, each as soon as its own upstreams are done. Folders are made ready ahead of their turn. One
 * failure stops what depends on it and nothing else.
 */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const { stacks, terraform, onActivity, limit = applyLimit() } = options;
  const startedAt = Date.now();
  const nodes = deployable(stacks);
  const results = new Map<string, StackOutcome>();
  const timings = new Map<string, StackTiming>();
  const phase = (stack: string, name: Phase, note?: string) =>
    onActivity({ stack, at: Date.now(), kind: "phase", phase: name, note });

  nodes.forEach((stack) => phase(stack.name, "waiting"));
  const inits = new Map(
    waves(nodes)
      .flat()
      .map((stack) => [stack.name, initialize(stack)]),
  );
  // A failure is reported when the stack's turn comes; until then it must not count as overlooked.
  for (const init of inits.values()) init.catch(() => undefined);
  const fates = await schedule({
    nodes,
    limit,
    stopped: () => terraform.interrupted,
    run: apply,
    onBlocked: (stack, by) => phase(stack.name, "blocked", `waits for ${by}, which failed`),
  });
  await Promise.allSettled(inits.values());
  for (const { name } of nodes) {
    const fate = fates.get(name) ?? "canceled";
    if (fate === "canceled" && !results.has(name)) phase(name, "canceled");
  }

  return {
    outcomes: nodes.map(({ name }) => {
      const fate = fates.get(name) ?? "canceled";
      return { ...(results.get(name) ?? { stack: name, problems: [], seconds: 0 }), fate };
    }),
    obstacles: obstacles(stacks),
    timings: {
      startedAt: new Date(startedAt).toISOString(),
      wallSeconds: (Date.now() - startedAt) / 1000,
      stacks: nodes.flatMap(({ name }) => timings.get(name) ?? []),
    },
    canceled: terraform.interrupted,
  };

  async function initialize(stack: Stack): Promise<CommandResult> {
    writeOverlay(stack, { accountId: options.accountId, destroying: false });
    return terraform.init(stack.folder, stack.providers);
  }

  async function apply(stack: Stack): Promise<boolean> {
    const { name } = stack;
    const turn = Date.now();
    phase(name, "preparing");
    const init = await inits.get(name);
    const clock = new ResourceClock(startedAt);
    let result = init;
    if (init?.ok === true) {
      phase(name, "applying");
      result = await terraform.apply(stack.folder, {
        environment: options.environment,
        onEvent: (event) => {
          clock.observe(event);
          onActivity({ stack: name, at: Date.now(), kind: "terraform", event });
        },
      });
    }
    const seconds = (Date.now() - turn) / 1000;
    const ok = result?.ok === true;
    timings.set(name, timing(stack, seconds, init, init?.ok === true ? result : undefined, clock));
    const fate: Fate = ok ? "done" : terraform.interrupted ? "canceled" : "failed";
    const problems = ok ? [] : problemsOf(name, result?.diagnostics ?? []);
    results.set(name, { stack: name, fate, problems, counts: ok ? result?.counts : undefined, seconds });
    phase(name, fate);
    return ok;
  }

  function timing(
    stack: Stack,
    seconds: number,
    init: CommandResult | undefined,
    applied: CommandResult | undefined,
    clock: ResourceClock,
  ): StackTiming {
    const instances = readState(stateFile(options.paths, stack.name))?.instances ?? [];
    const dependencies = new Map(instances.map((instance) => [instance.address, instance.dependencies]));
    const spans = applied === undefined ? {} : applySpans(applied, clock.plannedAt);
    const { name } = stack;
    return {
      name,
      dependencies: stack.dependencies,
      seconds,
      init: init && command(init),
      ...spans,
      resources: clock.resources(dependencies),
    };
  }

  function applySpans(applied: CommandResult, plannedAt: number | undefined): { plan: Span; apply?: Span } {
    const end = applied.startedAt + applied.seconds * 1000;
    const plan = span(startedAt, applied.startedAt, plannedAt ?? end);
    return plannedAt === undefined ? { plan } : { plan, apply: span(startedAt, plannedAt, end) };
  }

  function command(result: CommandResult): Span {
    return span(startedAt, result.startedAt, result.startedAt + result.seconds * 1000);
  }
}
