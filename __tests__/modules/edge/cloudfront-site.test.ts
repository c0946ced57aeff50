import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ROUTING_FUNCTIONS } from "../../../modules/edge/cloudfront-routing";
import { CloudFrontSite, type CloudFrontSiteProps } from "../../../modules/edge/cloudfront-site";
import type { Context } from "../../../modules/context";
import { context, policyOf, resources, synth } from "../../support/synth";

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const domain = { domain: "app.example.com", certificateArn };
const api = { api: {}, apiOriginDomain: "api.example.com" };
const bucket = "arn:aws:s3:::acme-test-web-site-123456789012";
const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${attribute}\\}$`)) as string;

const site = (props: Partial<CloudFrontSiteProps> = {}, overrides: Partial<Context> = {}) =>
  synth((scope) => new CloudFrontSite(scope, "site", { context: context(overrides), name: "web", ...props }));
const distribution = (props: Partial<CloudFrontSiteProps> = {}, overrides: Partial<Context> = {}) => {
  const [found, ...others] = resources(site(props, overrides), "aws_cloudfront_distribution");
  expect(others).toEqual([]);
  return found ?? {};
};

describe(CloudFrontSite, () => {
  test("serves a private bucket over HTTPS, every version of HTTP and IP, compressed and cached", () => {
    expect(distribution()).toEqual({
      enabled: true,
      comment: "acme-test-web",
      default_root_object: "index.html",
      http_version: "http2and3",
      is_ipv6_enabled: true,
      price_class: "PriceClass_100",
      origin: [
        {
          origin_id: "site",
          domain_name: reference("aws_s3_bucket", "bucket_regional_domain_name"),
          origin_access_control_id: reference("aws_cloudfront_origin_access_control", "id"),
        },
      ],
      default_cache_behavior: {
        target_origin_id: "site",
        viewer_protocol_policy: "redirect-to-https",
        allowed_methods: ["GET", "HEAD"],
        cached_methods: ["GET", "HEAD"],
        compress: true,
        cache_policy_id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        response_headers_policy_id: reference("aws_cloudfront_response_headers_policy", "id"),
        function_association: [
          { event_type: "viewer-request", function_arn: reference("aws_cloudfront_function", "arn") },
        ],
      },
      restrictions: { geo_restriction: { restriction_type: "none" } },
      viewer_certificate: { cloudfront_default_certificate: true },
      tags: { Name: "acme-test-web" },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { routing: undefined, domain: undefined, api: undefined, priceClass: undefined };
    expect(site({ ...settings, contentSecurityPolicy: undefined, accessLogs: undefined })).toEqual(site());
  });

  test("signs what it asks of the bucket, and only this distribution can read it", () => {
    const synthesized = site();
    expect(resources(synthesized, "aws_cloudfront_origin_access_control")).toEqual([
      {
        name: "acme-test-web",
        description: "Signs what the distribution asks of its bucket",
        origin_access_control_origin_type: "s3",
        signing_behavior: "always",
        signing_protocol: "sigv4",
      },
    ]);
    expect(resources(synthesized, "aws_s3_bucket_public_access_block")).toHaveLength(1);
    const policies = resources(synthesized, "aws_s3_bucket_policy");
    expect(policies).toHaveLength(1);
    const allowed = policies.flatMap((policy) => policyOf(policy).Statement.filter(({ Effect }) => Effect === "Allow"));
    const byDistribution = {
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": reference("aws_cloudfront_distribution", "arn") } },
    };
    expect(allowed).toEqual([
      { Sid: "ReadFiles", ...byDistribution, Action: "s3:GetObject", Resource: `${bucket}/*` },
      { Sid: "TellMissingFiles", ...byDistribution, Action: "s3:ListBucket", Resource: bucket },
    ]);
  });

  test("guards the site with headers, of which an API may send its own but for two", () => {
    expect(resources(site(), "aws_cloudfront_response_headers_policy")).toEqual([
      {
        name: "acme-test-web",
        comment: "Headers with which a browser guards the site",
        security_headers_config: {
          strict_transport_security: { access_control_max_age_sec: 31_536_000, override: true },
          content_type_options: { override: true },
          content_security_policy: {
            content_security_policy:
              "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; object-src 'none'; style-src 'self' 'unsafe-inline'",
            override: false,
          },
          frame_options: { frame_option: "DENY", override: false },
          referrer_policy: { referrer_policy: "strict-origin-when-cross-origin", override: false },
        },
      },
    ]);
    const [own] = resources(
      site({ contentSecurityPolicy: "default-src 'none'" }),
      "aws_cloudfront_response_headers_policy",
    );
    expect(own).toMatchObject({
      security_headers_config: { content_security_policy: { content_security_policy: "default-src 'none'" } },
    });
  });

  test.each(["spa", "folders"] as const)("with routing %s rewrites paths by its function", (routing) => {
    expect(resources(site({ routing }), "aws_cloudfront_function")).toEqual([
      expect.objectContaining({
        name: "acme-test-web-routing",
        runtime: "cloudfront-js-2.0",
        code: ROUTING_FUNCTIONS[routing],
        publish: true,
      }),
    ]);
  });

  test("has its own domain with TLS 1.2 or later", () => {
    expect(distribution(domain)).toMatchObject({
      aliases: ["app.example.com"],
      viewer_certificate: {
        acm_certificate_arn: certificateArn,
        ssl_support_method: "sni-only",
        minimum_protocol_version: "TLSv1.2_2021",
      },
    });
  });

  test("sends the paths of an API to it over HTTPS under its own host, with every method, and caches nothing", () => {
    const found = distribution(api);
    expect(found).toMatchObject({
      origin: [
        { origin_id: "site" },
        {
          origin_id: "api",
          domain_name: "api.example.com",
          custom_origin_config: {
            http_port: 80,
            https_port: 443,
            origin_protocol_policy: "https-only",
            origin_ssl_protocols: ["TLSv1.2"],
            origin_read_timeout: 30,
          },
        },
      ],
    });
    expect(found["ordered_cache_behavior"]).toEqual([
      {
        path_pattern: "/api/*",
        target_origin_id: "api",
        viewer_protocol_policy: "https-only",
        allowed_methods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
        cached_methods: ["GET", "HEAD"],
        compress: false,
        cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        origin_request_policy_id: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        response_headers_policy_id: reference("aws_cloudfront_response_headers_policy", "id"),
      },
    ]);
  });

  test("takes the paths of an API in their order, and its patience", () => {
    const found = distribution({ ...api, api: { paths: ["/graphql", "/api/*"], readTimeoutSeconds: 60 } });
    expect(found).toMatchObject({
      ordered_cache_behavior: [{ path_pattern: "/graphql" }, { path_pattern: "/api/*" }],
      origin: [{}, { custom_origin_config: { origin_read_timeout: 60 } }],
    });
  });

  test("rewrites only what goes to the bucket, so that a 404 of the API stays one", () => {
    const found = distribution(api);
    expect(found).not.toHaveProperty("custom_error_response");
    expect(JSON.stringify(found["ordered_cache_behavior"])).not.toContain("function_association");
  });

  test("records requests when asked", () => {
    const logged = synth((scope) => {
      const usEast1 = new AwsProvider(scope, "us-east-1", { region: "us-east-1", alias: "us-east-1" });
      new CloudFrontSite(scope, "site", { context: context(), name: "web", accessLogs: true, usEast1 });
    });
    expect(resources(logged, "aws_cloudwatch_log_delivery_source")).toEqual([
      expect.objectContaining({ resource_arn: reference("aws_cloudfront_distribution", "arn") }),
    ]);
    expect(resources(logged, "aws_s3_bucket_lifecycle_configuration")).toContainEqual(
      expect.objectContaining({
        rule: expect.arrayContaining([expect.objectContaining({ expiration: [{ days: 365 }] })]),
      }),
    );
    expect(resources(site(), "aws_cloudwatch_log_delivery_source")).toEqual([]);
  });

  test("may be destroyed with all it holds where everything may", () => {
    expect(distribution({}, { destroyable: true })).not.toHaveProperty("lifecycle");
    expect(resources(site({}, { destroyable: true }), "aws_s3_bucket")[0]).toMatchObject({ force_destroy: true });
  });

  test("hands out what DNS needs", () => {
    const fields: unknown[] = [];
    synth((scope) => {
      const web = new CloudFrontSite(scope, "site", { context: context(), name: "web", ...domain });
      fields.push(web.hostedZoneId, web.domain);
    });
    expect(fields).toEqual(["Z2FDTNDATAQYW2", "app.example.com"]);
  });

  test("fails on all wrong props at once", () => {
    expect(() => site({ routing: "x" as "spa", domain: "app.example.com", accessLogs: true })).toThrow(
      new Error(
        `test/site: routing must be one of spa, folders, got "x"; certificateArn must be there when there is domain, got none; ` +
          "usEast1 must be there when there are access logs, got none",
      ),
    );
  });
});
