import { ExitCode } from "../exit-code";
import type { Command } from "./command";
import { planCode, planShown } from "./planning";
import { ENVIRONMENT, NO_LOCK_FLAG, SITE_FLAGS, STACK_FLAGS, VERBOSE_FLAG, sibling, systemOf } from "./site-flags";
import { withSite } from "./site-session";

/** `npm run drift`: what was changed outside of Terraform. */
export const driftCommand: Command = {
  name: "run drift",
  summary: "Compares what stands with what Terraform left, and reports what was changed by other means",
  details: [
    "Nothing is changed, no state is written. A stack that is not deployed is left out.",
    "Exit codes: 0 no drift, 1 a stack could not be looked at, 2 drift, 4 interrupted.",
  ],
  positionals: [ENVIRONMENT],
  flags: {
    ...SITE_FLAGS,
    ...STACK_FLAGS,
    ...VERBOSE_FLAG,
    ...NO_LOCK_FLAG,
    "exit-zero": { summary: "exit with 0 instead of 2 when there is drift" },
  },
  examples: ["npm run drift prod", "npm run drift staging -- --sandbox"],
  run: (invocation) =>
    withSite(invocation, "npm run drift", async (session) => {
      const { terminal, flags } = invocation;
      const { site, selection, say } = session;
      say(terminal.paint.bold(`Drift of ${site.environment} of system ${systemOf(invocation)}`));
      const prepared = await session.prepare("drift");
      const run = await planShown({ session, invocation, prepared, kind: "drift", selection, threshold: undefined });
      if (run === undefined) return ExitCode.canceled;
      say(`Review: ${run.page}`);
      // What a refresh finds that nobody changed is no drift: the review tells, not Terraform's exit code.
      const found = run.review.verdict.outcome !== "no-changes";
      const code = planCode(
        { bundle: run.bundle, blocked: false, risky: false },
        flags["exit-zero"] === true || !found,
      );
      if (code === ExitCode.changes) say(`To bring it back to what the code says: ${sibling("plan", invocation)}`);
      return code;
    }),
};
