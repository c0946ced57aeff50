import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Where the sandbox keeps things, below one folder such as `.groundplan`. */
export interface SandboxPaths {
  /** The generated Terraform CLI configuration, plugin cache and lock entries. */
  readonly terraform: string;
  /** The private Python environment, if one was needed. */
  readonly venv: string;
  /** All deployments, and the emulator's record and logs. */
  readonly sandbox: string;
  readonly emulatorRecord: string;
  readonly emulatorOutput: string;
  readonly emulatorLog: string;
  /** Held while the emulator is started or stopped. */
  readonly emulatorLock: string;
  /** Times of the last deployment of all. */
  readonly timing: string;
}

/** Where one environment of one system is deployed. */
export interface DeploymentPaths {
  readonly system: string;
  readonly environment: string;
  readonly folder: string;
  /** Output folder of synth. */
  readonly outdir: string;
  /** Folder of the states, where the synthesized backends put them. */
  readonly states: string;
  /** Folder of previews, which are never applied. */
  readonly preview: string;
  /** Held while a command works on the deployment. */
  readonly lock: string;
}

/** The paths below a folder such as `.groundplan`. */
export function sandboxPaths(folder: string): SandboxPaths {
  const sandbox = join(folder, "sandbox");
  return {
    terraform: join(folder, "terraform"),
    venv: join(folder, "venv"),
    sandbox,
    emulatorRecord: join(sandbox, "emulator.json"),
    emulatorOutput: join(sandbox, "emulator.out"),
    emulatorLog: join(sandbox, "emulator.log"),
    emulatorLock: join(sandbox, "emulator.lock"),
    timing: join(sandbox, "timing.json"),
  };
}

/** The paths of one environment of one system. */
export function deploymentPaths({ sandbox }: SandboxPaths, system: string, environment: string): DeploymentPaths {
  const folder = join(sandbox, system, environment);
  return {
    system,
    environment,
    folder,
    outdir: join(folder, "cdktf.out"),
    states: join(folder, ".groundplan", "state"),
    preview: join(folder, "preview"),
    lock: join(folder, "lock.json"),
  };
}

/** Every deployment that left something in the sandbox. */
export function deployments(paths: SandboxPaths): DeploymentPaths[] {
  return folders(paths.sandbox).flatMap((system) =>
    folders(join(paths.sandbox, system)).map((environment) => deploymentPaths(paths, system, environment)),
  );
}

/** The state file of a stack. */
export function stateFile({ states }: Pick<DeploymentPaths, "states">, stack: string): string {
  return join(states, `${stack}.tfstate`);
}

/** Names of the stacks that have a state file, sorted. */
export function statesIn({ states }: Pick<DeploymentPaths, "states">): string[] {
  if (!existsSync(states)) return [];
  return readdirSync(states)
    .filter((name) => name.endsWith(".tfstate"))
    .map((name) => name.slice(0, -".tfstate".length))
    .sort();
}

function folders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
