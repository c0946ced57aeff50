import { driftIn } from "../../../../tools/review/meaning/drift";
import { isRecord } from "../../../../tools/review/value";
import { planOf, reviewOf, type ChangeSketch } from "../../../support/plan-json";

/** A plan that found some objects changed, with what the code sets of each and the state it looked at. */
function refreshed(
  drift: ReadonlyArray<Omit<ChangeSketch, "actions"> & { readonly actions?: readonly string[] }>,
  configured: Readonly<Record<string, readonly string[]>>,
  state: ReadonlyArray<readonly [type: string, values: Readonly<Record<string, unknown>>]> = [],
) {
  return planOf([], {
    resource_drift: drift.map(({ address, actions = ["update"], ...change }) => ({
      address,
      mode: "managed",
      type: address.split(".")[0],
      name: address.split(".")[1],
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: { after_unknown: {}, actions, before: null, after: null, ...change },
    })),
    configuration: {
      root_module: {
        resources: Object.entries(configured).map(([address, keys]) => ({
          address,
          expressions: Object.fromEntries(keys.map((key) => [key, { constant_value: "x" }])),
        })),
      },
    },
    prior_state: { values: { root_module: { resources: state.map(([type, values]) => ({ type, values })) } } },
  });
}

/** The attributes that somebody changed, by object. */
function changedIn(plan: ReturnType<typeof refreshed>): Record<string, string[]> {
  const { drift } = driftIn(plan, plan.parts);
  return Object.fromEntries(
    drift.map(({ address, before, after }) => {
      const [old, now] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
      const keys = Object.keys({ ...old, ...now });
      return [address, keys.filter((key) => JSON.stringify(old[key] ?? null) !== JSON.stringify(now[key] ?? null))];
    }),
  );
}

