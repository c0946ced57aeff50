import { relative } from "node:path";
import { ExitCode } from "../exit-code";
import { planStacks, type StackPlan } from "../plan/preview";
import { readAllowList } from "../plan/review-bundle";
import { obstacles, type Stack } from "../plan/stack";
import { deployable, type Phase } from "../sandbox/deploy";
import type { Emulator } from "../sandbox/emulator";
import { inventory } from "../sandbox/inventory";
import { down, isBusy, up, type Up } from "../sandbox/lifecycle";
import { stateFile, statesIn } from "../sandbox/paths";
import { reviewPreviews } from "../sandbox/preview-review";
import { planAgain } from "../sandbox/second-plan";
import { emulatorEnvironment, offlineEnvironment } from "../terraform/environment";
import type { Setup } from "../terraform/setup";
import { UserError } from "../user-error";
import type { Command, Invocation } from "./command";
import { deployShown, sayObstacles, succeeded } from "./deploying";
import { renderInventory, renderPlans, renderProblems } from "./render";
import { sayForgotten } from "./forgotten";
import { sayInterrupted } from "./sandbox";
import { DEPLOYMENT_FLAGS, PORT_FLAG, portOf, retyped } from "./sandbox-flags";
import { synthStacks, terraformFor, withSession, type Session } from "./session";
import { columns, duration, plural } from "./text";

const COMMAND = "npm start";

/** `npm start`: from a fresh clone to a running system in one command. */
export const startCommand: Command = {
  name: "start",
  summary: "Deploys an environment to a local AWS emulator, from nothing to a second plan that is empty",
  details: ["It needs Node.js, Terraform and Python, and no account. The emulator goes on running afterwards."],
  flags: { ...DEPLOYMENT_FLAGS, ...PORT_FLAG },
  examples: ["npm start", "npm start -- --system web-api"],
  run: (invocation) =>
    withSession(invocation, { command: COMMAND, exclusive: true }, (session) => start(session, invocation)),
};

/** What `start` has brought about so far; an interruption undoes it accordingly. */
interface Progress {
  up?: Up;
  deploying?: boolean;
}

async function start(session: Session, invocation: Invocation): Promise<ExitCode> {
  const { deployment, children, say } = session;
  const { paint } = invocation.terminal;
  const progress: Progress = {};
  say(paint.bold(`System ${deployment.system}, environment ${deployment.environment}, on a local AWS emulator`));
  try {
    const code = await run(session, invocation, progress);
    return children.interrupted ? await undo(session, invocation, progress) : code;
  } catch (error) {
    if (children.interrupted) {
      const code = await undo(session, invocation, progress);
      if (error instanceof UserError) return code;
    } else if (progress.up?.started === true && progress.deploying !== true && !isBusy(session.paths)) {
      await down(session.paths, COMMAND);
    }
    throw error;
  }
}

async function run(session: Session, invocation: Invocation, progress: Progress): Promise<ExitCode> {
  const { say } = session;
  const { terminal } = invocation;
  const prepared = await prepare(session, invocation, progress);
  const { stacks, setup, emulator } = prepared;
  const ok = await preview(session, invocation, prepared);
  if (session.children.interrupted) return ExitCode.canceled;
  if (!ok) {
    if (progress.up?.started === true && !isBusy(session.paths)) {
      await down(session.paths, COMMAND);
      say("Nothing was deployed, and the emulator is stopped again.");
    }
    return ExitCode.failed;
  }

  if (deployable(stacks).length === 0) return nothingHere(session, progress, stacks);

  say("\nDeploy");
  progress.deploying = true;
  const deployment = await deployShown({ session, terminal, stacks, setup, emulator });
  if (session.children.interrupted) return ExitCode.canceled;
  const steady = succeeded(deployment) && (await secondPlan(session, invocation, prepared));
  if (session.children.interrupted) return ExitCode.canceled;

  say("\nDeployed");
  renderInventory(
    inventory(
      session.deployment,
      stacks.map(({ name }) => name),
    ),
    terminal.paint,
    Date.now(),
  ).forEach((line) => say(line));
  sayObstacles(session, deployment);
  say(`\nThe emulator goes on running at ${emulator.url}.`);
  sayNext(session, invocation);
  return steady ? ExitCode.fine : ExitCode.failed;
}

/** A system that is not in AWS has been checked as far as it can be here. */
async function nothingHere(session: Session, progress: Progress, stacks: readonly Stack[]): Promise<ExitCode> {
  const stop = progress.up?.started === true && !isBusy(session.paths);
  if (stop) await down(session.paths, COMMAND);
  sayObstacles(session, { obstacles: obstacles(stacks) });
  session.say(`\nNo stack of this system can be deployed here${stop ? "; the emulator is stopped again" : ""}.`);
  return ExitCode.fine;
}

interface Prepared {
  readonly stacks: readonly Stack[];
  readonly setup: Setup;
  readonly emulator: Emulator;
}

