import { placeOf } from "../modules/delivery/terraform-cloud-names";
import { hostOf, runHostProblem, terraformCloudProblems } from "../modules/delivery/terraform-cloud-settings";
import { stateBucketName } from "../modules/storage/state-bucket-name";
import { notMatching, notOneOf, shown, within } from "../modules/validation";
import type { Shared } from "./environment";
import { regionProblem } from "./region";
import {
  cloudRuns,
  resolvedState,
  type ResolvedCloudState,
  type ResolvedEnvironment,
  type ResolvedState,
} from "./tiers";

type Problems = Array<string | undefined>;

/** Every problem of where what is shared keeps its state, each with the path to it. */
export function sharedStateProblems(shared: Shared): Problems {
  const { platformState } = shared;
  return [
    ...within("state", stateProblems(resolvedState(shared), shared)),
    ...(platformState ? within("platformState", platformStateProblems(shared, platformState)) : []),
  ];
}

/** Every problem of where an environment keeps its state, each with the path to it. */
export function environmentStateProblems(environment: ResolvedEnvironment): Problems {
  const { tier, state, shared } = environment;
  return within("state", [
    ...stateProblems(state, shared),
    tier === "prod" && state.kind === "local"
      ? `kind must be "s3" or "cloud" in prod, got "local"; a state file on one machine is neither shared, locked nor encrypted`
      : undefined,
    bucketElsewhereProblem(environment),
    runHostProblem(cloudRuns(environment)?.hostname),
    ...(state.kind === "cloud" ? besideShared(environment, state) : []),
  ]);
}

/** What is wrong with two environments in Terraform Cloud: one stack makes both, and the project parts them. */
export function togetherStateProblems(one: ResolvedEnvironment, other: ResolvedEnvironment): string[] {
  const [mine, theirs] = [one.state, other.state];
  if (mine.kind !== "cloud" || theirs.kind !== "cloud") return [];
  return within(`${one.name}.state`, [
    otherHostProblem(mine, theirs, other.name),
    samePlace(one.shared, [one.name, mine], [other.name, theirs])
      ? `projectName must be unlike that of ${other.name}, got ${shown(projectOf(one.shared, one.name, mine))} in both; a project has the roles of one environment`
      : undefined,
  ]);
}

function stateProblems(state: ResolvedState, shared: Shared): Problems {
  switch (state.kind) {
    case "local":
      return [];
    case "s3":
      return [
        notMatching(
          "bucket",
          state.bucket,
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
          "an S3 bucket name of 3 to 63 characters",
        ),
        state.region === shared.region ? undefined : regionProblem("region", state.region), // else said of the shared one
      ];
    case "cloud":
      return terraformCloudProblems(state);
    default:
      return [notOneOf("kind", (state as { kind: string }).kind, ["local", "s3", "cloud"])];
  }
}

function platformStateProblems(shared: Shared, state: NonNullable<Shared["platformState"]>): Problems {
  const { kind }: { readonly kind: string } = state;
  return kind === "local" || kind === "s3"
    ? stateProblems(resolvedState(shared, state), shared)
    : [
        `kind must be one of local, s3, got ${shown(kind)}; the platform stack makes the workspaces of Terraform Cloud, so its own state is in none of them`,
      ];
}

/** The bootstrap stack makes its bucket in the shared account; another account's roles could not reach it. */
function bucketElsewhereProblem({ accountId, shared, state }: ResolvedEnvironment): string | undefined {
  if (state.kind !== "s3" || accountId === shared.accountId) return undefined;
  return state.bucket === stateBucketName(shared.project, shared.accountId)
    ? `bucket must be named for an environment outside the shared account, got ${shown(state.bucket)}, which is in account ${shared.accountId}`
    : undefined;
}

/** What is shared may be in Terraform Cloud too, in a project of its own; and what an environment's runs read of it has to be. */
function besideShared(environment: ResolvedEnvironment, state: ResolvedCloudState): Problems {
  const { shared, name, database } = environment;
  const theirs = resolvedState(shared);
  const migrates = shared.migrations !== undefined && database !== undefined && database.engine !== "neon";
  const readable = theirs.kind === "cloud" && theirs.organization === state.organization;
  return [
    ...(theirs.kind === "cloud"
      ? [
          otherHostProblem(state, theirs, "the shared stacks"),
          samePlace(shared, [name, state], ["shared", theirs])
            ? `projectName must be unlike that of the shared stacks, got ${shown(projectOf(shared, name, state))} in both; state it for each, or for none`
            : undefined,
        ]
      : []),
    cloudRuns(environment) && migrates && !readable
      ? `organization must be that of shared.state with shared.migrations, got ${shown(state.organization)}${theirs.kind === "cloud" ? ` and ${shown(theirs.organization)}` : ` and a shared.state of kind ${shown(theirs.kind)}`}; a run reads there where the bastion is`
      : undefined,
  ];
}

function otherHostProblem(mine: ResolvedCloudState, theirs: ResolvedCloudState, whose: string): string | undefined {
  return hostOf(mine) === hostOf(theirs)
    ? undefined
    : `hostname must be that of ${whose} (${hostOf(theirs)}), got ${shown(hostOf(mine))}; the platform stack signs in at one`;
}

type Place = readonly [environment: string, state: ResolvedCloudState];

function samePlace(shared: Shared, [one, mine]: Place, [other, theirs]: Place): boolean {
  const sameOrganization = hostOf(mine) === hostOf(theirs) && mine.organization === theirs.organization;
  return sameOrganization && projectOf(shared, one, mine) === projectOf(shared, other, theirs);
}

function projectOf({ project }: Shared, environment: string, state: ResolvedCloudState): string {
  return placeOf({ project, environment }, state).projectName;
}
