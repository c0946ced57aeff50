import { statementsOf } from "../../../../../tools/review/meaning/policy/policy-document";

const of = (...Statement: readonly unknown[]) => ({ Version: "2012-10-17", Statement });
const set = (...patterns: readonly string[]) => ({ not: false, patterns });
const but = (...patterns: readonly string[]) => ({ not: true, patterns });

describe("statementsOf", () => {
  test("reads a statement of an identity, actions in lower case", () => {
    expect(statementsOf(of({ Effect: "Allow", Action: "S3:GetObject", Resource: ["arn:aws:s3:::A/*"] }))).toEqual([
      {
        effect: "Allow",
        actions: set("s3:getobject"),
        resources: set("arn:aws:s3:::A/*"),
        principals: set("self"),
        conditions: [],
      },
    ]);
  });

  test.each<[string, object, object]>([
    ["a text for a list", { Action: ["a:b"] }, { actions: set("a:b") }],
    ["no resource, as in a trust policy", { Action: "sts:AssumeRole" }, { resources: set("self") }],
    ["everything but some actions", { NotAction: ["IAM:*", "sts:*"] }, { actions: but("iam:*", "sts:*") }],
    [
      "everything but some resources",
      { Action: "a:b", NotResource: "arn:aws:s3:::a" },
      { resources: but("arn:aws:s3:::a") },
    ],
    ["everybody, in short", { Principal: "*" }, { principals: set("*") }],
    ["everybody, in long", { Principal: { AWS: "*" } }, { principals: set("*") }],
    [
      "everybody, in a list",
      { Principal: { AWS: ["*", "123456789012"] } },
      { principals: set("*", "AWS:arn:aws:iam::123456789012:root") },
    ],
    [
      "a service and a provider",
      { Principal: { Service: "ec2.amazonaws.com", Federated: "cognito-identity.amazonaws.com" } },
      { principals: set("Service:ec2.amazonaws.com", "Federated:cognito-identity.amazonaws.com") },
    ],
    [
      "everybody but some",
      { NotPrincipal: { AWS: "123456789012" } },
      { principals: but("AWS:arn:aws:iam::123456789012:root") },
    ],
    ["a principal that is none", { Principal: 7 }, { principals: set() }],
    [
      "conditions, their keys in lower case and their values in order",
      { Condition: { StringEquals: { "AWS:SourceAccount": ["b", "a"] }, Bool: { "aws:SecureTransport": true } } },
      {
        conditions: [
          { operator: "StringEquals", key: "aws:sourceaccount", values: ["a", "b"] },
          { operator: "Bool", key: "aws:securetransport", values: ["true"] },
        ],
      },
    ],
    [
      "a number as a value",
      { Condition: { NumericEquals: { "s3:max-keys": 10 } } },
      { conditions: [{ operator: "NumericEquals", key: "s3:max-keys", values: ["10"] }] },
    ],
    ["conditions that are none", { Condition: "x" }, { conditions: [] }],
    ["an operator without keys", { Condition: { StringEquals: null } }, { conditions: [] }],
  ])("reads %s", (_, statement, expected) => {
    expect(statementsOf(of({ Effect: "Deny", ...statement }))).toEqual([
      expect.objectContaining({ effect: "Deny", ...expected }),
    ]);
  });

  test("takes one statement for a list of it, and leaves out what neither allows nor denies", () => {
    const statement = { Effect: "Allow", Action: "a:b" };
    expect(statementsOf({ Statement: statement })).toHaveLength(1);
    expect(statementsOf(of(statement, { Effect: "allow", Action: "c:d" }, "x", null))).toHaveLength(1);
  });

  test("is empty for a policy that says nothing", () => {
    expect(statementsOf(of())).toEqual([]);
  });

  test.each([undefined, null, "x", 1, [], {}, { Version: "2012-10-17" }, { Statement: [] }, { Statement: "x" }])(
    "%j is no policy",
    (value) => {
      expect(statementsOf(value)).toBeUndefined();
    },
  );
});
