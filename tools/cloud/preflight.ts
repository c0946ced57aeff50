import { ExitCode } from "../exit-code";
import type { Stack } from "../plan/stack";
import { UserError } from "../user-error";
import { CloudClient } from "./client";
import { CloudError } from "./cloud-error";
import { connect, type ConnectOptions } from "./connect";
import { placeOf, type CloudPlace, type Placed } from "./place";
import {
  executionOf,
  findingsOf,
  missingWorkspace,
  type Execution,
  type Finding,
  type Purpose,
} from "./workspace-problems";

/** Something that stands in the way of stacks in Terraform Cloud, or might. */
export interface CloudProblem extends Finding {
  /** Stacks it is about, in the order they were given. */
  readonly stacks: readonly string[];
}

/** A stack in Terraform Cloud as it was found. */
export interface CloudStack {
  readonly stack: string;
  readonly place: CloudPlace;
  /** Where it is planned and applied. */
  readonly execution: Execution;
}

/** What was found. */
export interface CloudSurvey {
  /** Stacks of which it is known where they run; others have a problem. */
  readonly stacks: readonly CloudStack[];
  readonly problems: readonly CloudProblem[];
  /** Clients by host name as stacks say it, for what comes after. */
  readonly clients: ReadonlyMap<string, CloudClient>;
}

export interface SurveyOptions extends ConnectOptions {
  /** Terraform's own version, here. */
  readonly terraformVersion: string;
  readonly purpose: Purpose;
}

type Subject = Pick<Stack, "name" | "document">;

/**
 * Looks at everything that could stop runs of these stacks in Terraform Cloud, before Terraform does anything: its `init` makes a workspace that is missing. Nothing is
 * changed. Stacks whose state is elsewhere are passed over.
 */
export async function surveyCloud(stacks: readonly Subject[], options: SurveyOptions): Promise<CloudSurvey> {
  const placed = stacks.map(({ name, document }) => ({ name, ...placeOf(document, options.environment) }));
  const unusable = placed.flatMap((one) => (one.kind === "unusable" ? [unusableProblem(one)] : []));
  const inCloud = placed.flatMap((one) =>
    one.kind === "cloud" ? [{ stack: one.name, place: one.place, hasToken: one.token !== undefined }] : [],
  );
  const leaky = inCloud.filter(({ hasToken }) => hasToken).map(({ stack }) => leakProblem(stack));

  const clients = new Map<string, CloudClient>();
  const found: CloudStack[] = [];
  const problems: CloudProblem[] = [];
  for (const [hostname, ofHost] of groupedBy(inCloud, ({ place }) => place.hostname)) {
    const names = ofHost.map(({ stack }) => stack);
    const client = await connect(hostname, options).catch((error: unknown) => failure(error, names));
    if (!(client instanceof CloudClient)) {
      problems.push(client);
      continue;
    }
    clients.set(hostname, client);
    for (const [organization, ofOrganization] of groupedBy(ofHost, ({ place }) => place.organization)) {
      const surveyed = await surveyOrganization(client, organization, ofOrganization, options);
      found.push(...surveyed.stacks);
      problems.push(...surveyed.problems);
    }
  }
  const order = (name: string) => stacks.findIndex((one) => one.name === name);
  found.sort((one, other) => order(one.stack) - order(other.stack));
  return { stacks: found, problems: [...unusable, ...leaky, ...problems], clients };
}

/** What stands in the way of runs of these stacks, all at once. Nothing is made, changed or cancelled. */
export async function preflight(stacks: readonly Subject[], options: SurveyOptions): Promise<readonly CloudProblem[]> {
  return (await surveyCloud(stacks, options)).problems;
}

/** Throws one error that lists every problem there is, each with the way out; warnings are none. */
export function refuseProblems(problems: readonly CloudProblem[]): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const codes = new Set(errors.map(({ exitCode }) => exitCode));
  const exitCode = codes.has(ExitCode.configuration) ? ExitCode.configuration : first.exitCode;
  if (errors.length === 1) throw new UserError(lineOf(first), { tryThis: first.hint, exitCode });
  throw new UserError(`${errors.length} things stand in the way in Terraform Cloud`, {
    details: errors.map((one) => `${lineOf(one)}\n  ${one.hint}`).join("\n"),
    exitCode,
  });
}

/** A problem in one line, led by the stacks it is about. */
export function lineOf({ stacks, message }: CloudProblem): string {
  return `${stacks.join(", ")}: ${message}`;
}

async function surveyOrganization(
  client: CloudClient,
  organization: string,
  subjects: ReadonlyArray<{ readonly stack: string; readonly place: CloudPlace }>,
  { terraformVersion, purpose }: SurveyOptions,
): Promise<{ stacks: CloudStack[]; problems: CloudProblem[] }> {
  const names = subjects.map(({ stack }) => stack);
  try {
    const entitlements = await client.entitlements(organization);
    if (entitlements === undefined) {
      return { stacks: [], problems: [missingOrganization(organization, client.connection.host, names)] };
    }
    const surveyed = await Promise.all(
      subjects.map(async ({ stack, place }) => {
        const workspace = await client.workspace(organization, place.workspace);
        if (workspace === undefined) return { problems: [{ ...missingWorkspace(place), stacks: [stack] }] };
        const savedPlans = purpose === "plan" || purpose === "destroy" ? await client.savedPlans(workspace.id) : [];
        const findings = findingsOf({ place, workspace, entitlements, savedPlans, terraformVersion, purpose });
        return {
          stack: { stack, place, execution: executionOf({ workspace, entitlements }) },
          problems: findings.map((finding) => ({ ...finding, stacks: [stack] })),
        };
      }),
    );
    return {
      stacks: surveyed.flatMap(({ stack }) => stack ?? []),
      problems: surveyed.flatMap(({ problems }) => problems),
    };
  } catch (error) {
    return { stacks: [], problems: [failure(error, names)] };
  }
}

function missingOrganization(organization: string, host: string, stacks: readonly string[]): CloudProblem {
  return {
    stacks,
    severity: "error",
    message: `there is no organization ${organization} on ${host}, or the token may not see it`,
    hint: `set state.organization to one that you see at https://${host}, or sign in as somebody of it: terraform login ${host}`,
    exitCode: ExitCode.configuration,
  };
}

function unusableProblem({
  name,
  problem,
  hint,
}: Extract<Placed, { kind: "unusable" }> & { readonly name: string }): CloudProblem {
  return { stacks: [name], severity: "error", message: problem, hint, exitCode: ExitCode.configuration };
}

function leakProblem(stack: string): CloudProblem {
  return {
    stacks: [stack],
    severity: "error",
    message: "its configuration holds a token, which every run would be sent",
    hint: "take it out of the code, revoke it, and use terraform login or a variable instead",
    exitCode: ExitCode.configuration,
  };
}

/** What went wrong at the host, as a problem of every stack that is there. Anything else is a fault of this program. */
function failure(error: unknown, stacks: readonly string[]): CloudProblem {
  if (!(error instanceof CloudError)) throw error;
  const { message, tryThis = "", exitCode } = error;
  return { stacks, severity: "error", message, hint: tryThis, exitCode };
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
