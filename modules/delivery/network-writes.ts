import { documentsOf } from "./own-arns";
import { actionsOf, allow, type Statement } from "./policy-statement";
import { anyOf, taggedOwn, taggingOwn, type Reach } from "./reach";

/** What a deploy creates in a network, each with the kind of ARN of what is new. */
const CREATED = [
  ["AllocateAddress", "elastic-ip"],
  ["AuthorizeSecurityGroupEgress", "security-group-rule"],
  ["AuthorizeSecurityGroupIngress", "security-group-rule"],
  ["CreateFlowLogs", "vpc-flow-log"],
  ["CreateInternetGateway", "internet-gateway"],
  ["CreateNatGateway", "natgateway"],
  ["CreateRouteTable", "route-table"],
  ["CreateSecurityGroup", "security-group"],
  ["CreateSubnet", "subnet"],
  ["CreateVpc", "vpc"],
  ["CreateVpcEndpoint", "vpc-endpoint"],
] as const;

const CHANGED = actionsOf(
  "ec2",
  `AssociateAddress AssociateRouteTable AssociateVpcCidrBlock AttachInternetGateway CreateRoute DeleteFlowLogs
     DeleteInternetGateway DeleteNatGateway DeleteRoute DeleteRouteTable DeleteSecurityGroup DeleteSubnet DeleteVpc
     DeleteVpcEndpoints DetachInternetGateway DisassociateAddress DisassociateRouteTable DisassociateVpcCidrBlock
     ModifySecurityGroupRules ModifySubnetAttribute ModifyVpcAttribute ModifyVpcEndpoint ReleaseAddress ReplaceRoute
     ReplaceRouteTableAssociation RevokeSecurityGroupEgress RevokeSecurityGroupIngress
     UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress`,
);

/**
 * Networks have ids, not names, so they go by tags: what is created has to be given the environment's tags, and only what has them is
 * changed, attached to or deleted.
 */
export function networkWrites(reach: Reach): Statement[] {
  const created = CREATED.map(([action]) => `ec2:${action}`);
  const kinds = [...new Set(CREATED.map(([, kind]) => kind))].sort();
  return [
    allow(
      "CreateNetwork",
      created,
      kinds.map((kind) => anyOf(reach, "ec2", `${kind}/*`)),
      taggingOwn(reach),
    ),
    allow("ExtendOwnNetwork", created, [anyOf(reach, "ec2", "*")], taggedOwn(reach)),
    allow("ChangeOwnNetwork", CHANGED, [anyOf(reach, "ec2", "*")], taggedOwn(reach)),
    allow("ReachPrivateZones", actionsOf("route53", "AssociateVPCWithHostedZone"), ["arn:aws:route53:::hostedzone/*"], {
      StringLike: { "route53:VPCs": reach.regions.map((region) => `VPCId=*,VPCRegion=${region}`) },
    }),
    ...claimDefaultGroup(reach),
    ...tagging(reach, [
      ...created,
      "ec2:RunInstances",
      "ec2:CreateLaunchTemplate",
      "ec2:CreateNetworkInterface",
      "ec2:CreateVolume",
      "ec2:CreateVpcPeeringConnection",
    ]),
  ];
}

