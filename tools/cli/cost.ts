import { join } from "node:path";
import { estimateSystem } from "../cost/estimate";
import { renderEstimates } from "../cost/render";
import { ExitCode } from "../exit-code";
import { synthesize } from "../plan/synth";
import type { Command } from "./command";
import { DEPLOYMENT_FLAGS } from "./sandbox-flags";
import { withSession } from "./session";

/** `npm run cost`: what an environment costs in a month. */
export const costCommand: Command = {
  name: "run cost",
  summary: "Shows what an environment costs in a month at list price, with the arithmetic of every line",
  details: [
    "It synthesizes the environment and needs no account. A price that the data does not hold is named, never guessed: the sum is then a",
    "least. What depends on usage is listed with its unit price and is not in the sum.",
  ],
  flags: { ...DEPLOYMENT_FLAGS, json: { summary: "print the estimates as JSON" } },
  examples: [
    "npm run cost",
    "npm run cost -- --system web-api --env prod",
    "npm run --silent cost -- --json > cost.json",
  ],
  run: (invocation) =>
    withSession(invocation, { command: "npm run cost", exclusive: false }, async (session) => {
      const { root, children, deployment } = session;
      const { system, environment } = deployment;
      const outdir = join(root, ".groundplan", "cost", system, environment, "cdktf.out");
      await synthesize({
        children,
        root,
        // Where the states are changes no price, and a local one needs no account.
        environment: { ...invocation.environment, GROUNDPLAN_STATE: "local" },
        system,
        environments: [environment],
        outdir,
      });
      const estimates = estimateSystem(outdir);
      if (invocation.flags["json"] === true) session.say(JSON.stringify(estimates, null, 2));
      else renderEstimates(estimates, invocation.terminal.paint, Date.now()).forEach((line) => session.say(line));
      return ExitCode.fine;
    }),
};