describe("driftIn", () => {
  test.each([
    ["null and an empty block", null, {}],
    ["null and an empty list", null, []],
    ["nothing and null", undefined, null],
    ["an empty text and null", "", null],
    ["null and zero inside a block", [{ base: null, weight: 100 }], [{ base: 0, weight: 100 }]],
    ["null and a list of nothing", null, [{ passwords: [], enabled: false }]],
  ])("takes %s for the same", (_, before, after) => {
    const plan = refreshed([{ address: "aws_vpc.a", before: { tags: before }, after: { tags: after } }], {
      "aws_vpc.a": ["tags"],
    });
    expect(driftIn(plan, [])).toEqual({ drift: [], settled: 1 });
  });

  test.each([
    ["a value that went away", "x", null],
    ["a switch turned off", true, false],
    ["a number that became zero", 7, 0],
    ["an element more", ["a"], ["a", ""]],
    ["a value inside a block", [{ weight: 100 }], [{ weight: 0 }]],
    ["an empty text where there was a zero", 0, ""],
  ])("does not take %s for the same", (_, before, after) => {
    const plan = refreshed([{ address: "aws_vpc.a", before: { tags: before }, after: { tags: after } }], {
      "aws_vpc.a": ["tags"],
    });
    expect(changedIn(plan)).toEqual({ "aws_vpc.a": ["tags"] });
  });

  test("leaves out what only the service can set, and keeps what somebody may have set", () => {
    const address = "aws_iam_policy.a";
    const plan = refreshed(
      [
        {
          address,
          before: { attachment_count: 0, description: null, tags_all: { a: "1" } },
          after: { attachment_count: 1, description: "by hand", tags_all: { a: "2" } },
        },
      ],
      { [address]: ["name"] },
    );
    expect(changedIn(plan)).toEqual({ [address]: ["description"] });
  });

  test("keeps everything of an object of which the code is not known", () => {
    const plan = refreshed([{ address: "aws_iam_policy.a", before: { arn: "1" }, after: { arn: "2" } }], {});
    expect(changedIn(plan)).toEqual({ "aws_iam_policy.a": ["arn"] });
  });

  test("keeps an object that is gone", () => {
    const plan = refreshed([{ address: "aws_vpc.a", actions: ["delete"], before: { id: "vpc-1" } }], {
      "aws_vpc.a": ["tags"],
    });
    expect(driftIn(plan, [])).toEqual({ drift: plan.drift, settled: 0 });
  });

  const RULE = {
    security_group_id: "sg-1",
    ip_protocol: "tcp",
    from_port: 5432,
    to_port: 5432,
    referenced_security_group_id: "sg-2",
    cidr_ipv4: null,
  };
  const INLINE = {
    cidr_blocks: [],
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    self: false,
    description: "",
    ...{ protocol: "tcp", from_port: 5432, to_port: 5432, security_groups: ["sg-2"] },
  };

  test.each([
    ["a rule that has a resource", [INLINE], []],
    ["one more from elsewhere", [INLINE, { ...INLINE, security_groups: [], cidr_blocks: ["0.0.0.0/0"] }], ["ingress"]],
    ["another source in the same rule", [{ ...INLINE, cidr_blocks: ["0.0.0.0/0"] }], ["ingress"]],
    ["the same source at another port", [{ ...INLINE, from_port: 22 }], ["ingress"]],
    ["the same source by another protocol", [{ ...INLINE, protocol: "udp" }], ["ingress"]],
    ["the group itself", [{ ...INLINE, self: true }], ["ingress"]],
    ["a rule without any source", [{ ...INLINE, security_groups: [] }], ["ingress"]],
  ])("in the rules of a security group, %s", (_, ingress, expected) => {
    const plan = refreshed(
      [{ address: "aws_security_group.a", before: { id: "sg-1", ingress: [] }, after: { id: "sg-1", ingress } }],
      { "aws_security_group.a": ["name"] },
      [["aws_vpc_security_group_ingress_rule", RULE]],
    );
    expect(Object.values(changedIn(plan)).flat()).toEqual(expected);
  });

  test("notices that a rule was taken away", () => {
    const plan = refreshed(
      [
        {
          address: "aws_security_group.a",
          before: { id: "sg-1", ingress: [INLINE] },
          after: { id: "sg-1", ingress: [] },
        },
      ],
      { "aws_security_group.a": ["name"] },
      [["aws_vpc_security_group_ingress_rule", RULE]],
    );
    expect(changedIn(plan)).toEqual({ "aws_security_group.a": ["ingress"] });
  });

  test("knows a rule for all protocols, which has no ports", () => {
    const egress = {
      ...INLINE,
      protocol: "-1",
      from_port: 0,
      to_port: 0,
      security_groups: [],
      cidr_blocks: ["0.0.0.0/0"],
    };
    const plan = refreshed(
      [
        {
          address: "aws_security_group.a",
          before: { id: "sg-1", egress: [] },
          after: { id: "sg-1", egress: [egress] },
        },
      ],
      { "aws_security_group.a": ["name"] },
      [
        [
          "aws_vpc_security_group_egress_rule",
          { security_group_id: "sg-1", ip_protocol: "-1", from_port: null, to_port: null, cidr_ipv4: "0.0.0.0/0" },
        ],
      ],
    );
    expect(changedIn(plan)).toEqual({});
  });

  test.each([
    [
      "policies of a role",
      "aws_iam_role",
      "inline_policy",
      { name: "task" },
      [{ name: "own", policy: "{}" }],
      [{ name: "other", policy: "{}" }],
      ["aws_iam_role_policy", { role: "task", name: "own" }],
    ],
    [
      "policies attached to a role",
      "aws_iam_role",
      "managed_policy_arns",
      { name: "task" },
      ["arn:aws:iam::1:policy/a"],
      ["arn:aws:iam::aws:policy/AdministratorAccess"],
      ["aws_iam_role_policy_attachment", { role: "task", policy_arn: "arn:aws:iam::1:policy/a" }],
    ],
    [
      "routes",
      "aws_route_table",
      "route",
      { id: "rtb-1" },
      [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-1" }],
      [{ cidr_block: "10.9.0.0/16", nat_gateway_id: "nat-1" }],
      ["aws_route", { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" }],
    ],
  ] as const)("tells %s that have a resource from others", (_, type, key, identity, own, foreign, part) => {
    const changed = (after: unknown) =>
      changedIn(
        refreshed(
          [{ address: `${type}.a`, before: { ...identity, [key]: [] }, after: { ...identity, [key]: after } }],
          { [`${type}.a`]: ["name"] },
          [part],
        ),
      );
    expect(changed(own)).toEqual({});
    expect(changed([...own, ...foreign])).toEqual({ [`${type}.a`]: [key] });
    expect(changed(foreign)).toEqual({ [`${type}.a`]: [key] });
  });

  test("knows the settings of a bucket that have a resource, and those of another bucket do not count", () => {
    const changed = (bucket: string) =>
      changedIn(
        refreshed(
          [
            {
              address: "aws_s3_bucket.a",
              before: { id: "uploads", policy: "" },
              after: { id: "uploads", policy: "{}" },
            },
          ],
          { "aws_s3_bucket.a": ["bucket"] },
          [["aws_s3_bucket_policy", { bucket }]],
        ),
      );
    expect(changed("uploads")).toEqual({});
    expect(changed("logs")).toEqual({ "aws_s3_bucket.a": ["policy"] });
  });
});

describe("a report of drift", () => {
  const address = "aws_security_group.database";
  const open = { protocol: "tcp", from_port: 5432, to_port: 5432, cidr_blocks: ["0.0.0.0/0"] };
  const plan = refreshed(
    [
      { address, before: { id: "sg-1", ingress: [] }, after: { id: "sg-1", ingress: [open] } },
      { address: "aws_iam_policy.a", before: { attachment_count: 0 }, after: { attachment_count: 1 } },
    ],
    { [address]: ["name"], "aws_iam_policy.a": ["name"] },
  );

  test("counts what was changed, judges it, and says how much it leaves out", () => {
    const { verdict, counts, risks, banners, stacks } = reviewOf(plan, { kind: "drift" });
    expect(verdict).toEqual({
      outcome: "risk",
      text: "1 critical risk in 1 change outside of Terraform: look at it now",
    });
    expect(counts).toMatchObject({ update: 1, delete: 0 });
    expect(risks.map(({ rule, address: at }) => [rule, at])).toEqual([["security-group-opening", address]]);
    expect(banners).toEqual([
      {
        level: "note",
        text: "Not listed: 1 object differs from the state only in what the service itself sets, or in parts that have a resource of their own.",
      },
    ]);
    expect(
      stacks.map(({ drift, otherDrift, settledDrift }) => [drift.length, otherDrift.length, settledDrift]),
    ).toEqual([[1, 0, 1]]);
  });

  test("finds nothing where nobody changed anything", () => {
    const quiet = refreshed(
      [{ address: "aws_iam_policy.a", before: { attachment_count: 0 }, after: { attachment_count: 1 } }],
      {
        "aws_iam_policy.a": ["name"],
      },
    );
    const { verdict, stacks } = reviewOf(quiet, { kind: "drift" });
    expect(verdict).toEqual({ outcome: "no-changes", text: "Nothing was changed outside of Terraform" });
    expect(stacks.map(({ status }) => status)).toEqual(["no-changes"]);
  });
});
