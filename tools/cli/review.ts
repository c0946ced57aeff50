import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { ExitCode } from "../exit-code";
import { explained, readJson } from "../files";
import { isObject } from "../json";
import { bundlePaths } from "../plan/bundle";
import { readAllowList } from "../plan/review-bundle";
import { upsertComment } from "../review/comment";
import { buildReview } from "../review/meaning/build-review";
import type { StackInput } from "../review/meaning/review-input";
import { pictureOfPlans } from "../review/picture/picture-of";
import type { PlanDocument } from "../review/plan-document";
import { readTogether } from "../review/read/read-plans";
import { renderMarkdown } from "../review/render/markdown";
import type { Review, Severity } from "../review/review";
import { UserError } from "../user-error";
import type { Command, Invocation } from "./command";
import { DIFF_FOLDER } from "./diff-folder";
import { OUTPUT_FLAGS, reviewCode, writeReview } from "./review-output";
import { RISK_FLAG, thresholdOf } from "./risk-flags";
import { projectRoot } from "./session";
import { SITE_FLAGS, systemOf } from "./site-flags";

/** `npm run review`: a review of what was planned, or of any plan, in any form. */
export const reviewCommand: Command = {
  name: "run review",
  summary: "Shows a review: of what was planned for an environment, or of plans of any project",
  details: [
    "An environment means its last npm run plan; diff means the last npm run diff; anything else is a file that terraform show -json wrote,",
    "or - for standard input. Several files become one review. Secrets are masked in every form.",
    "Exit codes: 0 no changes, 1 a plan failed, 2 changes, 5 a policy forbids it, 8 a risk.",
  ],
  positionals: [{ name: "what", summary: "an environment, diff, or files", many: true }],
  flags: {
    system: SITE_FLAGS.system,
    ...OUTPUT_FLAGS,
    ...RISK_FLAG,
    comment: {
      summary:
        "write it as a comment on this pull request of GITHUB_REPOSITORY, by GITHUB_TOKEN, in place of the last one",
      value: "NUMBER",
      problem: (value) => (/^\d{1,9}$/.test(value) ? undefined : "must be the number of a pull request"),
    },
  },
  examples: [
    "npm run review staging",
    "npm run review plan.json -- --format html --out review",
    "terraform show -json plan.tfplan | npm run --silent review - -- --format markdown",
  ],
  run: async (invocation) => {
    const { positionals, flags, terminal } = invocation;
    const threshold = thresholdOf(flags["fail-on"]);
    const reviews = reviewsOf(positionals, invocation, threshold);
    if (typeof flags["comment"] === "string") {
      const { action, url } = await comment(reviews, flags["comment"], invocation);
      terminal.out(`The comment is ${action}: ${url}\n`);
    } else {
      for (const review of reviews) {
        const files = await writeReview(review, invocation);
        files.forEach((file) => terminal.out(`${file}\n`));
      }
    }
    return reviewCode(reviews, threshold, flags["exit-zero"] === true);
  },
};

function reviewsOf(what: readonly string[], invocation: Invocation, threshold: Severity | undefined): Review[] {
  const files = what.filter((name) => isFile(name, invocation));
  const kept = what.filter((name) => !files.includes(name)).map((name) => keptReview(name, invocation));
  return files.length === 0 ? kept : [...kept, reviewOfFiles(files, invocation, threshold)];
}

function isFile(name: string, { folder }: Invocation): boolean {
  return name === "-" || /[./\\]/.test(name) || existsSync(resolve(folder, name));
}

/** What `plan` or `diff` left. */
function keptReview(name: string, invocation: Invocation): Review {
  const root = projectRoot(invocation.folder);
  const folder = join(root, ".groundplan");
  const path =
    name === "diff"
      ? join(folder, DIFF_FOLDER, "review.json")
      : bundlePaths(join(folder, "plans", systemOf(invocation), name)).review("json");
  const review = readJson(path);
  if (isObject(review) && review["version"] === 1) return review as unknown as Review;
  throw new UserError(`there is no review of ${name}, and no file of that name`, {
    tryThis: name === "diff" ? "npm run diff main" : `npm run plan ${name}`,
    exitCode: ExitCode.configuration,
  });
}

