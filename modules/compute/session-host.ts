import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { ownershipTags } from "../delivery/ownership-tags";
import { logRetentionProblem } from "../monitoring/log-retention";
import { assertValid } from "../validation";
import { escaped } from "./container-definitions";
import type { Connection } from "./service-connections";
import { sessionHostNameProblems, sessionHostNames } from "./session-host-names";
import { architectureOf, sessionHostOf, sessionHostProblems, type SessionHostSettings } from "./session-host-settings";
import { logStatements, sessionStatements } from "./session-host-statements";
import { sessionHostUserData } from "./session-host-user-data";
import { allowing, type TaskStatement, taskStatementProblems } from "./task-statements";

/** Settings of a host, and what it is connected to. */
export interface SessionHostProps extends SessionHostSettings {
  /** For whom and where. */
  readonly context: Context;

  /** What it is, such as `api`: last part of its names. */
  readonly name: string;

  /** The VPC. */
  readonly vpcId: string;

  /** The subnet it stands in. It has to reach the internet from there: by NAT, or by an address of its own. */
  readonly subnetId: string;

  /**
   * Elastic IP it is reached at, which outlives it.
   * @default - none
   */
  readonly addressAllocationId?: string;

  /**
   * Whether it gets a public address of its own at each start, which costs nothing while it is stopped. Not with `addressAllocationId`.
   * @default false
   */
  readonly assignPublicIp?: boolean;

  /**
   * What it connects to beside HTTPS.
   * @default - nothing
   */
  readonly connections?: readonly Connection[];

  /**
   * What it may do in AWS beside sessions, commands and its log group.
   * @default - nothing
   */
  readonly statements?: readonly TaskStatement[];

  /**
   * Whether containers reach the credentials of its role, which takes a second hop to the instance metadata. They can then do all the role can.
   * @default false
   */
  readonly containerCredentials?: boolean;

  /**
   * What the first boot does after Docker is there; another text is another instance.
   * @default - nothing
   */
  readonly firstBoot?: readonly string[];

  /**
   * How long the logs of its containers are kept.
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * Tags of the instance beside its name.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

// EC2 resolves it at launch: no data source, hence no credential in a plan, and no replacement whenever Amazon publishes an image.
const IMAGES = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

/**
 * One Amazon Linux 2023 host with Docker. Always true of it: no SSH and no key, people and pipelines come in through Systems Manager
 * only; nothing comes in unless who uses it says so; IMDSv2; an encrypted disk; EC2 recovers it when its hardware fails, as EC2 does by default. It holds
 * nothing that is not elsewhere too, so replacing it (`-replace` in a plan) is how it gets a newer system.
 * Without a public address of its own, its network interface outlives it, and so do its addresses.
 */
export class SessionHost extends Construct {
  /** Id of the instance. */
  readonly instanceId: string;

  /** ARN of the instance. */
  readonly instanceArn: string;

  /** Security group, closed inward. */
  readonly securityGroupId: string;

  /** Its address in the VPC. */
  readonly privateIp: string;

  /** Role of the instance. */
  readonly roleName: string;

