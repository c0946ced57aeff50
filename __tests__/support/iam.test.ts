import fc from "fast-check";
import { ADMINISTRATOR, allows, allowsWithin, type PolicyStatement, statementsOf } from "./iam";

const bucket = "arn:aws:s3:::acme-prod-uploads";
const request = { action: "s3:GetObject", resource: `${bucket}/a` };
const grant: PolicyStatement = { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/*` };

/** Whether a grant with this condition holds in this context. */
function held(
  Condition: NonNullable<PolicyStatement["Condition"]>,
  context: Record<string, string | readonly string[]> = {},
): boolean {
  return allows([{ ...grant, Condition }], { ...request, context });
}

describe("allows", () => {
  test("grants nothing without a statement", () => {
    expect(allows([], request)).toBe(false);
  });

  test.each<[string, PolicyStatement, boolean]>([
    ["the action and the resource", grant, true],
    ["the action in another case", { ...grant, Action: ["S3:getobject"] }, true],
    ["the action by wildcard", { ...grant, Action: "s3:Get*" }, true],
    ["another action", { ...grant, Action: "s3:PutObject" }, false],
    ["the resource in another case", { ...grant, Resource: `${bucket.toUpperCase()}/*` }, false],
    ["the resource by one character", { ...grant, Resource: `${bucket}/?` }, true],
    ["another resource", { ...grant, Resource: `${bucket}-2/*` }, false],
    ["every action but another", { Effect: "Allow", NotAction: "s3:PutObject", Resource: "*" }, true],
    ["every action but this", { Effect: "Allow", NotAction: "s3:Get*", Resource: "*" }, false],
    ["every resource but another", { Effect: "Allow", Action: "s3:*", NotResource: `${bucket}-2/*` }, true],
    ["every resource but this", { Effect: "Allow", Action: "s3:*", NotResource: `${bucket}/*` }, false],
  ])("decides on %s", (_name, statement, expected) => {
    expect(allows([statement], request)).toBe(expected);
  });

  test("lets a Deny win, wherever it stands", () => {
    const deny: PolicyStatement = { Effect: "Deny", Action: "s3:*", Resource: "*" };
    expect(allows([grant, deny], request)).toBe(false);
    expect(allows([deny, grant], request)).toBe(false);
  });

  test("lets a Deny with a condition pass where the condition does not hold", () => {
    const deny: PolicyStatement = {
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition: { Bool: { "a:b": "true" } },
    };
    expect(allows([grant, deny], { ...request, context: { "a:b": "false" } })).toBe(true);
    expect(allows([grant, deny], { ...request, context: { "a:b": "true" } })).toBe(false);
    expect(allows([grant, deny], request)).toBe(true);
  });

  test("refuses a statement without actions or resources, and an operator it does not know", () => {
    expect(() => allows([{ Sid: "Bare", Effect: "Allow", Resource: "*" }], request)).toThrow(
      "statement Bare must have actions and resources",
    );
    expect(() => held({ DateLessThan: { "aws:CurrentTime": "2026-01-01" } }, {})).toThrow(
      "operator DateLessThan is not known here",
    );
    expect(() => held({ StringEquals: { "a:b": "1" } }, { "a:b": ["1", "2"] })).toThrow(
      "operator StringEquals is for one value, got 2",
    );
  });
});

describe("conditions", () => {
  test.each<[string, string, string, string, boolean]>([
    ["StringEquals", "StringEquals", "a*", "ab", false],
    ["StringEquals", "StringEquals", "ab", "ab", true],
    ["StringEqualsIgnoreCase", "StringEqualsIgnoreCase", "AB", "ab", true],
    ["StringLike", "StringLike", "a*", "ab", true],
    ["StringNotEquals", "StringNotEquals", "ab", "ab", false],
    ["StringNotEquals", "StringNotEquals", "ab", "cd", true],
    ["StringNotLike", "StringNotLike", "a*", "ab", false],
    ["ArnLike", "ArnLike", "arn:aws:iam::1:role/a-*", "arn:aws:iam::1:role/a-b", true],
    ["ArnLike across parts", "ArnLike", "arn:aws:*:role/a", "arn:aws:iam::1:role/a", false],
    ["ArnEquals", "ArnEquals", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a", true],
    ["ArnNotEquals", "ArnNotEquals", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a", false],
    ["ArnNotLike", "ArnNotLike", "arn:aws:iam::1:role/*", "arn:aws:iam::1:user/a", true],
    ["Bool", "Bool", "true", "True", true],
    ["NumericEquals", "NumericEquals", "10", "10.0", true],
    ["NumericLessThanEquals", "NumericLessThanEquals", "10", "11", false],
  ])("compare by %s", (_name, operator, expected, actual, result) => {
    expect(held({ [operator]: { "a:b": expected } }, { "A:B": actual })).toBe(result);
  });

  test("need every line, and one of the values of a line", () => {
    const condition = { StringEquals: { "a:b": ["1", "2"], "a:c": "3" } };
    expect(held(condition, { "a:b": "2", "a:c": "3" })).toBe(true);
    expect(held(condition, { "a:b": "2" })).toBe(false);
    expect(held({ StringNotEquals: { "a:b": ["1", "2"] } }, { "a:b": "2" })).toBe(false);
  });

  test.each<[string, boolean]>([
    ["StringEquals", false],
    ["StringLike", false],
    ["ArnLike", false],
    ["Bool", false],
    ["StringEqualsIfExists", true],
    ["StringNotEquals", true],
    ["ArnNotEquals", true],
    ["ForAllValues:StringEquals", true],
    ["ForAnyValue:StringEquals", false],
  ])("of %s on a key that is not there give %s", (operator, result) => {
    expect(held({ [operator]: { "a:b": "1" } })).toBe(result);
  });

  test("tell a key that is there from one that is not", () => {
    expect(held({ Null: { "a:b": "true" } })).toBe(true);
    expect(held({ Null: { "a:b": "true" } }, { "a:b": "1" })).toBe(false);
    expect(held({ Null: { "a:b": "false" } }, { "a:b": "1" })).toBe(true);
  });

  test("of sets look at all values, or at any", () => {
    const context = { "a:b": ["1", "2"] };
    expect(held({ "ForAnyValue:StringEquals": { "a:b": "1" } }, context)).toBe(true);
    expect(held({ "ForAllValues:StringEquals": { "a:b": "1" } }, context)).toBe(false);
    expect(held({ "ForAllValues:StringEquals": { "a:b": ["1", "2"] } }, context)).toBe(true);
  });

  test("of equality and its negation never agree on a key that is there", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { minLength: 1 }), (actual, expected) => {
        const context = { "a:b": actual };
        return (
          held({ StringEquals: { "a:b": expected } }, context) !==
          held({ StringNotEquals: { "a:b": expected } }, context)
        );
      }),
    );
  });
});

describe("allowsWithin", () => {
  test("needs both the boundary and the policies", () => {
    expect(allowsWithin([grant], ADMINISTRATOR, request)).toBe(true);
    expect(allowsWithin([grant], ADMINISTRATOR, { ...request, action: "s3:PutObject" })).toBe(false);
    expect(allowsWithin(ADMINISTRATOR, [grant], { ...request, action: "s3:PutObject" })).toBe(false);
  });
});

describe("statementsOf", () => {
  test("collects inline and managed policies", () => {
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [grant] });
    const resource = { aws_iam_role_policy: { a: { policy } }, aws_iam_policy: { b: { policy } } };
    expect(statementsOf({ resource })).toEqual([grant, grant]);
  });
});
