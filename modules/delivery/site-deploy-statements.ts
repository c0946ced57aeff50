import type { Context } from "../context";
import { bucketArn, readWriteStatements } from "../storage/bucket-access";
import { ownershipTags } from "./ownership-tags";
import { actionsOf, allow, type Statement } from "./policy-statement";

/** A site on CloudFront that an application releases, by the name of the bucket that holds its files. */
export interface SiteTarget {
  /** Bucket of the files. */
  readonly bucketName: string;
}

type Scope = Pick<Context, "project" | "environment" | "accountId" | "region">;

/**
 * Releasing a site: its files, and the word to the environment's distributions that they changed. A distribution has an id and no name, so it goes by its
 * tags, and a workflow finds it by the domain it serves.
 */
export function siteDeployStatements(scope: Scope, sites: readonly SiteTarget[]): Statement[] {
  if (sites.length === 0) return [];
  const files = sites.flatMap(({ bucketName }) =>
    readWriteStatements({ bucketArn: bucketArn(bucketName), region: scope.region }),
  );
  const { Project, Environment } = ownershipTags(scope);
  return [
    ...files.map(({ Action, Resource = [] }, index) =>
      allow(`WriteSite${index + 1}`, [Action].flat(), [Resource].flat()),
    ),
    allow(
      "InvalidateSites",
      actionsOf("cloudfront", "CreateInvalidation GetInvalidation"),
      [`arn:aws:cloudfront::${scope.accountId}:distribution/*`],
      { StringEquals: { "aws:ResourceTag/Project": Project, "aws:ResourceTag/Environment": Environment } },
    ),
    allow("FindSites", actionsOf("cloudfront", "ListDistributions"), ["*"]), // knows no narrower resource
  ];
}
