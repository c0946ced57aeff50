import { upsertComment } from "../../../tools/review/comment";
import { UserError } from "../../../tools/user-error";
import { GitHub } from "../support/github";

const MARKER = "<!-- groundplan review: prod of default -->";
let github: GitHub;
let waited: number[];

beforeEach(async () => {
  github = new GitHub();
  waited = [];
  await github.start();
});
afterEach(() => github.stop());

const upsert = (body: string) =>
  upsertComment({
    ...{ apiUrl: github.url, token: "secret-token", repository: "acme/infra", pullRequest: 7, marker: MARKER },
    body: `${MARKER}\n${body}`,
    wait: (milliseconds) => Promise.resolve(waited.push(milliseconds)),
  });
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error("it did not fail as expected");
  return error;
};
const add = (user: string, body: string) => github.comments.push({ id: github.comments.length + 1, user, body });

describe("upsertComment", () => {
  test("makes a comment, then keeps it, then changes it in its place", async () => {
    const url = "https://github.com/acme/infra/pull/7#issuecomment-1";
    expect(await upsert("first")).toEqual({ action: "created", url });
    expect(await upsert("first")).toEqual({ action: "unchanged", url });
    expect(await upsert("second")).toEqual({ action: "updated", url });
    expect(github.comments.map(({ body }) => body)).toEqual([`${MARKER}\nsecond`]);
  });

  test("takes line ends as GitHub hands them back for the same", async () => {
    add("github-actions[bot]", `${MARKER}\r\nfirst\r\n`);
    expect(await upsert("first")).toMatchObject({ action: "unchanged" });
  });

  test("leaves alone what somebody else wrote, even if it begins with the marker, and what only quotes it", async () => {
    add("mallory", `${MARKER}\nall is well`);
    add("github-actions[bot]", `> ${MARKER}\nquoted`);
    expect(await upsert("first")).toMatchObject({ action: "created" });
    expect(github.comments.map(({ body }) => body)).toEqual([
      `${MARKER}\nall is well`,
      `> ${MARKER}\nquoted`,
      `${MARKER}\nfirst`,
    ]);
  });

  test("finds its comment as the user that the token is of", async () => {
    github.login = "ada";
    add("github-actions[bot]", `${MARKER}\nthe workflow's`);
    add("ada", `${MARKER}\nmine`);
    expect(await upsert("new")).toMatchObject({ action: "updated" });
    expect(github.comments.map(({ body }) => body.split("\n")[1])).toEqual(["the workflow's", "new"]);
  });

  test("finds it on a later page", async () => {
    github.pageSize = 2;
    for (const name of ["a", "b", "c", "d"]) add(name, "a word");
    add("github-actions[bot]", `${MARKER}\nold`);
    expect(await upsert("new")).toMatchObject({ action: "updated" });
    expect(github.requests.filter((request) => request.startsWith("GET /repos"))).toHaveLength(3);
  });

  test("takes its token to no other place that a next page names", async () => {
    github.pageSize = 1;
    github.nextBase = "http://127.0.0.1:9";
    add("a", "a word");
    add("github-actions[bot]", `${MARKER}\nold`);
    expect(await upsert("new")).toMatchObject({ action: "created" });
  });

  test.each([
    ["too many requests", "POST", 429, { "retry-after": "3" }, [3000]],
    ["a secondary limit", "POST", 403, { "retry-after": "1" }, [1000]],
    ["a used-up limit", "PATCH", 403, { "x-ratelimit-remaining": "0" }, [2000]],
    ["a server that is down", "GET", 502, {}, [2000]],
    ["a limit of an hour", "POST", 429, { "retry-after": "3600" }, [60_000]],
  ] as const)("waits and goes on after %s", async (_, method, status, headers, expected) => {
    if (method === "PATCH") add("github-actions[bot]", `${MARKER}\nold`);
    github.login = "github-actions[bot]";
    github.faults.push([method, { status, headers }]);
    expect(await upsert("new")).toMatchObject({ action: method === "PATCH" ? "updated" : "created" });
    expect(waited).toEqual(expected);
  });

  test("gives up after five tries, with the status", async () => {
    github.faults.push(...Array.from({ length: 5 }, () => ["POST", { status: 503 }] as const));
    const error = await failure(upsert("new"));
    expect([error.message, error.exitCode, waited.length]).toEqual([
      "GitHub refused the comment with status 503",
      1,
      4,
    ]);
  });

  test.each([
    [401, "GitHub does not accept GITHUB_TOKEN", /a token that is valid/],
    [403, "GITHUB_TOKEN may not comment on pull requests of acme/infra", /pull-requests: write/],
    [404, "there is no pull request 7 in acme/infra, or GITHUB_TOKEN may not see it", /GITHUB_REPOSITORY/],
    [422, "GitHub refused the comment with status 422", /run the command again/],
  ])("says of %i what it means and what to do, and not what the token is", async (status, message, hint) => {
    github.faults.push(["POST", { status, message: "denied for secret-token" }]);
    const error = await failure(upsert("new"));
    expect(error.message).toBe(message);
    expect(error.tryThis).toMatch(hint);
    expect(error.details).toBe("denied for (token)");
    expect(github.comments).toEqual([]);
  });

  test("says which GitHub does not answer", async () => {
    const { url } = github;
    await github.stop();
    const work = upsertComment({
      ...{ apiUrl: url, token: "secret-token", repository: "acme/infra", pullRequest: 7, marker: MARKER, body: MARKER },
      wait: () => Promise.resolve(),
    });
    expect((await failure(work)).message).toBe(`GitHub at ${url} does not answer`);
    await github.start();
  });
});
