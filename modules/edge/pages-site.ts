import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { PagesDomain } from "@cdktf/provider-cloudflare/lib/pages-domain";
import { PagesProject } from "@cdktf/provider-cloudflare/lib/pages-project";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid, notMatching } from "../validation";
import { TTL_SECONDS } from "./dns-records";
import { dnsProblems, type DnsSettings } from "./dns-settings";
import { buildConfigOf, deploymentConfigsOf, externalSecretPaths, sourceConfigOf } from "./pages-project-config";
import { pagesSiteProblems, type PagesSiteSettings, siteDomainProblem } from "./pages-site-settings";

export interface PagesSiteProps extends PagesSiteSettings {
  /** For whom and where. */
  readonly context: Context;

  /** What the site is, as part of its project's name: `web`. */
  readonly name: string;

  /** The 32 hex digits of the Cloudflare account. */
  readonly cloudflareAccountId: string;

  /**
   * Who answers for the domain's zone.
   * @default - nobody Terraform knows: point a CNAME from the domain to `subdomain` yourself
   */
  readonly dns?: DnsSettings;
}

/**
 * A site that Cloudflare Pages builds from a GitHub repository on every push, with previews of other branches and, if it has a domain, the
 * domain's DNS record. No secret goes through Terraform. An apply that meets a running build may fail with "inconsistent result", a
 * known fault of the provider: run it again.
 */
export class PagesSite extends Construct {
  /** Name of the Pages project. */
  readonly projectName: string;

  /** The site's own host below `pages.dev`, which carries a suffix when the project's name was taken. */
  readonly subdomain: string;

  /** The domain it is served under, if it has one of its own. */
  readonly domain: string | undefined;

  constructor(scope: Construct, id: string, props: PagesSiteProps) {
    super(scope, id);
    const { productionBranch = "main", domain, context, cloudflareAccountId: accountId, dns } = props;
    assertValid(this, [
      notMatching("cloudflareAccountId", accountId, /^[0-9a-f]{32}$/, "the 32 hex digits of a Cloudflare account"),
      ...pagesSiteProblems(props),
      ...(dns === undefined ? [] : dnsProblems(dns).map((problem) => problem && `dns.${problem}`)),
      domain !== undefined && dns !== undefined ? siteDomainProblem(domain, dns) : undefined,
    ]);

    const outside = externalSecretPaths(props);
    const project = new PagesProject(this, "project", {
      accountId,
      name: context.names("pagesProject", props.name),
      productionBranch,
      buildConfig: buildConfigOf(props),
      source: { type: "github", config: sourceConfigOf(props) },
      deploymentConfigs: deploymentConfigsOf(props),
      lifecycle: outside.length > 0 ? { ignoreChanges: outside } : undefined,
    });
    this.projectName = project.name;
    this.subdomain = project.subdomain;
    this.domain = domain;
    if (domain === undefined) return;

    const served = new PagesDomain(this, "domain", { accountId, projectName: project.name, name: domain });
    if (dns !== undefined) this.createRecord(domain, dns, served); // afterwards: a name Pages does not know yet answers with error 522
  }

  private createRecord(domain: string, dns: DnsSettings, served: PagesDomain): void {
    const record = { zoneId: dns.zoneId, name: domain, type: "CNAME", dependsOn: [served] };
    if (dns.kind === "cloudflare") {
      // Pages has its own certificate for the name, so this is proxied however deep the name; a proxied record takes no other TTL than 1
      new DnsRecord(this, "record", { ...record, content: this.subdomain, proxied: true, ttl: 1 });
    } else {
      new Route53Record(this, "record", { ...record, records: [this.subdomain], ttl: TTL_SECONDS });
    }
  }
}
