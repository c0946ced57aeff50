import { join } from "node:path";
import { Children } from "../terraform/children";
import { offlineEnvironment } from "../terraform/environment";
import { setUpTerraform } from "../terraform/setup";
import { planStacks, type StackPlan } from "./preview";
import { readStacks, type Stack } from "./stack";

interface OfflineOptions {
  /** Output folder of synth. */
  readonly outdir: string;
  /** Folder for previews, plugin cache and generated files, such as one below `.groundplan`. */
  readonly folder: string;
  /**
   * Which stacks to plan.
   * @default - those that need the AWS provider alone
   */
  readonly select?: (stack: Stack) => boolean;
  /**
   * Whether to run `terraform validate` by itself too.
   * @default true
   */
  readonly validate?: boolean;
  /**
   * Whether to keep each plan as JSON.
   * @default true
   */
  readonly json?: boolean;
  /**
   * How many stacks are planned at once.
   * @default - the cores
   */
  readonly concurrency?: number;
  /**
   * Environment to run in. Credentials in it are not passed on.
   * @default - that of this process
   */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Validates and plans synthesized stacks without a network, an account or a state: upstream values are placeholders and the AWS
 * provider asks nobody anything. Needs the providers in a mirror or in the plugin cache.
 */
export async function planOffline(options: OfflineOptions): Promise<StackPlan[]> {
  const { outdir, folder, select = needsAwsAlone, validate = true, json = true, concurrency } = options;
  const stacks = readStacks(outdir);
  const chosen = stacks.filter(select);
  const children = new Children();
  const { terraform, environment } = await setUpTerraform({
    children,
    environment: options.environment ?? process.env,
    folder: join(folder, "terraform"),
    needs: chosen.flatMap((stack) => stack.providers),
  });
  return planStacks({
    stacks,
    only: chosen.map((stack) => stack.name),
    folder: join(folder, "preview"),
    terraform,
    environment: offlineEnvironment(environment),
    validate,
    json,
    concurrency,
  });
}

function needsAwsAlone(stack: Stack): boolean {
  return stack.providers.every(({ source }) => source === "hashicorp/aws");
}
