import { dnsRecordsProblems } from "../../../modules/edge/dns-records";
import type { DnsRecordsProps } from "../../../modules/edge/dns-records";
import { context } from "../../support/synth";

const dns = { kind: "route53", zoneId: "Z0123456789ABC", zoneName: "example.com" } as const;
const loadBalancer = { dnsName: "lb.eu-west-3.elb.amazonaws.com", hostedZoneId: "Z3Q77PNBQS71R4" };
const record = (domain: string) => ({ domain, name: `_x.${domain}.`, type: "CNAME", value: "_y.aws." }) as const;
const problems = (props: Partial<DnsRecordsProps>, zone: typeof dns = dns) =>
  dnsRecordsProblems(zone, { context: context(), loadBalancer, ...props }).filter((problem) => problem !== undefined);

describe(dnsRecordsProblems, () => {
  test.each<Partial<DnsRecordsProps>>([
    {},
    { hosts: [], loadBalancer: undefined },
    { hosts: ["example.com", "api.example.com"], validationRecords: [record("example.com")] },
    { hosts: undefined, validationRecords: undefined },
  ])("finds none in %j", (props) => {
    expect(problems(props)).toEqual([]);
  });

  test.each<[Partial<DnsRecordsProps>, string]>([
    [{ hosts: ["api.example.org"] }, `hosts[0] must be "example.com" or end in ".example.com", got "api.example.org"`],
    [
      { hosts: ["example.com", "a.example.com", "example.com"] },
      `hosts[2] must be another host, got "example.com" twice`,
    ],
    [{ hosts: ["${TfToken[TOKEN.1]}"] }, "hosts[0] must be known when synthesizing, got a value only Terraform knows"],
    [
      { hosts: ["example.com"], loadBalancer: undefined },
      `loadBalancer must be there when there are hosts, got none for ["example.com"]`,
    ],
    [
      { validationRecords: [record("example.org")] },
      `validationRecords[0].domain must be "example.com" or end in ".example.com", got "example.org"`,
    ],
  ])("fails on %j", (props, message) => {
    expect(problems(props)).toEqual([message]);
  });

  test("finds what is wrong with the zone", () => {
    expect(problems({}, { ...dns, zoneId: "A" as "Z0123456789ABC" })).toEqual([
      `zoneId must be a Route 53 zone id such as Z0123456789ABC, got "A"`,
    ]);
  });
});
