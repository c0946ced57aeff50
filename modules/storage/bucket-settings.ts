import { nameOf, nameProblem } from "../naming";
import { notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { MAX_DAYS, type Transition, transitionProblems } from "./bucket-transitions";

/** What an environment chooses about a bucket. */
export interface BucketSettings {
  /**
   * Whether overwritten and deleted objects are kept as former versions. Turned off later, it is suspended: versions made until then stay.
   * @default true
   */
  readonly versioning?: boolean;

  /**
   * How many days a former version is kept, 1 to 3650. Each is billed like an object.
   * @default 90
   */
  readonly noncurrentDays?: number;

  /**
   * Age in days at which objects are deleted, 1 to 3650. In a versioned bucket they become former versions first.
   * @default - never
   */
  readonly expireDays?: number;

  /**
   * Age in days at which objects move to S3 Intelligent-Tiering, 0 to 3650, which costs a fee per 1,000 objects a month and none to read.
   * @default - never
   */
  readonly intelligentTieringAfterDays?: number;

  /**
   * Further moves to other storage classes, each later and colder than the one before.
   * @default - none
   */
  readonly transitions?: readonly Transition[];

  /**
   * Which web pages may call the bucket from a browser, for uploads with signed URLs.
   * @default - none
   */
  readonly cors?: readonly CorsRule[];

  /**
   * Whether every change of an object is an event in EventBridge.
   * @default false
   */
  readonly eventBridge?: boolean;
}

/** One rule of cross-origin resource sharing. */
export interface CorsRule {
  /** Origins such as `https://app.example.com`; one `*` may stand for a label; `http` only for localhost. */
  readonly allowedOrigins: readonly string[];

  /** HTTP methods. */
  readonly allowedMethods: ReadonlyArray<(typeof METHODS)[number]>;

  /**
   * Request headers a page may send.
   * @default ["*"]
   */
  readonly allowedHeaders?: readonly string[];

  /**
   * Response headers a page may read.
   * @default ["ETag"]
   */
  readonly exposeHeaders?: readonly string[];

  /**
   * How long a browser remembers the answer, 0 to 86400.
   * @default 3600
   */
  readonly maxAgeSeconds?: number;
}

const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE"] as const;
const ORIGIN = /^(https:\/\/[a-z0-9.-]*\*?[a-z0-9.-]*\.[a-z0-9-]+(:\d+)?|https?:\/\/localhost(:\d+)?)$/;

/**
 * Name of a bucket: that of the thing, then the account's number, because a bucket name is taken for all accounts of the world at once.
 * The number makes it ours on the first try, and the name can be computed before the bucket exists.
 */
export function bucketName(project: string, environment: string, thing: string, accountId: string): string {
  return nameOf(project, environment, `${thing}-${accountId}`);
}

/** Everything wrong with a bucket's settings. */
export function bucketProblems(settings: BucketSettings): Array<string | undefined> {
  const { versioning, noncurrentDays, expireDays, intelligentTieringAfterDays, cors = [] } = settings;
  return [
    outOfRange("noncurrentDays", noncurrentDays, 1, MAX_DAYS),
    versioning === false && noncurrentDays !== undefined
      ? `noncurrentDays must be left out without versioning, got ${shown(noncurrentDays)}`
      : undefined,
    outOfRange("expireDays", expireDays, 1, MAX_DAYS),
    outOfRange("intelligentTieringAfterDays", intelligentTieringAfterDays, 0, MAX_DAYS),
    ...transitionProblems(settings),
    ...cors.flatMap((rule, index) => within(`cors[${index}]`, corsProblems(rule))),
  ];
}

/** The problem with a bucket's name, if there is one. */
export function bucketNameProblem(
  project: string,
  environment: string,
  thing: string,
  accountId: string,
): string | undefined {
  return nameProblem("bucket", bucketName(project, environment, thing, accountId));
}

function corsProblems({ allowedOrigins, allowedMethods, maxAgeSeconds }: CorsRule): Array<string | undefined> {
  return [
    allowedOrigins.length > 0 ? undefined : "allowedOrigins must be one or more origins, got []",
    ...allowedOrigins.map((origin, index) =>
      notMatching(`allowedOrigins[${index}]`, origin, ORIGIN, "an https origin with a host, or one of localhost"),
    ),
    allowedMethods.length > 0 ? undefined : "allowedMethods must be one or more methods, got []",
    ...allowedMethods.map((method, index) => notOneOf(`allowedMethods[${index}]`, method, METHODS)),
    outOfRange("maxAgeSeconds", maxAgeSeconds, 0, 86_400),
  ];
}
