import { nameProblem } from "../naming";

/**
 * Name of the bucket that holds the Terraform state of a project: backends compute it, they cannot ask the bucket. It carries the
 * account's number because a bucket name is taken for all accounts of the world at once.
 */
export function stateBucketName(project: string, accountId: string): string {
  return `${project}-${accountId}-terraform-state`;
}

/** The problem with a state bucket's name, if there is one. */
export function stateBucketNameProblem(project: string, accountId: string): string | undefined {
  return nameProblem("bucket", stateBucketName(project, accountId));
}
