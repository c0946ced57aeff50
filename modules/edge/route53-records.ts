import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { assertValid } from "../validation";
import { type AliasTarget, type DnsRecordsProps, dnsRecordsProblems, TTL_SECONDS } from "./dns-records";
import type { Route53DnsSettings } from "./dns-settings";

export interface Route53RecordsProps extends DnsRecordsProps {
  /** The zone the records are in. */
  readonly dns: Route53DnsSettings;
}

/**
 * The DNS records of an environment in a Route 53 zone: an alias to the load balancer for each host, for IPv4 and for IPv6, and a CNAME for
 * each domain ACM has to validate. An alias may stand at the zone's own name and costs nothing to ask for. Other hosts lead to an address, to
 * something else of AWS, or to a name of somebody else.
 */
export class Route53Records extends Construct {
  /** Names of the validation records; whoever reads them comes after the records. */
  readonly validationRecordNames: readonly string[];

  constructor(scope: Construct, id: string, props: Route53RecordsProps) {
    super(scope, id);
    const { hosts = [], loadBalancer, addresses = {}, aliases = {}, cnames = {}, validationRecords = [], dns } = props;
    assertValid(this, dnsRecordsProblems(dns, props));

    if (loadBalancer !== undefined) for (const host of hosts) this.createAliases(host, dns.zoneId, loadBalancer);
    for (const [host, target] of Object.entries(aliases)) this.createAliases(host, dns.zoneId, target);
    for (const [host, address] of Object.entries(addresses)) this.createRecord(host, dns.zoneId, "A", address);
    for (const [host, target] of Object.entries(cnames)) this.createRecord(host, dns.zoneId, "CNAME", target);
    this.validationRecordNames = validationRecords.map(({ domain, name, type, value }) => {
      const record = new Route53Record(this, `validation-${domain}`, {
        zoneId: dns.zoneId,
        name,
        type,
        records: [value],
        ttl: TTL_SECONDS,
        allowOverwrite: true, // the same domain has the same record in every certificate of the account
      });
      return record.fqdn;
    });
  }

  /** The AAAA alias of a load balancer without IPv6 answers "no address", which is harmless. */
  private createAliases(host: string, zoneId: string, target: AliasTarget): void {
    for (const type of ["A", "AAAA"]) {
      new Route53Record(this, `host-${host}-${type.toLowerCase()}`, {
        zoneId,
        name: host,
        type,
        alias: {
          name: target.dnsName,
          zoneId: target.hostedZoneId,
          evaluateTargetHealth: false, // there is no second answer to give instead
        },
      });
    }
  }

  private createRecord(host: string, zoneId: string, type: "A" | "CNAME", value: string): void {
    new Route53Record(this, `host-${host}-${type.toLowerCase()}`, {
      zoneId,
      name: host,
      type,
      records: [value],
      ttl: TTL_SECONDS,
    });
  }
}
