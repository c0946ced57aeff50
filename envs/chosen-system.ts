import type { Choice } from "./choose";
import { stateBucketName } from "../modules/storage/state-bucket-name";
import type { Shared } from "./environment";
import { InvalidEnvironment } from "./invalid-environment";
import { resolvedState, resolveEnvironment, type ResolvedEnvironment, type ResolvedState } from "./tiers";
import { assertValidSystem, environmentWarnings } from "./validate";

/** A chosen environment, with what is worth telling about it. */
export interface ChosenEnvironment extends ResolvedEnvironment {
  /** Advice to read before a deploy. */
  readonly warnings: readonly string[];

  /** Whether it makes its account trust GitHub's tokens: the first environment of an account that is not the shared one does. */
  readonly makesIdentityProvider: boolean;
}

/** A valid system with every choice made: all that the stacks are built from. */
export interface ChosenSystem {
  /** What its environments have in common. */
  readonly shared: Shared;

  /** Where the shared stack keeps its state. */
  readonly state: ResolvedState;

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
}

/** Checks the whole system, also the environments that are not chosen, and fills in every default. Throws with every problem at once. */
export function chosenSystem({ system, environments, stateOverride, destroyable }: Choice): ChosenSystem {
  assertValidSystem(system);
  const all = system.environments.map(resolveEnvironment);
  const [first] = system.environments;
  if (!first) throw new InvalidEnvironment(`system ${system.name} must have an environment, got none`);
  const { shared } = first;
  const state = stateOverride ?? resolvedState(shared);
  const states = [state, ...all.map((environment) => stateOverride ?? environment.state)];
  const accounts = all.map(({ accountId }) => accountId).filter((accountId) => accountId !== shared.accountId);
  return {
    shared,
    state,
    needsStateBucket: states.some(
      (one) => one.kind === "s3" && one.bucket === stateBucketName(shared.project, shared.accountId),
    ),
    otherAccountIds: [...new Set(accounts)],
    destroyable: destroyable ?? false,
    environmentNames: all.map(({ name }) => name),
    environments: environments.map(resolveEnvironment).map((environment) => ({
      ...environment,
      state: stateOverride ?? environment.state,
      destroyable: destroyable ?? environment.destroyable,
      warnings: environmentWarnings(environment),
      makesIdentityProvider:
        environment.accountId !== shared.accountId &&
        all.find(({ accountId, delivery }) => delivery && accountId === environment.accountId)?.name ===
          environment.name,
    })),
  };
}
