import {
  lockFiles,
  readableState,
  type StateAccess,
  stateGuards,
  stateLocks,
  stateProblems,
  stateReads,
  stateWrites,
} from "../../../modules/delivery/state-access";
import { ADMINISTRATOR, allows, type PolicyStatement } from "../../support/iam";

const bucket = "arn:aws:s3:::acme-state";
const key = "arn:aws:kms:eu-west-3:123456789012:key/state";
const plain: StateAccess = { bucket: "acme-state", prefix: "prod/" };
const full: StateAccess = { ...plain, alsoReads: ["shared/"], writtenByPerson: ["prod/prod-delivery"], kmsKeyArn: key };

const can = (statements: readonly PolicyStatement[], action: string, resource: string) =>
  allows(statements, { action, resource });

describe("stateReads", () => {
  test("reads and lists the environment's prefix", () => {
    expect(stateReads(plain)).toEqual([
      { Sid: "ReadState", Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${bucket}/prod/*`] },
      {
        Sid: "ListState",
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [bucket],
        Condition: { StringLike: { "s3:prefix": ["prod/*"] } },
      },
    ]);
  });

  test("reads other prefixes, and with the key", () => {
    const statements = stateReads(full);
    expect(can(statements, "s3:GetObject", `${bucket}/shared/shared.tfstate`)).toBe(true);
    expect(can(statements, "kms:Decrypt", key)).toBe(true);
    expect(can(statements, "s3:GetObject", `${bucket}/staging/staging-app.tfstate`)).toBe(false);
    expect(readableState(full)).toEqual([`${bucket}/prod/*`, `${bucket}/shared/*`]);
    expect(readableState(undefined)).toEqual([]);
  });
});

describe("stateWrites", () => {
  const statements = stateWrites(full);

  test.each<[string, string, boolean]>([
    ["s3:PutObject", `${bucket}/prod/prod-app.tfstate`, true],
    ["s3:PutObject", `${bucket}/prod/prod-app.tfstate.tflock`, true],
    ["s3:DeleteObject", `${bucket}/prod/prod-app.tfstate.tflock`, true],
    ["s3:DeleteObject", `${bucket}/prod/prod-app.tfstate`, false],
    ["s3:PutObject", `${bucket}/prod/prod-delivery.tfstate`, false],
    ["s3:DeleteObject", `${bucket}/prod/prod-delivery.tfstate.tflock`, false],
    ["s3:PutObject", `${bucket}/shared/shared.tfstate`, false],
    ["s3:PutObject", `${bucket}/staging/staging-app.tfstate`, false],
    ["kms:GenerateDataKey", key, true],
  ])("%s on %s: %s", (action, resource, expected) => {
    expect(can(statements, action, resource)).toBe(expected);
  });

  test("leave everything under the prefix to the pipeline where no person is named", () => {
    expect(can(stateWrites(plain), "s3:PutObject", `${bucket}/prod/prod-delivery.tfstate`)).toBe(true);
    expect(can(stateWrites({ ...plain, writtenByPerson: undefined }), "kms:GenerateDataKey", key)).toBe(false);
  });
});

describe("stateLocks", () => {
  test("write lock files and nothing else", () => {
    expect(can(stateLocks(full), "s3:PutObject", `${bucket}/prod/prod-app.tfstate.tflock`)).toBe(true);
    expect(can(stateLocks(full), "s3:PutObject", `${bucket}/prod/prod-app.tfstate`)).toBe(false);
    expect(can(stateLocks(full), "kms:GenerateDataKey", key)).toBe(true);
    expect(lockFiles(full)).toEqual([`${bucket}/prod/*.tflock`]);
    expect(lockFiles(undefined)).toEqual([]);
  });
});

describe("stateGuards", () => {
  const guarded = [...ADMINISTRATOR, ...stateGuards(full)];

  test.each([
    ["s3:DeleteBucket", bucket],
    ["s3:DeleteBucketPolicy", bucket],
    ["s3:PutBucketPolicy", bucket],
    ["s3:PutBucketVersioning", bucket],
    ["s3:PutBucketPublicAccessBlock", bucket],
    ["s3:PutEncryptionConfiguration", bucket],
    ["s3:PutLifecycleConfiguration", bucket],
    ["s3:DeleteObjectVersion", `${bucket}/prod/prod-app.tfstate`],
    ["kms:PutKeyPolicy", key],
    ["kms:ScheduleKeyDeletion", key],
    ["kms:DisableKey", key],
  ])("hold an administrator back from %s on %s", (action, resource) => {
    expect(can(guarded, action, resource)).toBe(false);
  });

  test("leave the state itself alone, and know no key where there is none", () => {
    expect(can(guarded, "s3:PutObject", `${bucket}/prod/prod-app.tfstate`)).toBe(true);
    expect(stateGuards(plain).map(({ Sid }) => Sid)).toEqual(["KeepStateBucket", "KeepStateVersions"]);
  });
});

describe("stateProblems", () => {
  const problems = (overrides: Partial<StateAccess>) =>
    stateProblems({ ...full, ...overrides }).filter((problem) => problem !== undefined);

  test.each<Partial<StateAccess>>([
    {},
    { alsoReads: undefined },
    { prefix: "acme/prod/" },
    { writtenByPerson: ["a/b.tfstate"] },
  ])("has none for %j", (overrides) => {
    expect(problems(overrides)).toEqual([]);
  });

  test.each<[Partial<StateAccess>, string]>([
    [{ bucket: "Acme" }, 'bucket must be the name of a bucket, got "Acme"'],
    [{ prefix: "prod" }, 'prefix must be the beginning of a key that ends in a slash, without wildcards, got "prod"'],
    [{ prefix: "*/" }, 'prefix must be the beginning of a key that ends in a slash, without wildcards, got "*/"'],
    [{ prefix: "" }, 'prefix must be the beginning of a key that ends in a slash, without wildcards, got ""'],
    [{ alsoReads: ["/"] }, 'prefix must be the beginning of a key that ends in a slash, without wildcards, got "/"'],
    [{ writtenByPerson: ["*"] }, 'writtenByPerson must be a key or the beginning of one, without wildcards, got "*"'],
  ])("names what is wrong with %j", (overrides, message) => {
    expect(problems(overrides)).toEqual([message]);
  });
});
