import { readFileSync } from "node:fs";
import { join } from "node:path";
import { costDelta } from "../cost/delta";
import { writeFile } from "../files";
import type { StackPlan } from "../plan/preview";
import { obstacles, type Stack } from "../plan/stack";
import { waves } from "../plan/waves";
import type { AllowList } from "../review/meaning/allow-list";
import { buildReview } from "../review/meaning/build-review";
import type { StackInput } from "../review/meaning/review-input";
import { pictureOf } from "../review/picture/picture-of";
import { readTogether } from "../review/read/read-plans";
import { formsOf } from "../review/render/forms";
import type { Review } from "../review/review";
import type { DeploymentPaths } from "./paths";

interface PreviewReviewOptions {
  readonly deployment: DeploymentPaths;
  readonly stacks: readonly Stack[];
  readonly plans: readonly StackPlan[];
  readonly allowList: AllowList;
  readonly terraformVersion: string;
  /** Today, as `2026-11-26`. */
  readonly today: string;
}

/** Reviews what the sandbox is about to deploy, leaves the review in every form, and returns it with the path of its page. */
export async function reviewPreviews(options: PreviewReviewOptions): Promise<{ review: Review; page: string }> {
  const { deployment } = options;
  const review = reviewOf(options);
  const pathOf = (ending: string) => join(deployment.folder, `review.${ending}`);
  for (const [ending, text] of Object.entries(await formsOf(review))) writeFile(pathOf(ending), text);
  return { review, page: pathOf("html") };
}

function reviewOf({ deployment, stacks, plans, allowList, terraformVersion, today }: PreviewReviewOptions): Review {
  const { system, environment } = deployment;
  const byStack = new Map(plans.map((plan) => [plan.stack, plan]));
  const without = new Set(obstacles(stacks).map(({ stack }) => stack));
  const ordered = waves(stacks).flatMap((wave, index) => wave.map((stack) => ({ stack, wave: index + 1 })));
  const planned = ordered.filter(({ stack }) => byStack.has(stack.name) && !without.has(stack.name));
  const files = planned.flatMap(({ stack: { name } }) => {
    const path = byStack.get(name)?.planJsonPath;
    return path === undefined ? [] : [{ name, source: `${name}.json`, bytes: readFileSync(path) }];
  });
  const read = new Map(readTogether(files).map((found, index) => [files[index]?.name, found[0]] as const));
  const left = [...without];
  return buildReview({
    kind: "plan",
    title: `${environment} of ${system}, in the local sandbox`,
    subject: { system, environment, terraformVersion },
    stacks: planned.map(({ stack, wave }): StackInput => {
      const { name, dependencies, document, remoteStates } = stack;
      const found = byStack.get(name);
      const plan = read.get(name);
      return {
        ...{ name, wave, dependencies, document, reads: remoteStates },
        status: statusOf(found),
        placeholders: found?.placeholders ?? [],
        problems: (found?.problems ?? []).map(({ summary, detail, address }) => ({
          ...{ summary, detail },
          ...(address === undefined ? {} : { address }),
        })),
        warnings: (found?.warnings ?? []).map(({ summary }) => summary),
        ...(plan === undefined ? {} : { plan }),
      };
    }),
    allowList,
    today,
    banners: left.length === 0 ? [] : [{ level: "note", text: `Not part of the sandbox: ${left.join(", ")}.` }],
    cost: costDelta(undefined, stacks),
    picture: (reviews) => pictureOf(stacks, reviews),
  });
}

function statusOf(plan: StackPlan | undefined): StackInput["status"] {
  if (plan === undefined || plan.status === "failed" || plan.status === "canceled") return "failed";
  if (plan.status === "skipped") return "skipped";
  if (plan.status === "empty") return "no-changes";
  return plan.placeholders.length > 0 ? "preview" : "changes";
}