/** Instances, for hosts and for a NAT instance: made only with tokens required at their metadata, changed only when the environment's. */
export function hostWrites(reach: Reach): Statement[] {
  const ec2 = (kind: string) => anyOf(reach, "ec2", `${kind}/*`);
  const { StringEquals: tags } = taggingOwn(reach);
  return [
    allow("RunInstances", ["ec2:RunInstances"], [ec2("instance")], {
      StringEquals: { ...tags, "ec2:MetadataHttpTokens": "required" },
    }),
    allow(
      "RunInOwnNetwork",
      ["ec2:RunInstances"],
      [ec2("launch-template"), ec2("security-group"), ec2("subnet")],
      taggedOwn(reach),
    ),
    allow(
      "RunFromImages",
      ["ec2:RunInstances"],
      [...reach.regions.map((region) => `arn:aws:ec2:${region}::image/*`), ec2("network-interface"), ec2("volume")],
      { StringEqualsIfExists: { ...taggedOwn(reach)["StringEquals"] } }, // an interface of another environment is none of them
    ),
    allow(
      "CreateHostParts",
      actionsOf("ec2", "CreateLaunchTemplate CreateNetworkInterface CreateVolume"),
      [ec2("launch-template"), ec2("network-interface"), ec2("volume")],
      {
        StringEquals: tags ?? {},
      },
    ),
    allow(
      "ChangeOwnHosts",
      actionsOf(
        "ec2",
        `AssociateIamInstanceProfile AttachNetworkInterface AttachVolume CreateLaunchTemplateVersion
           CreateNetworkInterface DeleteLaunchTemplate DeleteNetworkInterface DeleteVolume DetachNetworkInterface
           DetachVolume DisassociateIamInstanceProfile ModifyInstanceMetadataOptions
           ModifyLaunchTemplate ModifyNetworkInterfaceAttribute ModifyVolume ReplaceIamInstanceProfileAssociation
           StartInstances StopInstances TerminateInstances`,
      ),
      [anyOf(reach, "ec2", "*")],
      taggedOwn(reach),
    ),
    // Another start-up script would run with the instance's role; a new one takes a new instance, which a plan shows.
    allow("ResizeOwnHosts", actionsOf("ec2", "ModifyInstanceAttribute"), [ec2("instance")], {
      StringEquals: {
        ...taggedOwn(reach)["StringEquals"],
        "ec2:Attribute": ["InstanceInitiatedShutdownBehavior", "InstanceType"],
      },
    }),
    allow(
      "ReadPublicParameters",
      actionsOf("ssm", "GetParameter GetParameters"),
      reach.regions.map((region) => `arn:aws:ssm:${region}::parameter/aws/service/*`),
    ),
    allow("ManageDocuments", DOCUMENTS, documentsOf(reach)),
    ...associationWrites(reach),
  ];
}

/** Associations of State Manager, which have ids, so they go by their tags: own documents on own instances. */
function associationWrites(reach: Reach): Statement[] {
  const associations = [anyOf(reach, "ssm", "association/*")];
  const change = actionsOf("ssm", "CreateAssociation DeleteAssociation UpdateAssociation");
  return [
    allow("CreateAssociations", actionsOf("ssm", "CreateAssociation"), associations, taggingOwn(reach)),
    allow("TagAssociations", actionsOf("ssm", "AddTagsToResource"), associations, {
      ...taggingOwn(reach),
      StringEqualsIfExists: { ...taggedOwn(reach)["StringEquals"] }, // one of another environment cannot be claimed
    }),
    allow(
      "ManageAssociations",
      [...change.slice(1), ...actionsOf("ssm", "RemoveTagsFromResource")],
      associations,
      taggedOwn(reach),
    ),
    allow("AssociateDocuments", change, documentsOf(reach)),
    allow("AssociateHosts", change, [anyOf(reach, "ec2", "instance/*")], taggedOwn(reach)),
  ];
}

const DOCUMENTS = actionsOf(
  "ssm",
  `AddTagsToResource CreateDocument DeleteDocument RemoveTagsFromResource UpdateDocument
     UpdateDocumentDefaultVersion`,
);

/** Tags on creation, and tags of what is the environment's already. */
function tagging(reach: Reach, creators: readonly string[]): Statement[] {
  const { StringEquals: tags } = taggingOwn(reach);
  return [
    allow("TagWhenCreated", ["ec2:CreateTags"], [anyOf(reach, "ec2", "*")], {
      StringEquals: { ...tags, "ec2:CreateAction": creators.map((action) => action.slice("ec2:".length)) },
    }),
    allow("TagOwnNetwork", actionsOf("ec2", "CreateTags DeleteTags"), [anyOf(reach, "ec2", "*")], taggedOwn(reach)),
  ];
}

/**
 * The default security group comes with a VPC and without tags, so it has to be claimed before it can be locked. IAM cannot tell it from
 * another group without tags: an account shared with untagged things of others should not be deployed to.
 */
function claimDefaultGroup(reach: Reach): Statement[] {
  return [
    allow("ClaimDefaultGroup", ["ec2:CreateTags"], [anyOf(reach, "ec2", "security-group/*")], {
      ...taggingOwn(reach),
      Null: { "aws:ResourceTag/Environment": "true", "aws:ResourceTag/Project": "true" },
    }),
  ];
}
