import { setTimeout as sleep } from "node:timers/promises";
import { ExitCode } from "../exit-code";
import { isObject, listOf, numberOf, objectOf, stringOf, type JsonObject } from "../json";
import { UserError } from "../user-error";

interface CommentOptions {
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
  /** First line of our comment, by which it is found. */
  readonly marker: string;
  readonly body: string;
  /**
   * Waits between tries; for tests.
   * @default - the clock's
   */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What became of the comment. */
export interface CommentResult {
  readonly action: "created" | "updated" | "unchanged";
  readonly url: string;
}

const TRIES = 5;
const MOST_PAGES = 50;
const LONGEST_WAIT_SECONDS = 60;

/**
 * Writes the comment of a review on a pull request: in place of the one it wrote before, else a new one. A comment of somebody else that quotes the marker is left
 * alone. Fails with a `UserError` if the token may not; the token is in no message.
 */
export async function upsertComment(options: CommentOptions): Promise<CommentResult> {
  const { repository, pullRequest, marker, body } = options;
  const own = await ownLogin(options);
  const comments = await allComments(options);
  const mine = comments.find((comment) => (stringOf(comment["body"]) ?? "").startsWith(marker) && isOwn(comment, own));
  if (mine === undefined) {
    const made = await request(options, "POST", `/repos/${repository}/issues/${pullRequest}/comments`, { body });
    return { action: "created", url: stringOf(objectOf(made.value)["html_url"]) ?? "" };
  }
  const url = stringOf(mine["html_url"]) ?? "";
  // GitHub hands line ends and white space at the end back as it likes.
  if ((stringOf(mine["body"]) ?? "").replaceAll("\r\n", "\n").trimEnd() === body.trimEnd())
    return { action: "unchanged", url };
  await request(options, "PATCH", `/repos/${repository}/issues/comments/${numberOf(mine["id"]) ?? 0}`, { body });
  return { action: "updated", url };
}

/** Who the token is. The token of a workflow may not ask, and is the bot of GitHub Actions. */
async function ownLogin(options: CommentOptions): Promise<string> {
  const { status, value } = await request(options, "GET", "/user", undefined, [401, 403]);
  return (status === 200 ? stringOf(objectOf(value)["login"]) : undefined) ?? "github-actions[bot]";
}

function isOwn(comment: JsonObject, login: string): boolean {
  return stringOf(objectOf(comment["user"])["login"]) === login;
}

async function allComments(options: CommentOptions): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  let path: string | undefined = `/repos/${options.repository}/issues/${options.pullRequest}/comments?per_page=100`;
  for (let page = 0; path !== undefined && page < MOST_PAGES; page += 1) {
    const { value, next }: Answer = await request(options, "GET", path);
    found.push(...listOf(value).filter(isObject));
    path = next;
  }
  return found;
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
  /** Path of the next page. */
  readonly next: string | undefined;
}

async function request(
  options: CommentOptions,
  method: string,
  path: string,
  body?: JsonObject,
  fine: readonly number[] = [],
): Promise<Answer> {
  const { apiUrl, token, wait = sleep } = options;
  for (let tried = 1; ; tried += 1) {
    let response: Response | undefined;
    try {
      response = await fetch(`${apiUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/vnd.github+json",
          "x-github-api-version": "2022-11-28",
          "user-agent": "groundplan",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      });
    } catch (error) {
      if (tried >= TRIES)
        throw failed(
          options,
          `GitHub at ${apiUrl} does not answer`,
          error instanceof Error ? error.message : undefined,
        );
    }
    if (response !== undefined) {
      const text = await response.text();
      if (response.ok || fine.includes(response.status)) {
        return { status: response.status, value: parsed(text), next: nextPath(response.headers.get("link"), apiUrl) };
      }
      const limited =
        response.status === 429 ||
        (response.status === 403 &&
          (response.headers.has("retry-after") || response.headers.get("x-ratelimit-remaining") === "0"));
      if (!(limited || response.status >= 500) || tried >= TRIES) throw refused(options, response.status, text);
      const seconds = Math.min(Number(response.headers.get("retry-after") ?? 2 ** tried) || 1, LONGEST_WAIT_SECONDS);
      await wait(seconds * 1000);
    } else {
      await wait(2 ** tried * 500);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only a link to the same API is followed: the token goes with it. */
function nextPath(link: string | null, apiUrl: string): string | undefined {
  const url = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  return url?.startsWith(`${apiUrl}/`) === true ? url.slice(apiUrl.length) : undefined;
}

function refused(options: CommentOptions, status: number, text: string): UserError {
  const { repository, pullRequest } = options;
  const words = stringOf(objectOf(parsed(text))["message"]);
  switch (status) {
    case 401:
      return failed(
        options,
        "GitHub does not accept GITHUB_TOKEN",
        words,
        "give the job a token that is valid: GITHUB_TOKEN: ${{ github.token }}",
      );
    case 403:
      return failed(
        options,
        `GITHUB_TOKEN may not comment on pull requests of ${repository}`,
        words,
        "give the job permissions: pull-requests: write; a pull request from a fork gets none",
      );
    case 404:
      return failed(
        options,
        `there is no pull request ${pullRequest} in ${repository}, or GITHUB_TOKEN may not see it`,
        words,
        "look at GITHUB_REPOSITORY and at the number",
      );
    default:
      return failed(options, `GitHub refused the comment with status ${status}`, words);
  }
}

function failed(
  { token }: CommentOptions,
  message: string,
  details: string | undefined,
  tryThis = "run the command again",
): UserError {
  const clean = details === undefined || token === "" ? details : details.replaceAll(token, "(token)");
  return new UserError(message, {
    ...(clean === undefined ? {} : { details: clean }),
    tryThis,
    exitCode: ExitCode.failed,
  });
}
