import { LOG_RETENTION_DAYS, logRetentionProblem } from "../../../modules/monitoring/log-retention";

describe("logRetentionProblem", () => {
  test.each(LOG_RETENTION_DAYS.map((days) => [days]))("accepts %d days", (days) => {
    expect(logRetentionProblem("logRetentionDays", days)).toBeUndefined();
  });

  test("accepts a missing number and one only Terraform knows", () => {
    expect(logRetentionProblem("logRetentionDays", undefined)).toBeUndefined();
    expect(logRetentionProblem("logRetentionDays", -1.8881545897087503e289)).toBeUndefined();
  });

  test.each([[0], [2], [8], [366], [3654], [7.5]])("refuses %d days", (days) => {
    expect(logRetentionProblem("logRetentionDays", days)).toBe(
      `logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got ${days}`,
    );
  });
});
