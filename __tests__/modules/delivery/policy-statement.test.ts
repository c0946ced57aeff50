import { actionsOf, allow, deny, denyElsewhere, policyDocument } from "../../../modules/delivery/policy-statement";

describe("statements", () => {
  test("grant, with a condition or without", () => {
    expect(allow("Read", ["s3:GetObject"], ["*"])).toEqual({
      Sid: "Read",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["*"],
    });
    expect(allow("Read", ["s3:GetObject"], ["*"], { Bool: { a: "true" } }).Condition).toEqual({ Bool: { a: "true" } });
  });

  test("forbid, with a condition or without", () => {
    expect(deny("No", ["s3:*"], ["*"])).toEqual({ Sid: "No", Effect: "Deny", Action: ["s3:*"], Resource: ["*"] });
    expect(deny("No", ["s3:*"], ["*"], { Bool: { a: "true" } }).Condition).toEqual({ Bool: { a: "true" } });
  });

  test("forbid everywhere else, which without a place is everywhere", () => {
    expect(denyElsewhere("No", ["s3:*"], ["a"])).toEqual({
      Sid: "No",
      Effect: "Deny",
      Action: ["s3:*"],
      NotResource: ["a"],
    });
    expect(denyElsewhere("No", ["s3:*"], [])).toEqual({ Sid: "No", Effect: "Deny", Action: ["s3:*"], Resource: ["*"] });
  });
});

describe("actionsOf", () => {
  test("puts the service in front of each action, over any number of lines", () => {
    expect(actionsOf("s3", " GetObject\n    PutObject ")).toEqual(["s3:GetObject", "s3:PutObject"]);
  });
});

describe("policyDocument", () => {
  test("is the JSON IAM takes, without white space", () => {
    expect(policyDocument([allow("A", ["s3:GetObject"], ["*"])])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":["s3:GetObject"],"Resource":["*"]}]}',
    );
  });
});
