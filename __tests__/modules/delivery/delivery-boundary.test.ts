import { DeliveryBoundary, type DeliveryBoundaryProps } from "../../../modules/delivery/delivery-boundary";
import { deliveryBoundaryArn } from "../../../modules/delivery/delivery-names";
import { account, boundaryArn, everyRolesStatements, prod } from "../../support/delivery";
import { type AccessRequest, ADMINISTRATOR, allows, allowsWithin, listOf, statementsOf } from "../../support/iam";
import { resources, synth } from "../../support/synth";

const here = { "aws:RequestedRegion": "eu-west-3" };
const iam = `arn:aws:iam::${account}`;

const build = (props: Partial<DeliveryBoundaryProps> = {}) =>
  synth((scope) => {
    new DeliveryBoundary(scope, "boundary", { context: prod, ...props });
  });

const boundary = statementsOf(build());

const within = (action: string, resource: string, extra: AccessRequest["context"] = {}) =>
  allowsWithin(boundary, ADMINISTRATOR, { action, resource, context: { ...here, ...extra } });

describe("DeliveryBoundary", () => {
  test("is a managed policy that everybody knows by name", () => {
    expect(resources(build(), "aws_iam_policy")).toEqual([
      expect.objectContaining({
        name: "acme-prod-delivery-boundary",
        path: "/delivery/",
        description: "The most any pipeline can do to prod",
      }),
    ]);
    expect(deliveryBoundaryArn(prod)).toBe(`${iam}:policy/delivery/acme-prod-delivery-boundary`);
  });

  test.each<[string, string, AccessRequest["context"]?]>([
    ["iam:CreateAccessKey", `${iam}:user/alice`],
    ["iam:CreateRole", `${iam}:role/acme-prod-x`],
    ["iam:AttachRolePolicy", `${iam}:role/delivery/acme-prod-deploy`],
    ["iam:UpdateAssumeRolePolicy", `${iam}:role/delivery/acme-prod-deploy`],
    ["iam:PassRole", `${iam}:role/delivery/acme-prod-deploy`, { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
    ["iam:CreatePolicyVersion", boundaryArn],
    ["iam:CreatePolicyVersion", deliveryBoundaryArn(prod)],
    ["iam:DeleteRolePermissionsBoundary", `${iam}:role/acme-prod-x`],
    ["iam:CreateOpenIDConnectProvider", `${iam}:oidc-provider/example.com`],
    ["sts:AssumeRole", `${iam}:role/Admin`],
    ["ssm:StartSession", `arn:aws:ec2:eu-west-3:${account}:instance/i-1`],
    ["ecs:ExecuteCommand", `arn:aws:ecs:eu-west-3:${account}:task/acme-prod/1`],
    ["lambda:CreateFunction", "*"],
    ["cloudformation:CreateStack", "*"],
    ["codebuild:StartBuild", "*"],
    ["organizations:LeaveOrganization", "*"],
    ["cloudtrail:StopLogging", "*"],
    ["dynamodb:GetItem", "*"],
    ["ecs:CreateCluster", "*", { "aws:RequestedRegion": "us-east-1" }],
  ])("holds an administrator back from %s on %s", (action, resource, extra = {}) => {
    expect(within(action, resource, extra)).toBe(false);
  });

  test("leaves every role what it grants", () => {
    const denied = everyRolesStatements
      .flatMap(([, statements]) => statements)
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => listOf(Action))
      .filter((action) => {
        const context = { ...here, "iam:PermissionsBoundary": boundaryArn };
        return !allows(boundary, { action, resource: `${iam}:role/acme-prod-x`, context });
      });
    expect(denied).toEqual([]);
  });

  test("takes further regions", () => {
    const wider = statementsOf(build({ otherRegions: ["us-east-1"] }));
    const request = { action: "ecs:CreateCluster", resource: "*", context: { "aws:RequestedRegion": "us-east-1" } };
    expect(allows(wider, request)).toBe(true);
    expect(allows(statementsOf(build({ otherRegions: undefined })), request)).toBe(false);
    expect(() => build({ otherRegions: ["paris"] })).toThrow(
      new Error('test/boundary: otherRegions must be an AWS region, got "paris"'),
    );
  });

  test("fits into one policy", () => {
    const [policy] = resources(build({ otherRegions: ["us-east-1"] }), "aws_iam_policy");
    expect(String(policy?.["policy"]).length).toBeLessThanOrEqual(6_144);
  });
});
