import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, writeFile } from "../../../tools/files";
import { commitOf, synthesizeRevision } from "../../../tools/plan/revision";
import { Children } from "../../../tools/terraform/children";
import { temporaryFolder } from "../support/folder";

/** Stands for synth of a revision: one stack per environment, with the text of `body` in it. */
const SYNTH = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
if (process.argv.includes("--systems")) {
  console.log(readFileSync("systems.json", "utf8"));
} else {
  const out = process.env.CDKTF_OUTDIR;
  const names = process.env.GROUNDPLAN_ENV.split(",");
  const stacks = {};
  for (const name of names) {
    mkdirSync(out + "/stacks/" + name, { recursive: true });
    const resource = { terraform_data: { one: { input: readFileSync("body", "utf8") } } };
    writeFileSync(out + "/stacks/" + name + "/cdk.tf.json", JSON.stringify({ resource }));
    stacks[name] = { name, dependencies: [], annotations: [] };
  }
  writeFileSync(out + "/manifest.json", JSON.stringify({ stacks }));
}
`;

const root = temporaryFolder();
const environment = {
  PATH: process.env["PATH"],
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
  HOME: root,
};
const git = (...args: string[]) => execFileSync("git", args, { cwd: root, env: environment, encoding: "utf8" }).trim();
const options = { children: new Children(), root, environment, folder: join(root, ".groundplan", "revisions") };
const synth = (commit: string, ...environments: string[]) =>
  synthesizeRevision({ ...options, commit, system: "default", environments });
const bodies = ({ stacks }: Awaited<ReturnType<typeof synth>>) =>
  Object.fromEntries(stacks.map(({ name, document }) => [name, JSON.stringify(document["resource"])]));
const body = (text: string) => JSON.stringify({ terraform_data: { one: { input: text } } });

let first = "";
let second = "";
beforeAll(() => {
  const commit = (text: string, environments: readonly string[], packages: string) => {
    writeFile(join(root, "body"), text);
    writeFile(join(root, "package-lock.json"), packages);
    const listed = environments.map((name) => ({ name, tier: "staging" }));
    writeFile(join(root, "systems.json"), JSON.stringify([{ name: "default", environments: listed }]));
    git("add", ".");
    git("commit", "--quiet", "--message", text);
    return git("rev-parse", "HEAD");
  };
  makeFolder(join(root, "node_modules"));
  writeFile(join(root, ".gitignore"), "node_modules\n.groundplan\n");
  writeFile(join(root, "tools", "run.mjs"), SYNTH);
  git("init", "--quiet", "--initial-branch", "main");
  first = commit("old", ["staging"], "packages before");
  second = commit("new", ["staging", "prod"], "packages");
});

describe("commitOf", () => {
  test("gives the full commit of a name", async () => {
    expect(await commitOf("main", options)).toBe(second);
    expect(await commitOf("HEAD~1", options)).toBe(first);
  });

  test("fails on what is no revision, and says what one is", async () => {
    await expect(commitOf("nowhere", options)).rejects.toMatchObject({
      message: '"nowhere" is no revision of this repository',
      tryThis: "name a commit, a branch or a tag, such as main or HEAD~1; git fetch brings those of others",
      exitCode: 64,
    });
  });
});

describe("synthesizeRevision", () => {
  test("synthesizes a commit as it was and leaves the working tree alone", async () => {
    writeFile(join(root, "body"), "not committed");
    git("add", "body");
    expect(bodies(await synth(first, "staging"))).toEqual({ staging: body("old") });
    expect(git("status", "--porcelain")).toBe("M  body");
    expect(readFileSync(join(root, "body"), "utf8")).toBe("not committed");
    git("reset", "--quiet", "--hard");
  });

  test("uses the installed packages, and says so when the commit asks for others", async () => {
    const { remarks } = await synth(first, "staging");
    expect(remarks).toEqual([
      `${first.slice(0, 10)} asks for other packages than are installed; it was synthesized with the installed ones`,
    ]);
    expect(lstatSync(join(options.folder, first, "node_modules")).isSymbolicLink()).toBe(true);
  });

  test("counts an environment that the commit does not have as empty", async () => {
    const { stacks, remarks } = await synth(first, "staging", "prod");
    expect(stacks.map(({ name }) => name)).toEqual(["staging"]);
    expect(remarks.at(-1)).toBe(`${first.slice(0, 10)} has no environment prod of system default`);
    expect(await synth(first, "prod")).toMatchObject({ stacks: [] });
  });

  test("keeps the files of the last commit only", async () => {
    expect(bodies(await synth(second, "staging", "prod"))).toEqual({ staging: body("new"), prod: body("new") });
    expect(existsSync(join(options.folder, first))).toBe(false);
    expect(existsSync(join(options.folder, second, ".complete"))).toBe(true);
  });
});
