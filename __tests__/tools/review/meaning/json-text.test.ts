import { jsonIn, orderless } from "../../../../tools/review/meaning/json-text";
import { same } from "../../../../tools/review/meaning/same";
import { Digits, type Value } from "../../../../tools/review/value";

describe("jsonIn", () => {
  test.each<[string, Value | undefined]>([
    ['{"a":[1,null]}', { a: [1, null] }],
    [' \n["a"]', ["a"]],
    ['{"a":9007199254740993}', { a: new Digits("9007199254740993") }],
    ["{", undefined],
    ['{"a":1} more', undefined],
    ['"a"', undefined],
    ["1", undefined],
    ["null", undefined],
    ["", undefined],
    ["#!/bin/sh", undefined],
  ])("of %j is %j", (text, expected) => {
    expect(jsonIn(text)).toEqual(expected);
  });

  test("reads no text of more than a million characters", () => {
    expect(jsonIn(`["${"a".repeat(999_996)}"]`)).toEqual(["a".repeat(999_996)]);
    expect(jsonIn(`["${"a".repeat(999_997)}"]`)).toBeUndefined();
  });
});

describe("orderless", () => {
  const policy = (statement: Value) => ({ Version: "2012-10-17", Statement: statement });

  test.each<[string, Value, Value, boolean]>([
    [
      "the order of actions",
      policy([{ Effect: "Allow", Action: ["a", "b"] }]),
      policy([{ Effect: "Allow", Action: ["b", "a"] }]),
      true,
    ],
    [
      "a text for a list of it",
      policy([{ Effect: "Allow", Resource: "a" }]),
      policy([{ Effect: "Allow", Resource: ["a"] }]),
      true,
    ],
    ["one statement for a list of it", policy({ Effect: "Allow" }), policy([{ Effect: "Allow" }]), true],
    [
      "the order of principals",
      policy([{ Principal: { AWS: ["1", "2"] } }]),
      policy([{ Principal: { AWS: ["2", "1"] } }]),
      true,
    ],
    ["the order of statements", policy([{ Sid: "A" }, { Sid: "B" }]), policy([{ Sid: "B" }, { Sid: "A" }]), false],
    ["the order of a list that is none of a policy", { command: ["a", "b"] }, { command: ["b", "a"] }, false],
    ["an action of what is no policy", { Action: ["a", "b"] }, { Action: ["b", "a"] }, false],
    [
      "actions that are no texts",
      policy([{ Effect: "Allow", Action: [1, 2] }]),
      policy([{ Effect: "Allow", Action: [2, 1] }]),
      false,
    ],
  ])("takes %s for the same: %#", (_, one, other, expected) => {
    expect(same(orderless(one), orderless(other))).toBe(expected);
  });

  test("keeps what has an order, and what is no object", () => {
    expect(orderless({ a: [3, 1, 2], b: "x", c: null })).toEqual({ a: [3, 1, 2], b: "x", c: null });
    expect(orderless("x")).toBe("x");
  });
});