function reviewOfFiles(files: readonly string[], invocation: Invocation, threshold: Severity | undefined): Review {
  const plans = readTogether(
    files.map((file) => ({ bytes: bytesOf(file, invocation), source: file === "-" ? "standard input" : file })),
  ).flat();
  const names = uniqueNames(plans);
  const stacks = plans.map((plan, index): StackInput => ({
    name: names[index] ?? plan.source,
    wave: 1,
    status: plan.errored
      ? "failed"
      : plan.changes.some(({ action }) => action !== "no-op" && action !== "read")
        ? "changes"
        : "no-changes",
    ...{ dependencies: [], placeholders: [], problems: [], warnings: [], plan },
  }));
  const [only] = plans;
  return buildReview({
    kind: "plan",
    title: names.length > 3 ? `${names.length} plans` : names.join(", "),
    subject: only?.terraformVersion === undefined ? {} : { terraformVersion: only.terraformVersion },
    stacks,
    allowList: readAllowList(rootOr(invocation.folder)),
    today: new Date().toISOString().slice(0, 10),
    ...(threshold === undefined ? {} : { threshold }),
    picture: (reviews) =>
      pictureOfPlans(
        reviews,
        plans.map(({ references }) => references),
      ),
  });
}

function rootOr(folder: string): string {
  try {
    return projectRoot(folder);
  } catch {
    return folder; // plans of another project are reviewed from anywhere
  }
}

function bytesOf(file: string, { folder }: Invocation): Uint8Array {
  const path = file === "-" ? 0 : resolve(folder, file);
  try {
    return readFileSync(path);
  } catch (error) {
    const known = explained(error, String(path));
    if (known !== error) throw known;
    throw new UserError(`${file} cannot be read`, {
      tryThis: "terraform show -json <plan file> > plan.json",
      exitCode: ExitCode.usage,
    });
  }
}

/** Names of the files without what they have in common, each once. */
function uniqueNames(plans: readonly PlanDocument[]): string[] {
  const short = plans.map(({ source }) => basename(source).replace(/\.json(?=#|$)/, ""));
  return short.map((name, index) =>
    short.indexOf(name) === short.lastIndexOf(name) ? name : (plans[index]?.source ?? name),
  );
}

/** One comment for all reviews, each with its part of the room. */
async function comment(reviews: readonly Review[], pullRequest: string, { environment }: Invocation) {
  const [token, repository] = [environment["GITHUB_TOKEN"] ?? "", environment["GITHUB_REPOSITORY"] ?? ""];
  if (token === "" || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new UserError("GITHUB_TOKEN and GITHUB_REPOSITORY must be set to write a comment", {
      tryThis: "run it in a workflow, or set GITHUB_REPOSITORY to owner/name",
      exitCode: ExitCode.configuration,
    });
  }
  const run =
    environment["GITHUB_RUN_ID"] === undefined
      ? undefined
      : `${environment["GITHUB_SERVER_URL"] ?? "https://github.com"}/${repository}/actions/runs/${environment["GITHUB_RUN_ID"]}`;
  const marker = `<!-- groundplan review: ${reviews.map(({ title }) => title.replaceAll(/[^\w ./-]/g, "")).join(", ")} -->`;
  const share = Math.max(1, reviews.length);
  const parts = reviews.map((review) =>
    renderMarkdown(review, {
      limit: Math.floor(64_000 / share),
      byteLimit: Math.floor(260_000 / share),
      ...(run === undefined ? {} : { reportUrl: run }),
    }),
  );
  return upsertComment({
    apiUrl: environment["GITHUB_API_URL"] ?? "https://api.github.com",
    token,
    repository,
    pullRequest: Number(pullRequest),
    marker,
    body: [marker, ...parts].join("\n"),
  });
}
