import fc from "fast-check";
import {
  open,
  opens,
  openingsOf,
  openingText,
  type Opening,
} from "../../../../../tools/review/meaning/network/opening";
import { planOf } from "../../../../support/plan-json";

const tcp = (fromPort: number, toPort: number, peer: string): Opening => ({
  direction: "in",
  protocol: "tcp",
  fromPort,
  toPort,
  peer,
});
const all = (peer: string): Opening => ({ direction: "in", protocol: "all", fromPort: 0, toPort: 65_535, peer });

/** What an object of a type opens. */
function openings(type: string, after: Readonly<Record<string, unknown>>, unknown: unknown = {}) {
  const [change] = planOf([{ address: `${type}.a`, actions: ["create"], after, after_unknown: unknown }]).changes;
  if (change === undefined) throw new Error("no change was read");
  return openingsOf(change, change.after);
}

describe("opens", () => {
  test.each<[Opening, Opening, boolean]>([
    [tcp(1, 100, "10.0.0.0/8"), tcp(22, 22, "10.1.0.0/16"), true],
    [tcp(22, 22, "10.1.0.0/16"), tcp(1, 100, "10.0.0.0/8"), false],
    [tcp(22, 22, "10.0.0.0/8"), tcp(22, 23, "10.0.0.0/8"), false],
    [tcp(22, 22, "10.0.0.0/8"), tcp(21, 22, "10.0.0.0/8"), false],
    [tcp(22, 22, "10.0.0.0/8"), { ...tcp(22, 22, "10.0.0.0/8"), protocol: "udp" }, false],
    [tcp(22, 22, "10.0.0.0/8"), { ...tcp(22, 22, "10.0.0.0/8"), direction: "out" }, false],
    [all("10.0.0.0/8"), tcp(22, 22, "10.0.0.0/9"), true],
    [tcp(0, 65_535, "10.0.0.0/8"), all("10.0.0.0/8"), false],
    [tcp(22, 22, "group sg-1"), tcp(22, 22, "group sg-1"), true],
    [tcp(22, 22, "group sg-1"), tcp(22, 22, "group sg-2"), false],
    [tcp(22, 22, "0.0.0.0/0"), tcp(22, 22, "group sg-1"), false],
    [tcp(22, 22, "0.0.0.0/0"), tcp(22, 22, "::/0"), false],
  ])("%j over %j is %j", (outer, inner, expected) => {
    expect(opens(outer, inner)).toBe(expected);
  });
});

