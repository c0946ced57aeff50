import { isUnresolved, outOfRange, shown } from "../validation";
import { cidrProblem, prefixOf, splitCidr } from "./cidr";

/** The address ranges of a VPC's subnets: one per zone in each tier, in the order of the zones. */
export interface SubnetPlan {
  /** Subnets with a way to and from the internet. */
  readonly public: string[];

  /** Subnets with a way out through NAT. */
  readonly private: string[];

  /** Subnets with no way out. */
  readonly isolated: string[];
}

/** Zones every plan has room for, whether used or not. */
export const ZONE_ROOM = 4;

/** Addresses AWS keeps of each subnet: the first four and the last. Source: Amazon VPC user guide, subnet sizing, read in 2026-11. */
export const RESERVED_ADDRESSES = 5;

// Source of both: Amazon VPC user guide, VPC and subnet sizing, read in 2026-11.
const LARGEST_VPC = 16;
const SMALLEST_SUBNET = 28;

// Half of the VPC is private, a quarter public, a quarter isolated; each is then cut into one piece per zone.
const PRIVATE_BITS = 1 + Math.log2(ZONE_ROOM);
const EDGE_BITS = 2 + Math.log2(ZONE_ROOM);
const SMALLEST_VPC = SMALLEST_SUBNET - EDGE_BITS;

/** The problem with a VPC range that AWS refuses or that cannot hold every subnet; a value only Terraform knows passes. */
export function vpcSizeProblem(name: string, cidr: string): string | undefined {
  if (isUnresolved(cidr)) return undefined;
  const problem = cidrProblem(name, cidr);
  if (problem !== undefined) return problem;
  const prefix = prefixOf(cidr);
  if (prefix >= LARGEST_VPC && prefix <= SMALLEST_VPC) return undefined;
  const advice =
    prefix < LARGEST_VPC
      ? `/${LARGEST_VPC} is the largest AWS allows`
      : `/${SMALLEST_VPC} is the smallest in which ${ZONE_ROOM} zones of 3 tiers get the /${SMALLEST_SUBNET} that AWS requires`;
  return `${name} must be from /${LARGEST_VPC} to /${SMALLEST_VPC}, got ${shown(cidr)}; ${advice}`;
}

/** The size of the public subnets of a VPC, as a prefix. */
export function publicPrefixOf(vpcCidr: string): number {
  return prefixOf(vpcCidr) + EDGE_BITS;
}

/**
 * Where the subnets of a VPC go. Room for four zones is laid out whatever the number in use, so another zone moves nothing:
 * the first half is private (an eighth of the VPC per zone), the third quarter public and the last isolated (a sixteenth each).
 */
export function planSubnets(cidr: string, zoneCount: number): SubnetPlan {
  const problem = vpcSizeProblem("cidr", cidr) ?? outOfRange("zoneCount", zoneCount, 1, ZONE_ROOM);
  if (problem !== undefined) throw new Error(problem);
  const prefix = prefixOf(cidr);
  const inUse = (ranges: string[]): string[] => ranges.slice(0, zoneCount);
  const edges = splitCidr(cidr, prefix + EDGE_BITS);
  return {
    private: inUse(splitCidr(cidr, prefix + PRIVATE_BITS)),
    public: inUse(edges.slice(-2 * ZONE_ROOM)),
    isolated: inUse(edges.slice(-ZONE_ROOM)),
  };
}
