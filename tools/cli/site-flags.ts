import type { Flag, Invocation, Positional } from "./command";

const NAME = /^[a-z0-9][a-z0-9-]*$/;
const nameProblem = (value: string) =>
  NAME.test(value) ? undefined : "must be lower-case letters, digits and hyphens";

/** The environment a command is about. */
export const ENVIRONMENT: Positional = {
  name: "environment",
  summary: "such as staging",
  problem: nameProblem,
};

/** Which system, and where. */
export const SITE_FLAGS: Readonly<Record<"system" | "sandbox", Flag>> = {
  system: {
    summary: 'system of the environment, GROUNDPLAN_SYSTEM or "default" if left out',
    value: "NAME",
    problem: nameProblem,
  },
  sandbox: { summary: "work with the local AWS emulator instead of the account, with states of its own" },
};

/** Which stacks, and how states are locked. */
export const STACK_FLAGS: Readonly<Record<"stack" | "without" | "lock-timeout", Flag>> = {
  stack: { summary: "only these stacks; names or patterns such as staging-*, with commas between", value: "NAMES" },
  without: { summary: "all stacks but these, likewise", value: "NAMES" },
  "lock-timeout": {
    summary: "seconds to wait for a state that another locks",
    value: "SECONDS",
    default: "10",
    problem: (value) => (/^\d{1,5}$/.test(value) ? undefined : "must be a whole number of seconds"),
  },
};

/** How much of a review is shown. */
export const VERBOSE_FLAG: Readonly<Record<"verbose", Flag>> = {
  verbose: { summary: "show every change with its attributes, not only what is grave" },
};

/** For a role that may read states and not lock them. */
export const NO_LOCK_FLAG: Readonly<Record<"no-lock", Flag>> = {
  "no-lock": { summary: "plan without locking the states, for a role that may only read them" },
};

/** For a role that may not read all that stands. */
export const NO_REFRESH_FLAG: Readonly<Record<"no-refresh", Flag>> = {
  "no-refresh": { summary: "plan from the states as they are, for a role that may not read all that they describe" },
};

/** The system a command is about. */
export function systemOf({ flags, environment }: Pick<Invocation, "flags" | "environment">): string {
  return String(flags["system"] ?? (environment["GROUNDPLAN_SYSTEM"] || "default"));
}

/** Another command about the same environment, as it is typed. */
export function sibling(
  command: string,
  invocation: Pick<Invocation, "positionals" | "flags">,
  more: readonly string[] = [],
): string {
  const { positionals, flags } = invocation;
  const given = [
    ...(typeof flags["system"] === "string" ? [`--system ${flags["system"]}`] : []),
    ...(flags["sandbox"] === true ? ["--sandbox"] : []),
    ...more,
  ];
  return [`npm run ${command} ${positionals[0] ?? ""}`.trim(), ...(given.length > 0 ? ["--", ...given] : [])].join(" ");
}
