import { shown } from "../validation";
import type { GitHubRepository } from "./github-settings";

/** What a workflow runs for, as its token says. A job that names an environment says the environment and not the branch. */
export type GitHubSubject =
  | {
      /** A job in an environment of the repository. */
      readonly kind: "environment";

      /** The environment. */
      readonly name: string;

      /**
       * Branch the job runs on, which is asked for beside the subject.
       * @default - any branch that the environment itself lets in
       */
      readonly branch?: string;
    }
  | {
      /** Any pull request from a branch of the repository itself; those from forks get no token. */
      readonly kind: "pull-request";
    }
  | {
      /** A job without environment, on a branch. */
      readonly kind: "branch";

      /** The branch. */
      readonly name: string;
    }
  | {
      /** A job without environment, on a tag. */
      readonly kind: "tag";

      /** The tag, one and not a pattern: for a pattern, use an environment that lets in tags. */
      readonly name: string;
    };

/**
 * The exact `sub` of a token: `repo:OWNER/REPOSITORY:…`, or with numbers `repo:OWNER@ID/REPOSITORY@ID:…`. For `both` the two of them,
 * each whole. Never a pattern: trust compares these with StringEquals.
 */
export function gitHubSubjects(repository: GitHubRepository, subject: GitHubSubject): string[] {
  const { owner, ownerId, repository: name, repositoryId, subject: kind = "both" } = repository;
  const context = subjectContext(subject);
  const legacy = `repo:${escaped(owner)}/${escaped(name)}:${context}`;
  const immutable = `repo:${escaped(owner)}@${ownerId}/${escaped(name)}@${repositoryId}:${context}`;
  if (kind === "legacy") return [legacy];
  if (kind === "immutable") return [immutable];
  return [legacy, immutable];
}

/** The `ref` of the token, as far as the subject says it. */
export function gitHubRef(subject: GitHubSubject): string | undefined {
  switch (subject.kind) {
    case "environment":
      return subject.branch === undefined ? undefined : `refs/heads/${subject.branch}`;
    case "pull-request":
      return undefined;
    case "branch":
      return `refs/heads/${subject.name}`;
    case "tag":
      return `refs/tags/${subject.name}`;
  }
}

/** What is wrong with a subject: values that would have to be patterns. */
export function gitHubSubjectProblems(subject: GitHubSubject): Array<string | undefined> {
  const values = subject.kind === "pull-request" ? [] : [subject.name];
  if (subject.kind === "environment" && subject.branch !== undefined) values.push(subject.branch);
  return values
    .filter((value) => /[*?]|^$/.test(value))
    .map((value) => `subject must be one whole value without wildcards, got ${shown(value)}`);
}

function subjectContext(subject: GitHubSubject): string {
  switch (subject.kind) {
    case "environment":
      return `environment:${escaped(subject.name)}`;
    case "pull-request":
      return "pull_request";
    case "branch":
      return `ref:refs/heads/${escaped(subject.name)}`;
    case "tag":
      return `ref:refs/tags/${escaped(subject.name)}`;
  }
}

/** GitHub writes a colon inside a value so, because colons part the subject. */
function escaped(value: string): string {
  return value.replaceAll(":", "%3A");
}
