import { writeJson } from "../files";
import type { Stack } from "../plan/stack";
import { deploy, type Deployment } from "../sandbox/deploy";
import { type Emulator, isHealthy } from "../sandbox/emulator";
import { criticalPath } from "../sandbox/timing";
import { emulatorEnvironment } from "../terraform/environment";
import type { Setup } from "../terraform/setup";
import { UserError } from "../user-error";
import { renderObstacles, renderProblems } from "./render";
import type { Session } from "./session";
import type { Terminal } from "./terminal";
import { duration, plural } from "./text";

interface DeployRun {
  readonly session: Session;
  readonly terminal: Terminal;
  readonly stacks: readonly Stack[];
  readonly setup: Setup;
  readonly emulator: Emulator;
}

/** Deploys what can be deployed, shows it while it happens, and leaves the times behind. */
export async function deployShown({ session, terminal, stacks, setup, emulator }: DeployRun): Promise<Deployment> {
  const result = await session.watch((onActivity) =>
    deploy({
      stacks,
      paths: session.deployment,
      terraform: setup.terraform,
      environment: emulatorEnvironment(setup.environment, emulator.url),
      accountId: emulator.accountId,
      onActivity,
    }),
  );
  const { system, environment } = session.deployment;
  const path = criticalPath(result.timings);
  writeJson(session.paths.timing, { system, environment, ...result.timings, criticalPath: path });
  const done = result.outcomes.filter(({ fate }) => fate === "done").length;
  session.say(
    `  ${done} of ${plural(result.outcomes.length, "stack")} deployed in ${duration(result.timings.wallSeconds)}` +
      `; the slowest chain of waits takes ${duration(path.seconds)}`,
  );
  if (!result.canceled && !succeeded(result) && !(await isHealthy(emulator))) {
    // Every resource under way failed for this one reason, so it is said once.
    throw new UserError(
      `the emulator at ${emulator.url} stopped answering during the deploy, and what it held is lost`,
      {
        tryThis:
          "npm run sandbox down, then the same command again; the emulator's log is .groundplan/sandbox/emulator.log",
      },
    );
  }
  renderProblems(
    result.outcomes.flatMap(({ problems }) => problems),
    terminal.paint,
  ).forEach((line) => session.say(line));
  return result;
}

/** Lists what was not deployed locally, and why. */
export function sayObstacles(session: Session, { obstacles }: Pick<Deployment, "obstacles">): void {
  if (obstacles.length === 0) return;
  session.say("\nNot deployed locally");
  renderObstacles(obstacles).forEach((line) => session.say(line));
}

/** Whether every stack that was to be deployed is. */
export function succeeded({ outcomes }: Deployment): boolean {
  return outcomes.every(({ fate }) => fate === "done");
}
