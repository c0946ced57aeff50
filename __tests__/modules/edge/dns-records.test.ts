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
    {
      hosts: ["example.com"],
      addresses: { "host.example.com": "203.0.113.7", "other.example.com": "${TfToken[TOKEN.1]}" },
      aliases: { "app.example.com": { dnsName: "d1.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" } },
      cnames: { "www.example.com": "cname.vercel-dns-0.com", "api.example.com": "${TfToken[TOKEN.2]}.onrender.com" },
    },
    { loadBalancer: undefined, addresses: { "example.com": "0.255.249.199" } },
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
      { addresses: { "example.org": "203.0.113.7" } },
      `addresses must be "example.com" or end in ".example.com", got "example.org"`,
    ],
    [
      { addresses: { "a.example.com": "203.0.113.256" } },
      `addresses["a.example.com"] must be an IPv4 address, got "203.0.113.256"`,
    ],
    [
      { addresses: { "a.example.com": "2001:db8::1" } },
      `addresses["a.example.com"] must be an IPv4 address, got "2001:db8::1"`,
    ],
    [
      { hosts: ["a.example.com"], addresses: { "a.example.com": "203.0.113.7" } },
      `addresses must be by other hosts than those before, got "a.example.com" twice`,
    ],
    [
      { addresses: { "a.example.com": "203.0.113.7" }, cnames: { "a.example.com": "a.example.net" } },
      `cnames must be by other hosts than those before, got "a.example.com" twice`,
    ],
    [
      { aliases: { "${TfToken[TOKEN.1]}": loadBalancer } },
      "aliases must be by known hosts, got a host only Terraform knows",
    ],
    [
      { aliases: { "a.example.org": loadBalancer } },
      `aliases must be "example.com" or end in ".example.com", got "a.example.org"`,
    ],
    [
      { cnames: { "a.example.com": "https://a.example.net" } },
      `cnames["a.example.com"] must be a domain name in lower case, without a dot at the end, got "https://a.example.net"`,
    ],
    [
      { cnames: { "example.com": "a.example.net" } },
      `cnames must be below "example.com" while Route 53 answers for that zone, got "example.com"; take a name such as "www.example.com"`,
    ],
    [
      { validationRecords: [record("example.org")] },
      `validationRecords[0].domain must be "example.com" or end in ".example.com", got "example.org"`,
    ],
  ])("fails on %j", (props, message) => {
    expect(problems(props)).toEqual([message]);
  });

  test("lets a CNAME stand at the zone's own name where Cloudflare answers with addresses", () => {
    const cloudflare = { kind: "cloudflare", zoneId: "f".repeat(32), zoneName: "example.com" } as const;
    const props = { context: context(), cnames: { "example.com": "a.example.net" } };
    expect(dnsRecordsProblems(cloudflare, props).filter((problem) => problem !== undefined)).toEqual([]);
  });

  test("finds what is wrong with the zone", () => {
    expect(problems({}, { ...dns, zoneId: "A" as "Z0123456789ABC" })).toEqual([
      `zoneId must be a Route 53 zone id such as Z0123456789ABC, got "A"`,
    ]);
  });
});
