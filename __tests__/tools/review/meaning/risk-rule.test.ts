import { attribute, replaces } from "../../../../tools/review/meaning/risk-rule";
import { Digits, Masked, UNKNOWN, type Value } from "../../../../tools/review/value";

describe("attribute", () => {
  const masked = new Masked("sensitive", false);

  test.each<[Value | undefined, readonly string[], Value | undefined]>([
    [{ a: 1 }, ["a"], 1],
    [{ a: { b: 1 } }, ["a", "b"], 1],
    [{ a: [{ b: 1 }] }, ["a", "b"], 1],
    [{ a: [{ b: [{ c: 1 }] }] }, ["a", "b", "c"], 1],
    [{ a: [1] }, ["a"], [1]],
    [{ a: [] }, ["a", "b"], undefined],
    [{ a: [{ b: 1 }, { b: 2 }] }, ["a", "b"], undefined],
    [{ a: null }, ["a", "b"], undefined],
    [{ a: "text" }, ["a", "length"], undefined],
    [{}, ["constructor"], undefined],
    [undefined, ["a"], undefined],
    [{ a: UNKNOWN }, ["a", "b"], UNKNOWN],
    [{ a: [UNKNOWN] }, ["a", "b"], UNKNOWN],
    [UNKNOWN, ["known"], UNKNOWN],
    [{ a: masked }, ["a", "why"], masked],
    [{ a: new Digits("1") }, ["a", "text"], undefined],
  ])("of %j by %j is %j", (side, path, expected) => {
    expect(attribute(side, ...path)).toEqual(expected);
  });
});

describe("replaces", () => {
  test.each([
    ["replace", true],
    ["replace-create-first", true],
    ["create-forget", false],
    ["delete", false],
    ["update", false],
  ] as const)("%s: %j", (action, expected) => {
    expect(replaces({ action })).toBe(expected);
  });
});
