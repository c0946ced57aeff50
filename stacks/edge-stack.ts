import type { Construct } from "constructs";
import { servicesByHost } from "../modules/compute/service-kinds";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "../envs/tiers";
import { routedHosts } from "../modules/compute/routing-settings";
import { CloudflareRecords } from "../modules/edge/cloudflare-records";
import type { DnsSettings } from "../modules/edge/dns-settings";
import { PagesSite } from "../modules/edge/pages-site";
import { Route53Records } from "../modules/edge/route53-records";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { NetworkStack } from "./network-stack";

/** What the edge stack is given. */
export interface EdgeStackProps extends BaseStackProps {
  /** The environment it is part of. */
  readonly environment: ResolvedEnvironment;

  /**
   * The load balancer, the addresses and the certificate that the records are about.
   * @default - none; nothing of the environment is in AWS
   */
  readonly network?: NetworkStack;

  /**
   * Hosts that are another name for a host of somebody else, such as Vercel or Render.
   * @default - none
   */
  readonly cnames?: Readonly<Record<string, string>>;
}

/** Everything between the browser and the services: DNS records, those that validate the certificate too, and sites on Cloudflare Pages. */
export class EdgeStack extends BaseStack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { environment } = props;
    const { domain, shared } = environment;
    const dns = domain?.dns;
    const pages = Object.entries(ofKind(environment.sites, "cloudflare-pages"));
    if (dns?.kind === "route53") this.useAws();
    if (dns?.kind === "cloudflare" || pages.length > 0) this.useCloudflare();

    if (dns) this.records(dns, props);
    for (const [name, { kind: _kind, ...settings }] of pages) {
      new PagesSite(this, `site-${name}`, {
        context: this.context,
        name,
        cloudflareAccountId: shared.cloudflareAccountId ?? "",
        dns,
        ...settings,
      });
    }
  }

  private records(dns: DnsSettings, { environment, network, cnames = {} }: EdgeStackProps): void {
    const { loadBalancer, certificate, addresses = {} } = network ?? {};
    const hosts = routedHosts(ofKind(environment.services, "fargate"));
    const ofHosts = Object.entries(servicesByHost(environment.services)).map(
      ([host, name]) => [host, addresses[name]?.publicIp ?? ""] as const,
    );
    if (!loadBalancer && !certificate && ofHosts.length === 0 && Object.keys(cnames).length === 0) return;
    const records = {
      context: this.context,
      hosts,
      loadBalancer,
      addresses: Object.fromEntries(ofHosts),
      cnames,
      validationRecords: certificate?.validationRecords,
    };
    if (dns.kind === "route53") new Route53Records(this, "records", { ...records, dns });
    else new CloudflareRecords(this, "records", { ...records, dns });
  }
}
