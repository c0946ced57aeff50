import type { Context } from "../context";
import { isUnresolved, notMatching, shown } from "../validation";
import type { ValidationRecord } from "./certificate-settings";
import { dnsProblems, type DnsSettings, hostProblem, targetProblem } from "./dns-settings";

/** Something of AWS that a host leads to: a load balancer, a CloudFront distribution. */
export interface AliasTarget {
  /** AWS's own name of it. */
  readonly dnsName: string;

  /** The Route 53 zone of AWS's own name. */
  readonly hostedZoneId: string;
}

/** Where hosts lead, by host; each host in one of them only. */
export interface HostTargets {
  /**
   * Hosts that lead to an IPv4 address, such as the Elastic IP of a Docker host.
   * @default - none
   */
  readonly addresses?: Readonly<Record<string, string>>;

  /**
   * Hosts that lead to something of AWS that has its own cache and certificate, and so never pass through Cloudflare.
   * @default - none
   */
  readonly aliases?: Readonly<Record<string, AliasTarget>>;

  /**
   * Hosts that are another name for a host of somebody else, such as Vercel or Render, and so never pass through Cloudflare.
   * @default - none
   */
  readonly cnames?: Readonly<Record<string, string>>;
}

/** What the records of an environment are made from, whoever answers for the zone. */
export interface DnsRecordsProps extends HostTargets {
  /** For whom and where. */
  readonly context: Context;

  /**
   * Hosts that lead to the load balancer, inside the zone.
   * @default - none
   */
  readonly hosts?: readonly string[];

  /**
   * The load balancer they lead to.
   * @default - none; needed as soon as there are hosts
   */
  readonly loadBalancer?: AliasTarget;

  /**
   * Records that prove to ACM who owns the domains.
   * @default - none
   */
  readonly validationRecords?: readonly ValidationRecord[];
}

/** Seconds for which a resolver keeps a record that Cloudflare does not proxy. */
export const TTL_SECONDS = 300;

const OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const IPV4 = new RegExp(`^(${OCTET}\\.){3}${OCTET}$`);

/** Everything wrong with the records of a zone. */
export function dnsRecordsProblems(dns: DnsSettings, props: DnsRecordsProps): Array<string | undefined> {
  const { hosts = [], loadBalancer, validationRecords = [] } = props;
  return [
    ...dnsProblems(dns),
    ...hosts.map((host, index) => knownHostProblem(hosts, host, index) ?? hostProblem(`hosts[${index}]`, host, dns)),
    hosts.length > 0 && loadBalancer === undefined
      ? `loadBalancer must be there when there are hosts, got none for ${shown(hosts)}`
      : undefined,
    ...targetProblems(dns, props),
    ...validationRecords.map(({ domain }, index) => hostProblem(`validationRecords[${index}].domain`, domain, dns)),
  ];
}

/** Hosts become the names of constructs, so each has to be known, and once. */
function knownHostProblem(hosts: readonly string[], host: string, index: number): string | undefined {
  if (isUnresolved(host)) return `hosts[${index}] must be known when synthesizing, got a value only Terraform knows`;
  return hosts.indexOf(host) === index ? undefined : `hosts[${index}] must be another host, got ${shown(host)} twice`;
}

function targetProblems(dns: DnsSettings, props: DnsRecordsProps): Array<string | undefined> {
  const { hosts = [], addresses = {}, aliases = {}, cnames = {} } = props;
  const taken = new Set(hosts);
  const named = (prop: string, targets: Readonly<Record<string, unknown>>) =>
    Object.keys(targets).map((host) => {
      const twice = taken.has(host);
      taken.add(host);
      if (isUnresolved(host)) return `${prop} must be by known hosts, got a host only Terraform knows`;
      return twice
        ? `${prop} must be by other hosts than those before, got ${shown(host)} twice`
        : hostProblem(prop, host, dns);
    });
  return [
    ...named("addresses", addresses),
    ...Object.entries(addresses).map(([host, address]) =>
      notMatching(`addresses[${shown(host)}]`, address, IPV4, "an IPv4 address"),
    ),
    ...named("aliases", aliases),
    ...named("cnames", cnames),
    ...Object.entries(cnames).flatMap(([host, target]) => [
      targetProblem(`cnames[${shown(host)}]`, target),
      apexProblem(dns, host),
    ]),
  ];
}

/** The zone's own name has records that no CNAME may stand beside; Cloudflare answers with addresses there, Route 53 does not. */
function apexProblem({ kind, zoneName }: DnsSettings, host: string): string | undefined {
  if (kind !== "route53" || host !== zoneName) return undefined;
  return `cnames must be below ${shown(zoneName)} while Route 53 answers for that zone, got ${shown(host)}; take a name such as ${shown(`www.${host}`)}`;
}
