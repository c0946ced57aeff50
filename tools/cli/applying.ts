import { ExitCode } from "../exit-code";
import { applyEnvironment, type Application } from "../plan/apply-environment";
import type { AppliedStack } from "../plan/apply-stack";
import type { Bundle, BundlePaths, BundleStack } from "../plan/bundle";
import { isAtLeast, readAllowList, risksOf } from "../plan/review-bundle";
import { actionText } from "../plan/shown-actions";
import type { Invocation } from "./command";
import { renderProblems } from "./render";
import type { Prepared, SiteSession } from "./site-session";
import { columns } from "./text";

interface ApplyShownOptions {
  readonly session: SiteSession;
  readonly invocation: Invocation;
  readonly prepared: Prepared;
  readonly bundle: Bundle;
  readonly entries: readonly BundleStack[];
  readonly paths: BundlePaths;
}

/** Applies stacks of a bundle, shows how it goes, and says what came of each. */
export async function applyShown(options: ApplyShownOptions): Promise<Application> {
  const { session, invocation, prepared, bundle, entries, paths } = options;
  const { site, say } = session;
  const shown = new Set(bundle.risks.map(({ rule, stack, address }) => JSON.stringify([rule, stack, address])));
  const allowList = readAllowList(session.root);
  const application = await session.watch((onActivity) =>
    applyEnvironment({
      ...{ site, bundle, entries, paths, onActivity, ...prepared },
      kind: bundle.kind,
      lock: true,
      lockSeconds: Number(invocation.flags["lock-timeout"] ?? 10),
      newRisks: (entry) =>
        risksOf(bundle, entry, paths, allowList).filter(
          ({ rule, severity, stack, address }) =>
            isAtLeast(severity, "high") && !shown.has(JSON.stringify([rule, stack, address])),
        ),
      onApplied: ({ stack, outcome }) => {
        const text = OUTCOMES[outcome];
        if (text !== undefined) say(`  ${stack}  ${text}`);
      },
    }),
  );
  const { results, notBegun } = application;
  say();
  renderProblems(
    results.flatMap(({ problems }) => problems),
    invocation.terminal.paint,
  ).forEach((line) => say(line));
  const broken = results.filter(({ outcome }) => outcome === "failed" || outcome === "interrupted");
  columns(broken.map(({ stack }) => [stack, `log: ${paths.log(stack, "apply")}`])).forEach((line) => say(line));
  results.forEach((result) => differenceLines(result).forEach((line) => say(line)));
  results.forEach(({ stack, run }) => {
    if (run === undefined) return;
    say(`  ${stack}: ${run.message}: ${run.url}`);
    if (run.hint !== undefined) say(`    ${run.hint}`);
  });
  const waiting = notBegun.map(({ stack, because }) => [
    stack,
    because === undefined ? "not begun" : `not begun, waits for ${because}`,
  ]);
  columns(waiting).forEach((line) => say(line));
  return application;
}

/** The exit code of an apply. What was interrupted comes first, then what failed, then what is no longer what was reviewed. */
export function applyCode({ results }: Application, interrupted: boolean): ExitCode {
  const has = (outcome: AppliedStack["outcome"]) => results.some((result) => result.outcome === outcome);
  if (has("detached")) return ExitCode.detached;
  if (interrupted || has("interrupted")) return ExitCode.canceled;
  if (has("failed")) return ExitCode.failed;
  const refused = results.flatMap(({ outcome, run }) =>
    outcome === "refused" && run !== undefined ? [run.exitCode] : [],
  );
  const [code] = [ExitCode.blockedByPolicy, ExitCode.discarded, ExitCode.canceled, ExitCode.waiting, ...refused].filter(
    (known) => refused.includes(known),
  );
  if (code !== undefined) return code;
  return has("stale") || has("differs") ? ExitCode.stale : ExitCode.fine;
}

/** What the progress of resources does not say by itself. */
const OUTCOMES: Readonly<Partial<Record<AppliedStack["outcome"], string>>> = {
  unchanged: "nothing to do",
  differs: "not applied: planned once more, it is not what was shown",
  stale: "not applied: its plan is stale",
  detached: "goes on in Terraform Cloud",
  refused: "not applied",
};

function differenceLines({ stack, outcome, unexpected, missing, newRisks }: AppliedStack): string[] {
  if (outcome !== "differs") return [];
  return [
    `${stack} was planned once more, and it is not what was shown:`,
    ...unexpected.map((action) => `  not shown: ${actionText(action)}`),
    ...missing.map((action) => `  shown, and no longer planned: ${actionText(action)}`),
    ...newRisks.map(({ severity, rule, address }) => `  not shown: ${severity} risk ${rule}, ${address}`),
  ];
}
