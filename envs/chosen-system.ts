import type { Choice } from "./choose";
import { stateBucketName } from "../modules/storage/state-bucket-name";
import type { Shared } from "./environment";
import { InvalidEnvironment } from "./invalid-environment";
import { hostOf } from "../modules/delivery/terraform-cloud-settings";
import {
  cloudRuns,
  platformState,
  resolvedState,
  resolveEnvironment,
  type ResolvedCloudState,
  type ResolvedEnvironment,
  type ResolvedState,
} from "./tiers";
import { assertValidSystem, environmentWarnings } from "./validate";

/** A chosen environment, with what is worth telling about it. */
export interface ChosenEnvironment extends ResolvedEnvironment {
  /** Advice to read before a deploy. */
  readonly warnings: readonly string[];

  /** Whether it makes its account trust GitHub's tokens: the first environment of an account that is not the shared one does. */
  readonly makesIdentityProvider: boolean;

  /**
   * Terraform Cloud, where it runs stacks of the environment that need AWS.
   * @default - it runs none
   */
  readonly cloudRuns?: ResolvedCloudState;

  /** Whether it makes its account trust the runs of Terraform Cloud: the first environment of an account that is not the shared one does. */
  readonly makesCloudIdentityProvider: boolean;
}

/** A valid system with every choice made: all that the stacks are built from. */
export interface ChosenSystem {
  /** What its environments have in common. */
  readonly shared: Shared;

  /** Where the shared stack keeps its state. */
  readonly state: ResolvedState;

  /** Where the platform stack keeps its state. */
  readonly platformState: ResolvedState;

  /**
   * Host of Terraform Cloud whose runs the shared account trusts.
   * @default - none; it runs nothing there that needs AWS
   */
  readonly trustedCloudHost?: string;

  /** Whether some state is in the bucket that we make. */
  readonly needsStateBucket: boolean;

  /** Accounts of environments other than the shared one, which pull its images. */
  readonly otherAccountIds: readonly string[];

  /** Whether what is shared may be destroyed. */
  readonly destroyable: boolean;

  /** Names of all environments, also of those that are not built. */
  readonly environmentNames: readonly string[];

  /** The environments to build. */
  readonly environments: readonly ChosenEnvironment[];

  /** All environments, also those that are not built: Terraform Cloud has the workspaces of each. */
  readonly everyEnvironment: readonly ChosenEnvironment[];
}

/** Checks the whole system, also the environments that are not chosen, and fills in every default. Throws with every problem at once. */
export function chosenSystem({ system, environments, stateOverride, destroyable }: Choice): ChosenSystem {
  assertValidSystem(system);
  const [first] = system.environments;
  if (!first) throw new InvalidEnvironment(`system ${system.name} must have an environment, got none`);
  const { shared } = first;
  const state = stateOverride ?? resolvedState(shared);
  const ownState = stateOverride ?? platformState(shared);
  const all = system.environments.map(resolveEnvironment).map((environment) => ({
    ...environment,
    state: stateOverride ?? environment.state,
    destroyable: destroyable ?? environment.destroyable,
  }));
  const states = [state, ...all.map((environment) => environment.state)];
  const inCloud = states.some(({ kind }) => kind === "cloud");
  const accounts = all.map(({ accountId }) => accountId).filter((accountId) => accountId !== shared.accountId);
  const trusted = all.filter(({ accountId }) => accountId === shared.accountId).find(cloudRuns);
  const runs = trusted && cloudRuns(trusted);
  const everyEnvironment = all.map((environment) => ({
    ...environment,
    warnings: environmentWarnings(environment),
    makesIdentityProvider: isFirstAbroad(environment, all, ({ delivery }) => delivery),
    cloudRuns: cloudRuns(environment),
    makesCloudIdentityProvider: isFirstAbroad(environment, all, cloudRuns),
  }));
  return {
    shared,
    state,
    platformState: ownState,
    trustedCloudHost: runs && hostOf(runs),
    needsStateBucket: [...states, ...(inCloud ? [ownState] : [])].some(
      (one) => one.kind === "s3" && one.bucket === stateBucketName(shared.project, shared.accountId),
    ),
    otherAccountIds: [...new Set(accounts)],
    destroyable: destroyable ?? false,
    environmentNames: all.map(({ name }) => name),
    environments: environments.flatMap(({ name }) => everyEnvironment.filter((one) => one.name === name)),
    everyEnvironment,
  };
}

/** Whether an environment is the first in its account to need what that has once, where the account is not the shared one. */
function isFirstAbroad(
  { name, accountId, shared }: ResolvedEnvironment,
  all: readonly ResolvedEnvironment[],
  needed: (one: ResolvedEnvironment) => object | undefined,
): boolean {
  if (accountId === shared.accountId) return false;
  return all.find((other) => other.accountId === accountId && needed(other) !== undefined)?.name === name;
}
