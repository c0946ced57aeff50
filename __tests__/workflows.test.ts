import { build } from "esbuild";
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { parse } from "yaml";
import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../tools/json";

const FOLDER = join(".github", "workflows");
const files = readdirSync(FOLDER).sort();
const text = (file: string) => readFileSync(join(FOLDER, file), "utf8");
const workflow = (file: string) => objectOf(parse(text(file), { merge: true }));
const jobs = (file: string) =>
  Object.entries(objectOf(workflow(file)["jobs"])).map(([id, job]) => ({ id, job: objectOf(job) }));
const steps = (job: JsonObject) => listOf(job["steps"]).filter(isObject);
const everyStep = files.flatMap((file) =>
  jobs(file).flatMap(({ id, job }) => steps(job).map((step) => ({ file, id, step }))),
);

type Validate = (
  document: unknown,
  config: object,
) => Promise<
  ReadonlyArray<{ readonly message: string; readonly range: { readonly start: { readonly line: number } } }>
>;

/** GitHub's own checker of workflows. It is written for bundlers, so it is bundled. */
async function linter(): Promise<(name: string, contents: string) => Promise<string[]>> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { validate } from "@actions/languageservice"; export { TextDocument } from "vscode-languageserver-textdocument";`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    logLevel: "silent",
  });
  const module = { exports: {} as { validate: Validate; TextDocument: { create: (...args: unknown[]) => unknown } } };
  const run = vm.runInThisContext(`(function (module, exports, require) {${outputFiles[0]?.text}\n})`) as (
    ...args: unknown[]
  ) => void;
  run(module, module.exports, createRequire(join(process.cwd(), "package.json")));
  const { validate, TextDocument } = module.exports;
  return async (name, contents) => {
    const problems = await validate(TextDocument.create(`file:///${name}`, "yaml", 1, contents), {});
    return problems.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
  };
}

let lint: (name: string, contents: string) => Promise<string[]>;
beforeAll(async () => {
  lint = await linter();
}, 60_000);

describe("the workflows", () => {
  test.each(files)("%s passes GitHub's checker", async (file) => {
    expect(await lint(file, text(file))).toEqual([]);
  });

  test.each([
    ["a job that is not there", "needs: staging\n", "needs: stagign\n"],
    ["an unknown key", "runs-on: ubuntu-24.04", "run-on: ubuntu-24.04"],
    ["an unknown context", "vars.AWS_REGION", "varz.AWS_REGION"],
  ])("would not pass with %s", async (name, good, bad) => {
    expect(text("deploy.yml")).toContain(good);
    expect(await lint(`${name}.yml`, text("deploy.yml").replace(good, bad))).not.toEqual([]);
  });

  test("pin every action by commit, with its version beside it", () => {
    const uses = [...files.map(text), readFileSync(join(".github", "actions", "set-up", "action.yml"), "utf8")].flatMap(
      (contents) => contents.split("\n").filter((line) => /^\s*-?\s*uses:/.test(line)),
    );
    expect(uses.length).toBeGreaterThan(10);
    expect(uses.filter((line) => !/uses: (\.\/|[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line))).toEqual(
      [],
    );
  });

  test("never run a stranger's code with our rights", () => {
    expect(files.filter((file) => Object.keys(objectOf(workflow(file)["on"])).includes("pull_request_target"))).toEqual(
      [],
    );
    const fork = "github.event.pull_request.head.repo.full_name == github.repository";
    const plan = jobs("plan.yml").filter(({ job }) => JSON.stringify(job).includes("secrets."));
    expect(plan.map(({ id }) => id)).toEqual(["plan"]);
    expect(plan.map(({ job }) => stringOf(job["if"])?.includes(fork))).toEqual([true]);
  });

  test("give each job the least permissions, none by default", () => {
    expect(files.filter((file) => file !== "ci.yml").map((file) => workflow(file)["permissions"])).toEqual([
      {},
      {},
      {},
    ]);
    expect(workflow("ci.yml")["permissions"]).toEqual({ contents: "read" });
    const write = files.flatMap((file) =>
      jobs(file).flatMap(({ id, job }) =>
        Object.entries(objectOf(job["permissions"])).flatMap(([scope, level]) =>
          level === "write" ? [`${file} ${id} ${scope}`] : [],
        ),
      ),
    );
    expect(write).toEqual([
      "deploy.yml staging id-token",
      "deploy.yml plan-prod id-token",
      "deploy.yml prod id-token",
      "drift.yml prod id-token",
      "plan.yml plan id-token",
      "plan.yml plan pull-requests",
    ]);
  });

  test("keep no credential of git in the working tree", () => {
    const checkouts = everyStep.filter(({ step }) => stringOf(step["uses"])?.startsWith("actions/checkout@"));
    expect(checkouts.map(({ step }) => objectOf(step["with"])["persist-credentials"])).toEqual(
      checkouts.map(() => false),
    );
  });

  test("put no expression into a script, where its text would be run", () => {
    expect(everyStep.filter(({ step }) => stringOf(step["run"])?.includes("${{") === true)).toEqual([]);
  });

  test("cancel a superseded plan and never a deploy", () => {
    expect(objectOf(workflow("plan.yml")["concurrency"])["cancel-in-progress"]).toBe(true);
    expect(objectOf(workflow("deploy.yml")["concurrency"])).toEqual({ group: "deploy", "cancel-in-progress": false });
  });

  test("apply to prod, in the environment that has reviewers, what was planned in one that has none, and nothing else", () => {
    const of = (id: string) => jobs("deploy.yml").find((job) => job.id === id)?.job ?? {};
    const runs = (id: string) => steps(of(id)).flatMap(({ run }) => stringOf(run) ?? []);
    expect(["staging", "plan-prod", "prod"].map((id) => of(id)["environment"])).toEqual([
      "staging",
      "prod-plan",
      "prod",
    ]);
    expect(runs("prod")).toEqual([
      'npm run bundle open prod "$RUNNER_TEMP/bundle.sealed"',
      "npm run apply prod -- --yes --accept-risk",
    ]);
    expect(runs("staging").filter((run) => run.startsWith("npm run"))).toEqual([
      'npm run plan staging -- --without "$BY_HAND" --exit-zero',
      "npm run apply staging -- --yes",
    ]);
    const deploying = jobs("deploy.yml").filter(({ job }) =>
      JSON.stringify(job["steps"]).includes("AWS_DEPLOY_ROLE_ARN"),
    );
    expect(deploying.map(({ id }) => id)).toEqual(["staging", "prod"]);
  });
});
