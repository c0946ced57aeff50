import { notOneOf } from "../validation";

/**
 * Every retention CloudWatch Logs accepts, in days; "never expire" is left out on purpose, because its bill only grows.
 * Source: CloudWatch Logs API reference, PutRetentionPolicy, read in 2026-11.
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The problem with a retention CloudWatch Logs would refuse; a missing one passes, and so does one only Terraform knows. */
export function logRetentionProblem(name: string, days: number | undefined): string | undefined {
  return notOneOf<number>(name, days, LOG_RETENTION_DAYS);
}
