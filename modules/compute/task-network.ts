import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Context } from "../context";
import type { Connection } from "./service-connections";
import { taskNames } from "./service-names";

/** Who may reach the tasks, and whom they reach. */
export interface TaskNetworkProps {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service, or of the one-off task with what its names end in. */
  readonly name: string;

  /**
   * Cloud name of the security group.
   * @default - that of a service's tasks
   */
  readonly groupName?: string;

  /** VPC of the tasks. */
  readonly vpcId: string;

  /** What the tasks connect to beside HTTPS. */
  readonly connections: readonly Connection[];

  /**
   * Port of the tasks and the security group of the load balancer that may reach it.
   * @default - nothing reaches them
   */
  readonly ingress?: { readonly port: number; readonly securityGroupId: string };
}

/**
 * The security group of a service's tasks: in comes only the load balancer, on the one port; out go HTTPS to anywhere (the registry,
 * AWS's and others' APIs) and what is connected. Name resolution needs no rule, the VPC's resolver is not filtered.
 * Rules on the group of the other side are made here as well, because that stack does not know this one.
 */
export class TaskNetwork extends Construct {
  /** Security group of the tasks. */
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: TaskNetworkProps) {
    super(scope, id);
    const { family, securityGroup } = taskNames(props.context, props.name);
    const { groupName = securityGroup } = props;
    const group = new SecurityGroup(this, "group", {
      name: groupName,
      description: `Tasks of ${family}`,
      vpcId: props.vpcId,
      tags: { Name: groupName },
    });
    new VpcSecurityGroupEgressRule(this, "https", {
      securityGroupId: group.id,
      description: "HTTPS to anywhere: registry and APIs",
      cidrIpv4: "0.0.0.0/0",
      ...tcp(443),
    });

    if (props.ingress !== undefined) {
      new VpcSecurityGroupIngressRule(this, "load-balancer", {
        securityGroupId: group.id,
        description: `Load balancer to ${family}`,
        referencedSecurityGroupId: props.ingress.securityGroupId,
        ...tcp(props.ingress.port),
      });
    }
    for (const connection of props.connections) {
      const rule = { description: `${family} to ${connection.id}`, ...tcp(connection.port) };
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
    this.securityGroupId = group.id;
  }
}

function tcp(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
