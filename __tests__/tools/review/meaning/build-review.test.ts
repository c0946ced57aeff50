import { NO_ALLOW_LIST } from "../../../../tools/review/meaning/allow-list";
import { buildReview } from "../../../../tools/review/meaning/build-review";
import type { ReviewInput, StackInput } from "../../../../tools/review/meaning/review-input";
import {
  created,
  destroyed,
  kept,
  planOf,
  replaced,
  reviewOf,
  updated,
  type ChangeSketch,
} from "../../../support/plan-json";
import { riskyReview } from "../../../support/reviews";

const input = (stacks: readonly StackInput[], more: Partial<ReviewInput> = {}): ReviewInput => ({
  kind: "plan",
  title: "prod of default",
  subject: {},
  stacks,
  allowList: NO_ALLOW_LIST,
  today: "2026-11-26",
  ...more,
});
const stack = (name: string, changes: readonly ChangeSketch[], more: Partial<StackInput> = {}): StackInput => ({
  name,
  wave: 1,
  status: "changes",
  dependencies: [],
  placeholders: [],
  problems: [],
  warnings: [],
  plan: planOf(changes),
  ...more,
});
const verdict = (changes: readonly ChangeSketch[], more: Partial<ReviewInput> = {}, plan: Partial<StackInput> = {}) => {
  const { outcome, text } = buildReview(input([stack("a", changes, plan)], more)).verdict;
  return `${outcome}: ${text}`;
};

const harmless = updated("aws_a.a", { x: 1 }, { x: 2 });
const critical = destroyed("aws_s3_bucket.b");
const high = destroyed("aws_db_snapshot.s");
const medium = destroyed("aws_ssm_parameter.p");

describe("the verdict", () => {
  test.each<[string, readonly ChangeSketch[], string]>([
    ["no change", [], "no-changes: No changes"],
    [
      "what is only read",
      [{ ...created("data.aws_a.a", {}), actions: ["read"] }, kept("aws_a.b", {})],
      "no-changes: No changes",
    ],
    ["one change", [harmless], "changes: 1 change, no risk found"],
    ["a lesser risk", [medium, harmless], "changes: 2 changes, 1 lesser risk"],
    ["two lesser risks", [medium, destroyed("aws_ssm_parameter.q")], "changes: 2 changes, 2 lesser risks"],
    ["a high risk", [high], "risk: 1 high risk in 1 change: read it before you apply"],
    [
      "risks of several severities, lesser ones left out",
      [high, critical, medium, harmless],
      "risk: 1 critical, 1 high risks in 4 changes: read them before you apply",
    ],
    [
      "one object that is moved and changed",
      [{ ...harmless, entry: { previous_address: "aws_a.old" } }],
      "changes: 1 change, no risk found",
    ],
    [
      "one object that is only moved",
      [kept("aws_a.a", {}, { entry: { previous_address: "aws_a.old" } })],
      "changes: 1 change, no risk found",
    ],
  ])("on %s", (_, changes, expected) => {
    expect(verdict(changes)).toBe(expected);
  });

  test.each([
    ["critical", "changes: 1 change, 1 lesser risk"],
    ["high", "risk: 1 high risk in 1 change: read it before you apply"],
    ["low", "risk: 1 high risk in 1 change: read it before you apply"],
  ] as const)("goes by the threshold: %s", (threshold, expected) => {
    expect(verdict([high], { threshold })).toBe(expected);
  });

  test("speaks of outputs where nothing else changes", () => {
    const outputs = {
      output_changes: { a: { actions: ["create"], after: 1 }, b: { actions: ["no-op"], before: 1, after: 1 } },
    };
    expect(verdict([], {}, { plan: planOf([], outputs) })).toBe("changes: 1 output and nothing else, no risk found");
  });

  test("is that policies forbid it, before any risk", () => {
    const policy = { tool: "own", passed: 1, failed: 2, unknown: 0, suppressed: 0, findings: [] };
    expect(verdict([critical], { policy })).toBe("blocked: 2 findings of policies forbid it");
    expect(verdict([critical], { policy: { ...policy, failed: 1 } })).toBe("blocked: 1 finding of policies forbid it");
    expect(verdict([], { policy: { ...policy, failed: 0 } })).toBe("no-changes: No changes");
  });

  test("is that it failed, before anything else", () => {
    const failed = [
      stack("a", [critical]),
      stack("b", [], { status: "failed", plan: undefined }),
      stack("c", [], { plan: planOf([], { errored: true }) }),
    ];
    expect(buildReview(input(failed)).verdict).toEqual({
      outcome: "failed",
      text: "b, c could not be planned: what follows is a part",
    });
  });

  test("of drift speaks of what was changed outside", () => {
    expect(verdict([], { kind: "drift" })).toBe("no-changes: Nothing was changed outside of Terraform");
  });
});

