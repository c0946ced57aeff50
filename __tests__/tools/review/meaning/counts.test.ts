import { countsOf, isChange, NONE, sumOf } from "../../../../tools/review/meaning/counts";
import { kept, planOf, type ChangeSketch } from "../../../support/plan-json";

const one = (actions: readonly string[], more: Partial<ChangeSketch> = {}): ChangeSketch => ({
  address: "aws_a.a",
  actions,
  before: {},
  after: {},
  ...more,
});
const moved = { entry: { previous_address: "aws_a.b" } };
const imported = { importing: { id: "x" } };

describe("countsOf", () => {
  test.each<[string, ChangeSketch, Partial<typeof NONE>, boolean]>([
    ["a creation", one(["create"]), { create: 1 }, true],
    ["a change", one(["update"]), { update: 1 }, true],
    ["a replacement", one(["delete", "create"]), { replace: 1 }, true],
    ["a replacement, the new one first", one(["create", "delete"]), { replace: 1 }, true],
    ["one that is forgotten for a new one", one(["create", "forget"]), { replace: 1 }, true],
    ["a deletion", one(["delete"]), { delete: 1 }, true],
    ["one that is forgotten", one(["forget"]), { forget: 1 }, true],
    ["one that is read", one(["read"]), { read: 1 }, false],
    ["one that is opened", one(["open"]), { read: 1 }, false],
    ["one that stays", one(["no-op"]), { noop: 1 }, false],
    ["actions that are not known", one(["dance"]), { unknown: 1 }, true],
    ["one that moves", one(["no-op"], moved), { move: 1, noop: 1 }, true],
    ["one that moves and changes", one(["update"], moved), { move: 1, update: 1 }, true],
    ["one that is imported", one(["no-op"], imported), { import: 1, noop: 1 }, true],
    ["one that is imported and changes", one(["update"], imported), { import: 1, update: 1 }, true],
  ])("counts %s", (_, change, expected, isOne) => {
    const { changes } = planOf([change]);
    expect(countsOf(changes)).toEqual({ ...NONE, ...expected });
    expect(changes.filter(isChange)).toHaveLength(isOne ? 1 : 0);
  });

  test("counts nothing where there is nothing", () => {
    expect(countsOf([])).toEqual(NONE);
    expect(Object.values(NONE).filter((number) => number !== 0)).toEqual([]);
  });
});

describe("sumOf", () => {
  test("adds up each of them", () => {
    const counts = countsOf(planOf([one(["create"]), one(["create"]), kept("aws_a.k", {})]).changes);
    expect(sumOf([counts, NONE, counts])).toEqual({ ...NONE, create: 4, noop: 2 });
    expect(sumOf([])).toEqual(NONE);
  });
});
