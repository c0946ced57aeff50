import { cpSync, existsSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { explained, makeFolder, writeFile, writeJson } from "../files";
import type { Counts, Diagnostic } from "../terraform/events";
import { isProviderMissing, problemsOf, type Problem } from "../terraform/problem";
import type { Terraform } from "../terraform/terraform";
import type { Value } from "./evaluate";
import { placeholder, type Producers } from "./placeholder";
import { previewDocument } from "./preview-document";
import type { Stack } from "./stack";
import { withoutStandIns } from "./stand-ins";
import { readState, writeOutputs } from "./state-file";
import type { PreviewOutput } from "./upstream-outputs";

interface PreviewOptions {
  /** All stacks of the output folder, since the values a stack reads come from others. */
  readonly stacks: readonly Stack[];
  /**
   * Names of the stacks to plan.
   * @default - all
   */
  readonly only?: readonly string[];
  /** Folder for the previews. It is emptied first. */
  readonly folder: string;
  readonly terraform: Terraform;
  /** Environment of the provider. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Path of a stack's present state.
   * @default - no stack has a state
   */
  readonly stateOf?: (stack: string) => string;
  /**
   * Whether the AWS provider may be called. If not, it is told to look nothing up.
   * @default false
   */
  readonly online?: boolean;
  /**
   * Whether to run `terraform validate` by itself too. A plan makes the same checks, so it costs a start of the provider only.
   * @default false
   */
  readonly validate?: boolean;
  /**
   * Whether to keep the plan as JSON. Costs another start of the provider.
   * @default false
   */
  readonly json?: boolean;
  /**
   * How many stacks are planned at once.
   * @default - the cores
   */
  readonly concurrency?: number;
  /** Called when a stack's turn comes. */
  readonly onStarted?: (stack: string) => void;
  /** Called when a stack's plan is there. */
  readonly onPlanned?: (plan: StackPlan) => void;
}

/** The preview of one stack. */
export interface StackPlan {
  readonly stack: string;
  /** `skipped` means that a provider could not be had, which says nothing about the stack. */
  readonly status: "changes" | "empty" | "failed" | "skipped" | "canceled";
  /**
   * What it would do.
   * @default - it was not planned
   */
  readonly counts?: Counts;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Diagnostic[];
  /** Upstream stacks whose values are placeholders, because they have no state yet. */
  readonly placeholders: readonly string[];
  /**
   * The plan as JSON.
   * @default - it was not asked for, or there is none
   */
  readonly planJsonPath?: string;
  readonly seconds: number;
}

const MARKER = "PREVIEW";
const PLAN_FILE = "preview.tfplan";

/**
 * Plans stacks without touching their folders or states: each is copied into a folder of its own, together with the states it
 * reads, in which placeholders stand for what is not deployed yet. What comes out is for reading; it can never be applied.
 */
export async function planStacks(options: PreviewOptions): Promise<StackPlan[]> {
  const { stacks, only, folder, concurrency = availableParallelism(), onStarted, onPlanned } = options;
  const chosen = stacks.filter((stack) => only === undefined || only.includes(stack.name));
  const producers: Producers = new Map(stacks.map((stack) => [stack.name, stack]));
  rmSync(folder, { recursive: true, force: true });
  const missing = new Map<string, readonly Diagnostic[]>();
  const plans = new Map<string, StackPlan>();
  // Stacks whose providers are at hand come first: one that asks a registry in vain holds nobody up.
  const queue = [...chosen].sort((a, b) => foreign(a) - foreign(b));
  const worker = async () => {
    for (let stack = queue.shift(); stack !== undefined; stack = queue.shift()) {
      onStarted?.(stack.name);
      const plan = await planStack(stack, producers, missing, options);
      plans.set(stack.name, plan);
      onPlanned?.(plan);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  return chosen.flatMap((stack) => plans.get(stack.name) ?? []);
}

async function planStack(
  stack: Stack,
  producers: Producers,
  missing: Map<string, readonly Diagnostic[]>,
  options: PreviewOptions,
): Promise<StackPlan> {
  const startedAt = Date.now();
  const { terraform, environment, stateOf, online = false, validate = false, json = false } = options;
  const sources = stack.providers.map((need) => need.source);
  const absent = sources.map((source) => missing.get(source)).find((diagnostics) => diagnostics !== undefined);
  const nothing = { stack: stack.name, problems: [], warnings: [], placeholders: [], seconds: 0 };
  if (absent !== undefined) return { ...nothing, status: "skipped", problems: problemsOf(stack.name, absent) };

  const { folder, placeholders, outputs } = prepare(stack, producers, options);
  const end = (
    status: StackPlan["status"],
    diagnostics: readonly Diagnostic[],
    rest: Partial<StackPlan> = {},
  ): StackPlan => ({
    ...nothing,
    status,
    problems: status === "failed" || status === "skipped" ? problemsOf(stack.name, diagnostics) : [],
    warnings: diagnostics.filter(({ severity }) => severity === "warning"),
    placeholders,
    seconds: (Date.now() - startedAt) / 1000,
    ...rest,
  });

  const init = await terraform.init(folder, stack.providers);
  if (init.canceled) return end("canceled", []);
  if (!init.ok) {
    if (!isProviderMissing(init.diagnostics)) return end("failed", init.diagnostics);
    const text = init.diagnostics.map(({ detail }) => detail).join("\n");
    const unreachable = sources.filter((source) => text.includes(source));
    unreachable.forEach((source) => missing.set(source, init.diagnostics));
    return end("skipped", init.diagnostics);
  }
  const checked = validate ? await terraform.validate(folder, { environment }) : undefined;
  if (checked !== undefined && !checked.ok) return end(checked.canceled ? "canceled" : "failed", checked.diagnostics);
  const refresh = online && stateOf !== undefined;
  const plan = await terraform.plan(folder, { out: PLAN_FILE, refresh, environment });
  const diagnostics = [...(checked?.diagnostics ?? []), ...plan.diagnostics];
  if (!plan.ok) return end(plan.canceled ? "canceled" : "failed", diagnostics);
  const planJsonPath = json ? await keepJson(terraform, folder, environment, outputs) : undefined;
  rmSync(join(folder, PLAN_FILE), { force: true }); // so that nobody applies it by hand
  const { counts } = plan;
  const changes = counts !== undefined && counts.add + counts.change + counts.remove + counts.import > 0;
  return end(changes ? "changes" : "empty", diagnostics, { counts, planJsonPath });
}

async function keepJson(
  terraform: Terraform,
  folder: string,
  environment: NodeJS.ProcessEnv,
  outputs: Outputs,
): Promise<string | undefined> {
  const shown = await terraform.show(folder, PLAN_FILE, { environment });
  if (!shown.ok) return undefined;
  const path = join(folder, "plan.json");
  writeFile(path, withoutStandIns(shown.json, outputs), 0o600); // a plan in JSON holds its sensitive values in clear
  return path;
}

/** Makes the stack's own preview folder: `<folder>/<stack>/cdktf.out/stacks/<stack>`, with the states it reads at its side. */
function prepare(stack: Stack, producers: Producers, { folder, stateOf, online = false }: PreviewOptions) {
  const root = join(folder, stack.name);
  const work = makeFolder(join(root, "cdktf.out", "stacks", stack.name));
  const states = makeFolder(join(root, ".groundplan", "state"));
  const pathOf = (name: string) => join(states, `${name}.tfstate`);
  writeFile(
    join(root, MARKER),
    "A preview: made to be read. Values of stacks that are not deployed yet are placeholders.\n",
  );
  writeJson(
    join(work, "cdk.tf.json"),
    previewDocument(stack, online, (name) => relative(work, pathOf(name))),
  );
  copyIfThere(join(stack.folder, "assets"), join(work, "assets"));
  if (stateOf !== undefined) copyIfThere(stateOf(stack.name), pathOf(stack.name));
  const outputs = new Map<string, ReadonlyMap<string, PreviewOutput>>();
  for (const { producer, outputs: names } of stack.remoteStates) {
    const real = stateOf === undefined ? undefined : readState(stateOf(producer));
    const values = names.map((output): readonly [string, PreviewOutput] => {
      const found = real?.outputs.get(output);
      const value = found === undefined ? placeholder(producers, producer, output) : (found.value as Value);
      return [output, { value, sensitive: false, invented: found === undefined }];
    });
    outputs.set(producer, new Map(values));
    writeOutputs(pathOf(producer), new Map(values.map(([output, { value }]) => [output, value])));
  }
  const invented = [...outputs].filter(([, values]) => [...values.values()].some((output) => output.invented));
  return { folder: work, placeholders: invented.map(([producer]) => producer), outputs };
}

type Outputs = ReadonlyMap<string, ReadonlyMap<string, PreviewOutput>>;

function copyIfThere(from: string, to: string): void {
  try {
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  } catch (error) {
    throw explained(error, to);
  }
}

function foreign(stack: Stack): number {
  return stack.providers.filter(({ source }) => !source.startsWith("hashicorp/")).length;
}
