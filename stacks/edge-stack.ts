import type { Construct } from "constructs";
import type { ResolvedEnvironment } from "../envs/tiers";
import { routedHosts } from "../modules/compute/routing-settings";
import { CloudflareRecords } from "../modules/edge/cloudflare-records";
import { PagesSite } from "../modules/edge/pages-site";
import { Route53Records } from "../modules/edge/route53-records";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { NetworkStack } from "./network-stack";

/** What the edge stack is given. */
export interface EdgeStackProps extends BaseStackProps {
  /** The environment it is part of. */
  readonly environment: ResolvedEnvironment;

  /** The load balancer and the certificate that the records are about. */
  readonly network: NetworkStack;
}

/** Everything between the browser and the load balancer: DNS records, those that validate the certificate too, and sites on Cloudflare Pages. */
export class EdgeStack extends BaseStack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { context } = this;
    const { environment, network } = props;
    const { domain, sites, shared } = environment;
    const dns = domain?.dns;
    if (dns?.kind === "route53") this.useAws();
    if (dns?.kind === "cloudflare" || Object.keys(sites).length > 0) this.useCloudflare();

    const { loadBalancer, certificate } = network;
    if (dns && loadBalancer) {
      const records = {
        context,
        hosts: routedHosts(environment.services),
        loadBalancer,
        validationRecords: certificate?.validationRecords,
      };
      if (dns.kind === "route53") new Route53Records(this, "records", { ...records, dns });
      else new CloudflareRecords(this, "records", { ...records, dns });
    }
    for (const [name, { kind: _kind, ...settings }] of Object.entries(sites)) {
      new PagesSite(this, `site-${name}`, {
        context,
        name,
        cloudflareAccountId: shared.cloudflareAccountId ?? "",
        dns,
        ...settings,
      });
    }
  }
}
