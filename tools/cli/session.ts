import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ExitCode } from "../exit-code";
import { readStacks, type Stack } from "../plan/stack";
import { synthesize } from "../plan/synth";
import { waves } from "../plan/waves";
import { deploymentPaths, sandboxPaths, type DeploymentPaths, type SandboxPaths } from "../sandbox/paths";
import { setUpTerraform, type Setup } from "../terraform/setup";
import { UserError } from "../user-error";
import type { Invocation } from "./command";
import { guarded, type Guarded } from "./guarded";
import { DEPLOYMENT_FLAGS } from "./sandbox-flags";

/** What the sandbox commands share while one of them runs. */
export interface Session extends Guarded {
  /** The project's folder. */
  readonly root: string;
  readonly paths: SandboxPaths;
  /** The chosen system's chosen environment. */
  readonly deployment: DeploymentPaths;
  /** The folder of the emulator's Python package. */
  readonly packageFolder: string;
}

/** Runs a command's work with interruptions handled; with a lock if it changes the deployment. */
export async function withSession(
  invocation: Invocation,
  options: { readonly command: string; readonly exclusive: boolean },
  work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { folder, flags } = invocation;
  const root = projectRoot(folder);
  const paths = sandboxPaths(join(root, ".groundplan"));
  const { system, env } = DEPLOYMENT_FLAGS;
  const deployment = deploymentPaths(
    paths,
    String(flags["system"] ?? system.default),
    String(flags["env"] ?? env.default),
  );
  const lock = options.exclusive ? deployment.lock : undefined;
  const packageFolder = join(root, "tools", "sandbox");
  return guarded(invocation, { command: options.command, lock }, (session) =>
    work({ ...session, root, paths, deployment, packageFolder }),
  );
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
    committedLocks: join(session.root, "stacks", "locks"),
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
