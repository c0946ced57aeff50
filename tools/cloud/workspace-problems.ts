import { ExitCode } from "../exit-code";
import { runUrl, workspaceUrl, type CloudPlace } from "./place";
import type { Run } from "./run";
import { isOver } from "./run-status";
import type { Workspace } from "./workspace";

/** What is about to be done in a workspace. `drift` only looks; `apply` confirms what is planned already. */
export type Purpose = "plan" | "apply" | "destroy" | "drift";

/** What stands in the way, or might. */
export interface Finding {
  readonly severity: "error" | "warning";
  /** A sentence without its full stop, about the workspace or the host. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** What the command exits with if it is an error. */
  readonly exitCode: ExitCode;
}

/** What is known of a workspace, and of who asks. */
export interface Surroundings {
  readonly place: CloudPlace;
  readonly workspace: Workspace;
  /** What the organization is entitled to. */
  readonly entitlements: ReadonlySet<string>;
  /** Saved plans that wait to be confirmed. */
  readonly savedPlans: readonly Run[];
  /** Terraform's own version, here. */
  readonly terraformVersion: string;
  readonly purpose: Purpose;
}

/** Where Terraform plans and applies. */
export type Execution = "remote" | "local";

/** Where runs of a workspace take place. An organization that is not entitled to them plans and applies here, and Terraform does not say so. */
export function executionOf({ workspace, entitlements }: Pick<Surroundings, "workspace" | "entitlements">): Execution {
  return workspace.executionMode === "local" || !entitlements.has("operations") ? "local" : "remote";
}

/** Everything that stands in the way of a run, in an order that is always the same. */
export function findingsOf(surroundings: Surroundings): Finding[] {
  const here = executionOf(surroundings) === "local";
  return [
    ...modeFindings(surroundings),
    ...(here
      ? []
      : [...settingFindings(surroundings), ...permissionFindings(surroundings), ...versionFindings(surroundings)]),
    ...lockFindings(surroundings),
    ...(here ? [] : queueFindings(surroundings)),
  ];
}

/** What to say where there is no such workspace. `hidden` tells one that is not there from one that the token may not see: nobody can. */
export function missingWorkspace({ organization, workspace, hostname }: CloudPlace): Finding {
  return problem(
    `there is no workspace ${workspace} in ${organization} on ${hostname}, or the token may not see it`,
    "deploy the stack `platform`, which makes the workspaces; none is made from here",
  );
}

function modeFindings({ workspace, entitlements, place }: Surroundings): Finding[] {
  const { executionMode } = workspace;
  if (executionMode === "local") {
    return [
      warning(
        `the workspace ${place.workspace} only keeps the state: plans and applies run here`,
        "sign in to what the stack changes; or set state.executionMode to remote and deploy `platform`",
      ),
    ];
  }
  if (!entitlements.has("operations")) {
    return [
      problem(
        `${place.organization} is not entitled to remote operations, so Terraform would plan and apply here without saying so`,
        "set state.executionMode to local and deploy `platform`, or change the organization's plan",
      ),
    ];
  }
  if (executionMode === "agent") {
    return [
      warning(
        `runs of the workspace ${place.workspace} wait for an agent of its pool`,
        "see that an agent of the pool is idle",
      ),
    ];
  }
  if (executionMode === "remote") return [];
  return [
    problem(
      `the workspace ${place.workspace} has the execution mode ${JSON.stringify(executionMode)}, which is not known here`,
      `set it to remote: ${workspaceUrl(place)}/settings`,
    ),
  ];
}

function settingFindings({ workspace, place, purpose }: Surroundings): Finding[] {
  const { repository, autoApply, workingDirectory, allowsDestroy } = workspace;
  const deploy = "deploy the stack `platform`, which says otherwise";
  return [
    ...(repository === undefined
      ? []
      : [
          problem(
            `the workspace ${place.workspace} is connected to ${repository}, so no plan can be saved in it`,
            `disconnect it: ${workspaceUrl(place)}/settings/version-control`,
          ),
        ]),
    ...(autoApply
      ? [problem(`the workspace ${place.workspace} applies by itself what nobody has reviewed (auto-apply)`, deploy)]
      : []),
    ...(workingDirectory === ""
      ? []
      : [
          problem(
            `the workspace ${place.workspace} has the working directory ${workingDirectory}, and a stack has none`,
            deploy,
          ),
        ]),
    ...(purpose === "destroy" && !allowsDestroy
      ? [problem(`the workspace ${place.workspace} does not allow plans that destroy everything`, deploy)]
      : []),
  ];
}

