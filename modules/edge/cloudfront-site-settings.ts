import { bucketName } from "../storage/bucket-settings";
import { notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { ROUTING_FUNCTIONS, type SiteRouting } from "./cloudfront-routing";

/** What an environment chooses about a site of files in S3 that CloudFront serves. */
export interface CloudFrontSiteSettings {
  /**
   * How paths become files: `spa` answers every page with `/index.html`, `folders` with the `index.html` of its folder. A file that is
   * missing is 404 either way.
   * @default "spa"
   */
  readonly routing?: SiteRouting;

  /**
   * Name under which the site is served besides CloudFront's own. Without one AWS lets browsers use TLS 1.0.
   * @default - only the address below `cloudfront.net`
   */
  readonly domain?: string;

  /**
   * Paths that go to an API instead of S3: the browser sees one origin, and so needs no CORS.
   * @default - every path is a file
   */
  readonly api?: CloudFrontApi;

  /**
   * Where the world is served from: `PriceClass_100` is North America and Europe, `PriceClass_200` nearly everywhere, `PriceClass_All`
   * everywhere, at the price of each place.
   * @default "PriceClass_100"
   */
  readonly priceClass?: (typeof PRICE_CLASSES)[number];

  /**
   * What pages may load and from where; an API that sends its own keeps it.
   * @default - everything from the site itself; inline styles and `data:` images too; in no frame
   */
  readonly contentSecurityPolicy?: string;

  /**
   * Whether every request is recorded in a bucket of its own, at the price of its storage.
   * @default false
   */
  readonly accessLogs?: boolean;

  /**
   * How long access logs are kept, 1 to 3650.
   * @default 365
   */
  readonly accessLogRetentionDays?: number;
}

/** The paths of an API behind a site. */
export interface CloudFrontApi {
  /**
   * Paths as the browser asks for them and as the API gets them, `*` for any text.
   * @default ["/api/*"]
   */
  readonly paths?: readonly string[];

  /**
   * How long CloudFront waits for an answer before it says 504, 1 to 60; AWS raises the upper limit on request.
   * @default 30
   */
  readonly readTimeoutSeconds?: number;
}

/** What the settings of a site need from elsewhere. */
interface SiteConnections {
  readonly certificateArn?: string;
  readonly apiOriginDomain?: string;
}

const PRICE_CLASSES = ["PriceClass_100", "PriceClass_200", "PriceClass_All"] as const;
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+${LABEL}$`);
/** CloudFront takes certificates from us-east-1 only, whatever the region of the rest. Source: CloudFront developer guide, requirements for certificates. */
const CERTIFICATE = /^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/;
/** Characters of a path pattern. Source: CloudFront developer guide, path pattern; at most 255. */
const PATH = /^\/[\w.*$/~"'@:+&?-]{1,254}$/;
const MAX_API_PATHS = 74; // a distribution has 75 behaviours, and one is the site's. Source: CloudFront developer guide, quotas, read in 2026-11
/** CloudFront's limits for security headers. Source: CloudFront developer guide, quotas on policies. */
const MAX_POLICY_CHARACTERS = 1783;

/** Name of the bucket that holds the files of a site, whether it exists yet or not. */
export function siteBucketName(project: string, environment: string, name: string, accountId: string): string {
  return bucketName(project, environment, siteThing(name), accountId);
}

/** What the bucket of a site is called after the environment. */
export function siteThing(name: string): string {
  return `${name}-site`;
}

/** Everything wrong with a site's settings. */
export function cloudFrontSiteProblems(settings: CloudFrontSiteSettings): Array<string | undefined> {
  const { routing, domain, api, priceClass, contentSecurityPolicy, accessLogs, accessLogRetentionDays } = settings;
  return [
    notOneOf("routing", routing, Object.keys(ROUTING_FUNCTIONS) as SiteRouting[]),
    notMatching("domain", domain, HOST, "a domain name in lower case"),
    ...(api === undefined ? [] : within("api", apiProblems(api))),
    notOneOf("priceClass", priceClass, PRICE_CLASSES),
    notMatching(
      "contentSecurityPolicy",
      contentSecurityPolicy,
      new RegExp(`^(?=.*\\S)[^\\r\\n]{1,${MAX_POLICY_CHARACTERS}}$`),
      `one line of at most ${MAX_POLICY_CHARACTERS} characters`,
    ),
    outOfRange("accessLogRetentionDays", accessLogRetentionDays, 1, 3650),
    accessLogs !== true && accessLogRetentionDays !== undefined
      ? `accessLogRetentionDays must be left out without accessLogs, got ${shown(accessLogRetentionDays)}`
      : undefined,
  ];
}

/** What a site lacks that its settings call for, or is given for nothing. */
export function cloudFrontConnectionProblems(
  { domain, api }: CloudFrontSiteSettings,
  { certificateArn, apiOriginDomain }: SiteConnections,
): Array<string | undefined> {
  return [
    pairProblem("certificateArn", certificateArn, "domain", domain),
    notMatching("certificateArn", certificateArn, CERTIFICATE, "the ARN of a certificate in us-east-1"),
    pairProblem("apiOriginDomain", apiOriginDomain, "api", api),
    notMatching("apiOriginDomain", apiOriginDomain, HOST, "a host name"),
  ];
}

function pairProblem(name: string, value: unknown, otherName: string, other: unknown): string | undefined {
  if ((value === undefined) === (other === undefined)) return undefined;
  return value === undefined
    ? `${name} must be there when there is ${otherName}, got none`
    : `${name} must be left out without ${otherName}, got ${shown(value)}`;
}

function apiProblems({ paths, readTimeoutSeconds }: CloudFrontApi): Array<string | undefined> {
  return [
    paths?.length === 0 ? "paths must be one or more paths, got []" : undefined,
    paths !== undefined && paths.length > MAX_API_PATHS
      ? `paths must be at most ${MAX_API_PATHS}, got ${paths.length}`
      : undefined,
    ...(paths ?? []).map((path, index) =>
      paths?.indexOf(path) === index
        ? notMatching(`paths[${index}]`, path, PATH, "a path that begins with a slash, with * for any text")
        : `paths[${index}] must be another path, got ${shown(path)} twice`,
    ),
    outOfRange("readTimeoutSeconds", readTimeoutSeconds, 1, 60),
  ];
}
