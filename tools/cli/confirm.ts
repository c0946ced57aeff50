import { ExitCode } from "../exit-code";
import type { Bundle } from "../plan/bundle";
import { gravest } from "../plan/review-bundle";
import { UserError } from "../user-error";
import type { Invocation } from "./command";
import { plural } from "./text";

interface Question {
  readonly bundle: Bundle;
  /** How many objects change. */
  readonly changes: number;
  readonly verb: "apply" | "destroy";
  /** The page that shows it all. */
  readonly page: string;
}

/**
 * Has a person say yes to what was reviewed. `--yes` stands for one who did already; it does not stand for accepting risks at or above the
 * threshold, which `--accept-risk` does. False means that it was declined; without anybody to ask, nothing happens.
 */
export async function confirmed(
  invocation: Pick<Invocation, "terminal" | "flags">,
  question: Question,
): Promise<boolean> {
  const { terminal, flags } = invocation;
  const { bundle, changes, verb, page } = question;
  const grave = gravest(bundle);
  if (flags["yes"] === true) {
    if (grave.length === 0 || flags["accept-risk"] === true) return true;
    throw new UserError(
      `${plural(grave.length, "risk")} at or above ${bundle.threshold}, which --yes does not accept`,
      {
        details: grave
          .map(({ severity, rule, stack, address }) => `${severity}: ${rule} in ${stack}, ${address}`)
          .join("\n"),
        tryThis: `read ${page}; if all of it is meant, add --accept-risk`,
        exitCode: ExitCode.risk,
      },
    );
  }
  if (terminal.ask === undefined) {
    throw new UserError("nobody is there to say yes: standard input is no terminal", {
      tryThis: `read ${page}; if all of it is meant, add --yes`,
      exitCode: ExitCode.waiting,
    });
  }
  const name = bundle.environment;
  const what = `${verb === "apply" ? "Apply" : "Destroy"} ${plural(changes, "change")} in ${name}?`;
  const typed = bundle.tier === "prod" || grave.length > 0 || verb === "destroy";
  const answer = await terminal.ask(typed ? `${what} Type ${name} to go on: ` : `${what} [y/N] `);
  if (answer === undefined) throw new UserError("interrupted, nothing was changed", { exitCode: ExitCode.canceled });
  return typed ? answer.trim() === name : /^(y|yes)$/i.test(answer.trim());
}
