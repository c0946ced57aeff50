import { policyMeaning } from "../../../../../tools/review/meaning/policy/policy-meaning";
import { Masked, UNKNOWN } from "../../../../../tools/review/value";

const document = (...statements: ReadonlyArray<Readonly<Record<string, unknown>>>) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
const read = { Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };
const meaning = (before: string | undefined, after: string | undefined) => {
  const { gained, lost } = policyMeaning(before, after);
  return { gained, lost };
};
const nothing = { gained: [], lost: [] };

describe("policyMeaning", () => {
  test("says what a first policy allows", () => {
    expect(meaning(undefined, document(read))).toEqual({
      gained: ["allows s3:getobject on arn:aws:s3:::a/*, which it did not"],
      lost: [],
    });
  });

  test.each<[string, string, string]>([
    [
      "the order of statements",
      document(read, { Action: "ec2:*", Resource: "*" }),
      document({ Action: "ec2:*", Resource: "*" }, read),
    ],
    [
      "the order of actions",
      document({ Action: ["a:b", "c:d"], Resource: "*" }),
      document({ Action: ["c:d", "a:b"], Resource: "*" }),
    ],
    ["a list of one", document(read), document({ Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::a/*"] })],
    ["upper and lower case of actions", document(read), document({ ...read, Action: "S3:getobject" })],
    [
      "a statement in two",
      document({ Action: ["a:b", "c:d"], Resource: "*" }),
      document({ Action: "a:b", Resource: "*" }, { Action: "c:d", Resource: "*" }),
    ],
    [
      "an account as its root",
      document({ ...read, Principal: { AWS: "123456789012" } }),
      document({ ...read, Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
    ],
    ["a Sid", document(read), document({ ...read, Sid: "Read" })],
  ])("finds nothing in %s", (_, before, after) => {
    expect(meaning(before, after)).toEqual(nothing);
  });

  test.each<[string, string, string]>([
    ["fewer actions", document({ Action: "s3:*", Resource: "*" }), document({ Action: "s3:GetObject", Resource: "*" })],
    [
      "a narrower resource",
      document({ Action: "s3:*", Resource: "*" }),
      document({ Action: "s3:*", Resource: "arn:aws:s3:::a/*" }),
    ],
    ["a condition more", document(read), document({ ...read, Condition: { Bool: { "aws:SecureTransport": "true" } } })],
    [
      "fewer values of a condition",
      document({ ...read, Condition: { StringEquals: { "aws:x": ["a", "b"] } } }),
      document({ ...read, Condition: { StringEquals: { "aws:x": "a" } } }),
    ],
    [
      "a pattern of a condition made exact",
      document({ ...read, Condition: { StringLike: { "aws:x": "repo:a/*" } } }),
      document({ ...read, Condition: { StringEquals: { "aws:x": "repo:a/b" } } }),
    ],
    ["a denial more", document(read), document(read, { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" })],
  ])("gains nothing by %s", (_, before, after) => {
    const { gained, lost } = meaning(before, after);
    expect(gained).toEqual([]);
    expect(lost).not.toEqual([]);
  });

  test.each<[string, string, string, string]>([
    [
      "an action more",
      document(read),
      document({ ...read, Action: ["s3:GetObject", "s3:PutObject"] }),
      "allows s3:putobject on arn:aws:s3:::a/*, which it did not",
    ],
    [
      "a wider action",
      document(read),
      document({ ...read, Action: "s3:*" }),
      "allows s3:* on arn:aws:s3:::a/*, which it did not",
    ],
    [
      "everything but some",
      document(read),
      document(read, { Action: undefined, NotAction: "iam:*", Resource: "*" }),
      "allows every action but iam:* on everything, which it did not",
    ],
    [
      "a condition less",
      document({ ...read, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      document(read),
      "allows s3:getobject on arn:aws:s3:::a/*, which it did not",
    ],
    [
      "everybody",
      document({ ...read, Principal: { AWS: "123456789012" } }),
      document({ ...read, Principal: "*" }),
      "allows s3:getobject on arn:aws:s3:::a/* for everybody, which it did not",
    ],
    [
      "a denial less",
      document(read, { Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::b" }),
      document(read),
      "no longer denies s3:* on arn:aws:s3:::b",
    ],
    [
      "an exception less",
      document({ Action: undefined, NotAction: ["iam:*", "sts:*"], Resource: "*" }),
      document({ Action: undefined, NotAction: "iam:*", Resource: "*" }),
      "allows every action but iam:* on everything, which it did not",
    ],
  ])("gains by %s", (_, before, after, sentence) => {
    expect(meaning(before, after).gained).toEqual([sentence]);
  });

  test("does not count as gained what the policy itself denies", () => {
    expect(
      meaning(
        document(read),
        document(read, { Action: "s3:PutObject", Resource: "*" }, { Effect: "Deny", Action: "s3:*", Resource: "*" }),
      ).gained,
    ).toEqual([]);
  });

  test("is no policy where there is none", () => {
    expect(policyMeaning("a", '{"a":1}').isPolicy).toBe(false);
    expect(policyMeaning(undefined, UNKNOWN).isPolicy).toBe(false);
  });

  test("says that it does not know what is masked or comes after apply", () => {
    expect(policyMeaning(document(read), document({ ...read, Resource: "(masked)" })).unknown).toBe(true);
    expect(policyMeaning(new Masked("sensitive", false), document(read))).toMatchObject({ unknown: true });
  });
});
