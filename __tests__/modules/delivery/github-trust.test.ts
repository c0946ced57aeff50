import { trustPolicy, trustProblems, type GitHubTrust } from "../../../modules/delivery/github-trust";

const trust = (overrides: Partial<GitHubTrust>): unknown =>
  JSON.parse(
    trustPolicy({
      accountId: "123456789012",
      repository: { owner: "acme", ownerId: 1001, repository: "platform", repositoryId: 2001 },
      subject: { kind: "pull-request" },
      ...overrides,
    }),
  );

const document = (condition: Record<string, unknown>) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:repository_id": "2001",
          "token.actions.githubusercontent.com:repository_owner_id": "1001",
          ...condition,
        },
      },
    },
  ],
});

describe("trustPolicy", () => {
  test("asks for exact values: audience, subject, and the numbers of repository and owner", () => {
    expect(trust({})).toEqual(
      document({
        "token.actions.githubusercontent.com:sub": [
          "repo:acme/platform:pull_request",
          "repo:acme@1001/platform@2001:pull_request",
        ],
      }),
    );
  });

  test("asks for the branch beside an environment, whose subject does not say it", () => {
    expect(trust({ subject: { kind: "environment", name: "prod", branch: "main" } })).toEqual(
      document({
        "token.actions.githubusercontent.com:sub": [
          "repo:acme/platform:environment:prod",
          "repo:acme@1001/platform@2001:environment:prod",
        ],
        "token.actions.githubusercontent.com:ref": "refs/heads/main",
      }),
    );
  });

  test("asks for the workflow as it stands on that branch", () => {
    const subject = { kind: "branch", name: "main" } as const;
    expect(trust({ subject, workflow: ".github/workflows/push.yml" })).toEqual(
      document({
        "token.actions.githubusercontent.com:sub": [
          "repo:acme/platform:ref:refs/heads/main",
          "repo:acme@1001/platform@2001:ref:refs/heads/main",
        ],
        "token.actions.githubusercontent.com:job_workflow_ref":
          "acme/platform/.github/workflows/push.yml@refs/heads/main",
      }),
    );
  });
});

describe("trustProblems", () => {
  const workflow = ".github/workflows/plan.yml";

  test("has none where the ref is known, or no workflow is asked for", () => {
    expect(trustProblems({ subject: { kind: "branch", name: "main" }, workflow })).toEqual([]);
    expect(trustProblems({ subject: { kind: "pull-request" } })).toEqual([]);
  });

  test.each([{ kind: "pull-request" } as const, { kind: "environment", name: "prod-plan" } as const])(
    "names a workflow that cannot be known whole, as in %j",
    (subject) => {
      expect(trustProblems({ subject, workflow })).toEqual([
        "workflow must be left out where the branch is open, got one; on a pull request it differs every time",
      ]);
    },
  );
});
