import { Lazy } from "cdktf";
import fc from "fast-check";
import { addressCount, cidrContains, cidrOverlaps, prefixOf } from "../../../modules/network/cidr";
import {
  planSubnets,
  publicPrefixOf,
  RESERVED_ADDRESSES,
  vpcSizeProblem,
  ZONE_ROOM,
} from "../../../modules/network/subnets";

const prefixes = fc.integer({ min: 16, max: 24 });
const vpcs = fc
  .tuple(prefixes, fc.nat(255), fc.nat(255))
  .map(([prefix, b, c]) => `10.${b}.${prefix <= 16 ? 0 : c - (c % 2 ** (24 - prefix))}.0/${prefix}`);
const zoneCounts = fc.integer({ min: 1, max: ZONE_ROOM });

describe("planSubnets", () => {
  test("lays out three tiers", () => {
    expect(planSubnets("10.0.0.0/16", 3)).toEqual({
      private: ["10.0.0.0/19", "10.0.32.0/19", "10.0.64.0/19"],
      public: ["10.0.128.0/20", "10.0.144.0/20", "10.0.160.0/20"],
      isolated: ["10.0.192.0/20", "10.0.208.0/20", "10.0.224.0/20"],
    });
  });

  test("fills the smallest VPC exactly", () => {
    expect(planSubnets("10.0.0.0/24", 4)).toEqual({
      private: ["10.0.0.0/27", "10.0.0.32/27", "10.0.0.64/27", "10.0.0.96/27"],
      public: ["10.0.0.128/28", "10.0.0.144/28", "10.0.0.160/28", "10.0.0.176/28"],
      isolated: ["10.0.0.192/28", "10.0.0.208/28", "10.0.0.224/28", "10.0.0.240/28"],
    });
  });

  test("keeps every subnet inside the VPC, apart from the others, and of a size AWS accepts", () => {
    fc.assert(
      fc.property(vpcs, zoneCounts, (vpc, zoneCount) => {
        const plan = planSubnets(vpc, zoneCount);
        const all = [...plan.public, ...plan.private, ...plan.isolated];
        expect(all).toHaveLength(3 * zoneCount);
        for (const [index, subnet] of all.entries()) {
          expect(cidrContains(vpc, subnet)).toBe(true);
          expect(prefixOf(subnet)).toBeGreaterThanOrEqual(16);
          expect(prefixOf(subnet)).toBeLessThanOrEqual(28);
          expect(all.slice(index + 1).some((other) => cidrOverlaps(subnet, other))).toBe(false);
        }
      }),
    );
  });

  test("gives private subnets the most room", () => {
    fc.assert(
      fc.property(vpcs, (vpc) => {
        const {
          private: [inside = ""],
          public: [front = ""],
          isolated: [back = ""],
        } = planSubnets(vpc, 1);
        expect(addressCount(inside)).toBe(2 * addressCount(front));
        expect(addressCount(back)).toBe(addressCount(front));
        expect(prefixOf(front)).toBe(publicPrefixOf(vpc));
        expect(addressCount(front) - RESERVED_ADDRESSES).toBeGreaterThan(0);
      }),
    );
  });

  test("moves no subnet when a zone is added", () => {
    fc.assert(
      fc.property(vpcs, fc.integer({ min: 1, max: ZONE_ROOM - 1 }), (vpc, zoneCount) => {
        const [before, after] = [planSubnets(vpc, zoneCount), planSubnets(vpc, zoneCount + 1)];
        for (const tier of ["public", "private", "isolated"] as const) {
          expect(after[tier].slice(0, zoneCount)).toEqual(before[tier]);
        }
      }),
    );
  });

  test.each([
    ["10.0.0.0/16", 0, "zoneCount must be a whole number from 1 to 4, got 0"],
    ["10.0.0.0/16", 5, "zoneCount must be a whole number from 1 to 4, got 5"],
    ["10.0.0.1/16", 2, 'cidr must start at its network address, got "10.0.0.1/16"; did you mean 10.0.0.0/16'],
    ["10.0.0.0/8", 2, 'cidr must be from /16 to /24, got "10.0.0.0/8"; /16 is the largest AWS allows'],
  ])("fails on %s with %d zones", (cidr, zoneCount, message) => {
    expect(() => planSubnets(cidr, zoneCount)).toThrow(new Error(message));
  });
});

describe("vpcSizeProblem", () => {
  test.each([["10.0.0.0/16"], ["10.0.0.0/24"], [Lazy.stringValue({ produce: () => "" })]])("accepts %s", (cidr) => {
    expect(vpcSizeProblem("cidr", cidr)).toBeUndefined();
  });

  test("names the largest prefix", () => {
    expect(vpcSizeProblem("cidr", "10.0.0.0/15")).toBe(
      'cidr must be from /16 to /24, got "10.0.0.0/15"; /16 is the largest AWS allows',
    );
  });

  test("names the smallest prefix that works", () => {
    expect(vpcSizeProblem("cidr", "10.0.0.0/25")).toBe(
      'cidr must be from /16 to /24, got "10.0.0.0/25"; /24 is the smallest in which 4 zones of 3 tiers get the /28 that AWS requires',
    );
  });
});
