import type { Environment } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { apiHostOf } from "../../stacks/cdn-stack";
import { api, domain, prod, staging } from "../support/environments";
import { stackOf, synthEnvironment, values } from "../support/stacks";
import { resources } from "../support/synth";

const site = { kind: "cloudfront" } as const;
const app = { ...site, domain: "app.example.com" } as const;
const cloudflare = {
  name: "example.com",
  dns: { kind: "cloudflare", zoneId: "fedcba9876543210fedcba9876543210", zoneName: "example.com" },
} as const;
const cdn = (overrides: Partial<Environment>) => stackOf(staging(overrides), "cdn");

describe("CdnStack", () => {
  test("is only there with a site on CloudFront", () => {
    expect(synthEnvironment(staging({ domain })).stacks).not.toHaveProperty("staging-cdn");
  });

  test("without a domain has a distribution under CloudFront's name, no certificate and no record", () => {
    const stack = cdn({ sites: { app: site } });
    expect(resources(stack, "aws_cloudfront_distribution")).toHaveLength(1);
    expect(resources(stack, "aws_acm_certificate")).toEqual([]);
    expect(resources(stack, "aws_route53_record")).toEqual([]);
    expect(stack.provider?.["aws"]).toHaveLength(2);
  });

  test("asks for one certificate in us-east-1, for however many names, and waits until it is valid", () => {
    const stack = cdn({ domain, sites: { app, docs: { ...site, domain: "docs.example.com" } } });
    expect(resources(stack, "aws_acm_certificate")).toEqual([
      expect.objectContaining({
        domain_name: "example.com",
        subject_alternative_names: ["*.example.com"],
        provider: "aws.us-east-1",
      }),
    ]);
    expect(values(stack, "aws_acm_certificate_validation", "provider")).toEqual(["aws.us-east-1"]);
    for (const certificate of values(stack, "aws_cloudfront_distribution", "viewer_certificate")) {
      expect(certificate).toMatchObject({
        acm_certificate_arn: expect.stringMatching(/^\$\{aws_acm_certificate_validation\.\w+\.certificate_arn\}$/),
      });
    }
  });

  test("needs no second provider where the environment is in us-east-1 itself", () => {
    const stack = cdn({ domain, region: "us-east-1", sites: { app } });
    expect(stack.provider?.["aws"]).toHaveLength(1);
    expect(resources(stack, "aws_acm_certificate")).toHaveLength(1);
  });

  test("writes the names of the sites at Route 53, for IPv4 and IPv6", () => {
    const stack = cdn({ domain, sites: { app, plain: site } });
    expect(resources(stack, "aws_route53_record").map(({ name, type }) => [name, type])).toEqual([
      ["app.example.com", "A"],
      ["app.example.com", "AAAA"],
    ]);
    expect(Object.keys(stack.provider ?? {})).toEqual(["aws"]);
  });

  test("writes the names of the sites at Cloudflare", () => {
    const stack = cdn({ domain: cloudflare, sites: { app } });
    expect(resources(stack, "cloudflare_dns_record").map(({ name, type }) => [name, type])).toEqual([
      ["app.example.com", "CNAME"],
    ]);
    expect(Object.keys(stack.provider ?? {}).sort()).toEqual(["aws", "cloudflare"]);
  });

  test("sends the paths of an API to the host of its service", () => {
    const other = { ...api, routing: { hosts: ["b.example.com"], priority: 20 } };
    const origins = (service?: string) =>
      JSON.stringify(
        values(
          cdn({ domain, services: { api, other }, sites: { app: { ...app, service, api: { paths: ["/api/*"] } } } }),
          "aws_cloudfront_distribution",
          "origin",
        ),
      );
    expect(origins()).toContain('"domain_name":"api.example.com"');
    expect(origins("other")).toContain('"domain_name":"b.example.com"');
  });

  test("comes after the records that prove the domain, also without a service behind the load balancer", () => {
    const { dependencies, stacks } = synthEnvironment(
      prod({ domain, sites: { app }, delivery: { reviewers: { teams: [1] } } }),
    );
    expect(dependencies["prod-cdn"]).toEqual(["prod-edge", "prod-delivery"]);
    expect(resources(stacks["prod-network"] ?? {}, "aws_acm_certificate")).toHaveLength(1);
    expect(resources(stacks["prod-network"] ?? {}, "aws_lb")).toEqual([]);
    expect(values(stacks["prod-edge"] ?? {}, "aws_route53_record", "type")).toEqual(["CNAME"]);
  });

  test("needs no records first where no site has a name of its own", () => {
    const { dependencies } = synthEnvironment(staging({ domain, sites: { app: site } }));
    expect(dependencies["staging-cdn"]).toEqual([]);
    expect(dependencies).not.toHaveProperty("staging-edge");
  });
});

describe("apiHostOf", () => {
  const services = resolveEnvironment(
    staging({
      services: {
        worker: { kind: "fargate", image: api.image },
        wild: { ...api, routing: { hosts: ["*.example.com", "wild.example.com"], priority: 1 } },
        api,
      },
    }),
  );

  test("is the first host without a wildcard, of any service or of that which is named", () => {
    expect(apiHostOf(services, {})).toBe("wild.example.com");
    expect(apiHostOf(services, { service: "api" })).toBe("api.example.com");
    expect(apiHostOf(services, { service: "worker" })).toBeUndefined();
  });
});
