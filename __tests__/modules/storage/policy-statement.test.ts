import { allowsEverybody, policyDocument } from "../../../modules/storage/policy-statement";
import type { PolicyStatement } from "../../../modules/storage/policy-statement";

const statement = (overrides: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::acme/*",
  ...overrides,
});

describe(allowsEverybody, () => {
  test.each<[string, Partial<PolicyStatement>, boolean]>([
    ["everybody", { Principal: "*" }, true],
    ["every AWS account", { Principal: { AWS: "*" } }, true],
    ["every AWS account among others", { Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] } }, true],
    ["everybody under a condition", { Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }, true],
    ["a service", { Principal: { Service: "logging.s3.amazonaws.com" } }, false],
    ["an account", { Principal: { AWS: "arn:aws:iam::123456789012:root" } }, false],
    ["whoever has the policy", {}, false],
    ["nobody, by denying everybody", { Effect: "Deny", Principal: "*" }, false],
  ])("tells whether a statement gives to %s", (_who, overrides, expected) => {
    expect(allowsEverybody(statement(overrides))).toBe(expected);
  });
});

describe(policyDocument, () => {
  test("holds the statements in their order", () => {
    const statements = [statement({ Sid: "One" }), statement({ Sid: "Two" })];
    expect(JSON.parse(policyDocument(statements))).toEqual({ Version: "2012-10-17", Statement: statements });
  });
});
