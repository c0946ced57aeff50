import { gitHubOidcProviderArn, GITHUB_ISSUER } from "./delivery-names";
import type { GitHubRepository } from "./github-settings";
import { gitHubRef, gitHubSubjects, type GitHubSubject } from "./github-subject";
import { policyDocument } from "./policy-statement";

/** Whom a role trusts. */
export interface GitHubTrust {
  /** The 12 digits of the account. */
  readonly accountId: string;

  /** Repository whose workflows may take the role. */
  readonly repository: GitHubRepository;

  /** What they have to run for. */
  readonly subject: GitHubSubject;

  /**
   * The one workflow that may take the role, such as `.github/workflows/deploy.yml`, as it stands on the branch or tag it runs on.
   * @default - any workflow of the repository
   */
  readonly workflow?: string;
}

/** Audience AWS asks for, and the official action sends. */
export const AUDIENCE = "sts.amazonaws.com";

/**
 * The trust policy: whole values only, so that nothing is trusted by resemblance, and the numbers of repository and owner beside the
 * subject, so that a name somebody else took over is worth nothing. A claim that is missing fails; so no operator is used that it would pass.
 */
export function trustPolicy(trust: GitHubTrust): string {
  const { accountId, repository, subject } = trust;
  const ref = subject.kind === "environment" ? gitHubRef(subject) : undefined;
  const workflow = workflowRef(trust);
  const claims = {
    aud: AUDIENCE,
    sub: gitHubSubjects(repository, subject),
    repository_id: String(repository.repositoryId),
    repository_owner_id: String(repository.ownerId),
    ...(ref === undefined ? {} : { ref }),
    ...(workflow === undefined ? {} : { job_workflow_ref: workflow }),
  };
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Federated: gitHubOidcProviderArn(accountId) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: Object.fromEntries(
          Object.entries(claims).map(([claim, value]) => [`${GITHUB_ISSUER}:${claim}`, value]),
        ),
      },
    },
  ]);
}

/** What is wrong with a trust: a workflow is known as a file at a ref, so without the ref it cannot be named whole. */
export function trustProblems({
  subject,
  workflow,
}: Pick<GitHubTrust, "subject" | "workflow">): Array<string | undefined> {
  if (workflow === undefined || gitHubRef(subject) !== undefined) return [];
  return ["workflow must be left out where the branch is open, got one; on a pull request it differs every time"];
}

function workflowRef({ repository, subject, workflow }: GitHubTrust): string | undefined {
  const ref = gitHubRef(subject);
  if (workflow === undefined || ref === undefined) return undefined;
  return `${repository.owner}/${repository.repository}/${workflow}@${ref}`;
}
