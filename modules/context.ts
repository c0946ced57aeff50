import type { Names } from "./naming";

/** For whom and where a module builds: one value per stack, handed to each of its modules. */
export interface Context {
  /** The product's short name, first part of every cloud name. */
  readonly project: string;

  /** `staging`, `prod`, … or `shared`, second part of every cloud name. */
  readonly environment: string;

  /** The 12 digits of the AWS account. Configuration, never looked up, so that a plan needs no credential. */
  readonly accountId: string;

  /** AWS region. */
  readonly region: string;

  /** The naming function, which knows every limit. */
  readonly names: Names;

  /**
   * Whether the whole may be destroyed: no deletion protection, no final snapshot, buckets and repositories emptied.
   * Follows the tier: true in staging, false in prod.
   */
  readonly destroyable: boolean;

  /**
   * Permissions boundary that every IAM role carries.
   * @default - roles have no boundary
   */
  readonly permissionsBoundaryArn?: string;
}

/** An ARN in the context's region and account; give an empty region or account for the services that have none. */
export function arn(
  context: Pick<Context, "accountId" | "region">,
  service: string,
  resource: string,
  scope: { readonly region?: string; readonly accountId?: string } = {},
): string {
  return `arn:aws:${service}:${scope.region ?? context.region}:${scope.accountId ?? context.accountId}:${resource}`;
}

/** An IAM ARN, which has no region. */
export function iamArn(context: Pick<Context, "accountId" | "region">, resource: string): string {
  return arn(context, "iam", resource, { region: "" });
}
