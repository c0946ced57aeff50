import type { Obstacle } from "../plan/stack";
import type { StackPlan } from "../plan/preview";
import type { StackInventory } from "../sandbox/inventory";
import { outputText } from "../sandbox/inventory";
import type { Counts } from "../terraform/events";
import type { Problem } from "../terraform/problem";
import type { Paint } from "./terminal";
import { age, columns, plural } from "./text";

/** One block per error: where, what, why and what to do. The same error of several stacks is one block. */
export function renderProblems(problems: readonly Problem[], paint: Paint): string[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { address, summary, detail, hint } = problem;
    const key = JSON.stringify([address, summary, detail, hint]);
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { address, summary, detail, hint } = first;
    const stacks = group.map(({ stack }) => paint.bold(stack)).join(", ");
    return [
      `${paint.red("Error")} in ${stacks}${address === undefined ? "" : `, ${address}`}: ${summary}`,
      ...detail
        .trim()
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => `    ${line.trimEnd()}`),
      ...(hint === undefined ? [] : [`  ${paint.bold("Try this:")} ${hint}`]),
      "",
    ];
  });
}

/** What a plan would do, such as `34 to add, 1 to change`. */
export function countsText(counts: Counts | undefined): string {
  if (counts === undefined) return "";
  const parts = [
    [counts.import, "to import"],
    [counts.add, "to add"],
    [counts.change, "to change"],
    [counts.remove, "to destroy"],
  ] as const;
  const some = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return some.length === 0 ? "no changes" : some.join(", ");
}

/** A row per previewed stack. */
export function renderPlans(plans: readonly StackPlan[]): string[] {
  return columns(
    plans.map((plan) => {
      const upstream =
        plan.placeholders.length > 0 ? `preview, values of ${plan.placeholders.join(", ")} are placeholders` : "";
      switch (plan.status) {
        case "failed":
          return [plan.stack, "failed", ""];
        case "skipped":
          return [plan.stack, "not planned", "its provider cannot be had here"];
        case "canceled":
          return [plan.stack, "interrupted", ""];
        default:
          return [plan.stack, countsText(plan.counts), upstream];
      }
    }),
  );
}

/** Why stacks are not deployed here, a row each. */
export function renderObstacles(obstacles: readonly Obstacle[]): string[] {
  return columns(obstacles.map(({ stack, reason }) => [stack, reason]));
}

/** What exists, stack by stack. */
export function renderInventory(stacks: readonly StackInventory[], paint: Paint, now: number): string[] {
  return stacks.flatMap(({ stack, resources, byType, facts, outputs, changedAt }) => [
    `  ${paint.bold(stack)}  ${plural(resources, "resource")}, ${age(now - changedAt)}`,
    `    ${byType.map(([type, count]) => (count === 1 ? type : `${type} ${count}`)).join(", ")}`,
    ...columns([...facts, ...outputs.map(([name, value]) => [name, outputText(value)] as const)], "    "),
  ]);
}
