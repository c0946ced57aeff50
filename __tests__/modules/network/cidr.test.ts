import { Lazy } from "cdktf";
import fc from "fast-check";
import {
  addressCount,
  cidrContains,
  cidrOverlaps,
  cidrProblem,
  isPrivateCidr,
  prefixOf,
  splitCidr,
} from "../../../modules/network/cidr";

const cidrs = (shortest = 0, longest = 32) =>
  fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: shortest, max: longest })).map(([address, prefix]) => {
    const first = address - (address % 2 ** (32 - prefix));
    return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${prefix}`;
  });

describe("cidrProblem", () => {
  test.each([["0.0.0.0/0"], ["10.0.0.0/8"], ["10.20.0.0/16"], ["192.168.1.0/24"], ["255.255.255.255/32"]])(
    "accepts %s",
    (cidr) => {
      expect(cidrProblem("cidr", cidr)).toBeUndefined();
    },
  );

  test("accepts a value only Terraform knows", () => {
    expect(cidrProblem("cidr", Lazy.stringValue({ produce: () => "" }))).toBeUndefined();
  });

  test.each([
    [""],
    ["10.0.0.0"],
    ["10.0.0/16"],
    ["10.0.0.0/33"],
    ["10.0.0.256/32"],
    ["010.0.0.0/8"],
    ["10.0.0.0/08"],
    [" 10.0.0.0/8"],
    ["10.0.0.0/8\n"],
    ["fd00::/8"],
  ])("refuses %j", (cidr) => {
    expect(cidrProblem("cidr", cidr)).toBe(
      `cidr must be an IPv4 range such as 10.0.0.0/16, got ${JSON.stringify(cidr)}`,
    );
  });

  test.each([
    ["10.0.1.5/16", "10.0.0.0/16"],
    ["255.255.255.255/1", "128.0.0.0/1"],
    ["10.0.0.1/31", "10.0.0.0/31"],
  ])("suggests the network address for %s", (cidr, network) => {
    expect(cidrProblem("cidr", cidr)).toBe(
      `cidr must start at its network address, got "${cidr}"; did you mean ${network}`,
    );
  });

  test("accepts every range that starts at its network address", () => {
    fc.assert(fc.property(cidrs(), (cidr) => cidrProblem("cidr", cidr) === undefined));
  });
});

describe("prefixOf and addressCount", () => {
  test("read a range", () => {
    expect(prefixOf("10.0.0.0/16")).toBe(16);
    expect(addressCount("10.0.0.0/16")).toBe(65_536);
    expect(addressCount("0.0.0.0/0")).toBe(2 ** 32);
  });

  test.each([
    ["10.0.0.1/16", 'cidr must start at its network address, got "10.0.0.1/16"; did you mean 10.0.0.0/16'],
    ["ten", 'cidr must be an IPv4 range such as 10.0.0.0/16, got "ten"'],
    ["${TfToken[TOKEN.1]}", 'cidr must be known at synth, got "${TfToken[TOKEN.1]}"'],
  ])("fail on %s", (cidr, message) => {
    expect(() => prefixOf(cidr)).toThrow(new Error(message));
  });
});

describe("cidrContains and cidrOverlaps", () => {
  test.each([
    ["10.0.0.0/16", "10.0.0.0/16", true, true],
    ["10.0.0.0/16", "10.0.255.0/24", true, true],
    ["10.0.255.0/24", "10.0.0.0/16", false, true],
    ["10.0.0.0/16", "10.1.0.0/16", false, false],
    ["10.0.0.0/24", "10.0.1.0/24", false, false],
    ["0.0.0.0/0", "255.255.255.255/32", true, true],
  ])("know that of %s and %s", (one, other, contains, overlaps) => {
    expect(cidrContains(one, other)).toBe(contains);
    expect(cidrOverlaps(one, other)).toBe(overlaps);
  });

  test("overlap is mutual, and is one range containing the other", () => {
    fc.assert(
      fc.property(cidrs(), cidrs(), (one, other) => {
        const contained = cidrContains(one, other) || cidrContains(other, one);
        return cidrOverlaps(one, other) === contained && cidrOverlaps(other, one) === contained;
      }),
    );
  });

  test("what is no range overlaps nothing, and host bits do not matter", () => {
    expect(cidrOverlaps("ten", "10.0.0.0/8")).toBe(false);
    expect(cidrOverlaps("10.0.0.0/8", "${TfToken[TOKEN.1]}")).toBe(false);
    expect(cidrOverlaps("10.0.200.9/16", "10.0.1.0/24")).toBe(true);
  });
});

describe("isPrivateCidr", () => {
  test.each([
    ["10.0.0.0/8", true],
    ["172.31.0.0/16", true],
    ["192.168.255.0/24", true],
    ["100.127.0.0/16", true],
    ["172.32.0.0/16", false],
    ["100.128.0.0/16", false],
    ["8.8.8.0/24", false],
    ["0.0.0.0/0", false],
  ])("of %s is %s", (cidr, expected) => {
    expect(isPrivateCidr(cidr)).toBe(expected);
  });
});

describe("splitCidr", () => {
  test("cuts a range into equal pieces, in order", () => {
    expect(splitCidr("10.0.0.0/16", 18)).toEqual(["10.0.0.0/18", "10.0.64.0/18", "10.0.128.0/18", "10.0.192.0/18"]);
    expect(splitCidr("10.0.0.0/16", 16)).toEqual(["10.0.0.0/16"]);
    expect(splitCidr("255.255.255.254/31", 32)).toEqual(["255.255.255.254/32", "255.255.255.255/32"]);
  });

  test("covers the range exactly, without overlap", () => {
    fc.assert(
      fc.property(cidrs(0, 28), fc.nat(4), (cidr, bits) => {
        const pieces = splitCidr(cidr, prefixOf(cidr) + bits);
        expect(pieces).toHaveLength(2 ** bits);
        expect(pieces.every((piece) => cidrContains(cidr, piece))).toBe(true);
        expect(new Set(pieces).size).toBe(pieces.length);
        expect(pieces.reduce((sum, piece) => sum + addressCount(piece), 0)).toBe(addressCount(cidr));
      }),
    );
  });

  test.each([
    ["10.0.0.0/16", 15, "prefix must be a whole number from 16 to 32 to split 10.0.0.0/16, got 15"],
    ["10.0.0.0/16", 33, "prefix must be a whole number from 16 to 32 to split 10.0.0.0/16, got 33"],
    ["10.0.0.0/16", 16.5, "prefix must be a whole number from 16 to 32 to split 10.0.0.0/16, got 16.5"],
    ["10.0.0.0/8", 25, "prefix must be a whole number from 8 to 24 to split 10.0.0.0/8, got 25"],
  ])("fails to split %s into /%d", (cidr, prefix, message) => {
    expect(() => splitCidr(cidr, prefix)).toThrow(new Error(message));
  });

  test("reaches its limits", () => {
    expect(splitCidr("10.0.0.0/8", 24)).toHaveLength(65_536);
  });
});
