import { Lazy, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { assertValid, isUnresolved, notMatching, notOneOf, outOfRange, shown, within } from "../../modules/validation";

const stack = new TerraformStack(Testing.app(), "test");
const variable = new TerraformVariable(stack, "variable", {});
const text = Lazy.stringValue({ produce: () => "late" });
const number = Lazy.numberValue({ produce: () => 1 });

describe("assertValid", () => {
  const construct = new Construct(stack, "db");

  test("lets pass what has no problem", () => {
    expect(() => assertValid(construct, [])).not.toThrow();
    expect(() => assertValid(construct, [undefined, undefined])).not.toThrow();
  });

  test("throws every problem at once, led by the construct's path", () => {
    expect(() => assertValid(construct, ["a must be 1, got 2", undefined, "b must be 3, got 4"])).toThrow(
      new Error("test/db: a must be 1, got 2; b must be 3, got 4"),
    );
  });
});

describe("isUnresolved", () => {
  test.each<[string, unknown]>([
    ["a lazy string", text],
    ["a string with a token inside", `before ${text} after`],
    ["a reference", variable.stringValue],
    ["any token as a string", Token.asString({ Ref: "x" })],
    ["a lazy number", number],
    ["a reference as a number", variable.numberValue],
    ["any token as a number", Token.asNumber({ Ref: "x" })],
    ["a lazy list", Lazy.listValue({ produce: () => ["a"] })],
    ["a reference as a list", variable.listValue],
    ["any token as a list", Token.asList({ Ref: "x" })],
    ["any token as a list of numbers", Token.asNumberList({ Ref: "x" })],
  ])("is true of %s, as cdktf says", (_what, value) => {
    expect(Token.isUnresolved(value)).toBe(true);
    expect(isUnresolved(value)).toBe(true);
  });

  test.each([
    "",
    "late",
    "${var.late}",
    "#{late}",
    "TfToken[late]",
    0,
    -1,
    NaN,
    Infinity,
    -Infinity,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    Number.MIN_SAFE_INTEGER,
    ...[[], [""], ["a", "b"], [1, 2]],
    true,
    undefined,
    null,
  ])("is false of %p, as cdktf says", (value) => {
    expect(Token.isUnresolved(value)).toBe(false);
    expect(isUnresolved(value)).toBe(false);
  });

  test("is true of a list with a token among its elements, which cdktf leaves to the caller", () => {
    expect(isUnresolved(["a", text])).toBe(true);
    expect(isUnresolved([1, number])).toBe(true);
  });

  test("agrees with cdktf about any string, with or without a token", () => {
    const token = fc.constantFrom("", text, variable.stringValue);
    fc.assert(
      fc.property(fc.string(), token, fc.string(), (before, inside, after) => {
        const value = before + inside + after;
        expect(isUnresolved(value)).toBe(Token.isUnresolved(value));
      }),
      { numRuns: 500 },
    );
  });

  // A number out of a list that only Terraform knows is one by itself too.
  const unresolved = (value: number) => Token.isUnresolved(value) || Token.isUnresolved([value]);

  test("agrees with cdktf about any number", () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), (value) => {
        expect(isUnresolved(value)).toBe(unresolved(value));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([960, 992])(
    "agrees with cdktf about numbers near 2 to the power of %d, some of which are tokens",
    (power) => {
      const around = { min: -(2 ** (power + 2)), max: -(2 ** (power - 1)), noNaN: true };
      fc.assert(
        fc.property(fc.double(around), (value) => {
          expect(isUnresolved(value)).toBe(unresolved(value));
        }),
        { numRuns: 1_000 },
      );
      const edges = [-1.9375 * 2 ** power, -(2 ** (power + 1))].flatMap((edge) =>
        [1 - Number.EPSILON, 1, 1 + Number.EPSILON].map((factor) => edge * factor),
      );
      expect(edges.map(isUnresolved)).toEqual(edges.map(unresolved));
      expect(edges.map(unresolved)).toEqual([false, true, true, true, false, false]);
    },
  );
});

describe("outOfRange", () => {
  test.each([1, 2, 35])("allows %d in 1 to 35", (value) => {
    expect(outOfRange("days", value, 1, 35)).toBeUndefined();
  });

  test.each<[number, string]>([
    [0, "0"],
    [36, "36"],
    [1.5, "1.5"],
    [-1, "-1"],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
    ["7" as unknown as number, '"7"'],
    [null as unknown as number, "null"],
  ])("finds %p outside 1 to 35", (value, got) => {
    expect(outOfRange("days", value, 1, 35)).toBe(`days must be a whole number from 1 to 35, got ${got}`);
  });

  test("lets nothing and a number only Terraform knows pass", () => {
    expect(outOfRange("days", undefined, 1, 35)).toBeUndefined();
    expect(outOfRange("days", number, 1, 35)).toBeUndefined();
  });

  test("allows the whole numbers of the range, and only those", () => {
    fc.assert(
      fc.property(fc.double(), fc.integer(), fc.integer(), (value, min, max) => {
        const inside = Number.isInteger(value) && value >= min && value <= max;
        expect(outOfRange("it", value, min, max) === undefined).toBe(inside || isUnresolved(value));
      }),
    );
  });
});

describe("notOneOf", () => {
  test("allows what is listed, nothing, and what only Terraform knows", () => {
    expect(notOneOf("zoneCount", 3, [2, 3])).toBeUndefined();
    expect(notOneOf("tier", "prod", ["staging", "prod"])).toBeUndefined();
    expect(notOneOf<string>("tier", undefined, ["staging", "prod"])).toBeUndefined();
    expect(notOneOf<string>("tier", text, ["staging", "prod"])).toBeUndefined();
    expect(notOneOf<number>("zoneCount", number, [2, 3])).toBeUndefined();
  });

  test("lists what is allowed", () => {
    expect(notOneOf<string>("tier", "dev", ["staging", "prod"])).toBe('tier must be one of staging, prod, got "dev"');
    expect(notOneOf<string>("tier", "", ["staging"])).toBe('tier must be one of staging, got ""');
    expect(notOneOf<number>("zoneCount", 4, [2, 3])).toBe("zoneCount must be one of 2, 3, got 4");
    expect(notOneOf("zoneCount", "3" as unknown as number, [2, 3])).toBe('zoneCount must be one of 2, 3, got "3"');
  });
});

describe("notMatching", () => {
  const problem = (value: string | undefined) => notMatching("accountId", value, /^\d{12}$/, "12 digits");

  test("allows what matches, nothing, and what only Terraform knows", () => {
    expect(problem("123456789012")).toBeUndefined();
    expect(problem(undefined)).toBeUndefined();
    expect(problem(text)).toBeUndefined();
  });

  test("says in words what would match", () => {
    expect(problem("12345678901")).toBe('accountId must be 12 digits, got "12345678901"');
    expect(problem("")).toBe('accountId must be 12 digits, got ""');
    expect(problem(123456789012 as unknown as string)).toBe("accountId must be 12 digits, got 123456789012");
    expect(problem(null as unknown as string)).toBe("accountId must be 12 digits, got null");
  });
});

describe("within", () => {
  test("puts the path in front of each problem and drops what is none", () => {
    expect(within("network", ["cidr must be x, got y", undefined, "nat must be z, got w"])).toEqual([
      "network.cidr must be x, got y",
      "network.nat must be z, got w",
    ]);
    expect(within("network", [undefined])).toEqual([]);
    expect(within("staging", within("network", ["cidr must be x, got y"]))).toEqual([
      "staging.network.cidr must be x, got y",
    ]);
  });
});

describe("shown", () => {
  test.each([
    ["", '""'],
    ['say "x"', String.raw`"say \"x\""`],
    [1.5, "1.5"],
    [NaN, "NaN"],
    [-Infinity, "-Infinity"],
    [true, "true"],
    [undefined, "undefined"],
    [null, "null"],
    [["a", 1], '["a",1]'],
    [{ a: 1 }, '{"a":1}'],
  ])("shows %p as %s", (value, expected) => {
    expect(shown(value)).toBe(expected);
  });
});
