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
 * addresses even for the zone's own name, and a CNAME for each domain ACM has to validate, which is never proxied because ACM would not see it.
 */
export class CloudflareRecords extends Construct {
  /** Names of the validation records; whoever reads them comes after the records. */
  readonly validationRecordNames: readonly string[];

  constructor(scope: Construct, id: string, props: CloudflareRecordsProps) {
    super(scope, id);
    const { hosts = [], loadBalancer, validationRecords = [], dns, context } = props;
    assertValid(this, dnsRecordsProblems(dns, props));

    const common = {
      zoneId: dns.zoneId,
      type: "CNAME",
      comment: `${context.project} ${context.environment}, managed by Terraform`,
    };
    for (const host of hosts) {
      const proxied = isProxied(dns, host);
      new DnsRecord(this, `host-${host}`, {
        ...common,
        name: host,
        content: loadBalancer?.dnsName,
        proxied,
        ttl: proxied ? AUTOMATIC_TTL : TTL_SECONDS,
      });
    }
    this.validationRecordNames = validationRecords.map(({ domain, name, value }) => {
      const record = new DnsRecord(this, `validation-${domain}`, {
        ...common,
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
