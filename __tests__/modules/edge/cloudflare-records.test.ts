import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { CloudflareRecords } from "../../../modules/edge/cloudflare-records";
import type { CloudflareRecordsProps } from "../../../modules/edge/cloudflare-records";
import { context, resources, synth } from "../../support/synth";

const dns = { kind: "cloudflare", zoneId: "0123456789abcdef0123456789abcdef", zoneName: "example.com" } as const;
const loadBalancer = { dnsName: "lb.eu-west-3.elb.amazonaws.com", hostedZoneId: "Z3Q77PNBQS71R4" };
const validationRecords = [
  { domain: "example.com", name: "_x.example.com.", type: "CNAME", value: "_y.acm-validations.aws." },
] as const;
const synthesize = (build: (scope: Construct) => void) =>
  synth((scope) => {
    new CloudflareProvider(scope, "cloudflare", {});
    build(scope);
  });
const records = (props: Partial<CloudflareRecordsProps> = {}) =>
  resources(
    synthesize((scope) => new CloudflareRecords(scope, "records", { context: context(), dns, loadBalancer, ...props })),
    "cloudflare_dns_record",
  );
const common = {
  zone_id: dns.zoneId,
  type: "CNAME",
  comment: "acme test, managed by Terraform",
};

describe(CloudflareRecords, () => {
  test("makes nothing of nothing", () => {
    expect(records({ loadBalancer: undefined })).toEqual([]);
    expect(records({ hosts: undefined, validationRecords: undefined })).toEqual([]);
  });

  test("leads hosts to the load balancer through Cloudflare where its free certificate covers them, past it where not", () => {
    const content = loadBalancer.dnsName;
    expect(records({ hosts: ["example.com", "api.example.com", "api.staging.example.com"] })).toEqual([
      { ...common, name: "api.example.com", content, proxied: true, ttl: 1 },
      { ...common, name: "api.staging.example.com", content, proxied: false, ttl: 300 },
      { ...common, name: "example.com", content, proxied: true, ttl: 1 },
    ]);
  });

  test.each([
    [true, 1],
    [false, 300],
  ])("with proxied %j does so for all hosts, with a TTL of %j", (proxied, ttl) => {
    const found = records({ dns: { ...dns, proxied }, hosts: ["example.com", "a.b.example.com"] });
    expect(found).toHaveLength(2);
    for (const record of found) expect(record).toMatchObject({ proxied, ttl });
  });

  test("leads hosts to an address like those of the load balancer, and to other vendors past itself", () => {
    const targets = {
      addresses: { "host.example.com": "203.0.113.7", "host.staging.example.com": "203.0.113.8" },
      aliases: { "example.com": { dnsName: "d1.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" } },
      cnames: { "www.example.com": "cname.vercel-dns-0.com" },
    };
    const past = { proxied: false, ttl: 300 };
    expect(records({ loadBalancer: undefined, ...targets })).toEqual([
      { ...common, name: "example.com", content: "d1.cloudfront.net", ...past },
      { ...common, type: "A", name: "host.example.com", content: "203.0.113.7", proxied: true, ttl: 1 },
      { ...common, type: "A", name: "host.staging.example.com", content: "203.0.113.8", ...past },
      { ...common, name: "www.example.com", content: "cname.vercel-dns-0.com", ...past },
    ]);
  });

  test("proves domains to ACM without final dots, and never through Cloudflare", () => {
    for (const proxied of [true, false, undefined]) {
      expect(records({ dns: { ...dns, proxied }, validationRecords })).toEqual([
        { ...common, name: "_x.example.com", content: "_y.acm-validations.aws", proxied: false, ttl: 300 },
      ]);
    }
  });

  test("takes the final dots off when only Terraform knows the names", () => {
    const synthesized = synthesize((scope) => {
      const name = new TerraformVariable(scope, "name", { type: "string" }).stringValue;
      const value = new TerraformVariable(scope, "content", { type: "string" }).stringValue;
      new CloudflareRecords(scope, "records", {
        context: context(),
        dns,
        validationRecords: [{ domain: "example.com", name, type: "CNAME", value }],
      });
    });
    expect(resources(synthesized, "cloudflare_dns_record")).toEqual([
      expect.objectContaining({ name: '${trimsuffix(var.name, ".")}', content: '${trimsuffix(var.content, ".")}' }),
    ]);
  });

  test("names the validation records so that who waits for them comes after", () => {
    const synthesized = synthesize((scope) => {
      const props = { context: context(), dns, validationRecords };
      const { validationRecordNames } = new CloudflareRecords(scope, "records", props);
      new S3Object(scope, "object", { bucket: "b", key: validationRecordNames.join(",") });
    });
    expect(resources(synthesized, "aws_s3_object")).toEqual([
      expect.objectContaining({ key: expect.stringMatching(/^\$\{cloudflare_dns_record\.[\w-]+\.name\}$/) as string }),
    ]);
  });

  test("fails on all wrong props at once", () => {
    expect(() => records({ dns: { ...dns, zoneId: "z" }, hosts: ["example.org"], loadBalancer: undefined })).toThrow(
      new Error(
        `test/records: zoneId must be the 32 hex digits of a Cloudflare zone, got "z"; ` +
          `hosts[0] must be "example.com" or end in ".example.com", got "example.org"; ` +
          `loadBalancer must be there when there are hosts, got none for ["example.org"]`,
      ),
    );
  });
});
