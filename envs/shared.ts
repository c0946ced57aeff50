import type { Shared } from "./environment";

/** What staging and prod have in common. Start here: put in your own names and numbers. */
export const shared: Shared = {
  project: "acme",
  accountId: "123456789012",
  region: "eu-west-3",

  // Files beside the project. For a team: { kind: "s3" } and once `npx cdktf deploy bootstrap`, or { kind: "cloud", … }.
  state: { kind: "local" },

  // ECR repositories; your application's pipeline pushes to them.
  images: { api: {} },

  // The repository with this project in it. `gh api repos/acme/platform --jq '.id, .owner.id'` prints the two ids.
  repository: { owner: "acme", ownerId: 1001, repository: "platform", repositoryId: 2001 },

  cloudflareAccountId: "0123456789abcdef0123456789abcdef",
};
