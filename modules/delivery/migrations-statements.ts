import { migrationsBastionNames, migrationsTargetParameter } from "../compute/migrations-bastion-names";
import { nameOf } from "../naming";
import { permissionsBoundaryArn } from "./delivery-names";
import { ownershipTags, SHARED_ENVIRONMENT } from "./ownership-tags";
import { actionsOf, allow, type Conditions, type Statement } from "./policy-statement";
import { anyOf, taggedOwn, taggingOwn, type Reach } from "./reach";

/**
 * What an environment writes into the shared scope, so that the bastion can migrate its database: a peering and the routes of it, a way out of
 * the bastion's security group, what the bastion may read, and one parameter. IAM tells neither rules nor inline policies of one group or role
 * apart, so an environment could take away those of another; it could not give the bastion more than the bastion's own boundary does.
 */
export function migrationWrites(reach: Reach): Statement[] {
  const ec2 = (kind: string) => [anyOf(reach, "ec2", `${kind}/*`)];
  const { role, securityGroup } = migrationsBastionNames(reach.project);
  return [
    allow("CreatePeerings", actionsOf("ec2", "CreateVpcPeeringConnection"), ec2("vpc-peering-connection"), {
      ...taggingOwn(reach),
    }),
    allow("PeerOwnNetwork", actionsOf("ec2", "CreateVpcPeeringConnection"), ec2("vpc"), taggedOwn(reach)),
    allow(
      "PeerWithBastion",
      actionsOf("ec2", "AcceptVpcPeeringConnection CreateVpcPeeringConnection"),
      ec2("vpc"),
      taggedShared(reach),
    ),
    allow(
      "ManagePeerings",
      actionsOf("ec2", "AcceptVpcPeeringConnection DeleteVpcPeeringConnection ModifyVpcPeeringConnectionOptions"),
      ec2("vpc-peering-connection"),
      taggedOwn(reach),
    ),
    allow(
      "RouteFromBastion",
      actionsOf("ec2", "CreateRoute DeleteRoute ReplaceRoute"),
      ec2("route-table"),
      taggedShared(reach, nameOf(reach.project, SHARED_ENVIRONMENT, "public")),
    ),
    allow(
      "LetBastionOut",
      actionsOf(
        "ec2",
        `AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress
           UpdateSecurityGroupRuleDescriptionsEgress`,
      ),
      ec2("security-group"),
      taggedShared(reach, securityGroup),
    ),
    allow(
      "TellBastion",
      actionsOf("ssm", "AddTagsToResource DeleteParameter GetParameters PutParameter RemoveTagsFromResource"),
      [migrationsParameterOf(reach)],
    ),
    allow("LetBastionRead", actionsOf("iam", "DeleteRolePolicy PutRolePolicy"), [bastionRole(reach, role)], {
      StringEquals: {
        "iam:PermissionsBoundary": permissionsBoundaryArn({ ...reach, environment: SHARED_ENVIRONMENT }),
      },
    }),
  ];
}

/** Reading back what an environment wrote into the shared scope. Networks and security groups are described with all the others. */
export function migrationReads(reach: Reach): Statement[] {
  const { role } = migrationsBastionNames(reach.project);
  return [
    allow("ReadBastionParameter", actionsOf("ssm", "ListTagsForResource"), [migrationsParameterOf(reach)]),
    allow("ReadBastionRole", actionsOf("iam", "GetRolePolicy"), [bastionRole(reach, role)]),
  ];
}

/** The parameter that tells the bastion where the environment's database is; it names a secret and holds none. */
export function migrationsParameterOf(reach: Reach): string {
  return anyOf(reach, "ssm", `parameter${migrationsTargetParameter(reach.project, reach.tags.Environment)}`);
}

function bastionRole({ accountId }: Reach, role: string): string {
  return `arn:aws:iam::${accountId}:role/${role}`;
}

/** Things of the shared scope; with a name, those of that `Name` tag only. */
function taggedShared({ project }: Reach, name?: string): Conditions {
  const tags = {
    ...ownershipTags({ project, environment: SHARED_ENVIRONMENT }),
    ...(name === undefined ? {} : { Name: name }),
  };
  return {
    StringEquals: Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
  };
}
