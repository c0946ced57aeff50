import { bucketReplicaName, bucketReplicaNameProblem } from "../../../modules/storage/bucket-replication-settings";

describe("bucketReplicaName", () => {
  test("is another than that of the bucket, as names are the same in all regions", () => {
    expect(bucketReplicaName("acme", "prod", "uploads", "123456789012")).toBe("acme-prod-uploads-replica-123456789012");
  });
});

describe("bucketReplicaNameProblem", () => {
  test("is the length, from both sides", () => {
    const problem = (length: number) => bucketReplicaNameProblem("acme", "prod", "u".repeat(length), "123456789012");
    expect(problem(32)).toBeUndefined();
    expect(problem(33)).toMatch(/^name of bucket must be at most 63 characters, got 64 in /);
  });
});
