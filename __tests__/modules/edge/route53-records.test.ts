import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { TerraformVariable } from "cdktf";
import { Route53Records } from "../../../modules/edge/route53-records";
import type { Route53RecordsProps } from "../../../modules/edge/route53-records";
import { context, resources, resourcesOf, synth } from "../../support/synth";

const dns = { kind: "route53", zoneId: "Z0123456789ABC", zoneName: "example.com" } as const;
const loadBalancer = { dnsName: "lb.eu-west-3.elb.amazonaws.com", hostedZoneId: "Z3Q77PNBQS71R4" };
const validationRecords = [
  { domain: "example.com", name: "_x.example.com.", type: "CNAME", value: "_y.acm-validations.aws." },
] as const;
const records = (props: Partial<Route53RecordsProps> = {}) =>
  resourcesOf(
    "aws_route53_record",
    (scope) => new Route53Records(scope, "records", { context: context(), dns, loadBalancer, ...props }),
  );

describe(Route53Records, () => {
  test("makes nothing of nothing", () => {
    expect(records({ loadBalancer: undefined })).toEqual([]);
    expect(records({ hosts: undefined, validationRecords: undefined })).toEqual([]);
  });

  test("leads each host to the load balancer, over IPv4 and IPv6, at the zone's own name too", () => {
    const alias = { name: loadBalancer.dnsName, zone_id: loadBalancer.hostedZoneId, evaluate_target_health: false };
    const common = { zone_id: dns.zoneId, alias };
    expect(records({ hosts: ["example.com", "api.example.com"] })).toEqual([
      { ...common, name: "api.example.com", type: "A" },
      { ...common, name: "api.example.com", type: "AAAA" },
      { ...common, name: "example.com", type: "A" },
      { ...common, name: "example.com", type: "AAAA" },
    ]);
  });

  test("leads hosts to an address, to something of AWS and to a name of somebody else, without a load balancer", () => {
    const targets = {
      addresses: { "host.example.com": "203.0.113.7" },
      aliases: { "example.com": { dnsName: "d1.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" } },
      cnames: { "www.example.com": "cname.vercel-dns-0.com" },
    };
    const alias = { name: "d1.cloudfront.net", zone_id: "Z2FDTNDATAQYW2", evaluate_target_health: false };
    const common = { zone_id: dns.zoneId };
    expect(records({ loadBalancer: undefined, ...targets })).toEqual([
      { ...common, name: "example.com", type: "A", alias },
      { ...common, name: "example.com", type: "AAAA", alias },
      { ...common, name: "host.example.com", type: "A", records: ["203.0.113.7"], ttl: 300 },
      { ...common, name: "www.example.com", type: "CNAME", records: ["cname.vercel-dns-0.com"], ttl: 300 },
    ]);
  });

  test("keeps the record of a host that moves from an address to a load balancer", () => {
    const idsOf = (props: Partial<Route53RecordsProps>) =>
      Object.keys(
        synth((scope) => new Route53Records(scope, "records", { context: context(), dns, loadBalancer, ...props }))
          .resource?.["aws_route53_record"] ?? {},
      );
    const [address] = idsOf({ addresses: { "api.example.com": "203.0.113.7" } });
    expect(idsOf({ hosts: ["api.example.com"] })).toContain(address);
  });

  test("proves domains to ACM, taking over a record that is already there", () => {
    expect(records({ validationRecords })).toEqual([
      {
        zone_id: dns.zoneId,
        name: "_x.example.com.",
        type: "CNAME",
        records: ["_y.acm-validations.aws."],
        ttl: 300,
        allow_overwrite: true,
      },
    ]);
  });

  test("names the validation records so that who waits for them comes after", () => {
    const synthesized = synth((scope) => {
      const { validationRecordNames } = new Route53Records(scope, "records", {
        context: context(),
        dns,
        validationRecords,
      });
      new S3Object(scope, "object", { bucket: "b", key: validationRecordNames.join(",") });
    });
    expect(resources(synthesized, "aws_s3_object")).toEqual([
      expect.objectContaining({ key: expect.stringMatching(/^\$\{aws_route53_record\.[\w-]+\.fqdn\}$/) as string }),
    ]);
  });

  test("fails on a host of another zone", () => {
    expect(() => records({ hosts: ["api.example.org"] })).toThrow(
      new Error(`test/records: hosts[0] must be "example.com" or end in ".example.com", got "api.example.org"`),
    );
  });

  test("lets a zone and a load balancer pass that only Terraform knows", () => {
    const found = resourcesOf("aws_route53_record", (scope) => {
      const value = new TerraformVariable(scope, "value", { type: "string" }).stringValue;
      new Route53Records(scope, "records", {
        context: context(),
        dns: { kind: "route53", zoneId: value, zoneName: "example.com" },
        hosts: ["example.com"],
        loadBalancer: { dnsName: value, hostedZoneId: value },
      });
    });
    expect(found).toHaveLength(2);
    for (const record of found) {
      expect(record).toMatchObject({
        zone_id: "${var.value}",
        alias: { name: "${var.value}", zone_id: "${var.value}" },
      });
    }
  });
});
