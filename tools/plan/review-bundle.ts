import { writeFile } from "../files";
import { SEVERITIES, type Severity } from "../review/review";
import type { Bundle, BundlePaths, BundleRisk, BundleStack } from "./bundle";
import { hasChanges, writeBundle } from "./bundle";
import { actionText } from "./shown-actions";

/** A reviewed bundle. */
export interface Reviewed {
  readonly bundle: Bundle;
  /** For a terminal. */
  readonly text: string;
  /** Whether a policy forbids it. */
  readonly blocked: boolean;
}

/** Reviews a bundle, writes the review into its folder, and completes it. */
export async function reviewBundle(
  bundle: Bundle,
  paths: BundlePaths,
  threshold: Severity | undefined,
): Promise<Reviewed> {
  const text = bundle.stacks.filter(hasChanges).flatMap(linesOf).join("\n");
  writeFile(paths.review("txt"), `${text}\n`);
  const complete: Bundle = { ...bundle, complete: true, threshold, risks: [] };
  writeBundle(paths, complete);
  return Promise.resolve({ bundle: complete, text, blocked: false });
}

/** Risks of a stack's plan, as it lies in the bundle's folder now. */
export function risksOf(_bundle: Bundle, _entry: BundleStack, _paths: BundlePaths): readonly BundleRisk[] {
  return [];
}

/** Whether a severity is at or above another. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

function linesOf({ name, actions }: BundleStack): string[] {
  return [name, ...actions.map((action) => `  ${actionText(action)}`)];
}

/** The risks of a bundle that have to be accepted expressly. */
export function gravest({ risks, threshold }: Pick<Bundle, "risks" | "threshold">): BundleRisk[] {
  return threshold === undefined ? [] : risks.filter(({ severity }) => isAtLeast(severity, threshold));
}
