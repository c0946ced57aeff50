import { parseArgs } from "node:util";
import { ExitCode } from "../exit-code";
import { UserError } from "../user-error";
import type { Command, Flag, Positional } from "./command";
import { typed } from "./help";
import { nearest } from "./nearest";

/** Arguments that make sense. */
export interface Parsed {
  /** From the root to the command. */
  readonly path: readonly Command[];
  readonly flags: Readonly<Record<string, string | true | undefined>>;
  /** The words that are no flags. */
  readonly positionals: readonly string[];
  /** Whether help was asked for instead of the command. */
  readonly help: boolean;
}

/** Finds the command and its flags in the arguments. Whatever does not fit is a usage error that names the nearest match. */
export function parseArguments(root: Command, argv: readonly string[]): Parsed {
  const path = [root];
  const rest = [...argv];
  for (let command: Command | undefined = root; command?.commands !== undefined;) {
    const [word] = rest;
    const known: Command | undefined = command.commands.find((candidate) => lastWord(candidate) === word);
    if (known === undefined) break;
    path.push(known);
    rest.shift();
    command = known;
  }
  const command = path.at(-1) ?? root;
  const flags = command.flags ?? {};
  const options: Record<string, { type: "boolean" | "string"; short?: string }> = {
    help: { type: "boolean", short: "h" },
  };
  for (const [name, flag] of Object.entries(flags)) {
    options[name] = { type: flag.value === undefined ? "boolean" : "string" };
  }
  const { tokens } = parseArgs({ args: rest, strict: false, tokens: true, allowPositionals: true, options });
  // Help wins over whatever else is wrong: who asks for it may not know better yet.
  const help = tokens.some((token) => token.kind === "option" && token.name === "help");
  const values: Record<string, string | true | undefined> = {};
  for (const [name, flag] of Object.entries(flags)) values[name] = flag.default;
  if (help) return { path, flags: values, positionals: [], help };
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(positionalValue(path, words.length, token.value));
    if (token.kind === "option") values[token.name] = flagValue(path, flags, token.rawName, token.name, token.value);
  }
  if (command.run === undefined) throw usage(path, `${typed(path)} needs a command: ${names(command).join(", ")}`);
  const missing = (command.positionals ?? []).slice(words.length).find(({ optional = false }) => !optional);
  if (missing !== undefined)
    throw usage(path, `${typed(path)} needs ${article(missing.name)}: ${typed(path)} <${missing.name}>`);
  return { path, flags: values, positionals: words, help };
}

/**
 * Flags that npm took for its own, because they stood before the `--`: `npm run plan staging --sandbox` runs `plan staging` and leaves
 * `npm_config_sandbox` in the environment. Run as it is, the command would do something else than was typed.
 */
export function assertNothingSwallowed(
  { path, flags }: Pick<Parsed, "path" | "flags">,
  environment: NodeJS.ProcessEnv,
): void {
  const known = path.at(-1)?.flags ?? {};
  const swallowed = Object.keys(known).filter(
    (name) =>
      !NPM_FLAGS.has(name) &&
      flags[name] === known[name]?.default &&
      environment[`npm_config_${name.replaceAll("-", "_")}`] !== undefined,
  );
  if (swallowed.length === 0) return;
  const given = swallowed.map((name) => `--${name}`).join(" ");
  throw new UserError(`npm kept ${given} for itself`, {
    tryThis: `put a -- before the flags: ${typed(path)} … -- ${given}`,
    exitCode: ExitCode.usage,
  });
}

/** Flags that npm knows too, so that their variable may come from the user's configuration of npm. */
const NPM_FLAGS: ReadonlySet<string> = new Set(["yes", "json", "verbose", "force"]);

function positionalValue(path: readonly Command[], index: number, value: string): string {
  const known = path.at(-1)?.positionals ?? [];
  const positional = known[index] ?? (known.at(-1)?.many === true ? known.at(-1) : undefined);
  if (positional === undefined) throw unknownWord(path, value);
  const problem = positional.problem?.(value);
  if (problem !== undefined) throw usage(path, `<${positional.name}> ${problem}, got ${JSON.stringify(value)}`);
  return value;
}

function article(name: Positional["name"]): string {
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

function flagValue(
  path: readonly Command[],
  flags: Readonly<Record<string, Flag>>,
  rawName: string,
  name: string,
  value: string | undefined,
): string | true {
  const flag = flags[name];
  if (flag === undefined || !rawName.startsWith("--")) {
    const near = nearest(name, [...Object.keys(flags), "help"]);
    throw usage(path, `unknown flag ${rawName}${near === undefined ? "" : `, did you mean --${near}?`}`);
  }
  if (flag.value === undefined) {
    if (value !== undefined) throw usage(path, `${rawName} takes no value, got ${JSON.stringify(value)}`);
    return true;
  }
  if (value === undefined || value === "") throw usage(path, `${rawName} needs a value: ${rawName} ${flag.value}`);
  const problem = flag.problem?.(value);
  if (problem !== undefined) throw usage(path, `${rawName} ${problem}, got ${JSON.stringify(value)}`);
  return value;
}

function unknownWord(path: readonly Command[], word: string): UserError {
  const candidates = names(path.at(-1));
  const taken = path.at(-1)?.positionals ?? [];
  if (taken.length > 0) {
    const shape = taken.map(({ name }) => `<${name}>`).join(" ");
    return usage(path, `${typed(path)} takes ${shape} and flags, got ${JSON.stringify(word)} besides`);
  }
  if (candidates.length === 0) return usage(path, `${typed(path)} takes flags only, got ${JSON.stringify(word)}`);
  const near = nearest(word, candidates);
  const hint = near === undefined ? `; there are ${candidates.join(", ")}` : `, did you mean ${near}?`;
  return usage(path, `unknown command ${JSON.stringify(word)}${hint}`);
}

function usage(path: readonly Command[], message: string): UserError {
  return new UserError(message, {
    tryThis: path.length === 1 ? "npm start -- --help" : `${typed(path)} -- --help`,
    exitCode: ExitCode.usage,
  });
}

function names(command: Command | undefined): string[] {
  return (command?.commands ?? []).map(lastWord);
}

/** The word by which a command is found below its parent. */
function lastWord(command: Command): string {
  return command.name.split(" ").at(-1) ?? command.name;
}
