import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import type { SiteOfKind } from "../envs/environment";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "../envs/tiers";
import { CloudFrontSite } from "../modules/edge/cloudfront-site";
import { CloudflareRecords } from "../modules/edge/cloudflare-records";
import { Route53Records } from "../modules/edge/route53-records";
import { ValidCertificate } from "../modules/edge/valid-certificate";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the CDN stack is given. */
export interface CdnStackProps extends BaseStackProps {
  /** The environment it is part of. */
  readonly environment: ResolvedEnvironment;
}

/** CloudFront takes certificates and delivers logs there only. */
const CLOUDFRONT_REGION = "us-east-1";

/**
 * The sites on CloudFront, and their names in DNS. After the edge stack, whose records prove to ACM who owns the domain: ACM asks for the same record
 * in every region, so the certificate that CloudFront wants in us-east-1 is valid by them too.
 */
export class CdnStack extends BaseStack {
  /** Sites by name. */
  readonly sites: Readonly<Record<string, CloudFrontSite>>;

  constructor(scope: Construct, id: string, props: CdnStackProps) {
    super(scope, id, props);
    const aws = this.useAws();
    const { context } = this;
    const { environment } = props;
    const usEast1 = context.region === CLOUDFRONT_REGION ? aws : this.useAwsIn(CLOUDFRONT_REGION);
    const sites = ofKind(environment.sites, "cloudfront");
    const named = Object.values(sites).some(({ domain }) => domain !== undefined);
    const certificateArn = named ? this.certificate(environment, usEast1) : undefined;
    this.sites = Object.fromEntries(
      Object.entries(sites).map(([name, { kind: _kind, service, ...settings }]) => [
        name,
        new CloudFrontSite(this, `site-${name}`, {
          ...settings,
          context,
          name,
          certificateArn: settings.domain === undefined ? undefined : certificateArn,
          apiOriginDomain: settings.api && apiHostOf(environment, { service }),
          usEast1,
        }),
      ]),
    );
    this.records(environment);
  }

  private certificate({ domain }: ResolvedEnvironment, provider: AwsProvider): string | undefined {
    if (!domain) return undefined; // said by validation
    return new ValidCertificate(this, "certificate", {
      context: this.context,
      domainName: domain.name,
      subjectAlternativeNames: [`*.${domain.name}`],
      provider,
    }).certificateArn;
  }

  private records({ domain }: ResolvedEnvironment): void {
    const { context } = this;
    const aliases = Object.fromEntries(
      Object.values(this.sites).flatMap((site) =>
        site.domain === undefined
          ? []
          : [[site.domain, { dnsName: site.domainName, hostedZoneId: site.hostedZoneId }] as const],
      ),
    );
    if (!domain || Object.keys(aliases).length === 0) return;
    const { dns } = domain;
    if (dns.kind === "route53") {
      new Route53Records(this, "records", { context, dns, aliases });
    } else {
      this.useCloudflare();
      new CloudflareRecords(this, "records", { context, dns, aliases });
    }
  }
}

/** The host by which the load balancer knows the service that answers for the API of a site. */
export function apiHostOf(
  { services }: Pick<ResolvedEnvironment, "services">,
  { service }: Pick<SiteOfKind<"cloudfront">, "service">,
): string | undefined {
  const routed = Object.entries(ofKind(services, "fargate")).flatMap(([name, { routing }]) =>
    (routing?.hosts ?? []).map((host) => ({ name, host })),
  );
  return routed.find(({ name, host }) => (service ?? name) === name && !/[*?]/.test(host))?.host;
}
