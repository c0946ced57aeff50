import { narrows } from "../../../../../tools/review/meaning/policy/narrowing";

describe("narrows", () => {
  test.each<[string, string, readonly string[]]>([
    ["StringEquals", "aws:principalorgid", ["o-abc123"]],
    ["ForAnyValue:StringLike", "aws:principalorgpaths", ["o-abc123/r-ab12/*"]],
    ["ArnLike", "aws:sourcearn", ["arn:aws:s3:*:123456789012:*"]],
    ["ArnLike", "aws:principalarn", ["arn:aws:iam::123456789012:role/*"]],
    ["IpAddress", "aws:sourceip", ["203.0.113.0/24"]],
    ["Bool", "elasticfilesystem:accessedviamounttarget", ["true"]],
    ["StringLike", "token.actions.githubusercontent.com:sub", ["repo:acme/app:*"]],
    ["StringEquals", "token.actions.githubusercontent.com:sub", ["repo:acme/app:environment:prod"]],
  ])("%s of %s with %j does", (operator, key, values) => {
    expect(narrows({ operator, key, values })).toBe(true);
  });

  test.each<[string, string, readonly string[]]>([
    ["StringNotEquals", "aws:principalorgid", ["o-abc123"]],
    ["StringEqualsIfExists", "aws:principalorgid", ["o-abc123"]],
    ["ForAllValues:StringEquals", "aws:principalorgid", ["o-abc123"]],
    ["Null", "aws:principalorgid", ["false"]],
    ["StringEquals", "aws:principalorgid", []],
    ["StringLike", "aws:principalorgid", ["*"]],
    ["StringLike", "aws:principalorgid", ["o-abc123", "?*"]],
    ["ArnLike", "aws:principalarn", ["arn:aws:iam::*:role/admin"]],
    ["ArnLike", "aws:principalarn", ["arn:*"]],
    ["IpAddress", "aws:sourceip", ["10.0.0.0/8", "0.0.0.0/0"]],
    ["StringLike", "token.actions.githubusercontent.com:sub", ["repo:*"]],
    ["StringLike", "token.actions.githubusercontent.com:sub", ["repo:acme/*:ref:refs/heads/main"]],
    ["StringLike", "oidc.eks.eu-west-3.amazonaws.com/id/1:sub", ["system:*"]],
  ])("%s of %s with %j does not", (operator, key, values) => {
    expect(narrows({ operator, key, values })).toBe(false);
  });
});
