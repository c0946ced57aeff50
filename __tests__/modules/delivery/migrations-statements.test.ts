import { MigrationsTarget } from "../../../modules/compute/migrations-target";
import { permissionsBoundaryArn } from "../../../modules/delivery/delivery-names";
import {
  migrationReads,
  migrationsParameterOf,
  migrationWrites,
} from "../../../modules/delivery/migrations-statements";
import { reachOf } from "../../../modules/delivery/reach";
import { account, prod } from "../../support/delivery";
import { type AccessRequest, allows } from "../../support/iam";
import { context, resources, synth } from "../../support/synth";

const reach = reachOf(prod);
const here = { "aws:RequestedRegion": "eu-west-3" };
const ec2 = (resource: string) => `arn:aws:ec2:eu-west-3:${account}:${resource}`;
const parameter = (environment: string) =>
  `arn:aws:ssm:eu-west-3:${account}:parameter/acme-shared/migrations/${environment}`;
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const bastion = role("acme-shared-migrations-host");

const tags = (key: string, environment: string, name?: string) => ({
  [`aws:${key}/Project`]: "acme",
  [`aws:${key}/Environment`]: environment,
  ...(name === undefined ? {} : { [`aws:${key}/Name`]: name }),
});
const given = tags("RequestTag", "prod");
const own = tags("ResourceTag", "prod");
const shared = (name?: string) => tags("ResourceTag", "shared", name);
const limited = { "iam:PermissionsBoundary": permissionsBoundaryArn(context({ environment: "shared" })) };

type Request = [string, string, AccessRequest["context"]?];
const may = (statements: ReturnType<typeof migrationWrites>, [action, resource, extra = {}]: Request) =>
  allows(statements, { action, resource, context: { ...here, ...extra } });

