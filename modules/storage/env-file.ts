import { notMatching } from "../validation";
import { bucketArn } from "./bucket-access";
import { bucketName } from "./bucket-settings";
import type { PolicyStatement } from "./policy-statement";

/** What the bucket is called between the shared scope's names and the account's number. */
export const ENV_FILES = "env-files";

/** A version of an env file: three numbers, so that an older one is told from a newer one. */
export const ENV_FILE_VERSION = /^v\d{1,6}\.\d{1,6}\.\d{1,6}$/;

// "-v" would let the files of one environment pass for versions of another: those of `a-v2` for those of `a`
const ENVIRONMENT = /^(?!.*-v)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Name of the bucket of a project's env files, whether it exists yet or not. */
export function envFileBucketName(project: string, accountId: string): string {
  return bucketName(project, "shared", ENV_FILES, accountId);
}

/** Key of one version of one environment's env file: `.env-<environment>-<version>`. */
export function envFileKey(environment: string, version: string): string {
  return `.env-${environment}-${version}`;
}

/** What is wrong with a version of an env file, if anything is. */
export function envFileVersionProblem(name: string, version: string | undefined): string | undefined {
  return notMatching(name, version, ENV_FILE_VERSION, "v and three numbers, such as v1.2.3");
}

/** What is wrong with whom an env file is for, if anything is. */
export function envFileEnvironmentProblem(name: string, environment: string | undefined): string | undefined {
  return notMatching(name, environment, ENVIRONMENT, "lower-case letters, digits and single hyphens, without -v");
}

/** Read every version of one environment's env file, and no other's. */
export function readEnvFileStatements(bucket: string, environment: string): PolicyStatement[] {
  return [{ Effect: "Allow", Action: "s3:GetObject", Resource: versionsOf(bucket, environment) }];
}

/** Upload new versions of one environment's env file; one that exists stays as it is, because S3 is asked to write only where nothing is. */
export function uploadEnvFileStatements(bucket: string, environment: string): PolicyStatement[] {
  return [
    {
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: versionsOf(bucket, environment),
      Condition: { Null: { "s3:if-none-match": "false" } },
    },
  ];
}

function versionsOf(bucket: string, environment: string): string {
  return `${bucketArn(bucket)}/${envFileKey(environment, "v*")}`;
}
