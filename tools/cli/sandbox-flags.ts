import type { Flag, Invocation } from "./command";

const NAME = /^[a-z0-9][a-z0-9-]*$/;
const nameProblem = (value: string) =>
  NAME.test(value) ? undefined : "must be lower-case letters, digits and hyphens";

/** Which deployment a command is about. */
export const DEPLOYMENT_FLAGS: Readonly<Record<"system" | "env", Flag>> = {
  system: { summary: "system to work on", value: "NAME", default: "default", problem: nameProblem },
  env: { summary: "environment of that system", value: "NAME", default: "staging", problem: nameProblem },
};

/** Where the emulator listens. */
export const PORT_FLAG: Readonly<Record<"port", Flag>> = {
  port: {
    summary: "port of the emulator, a free one if left out",
    value: "NUMBER",
    problem: (value) =>
      /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
        ? undefined
        : "must be a port from 1 to 65535",
  },
};

/** The port given on the command line. */
export function portOf({ flags }: Pick<Invocation, "flags">): number | undefined {
  return flags["port"] === undefined ? undefined : Number(flags["port"]);
}

/** A command as it is typed for the same deployment again. */
export function retyped(command: string, { flags }: Pick<Invocation, "flags">): string {
  const given = Object.entries(DEPLOYMENT_FLAGS)
    .filter(([name, flag]) => flags[name] !== flag.default)
    .map(([name]) => `--${name} ${String(flags[name])}`);
  return given.length === 0 ? command : `${command} -- ${given.join(" ")}`;
}