describe("migrationWrites", () => {
  test.each<Request>([
    ["ec2:CreateVpcPeeringConnection", ec2("vpc-peering-connection/*"), given],
    ["ec2:CreateVpcPeeringConnection", ec2("vpc/own"), own],
    ["ec2:CreateVpcPeeringConnection", ec2("vpc/bastion"), shared("acme-shared")],
    ["ec2:AcceptVpcPeeringConnection", ec2("vpc/bastion"), shared("acme-shared")],
    ["ec2:AcceptVpcPeeringConnection", ec2("vpc-peering-connection/pcx-1"), own],
    ["ec2:ModifyVpcPeeringConnectionOptions", ec2("vpc-peering-connection/pcx-1"), own],
    ["ec2:DeleteVpcPeeringConnection", ec2("vpc-peering-connection/pcx-1"), own],
    ["ec2:CreateRoute", ec2("route-table/rtb-1"), shared("acme-shared-public")],
    ["ec2:DeleteRoute", ec2("route-table/rtb-1"), shared("acme-shared-public")],
    ["ec2:AuthorizeSecurityGroupEgress", ec2("security-group/sg-1"), shared("acme-shared-migrations-host")],
    ["ec2:RevokeSecurityGroupEgress", ec2("security-group/sg-1"), shared("acme-shared-migrations-host")],
    ["ec2:ModifySecurityGroupRules", ec2("security-group/sg-1"), shared("acme-shared-migrations-host")],
    ["ssm:PutParameter", parameter("prod")],
    ["ssm:AddTagsToResource", parameter("prod")],
    ["ssm:DeleteParameter", parameter("prod")],
    ["iam:PutRolePolicy", bastion, limited],
    ["iam:DeleteRolePolicy", bastion, limited],
  ])("allow %s on %s", (...request) => {
    expect(may(migrationWrites(reach), request)).toBe(true);
  });

  test.each<Request>([
    ["ec2:CreateVpcPeeringConnection", ec2("vpc-peering-connection/*")],
    ["ec2:CreateVpcPeeringConnection", ec2("vpc/other"), tags("ResourceTag", "staging")],
    ["ec2:AcceptVpcPeeringConnection", ec2("vpc/other"), tags("ResourceTag", "staging")],
    ["ec2:AcceptVpcPeeringConnection", ec2("vpc-peering-connection/pcx-1"), tags("ResourceTag", "staging")],
    ["ec2:DeleteVpcPeeringConnection", ec2("vpc-peering-connection/pcx-1"), tags("ResourceTag", "staging")],
    ["ec2:CreateRoute", ec2("route-table/rtb-1"), shared("acme-shared-private-a")],
    ["ec2:CreateRoute", ec2("route-table/rtb-1"), shared()],
    ["ec2:DeleteRouteTable", ec2("route-table/rtb-1"), shared("acme-shared-public")],
    ["ec2:AuthorizeSecurityGroupEgress", ec2("security-group/sg-1"), shared("acme-shared-other")],
    ["ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-1"), shared("acme-shared-migrations-host")],
    ["ec2:DeleteSecurityGroup", ec2("security-group/sg-1"), shared("acme-shared-migrations-host")],
    ["ec2:CreateTags", ec2("security-group/sg-1"), shared("acme-shared-migrations-host")],
    ["ec2:DeleteVpc", ec2("vpc/bastion"), shared("acme-shared")],
    ["ec2:StartInstances", ec2("instance/i-1"), shared("acme-shared-migrations")],
    ["ec2:TerminateInstances", ec2("instance/i-1"), shared("acme-shared-migrations")],
    ["ssm:PutParameter", parameter("staging")],
    ["ssm:UpdateDocument", `arn:aws:ssm:eu-west-3:${account}:document/acme-shared-migrate-prod`],
    ["iam:PutRolePolicy", bastion],
    ["iam:PutRolePolicy", bastion, { "iam:PermissionsBoundary": permissionsBoundaryArn(prod) }],
    ["iam:AttachRolePolicy", bastion, limited],
    ["iam:UpdateAssumeRolePolicy", bastion, limited],
    ["iam:PutRolePermissionsBoundary", bastion, limited],
    ["iam:DeleteRole", bastion, limited],
    ["iam:PassRole", bastion, { "iam:PassedToService": "ec2.amazonaws.com" }],
    ["iam:PutRolePolicy", role("acme-shared-other"), limited],
  ])("do not allow %s on %s", (...request) => {
    expect(may(migrationWrites(reach), request)).toBe(false);
  });
});

describe("migrationReads", () => {
  test.each<Request>([
    ["ssm:ListTagsForResource", parameter("prod")],
    ["iam:GetRolePolicy", bastion],
  ])("allow %s on %s", (...request) => {
    expect(may(migrationReads(reach), request)).toBe(true);
  });

  test.each<Request>([
    ["ssm:ListTagsForResource", parameter("staging")],
    ["iam:GetRolePolicy", role("acme-shared-other")],
    ["iam:PutRolePolicy", bastion, limited],
    ["ssm:PutParameter", parameter("prod")],
  ])("do not allow %s on %s", (...request) => {
    expect(may(migrationReads(reach), request)).toBe(false);
  });
});

test("the parameter and the role are those that the environment's stack writes", () => {
  const stack = synth(
    (scope) =>
      new MigrationsTarget(scope, "target", {
        context: prod,
        bastionSecurityGroupId: "sg-1",
        database: {
          ...{ address: "db.example.com", port: 3306, databaseName: "app" },
          ...{ securityGroupId: "sg-2", secretArn: `arn:aws:secretsmanager:eu-west-3:${account}:secret:rds!db-1` },
        },
      }),
  );
  expect(resources(stack, "aws_ssm_parameter").map(({ name }) => name)).toEqual(["/acme-shared/migrations/prod"]);
  expect(migrationsParameterOf(reach)).toBe(parameter("prod"));
  expect(resources(stack, "aws_iam_role_policy").map(({ role: of }) => of)).toEqual(["acme-shared-migrations-host"]);
});
