import fc from "fast-check";
import { dnsProblems, hostProblem, isProxied } from "../../../modules/edge/dns-settings";
import type { CloudflareDnsSettings, DnsSettings, Route53DnsSettings } from "../../../modules/edge/dns-settings";

const cloudflare: CloudflareDnsSettings = {
  kind: "cloudflare",
  zoneId: "0123456789abcdef0123456789abcdef",
  zoneName: "example.com",
};
const route53: Route53DnsSettings = { kind: "route53", zoneId: "Z0123456789ABC", zoneName: "example.com" };
const problems = (dns: DnsSettings) => dnsProblems(dns).filter((problem) => problem !== undefined);

describe(dnsProblems, () => {
  test.each<DnsSettings>([
    cloudflare,
    { ...cloudflare, proxied: false },
    route53,
    { ...route53, zoneName: "dev.example.co.uk" },
    { ...route53, zoneName: "xn--bcher-kva.example" },
  ])("finds none in %j", (dns) => {
    expect(problems(dns)).toEqual([]);
  });

  test.each<[DnsSettings, string]>([
    [
      { ...cloudflare, zoneId: "Z0123456789ABC" },
      `zoneId must be the 32 hex digits of a Cloudflare zone, got "Z0123456789ABC"`,
    ],
    [
      { ...cloudflare, zoneId: cloudflare.zoneId.slice(1) },
      `zoneId must be the 32 hex digits of a Cloudflare zone, got "123456789abcdef0123456789abcdef"`,
    ],
    [
      { ...cloudflare, zoneId: `${cloudflare.zoneId}0` },
      `zoneId must be the 32 hex digits of a Cloudflare zone, got "0123456789abcdef0123456789abcdef0"`,
    ],
    [
      { ...route53, zoneId: cloudflare.zoneId },
      `zoneId must be a Route 53 zone id such as Z0123456789ABC, got "0123456789abcdef0123456789abcdef"`,
    ],
    [
      { ...route53, zoneId: "/hostedzone/Z0123" },
      `zoneId must be a Route 53 zone id such as Z0123456789ABC, got "/hostedzone/Z0123"`,
    ],
    [
      { ...route53, zoneName: "example.com." },
      `zoneName must be a domain name in lower case, without a dot at the end, got "example.com."`,
    ],
    [
      { ...cloudflare, zoneName: "Example.com" },
      `zoneName must be a domain name in lower case, without a dot at the end, got "Example.com"`,
    ],
    [
      { ...cloudflare, zoneName: "com" },
      `zoneName must be a domain name in lower case, without a dot at the end, got "com"`,
    ],
    [{ ...cloudflare, kind: "bind" } as unknown as DnsSettings, `kind must be one of cloudflare, route53, got "bind"`],
  ])("fails on %j", (dns, message) => {
    expect(problems(dns)).toEqual([message]);
  });
});

describe(hostProblem, () => {
  test.each(["example.com", "api.example.com", "a.b.example.com", "_dmarc.example.com"])("finds none in %s", (host) => {
    expect(hostProblem("host", host, route53)).toBeUndefined();
  });

  test.each([
    ["example.org", `host must be "example.com" or end in ".example.com", got "example.org"`],
    ["badexample.com", `host must be "example.com" or end in ".example.com", got "badexample.com"`],
    ["com", `host must be "example.com" or end in ".example.com", got "com"`],
    ["*.example.com", `host must be a domain name in lower case, without a dot at the end, got "*.example.com"`],
    ["-a.example.com", `host must be a domain name in lower case, without a dot at the end, got "-a.example.com"`],
    [
      `${"a".repeat(64)}.example.com`,
      `host must be a domain name in lower case, without a dot at the end, got "${"a".repeat(64)}.example.com"`,
    ],
  ])("fails on %s", (host, message) => {
    expect(hostProblem("host", host, cloudflare)).toBe(message);
  });

  test("lets hosts and zones pass that only Terraform knows", () => {
    expect(hostProblem("host", "${TfToken[TOKEN.1]}", cloudflare)).toBeUndefined();
    expect(hostProblem("host", "a.example.org", { ...cloudflare, zoneName: "${TfToken[TOKEN.1]}" })).toBeUndefined();
  });
});

describe(isProxied, () => {
  test.each([
    ["example.com", true],
    ["api.example.com", true],
    ["api.staging.example.com", false],
    ["api.example.org", false],
  ])("by default %s is %j, as the free certificate covers it or not", (host, expected) => {
    expect(isProxied(cloudflare, host)).toBe(expected);
    expect(isProxied({ ...cloudflare, proxied: undefined }, host)).toBe(expected);
  });

  test("is what the environment says, if it says anything", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.domain(), (proxied, host) => {
        expect(isProxied({ ...cloudflare, proxied }, host)).toBe(proxied);
      }),
    );
  });
});
