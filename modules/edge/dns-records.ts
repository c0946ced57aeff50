import type { Context } from "../context";
import { isUnresolved, shown } from "../validation";
import type { ValidationRecord } from "./certificate-settings";
import { dnsProblems, type DnsSettings, hostProblem } from "./dns-settings";

/** What DNS needs to know of a load balancer. */
export interface LoadBalancerAddress {
  /** AWS's own name of it. */
  readonly dnsName: string;

  /** The Route 53 zone of AWS's own name. */
  readonly hostedZoneId: string;
}

/** What the records of an environment are made from, whoever answers for the zone. */
export interface DnsRecordsProps {
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
  readonly loadBalancer?: LoadBalancerAddress;

  /**
   * Records that prove to ACM who owns the domains.
   * @default - none
   */
  readonly validationRecords?: readonly ValidationRecord[];
}

/** Seconds for which a resolver keeps a record that Cloudflare does not proxy. */
export const TTL_SECONDS = 300;

/** Everything wrong with the records of a zone. */
export function dnsRecordsProblems(dns: DnsSettings, props: DnsRecordsProps): Array<string | undefined> {
  const { hosts = [], loadBalancer, validationRecords = [] } = props;
  return [
    ...dnsProblems(dns),
    ...hosts.map((host, index) => knownHostProblem(hosts, host, index) ?? hostProblem(`hosts[${index}]`, host, dns)),
    hosts.length > 0 && loadBalancer === undefined
      ? `loadBalancer must be there when there are hosts, got none for ${shown(hosts)}`
      : undefined,
    ...validationRecords.map(({ domain }, index) => hostProblem(`validationRecords[${index}].domain`, domain, dns)),
  ];
}

/** Hosts become the names of constructs, so each has to be known, and once. */
function knownHostProblem(hosts: readonly string[], host: string, index: number): string | undefined {
  if (isUnresolved(host)) return `hosts[${index}] must be known when synthesizing, got a value only Terraform knows`;
  return hosts.indexOf(host) === index ? undefined : `hosts[${index}] must be another host, got ${shown(host)} twice`;
}
