import { isUnresolved, notMatching, notOneOf, outOfRange } from "../validation";
import { accessStringProblem } from "./access-string";
import { CACHE_ENGINE_NAMES, type CacheEngine, cacheMajorVersionsOf } from "./cache-engine";

/** Limits of a serverless cache. Source: ElastiCache API reference, DataStorage and ECPUPerSecond, read in 2026-11. */
const SERVERLESS_LIMITS = {
  dataGB: { min: 1, max: 5_000 },
  ecpuPerSecond: { min: 1_000, max: 15_000_000 },
} as const;

/** What an environment chooses about a cache that is billed by use. */
export interface ServerlessCacheSettings {
  /**
   * `valkey`, or `redis` for Redis OSS, which costs more and stores at least 1 GB.
   * @default "valkey"
   */
  readonly engine?: CacheEngine;

  /**
   * Major version: 7 to 9 for Valkey, 7 for Redis. AWS installs minor ones.
   * @default - "8" for Valkey, "7" for Redis
   */
  readonly majorVersion?: string;

  /**
   * Data to be billed even when there is less, 1 to 5000, so that room is kept ready.
   * @default - none
   */
  readonly minDataGB?: number;

  /**
   * Data at which keys are evicted and writes may fail, 1 to 5000. It caps the bill.
   * @default 5
   */
  readonly maxDataGB?: number;

  /**
   * ElastiCache processing units to be billed even when fewer are used, 1000 to 15000000, so that capacity is kept ready. One reads or writes 1 KB.
   * @default - none
   */
  readonly minEcpuPerSecond?: number;

  /**
   * ElastiCache processing units per second above which requests are throttled, 1000 to 15000000. It caps the bill.
   * @default 5000
   */
  readonly maxEcpuPerSecond?: number;

  /**
   * How long daily snapshots are kept, 0 to 35; 0 takes none.
   * @default 7
   */
  readonly snapshotRetentionDays?: number;

  /**
   * When the daily snapshot is taken, `hh:mm` in UTC.
   * @default "02:00"
   */
  readonly snapshotTime?: string;

  /**
   * What the application may do, in the syntax of the engine's ACL.
   * @default "on ~* &* +@all -@dangerous +info"
   */
  readonly accessString?: string;
}

/** What is wrong with the settings, one sentence each. */
export function serverlessCacheProblems(settings: ServerlessCacheSettings): Array<string | undefined> {
  const { engine = "valkey", minDataGB, maxDataGB = 5, minEcpuPerSecond, maxEcpuPerSecond = 5_000 } = settings;
  const { dataGB, ecpuPerSecond } = SERVERLESS_LIMITS;
  return [
    notOneOf("engine", engine, CACHE_ENGINE_NAMES),
    notOneOf("majorVersion", settings.majorVersion, cacheMajorVersionsOf(engine)),
    outOfRange("minDataGB", minDataGB, dataGB.min, dataGB.max),
    outOfRange("maxDataGB", maxDataGB, dataGB.min, dataGB.max),
    above("minDataGB", minDataGB, "maxDataGB", maxDataGB),
    outOfRange("minEcpuPerSecond", minEcpuPerSecond, ecpuPerSecond.min, ecpuPerSecond.max),
    outOfRange("maxEcpuPerSecond", maxEcpuPerSecond, ecpuPerSecond.min, ecpuPerSecond.max),
    above("minEcpuPerSecond", minEcpuPerSecond, "maxEcpuPerSecond", maxEcpuPerSecond),
    outOfRange("snapshotRetentionDays", settings.snapshotRetentionDays, 0, 35),
    notMatching("snapshotTime", settings.snapshotTime, /^(?:[01]\d|2[0-3]):[0-5]\d$/, "hh:mm in UTC"),
    accessStringProblem("accessString", settings.accessString),
  ];
}

function above(minName: string, min: number | undefined, maxName: string, max: number): string | undefined {
  if (min === undefined || isUnresolved(min) || isUnresolved(max) || !(min > max)) return undefined;
  return `${minName} must be at most ${maxName}, ${max}, got ${min}`;
}
