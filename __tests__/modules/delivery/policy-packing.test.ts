import fc from "fast-check";
import {
  ATTACHMENT_LIMIT,
  documentSize,
  fitsInline,
  packingProblems,
  packStatements,
  POLICY_LIMITS,
  policySize,
} from "../../../modules/delivery/policy-packing";
import { allow, type Statement } from "../../../modules/delivery/policy-statement";

const EMPTY = policySize([]);

/** A statement that makes a policy of exactly this size, alone in it. */
function statementOf(size: number, sid = "S"): Statement {
  const shortest = policySize([allow(sid, ["a:B"], [""])]);
  return allow(sid, ["a:B"], ["x".repeat(size - shortest)]);
}

/** What a set of statements means, whatever it was cut into: each action on each resource. */
function meaningOf(statements: readonly Statement[]): string[] {
  return statements
    .flatMap(({ Action = [], Resource = [] }) => Action.map((action) => `${action} ${Resource.join()}`))
    .sort();
}

describe("policySize", () => {
  test("counts the document around the statements", () => {
    expect(EMPTY).toBe('{"Version":"2012-10-17","Statement":[]}'.length);
  });

  test("leaves room for what only Terraform knows", () => {
    expect(documentSize("a${TfToken[TOKEN.1]}b")).toBe(202);
  });
});

describe("fitsInline", () => {
  test("goes up to the limit of a role's inline policies", () => {
    expect(fitsInline([statementOf(POLICY_LIMITS.inline)])).toBe(true);
    expect(fitsInline([statementOf(POLICY_LIMITS.inline + 1)])).toBe(false);
  });
});

describe("packStatements", () => {
  test("keeps what fits together in one policy", () => {
    const statements = [statementOf(2_000, "A"), statementOf(2_000, "B")];
    expect(packStatements(statements)).toEqual([statements]);
  });

  test("fills a policy to the last character and opens another behind it", () => {
    const full = statementOf(POLICY_LIMITS.managed, "A");
    expect(packStatements([full, statementOf(200, "B")])).toEqual([[full], [statementOf(200, "B")]]);
  });

  test("puts a small statement into the first policy with room for it", () => {
    const [large, larger, small] = [statementOf(5_000, "A"), statementOf(5_000, "B"), statementOf(500, "C")];
    expect(packStatements([large, larger, small])).toEqual([[large, small], [larger]]);
  });

  test("cuts a long statement along its actions, in as few parts as it takes", () => {
    const actions = Array.from({ length: 400 }, (_, index) => `service:Action${String(index).padStart(3, "0")}`);
    const packs = packStatements([allow("Long", actions, ["*"])]);
    expect(packs.map((pack) => pack.map(({ Sid }) => Sid))).toEqual([["Long1"], ["Long2"]]);
    expect(packs.flat().flatMap(({ Action = [] }) => Action)).toEqual(actions);
  });

  test("never loses or adds a meaning, never exceeds a policy, and always gives the same", () => {
    const statement = fc.record({
      actions: fc.integer({ min: 1, max: 300 }),
      resources: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 12 }), (shapes) => {
        const statements = shapes.map(({ actions, resources }, index) =>
          allow(
            `S${index}x`,
            Array.from({ length: actions }, (_, action) => `service${index}:Action${action}`),
            Array.from({ length: resources }, (_, resource) => `arn:aws:service:::thing-${index}-${resource}`),
          ),
        );
        const packs = packStatements(statements);
        expect(meaningOf(packs.flat())).toEqual(meaningOf(statements));
        expect(packs.every((pack) => policySize(pack) <= POLICY_LIMITS.managed)).toBe(true);
        expect(packStatements(statements)).toEqual(packs);
        const sids = packs.flat().map(({ Sid }) => Sid);
        expect(new Set(sids).size).toBe(sids.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe("packingProblems", () => {
  const packs = (count: number) => Array.from({ length: count }, (_, index) => [statementOf(200, `S${index}`)]);

  test("has none for as many policies as a role carries", () => {
    expect(packingProblems(packs(ATTACHMENT_LIMIT))).toEqual([]);
  });

  test("names too many policies", () => {
    expect(packingProblems(packs(ATTACHMENT_LIMIT + 1))).toEqual([
      "statements must fit into 10 managed policies, got 11; choose fewer areas",
    ]);
  });

  test("names a statement that cannot be cut", () => {
    expect(packingProblems(packStatements([statementOf(POLICY_LIMITS.managed + 1, "Long")]))).toEqual([
      "statements must fit into 6144 characters, got 6145 in Long; name fewer resources",
    ]);
  });
});
