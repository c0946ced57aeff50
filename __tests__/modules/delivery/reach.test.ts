import { ownershipTags } from "../../../modules/delivery/ownership-tags";
import {
  anyOf,
  bucketsOf,
  globalNamedOf,
  globalOf,
  inRegions,
  namedOf,
  reachOf,
  taggedOwn,
  taggingOwn,
} from "../../../modules/delivery/reach";
import { allows } from "../../support/iam";
import { context } from "../../support/synth";

const prod = context({ environment: "prod" });
const reach = reachOf(prod);
const wide = reachOf(prod, ["us-east-1", "eu-west-3"]);

describe("reachOf", () => {
  test("knows each region once, the main one first", () => {
    expect(reach.regions).toEqual(["eu-west-3"]);
    expect(wide.regions).toEqual(["eu-west-3", "us-east-1"]);
  });

  test("has the tags of the environment", () => {
    expect(reach.tags).toEqual({ Project: "acme", Environment: "prod" });
    expect(ownershipTags(prod)).toEqual(reach.tags);
  });
});

describe("ARNs", () => {
  test("name the region while there is one", () => {
    expect(anyOf(reach, "kms", "key/*")).toBe("arn:aws:kms:eu-west-3:123456789012:key/*");
    expect(anyOf(wide, "kms", "key/*")).toBe("arn:aws:kms:*:123456789012:key/*");
    expect(globalOf(wide, "budgets", "budget/x")).toBe("arn:aws:budgets::123456789012:budget/x");
  });

  test("name what is called after the environment, with a hyphen or without", () => {
    expect(namedOf(reach, "ecs", "cluster/")).toEqual([
      "arn:aws:ecs:eu-west-3:123456789012:cluster/acme-prod",
      "arn:aws:ecs:eu-west-3:123456789012:cluster/acme-prod-*",
    ]);
    expect(namedOf(reach, "ecs", "task-definition/", ":*")[0]).toBe(
      "arn:aws:ecs:eu-west-3:123456789012:task-definition/acme-prod:*",
    );
    expect(globalNamedOf(reach, "budgets", "budget/")[1]).toBe("arn:aws:budgets::123456789012:budget/acme-prod-*");
    expect(bucketsOf(reach)).toEqual(["arn:aws:s3:::acme-prod", "arn:aws:s3:::acme-prod-*"]);
    expect(bucketsOf(reach, "/*")).toEqual(["arn:aws:s3:::acme-prod/*", "arn:aws:s3:::acme-prod-*/*"]);
  });

  test.each([
    ["acme-prod", true],
    ["acme-prod-api", true],
    ["acme-prod2", false],
    ["acme-staging", false],
    ["other-acme-prod", false],
  ])("reach %s: %s", (name, reached) => {
    const statements = [
      { Effect: "Allow", Action: "ecs:UpdateCluster", Resource: namedOf(reach, "ecs", "cluster/") },
    ] as const;
    const resource = `arn:aws:ecs:eu-west-3:123456789012:cluster/${name}`;
    expect(allows(statements, { action: "ecs:UpdateCluster", resource })).toBe(reached);
  });
});

describe("conditions", () => {
  test("ask for the tags a thing has, the tags it is given, or the region", () => {
    expect(taggedOwn(reach)).toEqual({
      StringEquals: { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "prod" },
    });
    expect(taggingOwn(reach)).toEqual({
      StringEquals: { "aws:RequestTag/Project": "acme", "aws:RequestTag/Environment": "prod" },
    });
    expect(inRegions(wide)).toEqual({ StringEquals: { "aws:RequestedRegion": ["eu-west-3", "us-east-1"] } });
  });
});
