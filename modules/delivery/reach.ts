import { arn, type Context } from "../context";
import { nameOf } from "../naming";
import { ownershipTags, type OwnershipTags } from "./ownership-tags";
import type { Conditions } from "./policy-statement";

/** How far the roles of one environment reach: its names, its tags, its account, its regions. */
export interface Reach {
  /** `<project>-<environment>`, which every name of the environment is or begins with. */
  readonly base: string;

  /** First part of every name of the product. */
  readonly project: string;

  /** The 12 digits of the account. */
  readonly accountId: string;

  /** Regions the environment is in, its main one first. */
  readonly regions: readonly string[];

  /** Tags of everything in the environment. */
  readonly tags: OwnershipTags;
}

/** What of a context says how far its roles reach. */
export type ReachContext = Pick<Context, "project" | "environment" | "accountId" | "region">;

/** The reach of an environment, in its own region and those given besides. */
export function reachOf(context: ReachContext, otherRegions: readonly string[] = []): Reach {
  return {
    base: nameOf(context.project, context.environment),
    project: context.project,
    accountId: context.accountId,
    regions: [...new Set([context.region, ...otherRegions])],
    tags: ownershipTags(context),
  };
}

/** Any resource of a kind in the account and regions: `type` is the resource part of the ARN, which may hold `*`. */
export function anyOf(reach: Reach, service: string, type: string): string {
  const [only] = reach.regions;
  return arn({ accountId: reach.accountId, region: reach.regions.length === 1 && only ? only : "*" }, service, type);
}

/** The same for services whose ARNs have no region. */
export function globalOf(reach: Reach, service: string, type: string): string {
  return arn({ accountId: reach.accountId, region: "" }, service, type);
}

/**
 * What the environment calls its own, of one kind: what is named exactly after it, and what begins with its name and a hyphen.
 * Never `<project>-<environment>*`, which would reach into an environment `prod2` from `prod`.
 */
export function namedOf(reach: Reach, service: string, type: string, tail = ""): string[] {
  return ownNames(reach, tail).map((name) => anyOf(reach, service, `${type}${name}`));
}

/** The same for services whose ARNs have no region. */
export function globalNamedOf(reach: Reach, service: string, type: string, tail = ""): string[] {
  return ownNames(reach, tail).map((name) => globalOf(reach, service, `${type}${name}`));
}

/** Buckets of the environment; with a tail, their objects. */
export function bucketsOf(reach: Reach, tail = ""): string[] {
  return [`arn:aws:s3:::${reach.base}${tail}`, `arn:aws:s3:::${reach.base}-*${tail}`];
}

/** The resource already carries the environment's tags. */
export function taggedOwn(reach: Reach): Conditions {
  return { StringEquals: tagKeys("aws:ResourceTag", reach) };
}

/** The request gives the environment's tags to what it makes or tags. */
export function taggingOwn(reach: Reach): Conditions {
  return { StringEquals: tagKeys("aws:RequestTag", reach) };
}

/** The request goes to one of the environment's regions. */
export function inRegions(reach: Reach): Conditions {
  return { StringEquals: { "aws:RequestedRegion": reach.regions } };
}

function ownNames(reach: Reach, tail: string): string[] {
  return [`${reach.base}${tail}`, `${reach.base}-*`];
}

function tagKeys(key: "aws:ResourceTag" | "aws:RequestTag", { tags }: Reach): Record<string, string> {
  return { [`${key}/Project`]: tags.Project, [`${key}/Environment`]: tags.Environment };
}
