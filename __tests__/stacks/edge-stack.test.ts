import type { Environment } from "../../envs/environment";
import { api, domain, staging, system } from "../support/environments";
import { resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

/** The edge stack of one environment. */
function edge(overrides: Partial<Environment>): Synthesized {
  const environment = staging(overrides);
  const { stacks } = synthSystem({ system: system(environment), environments: [environment] });
  return stacks["staging-edge"] ?? {};
}

const zoneId = "fedcba9876543210fedcba9876543210";
const cloudflare = { name: "example.com", dns: { kind: "cloudflare", zoneId, zoneName: "example.com" } } as const;
const site = { kind: "cloudflare-pages", repository: { owner: "acme", name: "web" } } as const;
const other = { ...api, routing: { hosts: ["b.example.com", "api.example.com"], priority: 20 } };
const services = { api, other };
const named = (stack: Synthesized, type: string) =>
  resources(stack, type).map((record): [string, unknown] => [String(record["name"]), record["type"]]);
const fromNetwork = expect.stringMatching(/-staging-network\.outputs\.[\w-]*certificate_examplecom-\w+/);

describe("EdgeStack", () => {
  describe("with a zone at Cloudflare", () => {
    const stack = edge({ domain: cloudflare, services });

    test("has one record for each host, however many services answer at it", () => {
      const hosts = named(stack, "cloudflare_dns_record").filter(([name]) => !name.startsWith("${"));
      expect(hosts.sort()).toEqual([
        ["api.example.com", "CNAME"],
        ["b.example.com", "CNAME"],
      ]);
    });

    test("has the record that proves the domain to ACM, past Cloudflare's proxy", () => {
      const validation = resources(stack, "cloudflare_dns_record").filter(({ name }) => String(name).startsWith("${"));
      expect(validation).toEqual([
        expect.objectContaining({ name: fromNetwork, content: fromNetwork, type: "CNAME", proxied: false, ttl: 300 }),
      ]);
    });

    test("writes to the zone that is named, and needs nothing of AWS", () => {
      const records = resources(stack, "cloudflare_dns_record");
      expect(records.map((record) => record["zone_id"])).toEqual(records.map(() => zoneId));
      expect(Object.keys(stack.provider ?? {})).toEqual(["cloudflare"]);
    });
  });

  describe("with a zone at Route 53", () => {
    const stack = edge({ domain, services });

    test("has aliases for IPv4 and IPv6 for each host, however many services answer at it", () => {
      const hosts = named(stack, "aws_route53_record").filter(([name]) => !name.startsWith("${"));
      expect(hosts.sort()).toEqual([
        ["api.example.com", "A"],
        ["api.example.com", "AAAA"],
        ["b.example.com", "A"],
        ["b.example.com", "AAAA"],
      ]);
    });

    test("has the record that proves the domain to ACM", () => {
      const validation = resources(stack, "aws_route53_record").filter(({ name }) => String(name).startsWith("${"));
      expect(validation).toEqual([
        expect.objectContaining({ name: fromNetwork, records: [fromNetwork], type: "CNAME", ttl: 300 }),
      ]);
    });

    test("writes to the zone that is named, and needs nothing of Cloudflare", () => {
      const records = resources(stack, "aws_route53_record");
      expect(records.map((record) => record["zone_id"])).toEqual(records.map(() => "Z0123456789ABC"));
      expect(Object.keys(stack.provider ?? {})).toEqual(["aws"]);
    });
  });

  test.each([
    ["cloudflare_dns_record", cloudflare],
    ["aws_route53_record", domain],
  ] as const)("with a wildcard or a path only, has of %s only the record that proves the domain", (type, zone) => {
    for (const routing of [
      { hosts: ["*.example.com"], priority: 1 },
      { paths: ["/*"], priority: 1 },
    ]) {
      const records = named(edge({ domain: zone, services: { api: { ...api, routing } } }), type);
      expect(records).toEqual([[fromNetwork, "CNAME"]]);
    }
  });

  describe("with sites", () => {
    const sites = { web: { ...site, domain: "www.example.com" }, docs: site };

    test("builds each, named after project and environment, in the shared account at Cloudflare", () => {
      const stack = edge({ sites });
      expect(resources(stack, "cloudflare_pages_project").map(({ name, account_id }) => [name, account_id])).toEqual([
        ["acme-staging-docs", "0123456789abcdef0123456789abcdef"],
        ["acme-staging-web", "0123456789abcdef0123456789abcdef"],
      ]);
      expect(Object.keys(stack.provider ?? {})).toEqual(["cloudflare"]);
    });

    test("writes the record of a site's domain where the zone is", () => {
      expect(named(edge({ sites, domain: cloudflare }), "cloudflare_dns_record")).toEqual([
        ["www.example.com", "CNAME"],
      ]);
      const route53 = edge({ sites, domain });
      expect(named(route53, "aws_route53_record")).toEqual([["www.example.com", "CNAME"]]);
      expect(Object.keys(route53.provider ?? {}).sort()).toEqual(["aws", "cloudflare"]);
    });

    test("writes no record without a zone", () => {
      const stack = edge({ sites });
      expect(resources(stack, "cloudflare_dns_record")).toEqual([]);
      expect(resources(stack, "cloudflare_pages_domain").map(({ name }) => name)).toEqual(["www.example.com"]);
    });
  });

  describe("with services on hosts of their own", () => {
    const host = { kind: "docker-host", image: api.image, port: 80, hosts: ["a.example.com"] } as const;
    const hosts = { host, both: { ...host, hosts: ["b.example.com", "c.example.com"] } };
    const address = (name: string): unknown =>
      expect.stringMatching(new RegExp(`-staging-network\\.outputs\\.[\\w-]*eipaddress-${name}_`));

    test.each([
      ["cloudflare_dns_record", "content", cloudflare],
      ["aws_route53_record", "records", domain],
    ] as const)("has of %s one with the address of each name, and none that proves the domain", (type, value, zone) => {
      const records = resources(edge({ domain: zone, services: hosts }), type).map((record) => [
        record["name"],
        record["type"],
        [record[value]].flat(),
      ]);
      expect(records).toEqual([
        ["a.example.com", "A", [address("host")]],
        ["b.example.com", "A", [address("both")]],
        ["c.example.com", "A", [address("both")]],
      ]);
    });
  });
});
