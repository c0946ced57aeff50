import { isUnresolved, notMatching, notOneOf, outOfRange, shown } from "../validation";

/** What an environment chooses about its PostgreSQL at Neon. */
export interface NeonDatabaseSettings {
  /** Where it is, by Neon's name, such as `aws-eu-central-1`; the nearest to the services. Changing it makes an empty database. */
  readonly neonRegion: string;

  /**
   * Major version of PostgreSQL. Changing it makes an empty database.
   * @default 17
   */
  readonly majorVersion?: (typeof MAJOR_VERSIONS)[number];

  /**
   * Name of the database. Changing it makes an empty database.
   * @default "app"
   */
  readonly databaseName?: string;

  /**
   * Name of the role that owns it. Changing it makes an empty database.
   * @default "app"
   */
  readonly roleName?: string;

  /**
   * Least compute units, each of 1 vCPU and 4 GB: 0.25, 0.5, or 1 to 56.
   * @default 0.25
   */
  readonly minComputeUnits?: number;

  /**
   * Most compute units, at most 16 unless it is also the least, and at most 8 above the least. Computing time is billed by them.
   * @default 2
   */
  readonly maxComputeUnits?: number;

  /**
   * Seconds without a query after which the compute sleeps, 60 to 604800; waking up takes the first query about a second. Neon's free plan
   * has five minutes, whatever this says.
   * @default 300
   */
  readonly suspendAfterSeconds?: number | "never";

  /**
   * Hours it can be restored to a moment of, 0 to 720, billed by what changed in them. The free plan has 6, the next 168.
   * @default 24
   */
  readonly restoreHours?: number;

  /**
   * Addresses or ranges that may connect, which Neon's Scale plan has.
   * @default - any address, with the password, over TLS
   */
  readonly allowedCidrs?: readonly string[];

  /**
   * Copies of the whole database by name, for previews and tests; each shares its data with the original until it is written to.
   * @default - none
   */
  readonly branches?: readonly string[];
}

/** Source: Neon's documentation, supported Postgres versions, read in 2026-11. */
const MAJOR_VERSIONS = [14, 15, 16, 17] as const;
/** Source of the three: Neon's documentation, compute size and autoscaling, read in 2026-11. */
const MOST_UNITS = 56;
const MOST_SCALED_UNITS = 16;
const WIDEST_RANGE = 8;
const NAME = /^[a-z_][a-z0-9_]{0,62}$/;

/** Everything wrong with a database's settings. */
export function neonDatabaseProblems(settings: NeonDatabaseSettings): Array<string | undefined> {
  const { suspendAfterSeconds, allowedCidrs, branches = [] } = settings;
  return [
    notMatching(
      "neonRegion",
      settings.neonRegion,
      /^(aws|azure)-[a-z0-9-]+$/,
      "a region of Neon, such as aws-eu-central-1",
    ),
    notOneOf("majorVersion", settings.majorVersion, MAJOR_VERSIONS),
    notMatching("databaseName", settings.databaseName, NAME, "lower-case letters, digits and underscores, at most 63"),
    notMatching("roleName", settings.roleName, NAME, "lower-case letters, digits and underscores, at most 63"),
    ...computeProblems(settings),
    typeof suspendAfterSeconds === "string"
      ? notOneOf("suspendAfterSeconds", suspendAfterSeconds, ["never"])
      : outOfRange("suspendAfterSeconds", suspendAfterSeconds, 60, 604_800),
    outOfRange("restoreHours", settings.restoreHours, 0, 720),
    allowedCidrs?.length === 0 ? "allowedCidrs must be one or more ranges, got []" : undefined,
    ...(allowedCidrs ?? []).map((cidr, index) =>
      notMatching(
        `allowedCidrs[${index}]`,
        cidr,
        /^(\d{1,3}\.){3}\d{1,3}(\/([89]|[12]\d|3[0-2]))?$/,
        "an IPv4 address, or a range of at most /8",
      ),
    ),
    ...branches.map((branch, index) =>
      branches.indexOf(branch) === index
        ? notMatching(`branches[${index}]`, branch, /^(?!main$)[a-z0-9][a-z0-9-]{0,62}$/, "a name other than main")
        : `branches[${index}] must be another name, got ${shown(branch)} twice`,
    ),
  ];
}

function computeProblems({ minComputeUnits = 0.25, maxComputeUnits = 2 }: NeonDatabaseSettings) {
  const own = [unitsProblem("minComputeUnits", minComputeUnits), unitsProblem("maxComputeUnits", maxComputeUnits)];
  const found = own.some((problem) => problem !== undefined);
  if (found || isUnresolved(minComputeUnits) || isUnresolved(maxComputeUnits)) return own;
  if (maxComputeUnits === minComputeUnits) return [];
  return [
    maxComputeUnits < minComputeUnits
      ? `maxComputeUnits must be at least minComputeUnits, got ${maxComputeUnits} below ${minComputeUnits}`
      : undefined,
    maxComputeUnits - minComputeUnits > WIDEST_RANGE
      ? `maxComputeUnits must be at most ${WIDEST_RANGE} above minComputeUnits, got ${maxComputeUnits} and ${minComputeUnits}`
      : undefined,
    maxComputeUnits > MOST_SCALED_UNITS
      ? `maxComputeUnits must be at most ${MOST_SCALED_UNITS} unless minComputeUnits is the same, got ${maxComputeUnits}`
      : undefined,
  ];
}

function unitsProblem(name: string, units: number): string | undefined {
  if (isUnresolved(units) || units === 0.25 || units === 0.5) return undefined;
  if (Number.isInteger(units) && units >= 1 && units <= MOST_UNITS) return undefined;
  return `${name} must be 0.25, 0.5, or a whole number from 1 to ${MOST_UNITS}, got ${shown(units)}`;
}