function permissionFindings({ workspace, place, purpose }: Surroundings): Finding[] {
  const { permissions } = workspace;
  const needed: Readonly<Record<Purpose, readonly string[]>> = {
    plan: ["can-queue-run"],
    drift: ["can-queue-run"],
    destroy: ["can-queue-run", "can-queue-destroy"],
    apply: ["can-queue-apply"],
  };
  const lacking = needed[purpose].filter((name) => !permissions.has(name));
  const hint = "use the token of a team that has this permission; an organization's token will not do";
  return [
    ...lacking.map((name) =>
      problem(`the token may not ${name.replace(/^can-/, "").replaceAll("-", " ")} in ${place.workspace}`, hint),
    ),
    ...(purpose === "apply" || permissions.has("can-update")
      ? []
      : [
          warning(
            `the token has no admin rights on ${place.workspace}, without which the plan's JSON is not given out`,
            "if the plan cannot be read, use the token of a team with admin rights on the workspace",
          ),
        ]),
  ];
}

function versionFindings({ workspace, place, terraformVersion }: Surroundings): Finding[] {
  const there = workspace.terraformVersion;
  if (there === terraformVersion || sameMinor(there, terraformVersion)) return [];
  return [
    warning(
      `the workspace ${place.workspace} runs Terraform ${there}, and here is ${terraformVersion}`,
      "use the same version in both places: it is set in modules/delivery/terraform-version.ts, which `platform` deploys",
    ),
  ];
}

/** Whether a constraint such as `~> 1.11.0` allows a version. */
function sameMinor(constraint: string, version: string): boolean {
  const match = /^~>\s*(\d+\.\d+)\.\d+$/.exec(constraint);
  return match !== null && version.startsWith(`${match[1]}.`);
}

function lockFindings({ workspace, place, purpose }: Surroundings): Finding[] {
  const { locked, lockedBy, lockReason } = workspace;
  if (!locked || lockedBy?.kind === "run") return []; // a run that locks it is the current one, of which the next check speaks
  const who =
    lockedBy === undefined ? "somebody" : lockedBy.kind === "team" ? `the team ${lockedBy.name}` : lockedBy.name;
  const why = lockReason === undefined ? "" : ` (${lockReason})`;
  const message = `the workspace ${place.workspace} is locked by ${who}${why}`;
  const hint = `have it unlocked: ${workspaceUrl(place)}`;
  return [purpose === "drift" ? warning(message, hint) : { ...problem(message, hint), exitCode: ExitCode.waiting }];
}

function queueFindings({ workspace, place, savedPlans, purpose }: Surroundings): Finding[] {
  const { currentRun } = workspace;
  const busy = currentRun !== undefined && !isOver(currentRun.status) && !currentRun.savePlan;
  const busyFinding = (run: Run): Finding => {
    const message = `the workspace ${place.workspace} is occupied by the run ${run.id}, which is ${run.status}${since(run)}`;
    const hint = `confirm or discard it: ${runUrl(place, run.id)}`;
    return purpose === "drift" ? warning(message, hint) : { ...problem(message, hint), exitCode: ExitCode.waiting };
  };
  return [
    ...(busy ? [busyFinding(currentRun)] : []),
    ...(purpose === "plan" || purpose === "destroy"
      ? savedPlans.map(({ id }) =>
          warning(
            `a saved plan of the workspace ${place.workspace} waits already (${id}); whichever is applied first makes the other void`,
            `discard it if it is not wanted any more: ${runUrl(place, id)}`,
          ),
        )
      : []),
  ];
}

function since({ at, status }: Run): string {
  return at[status] === undefined ? "" : ` since ${at[status]}`;
}

function problem(message: string, hint: string): Finding {
  return { severity: "error", message, hint, exitCode: ExitCode.configuration };
}

function warning(message: string, hint: string): Finding {
  return { severity: "warning", message, hint, exitCode: ExitCode.fine };
}
