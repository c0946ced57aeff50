import { pictureOf, pictureOfPlans, pictureOfReferences } from "../../../../tools/review/picture/picture-of";
import { planOf, reviewOf, type ChangeSketch } from "../../../support/plan-json";
import { systemReview } from "../../../support/system-reviews";

const update = (address: string): ChangeSketch => ({ address, actions: ["update"], before: { a: 1 }, after: { a: 2 } });
const reviewed = (changes: readonly ChangeSketch[]) => reviewOf(planOf(changes)).stacks;
const path = (construct: string) => ({ "//": { metadata: { path: `stack/${construct}` } } });

describe("pictureOf", () => {
  const document = {
    resource: {
      aws_db_instance: { db_i: { ...path("db/i"), engine: "postgres" } },
      aws_iam_role: { api_role: path("api/role"), other: path("other/role") },
      aws_ecs_service: { api_service: { ...path("api/service"), db: "${aws_db_instance.db_i.address}" } },
    },
  };
  const picture = (changes: readonly ChangeSketch[]) =>
    pictureOf([{ name: "stack", document, dependencies: [] }], reviewed(changes));
  const marks = (changes: readonly ChangeSketch[]) =>
    picture(changes)?.clusters[0]?.nodes.map(({ id, action, severity, changes: count }) => [
      id,
      action,
      severity,
      count,
    ]);

  test("marks a construct by the gravest of what its resources go through, and counts them", () => {
    expect(
      marks([
        update("aws_iam_role.api_role"),
        { address: "aws_ecs_service.api_service", actions: ["create"], after: { name: "x" } },
        { address: "aws_db_instance.db_i", actions: ["delete"], before: { identifier: "x" } },
      ]),
    ).toEqual([
      ["stack/db", "delete", "critical", 1],
      ["stack/api", "update", undefined, 2],
      ["stack/other", undefined, undefined, 0],
    ]);
  });

  test("finds all of a resource that is there several times", () => {
    expect(marks([update("aws_iam_role.other[0]"), update('aws_iam_role.other["x"]')])?.at(-1)).toEqual([
      "stack/other",
      "update",
      undefined,
      2,
    ]);
  });

  test("has an arrow for who asks whom", () => {
    expect(picture([])?.edges).toEqual([{ from: "stack/api", to: "stack/db", kind: "request" }]);
  });

  test("is not there where nothing stands", () => {
    expect(pictureOf([{ name: "stack", document: {}, dependencies: [] }], [])).toBeUndefined();
  });

  test.each([
    [1, 10],
    [10, 30],
  ])("leaves nothing out of %i stacks of %i resources", (stacks, resources) => {
    const review = systemReview(stacks, resources);
    const nodes = review.picture?.clusters.flatMap((cluster) => cluster.nodes) ?? [];
    expect(review.picture?.clusters).toHaveLength(stacks);
    expect(nodes.reduce((sum, { changes }) => sum + changes, 0)).toBe(
      review.stacks.reduce((sum, { changes }) => sum + changes.length, 0),
    );
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
  });
});

describe("pictureOfReferences", () => {
  const picture = (
    addresses: readonly string[],
    references: ReadonlyArray<readonly [string, readonly string[]]> = [],
  ) => {
    const [stack] = reviewed(addresses.map(update));
    if (stack === undefined) throw new Error("there is no stack");
    return pictureOfReferences(stack, new Map(references));
  };

  test("has a frame for each module, and a box for what changes and what is next to it", () => {
    const drawn = picture(
      ["aws_a.x", "module.m.aws_b.y"],
      [
        ["aws_c.reader", ["aws_a.x"]],
        ["aws_d.far", ["aws_d.farther"]],
      ],
    );
    expect(drawn?.clusters.map(({ name, nodes }) => [name, nodes.map((node) => [node.name, node.action])])).toEqual([
      [
        "stack",
        [
          ["x", "update"],
          ["reader", undefined],
        ],
      ],
      ["module.m", [["y", "update"]]],
    ]);
    expect(drawn?.edges).toEqual([{ from: "stack/aws_c.reader", to: "stack/aws_a.x", kind: "request" }]);
  });

  test.each([
    [60, 60, "x0", "aws_a"],
    [61, 1, "aws_a", "61 of them"],
  ])("has for %i resources %i boxes", (number, boxes, name, part) => {
    const nodes = picture(Array.from({ length: number }, (_, index) => `aws_a.x${index}`))?.clusters[0]?.nodes ?? [];
    expect([nodes.length, nodes[0]?.name, nodes[0]?.parts]).toEqual([boxes, name, [part]]);
  });

  test("has nothing to draw for a plan that changes nothing", () => {
    expect(picture([])).toBeUndefined();
  });

  test("leaves out what Terraform itself keeps", () => {
    expect(picture(["terraform_data.x"])).toBeUndefined();
  });
});

describe("pictureOfPlans", () => {
  const stack = (name: string, changes: readonly ChangeSketch[]) => {
    const [review] = reviewed(changes);
    if (review === undefined) throw new Error("no review");
    return { ...review, name };
  };
  const references = new Map([["aws_lb.a", ["aws_vpc.b"]]]);

  test("draws each plan by itself, with the modules of each told apart", () => {
    const picture = pictureOfPlans(
      [
        stack("net", [update("aws_lb.a"), update("aws_vpc.b")]),
        stack("app", [update("aws_lb.a"), update("module.m.aws_vpc.b")]),
        stack("none", []),
      ],
      [references, new Map(), new Map()],
    );
    expect(picture?.clusters.map(({ name, nodes }) => [name, nodes.map(({ id }) => id)])).toEqual([
      ["net", ["net/aws_lb.a", "net/aws_vpc.b"]],
      ["app", ["app/aws_lb.a"]],
      ["app: module.m", ["app/module.m.aws_vpc.b"]],
    ]);
    expect(picture?.edges).toEqual([{ from: "net/aws_lb.a", to: "net/aws_vpc.b", kind: "request" }]);
  });

  test("is not there where nothing changes", () => {
    expect(pictureOfPlans([stack("none", [])], [new Map()])).toBeUndefined();
  });
});
