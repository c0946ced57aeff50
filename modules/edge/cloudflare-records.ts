import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { assertValid, isUnresolved } from "../validation";
import { type DnsRecordsProps, dnsRecordsProblems, TTL_SECONDS } from "./dns-records";
import { type CloudflareDnsSettings, isProxied } from "./dns-settings";

/** Cloudflare's word for a time to live of its own choice, and the only one it takes for a proxied record. */
const AUTOMATIC_TTL = 1;

export interface CloudflareRecordsProps extends DnsRecordsProps {
  /** The zone the records are in. */
  readonly dns: CloudflareDnsSettings;
}

/**
 * The DNS records of an environment in a Cloudflare zone: a CNAME to the load balancer for each host, which Cloudflare answers with
 * addresses even for the zone's own name, and a CNAME for each domain ACM has to validate, which is never proxied because ACM would not see it. Hosts that lead to an address are proxied like those
 * of the load balancer; those that lead to CloudFront or to another vendor are not, because that vendor has a cache and a certificate itself.
 */
export class CloudflareRecords extends Construct {
  /** Names of the validation records; whoever reads them comes after the records. */
  readonly validationRecordNames: readonly string[];

  constructor(scope: Construct, id: string, props: CloudflareRecordsProps) {
    super(scope, id);
    const { hosts = [], loadBalancer, addresses = {}, aliases = {}, cnames = {} } = props;
    const { validationRecords = [], dns, context } = props;
    assertValid(this, dnsRecordsProblems(dns, props));

    const common = {
      zoneId: dns.zoneId,
      comment: `${context.project} ${context.environment}, managed by Terraform`,
    };
    const createRecord = (host: string, type: "A" | "CNAME", content: string | undefined, proxied: boolean) =>
      new DnsRecord(this, `host-${host}`, {
        ...common,
        type,
        name: host,
        content,
        proxied,
        ttl: proxied ? AUTOMATIC_TTL : TTL_SECONDS,
      });
    for (const host of hosts) createRecord(host, "CNAME", loadBalancer?.dnsName, isProxied(dns, host));
    for (const [host, address] of Object.entries(addresses)) createRecord(host, "A", address, isProxied(dns, host));
    for (const [host, { dnsName }] of Object.entries(aliases)) createRecord(host, "CNAME", dnsName, false);
    for (const [host, target] of Object.entries(cnames)) createRecord(host, "CNAME", target, false);
    this.validationRecordNames = validationRecords.map(({ domain, name, value }) => {
      const record = new DnsRecord(this, `validation-${domain}`, {
        ...common,
        type: "CNAME",
        name: withoutFinalDot(name),
        content: withoutFinalDot(value),
        proxied: false,
        ttl: TTL_SECONDS,
      });
      return record.name;
    });
  }
}

/** Cloudflare keeps names without the dot, so one with it would differ in every plan. */
function withoutFinalDot(name: string): string {
  return isUnresolved(name) ? Fn.trimsuffix(name, ".") : name.replace(/\.$/, "");
}
