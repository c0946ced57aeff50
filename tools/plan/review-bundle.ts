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

/**
 * Reviews a bundle, writes the review into its folder, and completes it. For now the review is the list of what is done to which object: no risk is
 * judged, so none stops anything, and the text says so.
 */
export async function reviewBundle(
  bundle: Bundle,
  paths: BundlePaths,
  threshold: Severity | undefined,
): Promise<Reviewed> {
  const lines = bundle.stacks.filter(hasChanges).flatMap(linesOf);
  const text = lines.length === 0 ? "" : [...lines, "", NOT_JUDGED].join("\n");
  writeFile(paths.review("txt"), `${text}\n`);
  const complete: Bundle = { ...bundle, complete: true, threshold, risks: [] };
  writeBundle(paths, complete);
  return Promise.resolve({ bundle: complete, text, blocked: false });
}

/** The file in which a person reads the review. */
export function reviewPage(paths: BundlePaths): string {
  return paths.review("txt");
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

const NOT_JUDGED = "No risk was judged. Read what is destroyed and replaced, and who may do what, before you apply.";
