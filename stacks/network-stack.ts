import type { Construct } from "constructs";
import { isRouted, servicesByHost } from "../modules/compute/service-kinds";
import type { ResolvedEnvironment } from "../envs/tiers";
import { Certificate } from "../modules/edge/certificate";
import { LoadBalancer } from "../modules/network/load-balancer";
import { StaticAddress } from "../modules/network/static-address";
import { Vpc } from "../modules/network/vpc";
import type { VpcSettings } from "../modules/network/vpc-settings";
import { ofKind } from "../modules/of-kind";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the network stack is given. */
export interface NetworkStackProps extends BaseStackProps {
  /** The environment it is part of; it must have a network. */
  readonly environment: ResolvedEnvironment & { readonly network: VpcSettings };
}

/**
 * The address space and the front door. The load balancer, the addresses of hosts and the certificate stand here, and not with the services,
 * because DNS names point to them and must outlive every service, and because a certificate is validated by DNS before a listener may use it.
 */
export class NetworkStack extends BaseStack {
  /** The VPC and its subnets. */
  readonly vpc: Vpc;

  /** The load balancer, if any service is routed. */
  readonly loadBalancer: LoadBalancer | undefined;

  /** The certificate, requested but not yet issued, if something answers at the environment's domain that needs one. */
  readonly certificate: Certificate | undefined;

  /** Addresses of the services that run on a host of their own and answer at public names, by service. */
  readonly addresses: Readonly<Record<string, StaticAddress>>;

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { environment } = props;
    const zoneNames = environment.zones.map((letter) => `${environment.region}${letter}`);
    this.vpc = new Vpc(this, "vpc", { context, zoneNames, ...environment.network });

    const named = [...new Set(Object.values(servicesByHost(environment.services)))];
    this.addresses = Object.fromEntries(
      named.map((name) => [name, new StaticAddress(this, `address-${name}`, { context, name })]),
    );
    const { domain } = environment;
    if (isRouted(environment.services)) {
      this.loadBalancer = new LoadBalancer(this, "load-balancer", {
        context,
        vpcId: this.vpc.vpcId,
        vpcCidr: this.vpc.cidr,
        subnetIds: this.vpc.publicSubnetIds,
        https: domain !== undefined,
        ...environment.loadBalancer,
      });
    }
    if (domain && needsCertificate(environment)) {
      this.certificate = new Certificate(this, "certificate", {
        context,
        domainName: domain.name,
        subjectAlternativeNames: [`*.${domain.name}`],
      });
    }
  }
}

/**
 * Whether ACM is asked to prove who owns the domain: for the load balancer, and for CloudFront, whose own certificate becomes valid by the same record.
 */
export function needsCertificate({ domain, services, sites }: ResolvedEnvironment): boolean {
  const onCloudFront = Object.values(ofKind(sites, "cloudfront"));
  return domain !== undefined && (isRouted(services) || onCloudFront.some((site) => site.domain !== undefined));
}
