import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../../../tools/files";
import { reviewCommand } from "../../../tools/cli/review";
import { planJson, type ChangeSketch } from "../../support/plan-json";
import { RISKY } from "../../support/reviews";
import { environmentProject, things } from "../support/environment-project";
import { temporaryFolder } from "../support/folder";
import { GitHub } from "../support/github";

const folder = temporaryFolder();
const project = environmentProject(
  join(folder, "project"),
  { network: { document: { resource: things({ vpc: "10.0.0.0/16" }) } } },
  [reviewCommand],
);
const update: ChangeSketch = { address: "aws_x.a", actions: ["update"], before: { size: 1 }, after: { size: 2 } };
const plan = (name: string, changes: readonly ChangeSketch[], more = {}) =>
  writeFile(join(project.root, name), JSON.stringify(planJson(changes, more)));

beforeAll(() => {
  plan("one.json", [update]);
  plan("none.json", []);
  plan("risky.json", RISKY);
  plan("errored.json", [update], { errored: true });
  plan("a/net.json", [update]);
  plan("b/net.json", [update]);
  writeFile(join(project.root, "text.json"), "no plan\n");
});

describe("npm run review of files", () => {
  test.each([
    ["none.json", 0, "none: No changes\n"],
    ["one.json", 2, "one: 1 change, no risk found\n"],
    ["errored.json", 1, "errored: errored could not be planned: what follows is a part\n"],
    ["risky.json", 8, "risky: 2 critical, 1 high risks in 43 changes: read them before you apply\n"],
    ["risky.json --fail-on none", 2, "risky:"],
    ["risky.json --exit-zero", 0, "risky:"],
    ["errored.json --exit-zero", 1, "errored:"],
    ["one.json none.json", 2, "one, none: 1 change, no risk found\n"],
    ["a/net.json b/net.json", 2, "a/net.json, b/net.json: 2 changes, no risk found\n"],
  ])("%s exits with %i and prints it", async (args, code, text) => {
    const result = await project.run(`review ${args}`);
    expect([result.code, result.err]).toEqual([code, ""]);
    expect(result.out).toContain(text);
  });

  test("writes every form into a folder and prints nothing but their paths", async () => {
    const { code, out } = await project.run("review one.json --format all --out out");
    const names = ["review.txt", "review.md", "review.html", "review.json", "review.sarif"];
    expect([code, out]).toEqual([2, names.map((name) => `${join(project.root, "out", name)}\n`).join("")]);
    expect(readdirSync(join(project.root, "out")).sort()).toEqual([...names].sort());
    expect(JSON.parse(readFileSync(join(project.root, "out", "review.json"), "utf8"))).toMatchObject({ version: 1 });
  });

  test("prints one form alone, fit for a pipe", async () => {
    const { out } = await project.run("review one.json --format sarif");
    expect(JSON.parse(out)).toMatchObject({ version: "2.1.0" });
  });

  test.each([
    ["missing.json", 64, "missing.json", "terraform show -json <plan file> > plan.json"],
    ["text.json", 66, "text.json", "terraform show -json"],
    ["nowhere", 66, "there is no review of nowhere, and no file of that name", "npm run plan nowhere"],
    ["diff", 66, "there is no review of diff", "npm run diff main"],
    ["one.json --format pdf", 64, '--format must be of terminal, markdown, html, json, sarif, all, got "pdf"', ""],
    ["one.json --fail-on grave", 64, '--fail-on must be critical, high, medium, low or none, got "grave"', ""],
    ["", 64, "what", "npm run review -- --help"],
  ])("of %j fails with %i, and says why and what to do", async (args, code, message, hint) => {
    const result = await project.run(`review ${args}`.trim());
    expect([result.code, result.out]).toEqual([code, ""]);
    expect(result.err).toContain(message);
    expect(result.err).toContain(hint);
  });

  test("takes no secret along", async () => {
    plan("secret.json", [
      { ...update, before: { password: "hunter2-hunter2" }, after: { password: "hunter3-hunter3" } },
    ]);
    const { out } = await project.run("review secret.json --format terminal,markdown,json,html,sarif --verbose");
    expect(out).not.toContain("hunter");
    expect(out).toContain("password: (masked) → (masked)");
  });
});

describe("npm run review of an environment", () => {
  test("shows again what plan has left, with the code of that", async () => {
    const planned = await project.run("plan staging");
    expect(planned.code).toBe(2);
    const { code, out } = await project.run("review staging");
    expect([code, out.split("\n")[0]]).toEqual([2, "staging of default: 1 change, no risk found"]);
    expect(existsSync(project.paths().review("html"))).toBe(true);
  });
});

describe("npm run review --comment", () => {
  const github = new GitHub();
  beforeAll(() => github.start());
  afterAll(() => github.stop());
  const variables = () => ({
    ...{ GITHUB_TOKEN: "secret-token", GITHUB_REPOSITORY: "acme/infra", GITHUB_API_URL: github.url },
    ...{ GITHUB_RUN_ID: "42", GITHUB_SERVER_URL: "https://github.example.com" },
  });

  test("writes one comment, in place of the last one, with a link to the run", async () => {
    const first = await project.run("review one.json --comment 7", {}, variables());
    const url = "https://github.com/acme/infra/pull/7#issuecomment-1";
    expect([first.code, first.out, first.err]).toEqual([2, `The comment is created: ${url}\n`, ""]);
    plan("one.json", [update, { ...update, address: "aws_x.b" }]);
    const second = await project.run("review one.json --comment 7", {}, variables());
    expect(second.out).toBe(`The comment is updated: ${url}\n`);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body.split("\n")[0]).toBe("<!-- groundplan review: one -->");
    expect(github.comments[0]?.body).toContain("one: 2 changes, no risk found");
    expect(github.comments[0]?.body).toContain("https://github.example.com/acme/infra/actions/runs/42");
  });

  test("gives two reviews room in one comment", async () => {
    plan(
      "long.json",
      Array.from({ length: 900 }, (_, index) => ({
        ...update,
        address: `aws_x.thing_${index}`,
        after: { size: "x".repeat(200) },
      })),
    );
    await project.run("review staging long.json --comment 7", {}, variables());
    const body = github.comments.at(-1)?.body ?? "";
    expect([...body].length).toBeLessThanOrEqual(65_000);
    expect(body).toContain("staging of default: 1 change");
    expect(body).toContain("long: 900 changes");
  });

  test.each([
    [{ GITHUB_TOKEN: "" }, "GITHUB_TOKEN and GITHUB_REPOSITORY must be set to write a comment"],
    [{ GITHUB_REPOSITORY: "acme" }, "GITHUB_TOKEN and GITHUB_REPOSITORY must be set to write a comment"],
  ])("without %j says what is missing", async (missing, message) => {
    const { code, err } = await project.run("review one.json --comment 7", {}, { ...variables(), ...missing });
    expect(code).toBe(66);
    expect(err).toContain(message);
  });

  test("refuses what is no number", async () => {
    const { code, err } = await project.run("review one.json --comment seven", {}, variables());
    expect(code).toBe(64);
    expect(err).toContain('--comment must be the number of a pull request, got "seven"');
  });
});
