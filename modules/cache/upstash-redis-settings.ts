import { notOneOf, outOfRange, shown } from "../validation";

/** AWS regions in which Upstash runs global databases. Source: Upstash developer API, read in 2026-11. */
export const UPSTASH_REGIONS = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "sa-east-1",
  "ap-south-1",
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
] as const;

/** A region of Upstash. */
export type UpstashRegion = (typeof UPSTASH_REGIONS)[number];

/** What an environment chooses about its Redis at Upstash. */
export interface UpstashRedisSettings {
  /** Region that takes the writes; the one nearest to the services. Changing it replaces the database, and its data is lost. */
  readonly primaryRegion: UpstashRegion;

  /**
   * Regions with a copy for reads. Each is billed for its storage and for every write.
   * @default - none
   */
  readonly readRegions?: readonly UpstashRegion[];

  /**
   * Whether keys are evicted when the database is full; otherwise writes fail, which suits queues and sessions better.
   * @default true
   */
  readonly eviction?: boolean;

  /**
   * Whether Upstash moves the database to a larger plan when it reaches its limits, at a higher price.
   * @default false
   */
  readonly autoScale?: boolean;

  /**
   * Whether the production features are booked: encryption at rest, more zones, metrics. They have a monthly price of their own.
   * @default false
   */
  readonly prodPack?: boolean;

  /**
   * US dollars a month, 1 to 100000, at which Upstash throttles the database until the next month.
   * @default 20
   */
  readonly budgetUsd?: number;
}

/** What is wrong with the settings, one sentence each. */
export function upstashRedisProblems(settings: UpstashRedisSettings): Array<string | undefined> {
  const { primaryRegion, readRegions = [], budgetUsd } = settings;
  return [
    primaryRegion === undefined
      ? `primaryRegion must be one of ${UPSTASH_REGIONS.join(", ")}, got undefined`
      : notOneOf("primaryRegion", primaryRegion, UPSTASH_REGIONS),
    ...readRegions.map((region) => notOneOf("readRegions", region, UPSTASH_REGIONS)),
    readRegions.includes(primaryRegion)
      ? `readRegions must be other than primaryRegion, got ${shown(primaryRegion)}`
      : undefined,
    repeatedRegion(readRegions),
    outOfRange("budgetUsd", budgetUsd, 1, 100_000), // the upper limit is ours, against a slip of the finger
  ];
}

function repeatedRegion(regions: readonly string[]): string | undefined {
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  return twice === undefined ? undefined : `readRegions must be without repetition, got ${shown(twice)} twice`;
}
