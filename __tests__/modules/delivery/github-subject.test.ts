import fc from "fast-check";
import type { GitHubRepository, GitHubSubjectKind } from "../../../modules/delivery/github-settings";
import {
  gitHubRef,
  gitHubSubjectProblems,
  gitHubSubjects,
  type GitHubSubject,
} from "../../../modules/delivery/github-subject";

const repository = (subject?: GitHubSubjectKind): GitHubRepository => ({
  owner: "acme",
  ownerId: 1001,
  repository: "platform",
  repositoryId: 2001,
  subject,
});

describe("gitHubSubjects", () => {
  test.each<[string, GitHubSubject, string, string]>([
    [
      "an environment",
      { kind: "environment", name: "prod" },
      "repo:acme/platform:environment:prod",
      "repo:acme@1001/platform@2001:environment:prod",
    ],
    [
      "an environment with a colon",
      { kind: "environment", name: "eu:prod", branch: "main" },
      "repo:acme/platform:environment:eu%3Aprod",
      "repo:acme@1001/platform@2001:environment:eu%3Aprod",
    ],
    [
      "a pull request",
      { kind: "pull-request" },
      "repo:acme/platform:pull_request",
      "repo:acme@1001/platform@2001:pull_request",
    ],
    [
      "a branch",
      { kind: "branch", name: "release/1" },
      "repo:acme/platform:ref:refs/heads/release/1",
      "repo:acme@1001/platform@2001:ref:refs/heads/release/1",
    ],
    [
      "a tag",
      { kind: "tag", name: "v1.2.3" },
      "repo:acme/platform:ref:refs/tags/v1.2.3",
      "repo:acme@1001/platform@2001:ref:refs/tags/v1.2.3",
    ],
  ])("writes %s both ways", (_name, subject, legacy, immutable) => {
    expect(gitHubSubjects(repository("legacy"), subject)).toEqual([legacy]);
    expect(gitHubSubjects(repository("immutable"), subject)).toEqual([immutable]);
    expect(gitHubSubjects(repository("both"), subject)).toEqual([legacy, immutable]);
    expect(gitHubSubjects(repository(undefined), subject)).toEqual([legacy, immutable]);
  });

  test("never holds a wildcard, and never one colon more than its form has", () => {
    const value = fc.string({ minLength: 1, unit: fc.constantFrom(..."abcXYZ019-_./:") });
    const subject = fc.oneof(
      fc.record({ kind: fc.constant("environment" as const), name: value }),
      fc.constant<GitHubSubject>({ kind: "pull-request" }),
      fc.record({ kind: fc.constant("branch" as const), name: value }),
      fc.record({ kind: fc.constant("tag" as const), name: value }),
    );
    const given = fc.record({
      owner: value,
      ownerId: fc.nat(),
      repository: value,
      repositoryId: fc.nat(),
      subject: fc.constantFrom<GitHubSubjectKind | undefined>("legacy", "immutable", "both", undefined),
    });
    fc.assert(
      fc.property(given, subject, (from, what) => {
        for (const sub of gitHubSubjects(from, what)) {
          expect(sub).not.toMatch(/[*?]/);
          expect(sub.split(":")).toHaveLength(what.kind === "pull-request" ? 3 : 4);
        }
      }),
    );
  });
});

describe("gitHubRef", () => {
  test.each<[GitHubSubject, string | undefined]>([
    [{ kind: "environment", name: "prod", branch: "main" }, "refs/heads/main"],
    [{ kind: "environment", name: "prod" }, undefined],
    [{ kind: "pull-request" }, undefined],
    [{ kind: "branch", name: "main" }, "refs/heads/main"],
    [{ kind: "tag", name: "v1" }, "refs/tags/v1"],
  ])("of %j is %s", (subject, ref) => {
    expect(gitHubRef(subject)).toBe(ref);
  });
});

describe("gitHubSubjectProblems", () => {
  test.each<GitHubSubject>([
    { kind: "pull-request" },
    { kind: "branch", name: "main" },
    { kind: "environment", name: "prod", branch: "main" },
  ])("has none for %j", (subject) => {
    expect(gitHubSubjectProblems(subject)).toEqual([]);
  });

  test.each<[GitHubSubject, string]>([
    [{ kind: "tag", name: "v*" }, 'subject must be one whole value without wildcards, got "v*"'],
    [{ kind: "branch", name: "" }, 'subject must be one whole value without wildcards, got ""'],
    [
      { kind: "environment", name: "prod", branch: "release/?" },
      'subject must be one whole value without wildcards, got "release/?"',
    ],
  ])("names a pattern in %j", (subject, message) => {
    expect(gitHubSubjectProblems(subject)).toEqual([message]);
  });
});
