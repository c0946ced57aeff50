import { notMatching } from "../validation";
import { allow, deny, type Statement } from "./policy-statement";

/** Where the Terraform state of an environment lies, as far as a role has to know. */
export interface StateAccess {
  /** Bucket of the state. */
  readonly bucket: string;

  /** What every key of the environment begins with, ending in a slash, such as `acme/prod/`. */
  readonly prefix: string;

  /**
   * What keys begin with that are read but never written, such as the state of the shared stacks.
   * @default - no other state is read
   */
  readonly alsoReads?: readonly string[];

  /**
   * Keys, or what they begin with, that only a person writes, because whoever writes a state decides what its next apply does.
   * The state of the stack that makes these roles belongs here.
   * @default - every key under the prefix is written
   */
  readonly writtenByPerson?: readonly string[];

  /**
   * Key the state is encrypted with.
   * @default - the bucket's own encryption, which needs no permission
   */
  readonly kmsKeyArn?: string;

  /**
   * Region of the bucket.
   * @default - the context's region
   */
  readonly region?: string;
}

/** What is wrong with a state's place. */
export function stateProblems(state: StateAccess): Array<string | undefined> {
  const prefixes = [state.prefix, ...(state.alsoReads ?? [])];
  return [
    notMatching("bucket", state.bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"),
    ...prefixes.map((prefix) =>
      notMatching(
        "prefix",
        prefix,
        /^[\w.-]+(\/[\w.-]+)*\/$/,
        "the beginning of a key that ends in a slash, without wildcards",
      ),
    ),
    ...(state.writtenByPerson ?? []).map((key) =>
      notMatching("writtenByPerson", key, /^[\w./-]+$/, "a key or the beginning of one, without wildcards"),
    ),
  ];
}

/** ARNs of every state object that may be read. */
export function readableState(state: StateAccess | undefined): string[] {
  if (state === undefined) return [];
  return [state.prefix, ...(state.alsoReads ?? [])].map((prefix) => `${objectArn(state, prefix)}*`);
}

/** Reading the state; the lists go by prefix, so that other environments do not even show. */
export function stateReads(state: StateAccess): Statement[] {
  const prefixes = [state.prefix, ...(state.alsoReads ?? [])].map((prefix) => `${prefix}*`);
  return [
    allow("ReadState", ["s3:GetObject"], readableState(state)),
    allow("ListState", ["s3:ListBucket"], [bucketArn(state)], { StringLike: { "s3:prefix": prefixes } }),
    ...(state.kmsKeyArn ? [allow("DecryptState", ["kms:Decrypt"], [state.kmsKeyArn])] : []),
  ];
}

/** ARNs of the lock files, the only objects of the state that are ever deleted. */
export function lockFiles(state: StateAccess | undefined): string[] {
  return state === undefined ? [] : [`${objectArn(state, state.prefix)}*.tflock`];
}

/** Taking and giving back the lock file beside a state. */
export function stateLocks(state: StateAccess): Statement[] {
  return [allow("LockState", ["s3:PutObject", "s3:DeleteObject"], lockFiles(state)), ...encryptsState(state)];
}

/** Writing the state, all but what a person writes. States and their versions are never deleted, lock files are. */
export function stateWrites(state: StateAccess): Statement[] {
  const locked = (state.writtenByPerson ?? []).map((key) => `${objectArn(state, key)}*`);
  return [
    allow("WriteState", ["s3:PutObject"], [`${objectArn(state, state.prefix)}*`]),
    allow("UnlockState", ["s3:DeleteObject"], lockFiles(state)),
    ...encryptsState(state),
    ...(locked.length > 0 ? [deny("KeepStateOfPersons", ["s3:PutObject", "s3:DeleteObject"], locked)] : []),
  ];
}

/** Nobody from a pipeline changes the bucket itself, or what was in it. */
export function stateGuards(state: StateAccess): Statement[] {
  const bucket = [
    "s3:CreateBucket",
    "s3:DeleteBucket*",
    "s3:PutBucket*",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutReplicationConfiguration",
  ];
  return [
    deny("KeepStateBucket", bucket, [bucketArn(state)]),
    deny("KeepStateVersions", ["s3:DeleteObjectVersion", "s3:BypassGovernanceRetention"], [`${bucketArn(state)}/*`]),
    ...(state.kmsKeyArn ? [deny("KeepStateKey", KEY_CHANGES, [state.kmsKeyArn])] : []),
  ];
}

const KEY_CHANGES = [
  "kms:CreateGrant",
  "kms:Disable*",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
];

function encryptsState(state: StateAccess): Statement[] {
  return state.kmsKeyArn ? [allow("EncryptState", ["kms:GenerateDataKey"], [state.kmsKeyArn])] : [];
}

function bucketArn(state: StateAccess): string {
  return `arn:aws:s3:::${state.bucket}`;
}

function objectArn(state: StateAccess, key: string): string {
  return `${bucketArn(state)}/${key}`;
}