describe("buildReview", () => {
  test("lists grave risks first, then what is destroyed, replaced, changed, made and read", () => {
    const changes = [
      { ...created("data.aws_a.read", {}), actions: ["read"] },
      created("aws_a.made", { a: 1 }),
      updated("aws_a.changed", { a: 1 }, { a: 2 }),
      replaced("aws_a.replaced", { a: 1 }, { a: 2 }),
      destroyed("aws_a.gone"),
      { ...kept("aws_a.strange", {}), actions: ["dance"] },
      updated("aws_db_instance.db", { deletion_protection: true }, { deletion_protection: false }),
      medium,
      kept("aws_a.stays", {}),
      kept("aws_a.moved", {}, { entry: { previous_address: "aws_a.old" } }),
    ];
    const { stacks } = reviewOf(planOf(changes));
    expect(stacks[0]?.changes.map(({ address, severity }) => `${address} ${severity ?? "-"}`)).toEqual([
      "aws_db_instance.db high",
      "aws_a.strange -",
      "aws_ssm_parameter.p medium",
      "aws_a.gone -",
      "aws_a.replaced -",
      "aws_a.changed -",
      "aws_a.made -",
      "data.aws_a.read -",
      "aws_a.moved -",
    ]);
  });

  test("lists risks by their gravity, and by rules where that is the same", () => {
    const { risks } = reviewOf(planOf([medium, high, replaced("aws_rds_cluster.c", {}, {}), critical]));
    expect(risks.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      "critical stateful-replace",
      "critical stateful-destroy",
      "high stateful-destroy",
      "medium stateful-destroy",
    ]);
  });

  test("has of one change all that is known of it", () => {
    const change = replaced(
      "aws_db_instance.db",
      { engine: "a", port: 1 },
      { engine: "b", port: 1 },
      {
        replace_paths: [["engine"], ["x", 0, "y"]],
        importing: { id: "db-1" },
        entry: { action_reason: "replace_because_cannot_update", previous_address: "aws_db_instance.old" },
      },
    );
    const document = { resource: { aws_db_instance: { db: { "//": { metadata: { path: "a/database/instance" } } } } } };
    const { stacks, risks } = buildReview(input([stack("a", [change], { document })]));
    expect(stacks[0]?.changes).toEqual([
      {
        stack: "a",
        address: "aws_db_instance.db",
        mode: "managed",
        type: "aws_db_instance",
        construct: "database/instance",
        provider: "hashicorp/aws",
        action: "replace",
        rawActions: ["delete", "create"],
        why: "engine, x[0].y cannot be changed in place",
        replacePaths: ["engine", "x[0].y"],
        previousAddress: "aws_db_instance.old",
        importing: 'id "db-1"',
        generatedConfig: false,
        attributes: [
          {
            path: "engine",
            kind: "change",
            before: { kind: "value", text: '"a"' },
            after: { kind: "value", text: '"b"' },
            forcesReplacement: true,
          },
        ],
        unchanged: 1,
        severity: "critical",
      },
    ]);
    expect(risks.map(({ construct }) => construct)).toEqual(["database/instance"]);
  });

  test.each<[unknown, string]>([
    [{ id: "i-1" }, 'id "i-1"'],
    [{ identity: { arn: "a" } }, 'identity { arn: "a" }'],
    [{ unknown: true }, "an object whose id is known after apply"],
    [{}, "an existing object"],
  ])("says what is imported: %j", (importing, expected) => {
    const { stacks } = reviewOf(planOf([kept("aws_a.a", {}, { importing })]));
    expect(stacks[0]?.changes.map((change) => change.importing)).toEqual([expected]);
  });

  test("has outputs that change, checks, actions and what is put off", () => {
    const plan = planOf([], {
      output_changes: {
        a: { actions: ["update"], before: 1, after: 2 },
        b: { actions: ["no-op"], before: 1, after: 1 },
      },
      checks: [
        { address: { to_display: "check.up" }, status: "fail", instances: [{ problems: [{ message: "down" }] }] },
      ],
      action_invocations: [{ address: "action.a", type: "a" }],
      deferred_changes: [
        { reason: "absent_prereq", resource_change: { address: "aws_a.later", change: { actions: ["create"] } } },
      ],
    });
    const [only] = reviewOf(plan).stacks;
    expect(only?.outputs).toEqual([
      { name: "a", action: "update", before: { kind: "value", text: "1" }, after: { kind: "value", text: "2" } },
    ]);
    expect(only?.checks).toEqual([{ address: "check.up", status: "fail", problems: ["down"] }]);
    expect(only?.invocations).toEqual([{ address: "action.a", trigger: "", deferred: false }]);
    expect(only?.deferred.map(({ why, change }) => [why, change.address])).toEqual([
      ["something it depends on does not exist yet", "aws_a.later"],
    ]);
  });

  test("keeps a stack that could not be planned, with why", () => {
    const problems = [{ summary: "no credentials", detail: "" }];
    const [only] = buildReview(input([stack("a", [], { status: "failed", plan: undefined, problems })])).stacks;
    expect(only).toMatchObject({ name: "a", status: "failed", problems, changes: [], counts: { create: 0, noop: 0 } });
  });

  test("adds up the counts of all stacks, and takes risks of each", () => {
    const { counts, risks } = buildReview(input([stack("a", [critical]), stack("b", [critical, harmless])]));
    expect([counts.delete, counts.update]).toEqual([2, 1]);
    expect(risks.map(({ stack: name }) => name)).toEqual(["a", "b"]);
  });

  test("parts accepted risks from those that stand, and marks no change by them", () => {
    const entry = {
      rule: "stateful-destroy",
      address: "aws_s3_bucket.b",
      reason: "Emptied and copied on Monday",
      owner: "ada",
      expires: "2026-12-31",
    };
    const review = reviewOf(planOf([critical]), { allowList: { failAt: {}, accept: [entry] } });
    expect([review.risks, review.accepted.map(({ owner }) => owner), review.verdict.outcome]).toEqual([
      [],
      ["ada"],
      "changes",
    ]);
    expect(review.stacks[0]?.changes.map(({ severity }) => severity)).toEqual([undefined]);
  });

  const read = (id: string, output: string) => `\${data.terraform_remote_state.${id}.outputs.${output}}`;
  const producer = (name: string) =>
    stack(name, [replaced("aws_vpc.main", {}, {}), replaced("aws_subnet.a", {}, {})], {
      document: { output: { vpc: { value: "${aws_vpc.main.id}" }, vpc_id: { value: ["${aws_subnet.a.id}", 1] } } },
    });

  test("follows what a stack reads from another one, by the name of the output and no other", () => {
    const consumer = stack("app", [], {
      reads: [{ id: "in-net", producer: "net", outputs: ["vpc", "vpc_id"] }],
      document: {
        resource: {
          aws_a: {
            vpc: { x: read("in-net", "vpc") },
            both: { x: [`${read("in-net", "vpc_id")}-${read("in-net", "vpc")}`] },
          },
          aws_b: { subnet: { x: read("in-net", "vpc_id") }, other: { x: read("in-far", "vpc") } },
        },
      },
    });
    const { blastRadius } = buildReview(input([producer("net"), producer("far"), consumer]));
    expect(
      blastRadius.map(({ stack: name, address, affected }) => [
        name,
        address,
        affected.map((one) => `${one.stack}/${one.address}`),
      ]),
    ).toEqual([
      ["net", "aws_vpc.main", ["app/aws_a.both", "app/aws_a.vpc"]],
      ["net", "aws_subnet.a", ["app/aws_a.both", "app/aws_b.subnet"]],
    ]);
  });

  test("shows banners of its own and those it is given, and passes cost, policy and picture through", () => {
    const extra = {
      banners: [{ level: "note" as const, text: "Left out: a." }],
      cost: { after: 1, unpriced: 0, lines: [] },
      policy: { tool: "own", passed: 1, failed: 0, unknown: 0, suppressed: 0, findings: [] },
      picture: () => ({ clusters: [], outside: [], edges: [] }),
    };
    const review = buildReview(input([stack("a", [], { status: "skipped" })], extra));
    expect(review.banners.map(({ text }) => text)).toEqual(["Not planned: a.", "Left out: a."]);
    expect([review.cost, review.policy, review.picture]).toEqual([extra.cost, extra.policy, extra.picture()]);
    expect(Object.keys(buildReview(input([])))).not.toEqual(expect.arrayContaining(["cost"]));
  });

  test("is the same for the same input", () => {
    expect(JSON.stringify(riskyReview())).toBe(JSON.stringify(riskyReview()));
  });
});
