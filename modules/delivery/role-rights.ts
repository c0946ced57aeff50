import type { Context } from "../context";
import { notMatching } from "../validation";
import { permissionsBoundaryArn } from "./delivery-names";
import { deployStatements } from "./deploy-statements";
import { planStatements } from "./plan-statements";
import type { Statement } from "./policy-statement";
import { reachOf } from "./reach";
import { reachProblems, type ReachSettings } from "./reach-settings";
import { DEFAULT_AREAS } from "./service-areas";

/** What a role that plans may do, whoever takes it. */
export interface PlanRights extends ReachSettings {
  /**
   * Whether a plan takes the lock of the state. Without, plans run with `-lock=false`, and nothing the role can do writes anything.
   * @default false
   */
  readonly locksState?: boolean;
}

/** What a role that deploys may do, whoever takes it. */
export interface DeployRights extends ReachSettings {
  /**
   * Whole names of the secrets whose values Terraform writes. To write a version is to read it, so each name is one more secret it sees.
   * @default - none
   */
  readonly writtenSecrets?: readonly string[];

  /**
   * Roles it may hand to services, by whole name.
   * @default - every role named after the environment, all of which carry the boundary
   */
  readonly passedRoles?: readonly string[];

  /**
   * Whether databases, buckets, keys, images and backups are out of reach of every deletion.
   * @default - true unless everything may be destroyed
   */
  readonly protectData?: boolean;
}

/** The statements of a role that plans an environment. */
export function planRights(context: Context, rights: PlanRights): Statement[] {
  const { areas = DEFAULT_AREAS, otherRegions = [], hostedZoneIds = [], repositoryArns = [] } = rights;
  const { state, locksState = false } = rights;
  return planStatements(reachOf(context, otherRegions), { areas, hostedZoneIds, repositoryArns, state, locksState });
}

/** The statements of a role that deploys an environment. */
export function deployRights(context: Context, rights: DeployRights): Statement[] {
  const { areas = DEFAULT_AREAS, otherRegions = [], hostedZoneIds = [], repositoryArns = [] } = rights;
  const { state, passedRoles, writtenSecrets = [], protectData = !context.destroyable } = rights;
  return deployStatements(reachOf(context, otherRegions), {
    areas,
    hostedZoneIds,
    repositoryArns,
    state,
    writtenSecrets,
    passedRoles,
    protectData,
    boundaryArn: context.permissionsBoundaryArn ?? permissionsBoundaryArn(context),
  });
}

/** What is wrong with how far a role that deploys reaches, and with the secrets and roles it is to use. */
export function deployRightsProblems(rights: DeployRights): Array<string | undefined> {
  return [
    ...reachProblems(rights),
    ...wholeNames("writtenSecrets", rights.writtenSecrets),
    ...wholeNames("passedRoles", rights.passedRoles),
  ];
}

function wholeNames(name: string, values: readonly string[] = []): Array<string | undefined> {
  return values.map((value) => notMatching(name, value, /^[\w+=,.@/-]+$/, "a whole name without wildcards"));
}