  /** Log group of its containers. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: SessionHostProps) {
    super(scope, id);
    const { context, name, subnetId, addressAllocationId, assignPublicIp = false, statements = [] } = props;
    const { containerCredentials = false, firstBoot = [], logRetentionDays = 365 } = props;
    const { instanceType, diskGiB } = sessionHostOf(props);
    assertValid(this, [
      ...sessionHostNameProblems(context, name),
      ...sessionHostProblems(props),
      assignPublicIp && addressAllocationId !== undefined
        ? "assignPublicIp must be left out with addressAllocationId, got true"
        : undefined,
      ...taskStatementProblems(statements),
      logRetentionProblem("logRetentionDays", logRetentionDays),
    ]);
    const names = sessionHostNames(context, name);
    const tags = { Name: names.instance };

    const logs = new CloudwatchLogGroup(this, "logs", {
      name: names.logGroup,
      retentionInDays: logRetentionDays,
      skipDestroy: !context.destroyable,
    });
    const { role, profile, policy } = this.identity(props);
    const securityGroupId = this.network(props);
    const after: ITerraformDependable[] = [policy, logs];

    let networkInterface: NetworkInterface | undefined;
    if (!assignPublicIp) {
      networkInterface = new NetworkInterface(this, "interface", {
        subnetId,
        securityGroups: [securityGroupId],
        description: names.instance,
        tags,
      });
      if (addressAllocationId !== undefined) {
        const address = new EipAssociation(this, "address", {
          allocationId: addressAllocationId,
          networkInterfaceId: networkInterface.id,
        });
        after.push(address); // the first boot installs packages
      }
    }
    const metadataOptions = {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: containerCredentials ? 2 : 1,
    };
    // The template holds what the provider can only take from one: the image by name, the disk, for which it would look that image up, and the
    // public address, for whose absence on a stopped instance it would replace the instance.
    const template = new LaunchTemplate(this, "image", {
      name: context.names("launchTemplate", name),
      imageId: `${IMAGES}${architectureOf(instanceType)}`,
      updateDefaultVersion: true,
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", volumeSize: diskGiB } },
      ],
      networkInterfaces: assignPublicIp
        ? [
            {
              deviceIndex: 0,
              subnetId,
              securityGroups: [securityGroupId],
              associatePublicIpAddress: "true",
              deleteOnTermination: "true",
            },
          ]
        : undefined,
      metadataOptions,
      tagSpecifications: [{ resourceType: "volume", tags: { ...ownershipTags(context), ...tags } }], // no provider adds them there
    });
    const instance = new Instance(this, "instance", {
      launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) }, // a changed disk is a new host, visibly
      instanceType,
      networkInterface: networkInterface && [{ deviceIndex: 0, networkInterfaceId: networkInterface.id }],
      iamInstanceProfile: profile.name,
      instanceInitiatedShutdownBehavior: "stop",
      userData: escaped(sessionHostUserData(firstBoot)),
      userDataReplaceOnChange: true,
      metadataOptions,
      tags: { ...props.tags, ...tags },
      dependsOn: after,
    });

    this.instanceId = instance.id;
    this.instanceArn = instance.arn;
    this.securityGroupId = securityGroupId;
    this.privateIp = networkInterface?.privateIp ?? instance.privateIp;
    this.roleName = role.name;
    this.logGroupName = logs.name;
  }

  /** The role, with what the agent needs and what the host is for; Amazon's managed policy could also read every parameter of the account. */
  private identity({ context, name, statements = [] }: SessionHostProps) {
    const names = sessionHostNames(context, name);
    const role = new IamRole(this, "role", {
      name: names.role,
      description: `Host ${names.instance}`,
      permissionsBoundary: context.permissionsBoundaryArn,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "host",
      role: role.name,
      policy: allowing([...sessionStatements(context), ...logStatements(context, names.logGroup), ...statements]),
    });
    const profile = new IamInstanceProfile(this, "profile", {
      name: context.names("instanceProfile", `${name}-host`),
      role: role.name,
    });
    return { role, policy, profile };
  }

  /** Out go HTTPS to anywhere and what is connected; rules on the group of the other side are made here as well. */
  private network({ context, name, vpcId, connections = [] }: SessionHostProps): string {
    const names = sessionHostNames(context, name);
    const group = new SecurityGroup(this, "security-group", {
      name: names.securityGroup,
      description: `Host ${names.instance}`,
      vpcId,
      tags: { Name: names.securityGroup },
    });
    new VpcSecurityGroupEgressRule(this, "https", {
      securityGroupId: group.id,
      description: "HTTPS to anywhere: registry, packages, Systems Manager",
      cidrIpv4: "0.0.0.0/0",
      ...tcp(443),
    });
    for (const connection of connections) {
      const rule = { description: `${names.instance} to ${connection.id}`, ...tcp(connection.port) };
      const inside = "securityGroupId" in connection ? connection.securityGroupId : undefined;
      new VpcSecurityGroupEgressRule(this, `${connection.id}-out`, {
        ...rule,
        securityGroupId: group.id,
        ...(inside === undefined ? { cidrIpv4: "0.0.0.0/0" } : { referencedSecurityGroupId: inside }),
      });
      if (inside === undefined) continue;
      new VpcSecurityGroupIngressRule(this, `${connection.id}-in`, {
        ...rule,
        securityGroupId: inside,
        referencedSecurityGroupId: group.id,
      });
    }
    return group.id;
  }
}

function tcp(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
