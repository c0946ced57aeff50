import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { FlowLogs } from "./flow-logs";
import { InterfaceEndpoints } from "./interface-endpoints";
import { Nat } from "./nat";
import { planSubnets } from "./subnets";
import { vpcProblems, zoneNamesProblem } from "./vpc-settings";
import type { VpcSettings } from "./vpc-settings";

export interface VpcProps extends VpcSettings {
  /** For whom and where. */
  readonly context: Context;

  /** Availability zones of the region, at least `zoneCount`, the first ones used. Append only: the order decides who gets which range. */
  readonly zoneNames: readonly string[];
}

/**
 * A network of public, private and isolated subnets in two or three zones. Always true of it: isolated subnets have no route out,
 * no subnet hands out public addresses, S3 and DynamoDB are reached without the internet, the default security group lets nothing
 * through, and another zone or another NAT layout replaces no subnet and no route table.
 */
export class Vpc extends Construct {
  /** Id of the VPC. */
  readonly vpcId: string;

  /** The VPC's IPv4 range. */
  readonly cidr: string;

  /** The availability zones in use, in the order of every list below. */
  readonly zoneNames: readonly string[];

  /** Subnets that the internet gateway serves: load balancers and NAT. */
  readonly publicSubnetIds: readonly string[];

  /** Subnets that reach the internet through NAT, if at all: services. */
  readonly privateSubnetIds: readonly string[];

  /** Subnets that reach nothing outside the VPC: databases and caches. */
  readonly isolatedSubnetIds: readonly string[];

  /** One route table per zone, for its private subnet. */
  readonly privateRouteTableIds: readonly string[];

  /** The route table of all isolated subnets, which holds no way out; another network may be added to it. */
  readonly isolatedRouteTableId: string;

  /** The route table of all public subnets. */
  readonly publicRouteTableId: string;

  /** Whether private subnets reach the internet, that is, whether there is NAT. */
  readonly hasInternetFromPrivate: boolean;

  /** The addresses under which private subnets appear on the internet, for the allow-lists of others; empty without NAT. */
  readonly natPublicIps: readonly string[];

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const { context, cidr, zoneCount = 2, nat = "per-zone", natInstanceType = "t4g.nano" } = props;
    const { flowLogs = true, flowLogRetentionDays = 365, interfaceEndpoints = [] } = props;
    assertValid(this, [...vpcProblems(props), zoneNamesProblem(props.zoneNames, zoneCount, context.region)]);

    const tags = (thing?: string) => ({ Name: context.names("vpc", thing) });
    const vpc = new AwsVpc(this, "vpc", {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: tags(),
      lifecycle: context.destroyable ? undefined : { preventDestroy: true }, // another cidr would replace everything inside
    });
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id, tags: tags("default-locked") });

    const gateway = new InternetGateway(this, "internet-gateway", { vpcId: vpc.id, tags: tags() });
    const publicTable = new RouteTable(this, "public-routes", { vpcId: vpc.id, tags: tags("public") });
    const internetRoute = new Route(this, "public-internet", {
      routeTableId: publicTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
    const isolatedTable = new RouteTable(this, "isolated-routes", { vpcId: vpc.id, tags: tags("isolated") });

    const subnet = (name: string, zoneName: string, cidrBlock: string, table: RouteTable): string => {
      const { id: subnetId } = new Subnet(this, name, {
        vpcId: vpc.id,
        availabilityZone: zoneName,
        cidrBlock,
        mapPublicIpOnLaunch: false, // load balancers and NAT bring their own addresses; anything else must ask for one
        tags: tags(name),
      });
      new RouteTableAssociation(this, `${name}-routing`, { subnetId, routeTableId: table.id });
      return subnetId;
    };
    const plan = planSubnets(cidr, zoneCount);
    const zones = props.zoneNames.slice(0, zoneCount).map((zoneName, index) => {
      const letter = zoneName.slice(-1); // ids go by letter, never by position, so that adding a zone only adds
      const [publicCidr = "", privateCidr = "", isolatedCidr = ""] = [plan.public, plan.private, plan.isolated].map(
        (ranges) => ranges[index],
      );
      const privateTable = new RouteTable(this, `private-${letter}-routes`, {
        vpcId: vpc.id,
        tags: tags(`private-${letter}`),
      });
      return {
        zoneName,
        letter,
        privateCidr,
        privateRouteTableId: privateTable.id,
        publicSubnetId: subnet(`public-${letter}`, zoneName, publicCidr, publicTable),
        privateSubnetId: subnet(`private-${letter}`, zoneName, privateCidr, privateTable),
        isolatedSubnetId: subnet(`isolated-${letter}`, zoneName, isolatedCidr, isolatedTable),
      };
    });

    this.vpcId = vpc.id;
    this.cidr = cidr;
    this.zoneNames = zones.map((zone) => zone.zoneName);
    this.publicSubnetIds = zones.map((zone) => zone.publicSubnetId);
    this.privateSubnetIds = zones.map((zone) => zone.privateSubnetId);
    this.isolatedSubnetIds = zones.map((zone) => zone.isolatedSubnetId);
    this.privateRouteTableIds = zones.map((zone) => zone.privateRouteTableId);
    this.isolatedRouteTableId = isolatedTable.id;
    this.publicRouteTableId = publicTable.id;
    this.hasInternetFromPrivate = nat !== "none";

    for (const service of ["s3", "dynamodb"]) {
      new VpcEndpoint(this, `${service}-endpoint`, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${context.region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: [publicTable.id, ...this.privateRouteTableIds],
        tags: tags(service),
      });
    }
    if (interfaceEndpoints.length > 0) {
      new InterfaceEndpoints(this, "endpoints", {
        context,
        services: interfaceEndpoints,
        vpcId: vpc.id,
        vpcCidr: cidr,
        subnetIds: this.privateSubnetIds,
      });
    }
    if (flowLogs) new FlowLogs(this, "flow-logs", { context, vpcId: vpc.id, retentionDays: flowLogRetentionDays });

    this.natPublicIps =
      nat === "none"
        ? []
        : new Nat(this, "nat", {
            context,
            layout: nat,
            instanceType: natInstanceType,
            vpcId: vpc.id,
            vpcCidr: cidr,
            zones,
            internetRoute,
          }).publicIps;
  }
}
