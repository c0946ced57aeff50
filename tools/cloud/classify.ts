import type { CloudClient } from "./client";
import { CloudError } from "./cloud-error";
import { runUrl, type CloudPlace } from "./place";
import type { Run } from "./run";
import { isOver, OUTCOME_EXIT_CODES, stateOf, type OutcomeKind } from "./run-status";
import type { ExitCode } from "../exit-code";
import { watchRun, type Watched, type WatchGoal, type WatchOptions } from "./watch-run";

/** How a run came out, for people and for the exit code. */
export interface RunOutcome {
  readonly kind: OutcomeKind;
  readonly exitCode: ExitCode;
  readonly runId: string;
  /** As Terraform Cloud calls it; empty if the run was never seen. */
  readonly status: string;
  /** Where people see the run. */
  readonly url: string;
  /** One sentence without its full stop, that says what became of the run. */
  readonly message: string;
  /**
   * What to do about it.
   * @default - there is nothing to do
   */
  readonly hint?: string;
}

/** What is known besides the run. */
interface Circumstances {
  readonly place: CloudPlace;
  readonly goal: WatchGoal;
  /** How the watching of it ended. */
  readonly ended: Watched["ended"];
}

const LATER = "look at its page; what was confirmed goes on, and is never cancelled from here";

type Verdict = readonly [kind: OutcomeKind, message: string, hint?: string];

/**
 * How the apply of a saved plan came out. It asks Terraform Cloud, because the CLI has one exit code for all that is not an apply, and because it may have been ended
 * while the apply goes on. `patienceSeconds` is how long to wait for an apply that is under way, such as one that the CLI lost sight of.
 */
export async function classifyApply(
  client: CloudClient,
  runId: string,
  place: CloudPlace,
  { patienceSeconds = 0, ...options }: Partial<WatchOptions> & { readonly patienceSeconds?: number } = {},
): Promise<RunOutcome> {
  const watched = await watchRun(client, runId, { ...options, until: "applied", limitSeconds: patienceSeconds });
  return classifyRun(client, runId, watched, { place, goal: "applied" });
}

/** How a run came out that was watched. */
export async function classifyRun(
  client: CloudClient,
  runId: string,
  { run, ended }: Watched,
  { place, goal }: { readonly place: CloudPlace; readonly goal: WatchGoal },
): Promise<RunOutcome> {
  const verdict =
    run === undefined
      ? lost(place.hostname)
      : await verdictOf(client, run, { place, goal, ended }).catch((error: unknown) => {
          if (error instanceof CloudError && error.status === undefined) return lost(place.hostname);
          throw error;
        });
  const [kind, message, hint] = verdict;
  const exitCode = OUTCOME_EXIT_CODES[kind];
  return { kind, exitCode, runId, status: run?.status ?? "", url: runUrl(place, runId), message, hint };
}

async function verdictOf(client: CloudClient, run: Run, circumstances: Circumstances): Promise<Verdict> {
  const { place, goal, ended } = circumstances;
  if (ended === "unreachable" && !isOver(run.status)) {
    return ["detached", `${place.hostname} does not answer; it was ${run.status} when it was last seen`, LATER];
  }
  switch (stateOf(run.status)) {
    case "applied":
      return appliedVerdict(client, run);
    case "finished":
      return run.planOnly && run.hasChanges
        ? ["changes", "it plans changes, and may only look"]
        : ["no-changes", "there is nothing to apply"];
    case "denied":
      return ["policy", "a policy denies it"];
    case "undecided":
      return undecidedVerdict(client, run);
    case "discarded":
      return discardedVerdict(client, run);
    case "canceled":
      return canceledVerdict(run);
    case "errored":
      return erroredVerdict(client, run);
    case "planned":
      return plannedVerdict(client, run, circumstances);
    case "applying":
      return ["detached", "the apply goes on there", LATER];
    case "planning":
    case "checking":
      return goingOn(run, goal, ended);
    case "unknown":
      return run.at["confirmed"] === undefined
        ? ["failed", `its status ${JSON.stringify(run.status)} is not known here, and did not change in time`]
        : ["detached", `it is confirmed, and its status ${JSON.stringify(run.status)} is not known here`];
  }
}

