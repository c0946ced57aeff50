import { alike } from "../../../../tools/review/render/alike";
import type { Change } from "../../../../tools/review/review";
import { planOf, reviewOf, type ChangeSketch } from "../../../support/plan-json";

const update = (name: string, to: string, more: Partial<ChangeSketch> = {}): ChangeSketch => ({
  address: `aws_x.${name}`,
  actions: ["update"],
  before: { size: "1", name },
  after: { size: to, name },
  ...more,
});

/** The names in each group of some changes. */
const groups = (changes: readonly Change[]) =>
  alike(changes).map(({ changes: own }) => own.map(({ address }) => address.replace("aws_x.", "")));

const changesOf = (sketches: readonly ChangeSketch[]) =>
  reviewOf(planOf(sketches)).stacks.flatMap(({ changes }) => changes);

describe("alike", () => {
  test("puts the same effect on several objects together, in the place of the first", () => {
    const changes = changesOf([update("a", "2"), update("b", "3"), update("c", "2"), update("d", "2")]);
    expect(groups(changes)).toEqual([["a", "c", "d"], ["b"]]);
  });

  test.each<readonly [string, ChangeSketch]>([
    ["a creation", { address: "aws_x.b", actions: ["create"], after: { size: "2" } }],
    ["a moved one", update("b", "2", { entry: { previous_address: "aws_x.old" } })],
    ["an imported one", update("b", "2", { importing: { id: "i-1" } })],
  ])("tells %s by itself", (_, other) => {
    const changes = changesOf([update("a", "2"), other, update("c", "2")]);
    expect(groups(changes).find((names) => names.includes("b"))).toEqual(["b"]);
    expect(groups(changes)).toContainEqual(["a", "c"]);
  });

  test("tells what carries a risk by itself", () => {
    const [first, second] = changesOf([update("a", "2"), update("b", "2")]);
    if (first === undefined || second === undefined) throw new Error("no changes");
    expect(groups([first, { ...second, severity: "low" }])).toEqual([["a"], ["b"]]);
  });
});
