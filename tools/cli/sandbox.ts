import { existsSync } from "node:fs";
import { join } from "node:path";
import { ExitCode } from "../exit-code";
import { readStacks } from "../plan/stack";
import { waves } from "../plan/waves";
import { destroy } from "../sandbox/destroy";
import { runningEmulator, isHealthy } from "../sandbox/emulator";
import { inventory } from "../sandbox/inventory";
import { down, emulatorOrFail, up } from "../sandbox/lifecycle";
import type { DeploymentPaths } from "../sandbox/paths";
import { emulatorEnvironment } from "../terraform/environment";
import type { Command, Invocation } from "./command";
import { deployShown, sayObstacles, succeeded } from "./deploying";
import { sayForgotten } from "./forgotten";
import { columns, age } from "./text";
import { renderInventory, renderProblems } from "./render";
import { DEPLOYMENT_FLAGS, PORT_FLAG, portOf, retyped } from "./sandbox-flags";
import { synthStacks, terraformFor, withSession, type Session } from "./session";

const upCommand: Command = {
  name: "run sandbox up",
  summary: "Starts the local AWS emulator, unless it runs already",
  flags: PORT_FLAG,
  examples: ["npm run sandbox up", "npm run sandbox up -- --port 4566"],
  run: (invocation) =>
    withSession(
      invocation,
      { command: "npm run sandbox up", exclusive: false },
      async ({ paths, children, packageFolder, say }) => {
        const { emulator, started, forgotten } = await up({
          paths,
          children,
          packageFolder,
          environment: invocation.environment,
          port: portOf(invocation),
          command: "npm run sandbox up",
          onProgress: (line) => say(`  ${line}`),
        });
        sayForgotten(say, forgotten);
        say(
          started
            ? `The emulator runs at ${emulator.url} (${emulator.runtime}).`
            : `The emulator runs already, at ${emulator.url}.`,
        );
        say("Next: npm run sandbox deploy");
        return ExitCode.fine;
      },
    ),
};

const deployCommand: Command = {
  name: "run sandbox deploy",
  summary: "Deploys an environment to the local AWS emulator, stack by stack",
  details: ["The emulator must run. A stack whose provider has no emulator is left out, and named with the reason."],
  flags: DEPLOYMENT_FLAGS,
  examples: ["npm run sandbox deploy", "npm run sandbox deploy -- --system web-api --env prod"],
  run: (invocation) =>
    withSession(invocation, { command: "npm run sandbox deploy", exclusive: true }, async (session) => {
      const emulator = await emulatorOrFail(session.paths);
      const stacks = await synthStacks(session, invocation.environment);
      const setup = await terraformFor(session, invocation.environment, stacks);
      const deployment = await deployShown({ session, terminal: invocation.terminal, stacks, setup, emulator });
      sayObstacles(session, deployment);
      if (deployment.canceled) return sayInterrupted(session, invocation);
      return succeeded(deployment) ? ExitCode.fine : ExitCode.failed;
    }),
};

const statusCommand: Command = {
  name: "run sandbox status",
  summary: "Shows whether the emulator runs and what is deployed to it",
  flags: DEPLOYMENT_FLAGS,
  examples: ["npm run sandbox status"],
  run: (invocation) =>
    withSession(
      invocation,
      { command: "npm run sandbox status", exclusive: false },
      async ({ paths, deployment, say }) => {
        const now = Date.now();
        const emulator = runningEmulator(paths);
        const healthy = emulator !== undefined && (await isHealthy(emulator));
        if (emulator === undefined) say("The emulator is down. Start it with: npm run sandbox up");
        else if (!healthy) say(`The emulator at ${emulator.url} does not answer. Stop it with: npm run sandbox down`);
        else
          say(`The emulator runs at ${emulator.url} (${emulator.runtime}), started ${age(now - emulator.startedAt)}.`);
        const names = stacksIn(deployment);
        const found = inventory(deployment, names);
        say();
        say(`System ${deployment.system}, environment ${deployment.environment}`);
        if (found.length === 0) say("  nothing is deployed");
        renderInventory(found, invocation.terminal.paint, now).forEach((line) => say(line));
        const deployed = new Set(found.map(({ stack }) => stack));
        const others = names.filter((stack) => !deployed.has(stack));
        if (found.length > 0 && others.length > 0) say(`  not deployed: ${others.join(", ")}`);
        return ExitCode.fine;
      },
    ),
};

