import { ExitCode } from "../exit-code";
import { hasChanges } from "../plan/bundle";
import { gravest } from "../plan/review-bundle";
import type { Command } from "./command";
import { hasFailed, planCode, planShown } from "./planning";
import { RISK_FLAG, thresholdOf } from "./risk-flags";
import {
  ENVIRONMENT,
  NO_LOCK_FLAG,
  NO_REFRESH_FLAG,
  SITE_FLAGS,
  STACK_FLAGS,
  VERBOSE_FLAG,
  sibling,
  systemOf,
} from "./site-flags";
import { withSite } from "./site-session";

/** `npm run plan`: what an environment would change, to be reviewed and applied just so. */
export const planCommand: Command = {
  name: "run plan",
  summary: "Plans every stack of an environment and leaves the plans and their review to be applied",
  details: [
    "Nothing is changed. A stack that reads from one with changes is previewed: its values may be placeholders, and apply plans it once more.",
    "Exit codes: 0 nothing to change, 1 a stack could not be planned, 2 changes, 4 interrupted, 5 a policy forbids it, 8 a risk.",
    "With several, the first of 1, 5, 8 and 2 counts.",
  ],
  positionals: [ENVIRONMENT],
  flags: {
    ...SITE_FLAGS,
    ...STACK_FLAGS,
    ...VERBOSE_FLAG,
    ...NO_LOCK_FLAG,
    ...NO_REFRESH_FLAG,
    ...RISK_FLAG,
    "exit-zero": { summary: "exit with 0 instead of 2 when there are changes" },
  },
  examples: [
    "npm run plan staging",
    "npm run plan staging -- --sandbox",
    "npm run plan prod -- --without '*-delivery,*-github'",
  ],
  run: (invocation) =>
    withSite(invocation, "npm run plan", async (session) => {
      const { terminal, flags } = invocation;
      const { site, selection, say } = session;
      const where = site.kind === "sandbox" ? ", in the local sandbox" : "";
      say(terminal.paint.bold(`Plan of ${site.environment} of system ${systemOf(invocation)}${where}`));
      const prepared = await session.prepare("plan");
      const threshold = thresholdOf(flags["fail-on"]);
      const run = await planShown({ session, invocation, prepared, kind: "plan", selection, threshold });
      if (run === undefined) return ExitCode.canceled;
      const { bundle, blocked, page } = run;
      const risks = gravest(bundle);
      say(`Review: ${page}`);
      if (bundle.stacks.some(hasChanges) && !hasFailed(bundle)) say(`Next: ${sibling("apply", invocation)}`);
      return planCode({ bundle, blocked, risky: risks.length > 0 }, flags["exit-zero"] === true);
    }),
};
