import { Eip } from "@cdktf/provider-aws/lib/eip";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arn } from "../context";
import { ownershipTags } from "../delivery/ownership-tags";
import type { Context } from "../context";
import { natUserData } from "./nat-user-data";

export interface NatInstanceProps {
  /** For whom and where. */
  readonly context: Context;

  /** EC2 type, of an arm64 family. */
  readonly instanceType: string;

  /** The VPC. */
  readonly vpcId: string;

  /** The VPC's IPv4 range, hidden behind the instance's address. */
  readonly vpcCidr: string;

  /** The public subnet it stands in. */
  readonly subnetId: string;

  /** The subnets it forwards for; nobody else may send to it. */
  readonly clients: ReadonlyArray<{ readonly name: string; readonly cidr: string }>;

  /** The public subnets' route to the internet, which the first boot needs. */
  readonly internetRoute: ITerraformDependable;
}

// EC2 resolves it at launch: no data source, hence no credential in a plan, and no replacement whenever Amazon publishes an image.
const IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

// As large as the image, the least EC2 accepts.
const DISK_GIB = 8;

/**
 * One small Amazon Linux 2023 host that forwards private subnets to the internet. Always true of it: no SSH, people come in through
 * Session Manager only; IMDSv2; an encrypted disk; EC2 recovers it when its hardware fails, as EC2 does by default. Its address and
 * network interface outlive it, so replacing it (which is how it gets a newer image) changes no route, but interrupts the way out
 * for minutes.
 */
export class NatInstance extends Construct {
  /** The interface that routes point to. */
  readonly networkInterfaceId: string;

  /** Its address on the internet. */
  readonly publicIp: string;

  constructor(scope: Construct, id: string, props: NatInstanceProps) {
    super(scope, id);
    const { context, instanceType, vpcId, vpcCidr, subnetId, internetRoute } = props;
    const tags = { Name: context.names("vpc", "nat") };

    const securityGroup = new SecurityGroup(this, "security-group", {
      name: context.names("securityGroup", "nat"),
      description: "NAT instance: private subnets in, everything out",
      vpcId,
      tags,
    });
    for (const client of props.clients) {
      new VpcSecurityGroupIngressRule(this, `from-${client.name}`, {
        securityGroupId: securityGroup.id,
        description: `Whatever the services of ${client.name} send out`,
        ipProtocol: "-1",
        cidrIpv4: client.cidr,
      });
    }
    // Like a NAT gateway it passes on what it is given; the security group of each sender limits that.
    new VpcSecurityGroupEgressRule(this, "to-internet", {
      securityGroupId: securityGroup.id,
      description: "Forwarded to the internet",
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    });

    const networkInterface = new NetworkInterface(this, "interface", {
      subnetId,
      securityGroups: [securityGroup.id],
      sourceDestCheck: false, // what it forwards is neither from nor to itself
      description: "NAT instance",
      tags,
    });
    const address = new Eip(this, "address", {
      domain: "vpc",
      networkInterface: networkInterface.id,
      tags,
      dependsOn: [internetRoute],
    });

    const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };
    // The template holds what the provider can only take from one: the image by name, and the disk, for which it would look that image up.
    // The rest is on the instance, where a change shows in the plan and most are made in place.
    const image = new LaunchTemplate(this, "image", {
      name: context.names("instanceProfile", "nat"), // both may be 128 long
      imageId: IMAGE,
      updateDefaultVersion: true,
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", volumeSize: DISK_GIB } },
      ],
      metadataOptions,
      tagSpecifications: [{ resourceType: "volume", tags: { ...ownershipTags(context), ...tags } }], // no provider adds them there
    });
    new Instance(this, "instance", {
      launchTemplate: { id: image.id },
      instanceType,
      networkInterface: [{ deviceIndex: 0, networkInterfaceId: networkInterface.id }],
      iamInstanceProfile: this.profile(context).name,
      userData: natUserData(vpcCidr),
      userDataReplaceOnChange: true,
      metadataOptions,
      tags,
      dependsOn: [address, internetRoute], // the first boot installs a package
    });

    this.networkInterfaceId = networkInterface.id;
    this.publicIp = address.publicIp;
  }

  /** What Session Manager needs and nothing else; Amazon's managed policy could also read every parameter of the account. */
  private profile(context: Context): IamInstanceProfile {
    const role = new IamRole(this, "role", {
      name: context.names("iamRole", "nat"),
      description: "NAT instance: Session Manager",
      permissionsBoundary: context.permissionsBoundaryArn,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    });
    new IamRolePolicy(this, "session-manager", {
      name: "session-manager",
      role: role.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "ssm:UpdateInstanceInformation",
            Resource: arn(context, "ec2", "instance/*"),
          },
          {
            Effect: "Allow",
            Action: [
              "ssmmessages:CreateControlChannel",
              "ssmmessages:CreateDataChannel",
              "ssmmessages:OpenControlChannel",
              "ssmmessages:OpenDataChannel",
            ],
            Resource: "*", // these actions know no resource
          },
        ],
      }),
    });
    return new IamInstanceProfile(this, "profile", { name: context.names("instanceProfile", "nat"), role: role.name });
  }
}