/** Starts the emulator and synthesizes, both at once: neither needs the other. */
async function prepare(session: Session, invocation: Invocation, progress: Progress): Promise<Prepared> {
  const { paths, children, packageFolder, say } = session;
  const { environment } = invocation;
  const startedAt = Date.now();
  const took = () => duration((Date.now() - startedAt) / 1000);
  const synth = synthStacks(session, environment).then(async (stacks) => {
    say(`  ${plural(stacks.length, "stack")} synthesized in ${took()}`);
    for (const { annotations } of stacks) {
      for (const { level, constructPath, message } of annotations) say(`  ${level}: ${constructPath}: ${message}`);
    }
    const setup = await terraformFor(session, environment, stacks);
    say(`  Terraform ${setup.terraform.binary.version}, providers from ${setup.providersFrom}`);
    return { stacks, setup };
  });
  const emulator = up({
    paths,
    children,
    packageFolder,
    environment,
    port: portOf(invocation),
    command: COMMAND,
    onProgress: (line) => say(`  ${line}`),
  }).then((result) => {
    progress.up = result;
    sayForgotten(say, result.forgotten);
    say(`  the emulator ${result.started ? `is up in ${took()}` : "was up already"}: ${result.emulator.url}`);
    return result.emulator;
  });
  // Both end before an error of one goes on, so that nothing is left running behind it.
  await Promise.allSettled([synth, emulator]);
  return { ...(await synth), emulator: await emulator };
}

/** Plans everything before anything is deployed. Returns whether what is to be deployed can be. */
async function preview(
  session: Session,
  invocation: Invocation,
  { stacks, setup, emulator }: Prepared,
): Promise<boolean> {
  const { deployment, say } = session;
  const { paint } = invocation.terminal;
  const redeployed = statesIn(deployment).length > 0;
  say("\nPlan");
  const plans = await session.watch((show) => {
    const phase = (stack: string, name: Phase) => show({ stack, at: Date.now(), kind: "phase", phase: name });
    stacks.forEach(({ name }) => phase(name, "waiting"));
    return planStacks({
      stacks,
      folder: deployment.preview,
      terraform: setup.terraform,
      environment: redeployed
        ? emulatorEnvironment(setup.environment, emulator.url)
        : offlineEnvironment(setup.environment),
      ...(redeployed ? { stateOf: (stack: string) => stateFile(deployment, stack), online: true } : {}),
      json: true,
      onStarted: (stack) => phase(stack, "planning"),
      onPlanned: ({ stack }) => phase(stack, "done"),
    });
  });
  if (session.children.interrupted) return false;
  renderPlans(plans).forEach((line) => say(line));
  if (deployable(stacks).length > 0) await sayReview(session, { stacks, setup }, plans);
  const needed = new Set(deployable(stacks).map(({ name }) => name));
  // A stack that is not deployed here may fail to plan here too, for want of its provider: its row says so.
  const problems = plans
    .filter(({ stack, status }) => status === "failed" || needed.has(stack))
    .flatMap((plan) => plan.problems);
  renderProblems(problems, paint).forEach((line) => say(line));
  return plans.every(({ stack, status }) => !needed.has(stack) || status === "changes" || status === "empty");
}

/** Leaves the review of all plans, and says how it comes out and where it is. */
async function sayReview(
  { root, deployment, say }: Session,
  { stacks, setup }: Pick<Prepared, "stacks" | "setup">,
  plans: readonly StackPlan[],
): Promise<void> {
  const { review, page } = await reviewPreviews({
    ...{ deployment, stacks, plans },
    allowList: readAllowList(root),
    terraformVersion: setup.terraform.binary.version,
    today: new Date().toISOString().slice(0, 10),
  });
  say(`  ${review.verdict.text}`);
  say(`  Review: ${relative(root, page)}`);
}

async function secondPlan(
  session: Session,
  invocation: Invocation,
  { stacks, setup, emulator }: Prepared,
): Promise<boolean> {
  const { say } = session;
  say("\nSecond plan");
  const plans = await session.watch((onActivity) =>
    planAgain({
      stacks: deployable(stacks),
      terraform: setup.terraform,
      environment: emulatorEnvironment(setup.environment, emulator.url),
      onActivity,
    }),
  );
  if (session.children.interrupted) return false;
  renderProblems(
    plans.flatMap(({ problems }) => problems),
    invocation.terminal.paint,
  ).forEach((line) => say(line));
  const changed = plans.filter(({ changes }) => changes.length > 0);
  const empty = changed.length === 0 && plans.every(({ problems }) => problems.length === 0);
  say(empty ? "  empty for every stack: what is deployed is what the code says" : "  not empty: see above");
  return empty;
}

/** After an interruption: an emulator that this run started goes, and with it everything; an older one stays. */
async function undo(session: Session, invocation: Invocation, progress: Progress): Promise<ExitCode> {
  const { paths, say } = session;
  if (progress.up === undefined) say("Interrupted; nothing was deployed.");
  else if (!progress.up.started || isBusy(paths)) return sayInterrupted(session, invocation);
  else {
    await down(paths, COMMAND);
    say("Interrupted; the emulator is stopped and what was deployed to it is gone. Nothing is left running.");
  }
  return ExitCode.canceled;
}

/** A command that works on an environment, as it is typed for the sandbox. */
function sandboxed(command: string, { deployment: { system, environment } }: Session): string {
  return `npm run ${command} ${environment} -- --sandbox${system === "default" ? "" : ` --system ${system}`}`;
}

function sayNext(session: Session, invocation: Invocation): void {
  const { system, environment } = session.deployment;
  const file = system === "default" ? `envs/${environment}.ts` : `envs/systems/${system}/${environment}.ts`;
  const rows = [
    [retyped("npm run sandbox status", invocation), "shows what exists, with its endpoints"],
    [sandboxed("plan", session), `plans and reviews what you edit in ${file}`],
    [sandboxed("apply", session), "applies just that plan"],
    ["npm run sandbox down", "stops the emulator and forgets everything"],
  ];
  session.say("\nNext");
  columns(rows).forEach((line) => session.say(line));
}
