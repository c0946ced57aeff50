import { Lazy } from "cdktf";
import { arn, iamArn } from "../../modules/context";
import { context } from "../support/synth";

const place = { accountId: "123456789012", region: "eu-west-3" };

describe("arn", () => {
  test("is of the context's region and account", () => {
    expect(arn(place, "rds", "db:acme-prod-db")).toBe("arn:aws:rds:eu-west-3:123456789012:db:acme-prod-db");
    expect(arn(context(), "ecs", "cluster/acme-test")).toBe("arn:aws:ecs:eu-west-3:123456789012:cluster/acme-test");
  });

  test.each([
    [{ region: "us-east-1" }, "arn:aws:acm:us-east-1:123456789012:x"],
    [{ accountId: "210987654321" }, "arn:aws:acm:eu-west-3:210987654321:x"],
    [{ region: "" }, "arn:aws:acm::123456789012:x"],
    [{ accountId: "" }, "arn:aws:acm:eu-west-3::x"],
    [{ region: "", accountId: "" }, "arn:aws:acm:::x"],
    [{ region: undefined, accountId: undefined }, "arn:aws:acm:eu-west-3:123456789012:x"],
  ])("with %j is %s", (scope, expected) => {
    expect(arn(place, "acm", "x", scope)).toBe(expected);
  });

  test("carries a resource that only Terraform knows", () => {
    const resource = Lazy.stringValue({ produce: () => "x" });
    expect(arn(place, "rds", `db:${resource}`)).toBe(`arn:aws:rds:eu-west-3:123456789012:db:${resource}`);
  });
});

describe("iamArn", () => {
  test("has the account and no region", () => {
    expect(iamArn(place, "role/acme-prod-api-task")).toBe("arn:aws:iam::123456789012:role/acme-prod-api-task");
  });
});
