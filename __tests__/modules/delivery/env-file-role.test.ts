import { Token } from "cdktf";
import { EnvFileRole, type EnvFileRoleProps } from "../../../modules/delivery/env-file-role";
import { envFileBucketName, envFileKey } from "../../../modules/storage/env-file";
import { account, connections } from "../../support/delivery";
import { allows, statementsOf } from "../../support/iam";
import { policyOf, resources, synth } from "../../support/synth";

const bucketName = envFileBucketName("acme", account);

const build = (props: Partial<EnvFileRoleProps> = {}) =>
  synth((scope) => {
    new EnvFileRole(scope, "env-files", {
      ...connections(),
      application: "backend",
      environmentName: "prod",
      bucketName,
      files: ["prod"],
      ...props,
    });
  });

const claims = (props: Partial<EnvFileRoleProps>) => {
  const [role] = resources(build(props), "aws_iam_role");
  return policyOf(role ?? {}, "assume_role_policy").Statement[0]?.Condition?.["StringEquals"];
};

const object = (file: string, version = "v1.2.3") => `arn:aws:s3:::${bucketName}/${envFileKey(file, version)}`;
const onlyNew = { "s3:if-none-match": "*" };

const can = (props: Partial<EnvFileRoleProps>, action: string, resource: string, context = {}) =>
  allows(statementsOf(build(props)), { action, resource, context: { "aws:RequestedRegion": "eu-west-3", ...context } });

describe("EnvFileRole", () => {
  test("is called after the application, for jobs in the environment on the branch it uploads from", () => {
    expect(resources(build(), "aws_iam_role")).toEqual([
      expect.objectContaining({
        name: "acme-prod-env-files-backend",
        path: "/delivery/",
        description: "Uploads env files of prod from GitHub Actions",
      }),
    ]);
    expect(claims({})).toMatchObject({
      "token.actions.githubusercontent.com:sub": [
        "repo:acme/platform:environment:prod",
        "repo:acme@1001/platform@2001:environment:prod",
      ],
      "token.actions.githubusercontent.com:ref": "refs/heads/main",
    });
    expect(claims({ deployBranch: undefined })).toEqual(claims({}));
    expect(claims({ deployBranch: "release" })).toMatchObject({
      "token.actions.githubusercontent.com:ref": "refs/heads/release",
    });
  });

  test("uploads every version of its file, and only where there is none yet", () => {
    expect(can({}, "s3:PutObject", object("prod"), onlyNew)).toBe(true);
    expect(can({}, "s3:PutObject", object("prod", "v10.0.0"), onlyNew)).toBe(true);
    expect(can({}, "s3:PutObject", object("prod"))).toBe(false);
  });

  test("uploads the file of migrations where it is told to", () => {
    expect(can({}, "s3:PutObject", object("migrations"), onlyNew)).toBe(false);
    expect(can({ files: ["prod", "migrations"] }, "s3:PutObject", object("migrations"), onlyNew)).toBe(true);
    expect(can({ files: ["prod", "migrations"] }, "s3:PutObject", object("prod"), onlyNew)).toBe(true);
    expect(can({ files: ["migrations"] }, "s3:PutObject", object("prod"), onlyNew)).toBe(false);
  });

  test.each([
    ["s3:PutObject", object("staging")],
    ["s3:PutObject", object("prod-eu")],
    ["s3:PutObject", `arn:aws:s3:::${bucketName}/other`],
    ["s3:GetObject", object("prod")],
    ["s3:GetObjectVersion", object("prod")],
    ["s3:DeleteObject", object("prod")],
    ["s3:ListBucket", `arn:aws:s3:::${bucketName}`],
    ["s3:PutObject", "arn:aws:s3:::acme-prod-uploads-123456789012/.env-prod-v1.2.3"],
  ])("may not %s on %s", (action, resource) => {
    expect(can({ files: ["prod", "migrations"] }, action, resource, onlyNew)).toBe(false);
  });

  test("has one statement for each file, also when one is named twice", () => {
    const sids = (files: string[]) => statementsOf(build({ files })).map(({ Sid }) => Sid);
    expect(sids(["prod", "prod", "migrations"])).toEqual(["UploadEnvFile1", "UploadEnvFile2"]);
  });

  test.each<[Partial<EnvFileRoleProps>, string]>([
    [{ files: [] }, "test/env-files: files must be at least one, got []"],
    [{ files: ["staging"] }, 'test/env-files: files[0] must be one of prod, migrations, got "staging"'],
    [{ files: ["prod", "*"] }, 'test/env-files: files[1] must be one of prod, migrations, got "*"'],
    [{ bucketName: "acme-*" }, 'test/env-files: bucketName must be the name of a bucket, got "acme-*"'],
    [{ deployBranch: "*" }, 'test/env-files: deployBranch must be one branch, written out without wildcards, got "*"'],
  ])("fails on %j", (props, message) => {
    expect(() => build(props)).toThrow(new Error(message));
  });

  test("gives its ARN and its name", () => {
    synth((scope) => {
      const props = { ...connections(), application: "backend", environmentName: "prod", bucketName, files: ["prod"] };
      const role = new EnvFileRole(scope, "env-files", props);
      expect(role.roleName).toBe("acme-prod-env-files-backend");
      expect(Token.isUnresolved(role.arn)).toBe(true);
    });
  });
});
