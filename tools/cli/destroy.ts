import { ExitCode } from "../exit-code";
import { readJson } from "../files";
import { objectOf } from "../json";
import { bundlePaths, hasChanges, type Bundle, type BundlePaths } from "../plan/bundle";
import { protectionsIn } from "../plan/protections";
import { UserError } from "../user-error";
import { applyCode, applyShown } from "./applying";
import type { Command, Invocation } from "./command";
import { confirmed } from "./confirm";
import { changesOf, hasFailed, planShown } from "./planning";
import { ENVIRONMENT, SITE_FLAGS, STACK_FLAGS, VERBOSE_FLAG, sibling, systemOf } from "./site-flags";
import { withSite, type SiteSession } from "./site-session";

/** `npm run destroy`: plans that everything goes, has a person say yes, and does just that. */
export const destroyCommand: Command = {
  name: "run destroy",
  summary: "Destroys an environment: plans it, shows it, asks, and applies just those plans in reverse order",
  details: [
    "What is protected from deletion is named before anything is touched. The shared stacks of the account are destroyed only if you name them",
    "with --stack. Exit codes: 0 done or nothing there, 1 failed or protected, 3 declined, 4 interrupted, 6 nobody there to say yes.",
  ],
  positionals: [ENVIRONMENT],
  flags: {
    ...SITE_FLAGS,
    ...STACK_FLAGS,
    ...VERBOSE_FLAG,
    yes: { summary: "ask nobody" },
  },
  examples: ["npm run destroy staging", "npm run destroy staging -- --sandbox --yes"],
  run: (invocation) => withSite(invocation, "npm run destroy", (session) => destroy(session, invocation)),
};

async function destroy(session: SiteSession, invocation: Invocation): Promise<ExitCode> {
  const { site, say, children } = session;
  say(invocation.terminal.paint.bold(`Destroy ${site.environment} of system ${systemOf(invocation)}`));
  const prepared = await session.prepare("destroy");
  const selection = session.selection.only.length > 0 ? session.selection : ownStacks(session, prepared.stacks);
  const run = await planShown({ session, invocation, prepared, kind: "destroy", selection, threshold: undefined });
  if (run === undefined) return ExitCode.canceled;
  const { bundle } = run;
  const paths = bundlePaths(site.paths.bundle("destroy"));
  say(`Review: ${run.page}`);
  if (hasFailed(bundle)) {
    say("Nothing was destroyed: a part of it cannot be, or could not be planned.");
    return ExitCode.failed;
  }
  refuseProtected(bundle, paths);
  const entries = bundle.stacks.filter(({ status }) => status !== "skipped");
  if (!entries.some(hasChanges)) {
    say("Nothing is deployed.");
    return ExitCode.fine;
  }
  const question = { bundle, changes: changesOf(entries), verb: "destroy", page: run.page } as const;
  if (!(await confirmed(invocation, question))) {
    say("Nothing was destroyed.");
    return ExitCode.discarded;
  }
  const application = await applyShown({ session, invocation, prepared, bundle, entries, paths });
  const code = applyCode(application, children.interrupted);
  say(code === ExitCode.fine ? "Destroyed." : `Go on with: ${sibling("destroy", invocation)}`);
  return code;
}

/** Everything but what other environments share; in the sandbox nobody shares anything. */
function ownStacks({ site, selection }: SiteSession, stacks: ReadonlyArray<{ readonly name: string }>) {
  const shared = stacks.map(({ name }) => name).filter((name) => !name.startsWith(`${site.environment}-`));
  return site.kind === "sandbox" ? selection : { ...selection, except: [...selection.except, ...shared] };
}

/** A service that refuses a deletion does so half-way through; it is said before the first step instead. */
function refuseProtected({ stacks }: Bundle, paths: BundlePaths): void {
  const found = stacks
    .filter(hasChanges)
    .flatMap(({ name }) => protectionsIn(name, objectOf(readJson(paths.json(name)))));
  if (found.length === 0) return;
  throw new UserError("some of it is protected from deletion, nothing was destroyed", {
    details: found.map(({ stack, address, attribute }) => `${stack}: ${address} (${attribute})`).join("\n"),
    tryThis:
      "switch the protection off in the environment, then plan and apply that; or leave those stacks out with --without",
  });
}
