import fc from "fast-check";
import { comparePolicies } from "../../../../../tools/review/meaning/policy/compare-policies";

type Sketch = Readonly<Record<string, unknown>>;

const of = (...statements: readonly Sketch[]) => ({
  Version: "2012-10-17",
  Statement: statements.map((statement) => ({ Effect: "Allow", Resource: "*", ...statement })),
});
const allow = (Action: unknown, more: Sketch = {}) => of({ Action, ...more });

/** What is gained, lost and so on, in short. */
function compared(before: unknown, after: unknown) {
  const { gained = [], lost = [], undenied = [], newlyDenied = [] } = comparePolicies(before, after) ?? {};
  const short = (grants: typeof gained) =>
    grants.map(
      ({ actions, resources }) =>
        `${actions.not ? "not " : ""}${actions.patterns.join()} on ${resources.patterns.join()}`,
    );
  return { gained: short(gained), lost: short(lost), undenied: short(undenied), newlyDenied: short(newlyDenied) };
}

const nothing = { gained: [], lost: [], undenied: [], newlyDenied: [] };
const condition = (operator: string, ...values: readonly unknown[]) =>
  allow("a:b", { Condition: { [operator]: { "aws:x": values } } });
const address = (operator: string, ...values: readonly string[]) =>
  allow("a:b", { Condition: { [operator]: { "aws:SourceIp": values } } });

describe("comparePolicies, of what is known only after another stack is applied", () => {
  const old = allow(["a:b", "a:c"], { Resource: "arn:aws:x:::old" });
  const later = (Action: unknown, more: Sketch = {}) =>
    allow(Action, { Resource: "(known after data):suffix", ...more });

  test.each<[string, Sketch, string[]]>([
    ["the same actions", later(["a:b", "a:c"]), []],
    ["fewer actions", later("a:b"), []],
    ["one action more", later(["a:b", "a:c", "a:d"]), ["a:d on (known after data):suffix"]],
    ["another principal", later("a:b", { Principal: "*" }), ["a:b on (known after data):suffix"]],
    ["something known", allow("a:b", { Resource: "arn:aws:x:::new" }), ["a:b on arn:aws:x:::new"]],
  ])("takes %s on it for what replaces the old", (_, after, gained) => {
    expect(compared(old, after).gained).toEqual(gained);
  });

  test("takes nothing for a replacement where the old stays", () => {
    const both = of({ Action: "a:b", Resource: "arn:aws:x:::old" }, { Action: "a:b", Resource: "(known after data)" });
    expect(compared(allow("a:b", { Resource: "arn:aws:x:::old" }), both).gained).toEqual(["a:b on (known after data)"]);
  });
});

