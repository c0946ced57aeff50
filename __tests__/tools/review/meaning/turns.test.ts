import { isFalse, isOff, isTrue, lowered, numberOf, turnsIn, type Turn } from "../../../../tools/review/meaning/turns";
import { Digits, Masked, UNKNOWN, type Value } from "../../../../tools/review/value";
import { created, destroyed, kept, planOf, replaced, updated, type ChangeSketch } from "../../../support/plan-json";

const turn: Turn = {
  types: /^aws_a$/,
  path: ["block", "on"],
  bad: isFalse,
  severity: "high",
  title: "It is off",
};

function found(change: ChangeSketch, more: Partial<Turn> = {}): string[] {
  const stack = { name: "s", kind: "plan" as const, plan: planOf([change]), lifecycleOf: () => ({}) };
  return turnsIn(stack, [{ ...turn, ...more }]).map(
    ({ severity, title, evidence }) => `${severity}: ${title} (${evidence})`,
  );
}

const on = { block: [{ on: true }] };
const off = { block: [{ on: false }] };

describe("turnsIn", () => {
  test.each<[string, ChangeSketch, string]>([
    ["a value that turns", updated("aws_a.a", on, off), "block.on: true → false"],
    [
      "a value in an object",
      updated("aws_a.a", { block: { on: true } }, { block: { on: false } }),
      "block.on: true → false",
    ],
    ["a block that goes", updated("aws_a.a", on, { block: [] }), "block.on: true → null"],
    ["a value of an object that is replaced", replaced("aws_a.a", on, off), "block.on: true → false"],
  ])("finds %s", (_, change, evidence) => {
    expect(found(change)).toEqual([`high: It is off (${evidence})`]);
  });

  test.each<[string, ChangeSketch]>([
    ["a value that stays", updated("aws_a.a", { ...off, a: 1 }, { ...off, a: 2 })],
    ["a value that turns to the better", updated("aws_a.a", off, on)],
    ["an object that stays", kept("aws_a.a", off)],
    ["a new object, unless it is asked for", created("aws_a.a", off)],
    ["an object that is destroyed", destroyed("aws_a.a", on)],
    ["an object that is let go of", { ...destroyed("aws_a.a", on), actions: ["forget"] }],
    ["another type", updated("aws_b.b", on, off)],
    ["what is only read", { ...updated("data.aws_a.a", on, off), entry: { type: "aws_a" } }],
    [
      "a value known only after apply",
      updated("aws_a.a", on, { block: [{}] }, { after_unknown: { block: [{ on: true }] } }),
    ],
    ["a block known only after apply", updated("aws_a.a", on, {}, { after_unknown: { block: true } })],
    ["a value that is masked", updated("aws_a.a", on, off, { after_sensitive: { block: [{ on: true }] } })],
    ["a block that is masked", updated("aws_a.a", on, off, { before_sensitive: { block: true } })],
    ["nothing set that is now off", updated("aws_a.a", { block: [{ on: null }] }, off)],
    ["off that is now nothing set", updated("aws_a.a", off, { block: [] })],
    ["off that is now off as text", updated("aws_a.a", off, { block: [{ on: "false" }] })],
  ])("finds nothing in %s", (_, change) => {
    expect(found(change)).toEqual([]);
  });

  test("judges a new object where it is asked for", () => {
    expect(found(created("aws_a.a", off), { onCreate: true })).toEqual(["high: It is off (block.on: false)"]);
    expect(found(created("aws_a.a", {}), { onCreate: true })).toEqual(["high: It is off (block.on: null)"]);
    expect(found(created("aws_a.a", on), { onCreate: true })).toEqual([]);
  });

  test("takes nothing set for on where the provider does", () => {
    const more = { onByDefault: true, bad: isOff };
    expect(found(updated("aws_a.a", { block: [] }, off), more)).toEqual(["high: It is off (block.on: null → false)"]);
    expect(found(updated("aws_a.a", on, { block: [] }), more)).toEqual([]);
  });

  test("finds nothing where there is more than one block", () => {
    expect(
      found(updated("aws_a.a", { block: [{ on: true }, { on: true }] }, { block: [{ on: false }, { on: true }] })),
    ).toEqual([]);
  });
});

describe("reading values", () => {
  test.each<[Value | undefined, boolean, boolean, boolean]>([
    [true, true, false, false],
    ["true", true, false, false],
    [false, false, true, true],
    ["false", false, true, true],
    [null, false, true, false],
    [undefined, false, true, false],
    [0, false, false, false],
    [UNKNOWN, false, false, false],
    [new Masked("sensitive", false), false, false, false],
  ])("%j is on %j, not on %j, off %j", (value, yes, no, said) => {
    expect([isTrue(value), isFalse(value), isOff(value)]).toEqual([yes, no, said]);
  });

  test.each<[Value | undefined, number | undefined]>([
    [7, 7],
    [0, 0],
    ["7", 7],
    ["-1", -1],
    ["", undefined],
    [" ", undefined],
    ["seven", undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [null, undefined],
    [undefined, undefined],
    [UNKNOWN, undefined],
    [new Digits("9007199254740993"), undefined],
  ])("%j is the number %j", (value, expected) => {
    expect(numberOf(value)).toBe(expected);
  });

  test.each<[Value | undefined, Value | undefined, boolean]>([
    [6, 7, true],
    [7, 7, false],
    [8, 7, false],
    ["6", 7, true],
    [UNKNOWN, 7, false],
    [6, null, false],
    [null, 7, false],
  ])("from %j to %j: the other way round is lowered %j", (after, before, expected) => {
    expect(lowered(after, before)).toBe(expected);
  });
});
