import type { Command } from "../cli/command";
import { projectRoot } from "../cli/session";
import { ExitCode } from "../exit-code";
import { runBench } from "./bench";
import { benchJson, renderBench } from "./render";
import { type Row, verdictOf } from "./row";

/** `npm run bench`: measures synth and deploy against their limits. */
export const benchCommand: Command = {
  name: "run bench",
  summary: "Measures how fast synth, plan, review and deploy are, and how large, against the limits",
  details: [
    "Each ratio compares two things that are run in turn on this machine, so its speed cancels out; a busy machine still makes it less",
    "exact. It takes about four minutes. Exit code 1 means that a limit is missed.",
  ],
  flags: {
    json: { summary: "print the rows as JSON" },
    rounds: {
      summary: "rounds of each comparison; more are more exact",
      value: "NUMBER",
      default: "9",
      problem: (value) => (/^[1-9]\d?$/.test(value) ? undefined : "must be a number from 1 to 99"),
    },
  },
  examples: ["npm run bench", "npm run --silent bench -- --json > bench.json"],
  run: async ({ flags, folder, terminal }) => {
    const rows = await runBench({
      root: projectRoot(folder),
      rounds: Number(flags["rounds"]),
      onProgress: (line) => terminal.err(`${line}\n`),
    });
    terminal.out(flags["json"] === true ? benchJson(rows) : renderBench(rows));
    return exitCodeOf(rows);
  },
};

/** 1 if a limit is missed; what could not be measured is no miss, and its row says so. */
export function exitCodeOf(rows: readonly Row[]): ExitCode {
  return rows.some((row) => verdictOf(row) === "fail") ? ExitCode.failed : ExitCode.fine;
}