const destroyCommand: Command = {
  name: "run sandbox destroy",
  summary: "Destroys what is deployed to the local AWS emulator, in reverse order",
  details: ["The emulator goes on running."],
  flags: DEPLOYMENT_FLAGS,
  examples: ["npm run sandbox destroy"],
  run: (invocation) =>
    withSession(invocation, { command: "npm run sandbox destroy", exclusive: true }, async (session) => {
      const { deployment, say } = session;
      if (inventory(deployment, []).length === 0) {
        say("Nothing is deployed.");
        return ExitCode.fine;
      }
      const emulator = await emulatorOrFail(session.paths);
      const stacks = readStacks(deployment.outdir);
      const { terraform, environment } = await terraformFor(session, invocation.environment, stacks);
      const result = await session.watch((onActivity) =>
        destroy({
          stacks,
          paths: deployment,
          terraform,
          environment: emulatorEnvironment(environment, emulator.url),
          accountId: emulator.accountId,
          onActivity,
        }),
      );
      renderProblems(
        result.outcomes.flatMap(({ problems }) => problems),
        invocation.terminal.paint,
      ).forEach((line) => say(line));
      const left = [...result.remaining];
      if (left.length > 0) {
        say("Still there");
        columns(left.map(([stack, addresses]) => [stack, addresses.join(", ")])).forEach((line) => say(line));
        say(
          `Continue with: ${retyped("npm run sandbox destroy", invocation)}, or forget all of it with: npm run sandbox down`,
        );
      } else {
        say("Everything is destroyed, no state holds a resource.");
      }
      if (result.canceled) return ExitCode.canceled;
      return left.length === 0 ? ExitCode.fine : ExitCode.failed;
    }),
};

const downCommand: Command = {
  name: "run sandbox down",
  summary: "Stops the local AWS emulator and forgets everything that was deployed to it",
  details: ["The emulator keeps all it knows in memory, so the states of every system go with it."],
  examples: ["npm run sandbox down"],
  run: (invocation) =>
    withSession(invocation, { command: "npm run sandbox down", exclusive: false }, async ({ paths, say }) => {
      const { stopped, forgotten } = await down(paths, "npm run sandbox down");
      sayForgotten(say, forgotten);
      say(stopped === undefined ? "The emulator was not running." : `The emulator at ${stopped.url} is stopped.`);
      return ExitCode.fine;
    }),
};

/** `npm run sandbox …`. */
export const sandboxCommand: Command = {
  name: "run sandbox",
  summary: "Works with a local AWS emulator, which needs no account and costs nothing",
  commands: [upCommand, deployCommand, statusCommand, destroyCommand, downCommand],
};

/** What remains after an interruption of a deployment to an emulator that goes on running. */
export function sayInterrupted(session: Session, invocation: Invocation): typeof ExitCode.canceled {
  const { say, deployment } = session;
  const found = inventory(deployment, stacksIn(deployment));
  const names = found.map(({ stack, resources }) => `${stack} (${resources})`).join(", ");
  say(
    found.length === 0
      ? "Interrupted; nothing was deployed."
      : `Interrupted; deployed so far, with the number of resources: ${names}.`,
  );
  say(`The emulator still runs. Continue with: ${retyped("npm run sandbox deploy", invocation)}`);
  say("Or stop it and forget everything with: npm run sandbox down");
  return ExitCode.canceled;
}

/** Names of the synthesized stacks, upstreams first. */
function stacksIn({ outdir }: DeploymentPaths): string[] {
  if (!existsSync(join(outdir, "manifest.json"))) return [];
  return waves(readStacks(outdir))
    .flat()
    .map(({ name }) => name);
}
