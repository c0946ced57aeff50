import { envFileBucketName } from "../../../modules/storage/env-file";
import { EnvFileBucket, type EnvFileBucketProps } from "../../../modules/storage/env-file-bucket";
import { allows, type PolicyStatement } from "../../support/iam";
import { context, policyOf, resources, synth } from "../../support/synth";

const bucket = (props: Partial<EnvFileBucketProps> = {}) =>
  synth((scope) => new EnvFileBucket(scope, "env-files", { context: context({ environment: "shared" }), ...props }));
const all = (type: string) => resources(bucket(), type);

describe(EnvFileBucket, () => {
  test("is private, encrypted, versioned and protected from deletion, under the name all know", () => {
    expect(all("aws_s3_bucket")).toEqual([
      expect.objectContaining({
        bucket: envFileBucketName("acme", "123456789012"),
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
    for (const type of ["public_access_block", "server_side_encryption_configuration", "versioning"]) {
      expect(all(`aws_s3_bucket_${type}`)).toHaveLength(1);
    }
  });

  test("lets nobody overwrite a version, and large uploads through", () => {
    const policies = all("aws_s3_bucket_policy").flatMap((policy) => policyOf(policy).Statement) as PolicyStatement[];
    const statements = policies.filter(({ Action }) => Action === "s3:PutObject");
    expect(statements).toHaveLength(1);
    const everything: PolicyStatement = { Effect: "Allow", Action: "*", Resource: "*" };
    const put = (given: Readonly<Record<string, string>>) =>
      allows([everything, ...statements], {
        action: "s3:PutObject",
        resource: "arn:aws:s3:::acme-shared-env-files-123456789012/.env-staging-v1.0.0",
        context: given,
      });
    expect(put({ "s3:ObjectCreationOperation": "true" })).toBe(false);
    expect(put({ "s3:ObjectCreationOperation": "true", "s3:if-none-match": "*" })).toBe(true);
    expect(put({ "s3:ObjectCreationOperation": "false" })).toBe(true); // a part, which becomes an object by another call
  });

  test("keeps deleted files for a year, or as told", () => {
    const days = (props: Partial<EnvFileBucketProps>) =>
      JSON.stringify(resources(bucket(props), "aws_s3_bucket_lifecycle_configuration"));
    expect(days({})).toContain('"noncurrent_days":365');
    expect(days({ noncurrentDays: 30 })).toContain('"noncurrent_days":30');
  });

  test.each([0, 3651])("fails on %d days", (noncurrentDays) => {
    expect(() => bucket({ noncurrentDays })).toThrow(
      `test/env-files: noncurrentDays must be a whole number from 1 to 3650, got ${noncurrentDays}`,
    );
  });
});
