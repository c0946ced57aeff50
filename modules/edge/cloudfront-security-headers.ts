import type { CloudfrontResponseHeadersPolicySecurityHeadersConfig } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";

const ONE_YEAR_SECONDS = 31_536_000;

/** Everything from the site itself. Styles may stand in the page, because most frameworks put them there. */
const DEFAULT_CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "object-src 'none'",
  "style-src 'self' 'unsafe-inline'",
].join("; ");

/**
 * The headers with which a browser guards the site. HTTPS and "no sniffing" hold for every answer; the other three are added where an API has
 * not sent its own, which S3 never does. HTTPS is asked of this host only: hosts below it may be somebody else's.
 */
export function securityHeaders(
  contentSecurityPolicy = DEFAULT_CONTENT_SECURITY_POLICY,
): CloudfrontResponseHeadersPolicySecurityHeadersConfig {
  return {
    strictTransportSecurity: { accessControlMaxAgeSec: ONE_YEAR_SECONDS, override: true },
    contentTypeOptions: { override: true },
    contentSecurityPolicy: { contentSecurityPolicy, override: false },
    frameOptions: { frameOption: "DENY", override: false },
    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
  };
}
