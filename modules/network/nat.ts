import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import type { RouteConfig } from "@cdktf/provider-aws/lib/route";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { NatInstance } from "./nat-instance";
import type { NatLayout } from "./vpc-settings";

/** One zone whose private subnet goes out through NAT. */
export interface NatZone {
  /** Last letter of the zone's name. */
  readonly letter: string;

  /** Where a NAT of this zone stands. */
  readonly publicSubnetId: string;

  /** Range of the private subnet. */
  readonly privateCidr: string;

  /** Route table of the private subnet. */
  readonly privateRouteTableId: string;
}

export interface NatProps {
  /** For whom and where. */
  readonly context: Context;

  /** One gateway per zone, one for all, or one instance for all; the shared ones stand in the first zone. */
  readonly layout: Exclude<NatLayout, "none">;

  /** EC2 type, if it is an instance. */
  readonly instanceType: string;

  /** The VPC. */
  readonly vpcId: string;

  /** The VPC's IPv4 range. */
  readonly vpcCidr: string;

  /** The zones to serve, at least one. */
  readonly zones: readonly NatZone[];

  /** The public subnets' route to the internet, without which neither kind of NAT starts. */
  readonly internetRoute: ITerraformDependable;
}

type Exit = Pick<RouteConfig, "natGatewayId" | "networkInterfaceId">;

/** The way out of private subnets. Always true of it: a change of layout changes the routes in place, so no subnet or table moves. */
export class Nat extends Construct {
  /** The addresses under which private subnets appear on the internet. */
  readonly publicIps: readonly string[];

  constructor(scope: Construct, id: string, props: NatProps) {
    super(scope, id);
    const { layout, zones } = props;
    const hosts = layout === "per-zone" ? zones : zones.slice(0, 1);
    const made = hosts.map((zone) => (layout === "instance" ? this.instance(zone, props) : this.gateway(zone, props)));

    zones.forEach((zone, index) => {
      new Route(this, `route-${zone.letter}`, {
        routeTableId: zone.privateRouteTableId,
        destinationCidrBlock: "0.0.0.0/0",
        ...(made[index] ?? made[0])?.exit,
      });
    });
    this.publicIps = made.map(({ publicIp }) => publicIp);
  }

  private gateway(zone: NatZone, { context, internetRoute }: NatProps): { exit: Exit; publicIp: string } {
    const tags = { Name: context.names("vpc", `nat-${zone.letter}`) };
    const address = new Eip(this, `address-${zone.letter}`, { domain: "vpc", tags, dependsOn: [internetRoute] });
    const gateway = new NatGateway(this, `gateway-${zone.letter}`, {
      subnetId: zone.publicSubnetId,
      allocationId: address.id,
      tags,
      dependsOn: [internetRoute],
    });
    return { exit: { natGatewayId: gateway.id }, publicIp: address.publicIp };
  }

  private instance(zone: NatZone, props: NatProps): { exit: Exit; publicIp: string } {
    const instance = new NatInstance(this, "instance", {
      ...props,
      subnetId: zone.publicSubnetId,
      clients: props.zones.map(({ letter, privateCidr }) => ({ name: `private-${letter}`, cidr: privateCidr })),
    });
    return { exit: { networkInterfaceId: instance.networkInterfaceId }, publicIp: instance.publicIp };
  }
}
