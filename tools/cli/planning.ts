import { ExitCode } from "../exit-code";
import { bundlePaths, hasChanges, type Bundle, type BundleKind, type BundleStack } from "../plan/bundle";
import { planEnvironment } from "../plan/plan-environment";
import { readAllowList, reviewBundle, reviewPage, type Reviewed } from "../plan/review-bundle";
import type { Selection } from "../plan/selection";
import type { ShownAction } from "../plan/shown-actions";
import { workingTree } from "../plan/working-tree";
import { renderTerminal } from "../review/render/terminal";
import type { Severity } from "../review/review";
import type { Invocation } from "./command";
import { renderProblems } from "./render";
import type { Prepared, SiteSession } from "./site-session";
import { columns, duration } from "./text";

/** A plan that was made and reviewed; undefined if it was interrupted. */
export interface PlanRun extends Reviewed {
  /** The page of the review. */
  readonly page: string;
}

interface PlanShownOptions {
  readonly session: SiteSession;
  readonly invocation: Invocation;
  readonly prepared: Prepared;
  readonly kind: BundleKind;
  readonly selection: Selection;
  readonly threshold: Severity | undefined;
}

/** Plans, shows how it goes, and leaves a reviewed bundle; undefined after an interruption. */
export async function planShown(options: PlanShownOptions): Promise<PlanRun | undefined> {
  const { session, invocation, prepared, kind, selection, threshold } = options;
  const { site, children, root, say } = session;
  const paint = invocation.terminal.paint;
  const startedAt = Date.now();
  const tree = await workingTree({ children, root, environment: invocation.environment });
  const { bundle, canceled } = await session.watch((onActivity) =>
    planEnvironment({
      ...{ site, kind, selection, tree, ...prepared, onActivity },
      now: new Date(startedAt),
      lock: invocation.flags["no-lock"] !== true,
      refresh: invocation.flags["no-refresh"] !== true,
      lockSeconds: Number(invocation.flags["lock-timeout"] ?? 10),
      onPlanned: (entry) => say(`  ${entry.name}  ${statusText(entry, kind)}`),
    }),
  );
  if (canceled) {
    say("Interrupted: nothing was changed, and no plan is left.");
    return undefined;
  }
  const paths = bundlePaths(site.paths.bundle(kind));
  say(`  ${kind === "drift" ? "done" : "planned"} in ${duration((Date.now() - startedAt) / 1000)}\n`);
  const reviewed = await reviewBundle(bundle, paths, { allowList: readAllowList(root), threshold });
  sayProblems(session, bundle, paint);
  const { terminal, flags } = invocation;
  const text = renderTerminal(reviewed.review, {
    paint,
    columns: terminal.interactive ? terminal.columns() : 140,
    verbose: flags["verbose"] === true,
  });
  say(text.trimEnd());
  say();
  return { ...reviewed, page: reviewPage(paths) };
}

/** What the code of a plan is: a failure before a policy, a policy before a risk, a risk before mere changes. */
export function planCode(
  { bundle, blocked, risky }: { bundle: Bundle; blocked: boolean; risky: boolean },
  zero: boolean,
): ExitCode {
  const refused = refusalOf(bundle);
  if (hasFailed(bundle) && refused === undefined) return ExitCode.failed;
  if (refused !== undefined) return refused;
  if (blocked) return ExitCode.blockedByPolicy;
  if (risky) return ExitCode.risk;
  return bundle.stacks.some(hasChanges) && !zero ? ExitCode.changes : ExitCode.fine;
}

/** What Terraform Cloud's refusals come to, unless something else failed too: a policy comes first. */
function refusalOf({ stacks }: Bundle): ExitCode | undefined {
  const failed = stacks.filter(({ status }) => status === "failed");
  const codes = failed.flatMap(({ refusal }) => refusal?.exitCode ?? []);
  if (codes.length === 0 || codes.length < failed.length) return undefined;
  return codes.includes(ExitCode.blockedByPolicy) ? ExitCode.blockedByPolicy : codes[0];
}

/** Whether a stack could not be planned. */
export function hasFailed({ stacks }: Pick<Bundle, "stacks">): boolean {
  return stacks.some(({ status }) => status === "failed" || status === "blocked");
}

/** How many objects a bundle changes. */
export function changesOf(stacks: readonly BundleStack[]): number {
  return stacks.filter(hasChanges).reduce((sum, { actions }) => sum + actions.length, 0);
}

/** What a plan comes to, such as `3 to create, 1 to replace`. */
function actionsText(actions: readonly ShownAction[], outputsChange: boolean): string {
  const counts = new Map<string, number>();
  for (const action of actions) counts.set(wordOf(action), (counts.get(wordOf(action)) ?? 0) + 1);
  const parts = WORDS.flatMap((word) => (counts.has(word) ? [`${counts.get(word)} to ${word}`] : []));
  return parts.join(", ") || (outputsChange ? "outputs only" : "no changes");
}

const WORDS = ["create", "update", "replace", "destroy", "import", "move", "forget", "change otherwise"];

function wordOf({ actions, importing, previousAddress }: ShownAction): string {
  const joined = actions.join();
  if (joined === "create" || joined === "update" || joined === "forget") return joined;
  if (joined === "delete") return "destroy";
  if (joined === "delete,create" || joined === "create,delete") return "replace";
  if (importing) return "import";
  return previousAddress === undefined ? "change otherwise" : "move";
}

function statusText(entry: BundleStack, kind: BundleKind): string {
  const { status, actions, outputsChange, reason, placeholders } = entry;
  switch (status) {
    case "failed":
      return "failed";
    case "blocked":
    case "skipped":
      return `not planned: ${reason ?? ""}`;
    case "preview": {
      const made = placeholders.length > 0 ? `, values of ${placeholders.join(", ")} are placeholders` : "";
      return `${actionsText(actions, outputsChange)} (preview: ${reason ?? ""}${made})`;
    }
    default:
      return kind === "drift" ? "looked at" : actionsText(actions, outputsChange);
  }
}

function sayProblems(
  { say, site }: SiteSession,
  { kind, stacks }: Bundle,
  paint: Invocation["terminal"]["paint"],
): void {
  const troubled = stacks.filter(({ problems }) => problems.length > 0);
  const problems = troubled.flatMap(({ name, problems: own }) =>
    own.map((problem) => ({ ...problem, severity: "error" as const, stack: name })),
  );
  renderProblems(problems, paint).forEach((line) => say(line));
  const paths = bundlePaths(site.paths.bundle(kind));
  columns(troubled.map(({ name }) => [name, `log: ${paths.log(name, "plan")}`])).forEach((line) => say(line));
}