describe("open", () => {
  test.each<[string, readonly Opening[], Opening, boolean]>([
    [
      "two halves of a block",
      [tcp(22, 22, "10.0.0.0/9"), tcp(22, 22, "10.128.0.0/9")],
      tcp(22, 22, "10.0.0.0/8"),
      true,
    ],
    ["one half of a block", [tcp(22, 22, "10.0.0.0/9")], tcp(22, 22, "10.0.0.0/8"), false],
    ["two halves of a range", [tcp(1, 50, "10.0.0.0/8"), tcp(51, 100, "10.0.0.0/8")], tcp(1, 100, "10.0.0.0/8"), true],
    [
      "two halves of a range with a gap",
      [tcp(1, 50, "10.0.0.0/8"), tcp(52, 100, "10.0.0.0/8")],
      tcp(1, 100, "10.0.0.0/8"),
      false,
    ],
    [
      "two halves of a range of a group",
      [tcp(1, 50, "group g"), tcp(51, 100, "group g")],
      tcp(1, 100, "group g"),
      true,
    ],
    ["halves of two groups", [tcp(1, 50, "group g"), tcp(51, 100, "group h")], tcp(1, 100, "group g"), false],
    [
      "four quarters, by blocks and ports",
      [tcp(1, 50, "10.0.0.0/9"), tcp(51, 100, "10.0.0.0/9"), tcp(1, 60, "10.128.0.0/9"), { ...all("10.128.0.0/9") }],
      tcp(1, 100, "10.0.0.0/8"),
      true,
    ],
    [
      "halves of two protocols",
      [tcp(1, 50, "10.0.0.0/8"), { ...tcp(51, 100, "10.0.0.0/8"), protocol: "udp" }],
      tcp(1, 100, "10.0.0.0/8"),
      false,
    ],
    ["halves of two families", [tcp(22, 22, "::/1"), tcp(22, 22, "128.0.0.0/1")], tcp(22, 22, "0.0.0.0/0"), false],
    ["nothing", [], tcp(22, 22, "10.0.0.0/8"), false],
  ])("of %s", (_, outers, inner, expected) => {
    expect(open(outers, inner)).toBe(expected);
  });

  const small = fc.record({
    from: fc.nat(7),
    more: fc.nat(3),
    bits: fc.integer({ min: 29, max: 32 }),
    host: fc.nat(7),
  });
  const opening = ({ from, more, bits, host }: { from: number; more: number; bits: number; host: number }) =>
    tcp(from, from + more, `10.0.0.${host}/${bits}`);

  test("agrees with trying every port and every address", () => {
    const points = Array.from({ length: 11 }, (_, port) =>
      Array.from({ length: 8 }, (__, host) => ({ port, host })),
    ).flat();
    fc.assert(
      fc.property(fc.array(small, { maxLength: 6 }), small, (given, one) => {
        const [outers, inner] = [given.map(opening), opening(one)];
        const has = (other: Opening, { port, host }: { port: number; host: number }) =>
          opens(other, tcp(port, port, `10.0.0.${host}`));
        const expected = points.every((point) => !has(inner, point) || outers.some((outer) => has(outer, point)));
        expect(open(outers, inner)).toBe(expected);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });
});

describe("openingsOf", () => {
  test.each<[string, string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      "an ingress rule",
      "aws_vpc_security_group_ingress_rule",
      { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv4: "10.0.0.0/8" },
      ["tcp 22 from 10.0.0.0/8"],
    ],
    [
      "an egress rule for everything",
      "aws_vpc_security_group_egress_rule",
      { security_group_id: "sg-1", ip_protocol: "-1", cidr_ipv6: "::/0" },
      ["everything to ::/0"],
    ],
    [
      "an older rule with several blocks, a prefix list and itself",
      "aws_security_group_rule",
      {
        ...{ security_group_id: "sg-1", type: "ingress", protocol: "udp", from_port: 1, to_port: 9, self: true },
        ...{ cidr_blocks: ["10.0.0.0/8", "11.0.0.0/8"], ipv6_cidr_blocks: ["fd00::/8"], prefix_list_ids: ["pl-1"] },
      },
      [
        ...["udp 1–9 from 10.0.0.0/8", "udp 1–9 from 11.0.0.0/8", "udp 1–9 from fd00::/8"],
        ...["udp 1–9 from prefix list pl-1", "udp 1–9 from group itself"],
      ],
    ],
    [
      "an older rule out, to a group",
      "aws_security_group_rule",
      {
        security_group_id: "sg-1",
        type: "egress",
        protocol: "TCP",
        from_port: 443,
        to_port: 443,
        source_security_group_id: "sg-2",
      },
      ["tcp 443 to group sg-2"],
    ],
    [
      "blocks inside a group",
      "aws_security_group",
      {
        id: "sg-1",
        ingress: [
          { protocol: "6", from_port: "80", to_port: "80", cidr_blocks: ["0.0.0.0/0"], security_groups: ["sg-2"] },
        ],
        egress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }],
      },
      ["tcp 80 from 0.0.0.0/0", "tcp 80 from group sg-2", "everything to 0.0.0.0/0"],
    ],
    [
      "every port of a protocol, as zero to zero",
      "aws_security_group",
      { id: "sg-1", ingress: [{ protocol: "tcp", from_port: 0, to_port: 0, cidr_blocks: ["10.0.0.0/8"] }] },
      ["tcp from 10.0.0.0/8"],
    ],
    [
      "an answer to a ping, whose type is zero",
      "aws_security_group",
      { id: "sg-1", ingress: [{ protocol: "icmp", from_port: 0, to_port: 0, cidr_blocks: ["10.0.0.0/8"] }] },
      ["icmp 0 from 10.0.0.0/8"],
    ],
    [
      "a rule of an ACL",
      "aws_network_acl_rule",
      {
        network_acl_id: "acl-1",
        rule_action: "allow",
        egress: true,
        protocol: "6",
        from_port: 1,
        to_port: 2,
        cidr_block: "10.0.0.0/8",
      },
      ["tcp 1–2 to 10.0.0.0/8"],
    ],
    [
      "a denial of an ACL",
      "aws_network_acl_rule",
      {
        network_acl_id: "acl-1",
        rule_action: "deny",
        protocol: "6",
        from_port: 1,
        to_port: 2,
        cidr_block: "10.0.0.0/8",
      },
      [],
    ],
    [
      "an ACL with its rules inside, those that deny left out",
      "aws_network_acl",
      {
        id: "acl-1",
        ingress: [
          { action: "allow", protocol: "6", from_port: 1, to_port: 2, cidr_block: "10.0.0.0/8" },
          { action: "deny", protocol: "6", from_port: 1, to_port: 2, cidr_block: "11.0.0.0/8" },
        ],
      },
      ["tcp 1–2 from 10.0.0.0/8"],
    ],
    [
      "a group with something odd in it",
      "aws_security_group",
      { id: "sg-1", ingress: ["x", null, { cidr_blocks: "" }] },
      [],
    ],
  ])("reads %s", (_, type, after, expected) => {
    expect(openings(type, after)?.openings.map(openingText)).toEqual(expected);
  });

  test.each<[string, string, Readonly<Record<string, unknown>>, unknown, readonly string[]]>([
    [
      "addresses of a rule",
      "aws_vpc_security_group_ingress_rule",
      { ip_protocol: "tcp" },
      { cidr_ipv4: true },
      ["cidr_ipv4"],
    ],
    [
      "the group a rule names",
      "aws_vpc_security_group_ingress_rule",
      {},
      { referenced_security_group_id: true },
      ["referenced_security_group_id"],
    ],
    [
      "a port, so that what is open cannot be told",
      "aws_vpc_security_group_ingress_rule",
      { ip_protocol: "tcp", cidr_ipv4: "0.0.0.0/0" },
      { from_port: true, to_port: true },
      ["from_port", "to_port"],
    ],
    ["all blocks of a group", "aws_security_group", {}, { ingress: true }, ["ingress"]],
    [
      "addresses inside a block of a group",
      "aws_security_group",
      { ingress: [{ protocol: "tcp", from_port: 22, to_port: 22 }] },
      { ingress: [{ cidr_blocks: true }] },
      ["ingress.cidr_blocks"],
    ],
    [
      "one of several addresses",
      "aws_security_group",
      { egress: [{ protocol: "-1", cidr_blocks: [null] }] },
      { egress: [{ cidr_blocks: [true] }] },
      ["egress.cidr_blocks"],
    ],
  ])("says that it does not know %s", (_, type, after, unknown, expected) => {
    const found = openings(type, after, unknown);
    expect(found?.openings).toEqual([]);
    expect(found?.unknown.map(({ attribute }) => attribute)).toEqual(expected);
  });

  test.each([
    ["aws_security_group", { id: "sg-1" }, "sg-1"],
    ["aws_security_group", {}, "aws_security_group.a"],
    ["aws_vpc_security_group_ingress_rule", { security_group_id: "sg-1" }, "sg-1"],
    ["aws_vpc_security_group_ingress_rule", {}, "aws_vpc_security_group_ingress_rule.a"],
    ["aws_network_acl_rule", { network_acl_id: "acl-1" }, "acl-1"],
    ["aws_network_acl_rule", {}, "aws_network_acl_rule.a"],
  ])("of %s %j are those of %s", (type, after, group) => {
    expect(openings(type, after)?.group).toBe(group);
  });

  test("are none of a type that opens nothing, and empty where there is no object", () => {
    expect(openings("aws_vpc", { cidr_block: "10.0.0.0/8" })).toBeUndefined();
    const [change] = planOf([{ address: "aws_security_group.a", actions: ["delete"], before: {} }]).changes;
    if (change === undefined) throw new Error("no change was read");
    expect(openingsOf(change, change.after)).toEqual({ group: "aws_security_group.a", openings: [], unknown: [] });
  });
});
