import { securityGroupOpening as rule } from "../../../../../tools/review/meaning/risks/security-group-opening";
import {
  created,
  destroyed,
  findingsOf,
  kept,
  planOf,
  replaced,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../../support/plan-json";

type Body = Readonly<Record<string, unknown>>;

const RULE = "aws_vpc_security_group_ingress_rule.r";
const tcp = (port: number, cidr: string, more: Body = {}) => ({
  ...{ security_group_id: "sg-1", ip_protocol: "tcp", from_port: port, to_port: port, cidr_ipv4: cidr },
  ...more,
});
const range = (from: number, to: number, cidr: string) => tcp(from, cidr, { to_port: to });
const group = (...ingress: readonly Body[]) => ({ id: "sg-1", name: "web", ingress });
const block = (from: number, to: number, ...blocks: readonly string[]) => ({
  protocol: "tcp",
  from_port: from,
  to_port: to,
  cidr_blocks: blocks,
});

describe(rule.id, () => {
  test("says who is let in, who was before, and what would make it safe", () => {
    expect(reviewOf(planOf([updated(RULE, tcp(22, "10.0.0.0/8"), tcp(22, "0.0.0.0/0"))])).risks).toEqual([
      {
        rule: "security-group-opening",
        severity: "critical",
        title: "SSH is open to the internet",
        stack: "stack",
        address: RULE,
        construct: "",
        evidence: "lets in tcp 22 from 0.0.0.0/0; it was tcp 22 from 10.0.0.0/8",
        why: "Whoever is let in can try everything that listens there.",
        fix: "Let in the security group of the caller, or its addresses; reach hosts through SSM and databases from the services alone.",
      },
    ]);
  });

  test.each<[string, Body, string]>([
    [
      "a port of a database, from everywhere",
      tcp(5432, "0.0.0.0/0"),
      "critical: PostgreSQL is open to the internet (lets in tcp 5432 from 0.0.0.0/0)",
    ],
    [
      "a port of a database, from outside",
      tcp(5432, "203.0.113.0/24"),
      "high: PostgreSQL is open to addresses outside (lets in tcp 5432 from 203.0.113.0/24)",
    ],
    [
      "one among several ports",
      range(3300, 3310, "0.0.0.0/0"),
      "critical: MySQL is open to the internet (lets in tcp 3300–3310 from 0.0.0.0/0)",
    ],
    [
      "half of the internet",
      tcp(22, "128.0.0.0/1"),
      "critical: SSH is open to the internet (lets in tcp 22 from 128.0.0.0/1)",
    ],
    [
      "IPv6 from everywhere",
      { ...tcp(22, ""), cidr_ipv6: "::/0" },
      "critical: SSH is open to the internet (lets in tcp 22 from ::/0)",
    ],
    [
      "all of IPv6 that is in use",
      { ...tcp(22, ""), cidr_ipv6: "2000::/3" },
      "critical: SSH is open to the internet (lets in tcp 22 from 2000::/3)",
    ],
    [
      "another port, from everywhere",
      tcp(8080, "0.0.0.0/0"),
      "high: Port 8080 is open to the internet (lets in tcp 8080 from 0.0.0.0/0)",
    ],
    [
      "two web ports in one range",
      range(80, 81, "0.0.0.0/0"),
      "high: Ports 80–81 are open to the internet (lets in tcp 80–81 from 0.0.0.0/0)",
    ],
    [
      "another port, from outside",
      tcp(8080, "203.0.113.7/32"),
      "medium: A security group lets addresses from outside in (lets in tcp 8080 from 203.0.113.7/32)",
    ],
    [
      "a hundred ports",
      range(30_000, 30_099, "0.0.0.0/0"),
      "high: Ports 30000–30099 are open to the internet (lets in tcp 30000–30099 from 0.0.0.0/0)",
    ],
    [
      "a hundred and one",
      range(30_000, 30_100, "0.0.0.0/0"),
      "critical: Ports 30000–30100 are open to the internet (lets in tcp 30000–30100 from 0.0.0.0/0)",
    ],
    [
      "a hundred and one, from outside",
      range(30_000, 30_100, "203.0.113.7/32"),
      "high: Ports 30000–30100 are open to addresses outside (lets in tcp 30000–30100 from 203.0.113.7/32)",
    ],
    [
      "thirty thousand ports",
      range(30_000, 60_000, "0.0.0.0/0"),
      "critical: Ports 30000–60000 are open to the internet (lets in tcp 30000–60000 from 0.0.0.0/0)",
    ],
    [
      "more than that",
      range(30_000, 60_001, "0.0.0.0/0"),
      "critical: Nearly every port is open to the internet (lets in tcp 30000–60001 from 0.0.0.0/0)",
    ],
    [
      "everything",
      { security_group_id: "sg-1", ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" },
      "critical: Nearly every port is open to the internet (lets in everything from 0.0.0.0/0)",
    ],
    [
      "everything, from outside",
      { security_group_id: "sg-1", ip_protocol: "-1", cidr_ipv4: "203.0.113.7/32" },
      "high: Nearly every port is open to addresses outside (lets in everything from 203.0.113.7/32)",
    ],
    [
      "a block that cannot be read",
      tcp(22, "10.0.0.0/99"),
      "high: SSH is open to addresses outside (lets in tcp 22 from 10.0.0.0/99)",
    ],
  ])("finds in a new rule %s", (_, after, expected) => {
    expect(findingsOf(rule, [created(RULE, after)])).toEqual([expected]);
  });

  test.each<[string, Body]>([
    ["a web port", tcp(443, "0.0.0.0/0")],
    ["addresses of the network", tcp(22, "10.0.0.0/8")],
    ["a prefix list", { ...tcp(443, ""), prefix_list_id: "pl-1" }],
    ["a group", { ...tcp(5432, ""), referenced_security_group_id: "sg-2" }],
    ["a group known only after apply", tcp(5432, "")],
    ["a ping", { ...tcp(8, "0.0.0.0/0"), ip_protocol: "icmp" }],
  ])("finds nothing in a new rule for %s", (name, after) => {
    const unknown = name.includes("known") ? { referenced_security_group_id: true } : {};
    expect(findingsOf(rule, [created(RULE, after, { after_unknown: unknown })])).toEqual([]);
  });

  test.each<[string, Body, Body, string]>([
    [
      "a web port",
      tcp(443, "10.0.0.0/8"),
      tcp(443, "0.0.0.0/0"),
      "low: A web port is open to the internet (lets in tcp 443 from 0.0.0.0/0; it was tcp 443 from 10.0.0.0/8)",
    ],
    [
      "a wider network",
      tcp(22, "10.0.0.0/9"),
      tcp(22, "10.0.0.0/8"),
      "medium: A security group lets more in (lets in tcp 22 from 10.0.0.0/8; it was tcp 22 from 10.0.0.0/9)",
    ],
    [
      "one port more",
      range(22, 22, "10.0.0.0/8"),
      range(22, 23, "10.0.0.0/8"),
      "medium: A security group lets more in (lets in tcp 22–23 from 10.0.0.0/8; it was tcp 22 from 10.0.0.0/8)",
    ],
    [
      "another prefix list",
      { ...tcp(443, ""), prefix_list_id: "pl-1" },
      { ...tcp(443, ""), prefix_list_id: "pl-2" },
      "medium: A security group lets more in (lets in tcp 443 from prefix list pl-2; it was tcp 443 from prefix list pl-1)",
    ],
    [
      "IPv6 beside IPv4",
      tcp(22, "0.0.0.0/0"),
      { ...tcp(22, "0.0.0.0/0"), cidr_ipv6: "::/0" },
      "critical: SSH is open to the internet (lets in tcp 22 from ::/0; it was tcp 22 from 0.0.0.0/0)",
    ],
    [
      "pings from outside",
      { ...tcp(8, "10.0.0.0/8"), ip_protocol: "icmp" },
      { ...tcp(8, "0.0.0.0/0"), ip_protocol: "icmp" },
      "low: A security group answers pings from outside (lets in icmp 8 from 0.0.0.0/0; it was icmp 8 from 10.0.0.0/8)",
    ],
    [
      "another group of its own",
      tcp(22, "0.0.0.0/0"),
      tcp(22, "0.0.0.0/0", { security_group_id: "sg-2" }),
      "critical: SSH is open to the internet (lets in tcp 22 from 0.0.0.0/0; it was tcp 22 from 0.0.0.0/0)",
    ],
  ])("finds in a changed rule %s", (_, before, after, expected) => {
    expect(findingsOf(rule, [updated(RULE, before, after)])).toEqual([expected]);
  });

  test.each<[string, Body, Body]>([
    ["a narrower network", tcp(22, "0.0.0.0/0"), tcp(22, "10.0.0.0/8")],
    ["fewer ports", range(1, 65_535, "0.0.0.0/0"), tcp(22, "0.0.0.0/0")],
    [
      "one protocol of all",
      { security_group_id: "sg-1", ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" },
      tcp(22, "0.0.0.0/0"),
    ],
    [
      "another group that is let in",
      { ...tcp(22, ""), referenced_security_group_id: "sg-2" },
      { ...tcp(22, ""), referenced_security_group_id: "sg-3" },
    ],
    ["a description", tcp(22, "0.0.0.0/0", { description: "a" }), tcp(22, "0.0.0.0/0", { description: "b" })],
  ])("finds nothing in a changed rule with %s", (_, before, after) => {
    expect(findingsOf(rule, [updated(RULE, before, after)])).toEqual([]);
  });

  test.each<[string, readonly ChangeSketch[]]>([
    [
      "a block in two halves",
      [
        updated(
          "aws_security_group.g",
          group(block(22, 22, "10.0.0.0/8")),
          group(block(22, 22, "10.0.0.0/9", "10.128.0.0/9")),
        ),
      ],
    ],
    [
      "two halves in one block",
      [
        updated(
          "aws_security_group.g",
          group(block(22, 22, "10.0.0.0/9", "10.128.0.0/9")),
          group(block(22, 22, "10.0.0.0/8")),
        ),
      ],
    ],
    [
      "a block inside the group as a rule of its own",
      [
        updated("aws_security_group.g", group(block(22, 22, "0.0.0.0/0")), group()),
        created(RULE, tcp(22, "0.0.0.0/0")),
      ],
    ],
    [
      "a rule under another address",
      [destroyed("aws_vpc_security_group_ingress_rule.old", tcp(22, "0.0.0.0/0")), created(RULE, tcp(22, "0.0.0.0/0"))],
    ],
    [
      "a rule beside a wider one that stays",
      [
        kept("aws_vpc_security_group_ingress_rule.wide", tcp(22, "0.0.0.0/0")),
        created(RULE, tcp(22, "203.0.113.7/32")),
      ],
    ],
    [
      "a rule that follows its group to a new one",
      [
        replaced(
          RULE,
          tcp(22, "0.0.0.0/0"),
          { ...tcp(22, "0.0.0.0/0"), security_group_id: null },
          { after_unknown: { security_group_id: true } },
        ),
      ],
    ],
    ["a rule that goes", [destroyed(RULE, tcp(22, "0.0.0.0/0"))]],
    ["a rule that stays", [kept(RULE, tcp(22, "0.0.0.0/0"))]],
    ["a rule that is let go of", [{ ...destroyed(RULE, tcp(22, "0.0.0.0/0")), actions: ["forget"] }]],
    [
      "a group that lets itself in",
      [updated("aws_security_group.g", group(), group({ ...block(22, 22), self: true }))],
    ],
    [
      "a new group that everything may leave",
      [created("aws_security_group.g", { egress: [{ ...block(0, 0, "0.0.0.0/0"), protocol: "-1" }] })],
    ],
    [
      "what is only read",
      [
        {
          ...created("data.aws_security_group.g", group(block(22, 22, "0.0.0.0/0"))),
          entry: { type: "aws_security_group" },
        },
      ],
    ],
  ])("finds nothing in %s", (_, changes) => {
    expect(findingsOf(rule, changes)).toEqual([]);
  });

  test("finds each new block inside a group, and tells what there was", () => {
    expect(
      findingsOf(rule, [
        updated(
          "aws_security_group.g",
          group(block(443, 443, "0.0.0.0/0")),
          group(block(443, 443, "0.0.0.0/0"), block(22, 22, "0.0.0.0/0")),
        ),
      ]),
    ).toEqual(["critical: SSH is open to the internet (lets in tcp 22 from 0.0.0.0/0; it was tcp 443 from 0.0.0.0/0)"]);
  });

  test("finds more that is let out, of a group that exists", () => {
    const egress = (cidr: string) => ({ id: "sg-1", egress: [block(443, 443, cidr)] });
    expect(findingsOf(rule, [updated("aws_security_group.g", egress("10.0.0.0/8"), egress("0.0.0.0/0"))])).toEqual([
      "low: A security group lets more out (lets out tcp 443 to 0.0.0.0/0; it was tcp 443 to 10.0.0.0/8)",
    ]);
  });

  test("does not take what another group lets in for its own", () => {
    expect(
      findingsOf(rule, [
        kept("aws_vpc_security_group_ingress_rule.other", tcp(22, "0.0.0.0/0", { security_group_id: "sg-2" })),
        created(RULE, tcp(22, "0.0.0.0/0")),
      ]),
    ).toEqual(["critical: SSH is open to the internet (lets in tcp 22 from 0.0.0.0/0)"]);
  });

  test("takes an ACL less gravely: a security group still has to let in", () => {
    const acl = (cidr: string, action: string, more: Body = {}) => ({
      ...{ network_acl_id: "acl-1", rule_action: action, egress: false, protocol: "tcp", from_port: 22, to_port: 22 },
      cidr_block: cidr,
      ...more,
    });
    expect(
      findingsOf(rule, [
        updated("aws_network_acl_rule.a", acl("10.0.0.0/8", "allow"), acl("0.0.0.0/0", "allow")),
        created("aws_network_acl_rule.b", acl("0.0.0.0/0", "deny", { network_acl_id: "acl-2" })),
      ]),
    ).toEqual(["medium: SSH is open to the internet (lets in tcp 22 from 0.0.0.0/0; it was tcp 22 from 10.0.0.0/8)"]);
  });

  test.each<[string, ChangeSketch, string]>([
    [
      "addresses of a rule",
      updated(RULE, tcp(22, "10.0.0.0/8"), { ...tcp(22, ""), cidr_ipv4: null }, { after_unknown: { cidr_ipv4: true } }),
      "cidr_ipv4: (known after apply)",
    ],
    [
      "the group that a rule lets in",
      updated(RULE, { ...tcp(22, ""), referenced_security_group_id: "sg-2" }, tcp(22, ""), {
        after_unknown: { referenced_security_group_id: true },
      }),
      "referenced_security_group_id: (known after apply)",
    ],
    [
      "the ports of a rule",
      updated(
        RULE,
        tcp(443, "0.0.0.0/0"),
        { ...tcp(443, "0.0.0.0/0"), from_port: null, to_port: null },
        { after_unknown: { from_port: true, to_port: true } },
      ),
      "from_port: (known after apply); to_port: (known after apply)",
    ],
    [
      "addresses inside a group",
      updated(
        "aws_security_group.g",
        group(block(22, 22, "10.0.0.0/8")),
        group({ ...block(22, 22), cidr_blocks: null }),
        {
          after_unknown: { ingress: [{ cidr_blocks: true }] },
        },
      ),
      "ingress.cidr_blocks: (known after apply)",
    ],
    [
      "addresses of a new rule",
      created(RULE, { ...tcp(22, ""), cidr_ipv4: null }, { after_unknown: { cidr_ipv4: true } }),
      "cidr_ipv4: (known after apply)",
    ],
  ])("says so where %s are known only after apply", (_, change, evidence) => {
    expect(findingsOf(rule, [change])).toEqual([`low: Who is let in is known only after apply (${evidence})`]);
  });

  test("says nothing of the blocks of a new group, which rules of their own fill", () => {
    expect(
      findingsOf(rule, [created("aws_security_group.g", {}, { after_unknown: { ingress: true, egress: true } })]),
    ).toEqual([]);
  });

  test("finds what a prefix list newly takes in, for every group that names it", () => {
    const list = (...blocks: readonly string[]) => ({ name: "office", entry: blocks.map((cidr) => ({ cidr })) });
    const change = updated(
      "aws_ec2_managed_prefix_list.l",
      list("203.0.113.0/24"),
      list("203.0.113.0/25", "198.51.100.7/32", "10.0.0.0/8", "0.0.0.0/0"),
    );
    expect(findingsOf(rule, [change])).toEqual([
      'medium: A prefix list takes in more addresses outside (cidr: "198.51.100.7/32")',
      'critical: A prefix list takes in the internet (cidr: "0.0.0.0/0")',
    ]);
    expect(
      reviewOf(planOf([created("aws_ec2_managed_prefix_list_entry.e", { cidr: "0.0.0.0/0" })])).risks,
    ).toMatchObject([
      {
        severity: "critical",
        title: "A prefix list takes in the internet",
        why: "Every security group and every route that names the list takes them in too.",
        fix: "List only the blocks of those who are meant.",
      },
    ]);
    expect(findingsOf(rule, [created("aws_ec2_managed_prefix_list.l", list("203.0.113.0/24"))])).toEqual([]);
  });

  test("stays fast for a group with very many rules", () => {
    const cidr = (index: number) => `203.${Math.floor(index / 256)}.${index % 256}.0/24`;
    const changes = Array.from({ length: 3_000 }, (_, index) =>
      updated(`${RULE}_${index}`, tcp(8_080, cidr(index)), tcp(8_080, cidr(index + 1))),
    );
    expect(findingsOf(rule, changes)).toEqual([
      "medium: A security group lets addresses from outside in (lets in tcp 8080 from 203.11.184.0/24; it was tcp 8080 from 203.11.183.0/24)",
    ]);
  });
});
