/**
 * Policies that AWS keeps for everybody, whose ids are the same in every account: no lookup, and nothing of ours to change.
 * Source: CloudFront developer guide, managed cache policies and managed origin request policies, read in 2026-11.
 */
export const MANAGED_POLICIES = {
  /** Keeps answers for a day, or as the origin's Cache-Control says; the query string is no part of the question. */
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",

  /** Keeps nothing. */
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",

  /** Sends on every header, cookie and query string, but for the host, which becomes the origin's own. */
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
} as const;
