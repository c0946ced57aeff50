import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Context } from "../context";
import type { InterfaceEndpointService } from "./vpc-settings";

export interface InterfaceEndpointsProps {
  /** For whom and where. */
  readonly context: Context;

  /** The services to reach. */
  readonly services: readonly InterfaceEndpointService[];

  /** The VPC. */
  readonly vpcId: string;

  /** The VPC's IPv4 range, the only one that may connect. */
  readonly vpcCidr: string;

  /** Private subnets, one per zone. */
  readonly subnetIds: readonly string[];
}

/** Doors to AWS services inside the VPC. Always true of them: HTTPS from the VPC only, under the services' usual host names. */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const { context, services, vpcId, vpcCidr, subnetIds } = props;

    const securityGroup = new SecurityGroup(this, "security-group", {
      name: context.names("securityGroup", "endpoints"),
      description: "Interface endpoints: HTTPS from the VPC",
      vpcId,
      tags: { Name: context.names("securityGroup", "endpoints") },
    });
    new VpcSecurityGroupIngressRule(this, "from-vpc", {
      securityGroupId: securityGroup.id,
      description: "HTTPS from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: vpcCidr,
    });
    for (const service of services) {
      const name = service.replaceAll(".", "-");
      new VpcEndpoint(this, name, {
        vpcId,
        serviceName: `com.amazonaws.${context.region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [securityGroup.id],
        tags: { Name: context.names("vpc", name) },
      });
    }
  }
}
