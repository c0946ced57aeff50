import { outOfRange } from "../validation";

/** What a project chooses about the bucket of its Terraform state. */
export interface StateBucketSettings {
  /**
   * How many days a state is kept after a newer one took its place, 30 to 3650.
   * @default 365
   */
  readonly oldVersionDays?: number;
}

/** Everything wrong with the settings of a state bucket. */
export function stateBucketProblems({ oldVersionDays }: StateBucketSettings): Array<string | undefined> {
  return [outOfRange("oldVersionDays", oldVersionDays, 30, 3650)];
}
