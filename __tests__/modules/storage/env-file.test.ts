import {
  envFileBucketName,
  envFileEnvironmentProblem,
  envFileKey,
  envFileVersionProblem,
  readEnvFileStatements,
  uploadEnvFileStatements,
} from "../../../modules/storage/env-file";
import { allows } from "../../support/iam";

const bucket = envFileBucketName("acme", "123456789012");
const object = (key: string) => `arn:aws:s3:::${bucket}/${key}`;

describe("names of env files", () => {
  test("one bucket for the project, one object for each environment and version", () => {
    expect(bucket).toBe("acme-shared-env-files-123456789012");
    expect(envFileKey("staging", "v1.2.0")).toBe(".env-staging-v1.2.0");
  });

  test.each(["v0.0.1", "v1.2.3", "v10.20.30"])("%s is a version", (version) => {
    expect(envFileVersionProblem("version", version)).toBeUndefined();
  });

  test.each(["", "1.2.3", "v1.2", "v1.2.3.4", "v1.2.3-rc", "latest", "v1.2.3\n"])("%j is none", (version) => {
    expect(envFileVersionProblem("version", version)).toMatch(
      /^version must be v and three numbers, such as v1.2.3, got "/,
    );
  });

  test.each(["staging", "prod-eu", "migrations"])("%s is whom a file can be for", (environment) => {
    expect(envFileEnvironmentProblem("name", environment)).toBeUndefined();
  });

  test.each(["", "Staging", "a--b", "../prod", "staging-v2"])("%j is not", (environment) => {
    expect(envFileEnvironmentProblem("name", environment)).toMatch(/^name must be lower-case letters/);
  });
});

describe(readEnvFileStatements, () => {
  test.each([
    ["s3:GetObject", ".env-staging-v1.2.0", true],
    ["s3:GetObject", ".env-production-v1.2.0", false],
    ["s3:GetObject", ".env-staging-eu-v1.2.0", false],
    ["s3:PutObject", ".env-staging-v1.2.0", false],
  ])("%s of %s: %s", (action, key, expected) => {
    expect(allows(readEnvFileStatements(bucket, "staging"), { action, resource: object(key) })).toBe(expected);
  });
});

describe(uploadEnvFileStatements, () => {
  test.each([
    [".env-staging-v1.2.0", { "s3:if-none-match": "*" }, true],
    [".env-staging-v1.2.0", {}, false],
    [".env-production-v1.2.0", { "s3:if-none-match": "*" }, false],
  ])("upload of %s with %j: %s", (key, given, expected) => {
    const request = { action: "s3:PutObject", resource: object(key), context: given };
    expect(allows(uploadEnvFileStatements(bucket, "staging"), request)).toBe(expected);
  });

  test("reads and deletes nothing", () => {
    for (const action of ["s3:GetObject", "s3:DeleteObject"]) {
      const request = { action, resource: object(".env-staging-v1.2.0"), context: { "s3:if-none-match": "*" } };
      expect(allows(uploadEnvFileStatements(bucket, "staging"), request)).toBe(false);
    }
  });
});
