import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ExitCode } from "../exit-code";
import { readStacks, type Stack } from "../plan/stack";
import { synthesize } from "../plan/synth";
import { waves } from "../plan/waves";
import type { Activity } from "../sandbox/deploy";
import { takeLock } from "../sandbox/lock";
import { deploymentPaths, sandboxPaths, type DeploymentPaths, type SandboxPaths } from "../sandbox/paths";
import { Children } from "../terraform/children";
import { handleInterrupts } from "../terraform/interrupts";
import { setUpTerraform, type Setup } from "../terraform/setup";
import { UserError } from "../user-error";
import type { Invocation } from "./command";
import { Live } from "./live";
import { DEPLOYMENT_FLAGS } from "./sandbox-flags";

/** What the sandbox commands share while one of them runs. */
export interface Session {
  /** The project's folder. */
  readonly root: string;
  readonly paths: SandboxPaths;
  /** The chosen system's chosen environment. */
  readonly deployment: DeploymentPaths;
  readonly children: Children;
  /** The folder of the emulator's Python package. */
  readonly packageFolder: string;
  /** Writes a line to standard output. */
  readonly say: (line?: string) => void;
  /** Shows the activity of stacks while the work goes on. */
  readonly watch: <T>(work: (show: (activity: Activity) => void) => Promise<T>) => Promise<T>;
}

/** Runs a command's work with interruptions handled; with a lock if it changes the deployment. */
export async function withSession(
  invocation: Invocation,
  options: { readonly command: string; readonly exclusive: boolean },
  work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { terminal, folder, flags } = invocation;
  const root = projectRoot(folder);
  const paths = sandboxPaths(join(root, ".groundplan"));
  const { system, env } = DEPLOYMENT_FLAGS;
  const deployment = deploymentPaths(
    paths,
    String(flags["system"] ?? system.default),
    String(flags["env"] ?? env.default),
  );
  const children = new Children();
  const lock = options.exclusive ? takeLock(deployment.lock, options.command) : undefined;
  let live: Live | undefined;
  const restore = handleInterrupts({
    children,
    say: (line) => {
      // A block that is drawn over would swallow a line it does not know of.
      if (terminal.interactive && live !== undefined) live.line(terminal.paint.yellow(line));
      else terminal.err(`${terminal.errorPaint.yellow(line)}\n`);
    },
  });
  try {
    return await work({
      root,
      paths,
      deployment,
      children,
      packageFolder: join(root, "tools", "sandbox"),
      say: (line = "") => terminal.out(`${line}\n`),
      watch: async (watched) => {
        live = new Live(terminal);
        try {
          return await watched(live.show);
        } finally {
          live.stop();
          live = undefined;
        }
      },
    });
  } catch (error) {
    if (children.interrupted && error instanceof UserError) return ExitCode.canceled;
    throw error;
  } finally {
    restore();
    children.kill();
    lock?.release();
  }
}

/** Synthesizes the deployment's environment and reads its stacks, upstreams before what depends on them. */
export async function synthStacks(session: Session, environment: NodeJS.ProcessEnv): Promise<Stack[]> {
  const { children, root, deployment } = session;
  await synthesize({
    children,
    root,
    environment,
    system: deployment.system,
    environments: [deployment.environment],
    outdir: deployment.outdir,
    forSandbox: true,
  });
  return waves(readStacks(deployment.outdir)).flat();
}

/** Terraform for those stacks, with a line for everything odd about its configuration. */
export async function terraformFor(
  session: Session,
  environment: NodeJS.ProcessEnv,
  stacks: readonly Stack[],
): Promise<Setup> {
  const setup = await setUpTerraform({
    children: session.children,
    environment,
    folder: session.paths.terraform,
    needs: stacks.flatMap((stack) => stack.providers),
  });
  setup.warnings.forEach((warning) => session.say(`  warning: ${warning}`));
  return setup;
}

/** The nearest folder, from there upwards, that holds this project. */
export function projectRoot(folder: string): string {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, "tools", "run.mjs"))) return current;
    if (dirname(current) === current) {
      throw new UserError(`${folder} is not inside a groundplan project`, {
        tryThis: "change into the project's folder and run the command again",
        exitCode: ExitCode.configuration,
      });
    }
  }
}
