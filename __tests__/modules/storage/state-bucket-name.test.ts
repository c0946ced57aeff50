import { stateBucketName, stateBucketNameProblem } from "../../../modules/storage/state-bucket-name";

describe(stateBucketName, () => {
  test("carries the project and the account", () => {
    expect(stateBucketName("acme", "123456789012")).toBe("acme-123456789012-terraform-state");
  });

  test("is at most 63 characters", () => {
    const project = "x".repeat(34);
    expect(stateBucketNameProblem(project, "123456789012")).toBeUndefined();
    expect(stateBucketNameProblem(`${project}x`, "123456789012")).toBe(
      `name of bucket must be at most 63 characters, got 64 in "${project}x-123456789012-terraform-state"; shorten the project, the environment or the part after it`,
    );
  });
});
