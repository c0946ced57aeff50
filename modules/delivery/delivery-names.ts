import { iamArn, type Context } from "../context";
import { nameOf } from "../naming";

/**
 * IAM path of everything delivery makes: its roles, their policies, the boundaries. A deploy role may write roles named
 * `<project>-<environment>-…` without a path, so no name a service could have gives it one of these.
 */
export const DELIVERY_PATH = "/delivery/";

/** The host GitHub signs its tokens as, which is the name of its identity provider and the first part of its condition keys. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

type Names = Pick<Context, "project" | "environment" | "accountId">;

/** ARN of the identity provider of GitHub, which an account has once. */
export function gitHubOidcProviderArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:oidc-provider/${GITHUB_ISSUER}`;
}

/** Name of the boundary that every role of an environment's workloads carries. */
export function permissionsBoundaryName(context: Pick<Context, "project" | "environment">): string {
  return nameOf(context.project, context.environment, "boundary");
}

/** ARN of the boundary that every role of an environment's workloads carries, whether it exists yet or not. */
export function permissionsBoundaryArn(context: Names): string {
  return policyArn(context, permissionsBoundaryName(context));
}

/** Name of the boundary that the roles of delivery carry themselves. */
export function deliveryBoundaryName(context: Pick<Context, "project" | "environment">): string {
  return nameOf(context.project, context.environment, "delivery-boundary");
}

/** ARN of the boundary that the roles of delivery carry themselves, whether it exists yet or not. */
export function deliveryBoundaryArn(context: Names): string {
  return policyArn(context, deliveryBoundaryName(context));
}

/** What the roles of an environment are called after its name. */
export const ROLE_NAMES = {
  plan: "plan",
  deploy: "deploy",
  imagePush: (application: string) => `push-${application}`,
  serviceDeploy: (application: string) => `release-${application}`,
  migrations: (application: string) => `migrate-${application}`,
  envFiles: (application: string) => `env-files-${application}`,
} as const;

/** ARN of a role of delivery, by what it is called after `<project>-<environment>-`, whether it exists yet or not. */
export function deliveryRoleArn(context: Names, role: string): string {
  return iamArn(
    { accountId: context.accountId, region: "" },
    `role${DELIVERY_PATH}${nameOf(context.project, context.environment, role)}`,
  );
}

function policyArn(context: Names, name: string): string {
  return iamArn({ accountId: context.accountId, region: "" }, `policy${DELIVERY_PATH}${name}`);
}
