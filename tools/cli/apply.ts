import { rmSync } from "node:fs";
import { join } from "node:path";
import { ExitCode } from "../exit-code";
import { bundlePaths, hasChanges, readBundle, type Bundle, type BundleStack } from "../plan/bundle";
import { fileProblems, stale, stateProblems, wholeProblems } from "../plan/freshness";
import { readText } from "../files";
import { reviewPage } from "../plan/review-bundle";
import { selected } from "../plan/selection";
import { UserError } from "../user-error";
import { applyCode, applyShown } from "./applying";
import type { Command, Invocation } from "./command";
import { confirmed } from "./confirm";
import { changesOf, planShown } from "./planning";
import { ENVIRONMENT, SITE_FLAGS, STACK_FLAGS, sibling, systemOf } from "./site-flags";
import { withSite, type SiteSession } from "./site-session";

/** `npm run apply`: applies what was planned and reviewed, and nothing else. */
export const applyCommand: Command = {
  name: "run apply",
  summary: "Applies what npm run plan has planned, stack by stack, and nothing else",
  details: [
    "It refuses when anything has changed since the plan. A previewed stack is planned once what it reads is applied, and goes on by itself",
    "only if it does what was shown. Interrupted or failed half-way, the same command goes on from there.",
    "Exit codes: 0 done, 1 failed, 4 interrupted, 5 a policy forbids it, 6 nobody there to say yes, 7 stale or not what was reviewed,",
    "8 a risk that nobody accepted, 75 a run in Terraform Cloud goes on.",
  ],
  positionals: [ENVIRONMENT],
  flags: {
    ...SITE_FLAGS,
    ...STACK_FLAGS,
    yes: { summary: "ask nobody: who runs it has read the review" },
    "accept-risk": { summary: "with --yes, also for risks at or above the threshold of the plan" },
    "max-age": {
      summary: "hours after which a plan is too old",
      value: "HOURS",
      default: "24",
      problem: (value) => (/^\d+(\.\d+)?$/.test(value) ? undefined : "must be a number of hours"),
    },
  },
  examples: ["npm run apply staging", "npm run apply staging -- --sandbox", "npm run apply prod -- --yes"],
  run: (invocation) => withSite(invocation, "npm run apply", (session) => apply(session, invocation)),
};

async function apply(session: SiteSession, invocation: Invocation): Promise<ExitCode> {
  const { site, say, children } = session;
  const { terminal, flags } = invocation;
  const planAgain = sibling("plan", invocation);
  const paths = bundlePaths(site.paths.bundle("plan"));
  const bundle = readBundle(paths);
  if (bundle === undefined) {
    throw new UserError(`nothing is planned for ${site.environment} of system ${systemOf(invocation)}`, {
      tryThis: planAgain,
      exitCode: ExitCode.stale,
    });
  }
  say(
    terminal.paint.bold(
      `Apply to ${site.environment} of system ${systemOf(invocation)}${site.kind === "sandbox" ? ", in the local sandbox" : ""}`,
    ),
  );
  const prepared = await session.prepare("apply");
  const { stacks, terraform, environment } = prepared;
  const whole = wholeProblems(bundle, {
    ...{ site, kind: "plan" as const, now: new Date(), maxAgeHours: Number(flags["max-age"] ?? 24) },
    terraformVersion: terraform.binary.version,
  });
  if (whole.length > 0) throw stale(whole, planAgain);
  const entries = selected(
    bundle.stacks.filter(({ status }) => status !== "skipped"),
    session.selection,
  );
  refuseUnplanned(entries, planAgain);
  refuseWithoutUpstream(bundle, entries);
  const changed = fileProblems(bundle, { stacks, entries, paths });
  if (changed.length > 0) throw stale(changed, planAgain);
  const moved = await stateProblems({ stacks, entries, paths, site, terraform, environment, destroying: false });
  if (moved.length > 0) throw stale(moved, planAgain);

  const toDo = entries.filter((entry) => hasChanges(entry) && entry.applied?.outcome !== "done");
  if (toDo.length === 0) {
    say("Nothing to change.");
    return ExitCode.fine;
  }
  sayWhat(session, bundle, entries, readText(paths.review("txt")) ?? "");
  const question = { bundle, changes: changesOf(toDo), verb: "apply", page: reviewPage(paths) } as const;
  if (!(await confirmed(invocation, question))) {
    say("Nothing was applied.");
    return ExitCode.discarded;
  }
  const application = await applyShown({ session, invocation, prepared, bundle, entries, paths });
  const code = applyCode(application, children.interrupted);
  const differing = application.results.filter(({ outcome }) => outcome === "differs" || outcome === "stale");
  if (code === ExitCode.stale && differing.length > 0) {
    const rest = [...differing, ...application.notBegun].map(({ stack }) => stack);
    say("What is left is planned anew:");
    await planShown({
      session,
      invocation,
      prepared,
      kind: "plan",
      selection: { only: rest, except: [] },
      threshold: bundle.threshold,
    });
    say(`Read ${reviewPage(paths)}, then: ${sibling("apply", invocation)}`);
  } else if (code !== ExitCode.fine) {
    say(`Go on with: ${sibling("apply", invocation)}`);
  } else {
    rmSync(join(paths.folder, "json"), { recursive: true, force: true }); // it holds secrets, and has served its purpose
    say("Applied.");
  }
  return code;
}

function sayWhat({ say }: SiteSession, { plannedAt }: Bundle, entries: readonly BundleStack[], review: string): void {
  say(`  planned at ${plannedAt}\n`);
  say(review);
  const done = entries.filter(({ applied }) => applied?.outcome === "done").map(({ name }) => name);
  if (done.length > 0) say(`  applied already: ${done.join(", ")}`);
  const begun = entries.filter(({ applied }) => applied !== undefined && applied.outcome !== "done");
  begun.forEach(({ name, applied }) =>
    say(`  ${name} was ${applied?.outcome} at ${applied?.at}: what is left of it is planned once more`),
  );
}

/** A stack that could not be planned is applied neither in part nor by surprise: it has to be left out expressly. */
function refuseUnplanned(entries: readonly BundleStack[], planAgain: string): void {
  const failed = entries.filter(({ status }) => status === "failed" || status === "blocked");
  if (failed.length === 0) return;
  throw new UserError(`${failed.map(({ name }) => name).join(", ")} could not be planned, nothing was applied`, {
    tryThis: `mend it and ${planAgain}, or apply the others with --without ${failed.map(({ name }) => name).join(",")}`,
  });
}

/** A preview comes to be only through what it waits for. */
function refuseWithoutUpstream(bundle: Bundle, entries: readonly BundleStack[]): void {
  const chosen = new Set(entries.map(({ name }) => name));
  for (const { name, dependencies, status } of bundle.stacks) {
    if (!chosen.has(name) || status !== "preview") continue;
    const missing = bundle.stacks.find(
      (other) =>
        dependencies.includes(other.name) &&
        !chosen.has(other.name) &&
        hasChanges(other) &&
        other.applied?.outcome !== "done",
    );
    if (missing === undefined) continue;
    throw new UserError(`${name} is a preview until ${missing.name} is applied`, {
      tryThis: `name ${missing.name} too`,
      exitCode: ExitCode.usage,
    });
  }
}
