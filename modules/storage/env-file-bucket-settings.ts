import { outOfRange } from "../validation";

/** What a project chooses about the bucket of its env files. */
export interface EnvFileBucketSettings {
  /**
   * How many days a file that somebody deleted can still be brought back, 1 to 3650.
   * @default 365
   */
  readonly noncurrentDays?: number;
}

/** Every problem of the bucket's settings. */
export function envFileBucketProblems({ noncurrentDays }: EnvFileBucketSettings): Array<string | undefined> {
  return [outOfRange("noncurrentDays", noncurrentDays, 1, 3650)];
}