function goingOn({ status }: Run, goal: WatchGoal, ended: Watched["ended"]): Verdict {
  if (ended === "left") return ["canceled", `it was left while it was ${status}`];
  if (goal === "applied") return ["stale", `it is ${status}, so nothing of it was reviewed`, "plan again"];
  return ["failed", `it is still ${status}`, "look at its page: another run or a lock may be in its way"];
}

async function appliedVerdict(client: CloudClient, run: Run): Promise<Verdict> {
  const state = run.workspace && (await client.currentState(run.workspace.id));
  const isOwn = state?.runId === undefined || state.runId === run.id;
  return ["applied", isOwn ? "it is applied" : "it is applied, and the state has changed again since"];
}

/** A saved plan is discarded by a person, or because another run has changed the state it was made on. */
async function discardedVerdict(client: CloudClient, run: Run): Promise<Verdict> {
  const state = run.workspace && (await client.currentState(run.workspace.id));
  const plannedAt = run.at["planned_and_saved"] ?? run.at["planned"];
  const isStale =
    state !== undefined &&
    plannedAt !== undefined &&
    state.runId !== run.id &&
    Date.parse(state.createdAt) > Date.parse(plannedAt);
  return isStale
    ? ["stale", "it is discarded, because the state has changed since it was planned", "plan again"]
    : ["discarded", "somebody has discarded it", "plan again if it was not meant to be"];
}

function canceledVerdict(run: Run): Verdict {
  const wasApplying = run.at["applying"] !== undefined;
  return wasApplying
    ? [
        "canceled",
        "somebody has cancelled it while it was applied: a part of it is done",
        "plan again to see what is left",
      ]
    : ["canceled", "somebody has cancelled it; nothing was applied", "plan again"];
}

async function erroredVerdict(client: CloudClient, run: Run): Promise<Verdict> {
  const wasApplying = run.at["applying"] !== undefined;
  if (wasApplying) return ["failed", "its apply has failed: a part of it is done", "plan again to see what is left"];
  const [checks, stages] = await Promise.all([client.policyChecks(run.id), client.taskStages(run.id)]);
  const isDenied =
    checks.some(({ status }) => status === "hard_failed") || stages.some(({ policyFailed }) => policyFailed);
  if (isDenied) return ["policy", "a policy denies it"];
  if (stages.some(({ status }) => status === "failed")) return ["failed", "a task after the plan has failed"];
  return ["failed", "its plan has failed"];
}

/** A policy that may be overridden is a denial; a task that waits for its decision is a person who has not come yet. Neither is decided from here. */
async function undecidedVerdict(client: CloudClient, run: Run): Promise<Verdict> {
  const stages = run.status === "post_plan_awaiting_decision" ? await client.taskStages(run.id) : [];
  const open = stages.filter(({ status }) => status === "awaiting_override");
  const isTaskAlone = open.length > 0 && open.every(({ policyFailed }) => !policyFailed);
  return isTaskAlone
    ? ["waiting", "a task after the plan waits for somebody's decision", "decide it on its page, then plan again"]
    : [
        "policy",
        "a policy denies it, unless somebody overrides it there",
        "mend what it denies, or ask for an override on its page",
      ];
}

async function plannedVerdict(client: CloudClient, run: Run, { place, goal, ended }: Circumstances): Promise<Verdict> {
  if (!run.can.confirm) {
    if (run.status === "planned_and_saved") return ["stale", "its plan can no longer be applied", "plan again"];
    return goingOn(run, goal, ended);
  }
  if (goal === "planned") return ["changes", "it plans changes"];
  if (run.workspace?.locked !== true) return ["waiting", "it waits for somebody to confirm it"];
  const workspace = await client.workspace(place.organization, place.workspace);
  const holder = workspace?.lockedBy?.name ?? "somebody";
  return [
    "waiting",
    `it cannot be applied while ${holder} holds the lock of the workspace`,
    "apply again once it is unlocked",
  ];
}

function lost(host: string): Verdict {
  return [
    "detached",
    `${host} does not answer, so nothing is known of it`,
    "look at its page; what was confirmed goes on",
  ];
}
