import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NO_ALLOW_LIST } from "../../../tools/review/meaning/allow-list";
import { deploymentPaths, sandboxPaths } from "../../../tools/sandbox/paths";
import { reviewPreviews } from "../../../tools/sandbox/preview-review";
import type { StackPlan } from "../../../tools/plan/preview";
import { writeFile } from "../../../tools/files";
import { planJson, type ChangeSketch } from "../../support/plan-json";
import { temporaryFolder } from "../support/folder";
import { outputOf, writeStacks } from "../support/stacks";

const folder = temporaryFolder();
const deployment = deploymentPaths(sandboxPaths(folder), "default", "staging");
const foreign = { terraform: { required_providers: { github: { source: "integrations/github", version: "6.0.0" } } } };
const stacks = writeStacks(deployment.outdir, {
  net: { document: { resource: { terraform_data: { vpc: { input: 1 } } } } },
  hub: { dependencies: ["net"], document: foreign },
  app: {
    dependencies: ["net"],
    reads: ["net"],
    document: { resource: { terraform_data: { web: { input: outputOf("net", "id") } } } },
  },
});
const planned = (stack: string, changes: readonly ChangeSketch[], more: Partial<StackPlan> = {}): StackPlan => {
  const planJsonPath = join(folder, `${stack}.json`);
  writeFile(planJsonPath, JSON.stringify(planJson(changes)));
  const rest = { problems: [], warnings: [], placeholders: [], seconds: 1 };
  return { stack, status: "changes", ...rest, planJsonPath, ...more };
};
const review = (plans: readonly StackPlan[]) =>
  reviewPreviews({
    ...{ deployment, stacks, plans, allowList: NO_ALLOW_LIST },
    ...{ terraformVersion: "1.11.4", today: "2026-11-26" },
  });
const create = (address: string): ChangeSketch => ({ address, actions: ["create"], after: { input: 1 } });

describe("reviewPreviews", () => {
  test("puts the plans in the order of their waves, marks previews, and says what has no place here", async () => {
    const { review: found, page } = await review([
      planned("app", [create("terraform_data.web")], { placeholders: ["net"] }),
      planned("net", [create("terraform_data.vpc")]),
      { stack: "hub", status: "skipped", problems: [], warnings: [], placeholders: [], seconds: 0 },
    ]);
    expect(found.title).toBe("staging of default, in the local sandbox");
    expect(found.stacks.map(({ name, wave, status, placeholders }) => [name, wave, status, placeholders])).toEqual([
      ["net", 1, "changes", []],
      ["app", 2, "preview", ["net"]],
    ]);
    expect(found.banners.map(({ text }) => text)).toContainEqual("Not part of the sandbox: hub.");
    expect(found.verdict).toEqual({ outcome: "changes", text: "2 changes, no risk found" });
    expect(page).toBe(join(deployment.folder, "review.html"));
  });

  test("leaves it in every form", () => {
    expect(readdirSync(deployment.folder).filter((name) => name.startsWith("review."))).toEqual([
      ...["review.html", "review.json", "review.md", "review.sarif", "review.txt"],
    ]);
    expect(readFileSync(join(deployment.folder, "review.txt"), "utf8")).toContain("+ terraform_data.web");
  });

  test("says which stack could not be planned, and why", async () => {
    const problem = { severity: "error" as const, summary: "No such thing", detail: "None.", stack: "net" };
    const { review: found } = await review([
      { stack: "net", status: "failed", problems: [problem], warnings: [], placeholders: [], seconds: 0 },
      { stack: "app", status: "empty", problems: [], warnings: [], placeholders: [], seconds: 0 },
    ]);
    expect(found.verdict.outcome).toBe("failed");
    expect(
      found.stacks.map(({ name, status, problems }) => [name, status, problems.map(({ summary }) => summary)]),
    ).toEqual([
      ["net", "failed", ["No such thing"]],
      ["app", "no-changes", []],
    ]);
  });
});
