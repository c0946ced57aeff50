import { isUnresolved, notMatching, notOneOf, shown } from "../validation";

/** A DNS zone at Cloudflare. */
export interface CloudflareDnsSettings {
  readonly kind: "cloudflare";

  /** The zone's 32 hex digits, from its overview page. */
  readonly zoneId: string;

  /** The zone's domain, such as `example.com`. */
  readonly zoneName: string;

  /**
   * Whether traffic to the load balancer passes through Cloudflare: its cache and attack protection, and the load balancer's address hidden.
   * The zone's encryption mode must then be "Full (strict)"; "Flexible" speaks HTTP to the load balancer, whose redirect to HTTPS never ends.
   * @default - through Cloudflare for hosts its free certificate covers (the zone itself and one label below); DNS only for deeper ones
   */
  readonly proxied?: boolean;
}

/** A public DNS zone at Route 53. */
export interface Route53DnsSettings {
  readonly kind: "route53";

  /** The hosted zone's id, `Z…`. */
  readonly zoneId: string;

  /** The zone's domain, such as `example.com`. */
  readonly zoneName: string;
}

/** Who answers for a DNS zone. The zone itself is made outside, because it outlives every environment. */
export type DnsSettings = CloudflareDnsSettings | Route53DnsSettings;

const LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+${LABEL}$`);
const DOMAIN_IN_WORDS = "a domain name in lower case, without a dot at the end";

/** Everything wrong with a zone's settings. */
export function dnsProblems(dns: DnsSettings): Array<string | undefined> {
  const zoneName = notMatching("zoneName", dns.zoneName, DOMAIN, DOMAIN_IN_WORDS);
  switch (dns.kind) {
    case "cloudflare":
      return [notMatching("zoneId", dns.zoneId, /^[0-9a-f]{32}$/, "the 32 hex digits of a Cloudflare zone"), zoneName];
    case "route53":
      return [
        notMatching("zoneId", dns.zoneId, /^Z[A-Z0-9]{1,31}$/, "a Route 53 zone id such as Z0123456789ABC"),
        zoneName,
      ];
    default:
      return [notOneOf("kind", (dns as { kind: string }).kind, ["cloudflare", "route53"])];
  }
}

/** What is wrong with a host: its form, or that its zone answers for another domain. */
export function hostProblem(name: string, host: string, { zoneName }: DnsSettings): string | undefined {
  if (isUnresolved(host)) return undefined;
  if (isUnresolved(zoneName) || host === zoneName || host.endsWith(`.${zoneName}`)) {
    return notMatching(name, host, DOMAIN, DOMAIN_IN_WORDS);
  }
  return `${name} must be ${shown(zoneName)} or end in ${shown(`.${zoneName}`)}, got ${shown(host)}`;
}

/** What is wrong with a name that a CNAME leads to; one that only Terraform knows passes. */
export function targetProblem(name: string, target: string): string | undefined {
  return notMatching(name, target, DOMAIN, DOMAIN_IN_WORDS);
}

/** Whether traffic to a host passes through Cloudflare. */
export function isProxied(
  { proxied, zoneName }: Pick<CloudflareDnsSettings, "proxied" | "zoneName">,
  host: string,
): boolean {
  return proxied ?? isCoveredForFree(host, zoneName);
}

/** Cloudflare's universal certificate names the zone and `*.<zone>`; deeper hosts need a paid one. Source: Cloudflare's page on Universal SSL. */
function isCoveredForFree(host: string, zoneName: string): boolean {
  if (host === zoneName) return true;
  return host.endsWith(`.${zoneName}`) && !host.slice(0, -zoneName.length - 1).includes(".");
}
