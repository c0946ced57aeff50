import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid, isUnresolved, shown, within } from "../validation";
import { cidrOverlaps, cidrProblem } from "./cidr";

/** One of two peered networks. */
export interface PeeredVpc {
  /** Id of the VPC. */
  readonly vpcId: string;

  /** Its IPv4 range. */
  readonly cidr: string;

  /** Route tables of the subnets that are to reach the other side, by a name that stays the same, such as `isolated`. */
  readonly routeTableIds: Readonly<Record<string, string>>;
}

export interface VpcPeeringProps {
  /** For whom and where. */
  readonly context: Context;

  /** What is on the other side, such as `migrations`. */
  readonly name: string;

  /** The environment's network. */
  readonly own: PeeredVpc;

  /** The other network, of the same account and region. */
  readonly other: PeeredVpc;
}

/**
 * Two VPCs of one account and region that reach each other by private addresses, and by the private names behind public ones. Only subnets
 * whose route tables are given can, and security groups still decide who does.
 */
export class VpcPeering extends Construct {
  /** Id of the peering connection. */
  readonly peeringId: string;

  /** The connection, which has to be there before a rule names a security group of the other side. */
  readonly connection: ITerraformDependable;

  constructor(scope: Construct, id: string, props: VpcPeeringProps) {
    super(scope, id);
    const { context, name, own, other } = props;
    assertValid(this, [
      ...within("own", [cidrProblem("cidr", own.cidr)]),
      ...within("other", [cidrProblem("cidr", other.cidr)]),
      overlapProblem(own.cidr, other.cidr),
    ]);

    const peering = new VpcPeeringConnection(this, "peering", {
      vpcId: own.vpcId,
      peerVpcId: other.vpcId,
      autoAccept: true,
      requester: { allowRemoteVpcDnsResolution: true },
      accepter: { allowRemoteVpcDnsResolution: true },
      tags: { Name: context.names("nameTag", name) },
    });
    const routes = (side: string, from: PeeredVpc, to: PeeredVpc) => {
      for (const [table, routeTableId] of Object.entries(from.routeTableIds)) {
        new Route(this, `${side}-${table}`, {
          routeTableId,
          destinationCidrBlock: to.cidr,
          vpcPeeringConnectionId: peering.id,
        });
      }
    };
    routes("own", own, other);
    routes("other", other, own);

    this.peeringId = peering.id;
    this.connection = peering;
  }
}

function overlapProblem(own: string, other: string): string | undefined {
  if (isUnresolved(own) || isUnresolved(other) || !cidrOverlaps(own, other)) return undefined;
  return `other.cidr must not overlap own.cidr (${own}), got ${shown(other)}; no route could tell the two apart`;
}