describe("comparePolicies", () => {
  test("is undefined where there is no policy on either side", () => {
    expect(comparePolicies(undefined, undefined)).toBeUndefined();
    expect(comparePolicies({ a: 1 }, "x")).toBeUndefined();
  });

  test("takes an absent side for one that allows nothing", () => {
    expect(compared(undefined, allow("a:b"))).toEqual({ ...nothing, gained: ["a:b on *"] });
    expect(compared(allow("a:b"), undefined)).toEqual({ ...nothing, lost: ["a:b on *"] });
  });

  test.each<[string, unknown, unknown, Partial<typeof nothing> | Readonly<Record<string, readonly string[]>>]>([
    ["an action more", allow("a:b"), allow(["a:b", "a:c"]), { gained: ["a:c on *"] }],
    ["a wider action", allow("a:Get*"), allow("a:*"), { gained: ["a:* on *"], lost: [] }],
    ["a narrower action", allow("a:*"), allow("a:Get*"), { lost: ["a:* on *"] }],
    [
      "everything but fewer",
      allow(undefined, { NotAction: ["a:*", "b:*"] }),
      allow(undefined, { NotAction: "a:*" }),
      { gained: ["not a:* on *"] },
    ],
    [
      "everything but more",
      allow(undefined, { NotAction: "a:*" }),
      allow(undefined, { NotAction: ["a:*", "b:*"] }),
      { lost: ["not a:* on *"] },
    ],
    [
      "everything but some, within everything",
      allow("*"),
      allow(undefined, { NotAction: "a:*" }),
      { lost: ["* on *"] },
    ],
    [
      "what everything but some allowed already",
      allow(undefined, { NotAction: "a:*" }),
      allow("b:c"),
      { lost: ["not a:* on *"] },
    ],
    [
      "what everything but some left out",
      allow(undefined, { NotAction: "a:Get*" }),
      allow("a:*"),
      { gained: ["a:* on *"], lost: ["not a:get* on *"] },
    ],
    [
      "everywhere but some resources",
      of({ Action: "a:b", Resource: "arn:x" }),
      of({ Action: "a:b", Resource: undefined, NotResource: "arn:y" }),
      { gained: ["a:b on arn:y"] },
    ],
    [
      "the same in two statements",
      of({ Action: ["a:b", "a:c"], Resource: ["x", "y"] }),
      of({ Action: "a:b", Resource: ["y", "x"] }, { Action: "a:c", Resource: "x" }, { Action: "a:c", Resource: "y" }),
      {},
    ],
    [
      "one combination more",
      of({ Action: ["a:b", "a:c"], Resource: "x" }),
      of({ Action: ["a:b", "a:c"], Resource: ["x", "y"] }),
      { gained: ["a:b,a:c on y"] },
    ],
    [
      "one combination more of a square",
      of({ Action: "a:b", Resource: ["x", "y"] }, { Action: "a:c", Resource: "x" }),
      of({ Action: ["a:b", "a:c"], Resource: ["x", "y"] }),
      { gained: ["a:c on y"] },
    ],
    ["a denial less", of({ Effect: "Deny", Action: "a:b" }), of(), { undenied: ["a:b on *"] }],
    ["a denial more", of(), of({ Effect: "Deny", Action: "a:b" }), { newlyDenied: ["a:b on *"] }],
    [
      "a denial that holds less often",
      of({ Effect: "Deny", Action: "a:b" }),
      of({ Effect: "Deny", Action: "a:b", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      { undenied: ["a:b on *"] },
    ],
    [
      "a grant that the same policy denies",
      of(),
      of({ Action: "a:b" }, { Effect: "Deny", Action: "a:*" }),
      { newlyDenied: ["a:* on *"] },
    ],
    [
      "a grant that the same policy denies under a condition only",
      of(),
      of(
        { Action: "a:b" },
        { Effect: "Deny", Action: "a:*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } },
      ),
      { gained: ["a:b on *"], newlyDenied: ["a:* on *"] },
    ],
    [
      "another principal",
      allow("a:b", { Principal: { AWS: "123456789012" } }),
      allow("a:b", { Principal: { AWS: "210987654321" } }),
      { gained: ["a:b on *"], lost: ["a:b on *"] },
    ],
  ])("finds %s", (_, before, after, expected) => {
    expect(compared(before, after)).toEqual({ ...nothing, ...expected });
  });

  test.each<[string, unknown, unknown]>([
    ["fewer values", condition("StringEquals", "a", "b"), condition("StringEquals", "a")],
    ["a value of a pattern", condition("StringLike", "a*"), condition("StringEquals", "ab")],
    ["a narrower pattern", condition("StringLike", "a*"), condition("StringLike", "ab*")],
    ["a value that must be there", condition("StringEqualsIfExists", "a"), condition("StringEquals", "a")],
    ["a pattern that must be there", condition("StringLikeIfExists", "a*"), condition("StringLike", "a*")],
    [
      "one value where any of several would do",
      condition("ForAllValues:StringEquals", "a", "b"),
      condition("ForAllValues:StringEquals", "a"),
    ],
    ["more that it must not be", condition("StringNotEquals", "a"), condition("StringNotEquals", "a", "b")],
    ["wider patterns that it must not be", condition("StringNotLike", "ab*"), condition("StringNotLike", "a*")],
    ["a smaller block of addresses", address("IpAddress", "10.0.0.0/8"), address("IpAddress", "10.1.0.0/16")],
    [
      "a larger block that it must not be in",
      address("NotIpAddress", "10.1.0.0/16"),
      address("NotIpAddress", "10.0.0.0/8"),
    ],
    ["a condition at all", allow("a:b"), condition("StringEquals", "a")],
  ])("gains nothing by %s, and does in the other direction", (_, loose, strict) => {
    expect(compared(loose, strict)).toEqual({ ...nothing, lost: ["a:b on *"] });
    expect(compared(strict, loose)).toEqual({ ...nothing, gained: ["a:b on *"] });
  });

  test.each<[string, unknown, unknown]>([
    ["another key", condition("StringEquals", "a"), address("StringEquals", "a")],
    ["another number", condition("NumericLessThan", 5), condition("NumericLessThan", 6)],
    ["what must be for what must not be", condition("StringEquals", "a"), condition("StringNotEquals", "a")],
    [
      "all for any of several values",
      condition("ForAnyValue:StringLike", "a*"),
      condition("ForAllValues:StringLike", "a*"),
    ],
    ["another block of addresses", address("IpAddress", "10.0.0.0/8"), address("IpAddress", "11.0.0.0/8")],
  ])("gains by %s", (_, before, after) => {
    expect(compared(before, after).gained).toEqual(["a:b on *"]);
  });

  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*"), minLength: 1, maxLength: 3 });
  const statement = fc.record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    Action: fc.array(pattern, { minLength: 1, maxLength: 2 }),
    Resource: fc.array(pattern, { minLength: 1, maxLength: 2 }),
  });
  const policy = fc.array(statement, { maxLength: 3 }).map((statements) => of(...statements));

  test("finds no difference between a policy and itself, whatever the order", () => {
    fc.assert(
      fc.property(policy, (one) => {
        const turned = { ...one, Statement: [...one.Statement].reverse() };
        expect(compared(one, turned)).toEqual(nothing);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  test("loses in one direction what it gains in the other", () => {
    fc.assert(
      fc.property(policy, policy, (one, other) => {
        const [there, back] = [compared(one, other), compared(other, one)];
        expect([there.gained, there.undenied]).toEqual([back.lost, back.newlyDenied]);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  test("misses nothing that is newly allowed", () => {
    const texts = ["a", "b", "c", "aa", "ab", "ba", "bb", "ca", "bc"];
    const matches = (one: unknown, text: string) =>
      (one as readonly string[]).some((given) => new RegExp(`^${given.replaceAll("*", ".*")}$`).test(text));
    const allowed = ({ Statement }: ReturnType<typeof of>, action: string, resource: string) => {
      const hits = Statement.filter((s: Sketch) => matches(s["Action"], action) && matches(s["Resource"], resource));
      return hits.some(({ Effect }) => Effect === "Allow") && hits.every(({ Effect }) => Effect === "Allow");
    };
    fc.assert(
      fc.property(policy, policy, (one, other) => {
        const { gained, undenied } = compared(one, other);
        if (gained.length + undenied.length > 0) return;
        const missed = texts.flatMap((action) =>
          texts.filter((resource) => allowed(other, action, resource) && !allowed(one, action, resource)),
        );
        expect(missed).toEqual([]);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});
