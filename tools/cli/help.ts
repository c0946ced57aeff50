import type { Command } from "./command";

/** A command as it is typed, such as `npm run sandbox up`. */
export function typed(path: readonly Command[]): string {
  return ["npm", path.at(-1)?.name ?? ""].join(" ").trim();
}

/** The help of a command, from its data. */
export function renderHelp(path: readonly Command[]): string {
  const command = path.at(-1);
  if (command === undefined) return "";
  const { summary, details = [], flags = {}, commands = [], examples = [] } = command;
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
    commands.length > 0 ? `Usage: ${typed(path)} <command> -- [flags]` : `Usage: ${typed(path)} -- [flags]`,
    [`${summary}.`, ...details].join("\n"),
    ...(rows.length > 0 ? [`Commands:\n${table(rows)}`] : []),
    `Flags:\n${table(flagRows)}`,
    ...(examples.length > 0 ? [`Examples:\n${examples.map((example) => `  ${example}`).join("\n")}`] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

function table(rows: ReadonlyArray<readonly [string, string]>): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join("\n");
}
