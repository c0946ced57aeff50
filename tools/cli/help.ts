import type { Command, Positional } from "./command";

/** A command as it is typed, such as `npm run sandbox up`. */
export function typed(path: readonly Command[]): string {
  return ["npm", path.at(-1)?.name ?? ""].join(" ").trim();
}

/** The help of a command, from its data. */
export function renderHelp(path: readonly Command[]): string {
  const command = path.at(-1);
  if (command === undefined) return "";
  const { summary, details = [], positionals = [], flags = {}, commands = [], examples = [] } = command;
  const rows = commands.map((sub) => [`npm ${sub.name}`, sub.summary] as const);
  const flagRows = [
    ...Object.entries(flags).map(
      ([name, flag]) =>
        [
          flag.value === undefined ? `--${name}` : `--${name} ${flag.value}`,
          flag.default === undefined ? flag.summary : `${flag.summary} (default ${JSON.stringify(flag.default)})`,
        ] as const,
    ),
    ["--help", "show this help"] as const,
  ];
  const sections = [
    `Usage: ${[typed(path), ...(commands.length > 0 ? ["<command>"] : []), ...positionals.map(shape), "-- [flags]"].join(" ")}`,
    [`${summary}.`, ...details].join("\n"),
    ...(rows.length > 0 ? [`Commands:\n${table(rows)}`] : []),
    ...(positionals.length > 0
      ? [`Arguments:\n${table(positionals.map((positional) => [shape(positional), positional.summary] as const))}`]
      : []),
    `Flags:\n${table(flagRows)}`,
    ...(examples.length > 0 ? [`Examples:\n${examples.map((example) => `  ${example}`).join("\n")}`] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

function shape({ name, optional = false, many = false }: Positional): string {
  const word = `<${name}>${many ? "…" : ""}`;
  return optional ? `[${word}]` : word;
}

function table(rows: ReadonlyArray<readonly [string, string]>): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join("\n");
}
