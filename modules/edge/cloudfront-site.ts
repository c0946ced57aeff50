import {
  CloudfrontDistribution,
  type CloudfrontDistributionOrderedCacheBehavior,
  type CloudfrontDistributionOrigin,
  type CloudfrontDistributionViewerCertificate,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { Lazy, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { Bucket } from "../storage/bucket";
import { bucketArn } from "../storage/bucket-access";
import { assertValid } from "../validation";
import { CloudFrontAccessLogs } from "./cloudfront-access-logs";
import { MANAGED_POLICIES } from "./cloudfront-managed-policies";
import { ROUTING_FUNCTIONS } from "./cloudfront-routing";
import { securityHeaders } from "./cloudfront-security-headers";
import {
  cloudFrontConnectionProblems,
  cloudFrontSiteProblems,
  type CloudFrontSiteSettings,
  siteBucketName,
  siteThing,
} from "./cloudfront-site-settings";

export interface CloudFrontSiteProps extends CloudFrontSiteSettings {
  /** For whom and where. */
  readonly context: Context;

  /** What the site is, as part of its names: `web`. */
  readonly name: string;

  /**
   * ARN of a valid certificate in us-east-1 that covers the domain.
   * @default - none; needed as soon as there is a domain
   */
  readonly certificateArn?: string;

  /**
   * Host name of the API, which its certificate covers and by which its load balancer routes: CloudFront asks it under this name.
   * @default - none; needed as soon as there is an API
   */
  readonly apiOriginDomain?: string;

  /**
   * AWS provider of us-east-1, where CloudFront's log deliveries are.
   * @default - none; needed as soon as there are access logs
   */
  readonly usEast1?: TerraformProvider;
}

/** The Route 53 zone of every distribution. Source: Route 53 API reference, AliasTarget, read in 2026-11. */
const CLOUDFRONT_ZONE_ID = "Z2FDTNDATAQYW2";
const SITE_ORIGIN = "site";
const API_ORIGIN = "api";
/** The newest that provider 5.100.0 knows: TLS 1.2 and 1.3. */
const TLS_POLICY = "TLSv1.2_2021";

/**
 * Files in a private bucket, served by CloudFront over HTTPS, HTTP/2 and HTTP/3, IPv4 and IPv6, compressed and with the headers that guard a
 * site; and, if it has an API, the API under the same name, never cached. Only this distribution can read the bucket.
 *
 * Upload what has a hash in its name with a long `Cache-Control`, and `index.html` with `no-cache`; then no release needs an invalidation.
 */
export class CloudFrontSite extends Construct {
  /** Id of the distribution. */
  readonly distributionId: string;

  /** ARN of the distribution. */
  readonly distributionArn: string;

  /** CloudFront's own name of it, for an alias or CNAME record. */
  readonly domainName: string;

  /** The Route 53 zone of that name, for an alias record. */
  readonly hostedZoneId: string;

  /** Name of the bucket that holds the files. */
  readonly bucketName: string;

  /** The domain it is served under, if it has one of its own. */
  readonly domain: string | undefined;

  constructor(scope: Construct, id: string, props: CloudFrontSiteProps) {
    super(scope, id);
    const { routing = "spa", domain, priceClass = "PriceClass_100", contentSecurityPolicy } = props;
    const { accessLogs = false, accessLogRetentionDays = 365, context, name, usEast1 } = props;
    assertValid(this, [
      ...cloudFrontSiteProblems(props),
      ...cloudFrontConnectionProblems(props, props),
      accessLogs && usEast1 === undefined ? "usEast1 must be there when there are access logs, got none" : undefined,
    ]);

    const bucket = this.createBucket(props, () => distribution.arn);
    const accessControl = new CloudfrontOriginAccessControl(this, "access-control", {
      name: context.names("originAccessControl", name),
      description: "Signs what the distribution asks of its bucket",
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    const headers = new CloudfrontResponseHeadersPolicy(this, "headers", {
      name: context.names("responseHeadersPolicy", name),
      comment: "Headers with which a browser guards the site",
      securityHeadersConfig: securityHeaders(contentSecurityPolicy),
    });
    const rewrite = new CloudfrontFunction(this, "routing", {
      name: context.names("cloudFrontFunction", `${name}-routing`),
      comment: routing === "spa" ? "Pages are /index.html" : "Pages are the index.html of their folders",
      runtime: "cloudfront-js-2.0",
      code: ROUTING_FUNCTIONS[routing],
      publish: true,
    });
    const distribution = new CloudfrontDistribution(this, "distribution", {
      enabled: true,
      comment: context.names("nameTag", name),
      aliases: domain === undefined ? undefined : [domain],
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass,
      defaultRootObject: "index.html",
      origin: [
        {
          originId: SITE_ORIGIN,
          domainName: bucket.regionalDomainName,
          originAccessControlId: accessControl.id,
        },
        ...apiOrigins(props),
      ],
      defaultCacheBehavior: {
        targetOriginId: SITE_ORIGIN,
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        compress: true,
        cachePolicyId: MANAGED_POLICIES.cachingOptimized,
        responseHeadersPolicyId: headers.id,
        functionAssociation: [{ eventType: "viewer-request", functionArn: rewrite.arn }],
      },
      orderedCacheBehavior: apiBehaviors(props, headers.id),
      viewerCertificate: viewerCertificate(props),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      tags: { Name: context.names("nameTag", name) },
      lifecycle: context.destroyable ? undefined : { preventDestroy: true }, // a new one has another name and empty caches
    });
    if (accessLogs && usEast1 !== undefined) {
      new CloudFrontAccessLogs(this, "access-logs", {
        context,
        name,
        distributionArn: distribution.arn,
        usEast1,
        retentionDays: accessLogRetentionDays,
      });
    }

    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.domainName = distribution.domainName;
    this.hostedZoneId = CLOUDFRONT_ZONE_ID;
    this.bucketName = bucket.bucketName;
    this.domain = domain;
  }

  /** The distribution refers to the bucket, and the bucket's policy to the distribution, so one of the two has to be looked up later. */
  private createBucket({ context, name }: CloudFrontSiteProps, distributionArn: () => string): Bucket {
    const { project, environment, accountId } = context;
    const files = bucketArn(siteBucketName(project, environment, name, accountId));
    const byDistribution = {
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": Lazy.stringValue({ produce: distributionArn }) } },
    } as const;
    return new Bucket(this, "bucket", {
      context,
      name: siteThing(name),
      noncurrentDays: 30, // the way back from a bad release
      policyStatements: [
        { Sid: "ReadFiles", ...byDistribution, Action: "s3:GetObject", Resource: `${files}/*` },
        // With it a file that is missing is 404 and not 403. No request lists: a path without a file becomes index.html before S3 sees it.
        { Sid: "TellMissingFiles", ...byDistribution, Action: "s3:ListBucket", Resource: files },
      ],
    });
  }
}

function apiOrigins({ api, apiOriginDomain }: CloudFrontSiteProps): CloudfrontDistributionOrigin[] {
  if (api === undefined || apiOriginDomain === undefined) return [];
  return [
    {
      originId: API_ORIGIN,
      domainName: apiOriginDomain,
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"], // the newest there is for origins
        originReadTimeout: api.readTimeoutSeconds ?? 30,
      },
    },
  ];
}

function apiBehaviors(
  { api }: CloudFrontSiteProps,
  responseHeadersPolicyId: string,
): CloudfrontDistributionOrderedCacheBehavior[] | undefined {
  return api === undefined
    ? undefined
    : (api.paths ?? ["/api/*"]).map((pathPattern) => ({
        pathPattern,
        targetOriginId: API_ORIGIN,
        viewerProtocolPolicy: "https-only", // a redirected POST loses its body, after its secrets went out in clear
        allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
        cachedMethods: ["GET", "HEAD"],
        compress: false, // CloudFront compresses only what it may cache
        cachePolicyId: MANAGED_POLICIES.cachingDisabled,
        // The site's host would match neither the rules of the API's load balancer nor its certificate.
        originRequestPolicyId: MANAGED_POLICIES.allViewerExceptHostHeader,
        responseHeadersPolicyId,
      }));
}

/** For its own name AWS fixes the TLS policy, and stating another would differ in every plan. */
function viewerCertificate({ certificateArn }: CloudFrontSiteProps): CloudfrontDistributionViewerCertificate {
  if (certificateArn === undefined) return { cloudfrontDefaultCertificate: true };
  return { acmCertificateArn: certificateArn, sslSupportMethod: "sni-only", minimumProtocolVersion: TLS_POLICY };
}
