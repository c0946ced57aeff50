import { rmSync } from "node:fs";
import type { Children } from "../terraform/children";
import { ExitCode } from "../exit-code";
import { UserError } from "../user-error";
import { isHealthy, runningEmulator, startEmulator, stopEmulator, type Emulator } from "./emulator";
import { lockHolder, takeLock } from "./lock";
import { deployments, statesIn, type DeploymentPaths, type SandboxPaths } from "./paths";

interface UpOptions {
  readonly paths: SandboxPaths;
  readonly children: Children;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder which holds the `emulator` Python package. */
  readonly packageFolder: string;
  /**
   * Port to listen on.
   * @default - a free one
   */
  readonly port?: number;
  /** The command as typed, for others who wait. */
  readonly command: string;
  readonly onProgress: (line: string) => void;
}

/** The emulator after `up`. */
export interface Up {
  readonly emulator: Emulator;
  /** Whether this call started it. */
  readonly started: boolean;
  /** Deployments whose states were removed, because they lived in the memory of an emulator that is gone. */
  readonly forgotten: readonly DeploymentPaths[];
}

/** Makes sure that an emulator runs. States of an earlier one refer to nothing, so they go. */
export async function up(options: UpOptions): Promise<Up> {
  const { paths, port, command } = options;
  const lock = takeLock(paths.emulatorLock, command);
  try {
    const running = runningEmulator(paths);
    if (running !== undefined && (await isHealthy(running))) {
      if (port !== undefined && port !== running.port) {
        throw new UserError(`the emulator already runs, on port ${running.port}`, {
          tryThis: "stop it first with: npm run sandbox down",
          exitCode: ExitCode.configuration,
        });
      }
      return { emulator: running, started: false, forgotten: [] };
    }
    refuseWhileBusy(paths);
    if (running !== undefined) await stopEmulator(paths, running); // it runs and does not answer
    const forgotten = forget(paths);
    return { emulator: await startEmulator(options), started: true, forgotten };
  } finally {
    lock.release();
  }
}

/** What `down` found and removed. */
export interface Down {
  /**
   * The emulator that was stopped.
   * @default - none ran
   */
  readonly stopped?: Emulator;
  readonly forgotten: readonly DeploymentPaths[];
}

/** Stops the emulator and removes all states with it. Refuses while another command works in the sandbox. */
export async function down(paths: SandboxPaths, command: string): Promise<Down> {
  const lock = takeLock(paths.emulatorLock, command);
  try {
    refuseWhileBusy(paths);
    const stopped = runningEmulator(paths);
    if (stopped !== undefined) await stopEmulator(paths, stopped);
    return { stopped, forgotten: forget(paths) };
  } finally {
    lock.release();
  }
}

/** The emulator, which must run. */
export async function emulatorOrFail(paths: SandboxPaths): Promise<Emulator> {
  const emulator = runningEmulator(paths);
  if (emulator !== undefined && (await isHealthy(emulator))) return emulator;
  throw new UserError("the emulator is not running", {
    tryThis: "npm run sandbox up",
    exitCode: ExitCode.configuration,
  });
}

/** Whether another process works on any deployment. */
export function isBusy(paths: SandboxPaths): boolean {
  return othersAtWork(paths).length > 0;
}

function refuseWhileBusy(paths: SandboxPaths): void {
  const [holder] = othersAtWork(paths);
  if (holder === undefined) return;
  throw new UserError(`another run is at work here: ${holder.command} (process ${holder.pid})`, {
    tryThis: `wait until it is done, or end it with: kill -INT ${holder.pid}`,
  });
}

function othersAtWork(paths: SandboxPaths) {
  return deployments(paths)
    .map(({ lock }) => lockHolder(lock))
    .filter((holder) => holder !== undefined)
    .filter((holder) => holder.pid !== process.pid);
}

/** Removes every state and preview; returns the deployments that had a state. */
function forget(paths: SandboxPaths): DeploymentPaths[] {
  const all = deployments(paths);
  const deployed = all.filter((deployment) => statesIn(deployment).length > 0);
  for (const { states, preview } of all) {
    for (const path of [states, preview]) rmSync(path, { recursive: true, force: true });
  }
  return deployed;
}
